import { displayName, shortName, pronouns, type Person } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import { clock } from '../platform/views/dates.ts';
import type { Appointment } from './appointment-store.ts';
import { attendanceText } from './appointment-store.ts';
import { contactText, readContact, tryText } from './contact.ts';
import { dayText, sentence, upperFirst, whenText } from './display-words.ts';
import type { FollowUp } from './follow-up-store.ts';
import { afterStayReason } from './hand-over-after-stay.ts';
import type { ListedHandover } from './handover-store.ts';
import { isLate, isOutside } from './handover.ts';
import { acceptText, acceptWhen, gist } from './present-handover.ts';
import type { ContactDecision } from './record-contact.ts';
import { safeContactGaps, safeContactWarning, type ContactPoint } from './safe-contact.ts';

/** What Today knows about the people on it. */
export interface PeopleOfToday {
  readonly people: ReadonlyMap<string, Person>;
  /** Those this viewer may open. The others stand there without a name: nobody is invisible. */
  readonly mayOpen: ReadonlyMap<string, unknown>;
  readonly points: ReadonlyMap<string, readonly ContactPoint[]>;
  readonly decisions: ReadonlyMap<string, ContactDecision>;
}

/** A person as a card names them. */
export function cardPerson(known: PeopleOfToday, personId: string) {
  const person = known.people.get(personId);
  if (person === undefined || !known.mayOpen.has(personId))
    return {
      personId,
      name: 'A record that needs a reason to open',
      shortName: 'this person',
      href: `/people/${personId}/break-glass`,
      open: false,
    };
  return {
    personId,
    name: displayName(person),
    shortName: shortName(person),
    href: `/people/${personId}`,
    open: true,
  };
}

/** Words against contact, and what to mind: the first is a bar, the second a warning. */
function contactRules(known: PeopleOfToday, personId: string) {
  const points = known.points.get(personId) ?? [];
  const decision = known.decisions.get(personId);
  const barred = decision?.state === 'refused' || decision?.state === 'withdrawn';
  return {
    barred: barred ? decision.words : null,
    caution: barred ? decision.words : safeContactWarning(points),
    gaps: barred ? null : safeContactGaps(points),
    phones: points.filter((point) => point.kind === 'phone'),
  };
}

/** "Someone is waiting for your answer". The page's one primary button is the first that is due. */
export function waitingCards(
  handovers: readonly ListedHandover[],
  known: PeopleOfToday,
  now: Temporal.Instant,
) {
  const primary = handovers.find(
    (handover) => handover.acceptBy !== null && !isOutside(handover.to.kind),
  )?.id;
  return handovers.map((handover) => {
    const person = cardPerson(known, handover.personId);
    return {
      ...person,
      id: handover.id,
      when: acceptWhen(handover, now),
      late: isLate(handover, now),
      text: person.open
        ? [leftWords(handover, now), gist(handover)].filter((part) => part !== '').join(' ')
        : '',
      source: `From ${handover.fromName} ${whenText(handover.madeAt, now)} · ${acceptText(handover, now)}`,
      caution: person.open ? safeContactWarning(known.points.get(handover.personId) ?? []) : null,
      handoverHref: `/people/${handover.personId}/handovers/${handover.id}`,
      acceptText: handover.acceptBy === null ? 'Accept early' : 'Accept',
      primary: handover.id === primary,
    };
  });
}

/** "Left 22:15, released on bail.": when and how, once they have left. */
function leftWords({ leftAt, leftHow }: ListedHandover, now: Temporal.Instant): string {
  return leftAt === null
    ? ''
    : sentence([`Left ${whenText(leftAt, now)}`, leftHow].filter((part) => part !== null).join(', '));
}

/** Today's appointments, and older ones nobody has said anything about. */
export function appointmentCards(
  appointments: readonly Appointment[],
  known: PeopleOfToday,
  viewerId: string,
  now: Temporal.Instant,
) {
  const today = londonDate(now);
  return appointments.map((appointment) => {
    const person = cardPerson(known, appointment.personId);
    const found = known.people.get(appointment.personId);
    const on = londonDate(appointment.startsAt);
    const past = !on.equals(today);
    const them = found === undefined ? 'them' : pronouns(found).object;
    const goes =
      appointment.accompany && (appointment.workerId === null || appointment.workerId === viewerId);
    const what = goes ? `Go with ${them} to ${lowerFirst(appointment.title)}` : appointment.title;
    return {
      ...person,
      id: appointment.id,
      when: past ? upperFirst(dayText(on, today)) : clock(appointment.startsAt),
      text: person.open ? [what, appointment.place].filter((part) => part !== null).join(', ') : '',
      source: person.open
        ? [
            past ? `Was at ${clock(appointment.startsAt)}, not recorded yet` : null,
            appointment.meet === null ? null : `Meet ${appointment.meet}`,
            appointment.withWhom === null ? null : `With ${appointment.withWhom}`,
            appointment.sourceReferralId === null ? null : 'From a referral',
          ]
            .filter((part) => part !== null)
            .join(' · ')
        : '',
      outcome:
        appointment.attendance === null
          ? null
          : {
              shape: appointment.attendance === '5' || appointment.attendance === '6' ? 'done' : 'stop',
              text: attendanceText[appointment.attendance],
              source:
                appointment.attendanceAt === null
                  ? ''
                  : `Recorded ${whenText(appointment.attendanceAt, now)}${appointment.attendanceBy === null ? '' : ` by ${appointment.attendanceBy}`}`,
            },
    };
  });
}

/** Calls due, in the order they came: day 1 before day 7, the first release first. */
export function callCards(calls: readonly FollowUp[], known: PeopleOfToday, now: Temporal.Instant) {
  const today = londonDate(now);
  return latestOfEach(calls).map(({ call, missed }) => {
    const person = cardPerson(known, call.personId);
    const rules = contactRules(known, call.personId);
    const rings = rules.phones.filter((phone) => phone.ring !== 'no');
    const texts = rules.phones.filter((phone) => phone.text !== 'no');
    const messages = rings.filter((phone) => phone.leaveMessage !== 'no');
    return {
      ...person,
      id: call.id,
      when: callWhen(call),
      text: person.open ? callAbout(call, now) : '',
      source: person.open ? [trySource(call, today, now), ...missed].join(' · ') : '',
      caution: person.open ? rules.caution : null,
      gaps: person.open ? rules.gaps : null,
      barred: !person.open || rules.barred !== null,
      noPhone: rules.phones.length === 0,
      ring: rings.map(numberOf('tel')),
      message: messages.length > 0,
      textTo: texts.map(numberOf('sms')),
      recordHref: `/people/${call.personId}/support?call=${call.id}#record-contact`,
    };
  });
}

/** One card for each release: the newest day that is due, with the days on which nobody was reached. */
function latestOfEach(calls: readonly FollowUp[]) {
  const same = (a: FollowUp, b: FollowUp) =>
    a.kind === 'after-release' &&
    b.kind === 'after-release' &&
    a.personId === b.personId &&
    Temporal.Instant.compare(a.indexAt, b.indexAt) === 0;
  return calls
    .filter((call) => !calls.some((other) => same(call, other) && (other.day ?? 0) > (call.day ?? 0)))
    .map((call) => ({
      call,
      missed: calls
        .filter((other) => other.id !== call.id && same(call, other))
        .map((other) => `not reached on day ${other.day ?? ''}`),
    }));
}

/** "Day 7", "Missed", "Planned": the big column. */
export function callWhen(call: Pick<FollowUp, 'kind' | 'day'>): string {
  if (call.kind === 'after-release') return `Day ${call.day ?? ''}`;
  return call.kind === 'missed-appointment' ? 'Missed' : 'Planned';
}

/** What the call is about. */
export function callAbout(call: FollowUp, now: Temporal.Instant): string {
  if (call.kind !== 'after-release') return call.about;
  const left = sentence(`Left ${whenText(call.indexAt, now)}, ${call.about}`);
  // The standing reason of a handover after custody is the call itself: the card says it by being there.
  return call.reason === null || call.reason === afterStayReason ? left : `${left} ${sentence(call.reason)}`;
}

/** "Second try · no answer 09:05", and how late it is. */
export function trySource(call: FollowUp, today: Temporal.PlainDate, now: Temporal.Instant): string {
  const last = call.lastTryResult === null ? undefined : readContact(call.lastTryResult);
  const late = Temporal.PlainDate.compare(call.dueOn, today) < 0;
  return [
    tryText(call.tries),
    last === undefined || call.lastTryAt === null
      ? null
      : `${lowerFirst(contactText(last.how, last.result))} ${whenText(call.lastTryAt, now)}`,
    late ? `was due ${dayText(call.dueOn, today)}` : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

function numberOf(scheme: 'tel' | 'sms') {
  return (phone: ContactPoint) => ({
    id: phone.id,
    shown: phone.value,
    href: `${scheme}:${phone.value.replaceAll(/[^+\d]/g, '')}`,
    note: phone.note,
  });
}

function lowerFirst(text: string): string {
  return /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
