import { hours } from './clock.ts';
import type { CustodyFact } from './custody-facts.ts';
import { factsOf } from './custody-facts.ts';
import { ruleOn } from './rules.ts';
import { londonDate } from '../../platform/clock.ts';

export interface RelevantTime {
  readonly at: number;
  /** "PACE s41(2)(d)". */
  readonly basis: string;
  readonly note: string;
}

/**
 * When detention time starts: six cases, never the moment detention was authorised (PACE s41(2), (5)).
 * `facts` in order of time and none after `now`. Null when nothing recorded starts it yet.
 */
export function relevantTime(facts: readonly CustodyFact[], now: Temporal.Instant): RelevantTime | null {
  return secondForceTime(facts, now) ?? firstTime(facts, now);
}

function firstTime(facts: readonly CustodyFact[], now: Temporal.Instant): RelevantTime | null {
  const [streetBail] = factsOf(facts, 'answered-street-bail');
  const [arrest] = factsOf(facts, 'arrested');
  const arrivals = factsOf(facts, 'arrived').filter(
    (fact) => arrest === undefined || Temporal.Instant.compare(fact.happenedAt, arrest.happenedAt) >= 0,
  );
  const [firstArrival] = arrivals;
  if (streetBail !== undefined)
    return found(streetBail.happenedAt, '(2)(ca)', 'Starts on arrival at the station to answer street bail');
  if (arrest?.where === 'at-station')
    return found(
      arrest.happenedAt,
      '(2)(c)',
      'Starts at the arrest, because the person was already at the station',
    );
  const elsewhere = hours(
    ruleOn('arrest-elsewhere', londonDate(arrest?.happenedAt ?? now))?.hours ?? Number.POSITIVE_INFINITY,
  );
  const inWantingArea = arrivals.find((fact) => fact.area === 'wanting');

  if (arrest?.where === 'other-area' && factsOf(facts, 'questioned-in-first-area').length === 0)
    return earlier(
      inWantingArea?.happenedAt,
      arrest.happenedAt.epochMilliseconds + elsewhere,
      now,
      '(2)(a)',
      'Arrested in another police area and not questioned there: starts on arrival in the area that wants the person, or 24 hours after arrest if that is earlier',
    );
  if (arrest?.where === 'abroad') {
    const [entered] = factsOf(facts, 'entered-england-and-wales');
    return earlier(
      inWantingArea?.happenedAt,
      entered === undefined ? null : entered.happenedAt.epochMilliseconds + elsewhere,
      now,
      '(2)(b)',
      'Arrested outside England and Wales: starts on arrival at the first station in the investigating area, or 24 hours after entry if that is earlier',
    );
  }
  if (firstArrival === undefined) return null;
  const questioned =
    arrest?.where === 'other-area'
      ? 'Questioned in the area of arrest: starts there, as for any arrest'
      : null;
  return found(
    firstArrival.happenedAt,
    '(2)(d)',
    questioned ?? 'Starts on arrival at the first station after arrest, the yard included',
  );
}

/** s41(5): wanted by a second force and not questioned about that in the first place of detention. */
function secondForceTime(facts: readonly CustodyFact[], now: Temporal.Instant): RelevantTime | null {
  const [left] = factsOf(facts, 'left-for-second-force');
  if (left === undefined || factsOf(facts, 'questioned-in-first-area').length > 0) return null;
  const [arrived] = factsOf(facts, 'arrived-at-second-force');
  const wait = hours(
    ruleOn('arrest-elsewhere', londonDate(left.happenedAt))?.hours ?? Number.POSITIVE_INFINITY,
  );
  return earlier(
    arrived?.happenedAt,
    left.happenedAt.epochMilliseconds + wait,
    now,
    '(5)',
    'For the second force: starts on arrival in its area, or 24 hours after leaving the first place of detention if that is earlier',
  );
}

function earlier(
  arrival: Temporal.Instant | undefined,
  latest: number | null,
  now: Temporal.Instant,
  subsection: string,
  note: string,
): RelevantTime | null {
  const at = Math.min(
    arrival?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    latest ?? Number.POSITIVE_INFINITY,
  );
  return at <= now.epochMilliseconds ? { at, basis: `PACE s41${subsection}`, note } : null;
}

function found(at: Temporal.Instant, subsection: string, note: string): RelevantTime {
  return { at: at.epochMilliseconds, basis: `PACE s41${subsection}`, note };
}
