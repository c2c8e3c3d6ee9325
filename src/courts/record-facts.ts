import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import type { MatchIdentifier, MatchName, MatchRecord } from '../matching/index.ts';
import type { Tx } from '../platform/database.ts';

/**
 * Everything each person was ever known by, court and probation numbers too, to stand beside what a list says. One
 * query. Records folded into another are left out.
 */
export async function recordFacts(
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
