import type { Selectable } from 'kysely';
import { workerIdOf, type SignedInViewer, type Viewer } from '../access/index.ts';
import type { DB, Tx } from '../platform/database.ts';
import type { Handover, HandoverKind, HandoverLine, HandoverState } from './handover.ts';

// All SQL of handover and handover_event. Rows outside the viewer's area are not there (row-level security); which
// handovers concern a viewer is decided here.

type HandoverRow = Selectable<DB['handover']>;

/** A handover with the names a page shows. */
export interface ListedHandover extends Handover {
  /** "Ruth Ogden", "Community navigator team", "Manchester Magistrates’ Court", "HMP Northmoor". */
  readonly toText: string;
}

/** One thing that happened to a handover. */
export interface HandoverEvent {
  readonly kind: string;
  readonly at: Temporal.Instant;
  readonly byName: string;
  readonly why: string | null;
}

function readLines(value: unknown): readonly HandoverLine[] {
  if (!Array.isArray(value)) return [];
  return value.map((line: { text: string; source: string; at: string | null; urgency: string }) => ({
    text: line.text,
    source: line.source,
    at: line.at === null ? null : Temporal.Instant.from(line.at),
    urgency: line.urgency as HandoverLine['urgency'],
  }));
}

function handoverOf(row: HandoverRow): Handover {
  return {
    id: row.id,
    personId: row.person_id,
    episodeId: row.episode_id,
    fromWorkerId: row.from_worker_id,
    fromTeamId: row.from_team_id,
    fromName: row.from_name,
    to: {
      kind: row.to_kind as HandoverKind,
      siteId: row.to_site_id,
      teamId: row.to_team_id,
      workerId: row.to_worker_id,
      name: row.to_name,
    },
    reason: row.reason,
    what: readLines(row.what),
    madeAt: row.made_at,
    acceptBy: row.accept_by,
    leftAt: row.left_at,
    leftHow: row.left_how,
    state: row.state as HandoverState,
    settledAt: row.settled_at,
    settledBy: row.settled_by,
    settledName: row.settled_name,
    settledWhy: row.settled_why,
    chasedAt: row.chased_at,
    version: row.version,
  };
}

/** The handover, or null when the viewer's area has none of that id. */
export async function findHandover(tx: Tx, _viewer: Viewer, id: string): Promise<Handover | null> {
  const row = await tx.selectFrom('handover').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : handoverOf(row);
}

/** The handover, locked until the transaction ends, after its person (architecture.md: person, episode, item). */
export async function lockHandover(tx: Tx, _viewer: Viewer, id: string): Promise<Handover | null> {
  const found = await tx.selectFrom('handover').select('person_id').where('id', '=', id).executeTakeFirst();
  if (found === undefined) return null;
  await tx.selectFrom('person').select('id').where('id', '=', found.person_id).forUpdate().execute();
  const row = await tx.selectFrom('handover').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return row === undefined ? null : handoverOf(row);
}

/** Writes what an act made of a handover, and the event of its history. */
export async function saveHandover(
  tx: Tx,
  viewer: Viewer,
  handover: Handover,
  event: {
    readonly kind: string;
    readonly at: Temporal.Instant;
    readonly byName: string;
    readonly why?: string;
  },
): Promise<void> {
  await tx
    .updateTable('handover')
    .set({
      to_kind: handover.to.kind,
      to_site_id: handover.to.siteId,
      to_team_id: handover.to.teamId,
      to_worker_id: handover.to.workerId,
      to_name: handover.to.name,
      accept_by: handover.acceptBy,
      left_at: handover.leftAt,
      left_how: handover.leftHow,
      state: handover.state,
      settled_at: handover.settledAt,
      settled_by: handover.settledBy,
      settled_name: handover.settledName,
      settled_why: handover.settledWhy,
      chased_at: handover.chasedAt,
      version: handover.version,
    })
    .where('id', '=', handover.id)
    .execute();
  await writeHandoverEvent(tx, viewer, handover, event);
}

/** Adds one line to a handover's history. */
export async function writeHandoverEvent(
  tx: Tx,
  viewer: Viewer,
  handover: Pick<Handover, 'id' | 'personId'>,
  event: {
    readonly kind: string;
    readonly at: Temporal.Instant;
    readonly byName: string;
    readonly why?: string;
  },
): Promise<void> {
  await tx
    .insertInto('handover_event')
    .values({
      area_id: viewer.areaId,
      person_id: handover.personId,
      handover_id: handover.id,
      kind: event.kind,
      at: event.at,
      worker_id: workerIdOf(viewer),
      by_name: event.byName,
      why: event.why ?? null,
    })
    .execute();
}

/** What happened to one handover, first first. */
export async function handoverEvents(tx: Tx, _viewer: Viewer, id: string): Promise<readonly HandoverEvent[]> {
  const rows = await tx
    .selectFrom('handover_event')
    .select(['kind', 'at', 'by_name', 'why'])
    .where('handover_id', '=', id)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ kind: row.kind, at: row.at, byName: row.by_name, why: row.why }));
}

// Lists stop here; a page that reaches it says so.
export const HANDOVERS_AT_MOST = 200;

function listing(tx: Tx) {
  return tx
    .selectFrom('handover')
    .leftJoin('site', 'site.id', 'handover.to_site_id')
    .leftJoin('team', 'team.id', 'handover.to_team_id')
    .leftJoin('worker', 'worker.id', 'handover.to_worker_id')
    .selectAll('handover')
    .select(['site.name as site_name', 'team.name as team_name', 'worker.name as worker_name'])
    .limit(HANDOVERS_AT_MOST);
}

type ListedRow = HandoverRow & {
  readonly site_name: string | null;
  readonly team_name: string | null;
  readonly worker_name: string | null;
};

function listedOf(row: ListedRow): ListedHandover {
  const toText = row.worker_name ?? row.to_name ?? row.site_name ?? row.team_name ?? 'Nobody named';
  return { ...handoverOf(row), toText };
}

/**
 * What waits for this viewer's answer: to them, to their team, to their court. A lead sees what is late in the
 * whole area besides. First to run out of time first; a clock that has not started comes last.
 */
export async function handoversTo(tx: Tx, viewer: SignedInViewer): Promise<readonly ListedHandover[]> {
  const rows = await listing(tx)
    .where('handover.area_id', '=', viewer.areaId)
    .where('handover.state', '=', 'waiting')
    .where((eb) => eb.or(toViewer(viewer).map(([column, id]) => eb(`handover.${column}`, '=', id))))
    .orderBy('handover.accept_by', (order) => order.asc().nullsLast())
    .orderBy('handover.made_at')
    .execute();
  return rows.map(listedOf);
}

/** The columns that name this viewer as a receiver. */
function toViewer(viewer: SignedInViewer): ['to_worker_id' | 'to_team_id' | 'to_site_id', string][] {
  const found: ['to_worker_id' | 'to_team_id' | 'to_site_id', string][] = [['to_worker_id', viewer.workerId]];
  if (viewer.teamId !== null) found.push(['to_team_id', viewer.teamId]);
  if (viewer.siteId !== null && viewer.role === 'court-practitioner')
    found.push(['to_site_id', viewer.siteId]);
  return found;
}

/** True when this viewer is one of those it was handed to. */
export function isReceiver(handover: Handover, viewer: SignedInViewer): boolean {
  const { to } = handover;
  return (
    to.workerId === viewer.workerId ||
    (to.teamId !== null && to.teamId === viewer.teamId) ||
    (to.siteId !== null && to.siteId === viewer.siteId && viewer.role === 'court-practitioner')
  );
}

/** What this viewer took in since a moment, newest first. */
export async function handoversTaken(
  tx: Tx,
  viewer: SignedInViewer,
  since: Temporal.Instant,
): Promise<readonly ListedHandover[]> {
  const rows = await listing(tx)
    .where('handover.area_id', '=', viewer.areaId)
    .where('handover.state', '=', 'accepted')
    .where('handover.settled_by', '=', viewer.workerId)
    .where('handover.settled_at', '>=', since)
    .orderBy('handover.settled_at', 'desc')
    .execute();
  return rows.map(listedOf);
}

/** What this viewer or their team handed over: everything open, and what was settled since a moment. */
export async function handoversFrom(
  tx: Tx,
  viewer: SignedInViewer,
  since: Temporal.Instant,
): Promise<readonly ListedHandover[]> {
  const rows = await listing(tx)
    .where('handover.area_id', '=', viewer.areaId)
    .where((eb) =>
      eb.or([
        eb('handover.from_worker_id', '=', viewer.workerId),
        ...(viewer.teamId === null ? [] : [eb('handover.from_team_id', '=', viewer.teamId)]),
      ]),
    )
    .where((eb) =>
      eb.or([eb('handover.state', 'in', ['waiting', 'returned']), eb('handover.settled_at', '>=', since)]),
    )
    .orderBy('handover.made_at', 'desc')
    .execute();
  return rows.map(listedOf);
}

/** Everything in the area that nobody has taken: late first, then by time; for leads, and for the chase. */
export async function openHandovers(tx: Tx, viewer: Viewer): Promise<readonly ListedHandover[]> {
  const rows = await listing(tx)
    .where('handover.area_id', '=', viewer.areaId)
    .where('handover.state', 'in', ['waiting', 'returned'])
    .orderBy('handover.accept_by', (order) => order.asc().nullsLast())
    .orderBy('handover.made_at')
    .execute();
  return rows.map(listedOf);
}

/** Every handover of one person, newest first. */
export async function handoversOf(
  tx: Tx,
  _viewer: Viewer,
  personId: string,
): Promise<readonly ListedHandover[]> {
  const rows = await listing(tx)
    .where('handover.person_id', '=', personId)
    .orderBy('handover.made_at', 'desc')
    .execute();
  return rows.map(listedOf);
}

/** The handovers about these people that nobody has taken yet, in one query: the suite board. */
export async function handoversWaiting(
  tx: Tx,
  _viewer: Viewer,
  personIds: readonly string[],
): Promise<readonly ListedHandover[]> {
  if (personIds.length === 0) return [];
  const rows = await listing(tx)
    .where('handover.person_id', 'in', [...personIds])
    .where('handover.state', '=', 'waiting')
    .orderBy('handover.made_at')
    .execute();
  return rows.map(listedOf);
}
