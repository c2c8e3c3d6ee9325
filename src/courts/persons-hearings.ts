import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import { LONDON, londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { hearingWords } from './room-name.ts';

/** One day of a hearing of somebody we know. `hearingId` is the appearance: this person at this hearing. */
export interface PersonHearing {
  readonly personId: string;
  readonly hearingId: string;
  readonly courtSiteId: string | null;
  readonly courtName: string;
  readonly day: Temporal.PlainDate;
  readonly time: Temporal.PlainTime | null;
  readonly room: string | null;
  /** What the court calls the hearing ("First hearing"), or that it did not say. */
  readonly why: string;
  readonly receivedAt: Temporal.Instant;
  readonly noLongerListed: boolean;
}

/** The days of these people's hearings from one day on, soonest first. Only confirmed matches. One query. */
export async function hearingsOf(
  tx: Tx,
  _viewer: Viewer,
  personIds: readonly string[],
  from: Temporal.PlainDate | null,
): Promise<readonly PersonHearing[]> {
  if (personIds.length === 0) return [];
  const { rows } = await sql<{
    person_id: string;
    id: string;
    site_id: string | null;
    court_name: string | null;
    court_code: string | null;
    day: Temporal.PlainDate;
    start_time: Temporal.PlainTime | null;
    room: string | null;
    hearing_type: string | null;
    last_changed_at: Temporal.Instant;
    removed: boolean;
  }>`
    select a.person_id, a.id, h.site_id, coalesce(site.name, h.court_name) as court_name, h.court_code, s.day, s.start_time,
      s.room, h.hearing_type, a.last_changed_at, a.removed_from_list_at is not null as removed
    from court_appearance a
    join court_hearing h on h.id = a.hearing_id
    join court_sitting s on s.hearing_id = h.id
    left join site on site.id = h.site_id
    where a.person_id = any(${personIds}::uuid[]) and s.day >= coalesce(${from?.toString() ?? null}::date, '-infinity'::date)
    order by s.day, s.start_time nulls last, a.id`.execute(tx);
  return rows.map((row) => ({
    personId: row.person_id,
    hearingId: row.id,
    courtSiteId: row.site_id,
    courtName: row.court_name ?? row.court_code ?? 'a court not named',
    day: row.day,
    time: row.start_time,
    room: row.room,
    why: hearingWords(row.hearing_type) ?? 'The list does not say what for',
    receivedAt: row.last_changed_at,
    noLongerListed: row.removed,
  }));
}

/** When each of these people is next in court, today included; whoever is on no list is not in the answer. */
export async function nextHearings(
  tx: Tx,
  viewer: Viewer,
  personIds: readonly string[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, PersonHearing>> {
  const found = new Map<string, PersonHearing>();
  for (const hearing of await hearingsOf(tx, viewer, personIds, londonDate(now)))
    if (!hearing.noLongerListed && !found.has(hearing.personId)) found.set(hearing.personId, hearing);
  return found;
}

/** When a hearing starts; at nine in the morning when the court gave only the day, which is when cells are asked. */
export function startOf(hearing: Pick<PersonHearing, 'day' | 'time'>): Temporal.Instant {
  return hearing.day
    .toZonedDateTime({
      timeZone: LONDON,
      plainTime: hearing.time ?? Temporal.PlainTime.from('09:00'),
    })
    .toInstant();
}
