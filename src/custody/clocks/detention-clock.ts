import type { ClockReading, Stretch } from './clock.ts';
import {
  addCounted,
  CHECK_CUSTODY_RECORD,
  countedBetween,
  hours,
  inOrder,
  instantOf,
  minutes,
  spoken,
} from './clock.ts';
import type { CustodyFact } from './custody-facts.ts';
import { factsOf } from './custody-facts.ts';
import { leftOut } from './left-out.ts';
import { relevantTime } from './relevant-time.ts';
import { reviewsFrom } from './review-clock.ts';
import type { ClockRuleId } from './rules.ts';
import { ruleOn } from './rules.ts';
import { londonDate } from '../../platform/clock.ts';

/**
 * The PACE detention and review clocks of one detention, at `now`. Works from facts in any order; facts after
 * `now` are not known yet. All lengths are elapsed time, so 24 hours are 24 hours over both clock changes. Times
 * are approximate in law (PACE s45(2)), and this is never the custody record.
 */
export function detentionClock(given: readonly CustodyFact[], now: Temporal.Instant): ClockReading {
  const facts = inOrder(given, now);
  const start = relevantTime(facts, now);
  const authorised = factsOf(facts, 'detention-authorised')[0];
  const out = leftOut(facts, earliest(start?.at, authorised?.happenedAt.epochMilliseconds), now);
  const review = reviewsFrom(facts, out.stretches);
  const released = factsOf(facts, 'released')[0];
  const charged = factsOf(facts, 'charged')[0];
  const nextReviewDue = released !== undefined || out.onBail ? null : review.due;
  const base = { kind: 'pace-detention', nextReviewDue, source: CHECK_CUSTODY_RECORD } as const;
  if (start === null)
    return {
      ...base,
      state: 'not-started',
      startedAt: null,
      elapsed: minutes(0),
      limit: null,
      endsAt: null,
      pauses: [],
      notes: [
        'Nothing recorded yet starts the detention clock, such as arrival at a station',
        ...review.notes,
      ],
      basis: null,
    };

  const stop = earliest(
    charged?.happenedAt.epochMilliseconds,
    released?.happenedAt.epochMilliseconds,
    now.epochMilliseconds,
  );
  const elapsed = countedBetween(start.at, stop, out.stretches);
  const notes = [start.note, ...out.notes, ...review.notes];
  if (factsOf(facts, 'further-arrest').length > 0)
    notes.push('Arrested for a further offence while detained: the clock does not start again (PACE s31)');
  if (factsOf(facts, 'moved-station').length > 0)
    notes.push('Moved to another station: the clock does not start again');

  const stopped = charged !== undefined || released !== undefined;
  const limit = stopped ? null : limitAt(facts, start.at, elapsed, out.stretches, notes);
  if (charged !== undefined)
    notes.push(
      'Charged: the limit before charge no longer counts. Court as soon as practicable (PACE s46(2))',
    );
  if (released !== undefined) notes.push('Released: the clock has stopped');
  if (limit !== null && elapsed > limit.counted)
    notes.push('The limit worked out here has passed. Times are approximate (PACE s45(2))');

  return {
    ...base,
    state: stopped ? 'stopped' : out.pausedNow ? 'paused' : 'running',
    startedAt: instantOf(start.at),
    elapsed: minutes(elapsed),
    limit: limit === null ? null : minutes(limit.counted),
    endsAt: limit === null ? null : instantOf(limit.endsAt),
    pauses: out.pauses,
    notes,
    basis: start.basis,
  };
}

interface Limit {
  readonly counted: number;
  readonly endsAt: number;
}

/** 24 hours, to 36 by a superintendent, then warrants from issue, and never past 96 (PACE s41 to s44). */
function limitAt(
  facts: readonly CustodyFact[],
  start: number,
  elapsed: number,
  out: readonly Stretch[],
  notes: string[],
): Limit {
  const day = londonDate(instantOf(start));
  const length = (id: ClockRuleId) => hours(ruleOn(id, day)?.hours ?? 0);
  const counted = superintendentLimit(facts, start, out, notes, length);
  let endsAt = addCounted(start, counted, out);
  const last = addCounted(start, length('detention-longest'), out);
  const warrants = factsOf(facts, 'warrant-issued', 'warrant-extended').filter(
    (fact) => fact.happenedAt.epochMilliseconds >= start,
  );
  for (const warrant of warrants) {
    const word =
      warrant.kind === 'warrant-issued' ? 'A warrant of further detention' : 'An extension of the warrant';
    const forHours = Math.min(hours(warrant.forHours), length('warrant-longest'));
    const runsTo = addCounted(warrant.happenedAt.epochMilliseconds, forHours, out);
    endsAt = Math.max(endsAt, Math.min(runsTo, last));
    notes.push(`${word} was recorded for ${spoken(forHours)} from its issue (PACE s43, s44)`);
    if (hours(warrant.forHours) > forHours)
      notes.push(`${word} for more than 36 hours was recorded: 36 are counted. Check the custody record`);
    if (runsTo > last) notes.push('No warrant runs past 96 hours (PACE s44(3)(b))');
  }
  if (warrants.length === 0 && counted > length('detention') && elapsed > hours(30))
    notes.push(
      'A warrant is applied for before 36 hours, or in the 6 hours after if the court cannot sit then (PACE s43(5))',
    );
  return { counted: countedBetween(start, endsAt, out), endsAt };
}

/**
 * A superintendent may go to 36 hours for an indictable offence. The first authority comes not after 24 hours and
 * not before the second review (s42(4)); a further step may come while the one before still runs (s42(2)).
 */
function superintendentLimit(
  facts: readonly CustodyFact[],
  start: number,
  out: readonly Stretch[],
  notes: string[],
  length: (id: ClockRuleId) => number,
): number {
  const first = length('detention');
  let limit = first;
  const reviews = new Set(factsOf(facts, 'review-done').map((fact) => fact.happenedAt.epochMilliseconds));
  for (const authority of factsOf(facts, 'superintendent-authority')) {
    const at = authority.happenedAt.epochMilliseconds;
    if (at < start) continue;
    const elapsed = countedBetween(start, at, out);
    const told = `A superintendent’s authority was recorded at ${spoken(elapsed)}`;
    const notCounted = (why: string) =>
      notes.push(`${told}. ${why}: not counted here, check the custody record`);
    if (!authority.indictable) notCounted('It needs an indictable offence (PACE s42(1)(b))');
    else if (elapsed > limit)
      notCounted(
        limit === first
          ? 'It can be given up to 24 hours (PACE s42(4)(a))'
          : 'The one before had run out by then (PACE s42(2))',
      );
    else if ([...reviews].filter((review) => review <= at).length < 2)
      notCounted('It can be given after the second review (PACE s42(4)(b))');
    else {
      limit = Math.max(limit, Math.min(hours(authority.totalHours), length('superintendent-limit')));
      notes.push(`${told}, up to ${spoken(limit)} in all (PACE s42)`);
    }
  }
  return limit;
}

function earliest(...moments: readonly (number | undefined)[]): number {
  return Math.min(...moments.filter((moment) => moment !== undefined));
}
