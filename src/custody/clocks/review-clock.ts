import type { Stretch } from './clock.ts';
import { addCounted, hours, instantOf } from './clock.ts';
import type { CustodyFact } from './custody-facts.ts';
import { factsOf } from './custody-facts.ts';
import { ruleOn } from './rules.ts';
import { londonDate } from '../../platform/clock.ts';

export interface Reviews {
  /** Null until detention has been authorised. */
  readonly due: Temporal.Instant | null;
  readonly notes: readonly string[];
}

/**
 * When the next PACE s40 review is due. Counted from when detention was first authorised, not from the relevant
 * time: 6 hours, then 9 and 9. A review done early moves the next one with it; a late one moves nothing (s40(7)).
 * `facts` in order of time; `out` is what is left out (s41(6) holds for any period of Part IV).
 */
export function reviewsFrom(facts: readonly CustodyFact[], out: readonly Stretch[]): Reviews {
  const [authorised, again] = factsOf(facts, 'detention-authorised');
  if (authorised === undefined) return { due: null, notes: [] };
  const day = londonDate(authorised.happenedAt);
  const first = hours(ruleOn('first-review', day)?.hours ?? 0);
  const later = hours(ruleOn('later-review', day)?.hours ?? 0);
  const notes: string[] = [];
  let due = addCounted(authorised.happenedAt.epochMilliseconds, first, out);
  const done = new Set(
    factsOf(facts, 'review-done')
      .map((fact) => fact.happenedAt.epochMilliseconds)
      .filter((at) => at >= authorised.happenedAt.epochMilliseconds),
  );
  for (const at of done) {
    if (at > due) notes.push('A review was done after it was due: the next one does not move (PACE s40(7))');
    due = addCounted(Math.min(at, due), later, out);
  }
  for (const { reason } of factsOf(facts, 'review-postponed'))
    notes.push(`A review was postponed: ${reason}. It follows as soon as practicable (PACE s40(4) to (6))`);
  if (again !== undefined && factsOf(facts, 'answered-bail', 'arrived-after-bail-arrest').length > 0)
    notes.push('Detention was authorised again after bail: custody may count reviews from then');
  return { due: instantOf(due), notes };
}
