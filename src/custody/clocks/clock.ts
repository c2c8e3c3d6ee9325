/** Shown beside every time worked out here: the product is never the custody record (domain.md 4). */
export const CHECK_CUSTODY_RECORD = 'Worked out from the custody feed: check the custody record';

/** Every event is a fact with two times (domain.md 4.3): when it happened and when it was written down. */
export interface TimedFact {
  readonly happenedAt: Temporal.Instant;
  readonly enteredAt: Temporal.Instant;
}

/** A stretch that is left out of the count. `to` is null while it still goes on. */
export interface Pause {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant | null;
  readonly reason: string;
  readonly source: string;
}

export interface ClockReading {
  readonly kind: 'pace-detention' | 's135-s136' | 'voluntary-attendance';
  readonly state: 'not-started' | 'running' | 'paused' | 'stopped' | 'no-clock';
  readonly startedAt: Temporal.Instant | null;
  /** Whole minutes that count; never below zero. The law takes all times as approximate (PACE s45(2)). */
  readonly elapsed: Temporal.Duration;
  /** How long may be counted from `startedAt` as things stand, in whole minutes. */
  readonly limit: Temporal.Duration | null;
  /** When the limit is reached if nothing else is left out; while paused, if counting went on from now. */
  readonly endsAt: Temporal.Instant | null;
  readonly nextReviewDue: Temporal.Instant | null;
  readonly pauses: readonly Pause[];
  /** Plain words: what was taken into account, what was not, and why. */
  readonly notes: readonly string[];
  /** The rule that set the start, "PACE s41(2)(d)". */
  readonly basis: string | null;
  readonly source: typeof CHECK_CUSTODY_RECORD;
}

/** A closed stretch of time, in milliseconds since 1970. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const HOUR = 3_600_000;

/** Hours in milliseconds. Elapsed time only: 24 hours are 24 hours on the night the clocks change too. */
export function hours(count: number): number {
  return count * HOUR;
}

/** Overlapping and touching stretches joined, in order of time; empty and backward ones dropped. */
export function joinStretches(stretches: readonly Stretch[]): readonly Stretch[] {
  const joined: { from: number; to: number }[] = [];
  for (const one of stretches.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && one.from <= last.to) last.to = Math.max(last.to, one.to);
    else joined.push({ from: one.from, to: one.to });
  }
  return joined;
}

/** Takes the second list of stretches out of the first. */
export function cutOut(stretches: readonly Stretch[], out: readonly Stretch[]): readonly Stretch[] {
  let left = joinStretches(stretches);
  for (const hole of joinStretches(out))
    left = left.flatMap(({ from, to }) =>
      hole.to <= from || to <= hole.from
        ? [{ from, to }]
        : [
            { from, to: hole.from },
            { from: hole.to, to },
          ].filter((part) => part.to > part.from),
    );
  return left;
}

/** Milliseconds from one moment to another with the left-out stretches (joined) not counted; never below zero. */
export function countedBetween(from: number, to: number, leftOut: readonly Stretch[]): number {
  let counted = Math.max(0, to - from);
  for (const out of leftOut) counted -= Math.max(0, Math.min(to, out.to) - Math.max(from, out.from));
  return Math.max(0, counted);
}

/** The moment at which so many counted milliseconds have passed since `from`, walking around what is left out (joined). */
export function addCounted(from: number, counted: number, leftOut: readonly Stretch[]): number {
  let at = from;
  let left = counted;
  for (const out of leftOut) {
    if (out.to <= at) continue;
    const before = Math.max(0, out.from - at);
    if (before >= left) break;
    left -= before;
    at = out.to;
  }
  return at + left;
}

/** Whole minutes, as a Duration. */
export function minutes(milliseconds: number): Temporal.Duration {
  return Temporal.Duration.from({ minutes: Math.floor(milliseconds / 60_000) });
}

/** "26 h 05 min", for notes. */
export function spoken(milliseconds: number): string {
  const total = Math.floor(milliseconds / 60_000);
  return `${Math.floor(total / 60)} h ${String(total % 60).padStart(2, '0')} min`;
}

export function instantOf(milliseconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(milliseconds);
}

/** Facts up to `now` in the order in which they happened, whatever order they were entered in. */
export function inOrder<Fact extends TimedFact>(
  facts: readonly Fact[],
  now: Temporal.Instant,
): readonly Fact[] {
  return facts
    .filter((fact) => Temporal.Instant.compare(fact.happenedAt, now) <= 0)
    .sort(
      (a, b) =>
        Temporal.Instant.compare(a.happenedAt, b.happenedAt) ||
        Temporal.Instant.compare(a.enteredAt, b.enteredAt) ||
        // Two facts of one moment: any fixed order will do, as long as it does not depend on arrival.
        orderText(a).localeCompare(orderText(b)),
    );
}

function orderText(fact: TimedFact): string {
  return Object.entries(fact)
    .map(([key, value]) => `${key}=${String(value)}`)
    .sort()
    .join(';');
}
