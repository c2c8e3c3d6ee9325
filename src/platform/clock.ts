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

/** The London calendar date of an instant. */
export function londonDate(at: Temporal.Instant): Temporal.PlainDate {
  return at.toZonedDateTimeISO(LONDON).toPlainDate();
}
