import { parseCourtDate } from './court-times.ts';
import {
  asReceived,
  childAt,
  countAt,
  dateAt,
  type Fields,
  firstTextAt,
  listAt,
  quarantine,
  reportAt,
  textAt,
  timeAt,
} from './fields.ts';
import { courtFrom, reportUnplaced } from './court-parts.ts';
import { readLibraCase } from './libra-case.ts';
import type { NeutralHearing } from './neutral-hearing.ts';
import type { ReadContext } from './read-context.ts';

/**
 * A Libra daily list: documents, jobs, sessions, blocks, cases (standards.md 1.13 a). The XML and its
 * JSON twin have the same names, so one reader serves both. One case makes one hearing: in Libra a
 * hearing identifier belongs to a case, and a case to one defendant.
 */
export function readLibraList(root: Fields, context: ReadContext): readonly NeutralHearing[] {
  const jobs = jobsOf(root);
  if (jobs.length === 0) reportEmpty(root);
  return jobs.flatMap(({ job, info }) => {
    const sessions = childAt(job, 'sessions');
    const found = sessions ? listAt(sessions, 'session') : [];
    if (found.length === 0) reportEmpty(job);
    return found.flatMap((session) => readSession(session, info, context));
  });
}

function reportEmpty(fields: Fields): void {
  reportAt(fields, 'sessions', {
    code: 'list-empty',
    message: 'The list holds no sessions: nothing is listed, or the sender left the list out.',
    severity: 'warning',
  });
}

interface ListInfo {
  readonly courtCode: string | undefined;
  readonly courtName: string | undefined;
  readonly day: Temporal.PlainDate | undefined;
}

const noInfo: ListInfo = { courtCode: undefined, courtName: undefined, day: undefined };

/** The jobs of a message, whichever of its layers it starts at. */
function jobsOf(root: Fields): { job: Fields; info: ListInfo }[] {
  if ('sessions' in root.source) return [{ job: root, info: noInfo }];
  if ('job' in root.source) return listAt(root, 'job').map((job) => ({ job, info: noInfo }));
  const documents = childAtIfPresent(root, 'documents') ?? root;
  const list = 'document' in documents.source ? listAt(documents, 'document') : [documents];
  return list.flatMap((document) => {
    const info = readInfo(childAtIfPresent(document, 'info'));
    const data = childAtIfPresent(document, 'data');
    return (data ? listAt(data, 'job') : []).map((job) => ({ job, info }));
  });
}

function childAtIfPresent(fields: Fields, key: string): Fields | undefined {
  return typeof fields.source[key] === 'object' ? childAt(fields, key) : undefined;
}

/** `5_26102020_2992_B10JQ00_ADULT_COURT_LIST_DAILY`: day, date, number, court. */
function readInfo(info: Fields | undefined): ListInfo {
  if (!info) return noInfo;
  const fileName = textAt(info, 'source_file_name') ?? '';
  const found = /^\d+_(\d{2})(\d{2})(\d{4})_\d+_([A-Z]\d{2}[A-Z]{2}[A-Z0-9]{0,2})_/i.exec(fileName);
  return {
    courtCode: found?.[4] ?? textAt(info, 'ou_code') ?? textAt(info, 'area'),
    courtName: textAt(info, 'courtHouse'),
    day: found ? parseCourtDate(`${found[1]}/${found[2]}/${found[3]}`) : dateAt(info, 'dateOfHearing'),
  };
}

function readSession(session: Fields, info: ListInfo, context: ReadContext): readonly NeutralHearing[] {
  const court = courtFrom(
    session,
    'ou_code',
    textAt(session, 'ou_code') ?? info.courtCode,
    firstTextAt(session, 'court', 'lja') ?? info.courtName,
  );
  const day = dateAt(session, 'doh') ?? info.day;
  reportUnplaced(session, court, day);
  if (day && info.day && !day.equals(info.day)) {
    reportAt(session, 'doh', {
      code: 'list-day-disagrees',
      message:
        'The day of this session is not the day in the list’s file name. The session’s own day was taken.',
      severity: 'warning',
      received: textAt(session, 'doh'),
    });
  }
  const room = textAt(session, 'room');
  if (room === undefined) {
    reportAt(session, 'room', {
      code: 'room-missing',
      message: 'No courtroom was given. The people are listed under “room not known”.',
      severity: 'warning',
    });
  }
  const panel = textAt(session, 'panel');
  const start = timeAt(session, 'sstart');
  const end = timeAt(session, 'send');
  const blocks = childAtIfPresent(session, 'blocks');
  return (blocks ? listAt(blocks, 'block') : []).flatMap((block) => {
    const blockStart = timeAt(block, 'bstart') ?? start;
    const blockEnd = timeAt(block, 'bend') ?? end;
    const slot = textAt(block, 'desc');
    const cases = childAtIfPresent(block, 'cases');
    const setAside = (path: string, value: unknown): void =>
      quarantine(context.log, {
        path,
        code: 'case-empty',
        reason: 'This case could not be read and was set aside. Ask the court for it again.',
        received: asReceived(value),
      });
    return (cases ? listAt(cases, 'case', setAside) : []).flatMap((entry): NeutralHearing[] => {
      const appearance = readLibraCase(entry, { day, youthPanel: /youth/i.test(panel ?? '') }, context);
      if (!appearance) return [];
      return [
        {
          hearingId: textAt(entry, 'h_id'),
          court,
          day,
          sittings: day
            ? [
                {
                  day,
                  startTime: blockStart,
                  endTime: blockEnd,
                  listedMinutes: undefined,
                  room,
                  listOrder: countAt(entry, 'cseq'),
                },
              ]
            : [],
          session: [panel, slot].filter((part) => part !== undefined).join(', ') || undefined,
          startTime: blockStart,
          endTime: blockEnd,
          room,
          listNumber: textAt(entry, 'listno'),
          hearingType: slot,
          jurisdiction: 'magistrates',
          reportingRestrictions: [],
          appearances: [appearance],
        },
      ];
    });
  });
}
