import { seededRandom, type Random } from '../random.ts';

// Invented lives are drawn in milliseconds and written down as the text PostgreSQL reads: a Temporal object for each
// of millions of moments would take longer than everything else.

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A moment as timestamptz text. */
export function moment(milliseconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(milliseconds)).toString();
}

/** The calendar date of a moment, in UTC. */
export function dateOf(milliseconds: number): string {
  return moment(milliseconds).slice(0, 10);
}

/** Random numbers and ids that follow from the seed, what they are for, and which person they are about. */
export interface Draw extends Random {
  /** A version 7 UUID for this moment. */
  id(milliseconds: number): string;
}

export function drawFor(seed: number, index: number): Draw {
  const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const hex = (digits: number): string =>
    Math.floor(random.next() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return {
    ...random,
    id: (milliseconds) => {
      const time = Math.round(milliseconds).toString(16).padStart(12, '0');
      const variant = '89ab'[random.between(0, 3)] ?? '8';
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(6)}`;
    },
  };
}
