import type { Tx } from '../platform/database.ts';
import type { SignedInViewer } from './viewer.ts';

/** Of these people, the ones this worker has opened with a reason that is still within its time limit. */
export async function liveBreakGlass(
  tx: Tx,
  viewer: SignedInViewer,
  personIds: readonly string[],
  now: Temporal.Instant,
): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await tx
    .selectFrom('break_glass')
    .select('person_id')
    .where('worker_id', '=', viewer.workerId)
    .where('person_id', 'in', [...personIds])
    .where('expires_at', '>', now)
    .execute();
  return new Set(rows.map((row) => row.person_id));
}
