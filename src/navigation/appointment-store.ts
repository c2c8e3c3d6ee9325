import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';

// All SQL of appointment and appointment_outcome.

/** ATTENDANCE STATUS of the NHS Data Dictionary. */
export type Attendance = '5' | '6' | '7' | '2' | '3' | '4';

/** The codes in plain words, in the order a form shows them. */
export const attendanceText: Readonly<Record<Attendance, string>> = {
  '5': 'Came',
  '6': 'Came late, was seen',
  '7': 'Came too late to be seen',
  '3': 'Did not come',
  '2': 'The person cancelled',
  '4': 'The service cancelled or moved it',
};

export function isAttendance(value: string): value is Attendance {
  return Object.hasOwn(attendanceText, value);
}

/** An appointment with whether the person came. */
export interface Appointment {
  readonly id: string;
  readonly personId: string;
  readonly episodeId: string;
  readonly title: string;
  readonly place: string | null;
  readonly withWhom: string | null;
  readonly startsAt: Temporal.Instant;
  readonly accompany: boolean;
  readonly meet: string | null;
  readonly workerId: string | null;
  readonly sourceReferralId: string | null;
  readonly sourceAppointmentId: string | null;
  readonly cancelledWhy: string | null;
  readonly version: number;
  readonly attendance: Attendance | null;
  readonly attendanceAt: Temporal.Instant | null;
  readonly attendanceBy: string | null;
}

function selecting(tx: Tx) {
  return tx
    .selectFrom('appointment as a')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('appointment_outcome as o')
          .leftJoin('worker', 'worker.id', 'o.recorded_by')
          .select(['o.attendance', 'o.recorded_at', 'worker.name'])
          .whereRef('o.appointment_id', '=', 'a.id')
          .orderBy('o.recorded_at', 'desc')
          .limit(1)
          .as('latest'),
      (join) => join.onTrue(),
    )
    .selectAll('a')
    .select(['latest.attendance', 'latest.recorded_at as attendance_at', 'latest.name as attendance_by']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selecting>['execute']>>[number];

function appointmentOf(row: Row): Appointment {
  return {
    id: row.id,
    personId: row.person_id,
    episodeId: row.episode_id,
    title: row.title,
    place: row.place,
    withWhom: row.with_whom,
    startsAt: row.starts_at,
    accompany: row.accompany,
    meet: row.meet,
    workerId: row.worker_id,
    sourceReferralId: row.source_referral_id,
    sourceAppointmentId: row.source_appointment_id,
    cancelledWhy: row.cancelled_why,
    version: row.version,
    attendance: row.attendance !== null && isAttendance(row.attendance) ? row.attendance : null,
    attendanceAt: row.attendance_at,
    attendanceBy: row.attendance_by,
  };
}

/** The appointment, locked after its person, or null when the viewer's area has none of that id. */
export async function lockAppointment(tx: Tx, _viewer: Viewer, id: string): Promise<Appointment | null> {
  const found = await tx
    .selectFrom('appointment')
    .select('person_id')
    .where('id', '=', id)
    .executeTakeFirst();
  if (found === undefined) return null;
  await tx.selectFrom('person').select('id').where('id', '=', found.person_id).forUpdate().execute();
  await tx.selectFrom('appointment').select('id').where('id', '=', id).forUpdate().execute();
  const row = await selecting(tx).where('a.id', '=', id).executeTakeFirst();
  return row === undefined ? null : appointmentOf(row);
}

/**
 * The appointments between two moments of the people on a worker's caseload, and those they said they would go to;
 * besides, whatever is older than that and nobody has said whether the person came.
 */
export async function appointmentsForWorker(
  tx: Tx,
  _viewer: Viewer,
  workerId: string,
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<readonly Appointment[]> {
  const back = from.subtract({ hours: 14 * 24 });
  const rows = await selecting(tx)
    // Each half has its own index; one condition with "or" would read every appointment there is.
    .where('a.id', 'in', (eb) =>
      eb
        .selectFrom('appointment as said')
        .select('said.id')
        .where('said.worker_id', '=', workerId)
        .where('said.starts_at', '>=', back)
        .where('said.starts_at', '<', to)
        .union(
          eb
            .selectFrom('caseload_assignment as c')
            .innerJoin('appointment as theirs', 'theirs.person_id', 'c.person_id')
            .select('theirs.id')
            .where('c.worker_id', '=', workerId)
            .where('c.ended_at', 'is', null)
            .where('theirs.starts_at', '>=', back)
            .where('theirs.starts_at', '<', to),
        ),
    )
    .where('a.cancelled_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('a.starts_at', '>=', from),
        // Two weeks back: an answer that is still missing after that is a matter for the support page.
        eb('latest.attendance', 'is', null),
      ]),
    )
    .orderBy('a.starts_at')
    .limit(200)
    .execute();
  return rows.map(appointmentOf);
}

/** Every appointment of one person, newest first. */
export async function appointmentsOf(
  tx: Tx,
  _viewer: Viewer,
  personId: string,
): Promise<readonly Appointment[]> {
  const rows = await selecting(tx)
    .where('a.person_id', '=', personId)
    .orderBy('a.starts_at', 'desc')
    .limit(100)
    .execute();
  return rows.map(appointmentOf);
}

/** Writes an appointment that a referral made or moved; the same one twice is written once. */
export async function upsertFromReferral(
  tx: Tx,
  viewer: Viewer,
  appointment: {
    readonly personId: string;
    readonly episodeId: string;
    readonly referralId: string;
    readonly appointmentId: string;
    readonly title: string;
    readonly place: string | null;
    readonly withWhom: string | null;
    readonly startsAt: Temporal.Instant;
    readonly accompany: boolean;
    readonly meet: string | null;
    readonly cancelledWhy: string | null;
  },
  now: Temporal.Instant,
): Promise<string> {
  const cancelledAt = appointment.cancelledWhy === null ? null : now;
  const changing = {
    title: appointment.title,
    place: appointment.place,
    with_whom: appointment.withWhom,
    starts_at: appointment.startsAt,
    accompany: appointment.accompany,
    meet: appointment.meet,
    cancelled_at: cancelledAt,
    cancelled_why: appointment.cancelledWhy,
  };
  const row = await tx
    .insertInto('appointment')
    .values({
      ...changing,
      area_id: viewer.areaId,
      person_id: appointment.personId,
      episode_id: appointment.episodeId,
      source_referral_id: appointment.referralId,
      source_appointment_id: appointment.appointmentId,
      made_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .column('source_appointment_id')
        .where('source_appointment_id', 'is not', null)
        .doUpdateSet({ ...changing, version: sql`appointment.version + 1` }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}
