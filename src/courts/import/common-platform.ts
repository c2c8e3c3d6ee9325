import { courtFrom, reportUnplaced } from './court-parts.ts';
import { parseDayAndTime, parseInstant } from './court-times.ts';
import {
  asReceived,
  childAt,
  countAt,
  type Fields,
  firstTextAt,
  isRecord,
  listAt,
  quarantine,
  reportAt,
  textAt,
} from './fields.ts';
import type { NeutralAppearance, NeutralHearing, NeutralSitting } from './neutral-hearing.ts';
import { readPlatformDefendant } from './platform-defendant.ts';
import { readPlatformOffence } from './platform-offence.ts';
import { idAt, judicialResultsAt, sharedResultLines, type SharedResultLine } from './platform-results.ts';
import type { ReadContext, ReadHearings } from './read-context.ts';

/**
 * A Common Platform hearing (standards.md 1.13 c): confirmed or updated, initiated, or with results
 * shared. One message is one hearing, on one or several days, with every defendant of every case.
 */
export function readPlatformHearing(root: Fields, variant: string, context: ReadContext): ReadHearings {
  const hearing = isRecord(root.source['hearing']) ? childAt(root, 'hearing') : root;
  const shared = textAt(root, 'sharedTime');
  const sentAt = shared === undefined ? undefined : parseInstant(shared);
  if (!hearing) return { variant, sourceSystem: 'common-platform', hearings: [], sentAt };
  const centre = isRecord(hearing.source['courtCentre']) ? childAt(hearing, 'courtCentre') : undefined;
  const court = courtFrom(
    hearing,
    'courtCentre.code',
    centre && firstTextAt(centre, 'code', 'courtHearingLocation'),
    centre && textAt(centre, 'name'),
  );
  const room = centre && textAt(centre, 'roomName');
  const sittings = readSittings(hearing, room);
  const first = sittings[0];
  reportUnplaced(hearing, court, first?.day);
  const lines = sharedResultLines(root);
  const defendants = readCases(hearing, first?.day, lines, context);
  const restriction = textAt(hearing, 'reportingRestrictionReason');
  const type = isRecord(hearing.source['type']) ? childAt(hearing, 'type') : undefined;
  const read: NeutralHearing = {
    hearingId: idAt(hearing, 'id') ?? idAt(root, 'hearingId'),
    court,
    day: first?.day,
    sittings,
    session: undefined,
    startTime: first?.startTime,
    endTime: first?.endTime,
    room: first?.room,
    listNumber: undefined,
    hearingType: type && textAt(type, 'description'),
    jurisdiction: jurisdictionOf(hearing),
    reportingRestrictions: restriction === undefined ? [] : [restriction],
    appearances: [...defendants, ...readSubjects(hearing, first?.day, lines, defendants, context)],
  };
  if (read.appearances.length === 0 && context.log.quarantined.length === 0) {
    reportAt(hearing, '', {
      code: 'nobody-listed',
      message: 'The hearing names no defendant. Nobody was added to a list.',
      severity: 'warning',
    });
  }
  return { variant, sourceSystem: 'common-platform', hearings: [read], sentAt };
}

function readSittings(hearing: Fields, room: string | undefined): readonly NeutralSitting[] {
  const sittings = listAt(hearing, 'hearingDays').flatMap((day): NeutralSitting[] => {
    const received = textAt(day, 'sittingDay');
    const when = received === undefined ? undefined : parseDayAndTime(received);
    if (!when) {
      reportAt(day, 'sittingDay', {
        code: 'sitting-day-not-read',
        message: 'A day of this hearing is missing or could not be read, so that day was left out.',
        severity: 'field-quarantined',
        received,
      });
      return [];
    }
    const listedMinutes = countAt(day, 'listedDurationMinutes');
    return [
      {
        day: when.day,
        startTime: when.time,
        endTime: undefined,
        listedMinutes,
        room,
        listOrder: countAt(day, 'listingSequence'),
      },
    ];
  });
  return sittings.sort((a, b) => Temporal.PlainDate.compare(a.day, b.day));
}

function jurisdictionOf(hearing: Fields): NeutralHearing['jurisdiction'] {
  const received = textAt(hearing, 'jurisdictionType')?.toUpperCase();
  if (received === 'CROWN') return 'crown';
  return received === 'MAGISTRATES' ? 'magistrates' : undefined;
}

function setAside(context: ReadContext, what: string): (path: string, value: unknown) => void {
  return (path, value) =>
    quarantine(context.log, {
      path,
      code: `${what}-damaged`,
      reason: `This ${what} could not be read and was set aside; the rest of the hearing was read. Ask the court for the hearing again.`,
      received: asReceived(value),
    });
}

function readCases(
  hearing: Fields,
  day: Temporal.PlainDate | undefined,
  lines: readonly SharedResultLine[],
  context: ReadContext,
): readonly NeutralAppearance[] {
  // Results of a defendant are also published beside the cases, by the person rather than the case.
  const besides = listAt(hearing, 'defendantJudicialResults').flatMap((entry): SharedResultLine[] => {
    const masterDefendantId = idAt(entry, 'masterDefendantId');
    const results = judicialResultsAt(entry, 'judicialResult', 'defendant');
    const none = { defendantId: undefined, offenceId: undefined, caseId: undefined };
    return masterDefendantId === undefined
      ? []
      : results.map((result) => ({ ...none, masterDefendantId, result }));
  });
  return listAt(hearing, 'prosecutionCases', setAside(context, 'case')).flatMap((one) => {
    const identifier = isRecord(one.source['prosecutionCaseIdentifier'])
      ? childAt(one, 'prosecutionCaseIdentifier')
      : undefined;
    const caseId = idAt(one, 'id');
    const caseLines = lines.filter(
      (line) => line.caseId === undefined || caseId === undefined || line.caseId === caseId,
    );
    return listAt(one, 'defendants', setAside(context, 'defendant'))
      .map((defendant) =>
        readPlatformDefendant(
          defendant,
          {
            day,
            caseId,
            urn: identifier && firstTextAt(identifier, 'caseURN', 'prosecutionAuthorityReference'),
            role: 'defendant',
            offences: [],
            results: [],
            lines: [...caseLines, ...besides].filter(
              (line) => line.defendantId ?? line.masterDefendantId ?? line.caseId,
            ),
          },
          context,
        ),
      )
      .filter((appearance) => appearance !== undefined);
  });
}

/** People a hearing is about through an application (breach, variation, statutory declaration) and not already listed. */
function readSubjects(
  hearing: Fields,
  day: Temporal.PlainDate | undefined,
  lines: readonly SharedResultLine[],
  listed: readonly NeutralAppearance[],
  context: ReadContext,
): readonly NeutralAppearance[] {
  const known = new Set(listed.flatMap((one) => [one.defendantId, one.masterDefendantId]));
  return listAt(hearing, 'courtApplications').flatMap((application): NeutralAppearance[] => {
    const subject = isRecord(application.source['subject']) ? childAt(application, 'subject') : undefined;
    if (!subject) return [];
    const master = isRecord(subject.source['masterDefendant'])
      ? childAt(subject, 'masterDefendant')
      : undefined;
    const who = master ?? subject;
    const ids = [idAt(who, 'masterDefendantId'), idAt(who, 'id')].filter((id) => id !== undefined);
    if (ids.some((id) => known.has(id))) return [];
    // An application by a body about nobody in particular names no person and is not a listing of one.
    if (!isRecord(who.source['personDefendant']) && !isRecord(who.source['personDetails'])) return [];
    const applicationId = idAt(application, 'id');
    const cases = listAt(application, 'courtApplicationCases');
    const order = isRecord(application.source['courtOrder']) ? childAt(application, 'courtOrder') : undefined;
    const offences = [
      ...cases.flatMap((one) => listAt(one, 'offences')),
      ...(order ? listAt(order, 'courtOrderOffences').flatMap((one) => listAt(one, 'offence')) : []),
    ].map(readPlatformOffence);
    const offenceIds = new Set(offences.map((offence) => offence.offenceId));
    const appearance = readPlatformDefendant(
      who,
      {
        day,
        caseId: applicationId,
        urn: textAt(application, 'applicationReference'),
        role: 'application-subject',
        offences,
        results: judicialResultsAt(application, 'judicialResults', 'case'),
        lines: lines.filter(
          (line) =>
            line.offenceId !== undefined &&
            (line.offenceId === applicationId || offenceIds.has(line.offenceId)),
        ),
      },
      context,
    );
    return appearance ? [appearance] : [];
  });
}
