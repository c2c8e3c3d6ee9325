import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import type { ContactOffer, NotSeenReason } from './contact.ts';

// All SQL about offers of contact.

const offerColumns = [
  'contact_offer.id',
  'contact_offer.detention_id',
  'contact_offer.offered_at',
  'contact_offer.outcome',
  'contact_offer.reason',
  'contact_offer.note',
  'contact_offer.words',
  'contact_offer.try_again_at',
  'contact_offer.offered_by',
  'contact_offer.offered_by_name',
] as const;

/** Offers made during these stays. */
export async function offersOfStays(
  tx: Tx,
  _viewer: Viewer,
  stayIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ContactOffer[]>> {
  const found = new Map<string, ContactOffer[]>();
  if (stayIds.length === 0) return found;
  const rows = await tx
    .selectFrom('contact_offer')
    .select(offerColumns)
    .where('detention_id', '=', sql<string>`any(${[...stayIds]}::uuid[])`)
    .orderBy('offered_at')
    .execute();
  for (const row of rows) {
    if (row.detention_id === null) continue;
    found.set(row.detention_id, [...(found.get(row.detention_id) ?? []), toOffer(row)]);
  }
  return found;
}

/** Every offer ever made to one person, the newest first. */
export async function offersOfPerson(
  tx: Tx,
  _viewer: Viewer,
  personId: string,
): Promise<readonly (ContactOffer & { readonly stayId: string | null })[]> {
  const rows = await tx
    .selectFrom('contact_offer')
    .select(offerColumns)
    .where('person_id', '=', personId)
    .orderBy('offered_at', 'desc')
    .execute();
  return rows.map((row) => ({ ...toOffer(row), stayId: row.detention_id }));
}

function toOffer(row: {
  readonly id: string;
  readonly offered_at: Temporal.Instant;
  readonly outcome: string;
  readonly reason: string | null;
  readonly note: string | null;
  readonly words: string | null;
  readonly try_again_at: Temporal.Instant | null;
  readonly offered_by: string | null;
  readonly offered_by_name: string;
}): ContactOffer {
  return {
    id: row.id,
    offeredAt: row.offered_at,
    outcome: row.outcome as ContactOffer['outcome'],
    reason: row.reason as NotSeenReason | null,
    note: row.note,
    words: row.words,
    tryAgainAt: row.try_again_at,
    by: row.offered_by_name,
    byId: row.offered_by,
  };
}
