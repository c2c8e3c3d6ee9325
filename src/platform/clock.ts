/** The clock is passed in, so that a test can stand at any moment. */
export interface Clock {
  now(): Temporal.Instant;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Temporal.Now.instant() };

/** A clock that stands still until it is moved; for tests and for demonstration data. */
export function fixedClock(
  at: string | Temporal.Instant,
): Clock & { set(at: string | Temporal.Instant): void } {
  let current = Temporal.Instant.from(at);
  return {
    now: () => current,
    set: (next) => {
      current = Temporal.Instant.from(next);
    },
  };
}

/** Everything a human reads is in this zone (architecture.md, Time). */
export const LONDON = 'Europe/London';

// Pages ask for hundreds of dates, and a zoned date-time is dear. Since 1970 London has changed its clocks on whole
// hours of UTC and by whole hours only, so one answer holds for its hour; what is earlier is asked of Temporal.
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const REMEMBERED_AT_MOST = 20_000;
const offsets = new Map<number, number>();
const dates = new Map<number, Temporal.PlainDate>();
const epochDay = Temporal.PlainDate.from('1970-01-01');

function remember<V>(known: Map<number, V>, key: number, make: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size >= REMEMBERED_AT_MOST) known.clear();
  const made = make();
  known.set(key, made);
  return made;
}

/** Milliseconds since 1970 as London's clocks showed them. Only for instants since 1970. */
function londonMilliseconds(at: Temporal.Instant): number {
  const since = at.epochMilliseconds;
  const offset = remember(
    offsets,
    Math.floor(since / HOUR_MS),
    () => at.toZonedDateTimeISO(LONDON).offsetNanoseconds / 1_000_000,
  );
  return since + offset;
}

/** The London calendar date of an instant. */
export function londonDate(at: Temporal.Instant): Temporal.PlainDate {
  if (at.epochMilliseconds < 0) return at.toZonedDateTimeISO(LONDON).toPlainDate();
  const day = Math.floor(londonMilliseconds(at) / DAY_MS);
  return remember(dates, day, () => epochDay.add({ days: day }));
}

/** What London's clocks show at an instant, in whole seconds since midnight by those clocks. */
export function londonSeconds(at: Temporal.Instant): number {
  if (at.epochMilliseconds < 0) {
    const { hour, minute, second } = at.toZonedDateTimeISO(LONDON);
    return hour * 3600 + minute * 60 + second;
  }
  return Math.floor((londonMilliseconds(at) % DAY_MS) / 1000);
}
