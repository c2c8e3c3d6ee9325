import { createHash } from 'node:crypto';

// What a court may send and PostgreSQL cannot hold: the character NUL, half a surrogate pair, the year 0, a number
// beyond its column. A file made of such things must still be kept and read, so they are put right here, once.

/** Text PostgreSQL can hold; NUL and broken characters become the replacement character. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}

/** JSON PostgreSQL can hold. Temporal values write themselves as ISO text; what is undefined is left out. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'string' ? storableText(inner) : inner,
  );
}

/** A day of the calendar PostgreSQL and people use (years 1 to 9999), or null. */
export function storableDay(day: Temporal.PlainDate | undefined): string | null {
  return day !== undefined && day.year >= 1 && day.year <= 9999 ? day.toString() : null;
}

/** A whole number that fits its column, or null. */
export function storableCount(count: number | undefined): number | null {
  return count !== undefined && Number.isSafeInteger(count) && Math.abs(count) < 2_147_483_648 ? count : null;
}

// An index holds a row of at most 2,704 bytes, and a key made of somebody's mistake may be longer.
const LONGEST_KEY = 300;

/** A key an index can hold: itself, or the beginning and a hash of the whole when it is too long. */
export function storableKey(key: string): string {
  const text = storableText(key);
  if (text.length <= LONGEST_KEY) return text;
  return `${text.slice(0, 100).toWellFormed()}…${createHash('sha256').update(text).digest('hex')}`;
}
