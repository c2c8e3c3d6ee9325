import type { StatusShape } from '../people/index.ts';
import { timeAndDay } from './stay-clock.ts';

/** Why somebody was not seen. Each is a reason, none is a fault of the person (domain.md 8.1). */
export const notSeenReasons = {
  asleep: 'Asleep',
  intoxicated: 'Intoxicated',
  'no-interpreter': 'No interpreter',
  'no-room': 'No room free',
  'in-interview': 'In interview',
  unfit: 'Not well enough',
  'released-first': 'Released first',
  'out-of-hours': 'Nobody on duty',
  'no-capacity': 'Nobody free',
  other: 'Other reason',
} as const;
export type NotSeenReason = keyof typeof notSeenReasons;

/** One offer of contact and what came of it. */
export interface ContactOffer {
  readonly id: string;
  readonly offeredAt: Temporal.Instant;
  readonly outcome: 'accepted' | 'declined' | 'not-seen';
  readonly reason: NotSeenReason | null;
  readonly note: string | null;
  readonly words: string | null;
  readonly tryAgainAt: Temporal.Instant | null;
  readonly by: string;
  readonly byId: string | null;
}

/** Contact with one person during one stay. */
export interface Contact {
  readonly state: 'not-offered' | 'not-seen' | 'declined' | 'accepted';
  readonly last: ContactOffer | null;
  readonly timesDeclined: number;
  readonly declinedAt: readonly Temporal.Instant[];
}

/** Contact as the offers tell it; the latest offer decides. Once somebody has agreed, a missed later visit does not undo it. */
export function contactFrom(given: readonly ContactOffer[]): Contact {
  const offers = [...given].sort((a, b) => Temporal.Instant.compare(a.offeredAt, b.offeredAt));
  const declined = offers.filter((offer) => offer.outcome === 'declined');
  const decided = offers.findLast((offer) => offer.outcome !== 'not-seen');
  const last = offers.at(-1) ?? null;
  const state =
    last === null
      ? 'not-offered'
      : decided?.outcome === 'accepted'
        ? 'accepted'
        : last.outcome === 'not-seen'
          ? 'not-seen'
          : 'declined';
  return {
    state,
    last,
    timesDeclined: declined.length,
    declinedAt: declined.map((offer) => offer.offeredAt),
  };
}

/** A status with its grey second line. */
export interface ContactWords {
  readonly shape: StatusShape;
  readonly text: string;
  readonly source: string;
}

/** Contact in the words of the board, with the time and the reason. */
export function contactWords(
  contact: Contact,
  stay: { readonly arrivedAt: Temporal.Instant; readonly inInterview: boolean },
  now: Temporal.Instant,
): ContactWords {
  const { last } = contact;
  const at = last === null ? '' : timeAndDay(last.offeredAt, now);
  if (last === null)
    return {
      shape: 'none',
      text: 'Not offered yet',
      source: `Arrived ${timeAndDay(stay.arrivedAt, now)}${stay.inInterview ? ', in interview' : ''}`,
    };
  switch (contact.state) {
    case 'accepted':
      return { shape: 'wait', text: `Agreed to be seen ${at}`, source: last.note ?? `Asked by ${last.by}` };
    case 'declined':
      return contact.timesDeclined > 1
        ? {
            shape: 'stop',
            text: contact.timesDeclined === 2 ? 'Declined twice' : `Declined ${contact.timesDeclined} times`,
            source: `${contact.declinedAt
              .slice(-2)
              .map((each) => timeAndDay(each, now))
              .join(' and ')}. ${saidWords(last)}`,
          }
        : { shape: 'stop', text: `Declined ${at}`, source: saidWords(last) };
    default: {
      const why = last.reason === null ? 'reason not given' : notSeenReasons[last.reason].toLowerCase();
      const again = last.tryAgainAt === null ? '' : ` Try again ${timeAndDay(last.tryAgainAt, now)}.`;
      return {
        shape: 'none',
        text: `Not seen: ${last.reason === 'other' && last.note !== null ? last.note : why}`,
        source: `Tried ${at}.${again}`,
      };
    }
  }
}

function saidWords(offer: ContactOffer): string {
  return offer.words === null ? 'Gave no reason.' : `“${offer.words}”`;
}
