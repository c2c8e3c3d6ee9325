import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import {
  keysToFind,
  prepareRecord,
  scorePrepared,
  type MatchIdentifier,
  type MatchName,
  type MatchRecord,
  type ScoredMatch,
} from '../matching/index.ts';
import type { Tx } from '../platform/database.ts';

/** Somebody to look for in our records. `ref` is the caller's own name for the question. */
export interface Probe {
  readonly ref: string;
  readonly record: MatchRecord;
  /** Who a worker has already said this is not. */
  readonly notThese: ReadonlySet<string>;
}

/** A record of ours that may be the one asked for, with why. */
export interface LikelyPerson {
  readonly personId: string;
  readonly match: ScoredMatch;
}

/**
 * Looks for many people at once, with the same number of queries for one as for a hundred: candidates by equality
 * keys, their records, then the score. Nobody a worker ruled out comes back. Best first, at most `atMost` each.
 */
export type FindLikelyPeople = (
  tx: Tx,
  viewer: Viewer,
  probes: readonly Probe[],
) => Promise<ReadonlyMap<string, readonly LikelyPerson[]>>;

const CANDIDATES = 20;
const SHOWN = 3;

/** The matching module's keys and scores, asked for a whole list. */
export const findLikelyPeople: FindLikelyPeople = async (tx, viewer, probes) => {
  const asked = probes.map(({ ref, record }) => ({ ref, keys: keysToFind(record).map(({ key }) => key) }));
  const { rows } = await sql<{ ref: string; person_id: string }>`
    select asked.ref, found.person_id
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked (ref text, keys jsonb)
    cross join lateral find_people_by_keys(${viewer.areaId}::uuid,
      array(select jsonb_array_elements_text(asked.keys)), ${CANDIDATES}) as found`.execute(tx);
  const candidates = new Map<string, string[]>();
  for (const row of rows) candidates.set(row.ref, [...(candidates.get(row.ref) ?? []), row.person_id]);
  const records = await matchRecords(tx, viewer, [...new Set(rows.map((row) => row.person_id))]);
  const prepared = new Map([...records].map(([id, record]) => [id, prepareRecord(record)] as const));

  const found = new Map<string, readonly LikelyPerson[]>();
  for (const { ref, record, notThese } of probes) {
    const probe = prepareRecord(record);
    const likely = (candidates.get(ref) ?? []).flatMap((personId): LikelyPerson[] => {
      const candidate = prepared.get(personId);
      if (candidate === undefined || notThese.has(personId)) return [];
      const match = scorePrepared(candidate, probe);
      return match.likeness === null ? [] : [{ personId, match }];
    });
    likely.sort((a, b) => b.match.weight - a.match.weight || (a.personId < b.personId ? -1 : 1));
    found.set(ref, likely.slice(0, SHOWN));
  }
  return found;
};

/** Everything each person was ever known by, for the question who somebody is. Records folded into another are left out. */
export async function matchRecords(
  tx: Tx,
  viewer: Viewer,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, MatchRecord>> {
  if (personIds.length === 0) return new Map();
  const { rows } = await sql<{
    id: string;
    sex: MatchRecord['sex'];
    names: { kind: MatchName['kind']; given: string | null; family: string | null }[] | null;
    dates: Temporal.PlainDate[] | null;
    numbers: { kind: MatchIdentifier['kind']; value: string }[] | null;
    postcodes: string[] | null;
  }>`
    select p.id, p.sex, n.names, d.dates, i.numbers, a.postcodes
    from person p
    left join (select person_id, jsonb_agg(jsonb_build_object('kind', kind, 'given', given_name, 'family', family_name))
      as names from person_name where person_id = any(${personIds}::uuid[]) group by person_id) n on n.person_id = p.id
    left join (select person_id, array_agg(birth_date) as dates from person_birth_date
      where person_id = any(${personIds}::uuid[]) group by person_id) d on d.person_id = p.id
    left join (select person_id, jsonb_agg(jsonb_build_object('kind', kind, 'value', canonical)) as numbers
      from person_identifier where person_id = any(${personIds}::uuid[]) and valid group by person_id) i on i.person_id = p.id
    left join (select person_id, array_agg(postcode) as postcodes from person_address
      where person_id = any(${personIds}::uuid[]) and postcode is not null group by person_id) a on a.person_id = p.id
    where p.id = any(${personIds}::uuid[]) and p.area_id = ${viewer.areaId} and p.merged_into is null`.execute(
    tx,
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        names: (row.names ?? []).map((name) => ({
          kind: name.kind,
          given: name.given === null ? [] : name.given.split(' '),
          family: name.family ?? '',
        })),
        birthDates: row.dates ?? [],
        sex: row.sex,
        postcodes: row.postcodes ?? [],
        identifiers: row.numbers ?? [],
      },
    ]),
  );
}
