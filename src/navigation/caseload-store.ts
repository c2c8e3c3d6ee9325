import { sql } from 'kysely';
import { workerIdOf, type SignedInViewer, type Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';

// All SQL of caseload_assignment.

/** A navigator for the community, a court practitioner for the court. */
export type CaseloadKind = 'navigator' | 'court';

/** Who has a person. */
export interface Assignment {
  readonly id: string;
  readonly personId: string;
  readonly workerId: string;
  readonly workerName: string;
  readonly teamId: string | null;
  readonly kind: CaseloadKind;
  readonly startedAt: Temporal.Instant;
}

/** Who has this person in this way now, or null. */
export async function assignmentOf(
  tx: Tx,
  viewer: Viewer,
  personId: string,
  kind: CaseloadKind,
): Promise<Assignment | null> {
  return (await assignmentsOf(tx, viewer, personId)).find((entry) => entry.kind === kind) ?? null;
}

/** Everybody who has this person now. */
export async function assignmentsOf(
  tx: Tx,
  _viewer: Viewer,
  personId: string,
): Promise<readonly Assignment[]> {
  const rows = await tx
    .selectFrom('caseload_assignment as c')
    .innerJoin('worker', 'worker.id', 'c.worker_id')
    .select(['c.id', 'c.person_id', 'c.worker_id', 'c.team_id', 'c.kind', 'c.started_at', 'worker.name'])
    .where('c.person_id', '=', personId)
    .where('c.ended_at', 'is', null)
    .orderBy('c.started_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    workerId: row.worker_id,
    workerName: row.name,
    teamId: row.team_id,
    kind: row.kind as CaseloadKind,
    startedAt: row.started_at,
  }));
}

/**
 * Puts a person on a worker's caseload and ends who had them before, in the same transaction: there is no moment
 * without somebody. The person's row is locked by the caller. Answers the worker who had them, or null.
 */
export async function assignTo(
  tx: Tx,
  viewer: Viewer,
  input: {
    readonly personId: string;
    readonly workerId: string;
    readonly teamId: string | null;
    readonly kind: CaseloadKind;
    readonly why: string;
    readonly handoverId?: string;
  },
  now: Temporal.Instant,
): Promise<{ readonly before: string | null }> {
  const current = await assignmentOf(tx, viewer, input.personId, input.kind);
  if (current?.workerId === input.workerId) return { before: null };
  if (current !== null) await endAssignment(tx, viewer, current.id, input.why, now);
  await tx
    .insertInto('caseload_assignment')
    .values({
      area_id: viewer.areaId,
      person_id: input.personId,
      worker_id: input.workerId,
      team_id: input.teamId,
      kind: input.kind,
      handover_id: input.handoverId ?? null,
      started_at: now,
      started_by: workerIdOf(viewer),
      why: input.why,
    })
    .execute();
  return { before: current?.workerId ?? null };
}

/** Takes a person off a caseload. */
export async function endAssignment(
  tx: Tx,
  viewer: Viewer,
  id: string,
  why: string,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('caseload_assignment')
    .set({ ended_at: now, ended_by: workerIdOf(viewer), ended_why: why })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}

/** One person on a caseload, with what a list shows of them. */
export interface CaseloadEntry {
  readonly personId: string;
  readonly kind: CaseloadKind;
  readonly startedAt: Temporal.Instant;
  /** Who put them there: the worker themselves when they accepted. */
  readonly startedBy: string | null;
  /** When somebody last spoke with them, whoever it was; null when nobody has. */
  readonly lastReached: Temporal.Instant | null;
  /** When somebody last tried. */
  readonly lastTried: Temporal.Instant | null;
  readonly nextCall: Temporal.PlainDate | null;
  readonly nextAppointment: Temporal.Instant | null;
  readonly openGoals: number;
}

/** The people of one worker, in one query: whom nobody has reached for longest is first. */
export async function caseloadOf(
  tx: Tx,
  _viewer: SignedInViewer,
  workerId: string,
  now: Temporal.Instant,
): Promise<readonly CaseloadEntry[]> {
  const { rows } = await sql<{
    person_id: string;
    kind: string;
    started_at: Temporal.Instant;
    started_by: string | null;
    last_reached: Temporal.Instant | null;
    last_tried: Temporal.Instant | null;
    next_call: Temporal.PlainDate | null;
    next_appointment: Temporal.Instant | null;
    open_goals: number;
  }>`
    select c.person_id, c.kind, c.started_at, c.started_by, talked.last_reached, talked.last_tried, call.next_call,
           visit.next_appointment, coalesce(goal.open_goals, 0)::int as open_goals
    from caseload_assignment c
    left join lateral (
      select max(l.at) filter (where l.result = 'reached') as last_reached, max(l.at) as last_tried
      from contact_log l where l.person_id = c.person_id and l.adds_to is null
    ) talked on true
    left join lateral (
      select min(f.due_on) as next_call from follow_up f
      where f.person_id = c.person_id and f.done_at is null and f.closed_at is null
    ) call on true
    left join lateral (
      select min(a.starts_at) as next_appointment from appointment a
      where a.person_id = c.person_id and a.starts_at >= ${now} and a.cancelled_at is null
    ) visit on true
    left join lateral (
      select count(*) as open_goals from support_goal g where g.person_id = c.person_id and g.ended_at is null
    ) goal on true
    where c.worker_id = ${workerId} and c.ended_at is null
    order by talked.last_reached nulls first, c.started_at`.execute(tx);
  return rows.map((row) => ({
    personId: row.person_id,
    kind: row.kind as CaseloadKind,
    startedAt: row.started_at,
    startedBy: row.started_by,
    lastReached: row.last_reached,
    lastTried: row.last_tried,
    nextCall: row.next_call,
    nextAppointment: row.next_appointment,
    openGoals: row.open_goals,
  }));
}

/** Days without contact after which a person has gone quiet (design reference, Today). */
export const QUIET_DAYS = 14;

/** True when nobody has spoken with the person for 14 days, or since they came onto the caseload. */
export function isQuiet(
  entry: Pick<CaseloadEntry, 'lastReached' | 'startedAt'>,
  now: Temporal.Instant,
): boolean {
  const since = entry.lastReached ?? entry.startedAt;
  return since.until(now).total('hours') >= QUIET_DAYS * 24;
}
