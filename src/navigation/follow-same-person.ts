import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import { endAssignment } from './caseload-store.ts';

/**
 * A human said that a record made for an arrival (`from`) is somebody we knew (`to`): what is still to be answered or
 * done moves with them, in the same transaction. The log of contacts and of what happened to a handover is never
 * changed and stays where it was written. Whoever had the known person on their caseload keeps them.
 */
export async function followSamePerson(
  tx: Tx,
  viewer: Viewer,
  people: { readonly from: string; readonly to: string },
  now: Temporal.Instant,
): Promise<void> {
  const { from, to } = people;
  const had = await tx
    .selectFrom('caseload_assignment')
    .select(['id', 'kind', 'person_id'])
    .where('person_id', 'in', [from, to])
    .where('ended_at', 'is', null)
    .forUpdate()
    .execute();
  for (const row of had.filter((entry) => entry.person_id === from)) {
    const kept = had.some((entry) => entry.person_id === to && entry.kind === row.kind);
    if (kept) await endAssignment(tx, viewer, row.id, 'The record was joined with one somebody has', now);
  }
  for (const table of [
    'caseload_assignment',
    'handover',
    'follow_up',
    'appointment',
    'support_goal',
    'support_step',
  ] as const)
    await tx.updateTable(table).set({ person_id: to }).where('person_id', '=', from).execute();
  await touch(tx, [`person:${from}`, `person:${to}`]);
}
