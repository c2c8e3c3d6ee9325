import { needLabel, shortName, type Person } from '../people/index.ts';
import { clock, dateLong, dayLong, when } from '../platform/views/dates.ts';
import type { DecidedLetter } from './letter.ts';
import { linkAddress } from './link-message.ts';
import type { ConsentState } from '../consent/index.ts';
import type { LetterNeed } from './letter.ts';
import type { ReferralParts } from './parts.ts';
import { linkToken, type ReferralLink } from './referral-link.ts';
import { hasEnded, mayMove, type Move } from './referral.ts';
import { dueWords, statusOf, waitingOnWords } from './referral-status.ts';
import type { Referral, ReferralEvent, ReferralMessage } from './referral-store.ts';
import { attendanceCodes, declineReasons, reasonWords, withdrawReasons } from './referral-words.ts';

// What the pages of one referral show. Every decision is made here, none in the templates.

const consentShapes: Readonly<Record<ConsentState, string>> = {
  given: 'done',
  refused: 'stop',
  withdrawn: 'stop',
  expired: 'due',
  'not-asked': 'none',
  conflict: 'now',
};

/** A draft: the letter as the service will read it, what is held back, and what is still to be asked. */
export function draftModel(
  referral: Referral,
  input: {
    readonly person: Person;
    readonly letter: DecidedLetter;
    readonly needs: readonly LetterNeed[];
    readonly consent: { readonly state: ConsentState; readonly words: string };
    /** False for a child under 16: who decides is asked on the consent page. */
    readonly inline: boolean;
    readonly changed: boolean;
  },
): Readonly<Record<string, unknown>> {
  const { letter, consent, person } = input;
  const found = input.needs.filter((need) => need.answer === 'found').map((need) => need.kind);
  const kinds = [...new Set([...referral.needs, ...found])];
  const ready = letter.goes.some((line) => line.category === 'need');
  return {
    draft: true,
    base: `/people/${referral.personId}/referrals/${referral.id}`,
    serviceName: referral.serviceName,
    serviceHref: `/services/${referral.serviceId}`,
    changed: input.changed,
    lines: letter.goes.map((line) => ({ key: line.label, text: line.text })),
    mark: letter.mark,
    ready,
    held: letter.held.map(({ line, reason, remedy }) => ({
      what: `${line.label}: ${line.text}`,
      why: reason,
      note: remedy === 'ask-person' ? `Ask ${shortName(person)}` : 'Stays here',
    })),
    consent: {
      shape: consentShapes[consent.state],
      text: consent.words,
      given: consent.state === 'given',
      inline: input.inline,
      page: `/people/${referral.personId}/consent`,
    },
    needItems: kinds.map((kind) => ({ value: kind, text: needLabel(kind) })),
    needValues: referral.needs,
    wants: referral.wants ?? '',
    support: referral.support ?? '',
  };
}

const eventWords: Readonly<Record<Move, string>> = {
  drafted: 'Started',
  sent: 'Sent',
  delivered: 'Delivered',
  opened: 'Opened',
  accepted: 'Accepted',
  'wait-listed': 'Put on a waiting list',
  declined: 'Declined',
  asked: 'Asked us a question',
  answered: 'We answered',
  'appointment-offered': 'Offered an appointment',
  'appointment-agreed': 'The appointment suits',
  attended: 'Came to the appointment',
  'did-not-attend': 'Not seen',
  engaged: 'Still going',
  completed: 'Completed',
  withdrawn: 'Withdrawn',
  lost: 'Closed, contact lost',
  chased: 'Reminded',
  'moved-on': 'Closed, something else tried',
};

function eventLine(event: ReferralEvent, referral: Referral, now: Temporal.Instant) {
  const appointment = referral.appointments.find((each) => each.id === event.appointmentId);
  const details = [
    reasonWords(event.reason),
    event.what === 'asked' ? null : event.note,
    event.what === 'appointment-offered' && appointment !== undefined
      ? `${dayLong(appointment.startsAt)}, ${clock(appointment.startsAt)}, ${appointment.place}`
      : null,
  ].filter((part) => part !== null);
  const how = event.byKind === 'link' ? ', by link' : '';
  return {
    when: when(event.at, now),
    what: [eventWords[event.what], ...details].join(': '),
    source: `${event.byName}${how}`,
  };
}

/** A referral that was sent: where it stands, who is to act, what was said, what can be done. */
export function referralModel(
  parts: Pick<ReferralParts, 'baseUrl' | 'linkSecret'>,
  referral: Referral,
  input: {
    readonly messages: readonly ReferralMessage[];
    readonly link: ReferralLink | null;
    readonly now: Temporal.Instant;
  },
): Readonly<Record<string, unknown>> {
  const { now, link } = input;
  const { standing } = referral;
  const may = (what: Move): boolean => mayMove(standing.state, what);
  const [need] = referral.needs;
  const offered = standing.state === 'appointment-offered';
  const agreed = referral.events.findLast((event) =>
    ['appointment-offered', 'appointment-agreed'].includes(event.what),
  )?.what;
  const [appointment] = referral.appointments;
  return {
    draft: false,
    base: `/people/${referral.personId}/referrals/${referral.id}`,
    serviceName: referral.serviceName,
    serviceHref: `/services/${referral.serviceId}`,
    stands: statusOf(referral, now),
    facts: [
      { key: 'Waiting on', text: waitingOnWords(standing) },
      ...(standing.nextStep === ''
        ? []
        : [{ key: 'Next', text: standing.nextStep, source: dueWords(standing, now) }]),
      { key: 'Seen to by', text: referral.ownerName },
      { key: 'Sent', text: referral.sentAt === null ? 'Never sent' : dateLong(referral.sentAt) },
      ...(offered && appointment !== undefined
        ? [
            {
              key: 'Appointment',
              text: `${dayLong(appointment.startsAt)}, ${clock(appointment.startsAt)}`,
              source: appointment.place,
            },
          ]
        : []),
    ],
    lines: (referral.letter ?? []).map((line) => ({ key: line.label, text: line.text })),
    history: referral.events.toReversed().map((event) => eventLine(event, referral, now)),
    messages: input.messages.map((message) => ({
      from: message.direction === 'to-us' ? `${message.byName} asked` : `${message.byName} answered`,
      body: message.body,
      at: when(message.at, now),
    })),
    link: linkModel(parts, link, hasEnded(standing.state), now),
    ended: hasEnded(standing.state),
    can: {
      chase: may('chased'),
      answer: may('answered'),
      agree:
        offered &&
        agreed === 'appointment-offered' &&
        appointment !== undefined &&
        Temporal.Instant.compare(appointment.startsAt, now) > 0,
      stillGoing: may('engaged'),
      complete: may('completed'),
      withdraw: may('withdrawn'),
      lost: may('lost'),
      moveOn: may('moved-on'),
      said: ['accepted', 'wait-listed', 'declined', 'appointment-offered'].some((what) => may(what as Move)),
      attendance: offered,
      // Before the day only a cancellation can be known, and agreeing the time comes first.
      attendanceFirst:
        offered && appointment !== undefined && Temporal.Instant.compare(appointment.startsAt, now) <= 0,
    },
    saidItems: [
      { value: 'accept', text: 'They accept', shown: may('accepted') },
      { value: 'wait', text: 'They put it on a waiting list', shown: may('wait-listed') },
      { value: 'offer', text: 'They offer an appointment', shown: may('appointment-offered') },
      { value: 'decline', text: 'They cannot help', shown: may('declined') },
    ].filter((item) => item.shown),
    declineOptions: declineReasons.map((each) => ({ value: each.code, text: each.text })),
    attendanceItems: attendanceCodes.map((each) => ({ value: each.code, text: each.text })),
    withdrawOptions: withdrawReasons.map((each) => ({ value: each.code, text: each.text })),
    againHref: `/people/${referral.personId}/refer${need === undefined ? '' : `?need=${need}`}`,
  };
}

function linkModel(
  parts: Pick<ReferralParts, 'baseUrl' | 'linkSecret'>,
  link: ReferralLink | null,
  ended: boolean,
  now: Temporal.Instant,
): Readonly<Record<string, unknown>> | null {
  if (link === null) return null;
  const expired = Temporal.Instant.compare(link.expiresAt, now) <= 0;
  const open = link.revokedAt === null && !expired && !ended;
  return {
    address: open ? linkAddress(parts, linkToken(parts.linkSecret, link.id)) : null,
    status:
      link.revokedAt !== null
        ? { shape: 'stop', text: 'Closed. It opens nothing.' }
        : expired
          ? { shape: 'due', text: 'No longer works. A reminder opens it again.' }
          : { shape: 'wait', text: `Works until ${dateLong(link.expiresAt.subtract({ milliseconds: 1 }))}` },
    opened:
      link.firstOpenedAt === null
        ? 'Not opened yet'
        : `First opened ${when(link.firstOpenedAt, now)}, ${link.opened} time${link.opened === 1 ? '' : 's'}`,
  };
}
