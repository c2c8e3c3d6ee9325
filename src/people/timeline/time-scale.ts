import { dateShort, dayShort, weekday } from '../../platform/views/dates.ts';
import { LONDON } from '../../platform/clock.ts';

/** Places instants on a line: `left` is where the window begins and `right` where it ends, in drawing units. */
export interface TimeScale {
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant;
  readonly x: (at: Temporal.Instant) => number;
}

/**
 * A linear scale, with instants outside the window held at its edges. Written here and not taken from
 * d3-scale: it is one line, and d3's calendar ticks follow the machine's time zone, not London's.
 */
export function timeScale(
  start: Temporal.Instant,
  end: Temporal.Instant,
  left: number,
  right: number,
): TimeScale {
  const span = end.epochMilliseconds - start.epochMilliseconds;
  const x = (at: Temporal.Instant): number => {
    const share = (at.epochMilliseconds - start.epochMilliseconds) / span;
    return left + Math.min(1, Math.max(0, share)) * (right - left);
  };
  return { start, end, x };
}

export interface Tick {
  readonly at: Temporal.Instant;
  readonly label: string;
  /** Begins a year or a day. */
  readonly strong: boolean;
}

/** The quarters that begin inside a window: "Jan 2026" and then "Apr", "Jul", "Oct". */
export function quarterTicks({ start, end }: TimeScale): readonly Tick[] {
  const ticks: Tick[] = [];
  const first = start.toZonedDateTimeISO(LONDON).toPlainDate().with({ month: 1, day: 1 });
  for (let day = first; ; day = day.add({ months: 3 })) {
    const at = day.toZonedDateTime(LONDON).toInstant();
    if (Temporal.Instant.compare(at, end) > 0) return ticks;
    if (Temporal.Instant.compare(at, start) < 0) continue;
    const strong = day.month === 1;
    const [, month = ''] = dayShort(day).split(' ');
    const label = strong ? `${month} ${day.year}` : month;
    ticks.push({ at, label, strong });
  }
}

/** Every third hour of the London clock inside a window: "21:00", and midnight as "00:00 Tue". */
export function clockTicks({ start, end }: TimeScale): readonly Tick[] {
  const ticks: Tick[] = [];
  const first = start.toZonedDateTimeISO(LONDON).toPlainDate();
  for (const day of [first, first.add({ days: 1 })])
    for (let hour = 0; hour < 24; hour += 3) {
      const local = day.toZonedDateTime({ timeZone: LONDON, plainTime: Temporal.PlainTime.from({ hour }) });
      const at = local.toInstant();
      if (Temporal.Instant.compare(at, start) < 0 || Temporal.Instant.compare(at, end) > 0) continue;
      const clock = clockTime(at);
      ticks.push({ at, label: hour === 0 ? `${clock} ${weekday(local)}` : clock, strong: hour === 0 });
    }
  return ticks;
}

/** "23:20", on the London clock. */
export function clockTime(at: Temporal.Instant): string {
  return at.toZonedDateTimeISO(LONDON).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** "14 Mar 2025", in London. */
export function shortDate(at: Temporal.Instant): string {
  return dateShort(at);
}
