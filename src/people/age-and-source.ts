import { dateLong } from '../platform/views/dates.ts';
import { LONDON, londonDate } from '../platform/clock.ts';

/** How a fact is known (product.md, promise 1). */
export type Basis = 'told-us' | 'observed' | 'screened' | 'diagnosed' | 'partner-record';

export interface FactSource {
  readonly basis: Basis;
  /** Who it was said to, who saw it, or whose record it is: "S Mistry, nurse", "GP record". */
  readonly by: string | null;
  /** When it was said, seen or true. For a partner's record: when the partner's copy was true. */
  readonly at: Temporal.Instant;
  readonly now: Temporal.Instant;
  /** How long a fact of this kind is trusted; null or absent when it does not go out of date. */
  readonly limit?: Temporal.Duration | null;
  /** What the person likes to be called, for "check with Cal". */
  readonly checkWith?: string;
}

/** The second line of a fact, in parts for a page and whole for a sentence. */
export interface AgeAndSource {
  /** "Told S Mistry, nurse". */
  readonly source: string;
  /** "09:14", "yesterday 23:20", "2 May 2026"; a partner's record says "as of 08:57". */
  readonly when: string;
  /** "10 hours old"; null for a fact of today, whose clock time says it. */
  readonly age: string | null;
  /** Past its limit: show the clock and the brown text. */
  readonly old: boolean;
  /** "12 months, check with Cal"; null while the fact is within its limit. */
  readonly check: string | null;
  /** The whole line: "Observed by S Mistry, nurse · 2 May 2026 · 7 months old". */
  readonly line: string;
}

/**
 * The line under a fact that says who said it, on what basis and how old it is (design, "Age and source").
 * Today: the clock time. Otherwise the date and the age. Past its limit it is flagged, never hidden.
 * A time ahead of `now` (a partner's clock that is wrong) is shown as it is, without an age.
 */
export function ageAndSource(fact: FactSource): AgeAndSource {
  const source = sourceOf(fact.basis, fact.by);
  const stated = whenOf(fact.at, fact.now);
  const when = fact.basis === 'partner-record' ? `as of ${stated}` : stated;
  const isToday = londonDate(fact.at).equals(londonDate(fact.now));
  const howOld = ageOf(fact.at, fact.now);
  const old = isPastLimit(fact);
  const age = isToday || howOld === null ? null : `${howOld} old`;
  const check = old ? `${howOld ?? ''}, check ${withWhom(fact.checkWith)}` : null;
  const line = [source, when, check ?? age].filter((part) => part !== null).join(' · ');
  return { source, when, age, old, check, line };
}

/**
 * How long ago, in the largest unit a person would use, to the nearest: "9 minutes", "10 hours", "82 days",
 * "7 months", "3 years". Days and longer are counted on London's calendar. Null when `at` is ahead of `now`.
 */
export function ageOf(at: Temporal.Instant, now: Temporal.Instant): string | null {
  const elapsed = at.until(now);
  if (elapsed.sign < 0) return null;
  const minutes = Math.floor(elapsed.total('minutes'));
  if (minutes < 60) return count(minutes, 'minute');
  const hours = Math.round(elapsed.total('hours'));
  if (hours < 48) return count(hours, 'hour');
  const from = londonDate(at);
  const to = londonDate(now);
  const { days } = from.until(to, { largestUnit: 'days' });
  if (days <= 90) return count(days, 'day');
  const nearest = (unit: 'months' | 'years'): Temporal.Duration =>
    from.until(to, { largestUnit: unit, smallestUnit: unit, roundingMode: 'halfExpand' });
  const { months } = nearest('months');
  return months < 24 ? count(months, 'month') : count(nearest('years').years, 'year');
}

function sourceOf(basis: Basis, by: string | null): string {
  switch (basis) {
    case 'told-us':
      return by === null ? 'Told us' : `Told ${by}`;
    case 'observed':
      return by === null ? 'Observed' : `Observed by ${by}`;
    case 'screened':
      return by === null ? 'Screened' : `Screened, ${by}`;
    case 'diagnosed':
      return by === null ? 'Diagnosed' : `Diagnosed, ${by}`;
    case 'partner-record':
      return by ?? 'Partner record';
  }
}

/** Clock time today and yesterday within a day; otherwise the date. */
function whenOf(at: Temporal.Instant, now: Temporal.Instant): string {
  const london = at.toZonedDateTimeISO(LONDON);
  const clock = london.toPlainTime().toString({ smallestUnit: 'minute' });
  const today = londonDate(now);
  const day = londonDate(at);
  if (day.equals(today)) return clock;
  if (day.equals(today.subtract({ days: 1 }))) return `yesterday ${clock}`;
  return dateLong(day);
}

/** Limits are calendar lengths: a fact of 24 November with twelve months ends on 24 November. */
function isPastLimit({ at, now, limit }: FactSource): boolean {
  if (limit === undefined || limit === null) return false;
  const end = at.toZonedDateTimeISO(LONDON).add(limit).toInstant();
  return Temporal.Instant.compare(now, end) >= 0;
}

function withWhom(name: string | undefined): string {
  return name === undefined ? 'again' : `with ${name}`;
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
