import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import { mayUseCourt } from './court-access.ts';

/** A court of the area as the pages name it. */
export interface CourtSite {
  readonly id: string;
  readonly name: string;
  readonly code: string | null;
}

/** The courts this viewer may work at. */
export async function courtsOf(tx: Tx, viewer: Viewer): Promise<readonly CourtSite[]> {
  const rows = await tx
    .selectFrom('site')
    .select(['id', 'name', 'code'])
    .where('area_id', '=', viewer.areaId)
    .where('kind', 'in', ['magistrates-court', 'crown-court', 'youth-court'])
    .where('closed_on', 'is', null)
    .orderBy('name')
    .execute();
  return rows.filter((row) => mayUseCourt(viewer, row.id));
}

/** The court, or null when there is none or the viewer does not work there. */
export async function findCourt(tx: Tx, viewer: Viewer, siteId: string): Promise<CourtSite | null> {
  const courts = await courtsOf(tx, viewer);
  return courts.find((court) => court.id === siteId) ?? null;
}

/** One person on one day's list, as received. */
export interface DayRow {
  readonly appearanceId: string;
  readonly personId: string | null;
  readonly room: string | null;
  readonly session: string | null;
  readonly hearingType: string | null;
  readonly startTime: Temporal.PlainTime | null;
  readonly number: number | null;
  readonly nameReceived: string | null;
  readonly givenNames: string | null;
  readonly familyName: string | null;
  readonly birthDate: Temporal.PlainDate | null;
  readonly youth: 'yes' | 'no' | 'unknown';
  readonly remandStatus: string | null;
  readonly interpreterLanguage: string | null;
  readonly removedAt: Temporal.Instant | null;
  readonly changedAt: Temporal.Instant;
  readonly firstReceivedAt: Temporal.Instant;
  readonly lookedAt: Temporal.Instant | null;
  readonly matchedAt: Temporal.Instant | null;
  readonly matchedBy: string | null;
  /** The decision was made about an earlier list under the same number. */
  readonly remembered: boolean;
  readonly unsureAt: Temporal.Instant | null;
  readonly unsureBy: string | null;
  readonly evidence: string | null;
}

/** Everybody listed at a court on a day, with who confirmed whom. One query whatever the length of the list. */
export async function dayRows(
  tx: Tx,
  _viewer: Viewer,
  siteId: string,
  day: Temporal.PlainDate,
): Promise<readonly DayRow[]> {
  const { rows } = await sql<DayRow>`
    select a.id as "appearanceId", a.person_id as "personId", s.room, h.session, h.hearing_type as "hearingType",
      s.start_time as "startTime", coalesce(s.list_order, a.listed_order) as number, a.name_received as "nameReceived",
      a.given_names as "givenNames", a.family_name as "familyName", a.birth_date as "birthDate", a.youth,
      a.remand_status as "remandStatus", a.interpreter_language as "interpreterLanguage",
      a.removed_from_list_at as "removedAt", a.last_changed_at as "changedAt", a.first_received_at as "firstReceivedAt",
      a.looked_at as "lookedAt", a.matched_at as "matchedAt", w.name as "matchedBy",
      coalesce(d.other_id <> a.id, false) as remembered, a.unsure_at as "unsureAt", u.name as "unsureBy", m.evidence
    from court_sitting s
    join court_hearing h on h.id = s.hearing_id
    join court_appearance a on a.hearing_id = s.hearing_id
    left join match_decision d on d.id = a.matched_decision_id
    left join worker w on w.id = d.decided_by
    left join worker u on u.id = a.unsure_by
    left join court_match_suggestion m on m.appearance_id = a.id and m.person_id = a.person_id
    where s.site_id = ${siteId} and s.day = ${day}
    order by s.room nulls last, s.start_time nulls last, coalesce(s.list_order, a.listed_order) nulls last, a.id`.execute(
    tx,
  );
  return rows;
}

/** How many people are listed at each court on a day, and when the last list came. */
export async function dayCounts(
  tx: Tx,
  _viewer: Viewer,
  siteIds: readonly string[],
  day: Temporal.PlainDate,
): Promise<ReadonlyMap<string, { readonly people: number; readonly known: number }>> {
  const { rows } = await sql<{ site_id: string; people: number; known: number }>`
    select s.site_id, count(distinct a.id)::int as people, count(distinct a.person_id)::int as known
    from court_sitting s join court_appearance a on a.hearing_id = s.hearing_id and a.removed_from_list_at is null
    where s.site_id = any(${siteIds}::uuid[]) and s.day = ${day} group by s.site_id`.execute(tx);
  return new Map(rows.map(({ site_id, people, known }) => [site_id, { people, known }]));
}

/** Lists that came for courts that are not in our table of sites. */
export async function courtsNotPlaced(
  tx: Tx,
  viewer: Viewer,
): Promise<readonly { readonly code: string; readonly name: string | null; readonly people: number }[]> {
  const { rows } = await sql<{ code: string; name: string | null; people: number }>`
    select coalesce(h.court_code, 'no code') as code, max(h.court_name) as name, count(a.id)::int as people
    from court_hearing h join court_appearance a on a.hearing_id = h.id
    where h.area_id = ${viewer.areaId} and h.site_id is null group by 1 order by 3 desc, 1 limit 20`.execute(
    tx,
  );
  return rows;
}
