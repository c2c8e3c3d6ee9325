import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import { mayUseCourt } from './court-access.ts';
import type { PersonAppearance } from './import/index.ts';
import { readStored } from './stored-appearance.ts';

/** One step of the waterfall as it was kept, for the page that compares. */
export interface EvidenceStep {
  readonly field: string;
  readonly comparison: string;
  readonly bits: number;
  readonly sentence: string;
}

/** A record of ours that may be the person on the list. */
export interface Suggestion {
  readonly appearanceId: string;
  readonly personId: string;
  readonly weight: number;
  readonly likeness: 'same' | 'likely' | 'possible';
  readonly evidence: string;
  readonly waterfall: readonly EvidenceStep[];
  readonly model: string;
}

/** One appearance with everything the match page needs. */
export interface ListedPerson {
  readonly id: string;
  readonly siteId: string | null;
  readonly courtName: string;
  readonly hearingType: string | null;
  readonly jurisdiction: string | null;
  readonly personId: string | null;
  readonly lookedAt: Temporal.Instant | null;
  readonly unsureAt: Temporal.Instant | null;
  readonly receivedAt: Temporal.Instant;
  readonly day: Temporal.PlainDate | null;
  readonly startTime: Temporal.PlainTime | null;
  readonly room: string | null;
  readonly youth: 'yes' | 'no' | 'unknown';
  readonly appearance: PersonAppearance;
}

/** The appearance, when the viewer works at its court; `lock` holds the row until the transaction ends. */
export async function listedPerson(
  tx: Tx,
  viewer: Viewer,
  appearanceId: string,
  options: { readonly lock: boolean },
): Promise<ListedPerson | null> {
  let query = tx
    .selectFrom('court_appearance as a')
    .innerJoin('court_hearing as h', 'h.id', 'a.hearing_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('court_sitting')
          .select(['day', 'start_time', 'room'])
          .whereRef('hearing_id', '=', 'h.id')
          .orderBy('day')
          .limit(1)
          .as('s'),
      (join) => join.onTrue(),
    )
    .select([
      'a.id',
      'h.site_id',
      'h.court_name',
      'h.court_code',
      'h.hearing_type',
      'h.jurisdiction',
      'a.person_id',
      'a.looked_at',
      'a.unsure_at',
      'a.last_changed_at',
      's.day',
      's.start_time',
      's.room',
      'a.youth',
      'a.said',
      'a.identifiers',
      'a.offences',
      'a.results',
    ])
    .where('a.id', '=', appearanceId);
  if (options.lock) query = query.forUpdate('a');
  const row = await query.executeTakeFirst();
  if (row === undefined || !mayUseCourt(viewer, row.site_id)) return null;
  return {
    id: row.id,
    siteId: row.site_id,
    courtName: row.court_name ?? row.court_code ?? 'Court not known',
    hearingType: row.hearing_type,
    jurisdiction: row.jurisdiction,
    personId: row.person_id,
    lookedAt: row.looked_at,
    unsureAt: row.unsure_at,
    receivedAt: row.last_changed_at,
    day: row.day,
    startTime: row.start_time,
    room: row.room,
    youth: row.youth as ListedPerson['youth'],
    appearance: readStored(row),
  };
}

/** What may be each of these people, best first. */
export async function suggestionsFor(
  tx: Tx,
  _viewer: Viewer,
  appearanceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Suggestion[]>> {
  const found = new Map<string, Suggestion[]>();
  if (appearanceIds.length === 0) return found;
  const { rows } = await sql<{
    appearance_id: string;
    person_id: string;
    weight: number;
    likeness: Suggestion['likeness'];
    evidence: string;
    waterfall: EvidenceStep[];
    model: string;
  }>`
    select appearance_id, person_id, weight, likeness, evidence, waterfall, model from court_match_suggestion
    where appearance_id = any(${appearanceIds}::uuid[]) order by weight desc, person_id`.execute(tx);
  for (const row of rows) {
    const list = found.get(row.appearance_id) ?? [];
    list.push({
      appearanceId: row.appearance_id,
      personId: row.person_id,
      weight: row.weight,
      likeness: row.likeness,
      evidence: row.evidence,
      waterfall: row.waterfall,
      model: row.model,
    });
    found.set(row.appearance_id, list);
  }
  return found;
}

/** Appearances under any of the same numbers, this one left out. */
export async function appearancesUnderSameNumbers(
  tx: Tx,
  _viewer: Viewer,
  appearanceId: string,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct other.appearance_id as id
    from court_reference r
    join court_reference other on other.area_id = r.area_id and other.kind = r.kind and other.value = r.value
    where r.appearance_id = ${appearanceId} and other.appearance_id <> ${appearanceId}`.execute(tx);
  return rows.map((row) => row.id);
}
