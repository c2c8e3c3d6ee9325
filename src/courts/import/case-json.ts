import { parseDayAndTime } from './court-times.ts';
import {
  asReceived,
  childAt,
  countAt,
  dateAt,
  type Fields,
  firstTextAt,
  flagAt,
  isRecord,
  listAt,
  quarantine,
  reportAt,
  textAt,
} from './fields.ts';
import { courtFrom, reportUnplaced } from './court-parts.ts';
import { keepIfNamed } from './libra-case.ts';
import type {
  NeutralAppearance,
  NeutralHearing,
  NeutralOffence,
  NeutralSitting,
  SourceSystem,
} from './neutral-hearing.ts';
import {
  addressAt,
  birthDateAt,
  nameFromParts,
  phonesAt,
  plainIdentifierAt,
  policeIdentifierAt,
  sexAt,
  youthOf,
} from './person-parts.ts';
import { judicialResultsAt } from './platform-results.ts';
import type { ReadContext, ReadHearings } from './read-context.ts';

const lines = ['line1', 'line2', 'line3', 'line4', 'line5'];

/**
 * A court case as JSON: Libra's own (standards.md 1.13 b) and HMPPS court-case-service's, flat with one
 * defendant or extended with `defendants` and `hearingDays`. One case makes one hearing.
 */
export function readCaseJson(root: Fields, context: ReadContext): ReadHearings {
  const sourceSystem: SourceSystem =
    textAt(root, 'source')?.toUpperCase() === 'COMMON_PLATFORM' ? 'common-platform' : 'libra';
  const days = listAt(root, 'hearingDays');
  const sittings = (days.length > 0 ? days : [root]).flatMap((day) => readSitting(day));
  const first = days[0] ?? root;
  const court = courtFrom(
    first,
    'courtCode',
    firstTextAt(first, 'courtCode') ?? textAt(root, 'courtCode'),
    undefined,
  );
  const day = sittings[0]?.day;
  reportUnplaced(root, court, day);

  const setAside = (path: string, value: unknown): void =>
    quarantine(context.log, {
      path,
      code: 'defendant-damaged',
      reason: 'This defendant could not be read and was set aside. Ask the court for the case again.',
      received: asReceived(value),
    });
  const defendants = 'defendants' in root.source ? listAt(root, 'defendants', setAside) : [root];
  const hearing: NeutralHearing = {
    hearingId: textAt(root, 'hearingId'),
    court,
    day,
    sittings,
    session: textAt(root, 'session'),
    startTime: sittings[0]?.startTime,
    endTime: undefined,
    room: sittings[0]?.room,
    listNumber: firstTextAt(first, 'listNo') ?? textAt(root, 'listNo'),
    hearingType: textAt(root, 'hearingType'),
    jurisdiction: sourceSystem === 'libra' ? 'magistrates' : undefined,
    reportingRestrictions: [],
    appearances: defendants
      .map((defendant) => readDefendant(defendant, root, day, context))
      .filter((appearance) => appearance !== undefined),
  };
  return {
    variant: 'defendants' in root.source ? 'extended' : 'single-defendant',
    sourceSystem,
    hearings: [hearing],
    eventType: textAt(root, 'hearingEventType'),
  };
}

function readSitting(day: Fields): NeutralSitting[] {
  const received = textAt(day, 'sessionStartTime');
  if (received === undefined) return [];
  const when = parseDayAndTime(received);
  if (!when) {
    reportAt(day, 'sessionStartTime', {
      code: 'date-not-read',
      message: 'The day and time of the session could not be read, so they were left out.',
      severity: 'field-quarantined',
      received,
    });
    return [];
  }
  return [
    {
      day: when.day,
      startTime: when.time,
      endTime: undefined,
      listedMinutes: undefined,
      room: textAt(day, 'courtRoom'),
      listOrder: undefined,
    },
  ];
}

function readDefendant(
  defendant: Fields,
  root: Fields,
  day: Temporal.PlainDate | undefined,
  context: ReadContext,
): NeutralAppearance | undefined {
  const references = {
    path: defendant.path,
    defendantId: textAt(defendant, 'defendantId'),
    masterDefendantId: undefined,
    caseId: firstTextAt(root, 'caseId', 'cId'),
    caseNumber: textAt(root, 'caseNo'),
    urn: textAt(root, 'urn'),
    listedOrder: countAt(defendant, 'seq'),
    offences: readOffences(defendant),
    results: [],
    ordinal: 1,
  };
  const whole = textAt(defendant, 'defendantName');
  const type = firstTextAt(defendant, 'defendantType', 'type')?.toUpperCase();
  if (type === 'O' || type === 'ORGANISATION') {
    const organisationName = whole ?? textAt(defendant, 'organisationName');
    return { kind: 'organisation', ...references, organisationName };
  }
  const name = childAt(defendant, 'name');
  const birthDate = birthDateAt(defendant, day, 'defendantDob', 'dateOfBirth');
  const address = childAt(defendant, 'defendantAddress') ?? childAt(defendant, 'address');
  return keepIfNamed(
    defendant,
    {
      kind: 'person',
      role: 'defendant',
      ...references,
      name: nameFromParts(whole, {
        title: name && textAt(name, 'title'),
        given: name ? ['forename1', 'forename2', 'forename3'].map((key) => textAt(name, key)) : [],
        family: name && textAt(name, 'surname'),
      }),
      birthDate,
      sex: sexAt(defendant, 'defendantSex', 'sex'),
      youth: youthOf(defendant, {
        marker: flagAt(defendant, 'isYouth'),
        birthDate,
        hearingDay: day,
        ageGiven: countAt(defendant, 'defendantAge'),
        youthPanel: false,
      }),
      addresses: [addressAt(address, lines, 'pcode', 'postcode')].filter((found) => found !== undefined),
      phones: phonesAt(childAt(defendant, 'phoneNumber')),
      identifiers: [
        ...policeIdentifierAt(defendant, 'pnc', 'pnc', context.identifiers),
        ...policeIdentifierAt(defendant, 'cro', 'cro', context.identifiers),
        ...plainIdentifierAt(defendant, 'crn', 'crn'),
        ...plainIdentifierAt(defendant, 'cprUUID', 'hmpps-person'),
      ],
      nationalities: ['nationality1', 'nationality2']
        .map((key) => textAt(defendant, key))
        .filter((text) => text !== undefined),
      interpreterLanguage: undefined,
      remand: undefined,
      reportingRestrictions: [],
    },
    context,
  );
}

function readOffences(defendant: Fields): readonly NeutralOffence[] {
  return listAt(defendant, 'offences').map((offence) => {
    const plea = isRecord(offence.source['plea']) ? childAt(offence, 'plea') : undefined;
    const verdict = isRecord(offence.source['verdict']) ? childAt(offence, 'verdict') : undefined;
    const verdictType = verdict && childAt(verdict, 'verdictType');
    const pleaValue = plea && firstTextAt(plea, 'pleaValue', 'value');
    const verdictValue = verdictType && textAt(verdictType, 'description');
    return {
      offenceId: firstTextAt(offence, 'offenceId', 'id'),
      code: firstTextAt(offence, 'offenceCode', 'code'),
      title: firstTextAt(offence, 'offenceTitle', 'title'),
      wording: firstTextAt(offence, 'offenceSummary', 'summary'),
      act: textAt(offence, 'act'),
      sequence: countAt(offence, offence.source['seq'] === undefined ? 'sequenceNumber' : 'seq'),
      maximumPenalty: undefined,
      plea:
        pleaValue === undefined || !plea ? undefined : { value: pleaValue, date: dateAt(plea, 'pleaDate') },
      verdict:
        verdictValue === undefined || !verdict
          ? undefined
          : { value: verdictValue, date: dateAt(verdict, 'date') },
      convictionDate: undefined,
      adjournedTo: undefined,
      adjournmentReason: undefined,
      reportingRestrictions: [],
      results: judicialResultsAt(offence, 'judicialResults', 'offence'),
    };
  });
}
