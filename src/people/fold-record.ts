import { workerIdOf, type Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';

/**
 * Folds a record that was made for somebody we already knew into the known one: it answers with the known record
 * from now on, and its open episode ends. Nothing is deleted, so that it can be taken apart again. What other modules
 * hold under the folded id is theirs to move. Both people are locked by the caller.
 */
export async function foldRecord(
  tx: Tx,
  viewer: Viewer,
  from: string,
  to: string,
  now: Temporal.Instant,
): Promise<void> {
  if (from === to) throw new Error('A record cannot be folded into itself');
  await tx
    .updateTable('person')
    .set((eb) => ({ merged_into: to, version: eb('version', '+', 1) }))
    .where('id', '=', from)
    .execute();
  await tx
    .updateTable('episode')
    .set({ closed_at: now, closed_by: workerIdOf(viewer), exit_reason: 'Same person as another record' })
    .where('person_id', '=', from)
    .where('closed_at', 'is', null)
    .execute();
}
