import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';

/** The facts by which a decision made on one list is carried to another. */
export interface SameDefendantFacts {
  readonly nameReceived: string | null;
  readonly familyName: string | null;
  readonly birthDate: Temporal.PlainDate | null;
}

/**
 * May a decision about one appearance stand for another under the same court or police number? Only when nothing
 * contradicts it: birth dates, where both are there, are the same, and the family name or the whole name agrees.
 * Otherwise a worker looks again.
 */
export function decisionCarries(a: SameDefendantFacts, b: SameDefendantFacts): boolean {
  if (a.birthDate !== null && b.birthDate !== null && !a.birthDate.equals(b.birthDate)) return false;
  const [wholeA, wholeB] = [folded(a.nameReceived), folded(b.nameReceived)];
  const [familyA, familyB] = [folded(a.familyName), folded(b.familyName)];
  return (wholeA !== '' && wholeA === wholeB) || (familyA !== '' && familyA === familyB);
}

function folded(text: string | null): string {
  return (text ?? '')
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

interface RememberedRow {
  readonly id: string;
  readonly name_received: string | null;
  readonly family_name: string | null;
  readonly birth_date: Temporal.PlainDate | null;
  readonly known_name: string | null;
  readonly known_family: string | null;
  readonly known_birth: Temporal.PlainDate | null;
  readonly person_id: string;
  readonly decision_id: string;
}

/**
 * Gives new appearances to the person a worker confirmed under the same number before. When two people were
 * confirmed under one number nothing is carried. Answers how many were recognised.
 */
export async function rememberMatches(
  tx: Tx,
  viewer: Viewer,
  appearanceIds: readonly string[],
  now: Temporal.Instant,
): Promise<number> {
  if (appearanceIds.length === 0) return 0;
  const { rows } = await sql<RememberedRow>`
    select distinct a.id, a.name_received, a.family_name, a.birth_date, k.name_received as known_name,
      k.family_name as known_family, k.birth_date as known_birth, k.person_id, k.matched_decision_id as decision_id
    from court_appearance a
    join court_reference r on r.appearance_id = a.id
    join court_reference other on other.area_id = r.area_id and other.kind = r.kind and other.value = r.value
      and other.appearance_id <> a.id
    join court_appearance k on k.id = other.appearance_id and k.person_id is not null and k.matched_decision_id is not null
    where a.id = any(${appearanceIds}::uuid[]) and a.person_id is null
      and not exists (select from match_decision d where d.area_id = ${viewer.areaId} and d.other_kind = 'court-listing'
        and d.other_id = a.id)`.execute(tx);
  const byAppearance = new Map<string, { person: string; decision: string }[]>();
  for (const row of rows) {
    const carries = decisionCarries(
      { nameReceived: row.name_received, familyName: row.family_name, birthDate: row.birth_date },
      { nameReceived: row.known_name, familyName: row.known_family, birthDate: row.known_birth },
    );
    if (carries)
      byAppearance.set(row.id, [
        ...(byAppearance.get(row.id) ?? []),
        { person: row.person_id, decision: row.decision_id },
      ]);
  }
  const settled = [...byAppearance].flatMap(([id, found]) => {
    const [first] = found;
    if (first === undefined || found.some((one) => one.person !== first.person)) return [];
    return [{ id, person_id: first.person, decision_id: first.decision }];
  });
  if (settled.length === 0) return 0;
  await sql`
    update court_appearance a set person_id = r.person_id, matched_decision_id = r.decision_id, matched_at = ${now}
    from jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) as r (id uuid, person_id uuid, decision_id uuid)
    where a.id = r.id`.execute(tx);
  await sql`
    update court_request q set person_id = a.person_id from court_appearance a
    where q.appearance_id = a.id and q.person_id is null and a.id = any(${settled.map((one) => one.id)}::uuid[])`.execute(
    tx,
  );
  return settled.length;
}

/** Whom workers said these appearances are not, under any of their numbers. The newest decision about a pair holds. */
export async function ruledOut(
  tx: Tx,
  viewer: Viewer,
  appearanceIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await sql<{ id: string; person_id: string }>`
    with related as (
      select id as appearance_id, id as other_id from court_appearance where id = any(${appearanceIds}::uuid[])
      union
      select r.appearance_id, other.appearance_id
      from court_reference r
      join court_reference other on other.area_id = r.area_id and other.kind = r.kind and other.value = r.value
      where r.appearance_id = any(${appearanceIds}::uuid[]))
    select related.appearance_id as id, newest.person_id
    from related
    cross join lateral (
      select distinct on (d.person_id) d.person_id, d.decision from match_decision d
      where d.area_id = ${viewer.areaId} and d.other_kind = 'court-listing' and d.other_id = related.other_id
      order by d.person_id, d.decided_at desc, d.id desc) newest
    where newest.decision = 'different'`.execute(tx);
  const found = new Map<string, Set<string>>();
  for (const row of rows) found.set(row.id, (found.get(row.id) ?? new Set()).add(row.person_id));
  return found;
}
