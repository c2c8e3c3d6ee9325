import { sql } from 'kysely';
import { databaseContext, type Viewer } from '../access/index.ts';
import { findLikelyPeopleForEach, type MatchRecord } from '../matching/index.ts';
import { londonDate, type Clock } from '../platform/clock.ts';
import type { Job } from '../platform/jobs.ts';
import type { Database, Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import type { PersonAppearance } from './import/index.ts';
import { ruledOut } from './remember-matches.ts';
import { matchingIdentifiers, readStored } from './stored-appearance.ts';

export interface LookParts {
  readonly database: Database;
  readonly clock: Clock;
}

// Small enough that one statement stays far below the time limit, large enough that a list takes eight.
const AT_ONCE = 100;
// More than three records to compare is a search, not a check.
const SHOWN = 3;

/**
 * Looks in our records for everybody a list brought or changed, and keeps what was found with its evidence. Runs
 * after each message, in transactions of its own, and takes up whoever an interrupted run left. Answers how many.
 */
export async function lookForPeople(parts: LookParts, viewer: Viewer): Promise<number> {
  let looked = 0;
  for (;;) {
    const batch = await parts.database.transaction(databaseContext(viewer), (tx) =>
      lookForBatch(parts, tx, viewer),
    );
    looked += batch;
    if (batch < AT_ONCE) return looked;
  }
}

/**
 * Looks once more for everybody listed from today on whom nobody has confirmed: somebody may have become known to us
 * since the list came. At one court, or at all of them. Nothing is lost meanwhile: what was found stands until then.
 */
export async function lookAgain(
  parts: LookParts,
  viewer: Viewer,
  where: { readonly siteId: string | null },
): Promise<number> {
  const today = londonDate(parts.clock.now());
  await parts.database.transaction(databaseContext(viewer), (tx) =>
    sql`
      update court_appearance a set looked_at = null
      from court_sitting s
      where s.hearing_id = a.hearing_id and s.area_id = ${viewer.areaId} and s.day >= ${today}
        and (${where.siteId}::uuid is null or s.site_id = ${where.siteId}::uuid)
        and a.person_id is null and a.looked_at is not null and a.removed_from_list_at is null`.execute(tx),
  );
  return lookForPeople(parts, viewer);
}

async function lookForBatch(parts: LookParts, tx: Tx, viewer: Viewer): Promise<number> {
  const now = parts.clock.now();
  const { rows } = await sql<{
    id: string;
    said: unknown;
    identifiers: unknown;
    offences: unknown;
    results: unknown;
  }>`
    select id, said, identifiers, '[]'::jsonb as offences, '[]'::jsonb as results from court_appearance
    where area_id = ${viewer.areaId} and looked_at is null
    order by id limit ${AT_ONCE} for update skip locked`.execute(tx);
  if (rows.length === 0) return 0;
  const ids = rows.map((row) => row.id);
  const notThese = await ruledOut(tx, viewer, ids);
  const found = await findLikelyPeopleForEach(
    tx,
    viewer,
    rows.map((row) => ({
      record: matchRecordOf(readStored(row)),
      decided: new Map([...(notThese.get(row.id) ?? [])].map((id) => [id, 'different' as const])),
    })),
  );
  const suggestions = rows.flatMap((row, index) =>
    (found[index] ?? []).slice(0, SHOWN).map(({ personId, score }) => ({
      appearance_id: row.id,
      person_id: personId,
      weight: score.weight,
      likeness: score.likeness,
      evidence: score.evidence,
      waterfall: score.waterfall,
      model: score.model,
    })),
  );
  await sql`delete from court_match_suggestion where appearance_id = any(${ids}::uuid[])`.execute(tx);
  if (suggestions.length > 0)
    await sql`
      insert into court_match_suggestion (area_id, appearance_id, person_id, weight, likeness, evidence, waterfall, model, found_at)
      select ${viewer.areaId}, r.*, ${now}::timestamptz from jsonb_to_recordset(${JSON.stringify(suggestions)}::jsonb)
        as r (appearance_id uuid, person_id uuid, weight real, likeness text, evidence text, waterfall jsonb, model text)`.execute(
      tx,
    );
  const { rows: sites } = await sql<{ site_id: string }>`
    with looked as (update court_appearance set looked_at = ${now} where id = any(${ids}::uuid[]) returning hearing_id)
    select distinct h.site_id from court_hearing h join looked on looked.hearing_id = h.id where h.site_id is not null`.execute(
    tx,
  );
  await touch(
    tx,
    sites.map((row) => `court:${row.site_id}`),
  );
  return rows.length;
}

/** What the list says about somebody, in the form matching compares. */
export function matchRecordOf(appearance: PersonAppearance): MatchRecord {
  const { name, sex } = appearance;
  return {
    names:
      name === undefined ? [] : [{ given: name.given, family: name.family ?? '', kind: 'current' as const }],
    birthDates: appearance.birthDate === undefined ? [] : [appearance.birthDate],
    sex: sex?.mapped === 'female' || sex?.mapped === 'male' ? sex.mapped : null,
    postcodes: appearance.addresses.flatMap((address) =>
      address.postcode === undefined || address.noFixedAbode ? [] : [address.postcode],
    ),
    identifiers: matchingIdentifiers(appearance).map(({ kind, canonical }) => ({ kind, value: canonical })),
  };
}

/** The job that looks again in every area, so that nobody waits for somebody to press a button. */
export function lookAgainJob(parts: LookParts): Job {
  return async () => {
    const areas = await parts.database.transaction({ kind: 'system', area: null }, (tx) =>
      tx.selectFrom('area').select('id').orderBy('id').execute(),
    );
    for (const area of areas)
      await lookAgain(parts, { kind: 'system', areaId: area.id, actor: 'Court lists' }, { siteId: null });
  };
}
