import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';

/** Who signed an assessment of each of these people since a moment, and when: the suite board. One query. */
export async function recentSignatures(
  tx: Tx,
  _viewer: Viewer,
  personIds: readonly string[],
  since: Temporal.Instant,
): Promise<ReadonlyMap<string, { readonly at: Temporal.Instant; readonly by: string }>> {
  if (personIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('assessment_version')
    .distinctOn('person_id')
    .select(['person_id', 'saved_at', 'saved_by_name'])
    .where('person_id', 'in', [...personIds])
    .where('status', '=', 'signed')
    .where('saved_at', '>=', since)
    .orderBy('person_id')
    .orderBy('saved_at', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.person_id, { at: row.saved_at, by: row.saved_by_name }]));
}
