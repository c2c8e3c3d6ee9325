import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import {
  stayEventKinds,
  type AdultAnswer,
  type LegalBasis,
  type StayEvent,
  type StayEventDetail,
  type StayKind,
  type StayOutcome,
  type StayState,
} from './stay.ts';

// Reading stays and their events.

/** How sure we are who the person of a stay is. */
export type StayIdentity = 'feed' | 'worker' | 'confirmed-known' | 'confirmed-new';

/** A stay as stored: what was worked out from its events, and what people here decided about it. */
export interface Stay extends StayState {
  readonly id: string;
  readonly areaId: string;
  readonly personId: string;
  readonly siteName: string | null;
  readonly courtName: string | null;
  readonly force: string | null;
  readonly custodyNumber: string | null;
  readonly assignedTo: { readonly id: string; readonly name: string } | null;
  readonly identity: StayIdentity;
  readonly madePersonId: string | null;
  readonly possibleMatches: number;
  readonly version: number;
}

function stays(tx: Tx) {
  return tx
    .selectFrom('detention')
    .leftJoin('site', 'site.id', 'detention.site_id')
    .leftJoin('site as court', 'court.id', 'detention.court_site_id')
    .leftJoin('worker', 'worker.id', 'detention.assigned_to')
    .selectAll('detention')
    .select(['site.name as site_name', 'court.name as court_name', 'worker.name as assigned_name']);
}

type StayRow = Awaited<ReturnType<ReturnType<typeof stays>['execute']>>[number];

function toStay(row: StayRow): Stay {
  return {
    id: row.id,
    areaId: row.area_id,
    personId: row.person_id,
    kind: row.kind as StayKind,
    legalBasis: row.legal_basis as LegalBasis,
    siteId: row.site_id,
    siteName: row.site_name,
    siteCode: row.site_code,
    place: row.place,
    arrivedAt: row.arrived_at,
    firstEventAt: row.first_event_at,
    expectedEndAt: row.expected_end_at,
    endedAt: row.ended_at,
    outcome: row.outcome as StayOutcome | null,
    courtSiteId: row.court_site_id,
    courtName: row.court_name,
    courtDate: row.court_date,
    chargedAt: row.charged_at,
    chargeDecisionAt: row.charge_decision_at,
    interviewAt: row.interview_at,
    interviewEndsAt: row.interview_ends_at,
    investigatorName: row.investigator_name,
    investigatorContact: row.investigator_contact,
    solicitor: row.solicitor,
    adultRequired: row.adult_required as AdultAnswer,
    adultWhy: row.adult_why,
    adultName: row.adult_name,
    adultRequestedAt: row.adult_requested_at,
    adultArrivedAt: row.adult_arrived_at,
    adultLeftAt: row.adult_left_at,
    force: row.force,
    custodyNumber: row.custody_number,
    assignedTo:
      row.assigned_to === null ? null : { id: row.assigned_to, name: row.assigned_name ?? 'Somebody' },
    identity: row.identity as StayIdentity,
    madePersonId: row.made_person_id,
    possibleMatches: row.possible_matches,
    version: row.version,
  };
}

/** Everyone at this site now, and who left after `leftSince`. */
export async function staysAt(
  tx: Tx,
  _viewer: Viewer,
  siteId: string,
  leftSince: Temporal.Instant,
): Promise<readonly Stay[]> {
  const rows = await stays(tx)
    .where('detention.site_id', '=', siteId)
    .where((eb) => eb.or([eb('detention.ended_at', 'is', null), eb('detention.ended_at', '>', leftSince)]))
    .execute();
  return rows.map(toStay);
}

/** Stays whose suite we could not tell, so that nobody is invisible. */
export async function unplacedStays(tx: Tx, _viewer: Viewer): Promise<readonly Stay[]> {
  const rows = await stays(tx)
    .where('detention.site_id', 'is', null)
    .where('detention.ended_at', 'is', null)
    .orderBy('detention.first_event_at')
    .execute();
  return rows.map(toStay);
}

/** Every stay of these people, the newest first. */
export async function staysOfPeople(
  tx: Tx,
  _viewer: Viewer,
  personIds: readonly string[],
): Promise<readonly Stay[]> {
  if (personIds.length === 0) return [];
  const rows = await stays(tx)
    .where('detention.person_id', 'in', [...personIds])
    .orderBy('detention.first_event_at', 'desc')
    .orderBy('detention.id')
    .execute();
  return rows.map(toStay);
}

/** The stays these people are in now, the newest first. */
export async function openStaysOf(
  tx: Tx,
  _viewer: Viewer,
  personIds: readonly string[],
): Promise<readonly Stay[]> {
  if (personIds.length === 0) return [];
  const rows = await stays(tx)
    .where('detention.person_id', 'in', [...personIds])
    .where('detention.ended_at', 'is', null)
    .orderBy('detention.first_event_at', 'desc')
    .orderBy('detention.id')
    .execute();
  return rows.map(toStay);
}

/** What access asks of a stay. */
export type StayForAccess = Pick<Stay, 'personId' | 'kind' | 'siteId' | 'siteName' | 'endedAt'>;

/** Where these people are or were until `since` or later, the newest stay first. Nothing older is read. */
export async function staysForAccess(
  tx: Tx,
  _viewer: Viewer,
  personIds: readonly string[],
  since: Temporal.Instant,
): Promise<readonly StayForAccess[]> {
  if (personIds.length === 0) return [];
  const rows = await tx
    .selectFrom('detention')
    .leftJoin('site', 'site.id', 'detention.site_id')
    .select([
      'detention.person_id',
      'detention.kind',
      'detention.site_id',
      'site.name as site_name',
      'detention.ended_at',
    ])
    .where('detention.person_id', 'in', [...personIds])
    .where((eb) => eb.or([eb('detention.ended_at', 'is', null), eb('detention.ended_at', '>=', since)]))
    .orderBy('detention.first_event_at', 'desc')
    .orderBy('detention.id')
    .execute();
  return rows.map((row) => ({
    personId: row.person_id,
    kind: row.kind as StayKind,
    siteId: row.site_id,
    siteName: row.site_name,
    endedAt: row.ended_at,
  }));
}

/** How many stays are in a suite we could not tell. */
export async function unplacedCount(tx: Tx, _viewer: Viewer): Promise<number> {
  const row = await tx
    .selectFrom('detention')
    .select((eb) => eb.fn.countAll<number>().as('stays'))
    .where('site_id', 'is', null)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.stays;
}

/** The stay to work on for a person's page: the one that goes on, else the latest. */
export async function latestStay(tx: Tx, viewer: Viewer, personId: string): Promise<Stay | null> {
  const all = await staysOfPeople(tx, viewer, [personId]);
  return all.find((stay) => stay.endedAt === null) ?? all[0] ?? null;
}

export async function findStay(tx: Tx, _viewer: Viewer, stayId: string): Promise<Stay | null> {
  const row = await stays(tx).where('detention.id', '=', stayId).executeTakeFirst();
  return row === undefined ? null : toStay(row);
}

/** The stay that goes by this number, or null. */
export async function stayByNumber(
  tx: Tx,
  viewer: Viewer,
  force: string,
  custodyNumber: string,
): Promise<Stay | null> {
  const row = await stays(tx)
    .where('detention.area_id', '=', viewer.areaId)
    .where('detention.force', '=', force)
    .where('detention.custody_number', '=', custodyNumber)
    .executeTakeFirst();
  return row === undefined ? null : toStay(row);
}

/** Locks the person, then the stay: everywhere in this order, so that two writers never wait for each other. */
export async function lockStay(tx: Tx, viewer: Viewer, stay: Stay): Promise<Stay> {
  await tx.selectFrom('person').select('id').where('id', '=', stay.personId).forUpdate().execute();
  await tx.selectFrom('detention').select('id').where('id', '=', stay.id).forUpdate().execute();
  const locked = await findStay(tx, viewer, stay.id);
  if (locked === null) throw new Error('A stay that was just read is gone');
  return locked;
}

/** The events of these stays. */
export async function eventsOfStays(
  tx: Tx,
  _viewer: Viewer,
  stayIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StayEvent[]>> {
  const found = new Map<string, StayEvent[]>();
  if (stayIds.length === 0) return found;
  const rows = await tx
    .selectFrom('detention_event')
    .select(['detention_id', 'kind', 'happened_at', 'entered_at', 'source', 'detail'])
    .where('detention_id', '=', sql<string>`any(${[...stayIds]}::uuid[])`)
    .orderBy('happened_at')
    .execute();
  for (const row of rows) {
    const list = found.get(row.detention_id) ?? [];
    const kind = stayEventKinds.find((each) => each === row.kind) ?? 'other';
    list.push({
      kind,
      happenedAt: row.happened_at,
      enteredAt: row.entered_at,
      source: row.source,
      detail: row.detail as unknown as StayEventDetail,
    });
    found.set(row.detention_id, list);
  }
  return found;
}
