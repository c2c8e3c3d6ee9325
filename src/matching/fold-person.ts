import { auditActor, type Viewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { People } from '../people/index.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/**
 * Folds a record that was made for one stay or one listing into the record of the person it turned out to be. Every
 * name, birth date, number and address it held is added to the kept record, whose keys are rebuilt; the folded one
 * stays, says where it went, and is found by no search. Answers false when either is already folded.
 */
export async function foldPerson(
  people: People,
  tx: Tx,
  viewer: Viewer,
  ids: { readonly keepId: string; readonly foldId: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await tx
    .selectFrom('person')
    .select(['id', 'merged_into'])
    .where('id', 'in', [ids.keepId, ids.foldId])
    .orderBy('id')
    .forUpdate()
    .execute();
  if (rows.length !== 2 || rows.some((row) => row.merged_into !== null)) return false;
  const names = await tx
    .selectFrom('person_name')
    .select(['kind', 'given_name', 'family_name'])
    .where('person_id', '=', ids.foldId)
    .execute();
  const dates = await tx
    .selectFrom('person_birth_date')
    .select('birth_date')
    .where('person_id', '=', ids.foldId)
    .execute();
  const numbers = await tx
    .selectFrom('person_identifier')
    .select(['kind', 'received', 'canonical', 'valid'])
    .where('person_id', '=', ids.foldId)
    .execute();
  const addresses = await tx
    .selectFrom('person_address')
    .select(['lines', 'postcode', 'no_fixed_abode'])
    .where('person_id', '=', ids.foldId)
    .execute();
  await people.learn(tx, viewer, ids.keepId, {
    source: 'a record found to be the same person',
    names: names.map((name) => ({
      // What the kept record is called does not change because somebody gave another name this time.
      kind: name.kind === 'current' ? ('alias' as const) : (name.kind as 'alias'),
      givenName: name.given_name,
      familyName: name.family_name,
    })),
    birthDates: dates.map((date) => date.birth_date),
    identifiers: numbers.map((number) => ({ ...number, kind: number.kind as 'pnc' })),
    addresses: addresses.map((address) => ({
      lines: address.lines,
      postcode: address.postcode,
      noFixedAbode: address.no_fixed_abode,
    })),
  });
  await tx.updateTable('person').set({ merged_into: ids.keepId }).where('id', '=', ids.foldId).execute();
  await sql`select replace_person_keys(${ids.foldId}::uuid, ${viewer.areaId}::uuid, '[]'::jsonb)`.execute(tx);
  await recordAudit(tx, now, auditActor(viewer), {
    action: 'changed',
    personId: ids.keepId,
    subjectKind: 'record folded in',
    subjectId: ids.foldId,
  });
  return true;
}
