import type { Viewer } from '../access/index.ts';
import { findPeople, findPerson, type Person } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { consentState, type ConsentMoment, type ConsentState } from './consent-status.ts';
import { findCapacity, findDecisions, findDecisionsOf, type RecordedDecision } from './consent-store.ts';
import { standardSubjects, subjectKey, type ConsentExtent, type ConsentSubject } from './consent-subject.ts';
import { howWords, statusWords } from './consent-words.ts';

/** What stands today about one subject, with words for a page. */
export interface ConsentStatus {
  readonly subject: ConsentSubject;
  readonly state: ConsentState;
  /** Only when something is shared and the person agreed. */
  readonly extent: ConsentExtent | null;
  /** True when the person agreed that what other services told us goes on as well. */
  readonly partnerRecords: boolean;
  readonly contactHow: RecordedDecision['contactHow'];
  readonly decidedAt: Temporal.Instant | null;
  readonly how: string | null;
  readonly recordedBy: string | null;
  /** Plain words: "Agreed 08:51", "Not asked yet", "Two different answers". */
  readonly words: string;
}

/** One entry for each standard subject and each named service and family member, in the order of a conversation. */
export async function consentStatuses(
  tx: Tx,
  viewer: Viewer,
  personId: string,
  now: Temporal.Instant,
): Promise<readonly ConsentStatus[]> {
  const person = await findPerson(tx, viewer, personId);
  const decisions = person === null ? [] : await findDecisions(tx, viewer, person.id);
  return statusesOf(decisions, { birthDate: person?.birthDate ?? null, now });
}

/** What stands today about one subject. What nobody asked is `not-asked`, whoever the person is. */
export async function consentFor(
  tx: Tx,
  viewer: Viewer,
  personId: string,
  subject: ConsentSubject,
  now: Temporal.Instant,
): Promise<ConsentStatus> {
  const person = await findPerson(tx, viewer, personId);
  const decisions = person === null ? [] : await findDecisions(tx, viewer, person.id);
  return statusOf(subject, decisions, { birthDate: person?.birthDate ?? null, now });
}

/**
 * What stands today about one subject for each of these people, in two queries: a whole court list. In one when the
 * caller has just read the same people with findPeople and hands them on.
 */
export async function consentForEach(
  tx: Tx,
  viewer: Viewer,
  personIds: readonly string[],
  subject: ConsentSubject,
  now: Temporal.Instant,
  known?: ReadonlyMap<string, Person>,
): Promise<ReadonlyMap<string, ConsentStatus>> {
  const people = known ?? (await findPeople(tx, viewer, personIds));
  const decisions = await findDecisionsOf(
    tx,
    viewer,
    [...people.values()].map((person) => person.id),
    subject,
  );
  return new Map(
    [...people].map(([id, person]) => [
      id,
      statusOf(subject, decisions.get(person.id) ?? [], { birthDate: person.birthDate, now }),
    ]),
  );
}

// Named services and family stand with the others who may be told.
const kindOrder: readonly ConsentSubject['kind'][] = [
  'being-seen',
  'share',
  'look-up',
  'contact-after-release',
  'evaluation',
];

/** The same for decisions already read: the page shows them as history too. */
export function statusesOf(
  decisions: readonly RecordedDecision[],
  moment: ConsentMoment,
): readonly ConsentStatus[] {
  const subjects = new Map(
    standardSubjects(moment.birthDate, londonDate(moment.now)).map((subject) => [
      subjectKey(subject),
      subject,
    ]),
  );
  // Also what was decided under another list: youth justice before somebody was 18.
  for (const entry of decisions)
    if (entry.struckOut === null && !subjects.has(entry.key)) subjects.set(entry.key, entry.subject);
  return [...subjects.values()]
    .sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind))
    .map((subject) => statusOf(subject, decisions, moment));
}

/** One subject out of all decisions of a person. */
export function statusOf(
  subject: ConsentSubject,
  decisions: readonly RecordedDecision[],
  moment: ConsentMoment,
): ConsentStatus {
  const key = subjectKey(subject);
  const own = decisions.filter((entry) => entry.key === key && entry.struckOut === null);
  const found = consentState(own, moment);
  const last = [...found.decisions].sort((a, b) => Temporal.Instant.compare(b.decidedAt, a.decidedAt))[0];
  return {
    subject: last?.subject ?? subject,
    state: found.state,
    extent: found.extent,
    partnerRecords: found.partnerRecords,
    contactHow: found.state === 'given' ? (last?.contactHow ?? null) : null,
    decidedAt: last?.decidedAt ?? null,
    how: last === undefined ? null : howWords(last),
    recordedBy: last?.recordedBy ?? null,
    words: statusWords(found.state, found.decisions, moment.now),
  };
}

/**
 * Whether the latest assessment found that the person cannot make this decision (Mental Capacity Act 2005 s3). Not
 * assessed, found able and put off are all false.
 */
export async function foundUnable(
  tx: Tx,
  viewer: Viewer,
  personId: string,
  subject: ConsentSubject,
): Promise<boolean> {
  const capacity = await findCapacity(tx, viewer, personId);
  return capacity.get(subjectKey(subject))?.outcome === 'not-able';
}
