import { londonDate } from '../platform/clock.ts';
import { clock, day, dateLong } from '../platform/views/dates.ts';

/** "09:05", "yesterday 18:40", "20 Nov 14:10": how people say when, within a sentence. */
export function whenText(at: Temporal.Instant, now: Temporal.Instant): string {
  const days = londonDate(at).until(londonDate(now), { largestUnit: 'day' }).days;
  if (days === 0) return clock(at);
  if (days === 1) return `yesterday ${clock(at)}`;
  return `${shortDay(londonDate(at), londonDate(now))} ${clock(at)}`;
}

/** "today", "yesterday", "tomorrow", "Tue 24 Nov", "24 November 2025". */
export function dayText(date: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const days = today.until(date, { largestUnit: 'day' }).days;
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return shortDay(date, today);
}

function shortDay(date: Temporal.PlainDate, today: Temporal.PlainDate): string {
  return date.year === today.year ? day(date) : dateLong(date);
}

/** The first letter large: for the start of a line. */
export function upperFirst(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A sentence ends once, whoever typed it. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' || /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
