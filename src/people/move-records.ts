import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';

/**
 * Moves what every module holds under one record to another, because a human said that they are one person. What was
 * moved is kept in `person_fold`. The caller has locked both people and audits the decision.
 */
export async function moveRecords(
  tx: Tx,
  viewer: Viewer,
  people: { readonly from: string; readonly to: string },
): Promise<void> {
  await sql`select move_person_rows(${viewer.areaId}::uuid, ${people.from}::uuid, ${people.to}::uuid)`.execute(
    tx,
  );
}
