import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import type { IdentifierKind } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { keysToStore } from './blocking-keys.ts';
import type { MatchRecord } from './match-record.ts';

// All SQL of this module. The key table is reached only through the functions of migration 0011: they answer ids,
// which are read again here under the policies, in the viewer's own area.

const matchedKinds: ReadonlySet<string> = new Set(['nhs', 'pnc', 'cro', 'asn']);

/**
 * Everything each person was ever known by, in five queries however many people there are. `numbers` says whether
 * only the numbers that are weighed come along, or every one, to be shown beside what somebody else was told.
 */
export async function matchRecordsOf(
  tx: Tx,
  _viewer: Viewer,
  personIds: readonly string[],
  numbers: 'weighed' | 'every' = 'weighed',
): Promise<ReadonlyMap<string, MatchRecord>> {
  if (personIds.length === 0) return new Map();
  const ids = [...personIds];
  const people = await tx
    .selectFrom('person')
    .select(['id', 'sex', 'nhs_number'])
    .where('id', 'in', ids)
    // A record folded into another is never suggested: the one that is kept is.
    .where('merged_into', 'is', null)
    .execute();
  const namesOf = await namesOfPeople(tx, ids);
  const dates = await tx
    .selectFrom('person_birth_date')
    .select(['person_id', 'birth_date'])
    .where('person_id', 'in', ids)
    .execute();
  const addresses = await tx
    .selectFrom('person_address')
    .select(['person_id', 'postcode'])
    .where('person_id', 'in', ids)
    .where('postcode', 'is not', null)
    .execute();
  const identifiers = await tx
    .selectFrom('person_identifier')
    .select(['person_id', 'kind', 'canonical'])
    .where('person_id', 'in', ids)
    .where('valid', '=', true)
    .execute();
  const of = <R extends { person_id: string }>(rows: readonly R[]) =>
    Map.groupBy(rows, (row) => row.person_id);
  const datesOf = of(dates);
  const addressesOf = of(addresses);
  const identifiersOf = of(identifiers);
  return new Map(
    people.map((person) => [
      person.id,
      {
        names: namesOf.get(person.id) ?? [],
        birthDates: (datesOf.get(person.id) ?? []).map((row) => row.birth_date),
        sex: person.sex as MatchRecord['sex'],
        postcodes: (addressesOf.get(person.id) ?? []).flatMap((row) =>
          row.postcode === null ? [] : [row.postcode],
        ),
        identifiers: [
          ...(person.nhs_number === null ? [] : [{ kind: 'nhs' as const, value: person.nhs_number }]),
          ...(identifiersOf.get(person.id) ?? []).flatMap((row) =>
            numbers === 'every' || matchedKinds.has(row.kind)
              ? [{ kind: row.kind as IdentifierKind, value: row.canonical }]
              : [],
          ),
        ],
      },
    ]),
  );
}

/** Every name each person was ever known by: all that a list of found people needs. */
export async function namesOfPeople(
  tx: Tx,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, MatchRecord['names']>> {
  if (personIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('person_name')
    .select(['person_id', 'kind', 'given_name', 'family_name'])
    .where('person_id', 'in', [...personIds])
    .execute();
  const byPerson = Map.groupBy(rows, (row) => row.person_id);
  return new Map(
    [...byPerson].map(([personId, names]) => [
      personId,
      names.map((name) => ({
        given: (name.given_name ?? '').split(/\s+/).filter((part) => part !== ''),
        family: name.family_name ?? '',
        kind: name.kind as MatchRecord['names'][number]['kind'],
      })),
    ]),
  );
}

/** Files a person under the keys of everything now known; call it whenever a name, date, number or address is added. */
export async function refreshPersonKeys(tx: Tx, viewer: Viewer, personId: string): Promise<void> {
  const record = (await matchRecordsOf(tx, viewer, [personId])).get(personId);
  if (record === undefined) return;
  await sql`select replace_person_keys(${personId}::uuid, ${viewer.areaId}::uuid, ${JSON.stringify(keysToStore(record))}::jsonb)`.execute(
    tx,
  );
}

/** Ids of people who share keys with each probe, in one query; at most `atMost` for each. */
export async function findByKeys(
  tx: Tx,
  viewer: Viewer,
  probes: readonly (readonly string[])[],
  atMost: number,
): Promise<readonly (readonly string[])[]> {
  const found: string[][] = probes.map(() => []);
  if (probes.length === 0) return found;
  const { rows } = await sql<{ probe: number; person_id: string }>`
    select (probe.ordinality - 1)::int as probe, found.person_id
    from jsonb_array_elements(${JSON.stringify(probes)}::jsonb) with ordinality as probe (keys, ordinality)
    cross join lateral find_people_by_keys(
      ${viewer.areaId}::uuid, array(select jsonb_array_elements_text(probe.keys)), ${atMost}) as found
    order by probe.ordinality, found.hits desc`.execute(tx);
  for (const row of rows) found[row.probe]?.push(row.person_id);
  return found;
}

/** Ids of people whose name looks like this, best first. */
export async function findByName(
  tx: Tx,
  viewer: Viewer,
  nameText: string,
  atMost: number,
): Promise<readonly string[]> {
  if (nameText.length < 2) return [];
  const { rows } = await sql<{ person_id: string }>`
    select person_id from search_people_by_name(${viewer.areaId}::uuid, ${nameText}, ${atMost})`.execute(tx);
  return rows.map((row) => row.person_id);
}

/** What was decided before about these others: the newest decision for each pair. */
export async function decisionsAbout(
  tx: Tx,
  _viewer: Viewer,
  otherKind: MatchedKind,
  otherIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, 'same' | 'different'>>> {
  const byOther = new Map<string, Map<string, 'same' | 'different'>>();
  if (otherIds.length === 0) return byOther;
  const rows = await tx
    .selectFrom('match_decision')
    .select(['other_id', 'person_id', 'decision'])
    .where('other_kind', '=', otherKind)
    .where('other_id', 'in', [...otherIds])
    .orderBy('decided_at')
    .execute();
  for (const row of rows) {
    const pairs = byOther.get(row.other_id) ?? new Map<string, 'same' | 'different'>();
    pairs.set(row.person_id, row.decision as 'same' | 'different');
    byOther.set(row.other_id, pairs);
  }
  return byOther;
}

/** What may be compared with a person. */
export type MatchedKind = 'person' | 'court-listing' | 'detention' | 'partner-record';
