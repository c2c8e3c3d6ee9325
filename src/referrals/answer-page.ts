import { londonDate } from '../platform/clock.ts';
import { clock, dateLong, dateTime, day, dayLong, when } from '../platform/views/dates.ts';
import type { AnswerKind } from './answer-form.ts';
import { dueWords } from './referral-status.ts';
import type { Referral, ReferralMessage } from './referral-store.ts';
import { attendanceCodes, declineReasons, reasonWords } from './referral-words.ts';
import { inWords, mayMove, type Move } from './referral.ts';

export interface AnswerPageOptions {
  /** Where the pages of this referral begin. */
  readonly base: string;
  readonly layout: 'layouts/public.njk' | 'layouts/app.njk';
  /** By link: said at the foot. */
  readonly byLink: boolean;
}

interface AnswerInput {
  readonly referral: Referral;
  readonly messages: readonly ReferralMessage[];
}

const choices: readonly {
  readonly kind: AnswerKind;
  readonly what: Move;
  readonly text: string;
  readonly hint: string;
}[] = [
  {
    kind: 'offer',
    what: 'appointment-offered',
    text: 'Yes, offer an appointment',
    hint: 'You give a day and time next',
  },
  {
    kind: 'accept',
    what: 'accepted',
    text: 'Yes, we will send a time later',
    hint: 'We ask again if none comes',
  },
  { kind: 'wait', what: 'wait-listed', text: 'Yes, on a waiting list', hint: 'You say about how long' },
  {
    kind: 'ask',
    what: 'asked',
    text: 'We need to know more',
    hint: 'You write what; the answer comes on this page',
  },
  {
    kind: 'decline',
    what: 'declined',
    text: 'No, we cannot help',
    hint: 'You say why, so we can find someone else',
  },
];

/** What the person is called in a sentence: the first word of the letter's name line, or "they". */
function calledIn(referral: Referral): string {
  const who = referral.letter?.find((line) => line.key === 'who')?.text ?? '';
  const called = /Likes to be called (.+)$/.exec(who)?.[1];
  const first = called ?? who.split('. ')[0]?.split(' ')[0] ?? '';
  return first === '' || who.startsWith('Name not given') ? 'this person' : first;
}

function fullNameIn(referral: Referral): string {
  const who = referral.letter?.find((line) => line.key === 'who')?.text ?? '';
  const name = who.split('. ')[0] ?? '';
  return name === '' || name.startsWith('Name not given') ? 'somebody' : name;
}

/** The referral as the service reads it, and what it can answer now. */
export function answerPage(
  { referral, messages }: AnswerInput,
  options: AnswerPageOptions,
  now: Temporal.Instant,
): Readonly<Record<string, unknown>> {
  const { standing } = referral;
  const [appointment] = referral.appointments;
  const offered = standing.state === 'appointment-offered' && appointment !== undefined;
  const passed = offered && Temporal.Instant.compare(appointment.startsAt, now) <= 0;
  const name = calledIn(referral);
  const sentAt = referral.sentAt ?? referral.createdAt;
  const unanswered = ['sent', 'delivered', 'received'].includes(standing.state);
  const open = choices.filter((choice) => mayMove(standing.state, choice.what));
  return {
    ...options,
    formLayout: options.layout,
    name,
    fullName: fullNameIn(referral),
    serviceName: referral.serviceName,
    referrer: referral.ownerName,
    sentOn: dateLong(sentAt),
    replyBy:
      unanswered && standing.due !== null
        ? dayLong(londonDate(standing.due.subtract({ milliseconds: 1 })))
        : null,
    late: unanswered ? dueWords(standing, now) : '',
    lines: (referral.letter ?? []).map((line) => ({ key: line.label, text: line.text })),
    messages: messages.map((message) => ({
      from: message.direction === 'to-us' ? 'You asked' : `${message.byName} answered`,
      body: message.body,
      at: when(message.at, now),
    })),
    heading: unanswered ? `Can you help ${fullNameIn(referral)}?` : fullNameIn(referral),
    state: stateLine(referral, now),
    question: passed
      ? null
      : open.length === 0 || offered
        ? null
        : unanswered
          ? 'What is your answer?'
          : 'Anything new?',
    choices: passed || offered ? [] : open.map(({ kind, text, hint }) => ({ value: kind, text, hint })),
    askAttendance: passed,
    appointment: offered ? { words: appointmentWords(appointment), place: appointment.place } : null,
    mayChange: offered,
    doneAt: dateTime(referral.events.at(-1)?.at ?? sentAt),
    next: whatNext(referral, name),
  };
}

function appointmentWords(appointment: { readonly startsAt: Temporal.Instant }): string {
  return `${dayLong(appointment.startsAt)}, ${clock(appointment.startsAt)}`;
}

function stateLine(referral: Referral, now: Temporal.Instant): string {
  const { standing } = referral;
  const [appointment] = referral.appointments;
  const since = when(standing.since, now);
  switch (standing.state) {
    case 'accepted':
      return `You accepted on ${day(standing.since)}.`;
    case 'waiting': {
      const said = referral.events.findLast((event) => event.what === 'wait-listed')?.note ?? 'no length';
      return `You put it on your waiting list, and said: ${said}.`;
    }
    case 'asked':
      return `You asked us a question, ${since}.`;
    case 'declined':
      return `You could not help: ${(reasonWords(standing.reason) ?? 'reason not given').toLowerCase()}.`;
    case 'appointment-offered':
      return appointment === undefined
        ? 'You offered an appointment.'
        : `${appointmentWords(appointment)}, ${appointment.place}.`;
    case 'did-not-attend':
      return `You told us: ${(reasonWords(standing.reason) ?? '').toLowerCase()}.`;
    case 'first-attended':
      return `You told us: ${(reasonWords(standing.reason) ?? 'seen').toLowerCase()}.`;
    case 'draft':
    case 'sent':
    case 'delivered':
    case 'received':
      return '';
    default:
      return `This referral is ${inWords(standing.state)}.`;
  }
}

function whatNext(referral: Referral, name: string): readonly string[] {
  const owner = referral.ownerName;
  switch (referral.standing.state) {
    case 'accepted':
      return [`${owner} tells ${name}`, 'Offer an appointment with this same link when you have one'];
    case 'waiting':
      return [
        `${owner} tells ${name} how long it may be`,
        'Offer an appointment with this same link when you have one',
      ];
    case 'asked':
      return [`${owner} answers, and the answer appears on this page`];
    case 'declined':
      return [`${owner} tells ${name} and looks for another service`, 'You need do nothing more'];
    case 'appointment-offered':
      return [
        `${owner} tells ${name} in a way that is safe`,
        `After the appointment we ask you one question: did ${name} come?`,
      ];
    case 'did-not-attend':
      return [`${owner} asks ${name} what got in the way`, 'You can offer another time with this same link'];
    case 'first-attended':
      return ['You need do nothing more. Thank you'];
    default:
      return [];
  }
}

const titles: Readonly<Record<AnswerKind, (name: string) => string>> = {
  accept: (name) => `Accept ${name}`,
  wait: (name) => `About how long will ${name} wait?`,
  decline: () => 'Why can you not help?',
  ask: () => 'What do you need to know?',
  offer: (name) => `Offer ${name} an appointment`,
  attendance: (name) => `Did ${name} come?`,
};

/** One question on a page. */
export function answerFormPage(
  { referral }: AnswerInput,
  options: AnswerPageOptions,
  kind: AnswerKind,
): Readonly<Record<string, unknown>> {
  const name = calledIn(referral);
  const heading = titles[kind](name);
  return {
    ...options,
    formLayout: options.layout,
    kind,
    heading,
    name,
    referrer: referral.ownerName,
    declineItems: declineReasons.map((each) => ({ value: each.code, text: each.text })),
    attendanceItems: attendanceCodes.map((each) => ({ value: each.code, text: each.text })),
    place: referral.appointments[0]?.place ?? '',
  };
}
