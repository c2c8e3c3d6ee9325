import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';

// Suites, courts and who works where, as the custody pages need them.

/** A custody suite or police station. */
export interface Suite {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  readonly code: string | null;
}

/**
 * The suites this viewer works in: a lead every one of the area, custody staff their own, or every one when their
 * role names no site (a relief worker).
 */
export async function suitesOf(tx: Tx, viewer: Viewer): Promise<readonly Suite[]> {
  const rows = await tx
    .selectFrom('site')
    .select(['id', 'name', 'short_name', 'code'])
    .where('area_id', '=', viewer.areaId)
    .where('kind', 'in', ['custody-suite', 'police-station'])
    .where('closed_on', 'is', null)
    .orderBy('name')
    .execute();
  const all = rows.map((row) => ({
    id: row.id,
    name: row.name,
    shortName: row.short_name,
    code: row.code,
  }));
  if (viewer.kind === 'system') return all;
  if (viewer.kind !== 'staff') return [];
  if (viewer.role === 'lead') return all;
  if (viewer.role !== 'custody-healthcare' && viewer.role !== 'custody-practitioner') return [];
  return viewer.siteId === null ? all : all.filter((suite) => suite.id === viewer.siteId);
}

/** When the custody feed was last heard in this area. */
export async function feedLastHeard(tx: Tx, viewer: Viewer): Promise<Temporal.Instant | null> {
  const row = await tx
    .selectFrom('custody_feed_event')
    .select('received_at')
    .where('area_id', '=', viewer.areaId)
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.received_at ?? null;
}

/** Courts a charged person may be bailed to or kept for. */
export async function courtsOf(
  tx: Tx,
  viewer: Viewer,
): Promise<readonly { readonly id: string; readonly name: string; readonly code: string | null }[]> {
  return tx
    .selectFrom('site')
    .select(['id', 'name', 'code'])
    .where('area_id', '=', viewer.areaId)
    .where('kind', 'in', ['magistrates-court', 'youth-court', 'crown-court'])
    .where('closed_on', 'is', null)
    .orderBy('name')
    .execute();
}

/** People who may take somebody in custody at this suite. */
export async function workersFor(
  tx: Tx,
  viewer: Viewer,
  siteId: string | null,
): Promise<readonly { readonly id: string; readonly name: string; readonly role: string }[]> {
  const rows = await tx
    .selectFrom('worker_role')
    .innerJoin('worker', 'worker.id', 'worker_role.worker_id')
    .select(['worker.id', 'worker.name', 'worker_role.role'])
    .where('worker_role.area_id', '=', viewer.areaId)
    .where('worker_role.role', 'in', ['custody-healthcare', 'custody-practitioner', 'lead'])
    .where('worker_role.valid_to', 'is', null)
    .where('worker.active', '=', true)
    .where((eb) =>
      eb.or([
        eb('worker_role.site_id', 'is', null),
        ...(siteId === null ? [] : [eb('worker_role.site_id', '=', siteId)]),
      ]),
    )
    .orderBy('worker.name')
    .execute();
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
