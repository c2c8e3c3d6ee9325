import { limitFor } from '../people/index.ts';
import { LONDON } from '../platform/clock.ts';

/** When a plan written then is to be gone through again (fact-limits.ts, "safety-plan"), on London's calendar. */
export function planReviewDue(writtenAt: Temporal.Instant): Temporal.Instant | null {
  const limit = limitFor('safety-plan');
  return limit === null ? null : writtenAt.toZonedDateTimeISO(LONDON).add(limit).toInstant();
}

/** True once a plan is older than plans are trusted. */
export function planIsOld(writtenAt: Temporal.Instant, now: Temporal.Instant): boolean {
  const due = planReviewDue(writtenAt);
  return due !== null && Temporal.Instant.compare(now, due) >= 0;
}
