import { clock, dateLong } from '../platform/views/dates.ts';
import { londonDate } from '../platform/clock.ts';

/** What is known of the two times: when somebody had the report, and when they decided. */
export interface ReachAndDecision {
  /** When the other side first had it (opened, handed over, or said so); null when nobody has. */
  readonly receivedAt: Temporal.Instant | null;
  readonly readAt: Temporal.Instant | null;
  /** When it was decided; null when it is not known. */
  readonly decidedAt: Temporal.Instant | null;
}

/** Whether a report was there in time. Computed from times, never ticked by anybody. */
export type Reached = 'before' | 'after' | 'not-received' | 'not-decided';

/**
 * Did it reach them before the decision (domain.md 1.7)? Received in the same minute counts as before: people say
 * times to the minute. A report that was read has been received, whatever else is missing.
 */
export function reachedBefore(times: ReachAndDecision): Reached {
  const had = earliest(times.receivedAt, times.readAt);
  if (times.decidedAt === null) return 'not-decided';
  if (had === null) return 'not-received';
  const minute = (at: Temporal.Instant) => at.round({ smallestUnit: 'minute', roundingMode: 'floor' });
  return Temporal.Instant.compare(minute(had), minute(times.decidedAt)) <= 0 ? 'before' : 'after';
}

/** The same in words for a page: "Opened 09:40, before the decision at 10:30". Null while nothing is decided. */
export function reachedWords(times: ReachAndDecision, now: Temporal.Instant): string | null {
  const reached = reachedBefore(times);
  const { decidedAt } = times;
  if (decidedAt === null) return null;
  const had = earliest(times.receivedAt, times.readAt);
  const decided = moment(decidedAt, now);
  if (reached === 'not-received' || had === null) return `Nobody had it when they decided, ${decided}`;
  return reached === 'before'
    ? `There ${moment(had, now)}, before the decision, ${decided}`
    : `There ${moment(had, now)}, after the decision, ${decided}`;
}

function moment(at: Temporal.Instant, now: Temporal.Instant): string {
  return londonDate(at).equals(londonDate(now)) ? clock(at) : `${dateLong(at)} ${clock(at)}`;
}

function earliest(a: Temporal.Instant | null, b: Temporal.Instant | null): Temporal.Instant | null {
  if (a === null) return b;
  if (b === null) return a;
  return Temporal.Instant.compare(a, b) <= 0 ? a : b;
}
