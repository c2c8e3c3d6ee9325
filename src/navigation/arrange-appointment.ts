import { auditActor, workerIdOf, type SignedInViewer, type Viewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { ensureEpisode, type People } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import {
  attendanceText,
  lockAppointment,
  upsertFromReferral,
  type Appointment,
  type Attendance,
} from './appointment-store.ts';
import { assignmentOf } from './caseload-store.ts';
import { addFollowUp } from './follow-up-store.ts';
import { supportTopics } from './live-topics.ts';

export interface NewAppointment {
  readonly personId: string;
  readonly title: string;
  readonly place: string | null;
  readonly withWhom: string | null;
  readonly startsAt: Temporal.Instant;
  readonly accompany: boolean;
  readonly meet: string | null;
}

/** Writes an appointment made by hand. Whoever goes with the person is who makes it. */
export async function arrangeAppointment(
  people: People,
  tx: Tx,
  viewer: SignedInViewer,
  input: NewAppointment,
  now: Temporal.Instant,
  reference: string | null = null,
): Promise<Outcome<{ readonly id: string }, 'not-found'>> {
  const opened = await people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  const personId = opened.person.id;
  const opening = { firstContactPoint: 'community', identifiedBy: 'service' } as const;
  const episode = await ensureEpisode(tx, viewer, personId, opening, now);
  const row = await tx
    .insertInto('appointment')
    .values({
      area_id: viewer.areaId,
      person_id: personId,
      episode_id: episode.id,
      title: input.title,
      place: input.place,
      with_whom: input.withWhom,
      starts_at: input.startsAt,
      accompany: input.accompany,
      meet: input.meet,
      worker_id: input.accompany ? viewer.workerId : null,
      made_by: viewer.workerId,
      made_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordAudit(tx, now, auditActor(viewer, reference), {
    action: 'created',
    personId,
    subjectKind: 'appointment',
    subjectId: row.id,
  });
  await touch(tx, supportTopics(personId, viewer.workerId));
  return done({ id: row.id });
}

/** What a referral says of its appointment; app.ts calls this when one is offered, moved or cancelled. */
export interface ReferralAppointment {
  readonly personId: string;
  readonly episodeId: string;
  readonly referralId: string;
  readonly appointmentId: string;
  readonly title: string;
  readonly place: string | null;
  readonly withWhom: string | null;
  readonly startsAt: Temporal.Instant;
  readonly accompany: boolean;
  readonly meet?: string | null;
  readonly cancelledWhy?: string | null;
}

/** Keeps a referral's appointment here, so that Today has every appointment in one list. Idempotent. */
export async function mirrorReferralAppointment(
  tx: Tx,
  viewer: Viewer,
  input: ReferralAppointment,
  now: Temporal.Instant,
): Promise<{ readonly id: string }> {
  const id = await upsertFromReferral(
    tx,
    viewer,
    { ...input, meet: input.meet ?? null, cancelledWhy: input.cancelledWhy ?? null },
    now,
  );
  const has = await assignmentOf(tx, viewer, input.personId, 'navigator');
  await recordAudit(tx, now, auditActor(viewer), {
    action: 'changed',
    personId: input.personId,
    subjectKind: 'appointment',
    subjectId: id,
    detail: { fromReferral: input.referralId },
  });
  await touch(tx, supportTopics(input.personId, has?.workerId ?? null));
  return { id };
}

/** Attendance of a referral's appointment, on its way back to the referral. Connected in app.ts. */
export type OnAttendance = (
  tx: Tx,
  viewer: Viewer,
  attended: {
    readonly personId: string;
    readonly referralId: string;
    readonly appointmentId: string;
    readonly attendance: Attendance;
    readonly at: Temporal.Instant;
  },
) => Promise<void>;

/** Writes down attendance; used by the use case below and by a referral whose service answered first. */
async function writeAttendance(
  tx: Tx,
  viewer: Viewer,
  appointment: Appointment,
  attendance: Attendance,
  now: Temporal.Instant,
  reference: string | null,
): Promise<void> {
  await tx
    .insertInto('appointment_outcome')
    .values({
      area_id: viewer.areaId,
      person_id: appointment.personId,
      appointment_id: appointment.id,
      attendance,
      recorded_by: workerIdOf(viewer),
      recorded_at: now,
    })
    .execute();
  const missed = attendance === '3' || attendance === '7';
  const missedBefore = appointment.attendance === '3' || appointment.attendance === '7';
  // A missed appointment leads to a kind word, never to a closure.
  if (missed && !missedBefore)
    await addFollowUp(
      tx,
      viewer,
      {
        personId: appointment.personId,
        episodeId: appointment.episodeId,
        kind: 'missed-appointment',
        dueOn: londonDate(now).add({ days: 1 }),
        indexAt: appointment.startsAt,
        about: `Missed: ${appointment.title}. Ask what got in the way, and offer another.`,
      },
      now,
    );
  await recordAudit(tx, now, auditActor(viewer, reference), {
    action: 'changed',
    personId: appointment.personId,
    subjectKind: 'appointment',
    subjectId: appointment.id,
    detail: { attendance: attendanceText[attendance] },
  });
  await touch(tx, supportTopics(appointment.personId, workerIdOf(viewer), appointment.workerId));
}

/**
 * Did they come? Recorded once per press; a later answer corrects an earlier one and both stay readable. The same
 * answer again changes nothing. Refused before the day of the appointment, when nobody can know.
 */
export async function recordAttendance(
  parts: { readonly people: People; readonly onAttendance?: OnAttendance | undefined },
  tx: Tx,
  viewer: SignedInViewer,
  input: { readonly appointmentId: string; readonly attendance: Attendance },
  now: Temporal.Instant,
  reference: string | null = null,
): Promise<Outcome<Appointment, 'not-found' | 'not-yet' | 'cancelled'>> {
  const appointment = await lockAppointment(tx, viewer, input.appointmentId);
  if (appointment === null) return refused('not-found', 'There is no such appointment.');
  const opened = await parts.people.open(tx, viewer, appointment.personId);
  if (opened === null) return refused('not-found', 'There is no such appointment.');
  if (appointment.cancelledWhy !== null) return refused('cancelled', 'This appointment was cancelled.');
  const cancels = input.attendance === '2' || input.attendance === '4';
  if (!cancels && Temporal.PlainDate.compare(londonDate(appointment.startsAt), londonDate(now)) > 0)
    return refused('not-yet', 'This appointment is on a later day. Say afterwards whether they came.');
  if (appointment.attendance === input.attendance) return done(appointment);
  await writeAttendance(tx, viewer, appointment, input.attendance, now, reference);
  if (appointment.sourceReferralId !== null && appointment.sourceAppointmentId !== null)
    await parts.onAttendance?.(tx, viewer, {
      personId: appointment.personId,
      referralId: appointment.sourceReferralId,
      appointmentId: appointment.sourceAppointmentId,
      attendance: input.attendance,
      at: now,
    });
  return done({ ...appointment, attendance: input.attendance });
}

/** The service said whether the person came (its answer by link): kept here, and not sent back to the referral. */
export async function attendanceFromReferral(
  tx: Tx,
  viewer: Viewer,
  input: { readonly appointmentId: string; readonly attendance: Attendance },
  now: Temporal.Instant,
): Promise<void> {
  const found = await tx
    .selectFrom('appointment')
    .select('id')
    .where('source_appointment_id', '=', input.appointmentId)
    .executeTakeFirst();
  const appointment = found === undefined ? null : await lockAppointment(tx, viewer, found.id);
  if (appointment === null || appointment.attendance === input.attendance) return;
  await writeAttendance(tx, viewer, appointment, input.attendance, now, null);
}
