import { pronouns, type Person } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import { clock, dateLong } from '../platform/views/dates.ts';
import { attendanceText, type Appointment } from './appointment-store.ts';
import type { Assignment } from './caseload-store.ts';
import { contactText } from './contact.ts';
import type { Contact } from './contact-store.ts';
import { dayText, upperFirst, whenText } from './display-words.ts';
import type { FollowUp } from './follow-up-store.ts';
import type { Goal } from './goal-store.ts';
import { callAbout, callWhen, trySource } from './present-today.ts';

/** "Ruth Ogden, navigator, since 12 Nov". */
export function workerLines(assignments: readonly Assignment[], now: Temporal.Instant): readonly string[] {
  return assignments.map(
    (entry) =>
      `${entry.workerName}, ${entry.kind === 'court' ? 'court' : 'navigator'}, since ${whenText(entry.startedAt, now)}`,
  );
}

/** The contacts, each with what was added, and what it was done against. */
export function contactLines(contacts: readonly Contact[], now: Temporal.Instant) {
  return contacts.map((contact) => ({
    id: contact.id,
    what: contactText(contact.how, contact.result),
    note: contact.note,
    source: `${contact.by} · ${whenText(contact.at, now)}`,
    against:
      contact.againstWhy === null
        ? null
        : `Against what was agreed: ${contact.againstWhat ?? ''} Why: ${contact.againstWhy}`,
    additions: contact.additions.map((added) => ({
      note: added.note,
      source: `Added by ${added.by} · ${whenText(added.at, now)}`,
    })),
  }));
}

/** Rows of the calls table. */
export function callRows(calls: readonly FollowUp[], now: Temporal.Instant) {
  const today = londonDate(now);
  return calls.map((call, index) => ({
    cells: [
      // The release is said once, on its first day.
      {
        text: callWhen(call),
        source:
          call.kind === 'after-release' && calls[index - 1]?.kind === 'after-release'
            ? ''
            : callAbout(call, now),
      },
      callState(call, today, now),
    ],
  }));
}

function callState(call: FollowUp, today: Temporal.PlainDate, now: Temporal.Instant) {
  if (call.doneAt !== null)
    return { text: 'Spoke', shape: 'done', source: upperFirst(whenText(call.doneAt, now)) };
  if (call.closedWhy !== null) return { text: 'Not needed any more', shape: 'stop', source: call.closedWhy };
  const order = Temporal.PlainDate.compare(call.dueOn, today);
  if (order > 0) return { text: `Due ${dayText(call.dueOn, today)}`, shape: 'none', source: '' };
  return {
    text: order < 0 ? 'Late' : 'Due today',
    shape: order < 0 ? 'now' : 'due',
    source: trySource(call, today, now),
  };
}

/** The goals in the person's own words, with their steps. */
export function goalLines(goals: readonly Goal[], now: Temporal.Instant) {
  const today = londonDate(now);
  const ended = {
    reached: { shape: 'done', text: 'Reached' },
    changed: { shape: 'stop', text: 'Changed' },
    stopped: { shape: 'stop', text: 'Stopped' },
  };
  return goals.map((goal) => ({
    id: goal.id,
    words: goal.words,
    source: `Agreed with ${goal.by} · ${whenText(goal.agreedAt, now)}`,
    ended: goal.endedHow === null ? null : ended[goal.endedHow],
    steps: goal.steps.map((step) => {
      const late =
        step.doneAt === null && step.byWhen !== null && Temporal.PlainDate.compare(step.byWhen, today) < 0;
      return {
        id: step.id,
        text: step.what,
        open: step.doneAt === null && goal.endedAt === null,
        shape: step.doneAt === null ? (late ? 'due' : 'none') : 'done',
        source: [
          step.who,
          step.doneAt !== null
            ? `done ${whenText(step.doneAt, now)}`
            : step.byWhen === null
              ? 'no date agreed'
              : `${late ? 'was due' : 'by'} ${dayText(step.byWhen, today)}`,
        ].join(' · '),
      };
    }),
  }));
}

/** The appointments, newest first; those of today and before ask whether the person came. */
export function appointmentLines(
  appointments: readonly Appointment[],
  person: Person,
  now: Temporal.Instant,
) {
  const today = londonDate(now);
  return appointments.map((appointment) => {
    const on = londonDate(appointment.startsAt);
    const came = Temporal.PlainDate.compare(on, today) <= 0;
    return {
      id: appointment.id,
      when: `${dateLong(on)}, ${clock(appointment.startsAt)}`,
      text: [appointment.title, appointment.place].filter((part) => part !== null).join(', '),
      source: [
        appointment.withWhom === null ? null : `With ${appointment.withWhom}`,
        appointment.accompany ? `We go with ${pronouns(person).object}` : null,
        appointment.meet === null ? null : `Meet ${appointment.meet}`,
        appointment.sourceReferralId === null ? null : 'From a referral',
      ]
        .filter((part) => part !== null)
        .join(' · '),
      outcome: outcomeOf(appointment, now),
      ask: came && appointment.attendance === null && appointment.cancelledWhy === null,
    };
  });
}

function outcomeOf(appointment: Appointment, now: Temporal.Instant) {
  if (appointment.cancelledWhy !== null)
    return { shape: 'stop', text: 'Cancelled', source: appointment.cancelledWhy };
  if (appointment.attendance === null) return null;
  const came = appointment.attendance === '5' || appointment.attendance === '6';
  const by = appointment.attendanceBy === null ? '' : ` by ${appointment.attendanceBy}`;
  return {
    shape: came ? 'done' : 'stop',
    text: attendanceText[appointment.attendance],
    source:
      appointment.attendanceAt === null ? '' : `Recorded ${whenText(appointment.attendanceAt, now)}${by}`,
  };
}
