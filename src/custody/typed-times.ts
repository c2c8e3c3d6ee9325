import { LONDON, londonDate } from '../platform/clock.ts';
import { readTime } from '../platform/forms/time-fields.ts';

// In a suite people type "10:30" and mean the nearest one. The day is worked out, and shown again after saving.

function onDay(day: Temporal.PlainDate, time: Temporal.PlainTime): Temporal.Instant {
  return day.toZonedDateTime({ timeZone: LONDON, plainTime: time }).toInstant();
}

/** A time that has been: today, or yesterday when it would still be to come. `now` when nothing was typed; null when it is no time. */
export function timeGone(text: string | undefined, now: Temporal.Instant): Temporal.Instant | null {
  if (text === undefined) return now;
  const time = readTime(text);
  if (time === undefined) return null;
  const today = onDay(londonDate(now), time);
  return Temporal.Instant.compare(today, now) <= 0
    ? today
    : onDay(londonDate(now).subtract({ days: 1 }), time);
}

/** A time to come: today, or tomorrow when it passed more than two hours ago. Null when it is no time. */
export function timeToCome(text: string, now: Temporal.Instant): Temporal.Instant | null {
  const time = readTime(text);
  if (time === undefined) return null;
  const today = onDay(londonDate(now), time);
  return now.since(today).total({ unit: 'minute' }) <= 120
    ? today
    : onDay(londonDate(now).add({ days: 1 }), time);
}
