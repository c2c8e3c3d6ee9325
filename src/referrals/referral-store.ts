import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import { districtOfPostcode } from '../directory/index.ts';
import { isNeedKind, type NeedKind } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import type { LetterLine, ReachablePoint } from './letter.ts';
import { isWithService, standing, stateAfter, type Move, type Standing } from './referral.ts';
import type { ReferralRules } from './working-days.ts';

// All SQL of referrals. Row-level security gives staff their area, a partner what was sent to their service, and a
// link its one referral; whether staff may open the person is decided by people.open before anything is read here.

/** Something that happened, as the history shows it. */
export interface ReferralEvent {
  readonly id: string;
  readonly what: Move;
  readonly at: Temporal.Instant;
  readonly byKind: string;
  readonly byName: string;
  readonly reason: string | null;
  readonly note: string | null;
  readonly appointmentId: string | null;
}

export interface ReferralAppointment {
  readonly id: string;
  readonly startsAt: Temporal.Instant;
  readonly place: string;
  readonly offeredAt: Temporal.Instant;
  readonly offeredBy: string;
}

export interface ReferralMessage {
  readonly direction: 'to-us' | 'to-service';
  readonly body: string;
  readonly byName: string;
  readonly at: Temporal.Instant;
}

/** A referral with its history, and where that leaves it. */
export interface Referral {
  readonly id: string;
  readonly personId: string;
  readonly episodeId: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly needs: readonly NeedKind[];
  readonly wants: string | null;
  readonly support: string | null;
  /** As it was sent; null until then. */
  readonly letter: readonly LetterLine[] | null;
  readonly cover: string;
  readonly disclosureId: string | null;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly teamId: string | null;
  readonly referredBy: string;
  readonly createdAt: Temporal.Instant;
  readonly sentAt: Temporal.Instant | null;
  readonly events: readonly ReferralEvent[];
  /** Newest offer first. */
  readonly appointments: readonly ReferralAppointment[];
  readonly standing: Standing;
}

function read(tx: Tx) {
  return tx.selectFrom('referral').selectAll();
}
type ReferralRow = Awaited<ReturnType<ReturnType<typeof read>['execute']>>[number];

/** The rules that hold on a day. */
export async function referralRules(tx: Tx, today: Temporal.PlainDate): Promise<ReferralRules> {
  const rows = await tx
    .selectFrom('referral_rule')
    .select(['key', 'unit', 'length'])
    .where('effective_from', '<=', today)
    .where((eb) => eb.or([eb('effective_to', 'is', null), eb('effective_to', '>=', today)]))
    .orderBy('effective_from')
    .execute();
  const rules = Object.fromEntries(
    rows.map((row) => [row.key, { unit: row.unit as 'days', length: row.length }]),
  ) as Partial<ReferralRules>;
  for (const key of [
    'answer',
    'arrange-appointment',
    'wait-review',
    'our-step',
    'link-open',
    'person-remembered',
  ] as const)
    if (rules[key] === undefined) throw new Error(`No referral rule ${key} holds on ${today.toString()}`);
  return rules as ReferralRules;
}

/** Joins rows with their histories: two queries, however many rows. */
async function withHistory(
  tx: Tx,
  rows: readonly ReferralRow[],
  rules: ReferralRules,
): Promise<readonly Referral[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const eventRows = await tx
    .selectFrom('referral_event')
    .selectAll()
    .where('referral_id', 'in', ids)
    .orderBy('number')
    .execute();
  const appointmentRows = await tx
    .selectFrom('referral_appointment')
    .selectAll()
    .where('referral_id', 'in', ids)
    .orderBy('offered_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const startsAt = new Map(appointmentRows.map((row) => [row.id, row.starts_at]));
  const eventsOf = Map.groupBy(eventRows, (row) => row.referral_id);
  const appointmentsOf = Map.groupBy(appointmentRows, (row) => row.referral_id);
  return rows.flatMap((row) => {
    const events = (eventsOf.get(row.id) ?? []).map((event): ReferralEvent => ({
      id: event.id,
      what: event.what as Move,
      at: event.happened_at,
      byKind: event.by_kind,
      byName: event.by_name,
      reason: event.reason,
      note: event.note,
      appointmentId: event.appointment_id,
    }));
    const where = standing(
      events.map((event) => ({
        ...event,
        startsAt: event.appointmentId === null ? null : (startsAt.get(event.appointmentId) ?? null),
      })),
      rules,
    );
    if (where === null) return [];
    return [
      {
        id: row.id,
        personId: row.person_id,
        episodeId: row.episode_id,
        serviceId: row.service_id,
        serviceName: row.service_name,
        needs: row.needs.filter(isNeedKind),
        wants: row.wants,
        support: row.support,
        letter: row.letter as readonly LetterLine[] | null,
        cover: row.cover,
        disclosureId: row.disclosure_id,
        ownerId: row.owner_id,
        ownerName: row.owner_name,
        teamId: row.team_id,
        referredBy: row.referred_by,
        createdAt: row.created_at,
        sentAt: row.sent_at,
        events,
        appointments: (appointmentsOf.get(row.id) ?? []).map((one) => ({
          id: one.id,
          startsAt: one.starts_at,
          place: one.place,
          offeredAt: one.offered_at,
          offeredBy: one.offered_by,
        })),
        standing: where,
      },
    ];
  });
}

/** One referral, or null when this viewer may not see it. */
export async function referralById(
  tx: Tx,
  _viewer: Viewer,
  id: string,
  rules: ReferralRules,
): Promise<Referral | null> {
  const rows = await read(tx).where('id', '=', id).execute();
  return (await withHistory(tx, rows, rules))[0] ?? null;
}

/** Everything ever made for a person, newest first. */
export async function referralsOfPerson(
  tx: Tx,
  _viewer: Viewer,
  personId: string,
  rules: ReferralRules,
): Promise<readonly Referral[]> {
  const rows = await read(tx)
    .where('person_id', '=', personId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return withHistory(tx, rows, rules);
}

// A page of this many is read. The list says when there are more.
export const LISTED_AT_MOST = 200;

/** What is still open: one worker's, a team's, or one service's own. Oldest first, because the oldest waits longest. */
export async function openReferrals(
  tx: Tx,
  _viewer: Viewer,
  whose: { readonly owner: string } | { readonly team: string } | { readonly service: string },
  rules: ReferralRules,
): Promise<readonly Referral[]> {
  let query = read(tx);
  if ('owner' in whose) query = query.where('owner_id', '=', whose.owner);
  else if ('team' in whose) query = query.where('team_id', '=', whose.team);
  else query = query.where('service_id', '=', whose.service).where('sent_at', 'is not', null);
  const rows = await query
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('referral_event')
            .select('referral_event.id')
            .whereRef('referral_event.referral_id', '=', 'referral.id')
            .where('referral_event.what', 'in', ['completed', 'withdrawn', 'lost', 'moved-on']),
        ),
      ),
    )
    .orderBy('created_at')
    .limit(LISTED_AT_MOST)
    .execute();
  return withHistory(tx, rows, rules);
}

/**
 * Of a worker's open referrals those on which the service has to act next, oldest first. Where each stands is read
 * from the names of its moves alone; only those that are shown are read with their letters and histories.
 */
export async function referralsWithService(
  tx: Tx,
  _viewer: Viewer,
  ownerId: string,
  rules: ReferralRules,
): Promise<readonly Referral[]> {
  const { rows: open } = await sql<{ id: string; moves: Move[] }>`
    with open as (
      select r.id from referral r
      where r.owner_id = ${ownerId} and not exists (
        select from referral_event ended
        where ended.referral_id = r.id and ended.what in ('completed', 'withdrawn', 'lost', 'moved-on'))
      order by r.created_at limit ${LISTED_AT_MOST}
    )
    select e.referral_id as id, array_agg(e.what order by e.number) as moves
    from open join referral_event e on e.referral_id = open.id
    group by e.referral_id`.execute(tx);
  const ids = open.filter(({ moves }) => isWithService(stateAfter(moves))).map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await read(tx).where('id', 'in', ids).orderBy('created_at').execute();
  return withHistory(tx, rows, rules);
}

/** Questions and answers, oldest first. */
export async function messagesOf(
  tx: Tx,
  _viewer: Viewer,
  referralId: string,
): Promise<readonly ReferralMessage[]> {
  const rows = await tx
    .selectFrom('referral_message')
    .select(['direction', 'body', 'by_name', 'at'])
    .where('referral_id', '=', referralId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    direction: row.direction as ReferralMessage['direction'],
    body: row.body,
    byName: row.by_name,
    at: row.at,
  }));
}

/** How to reach the person and where they live, for the letter and the ranking. */
export async function reachOf(
  tx: Tx,
  _viewer: Viewer,
  personId: string,
): Promise<{ readonly points: readonly ReachablePoint[]; readonly postcode: string | null }> {
  const points = await tx
    .selectFrom('contact_point')
    .select(['kind', 'value', 'safe_to_ring', 'safe_to_text', 'safe_to_leave_message', 'note'])
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .orderBy('recorded_at')
    .execute();
  const address = await tx
    .selectFrom('person_address')
    .select('postcode')
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .orderBy('recorded_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    points: points.map((row) => ({
      kind: row.kind,
      value: row.value,
      safeToRing: row.safe_to_ring,
      safeToText: row.safe_to_text,
      safeToLeaveMessage: row.safe_to_leave_message,
      note: row.note,
    })),
    postcode: address?.postcode ?? null,
  };
}

/** The district of a postcode, as the letter says the area. */
export function areaOfPostcode(postcode: string | null): string | null {
  return postcode === null ? null : (districtOfPostcode(postcode) ?? null);
}
