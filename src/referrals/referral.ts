import { done, refused, type Outcome } from '../platform/result.ts';
import { dueAfter, endOfDay, type ReferralRules } from './working-days.ts';
import { londonDate } from '../platform/clock.ts';

// Where a referral stands follows from what happened, in order (domain.md 1.8, "Referral outcome"). Nothing here
// reads a database or a clock.

/** Everything that can happen to a referral. */
export const moves = [
  'drafted',
  'sent',
  'delivered',
  'opened',
  'accepted',
  'wait-listed',
  'declined',
  'asked',
  'answered',
  'appointment-offered',
  'appointment-agreed',
  'attended',
  'did-not-attend',
  'engaged',
  'completed',
  'withdrawn',
  'lost',
  'chased',
  'moved-on',
] as const;
export type Move = (typeof moves)[number];

/** Where it stands. */
export type ReferralState =
  | 'draft'
  | 'sent'
  | 'delivered'
  | 'received'
  | 'accepted'
  | 'waiting'
  | 'asked'
  | 'declined'
  | 'appointment-offered'
  | 'did-not-attend'
  | 'first-attended'
  | 'engaged'
  | 'completed'
  | 'withdrawn'
  | 'lost'
  | 'moved-on';

/** One thing that happened, as far as the rules need it. */
export interface ReferralFact {
  readonly what: Move;
  readonly at: Temporal.Instant;
  readonly reason?: string | null;
  /** With an offer: when the appointment is. */
  readonly startsAt?: Temporal.Instant | null;
}

const unanswered = ['sent', 'delivered', 'received'] as const;
const withService = [
  ...unanswered,
  'accepted',
  'waiting',
  'asked',
  'appointment-offered',
  'did-not-attend',
] as const;
const going = ['first-attended', 'engaged'] as const;

/** From which states a move may be made, and where it leads. `same` stays where it is. */
const table: Readonly<
  Record<Move, { readonly from: readonly (ReferralState | 'nothing')[]; readonly to: ReferralState | 'same' }>
> = {
  drafted: { from: ['nothing'], to: 'draft' },
  sent: { from: ['draft'], to: 'sent' },
  delivered: { from: ['sent'], to: 'delivered' },
  opened: { from: ['sent', 'delivered'], to: 'received' },
  accepted: { from: [...unanswered, 'asked', 'waiting', 'declined'], to: 'accepted' },
  'wait-listed': { from: [...unanswered, 'asked', 'accepted', 'declined'], to: 'waiting' },
  declined: { from: withService, to: 'declined' },
  asked: { from: [...unanswered, 'accepted', 'waiting'], to: 'asked' },
  answered: { from: ['asked'], to: 'received' },
  'appointment-offered': { from: [...withService, 'declined'], to: 'appointment-offered' },
  'appointment-agreed': { from: ['appointment-offered'], to: 'same' },
  attended: { from: ['appointment-offered', 'did-not-attend'], to: 'first-attended' },
  'did-not-attend': { from: ['appointment-offered'], to: 'did-not-attend' },
  engaged: { from: going, to: 'engaged' },
  completed: { from: going, to: 'completed' },
  withdrawn: { from: ['draft', ...withService, 'declined', ...going], to: 'withdrawn' },
  lost: { from: [...withService, ...going], to: 'lost' },
  chased: { from: [...unanswered, 'accepted', 'waiting'], to: 'same' },
  'moved-on': { from: ['declined'], to: 'moved-on' },
};

const ended: ReadonlySet<ReferralState> = new Set(['completed', 'withdrawn', 'lost', 'moved-on']);

/** True when nothing more is expected of anybody. */
export function hasEnded(state: ReferralState): boolean {
  return ended.has(state);
}

const stateWords: Readonly<Record<ReferralState, string>> = {
  draft: 'not sent yet',
  sent: 'sent, not opened yet',
  delivered: 'delivered, not opened yet',
  received: 'opened by the service',
  accepted: 'accepted',
  waiting: 'on a waiting list',
  asked: 'waiting for our answer to a question',
  declined: 'declined',
  'appointment-offered': 'waiting for the appointment',
  'did-not-attend': 'missed the first appointment',
  'first-attended': 'seen for the first time',
  engaged: 'still going',
  completed: 'completed',
  withdrawn: 'withdrawn',
  lost: 'closed, contact lost',
  'moved-on': 'closed, something else was tried',
};

/** Where it stands, as it stands in a sentence. */
export function inWords(state: ReferralState): string {
  return stateWords[state];
}

const moveWords: Readonly<Record<Move, string>> = {
  drafted: 'be started',
  sent: 'be sent',
  delivered: 'be delivered',
  opened: 'be opened',
  accepted: 'be accepted',
  'wait-listed': 'go on a waiting list',
  declined: 'be declined',
  asked: 'be asked about',
  answered: 'be answered',
  'appointment-offered': 'get an appointment',
  'appointment-agreed': 'have its appointment agreed',
  attended: 'be marked as seen',
  'did-not-attend': 'be marked as missed',
  engaged: 'be marked as still going',
  completed: 'be completed',
  withdrawn: 'be withdrawn',
  lost: 'be closed as lost',
  chased: 'be chased',
  'moved-on': 'be closed',
};

/** Where a referral stands after one more move, or why that cannot happen, in words for the page. */
export function move(state: ReferralState | 'nothing', what: Move): Outcome<ReferralState, 'not-now'> {
  const { from, to } = table[what];
  if (from.includes(state)) return done(to === 'same' && state !== 'nothing' ? state : (to as ReferralState));
  return refused(
    'not-now',
    state === 'nothing'
      ? 'There is no such referral yet.'
      : `This referral is ${stateWords[state]}, so it cannot ${moveWords[what]} now.`,
  );
}

/** True when the move may be made now: decides which buttons a page shows. */
export function mayMove(state: ReferralState, what: Move): boolean {
  return table[what].from.includes(state);
}

/** Where a referral stands after these moves; a move that does not follow changes nothing, as in `standing`. */
export function stateAfter(moves: readonly Move[]): ReferralState | 'nothing' {
  let state: ReferralState | 'nothing' = 'nothing';
  for (const what of moves) {
    const { from, to } = table[what];
    if (from.includes(state) && to !== 'same') state = to;
  }
  return state;
}

// `nextOf` says the same of each, with the step and the day.
const waitingOnService: ReadonlySet<ReferralState | 'nothing'> = new Set([
  ...unanswered,
  'accepted',
  'waiting',
]);

/** True when the service has to act next. */
export function isWithService(state: ReferralState | 'nothing'): boolean {
  return waitingOnService.has(state);
}

/** Who has to do something next. */
export type WaitingOn = 'us' | 'service' | 'person' | 'nobody';

/** Where it stands, who is to act, what, and until when. */
export interface Standing {
  readonly state: ReferralState;
  /** When it came to stand there. */
  readonly since: Temporal.Instant;
  readonly waitingOn: WaitingOn;
  /** Never empty while it is open. */
  readonly nextStep: string;
  readonly due: Temporal.Instant | null;
  /** How often the service has been chased since it last did something. */
  readonly chased: number;
  readonly lastChasedAt: Temporal.Instant | null;
  readonly appointmentAt: Temporal.Instant | null;
  readonly firstSeenAt: Temporal.Instant | null;
  /** Why it was declined, withdrawn or missed. */
  readonly reason: string | null;
}

/**
 * Reads where a referral stands from what happened. A fact that does not follow from the one before it (two answers
 * entered at once by hand, a feed out of order) changes nothing and is kept: history is never thrown away.
 */
export function standing(facts: readonly ReferralFact[], rules: ReferralRules): Standing | null {
  let state: ReferralState | 'nothing' = 'nothing';
  let since: Temporal.Instant | null = null;
  let chased = 0;
  let lastChasedAt: Temporal.Instant | null = null;
  let appointmentAt: Temporal.Instant | null = null;
  let firstSeenAt: Temporal.Instant | null = null;
  let reason: string | null = null;
  let engagedTimes = 0;
  // Opening it late gives no more time to answer; an answer of ours to their question does.
  let askedAt: Temporal.Instant | null = null;
  for (const fact of facts) {
    const after = move(state, fact.what);
    if (!after.ok) continue;
    if (fact.what === 'chased') {
      chased += 1;
      lastChasedAt = fact.at;
      continue;
    }
    if (fact.what === 'appointment-agreed') continue;
    state = after.value;
    since = fact.at;
    chased = 0;
    lastChasedAt = null;
    reason = fact.reason ?? null;
    if (fact.what === 'appointment-offered') appointmentAt = fact.startsAt ?? null;
    if (fact.what === 'attended') firstSeenAt ??= fact.at;
    if (fact.what === 'engaged') engagedTimes += 1;
    if (fact.what === 'sent' || fact.what === 'answered') askedAt = fact.at;
  }
  if (state === 'nothing' || since === null) return null;
  const next = nextOf(
    state,
    { since, askedAt: askedAt ?? since, appointmentAt, firstSeenAt, engagedTimes, chasedAt: lastChasedAt },
    rules,
  );
  return { state, since, chased, lastChasedAt, appointmentAt, firstSeenAt, reason, ...next };
}

// Still going is asked at 4 and at 12 weeks after the first appointment (domain.md 1.8).
const FIRST_CHECK_WEEKS = 4;
const SECOND_CHECK_WEEKS = 12;

function nextOf(
  state: ReferralState,
  known: {
    readonly since: Temporal.Instant;
    readonly askedAt: Temporal.Instant;
    readonly appointmentAt: Temporal.Instant | null;
    readonly firstSeenAt: Temporal.Instant | null;
    readonly engagedTimes: number;
    readonly chasedAt: Temporal.Instant | null;
  },
  rules: ReferralRules,
): Pick<Standing, 'waitingOn' | 'nextStep' | 'due'> {
  const { since } = known;
  const weeksAfterFirst = (weeks: number): Temporal.Instant =>
    endOfDay(londonDate(known.firstSeenAt ?? since).add({ weeks }));
  switch (state) {
    case 'draft':
      return {
        waitingOn: 'us',
        nextStep: 'Send it, or throw it away',
        due: dueAfter(since, rules['our-step']),
      };
    case 'sent':
    case 'delivered':
      return { waitingOn: 'service', nextStep: 'They open it', due: dueAfter(known.askedAt, rules.answer) };
    case 'received':
      return { waitingOn: 'service', nextStep: 'They answer', due: dueAfter(known.askedAt, rules.answer) };
    case 'accepted':
      return {
        waitingOn: 'service',
        nextStep: 'They offer an appointment',
        due: dueAfter(since, rules['arrange-appointment']),
      };
    case 'waiting':
      return {
        waitingOn: 'service',
        nextStep: 'Ask how long it still is, and what helps meanwhile',
        due: dueAfter(known.chasedAt ?? since, rules['wait-review']),
      };
    case 'asked':
      return { waitingOn: 'us', nextStep: 'Answer their question', due: dueAfter(since, rules['our-step']) };
    case 'declined':
      return {
        waitingOn: 'us',
        nextStep: 'Tell the person, and try another service',
        due: dueAfter(since, rules['our-step']),
      };
    case 'appointment-offered':
      return {
        waitingOn: 'person',
        nextStep: 'The first appointment, then record whether they came',
        due:
          known.appointmentAt === null
            ? dueAfter(since, rules.answer)
            : endOfDay(londonDate(known.appointmentAt)),
      };
    case 'did-not-attend':
      return {
        waitingOn: 'us',
        nextStep: 'Ask what got in the way, and book again',
        due: dueAfter(since, rules['our-step']),
      };
    case 'first-attended':
      return {
        waitingOn: 'us',
        nextStep: 'Ask whether they are still going, 4 weeks after the first appointment',
        due: weeksAfterFirst(FIRST_CHECK_WEEKS),
      };
    case 'engaged':
      return {
        waitingOn: 'us',
        nextStep:
          known.engagedTimes < 2
            ? 'Ask whether they are still going, 12 weeks after the first appointment'
            : 'Record how it ended',
        due: weeksAfterFirst(known.engagedTimes < 2 ? SECOND_CHECK_WEEKS : SECOND_CHECK_WEEKS * 2),
      };
    case 'completed':
    case 'withdrawn':
    case 'lost':
    case 'moved-on':
      return { waitingOn: 'nobody', nextStep: '', due: null };
  }
}

/** True when the day it was due has passed. */
export function isOverdue(where: Standing, now: Temporal.Instant): boolean {
  return where.due !== null && Temporal.Instant.compare(now, where.due) >= 0;
}
