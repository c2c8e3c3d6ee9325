import { workerIdOf, type Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Handover } from './handover.ts';
import { callDates } from './handover-clock.ts';
import { callDays } from './rule-store.ts';

// All SQL of follow_up: calls due after release, after a missed appointment, or planned.

export type FollowUpKind = 'after-release' | 'missed-appointment' | 'planned';

/** A call that is due, with how often it was tried. */
export interface FollowUp {
  readonly id: string;
  readonly personId: string;
  readonly kind: FollowUpKind;
  readonly day: number | null;
  readonly dueOn: Temporal.PlainDate;
  readonly indexAt: Temporal.Instant;
  readonly about: string;
  /** Why the person was handed over; null when no handover made this call. */
  readonly reason: string | null;
  readonly doneAt: Temporal.Instant | null;
  readonly closedWhy: string | null;
  readonly tries: number;
  readonly lastTryAt: Temporal.Instant | null;
  readonly lastTryResult: string | null;
}

/**
 * The calls after a release, once a worker has the person: days from follow_up_rule, counted from the moment of
 * leaving. Calls of an earlier release are closed, because the days are counted again from the newest.
 */
export async function startCalls(
  tx: Tx,
  viewer: Viewer,
  handover: Handover,
  now: Temporal.Instant,
): Promise<void> {
  if (handover.leftAt === null || handover.to.kind !== 'navigation') return;
  await tx
    .updateTable('follow_up')
    .set({ closed_at: now, closed_why: 'A later release started the days again' })
    .where('person_id', '=', handover.personId)
    .where('kind', '=', 'after-release')
    .where('index_at', '<', handover.leftAt)
    .where('done_at', 'is', null)
    .where('closed_at', 'is', null)
    .execute();
  const calls = callDates(handover.leftAt, await callDays(tx, viewer, now));
  if (calls.length === 0) return;
  await tx
    .insertInto('follow_up')
    .values(
      calls.map((call) => ({
        area_id: viewer.areaId,
        person_id: handover.personId,
        episode_id: handover.episodeId,
        handover_id: handover.id,
        kind: 'after-release',
        day: call.day,
        due_on: call.dueOn,
        index_at: handover.leftAt ?? now,
        about: handover.leftHow ?? 'Left',
        made_by: workerIdOf(viewer),
        made_at: now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Adds one call that is not counted from a release. */
export async function addFollowUp(
  tx: Tx,
  viewer: Viewer,
  input: {
    readonly personId: string;
    readonly episodeId: string;
    readonly kind: 'missed-appointment' | 'planned';
    readonly dueOn: Temporal.PlainDate;
    readonly indexAt: Temporal.Instant;
    readonly about: string;
  },
  now: Temporal.Instant,
): Promise<string> {
  const row = await tx
    .insertInto('follow_up')
    .values({
      area_id: viewer.areaId,
      person_id: input.personId,
      episode_id: input.episodeId,
      kind: input.kind,
      due_on: input.dueOn,
      index_at: input.indexAt,
      about: input.about,
      made_by: workerIdOf(viewer),
      made_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Marks a call as done: somebody spoke with the person. */
export async function finishFollowUp(
  tx: Tx,
  viewer: Viewer,
  id: string,
  at: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('follow_up')
    .set({ done_at: at, done_by: workerIdOf(viewer) })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .execute();
  // Spoken with on day 7, nobody rings for day 1 any more: it stays readable as not reached.
  await tx
    .updateTable('follow_up as earlier')
    .from('follow_up as done')
    .set({ closed_at: at, closed_why: 'Not reached on that day; spoken with later' })
    .where('done.id', '=', id)
    .whereRef('earlier.handover_id', '=', 'done.handover_id')
    .whereRef('earlier.day', '<', 'done.day')
    .where('earlier.done_at', 'is', null)
    .where('earlier.closed_at', 'is', null)
    .execute();
}

function selecting(tx: Tx) {
  return tx
    .selectFrom('follow_up as f')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('contact_log as l')
          .select((of) => [of.fn.countAll<number>().as('tries'), of.fn.max('l.at').as('last_at')])
          .whereRef('l.follow_up_id', '=', 'f.id')
          .where('l.adds_to', 'is', null)
          .as('tried'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('contact_log as l')
          .select(['l.how', 'l.result'])
          .whereRef('l.follow_up_id', '=', 'f.id')
          .where('l.adds_to', 'is', null)
          .orderBy('l.at', 'desc')
          .limit(1)
          .as('latest'),
      (join) => join.onTrue(),
    )
    .leftJoin('handover as h', 'h.id', 'f.handover_id')
    .select([
      'h.reason',
      'f.id',
      'f.person_id',
      'f.kind',
      'f.day',
      'f.due_on',
      'f.index_at',
      'f.about',
      'f.done_at',
      'f.closed_why',
      'tried.tries',
      'tried.last_at',
      'latest.how',
      'latest.result',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof selecting>['execute']>>[number];

function followUpOf(row: Row): FollowUp {
  return {
    id: row.id,
    personId: row.person_id,
    kind: row.kind as FollowUpKind,
    day: row.day,
    dueOn: row.due_on,
    indexAt: row.index_at,
    about: row.about,
    reason: row.reason,
    doneAt: row.done_at,
    closedWhy: row.closed_why,
    tries: row.tries ?? 0,
    lastTryAt: row.last_at,
    lastTryResult: row.how === null || row.result === null ? null : `${row.how}:${row.result}`,
  };
}

/** The calls due on or before a day for the people on one worker's caseload; day 1 first, then the first release. */
export async function callsDue(
  tx: Tx,
  _viewer: Viewer,
  workerId: string,
  today: Temporal.PlainDate,
): Promise<readonly FollowUp[]> {
  const rows = await selecting(tx)
    .innerJoin('caseload_assignment as c', (join) =>
      join
        .onRef('c.person_id', '=', 'f.person_id')
        .on('c.worker_id', '=', workerId)
        .on('c.kind', '=', 'navigator')
        .on('c.ended_at', 'is', null),
    )
    .where('f.done_at', 'is', null)
    .where('f.closed_at', 'is', null)
    .where('f.due_on', '<=', today)
    .orderBy('f.day', (order) => order.asc().nullsLast())
    .orderBy('f.index_at')
    .execute();
  return rows.map(followUpOf);
}

/** Every call of one person, next first. */
export async function followUpsOf(tx: Tx, _viewer: Viewer, personId: string): Promise<readonly FollowUp[]> {
  const rows = await selecting(tx)
    .where('f.person_id', '=', personId)
    .orderBy('f.due_on')
    .orderBy('f.index_at')
    .execute();
  return rows.map(followUpOf);
}

/** The people for whom a call is open and whom nobody has on their caseload: for the lead. */
export async function callsOfNobody(
  tx: Tx,
  viewer: Viewer,
): Promise<
  readonly { readonly personId: string; readonly dueOn: Temporal.PlainDate; readonly calls: number }[]
> {
  const rows = await tx
    .selectFrom('follow_up as f')
    .select((eb) => ['f.person_id', eb.fn.min('f.due_on').as('due_on'), eb.fn.countAll<number>().as('calls')])
    .where('f.area_id', '=', viewer.areaId)
    .where('f.done_at', 'is', null)
    .where('f.closed_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('caseload_assignment as c')
            .select('c.id')
            .whereRef('c.person_id', '=', 'f.person_id')
            .where('c.kind', '=', 'navigator')
            .where('c.ended_at', 'is', null),
        ),
      ),
    )
    .groupBy('f.person_id')
    .orderBy('due_on')
    .limit(200)
    .execute();
  return rows.map((row) => ({ personId: row.person_id, dueOn: row.due_on, calls: row.calls }));
}
