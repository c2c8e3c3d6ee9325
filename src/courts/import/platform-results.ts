import { courtFrom } from './court-parts.ts';
import { parseCourtDate, parseCourtTime, parseDayAndTime } from './court-times.ts';
import {
  childAt,
  dateAt,
  type Fields,
  firstTextAt,
  flagAt,
  isRecord,
  listAt,
  reportAt,
  textAt,
} from './fields.ts';
import type { NeutralNextHearing, NeutralResult } from './neutral-hearing.ts';

type Prompt = NeutralResult['prompts'][number];

/** Published results: `judicialResults` on an offence, a defendant or a case. */
export function judicialResultsAt(
  fields: Fields,
  key: string,
  level: NonNullable<NeutralResult['level']>,
): readonly NeutralResult[] {
  return listAt(fields, key).map((result) => {
    const prompts = promptsAt(result, 'judicialResultPrompts');
    const type = isRecord(result.source['judicialResultType'])
      ? childAt(result, 'judicialResultType')
      : undefined;
    return {
      resultId: textAt(result, 'judicialResultId'),
      label: textAt(result, 'label') ?? (type && textAt(type, 'description')),
      code: firstTextAt(result, 'cjsCode', 'resultCode', 'shortCode'),
      text: textAt(result, 'resultText'),
      date: dateAt(result, 'orderedDate'),
      level,
      withdrawn: flagAt(result, 'isDeleted') ?? false,
      prompts: prompts.map(({ label, value }) => ({ label, value })),
      nextHearing: nextHearingOf(result, prompts),
    };
  });
}

/** One shared result line with what it belongs to. */
export interface SharedResultLine {
  readonly defendantId: string | undefined;
  readonly masterDefendantId: string | undefined;
  readonly offenceId: string | undefined;
  readonly caseId: string | undefined;
  readonly result: NeutralResult;
}

/** Result lines as shared from court: `targets[].resultLines[]`, with deleted lines marked withdrawn. */
export function sharedResultLines(root: Fields): readonly SharedResultLine[] {
  return listAt(root, 'targets').flatMap((target) =>
    listAt(target, 'resultLines').map((line) => {
      const prompts = promptsAt(line, 'prompts');
      const level = textAt(line, 'level')?.toLowerCase();
      return {
        defendantId: idAt(line, 'defendantId') ?? idAt(target, 'defendantId'),
        masterDefendantId: idAt(line, 'masterDefendantId') ?? idAt(target, 'masterDefendantId'),
        offenceId:
          idAt(line, 'offenceId') ??
          idAt(line, 'applicationOffenceId') ??
          idAt(target, 'offenceId') ??
          idAt(target, 'applicationId'),
        caseId: idAt(line, 'caseId') ?? idAt(target, 'caseId'),
        result: {
          resultId: textAt(line, 'resultLineId'),
          label: textAt(line, 'resultLabel'),
          code: textAt(line, 'shortCode'),
          text: undefined,
          date: dateAt(line, 'orderedDate'),
          level: level === 'offence' || level === 'defendant' || level === 'case' ? level : undefined,
          withdrawn: flagAt(line, 'isDeleted') ?? false,
          prompts: prompts.map(({ label, value }) => ({ label, value })),
          nextHearing: nextHearingOf(line, prompts),
        },
      };
    }),
  );
}

/** An identifier in lower case: the feeds write the same UUID both ways. */
export function idAt(fields: Fields, key: string): string | undefined {
  return textAt(fields, key)?.toLowerCase();
}

interface ReferencedPrompt extends Prompt {
  readonly reference: string;
}

function promptsAt(fields: Fields, key: string): readonly ReferencedPrompt[] {
  return listAt(fields, key).flatMap((prompt) => {
    const label = textAt(prompt, 'label');
    const value = isRecord(prompt.source['value']) ? undefined : textAt(prompt, 'value');
    const reference = firstTextAt(prompt, 'promptRef', 'promptReference') ?? '';
    return label === undefined || value === undefined ? [] : [{ label, value, reference }];
  });
}

/** The next hearing: its own block when there is one, else the prompts the clerk filled in. */
function nextHearingOf(result: Fields, prompts: readonly ReferencedPrompt[]): NeutralNextHearing | undefined {
  const block = isRecord(result.source['nextHearing']) ? childAt(result, 'nextHearing') : undefined;
  if (block) {
    const centre = isRecord(block.source['courtCentre']) ? childAt(block, 'courtCentre') : undefined;
    const type = isRecord(block.source['type']) ? childAt(block, 'type') : undefined;
    const received = firstTextAt(block, 'listedStartDateTime', 'weekCommencingDate');
    const when = received === undefined ? undefined : parseDayAndTime(received);
    if (received !== undefined && !when) reportNextDay(block, received);
    return {
      day: when?.day,
      time: when?.time,
      court: courtFrom(
        block,
        'courtCentre',
        centre && firstTextAt(centre, 'code', 'courtHearingLocation'),
        centre && textAt(centre, 'name'),
      ),
      room: centre && textAt(centre, 'roomName'),
      hearingType: type && textAt(type, 'description'),
    };
  }
  const prompt = (reference: RegExp, label: RegExp): string | undefined =>
    prompts.find((one) => reference.test(one.reference) || (one.reference === '' && label.test(one.label)))
      ?.value;
  const date = prompt(/^(?:HDATE|dateOfHearing|fixedDate)$/i, /^date of hearing$/i);
  const courtName = prompt(/^(?:HCHOUSE|hCHOUSEOrganisationName)$/i, /^courthouse (?:organisation )?name$/i);
  // A result may name a court for other reasons; without a courthouse or a date there is no next hearing.
  if (date === undefined && courtName === undefined) return undefined;
  const day = date === undefined ? undefined : parseCourtDate(date);
  if (date !== undefined && !day) reportNextDay(result, date);
  const time = prompt(/^(?:HTIME|timeOfHearing)$/i, /^time of hearing$/i);
  return {
    day,
    time: time === undefined ? undefined : parseCourtTime(time),
    court: { code: undefined, receivedCode: undefined, name: courtName },
    room: prompt(/^HCROOM$/i, /^courtroom$/i),
    hearingType: prompt(/^HTYPE$/i, /^hearing type$/i),
  };
}

function reportNextDay(fields: Fields, received: string): void {
  reportAt(fields, '', {
    code: 'next-hearing-day-not-read',
    message: 'The day of the next hearing could not be read, so it was left out. Check it with the court.',
    severity: 'field-quarantined',
    received,
  });
}
