import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';

/** How far somebody's newest screening has got, for a board. */
export interface RecentScreening {
  readonly personId: string;
  readonly status: 'part-done' | 'finished';
  readonly answered: number;
  readonly needed: number;
  readonly savedAt: Temporal.Instant;
  readonly by: string;
}

/** The newest screening of each of these people since a moment, in one query: the suite board. */
export async function recentScreenings(
  tx: Tx,
  _viewer: Viewer,
  personIds: readonly string[],
  since: Temporal.Instant,
): Promise<ReadonlyMap<string, RecentScreening>> {
  if (personIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('screening_version as v')
    .distinctOn('v.person_id')
    .select(['v.person_id', 'v.status', 'v.answered', 'v.needed', 'v.saved_at', 'v.asked_by_name'])
    .where('v.person_id', 'in', [...personIds])
    .where('v.saved_at', '>=', since)
    .orderBy('v.person_id')
    .orderBy('v.saved_at', 'desc')
    .execute();
  return new Map(
    rows.map((row) => [
      row.person_id,
      {
        personId: row.person_id,
        status: row.status as RecentScreening['status'],
        answered: row.answered,
        needed: row.needed,
        savedAt: row.saved_at,
        by: row.asked_by_name,
      },
    ]),
  );
}
