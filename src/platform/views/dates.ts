import { LONDON, londonDate, londonSeconds } from '../clock.ts';

/** What a template may hand to a date filter. Templates never calculate with it. */
export type Moment = Temporal.Instant | Temporal.ZonedDateTime | Temporal.PlainDate;

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const dayNamesLong = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

function inLondon(at: Temporal.Instant | Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  return at instanceof Temporal.Instant ? at.toZonedDateTimeISO(LONDON) : at.withTimeZone(LONDON);
}

function dateOf(at: Moment): Temporal.PlainDate {
  if (at instanceof Temporal.PlainDate) return at;
  return at instanceof Temporal.Instant ? londonDate(at) : inLondon(at).toPlainDate();
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

function monthName(date: Temporal.PlainDate): string {
  return months[date.month - 1] ?? '';
}

/** 14:02 */
export function clock(at: Temporal.Instant | Temporal.ZonedDateTime): string {
  const minutes = Math.floor(londonSeconds(at instanceof Temporal.Instant ? at : at.toInstant()) / 60);
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/** 14:02:06, for "saved" */
export function clockSeconds(at: Temporal.Instant | Temporal.ZonedDateTime): string {
  return `${clock(at)}:${twoDigits(inLondon(at).second)}`;
}

/** Tue 24 Nov */
export function day(at: Moment): string {
  const date = dateOf(at);
  return `${dayNames[date.dayOfWeek - 1]} ${date.day} ${monthName(date).slice(0, 3)}`;
}

/** Tue */
export function weekday(at: Moment): string {
  return dayNames[dateOf(at).dayOfWeek - 1] ?? '';
}

/** 24 Nov */
export function dayShort(at: Moment): string {
  const date = dateOf(at);
  return `${date.day} ${monthName(date).slice(0, 3)}`;
}

/** 24 Nov 2026 */
export function dateShort(at: Moment): string {
  return `${dayShort(at)} ${dateOf(at).year}`;
}

/** November 2026 */
export function monthLong(at: Moment): string {
  const date = dateOf(at);
  return `${monthName(date)} ${date.year}`;
}

/** Tuesday 24 November */
export function dayLong(at: Moment): string {
  const date = dateOf(at);
  return `${dayNamesLong[date.dayOfWeek - 1]} ${date.day} ${monthName(date)}`;
}

/** 24 November 2026 */
export function dateLong(at: Moment): string {
  const date = dateOf(at);
  return `${date.day} ${monthName(date)} ${date.year}`;
}

/** 24 November 2026, 14:02 */
export function dateTime(at: Temporal.Instant | Temporal.ZonedDateTime): string {
  return `${dateLong(at)}, ${clock(at)}`;
}

/** 14:02 when it is today in London, otherwise Tue 24 Nov 14:02; another year also says its year. */
export function when(at: Temporal.Instant | Temporal.ZonedDateTime, now: Temporal.Instant): string {
  const date = dateOf(at);
  const today = dateOf(now);
  if (date.equals(today)) return clock(at);
  return date.year === today.year ? `${day(at)} ${clock(at)}` : dateTime(at);
}

/** For the datetime attribute of a time element. */
function machine(at: Moment): string {
  return at instanceof Temporal.ZonedDateTime ? at.toInstant().toString() : at.toString();
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/**
 * How old a fact is, in the largest whole unit: "10 hours", "3 days", "10 weeks", "7 months".
 * Days and longer are counted on London's calendar, so that a clock change adds or loses none. A moment that
 * is still to come has no age: the empty text.
 */
export function age(at: Moment, now: Temporal.Instant): string {
  const today = dateOf(now);
  if (at instanceof Temporal.PlainDate) {
    if (Temporal.PlainDate.compare(at, today) > 0) return '';
    return at.equals(today) ? 'today' : calendarAge(at, today);
  }
  const start = at instanceof Temporal.Instant ? at : at.toInstant();
  const minutes = Math.floor((now.epochMilliseconds - start.epochMilliseconds) / 60_000);
  if (minutes < 0) return '';
  if (minutes < 1) return 'under a minute';
  if (minutes < 60) return plural(minutes, 'minute');
  if (minutes < 48 * 60) return plural(Math.floor(minutes / 60), 'hour');
  return calendarAge(londonDate(start), today);
}

function calendarAge(from: Temporal.PlainDate, to: Temporal.PlainDate): string {
  const days = from.until(to, { largestUnit: 'day' }).days;
  if (days < 14) return plural(days, 'day');
  if (days < 84) return plural(Math.floor(days / 7), 'week');
  const inMonths = from.until(to, { largestUnit: 'month' }).months;
  // Until two years months say more than years do ("20 months").
  return inMonths < 24 ? plural(inMonths, 'month') : plural(Math.floor(inMonths / 12), 'year');
}

/** 10h 31m: elapsed time as a clock counts it, so a night with 25 hours has 25. Seconds are left off. */
export function duration(span: Temporal.Duration): string {
  const minutes = Math.trunc(span.total({ unit: 'minute' }));
  const sign = minutes < 0 ? '−' : '';
  const whole = Math.abs(minutes);
  return `${sign}${Math.floor(whole / 60)}h ${twoDigits(whole % 60)}m`;
}

/** The filters on time, by the name templates use. */
export const dateFilters = {
  clock,
  clockSeconds,
  day,
  dayLong,
  dateLong,
  dateTime,
  when,
  machine,
  age,
  duration,
} as const;
