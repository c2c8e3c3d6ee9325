import { sql } from 'kysely';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import type { Job } from './jobs.ts';

/** Keys of forms are kept this long: nobody presses a button again after two weeks. */
const FORM_KEYS_KEPT = { hours: 14 * 24 };
/** A sign-in that was begun and never finished. */
const ATTEMPTS_KEPT = { hours: 24 };

/** Clears what only has a use for a while: form keys and unfinished sign-ins. Nothing about a person. */
export function housekeepingJob(database: Database, clock: Clock): Job {
  return async () => {
    const now = clock.now();
    await database.transaction({ kind: 'nobody', area: null }, async (tx) => {
      await tx.deleteFrom('idempotency_key').where('created_at', '<', now.subtract(FORM_KEYS_KEPT)).execute();
      await tx.deleteFrom('sign_in_attempt').where('created_at', '<', now.subtract(ATTEMPTS_KEPT)).execute();
    });
  };
}

/** Makes the audit's monthly tables for the next two years. Runs as the owner: the program makes no tables. */
export async function makeAuditMonths(owner: Database, clock: Clock): Promise<void> {
  const today = clock.now().toZonedDateTimeISO('UTC').toPlainDate();
  await owner.transaction({ kind: 'system', area: null }, async (tx) => {
    await sql`select ensure_audit_partitions(${today.with({ day: 1 })}::date, ${today.add({ years: 2 })}::date)`.execute(
      tx,
    );
  });
}
