import { oncePerPicture, type PictureSource } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import { clock } from '../platform/views/dates.ts';
import { appointmentsOf, attendanceText } from './appointment-store.ts';
import { assignmentsOf, QUIET_DAYS } from './caseload-store.ts';
import { contactText } from './contact.ts';
import { contactsOf } from './contact-store.ts';
import { dayText, upperFirst, whenText } from './display-words.ts';
import { followUpsOf } from './follow-up-store.ts';
import { handoversOf } from './handover-store.ts';
import { isLate } from './handover.ts';
import { acceptText } from './present-handover.ts';
import { callAbout, callWhen, trySource } from './present-today.ts';

const calls = oncePerPicture(({ tx, viewer, personId }) => followUpsOf(tx, viewer, personId));
const contactsMade = oncePerPicture(({ tx, viewer, personId }) => contactsOf(tx, viewer, personId));
const diary = oncePerPicture(({ tx, viewer, personId }) => appointmentsOf(tx, viewer, personId));

/** What navigation adds to the picture of need. Each part asks at most two queries. */
export function navigationPicture(): PictureSource {
  return {
    module: 'navigation',
    async mattersNow(scope) {
      const { tx, viewer, personId, now } = scope;
      const today = londonDate(now);
      const handovers = (await handoversOf(tx, viewer, personId)).filter(
        (handover) => handover.state === 'waiting' || handover.state === 'returned',
      );
      const open = (await calls(scope)).filter(
        (call) =>
          call.doneAt === null &&
          call.closedWhy === null &&
          call.day === 1 &&
          Temporal.PlainDate.compare(call.dueOn, today) <= 0,
      );
      return [
        ...handovers.map((handover) => {
          const back = handover.state === 'returned';
          const late = back || isLate(handover, now);
          const by = handover.acceptBy ?? now.add({ hours: 24 });
          return {
            when: late ? 'Now' : handover.acceptBy === null ? 'Release' : clock(handover.acceptBy),
            by: late ? now.epochMilliseconds : by.epochMilliseconds,
            urgency: late ? ('now' as const) : ('soon' as const),
            what: back
              ? `Handover to ${handover.toText} was sent back: ${handover.settledWhy ?? ''}`
              : `Handed over to ${handover.toText}, not taken yet`,
            source: { text: `From ${handover.fromName} · ${acceptText(handover, now)}` },
            act: { href: `/people/${personId}/handovers/${handover.id}`, text: 'Open handover' },
          };
        }),
        ...open.map((call) => ({
          when: 'Day 1',
          by: call.dueOn.toZonedDateTime('Europe/London').toInstant().epochMilliseconds,
          urgency: Temporal.PlainDate.compare(call.dueOn, today) < 0 ? ('now' as const) : ('soon' as const),
          what: `Ring today. ${callAbout(call, now)}`,
          source: { text: trySource(call, today, now) },
          act: {
            href: `/people/${personId}/support?call=${call.id}#record-contact`,
            text: 'Record the call',
          },
        })),
      ];
    },
    async next(scope) {
      const { personId, now } = scope;
      const today = londonDate(now);
      const open = (await calls(scope)).filter((call) => call.doneAt === null && call.closedWhy === null);
      const appointments = (await diary(scope)).filter(
        (appointment) =>
          appointment.cancelledWhy === null &&
          appointment.attendance === null &&
          Temporal.Instant.compare(appointment.startsAt, now) >= 0,
      );
      return [
        ...open.map((call) => ({
          when: upperFirst(dayText(call.dueOn, today)),
          by: call.dueOn.toZonedDateTime('Europe/London').toInstant().epochMilliseconds,
          what: call.kind === 'after-release' ? `${callWhen(call)} call` : 'Call',
          detail: callAbout(call, now),
          act: {
            href: `/people/${personId}/support?call=${call.id}#record-contact`,
            text: 'Record the call',
          },
        })),
        ...appointments.map((appointment) => ({
          when: `${upperFirst(dayText(londonDate(appointment.startsAt), today))} ${clock(appointment.startsAt)}`,
          by: appointment.startsAt.epochMilliseconds,
          what: appointment.title,
          detail: [appointment.place, appointment.accompany ? 'We go along' : null]
            .filter((part) => part !== null)
            .join('. '),
          act: { href: `/people/${personId}/support#appointments`, text: 'Open' },
        })),
      ];
    },
    async worksWith({ tx, viewer, personId, now }) {
      return (await assignmentsOf(tx, viewer, personId)).map((entry) => ({
        label: entry.kind === 'court' ? 'Court practitioner' : 'Navigator',
        text: entry.workerName,
        source: { text: `Since ${whenText(entry.startedAt, now)}` },
      }));
    },
    async tried(scope) {
      const { now } = scope;
      const contacts = await contactsMade(scope);
      const reached = contacts.find((contact) => contact.result === 'reached');
      const since = contacts.filter(
        (contact) => reached === undefined || Temporal.Instant.compare(contact.at, reached.at) > 0,
      );
      const [latest] = since;
      // Lost contact is told only when somebody has tried: silence alone is no story.
      const quietFrom = reached?.at ?? since.at(-1)?.at;
      if (latest === undefined || quietFrom === undefined) return [];
      if (quietFrom.until(now).total('hours') < QUIET_DAYS * 24) return [];
      return [
        {
          title: 'Contact was lost',
          lines: [
            `${since.length === 1 ? '1 try' : `${since.length} tries`} since ${whenText(quietFrom, now)}`,
            `Last: ${contactText(latest.how, latest.result)}`,
          ],
          askFor: 'the way of contact that is right now, and a second one.',
          source: { text: `${latest.by} · ${whenText(latest.at, now)}` },
          at: latest.at.epochMilliseconds,
        },
      ];
    },
    async timeline(scope) {
      const { personId } = scope;
      const contacts = await contactsMade(scope);
      const appointments = await diary(scope);
      const href = `/people/${personId}/support`;
      return [
        ...contacts.map((contact) => ({
          id: `contact-${contact.id}`,
          lane: 'community' as const,
          shape: 'contact' as const,
          from: contact.at,
          to: null,
          ongoing: false,
          title: contactText(contact.how, contact.result),
          detail: '',
          source: contact.by,
          href: `${href}#contact-${contact.id}`,
          tone: contact.result === 'reached' ? ('done' as const) : ('plain' as const),
        })),
        ...appointments
          .filter((appointment) => appointment.attendance !== null)
          .map((appointment) => ({
            id: `appointment-${appointment.id}`,
            lane: 'community' as const,
            shape: 'contact' as const,
            from: appointment.startsAt,
            to: null,
            ongoing: false,
            title: appointment.title,
            detail: appointment.attendance === null ? '' : attendanceText[appointment.attendance],
            source: appointment.attendanceBy ?? 'The service',
            href: `${href}#appointments`,
            tone:
              appointment.attendance === '5' || appointment.attendance === '6'
                ? ('done' as const)
                : ('plain' as const),
          })),
      ];
    },
  };
}
