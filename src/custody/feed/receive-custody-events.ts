import { sql } from 'kysely';
import { auditActor, databaseContext, type SystemViewer } from '../../access/index.ts';
import { recordAudit } from '../../audit/index.ts';
import { ensureEpisode, findPerson, raiseAlert } from '../../people/index.ts';
import { londonDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import type { CustodyParts } from '../custody-parts.ts';
import { likelyFor } from '../likely-people.ts';
import { recordStayEvents, touchStay } from '../record-stay-events.ts';
import { identityFrom, type StayEvent } from '../stay.ts';
import { eventsOfStays, lockStay, stayByNumber, type Stay } from '../stay-store.ts';
import { insertStay, setIdentity, type NewStayEvent } from '../stay-writes.ts';
import { personFromFeed } from './feed-person.ts';
import { factFrom } from './fact-from-event.ts';
import type { ParsedCustodyEvents } from './parse-custody-events.ts';
import type { FeedIssue, ReadCustodyEvent } from './read-custody-event.ts';

export type CustodyFeedParts = Pick<CustodyParts, 'database' | 'clock' | 'people' | 'onEnded' | 'onCharged'>;

/** What became of one event. */
export interface ReceivedEvent {
  readonly eventId: string | null;
  readonly outcome: 'accepted' | 'repeated' | 'quarantined';
  readonly personId: string | null;
  readonly issues: readonly FeedIssue[];
}

/** What became of a message. */
export interface ReceivedCustodyEvents {
  readonly accepted: number;
  readonly repeated: number;
  readonly quarantined: number;
  /** How many different people the accepted events were about. */
  readonly people: number;
  readonly events: readonly ReceivedEvent[];
  readonly issues: readonly FeedIssue[];
}

/**
 * Takes events from the custody feed, each in a transaction of its own, so that a bad one harms no other. Safe to
 * repeat and to receive in any order: an event is known by force, custody number and its own id (or its content),
 * and an event that comes before its arrival makes the stay, which the arrival completes.
 */
export async function receiveCustodyEvents(
  parts: CustodyFeedParts,
  viewer: SystemViewer,
  parsed: ParsedCustodyEvents,
): Promise<ReceivedCustodyEvents> {
  const events: ReceivedEvent[] = [];
  for (const event of parsed.events) events.push(await receiveCustodyEvent(parts, viewer, event));
  if (parsed.issues.length > 0)
    await parts.database.transaction(databaseContext(viewer), (tx) =>
      keepIssues(tx, viewer, parsed.issues, null, parts.clock.now()),
    );
  const count = (outcome: ReceivedEvent['outcome']) =>
    events.filter((event) => event.outcome === outcome).length;
  return {
    accepted: count('accepted'),
    repeated: count('repeated'),
    quarantined: count('quarantined') + parsed.issues.length,
    people: new Set(events.flatMap((event) => (event.personId === null ? [] : [event.personId]))).size,
    events,
    issues: [...parsed.issues, ...events.flatMap((event) => event.issues)],
  };
}

async function receiveCustodyEvent(
  parts: CustodyFeedParts,
  viewer: SystemViewer,
  event: ReadCustodyEvent,
): Promise<ReceivedEvent> {
  const { database, clock } = parts;
  return database.transaction(databaseContext(viewer), async (tx) => {
    const now = clock.now();
    const force = event.force ?? 'NOT GIVEN';
    const number = event.custodyNumber ?? '';
    const key = event.eventId ?? `content:${event.contentHash.toString('hex')}`;
    // One stay at a time: two events of one custody number wait for each other, also while the stay does not exist yet.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`custody|${viewer.areaId}|${force}|${number === '' ? key : number}`}, 0))`.execute(
      tx,
    );
    const issues = [...event.issues];
    const before = await tx
      .selectFrom('custody_feed_event')
      .select(['content_hash', 'person_id'])
      .where('area_id', '=', viewer.areaId)
      .where('force', '=', force)
      .where('custody_number', '=', number)
      .where('event_key', '=', key)
      .executeTakeFirst();
    if (before !== undefined) {
      if (before.content_hash.equals(event.contentHash))
        return { eventId: event.eventId, outcome: 'repeated', personId: before.person_id, issues: [] };
      const changed: FeedIssue = {
        path: 'eventId',
        code: 'event-id-used-again',
        severity: 'item-quarantined',
        message:
          'This event id came before with other content. The first one holds. Send a correction under a new id',
      };
      await keepIssues(tx, viewer, [changed], before.person_id, now);
      return { eventId: event.eventId, outcome: 'quarantined', personId: null, issues: [changed] };
    }
    if (event.custodyNumber === null && event.detail.identity === undefined) {
      const nobody: FeedIssue = {
        path: 'custodyNumber',
        code: 'nobody-named',
        severity: 'item-quarantined',
        message: 'No custody number and no person: we cannot tell who this is about',
      };
      await keepIssues(tx, viewer, [...issues, nobody], null, now);
      return { eventId: event.eventId, outcome: 'quarantined', personId: null, issues: [...issues, nobody] };
    }
    const fact = await factFrom(tx, viewer, event, issues);
    const known =
      event.custodyNumber === null ? null : await stayByNumber(tx, viewer, force, event.custodyNumber);
    const stay =
      known === null
        ? await makeStay(parts, tx, viewer, event, fact, now)
        : await lockStay(tx, viewer, known);
    await tx
      .insertInto('custody_feed_event')
      .values({
        area_id: viewer.areaId,
        client: viewer.actor,
        force,
        custody_number: number,
        event_key: key,
        content_hash: event.contentHash,
        received_at: now,
        content: JSON.stringify(event.raw),
        detention_id: stay.id,
        person_id: stay.personId,
      })
      .execute();
    const { stay: after, added } = await recordStayEvents(parts, tx, viewer, stay, [fact], now);
    if (added > 0 && event.detail.identity !== undefined) await learnIdentity(parts, tx, viewer, after);
    if (added > 0 && event.kind === 'alert' && event.detail.what !== undefined)
      await raiseAlert(tx, viewer, after.personId, {
        kind: 'custody',
        what: event.detail.what,
        urgency: event.detail.urgency ?? 'soon',
        basis: 'partner-record',
        saidBy: 'Custody record',
        at: event.happenedAt,
      });
    await keepIssues(tx, viewer, issues, after.personId, now);
    await recordAudit(tx, now, auditActor(viewer), {
      action: 'received',
      personId: after.personId,
      subjectKind: 'custody event',
      subjectId: after.id,
      detail: { kind: event.kind, issues: issues.length },
    });
    await touchStay(tx, after);
    return { eventId: event.eventId, outcome: 'accepted', personId: after.personId, issues };
  });
}

async function makeStay(
  parts: CustodyFeedParts,
  tx: Tx,
  viewer: SystemViewer,
  event: ReadCustodyEvent,
  fact: NewStayEvent,
  now: Temporal.Instant,
): Promise<Stay> {
  const person = await parts.people.create(
    tx,
    viewer,
    personFromFeed(event.detail.identity ?? null, londonDate(now)),
  );
  const voluntary = fact.detail.stayKind === 'voluntary-attendance';
  await ensureEpisode(
    tx,
    viewer,
    person.id,
    {
      firstContactPoint: voluntary ? 'voluntary-attendance' : 'custody',
      identifiedBy: 'custody-feed',
    },
    now,
  );
  return insertStay(
    tx,
    viewer,
    {
      personId: person.id,
      madePersonId: person.id,
      identity: 'feed',
      force: event.custodyNumber === null ? null : (event.force ?? 'NOT GIVEN'),
      custodyNumber: event.custodyNumber,
      assignedTo: null,
      first: [fact],
    },
    now,
  );
}

/**
 * While nobody has said who the person is, the record made for the stay says what the feed last said. Once a person
 * has confirmed who it is, the feed only adds names to the history.
 */
async function learnIdentity(
  parts: CustodyFeedParts,
  tx: Tx,
  viewer: SystemViewer,
  stay: Stay,
): Promise<void> {
  const events: readonly StayEvent[] = (await eventsOfStays(tx, viewer, [stay.id])).get(stay.id) ?? [];
  const said = personFromFeed(identityFrom(events), londonDate(parts.clock.now()));
  if (stay.identity !== 'feed') {
    const name = { kind: 'as-received' as const, givenName: said.givenName, familyName: said.familyName };
    await parts.people.learn(tx, viewer, stay.personId, {
      ...said,
      names: [...(said.names ?? []), name],
      birthDates: said.birthDate ? [said.birthDate] : [],
    });
    return;
  }
  const record = await findPerson(tx, viewer, stay.personId);
  const differs =
    record === null ||
    record.givenName !== said.givenName ||
    record.familyName !== said.familyName ||
    record.preferredName !== said.preferredName ||
    record.describedAs !== said.describedAs ||
    record.sex !== said.sex ||
    !sameDate(record.birthDate, said.birthDate ?? null);
  if (differs) await parts.people.correctIdentity(tx, viewer, stay.personId, said);
  const likely = await likelyFor(tx, viewer, said, { stayId: stay.id, except: stay.personId });
  await setIdentity(tx, stay.id, { possibleMatches: likely.length });
}

function sameDate(a: Temporal.PlainDate | null, b: Temporal.PlainDate | null): boolean {
  return a === null || b === null ? a === b : a.equals(b);
}

async function keepIssues(
  tx: Tx,
  viewer: SystemViewer,
  issues: readonly FeedIssue[],
  personId: string | null,
  now: Temporal.Instant,
): Promise<void> {
  if (issues.length === 0) return;
  await tx
    .insertInto('data_quality_issue')
    .values(
      issues.map((issue) => ({
        area_id: viewer.areaId,
        person_id: personId,
        path: `custody event: ${issue.path}`,
        code: issue.code,
        severity: issue.severity,
        message: issue.message,
        raised_at: now,
      })),
    )
    .execute();
}
