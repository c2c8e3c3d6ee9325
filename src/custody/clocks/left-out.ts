import type { Pause, Stretch } from './clock.ts';
import { cutOut, hours, instantOf, joinStretches } from './clock.ts';
import type { CustodyFact, FactOf } from './custody-facts.ts';
import { factsOf } from './custody-facts.ts';
import { ruleOn } from './rules.ts';
import { londonDate } from '../../platform/clock.ts';

// The one pause whose end is known before it comes.
const AFTER_BAIL_ARREST = 'First 3 hours after arrest on bail';

/** What is not counted: as stretches for the sums and as pauses for the screen. */
export interface LeftOut {
  readonly stretches: readonly Stretch[];
  readonly pauses: readonly Pause[];
  /** True when `now` falls in one of them. */
  readonly pausedNow: boolean;
  readonly onBail: boolean;
  readonly notes: readonly string[];
}

/**
 * What is left out of every period of PACE Part IV, detention and review alike: hospital for treatment with both
 * journeys, except time being questioned (s41(6)); bail (s47(6)); three hours after an arrest for failing to answer it
 * (s47(6A)). A visit for evidence leaves nothing out. Only what lies after `start` can be left out.
 */
export function leftOut(facts: readonly CustodyFact[], start: number, now: Temporal.Instant): LeftOut {
  const until = now.epochMilliseconds;
  const notes: string[] = [];
  const hospital = hospitalStretches(facts, until, notes);
  const questioned = factsOf(facts, 'questioned-at-hospital').map((fact) => ({
    from: fact.happenedAt.epochMilliseconds,
    to: Math.min(until, fact.until?.epochMilliseconds ?? until),
  }));
  if (questioned.length > 0 && hospital.length > 0)
    notes.push('Time being questioned at hospital counts (PACE s41(6))');
  const bail = bailStretches(facts, until);

  const kinds = [
    { stretches: cutOut(hospital, questioned), reason: 'At hospital for treatment', source: 'PACE s41(6)' },
    { stretches: bail.onBail, reason: 'On bail', source: 'PACE s47(6)' },
    { stretches: bail.afterArrest, reason: AFTER_BAIL_ARREST, source: 'PACE s47(6A)' },
  ];
  const pauses = kinds
    .flatMap(({ stretches, reason, source }) =>
      joinStretches(stretches)
        .map(({ from, to }) => ({ from: Math.max(from, start), to, reason, source }))
        .filter(({ from, to }) => to > from),
    )
    .sort((a, b) => a.from - b.from);
  return {
    stretches: joinStretches(pauses),
    pauses: pauses.map(({ from, to, reason, source }) => ({
      from: instantOf(from),
      to: to < until || reason === AFTER_BAIL_ARREST ? instantOf(to) : openEnd(facts, to),
      reason,
      source,
    })),
    pausedNow: pauses.some(({ from, to }) => from < until && to >= until && !endedAt(facts, to)),
    onBail: bail.open,
    notes,
  };
}

/** A stretch that reaches `now` is still open unless a fact of this very moment closes it. */
function openEnd(facts: readonly CustodyFact[], to: number): Temporal.Instant | null {
  return endedAt(facts, to) ? instantOf(to) : null;
}
function endedAt(facts: readonly CustodyFact[], at: number): boolean {
  return factsOf(facts, 'back-from-hospital', 'answered-bail', 'arrived-after-bail-arrest').some(
    (fact) => fact.happenedAt.epochMilliseconds === at,
  );
}

function hospitalStretches(
  facts: readonly CustodyFact[],
  until: number,
  notes: string[],
): readonly Stretch[] {
  const returns = factsOf(facts, 'back-from-hospital');
  const stretches: Stretch[] = [];
  for (const taken of factsOf(facts, 'taken-to-hospital')) {
    if (taken.reason === 'evidence') {
      notes.push('A hospital visit for evidence was made: it leaves nothing out of either clock');
      continue;
    }
    // A return that is told twice counts from the first: a later word never takes back time that already counted.
    const back = returns.find(
      (fact) =>
        fact.visit === taken.visit && Temporal.Instant.compare(fact.happenedAt, taken.happenedAt) >= 0,
    );
    stretches.push({
      from: taken.happenedAt.epochMilliseconds,
      to: back?.happenedAt.epochMilliseconds ?? until,
    });
  }
  return joinStretches(stretches);
}

function bailStretches(
  facts: readonly CustodyFact[],
  until: number,
): { readonly onBail: readonly Stretch[]; readonly afterArrest: readonly Stretch[]; readonly open: boolean } {
  const onBail: Stretch[] = [];
  const afterArrest: Stretch[] = [];
  let bailedAt: number | null = null;
  for (const fact of factsOf(facts, 'bailed', 'answered-bail', 'arrived-after-bail-arrest')) {
    const at = fact.happenedAt.epochMilliseconds;
    if (fact.kind === 'bailed') bailedAt ??= at;
    else if (bailedAt !== null) {
      onBail.push({ from: bailedAt, to: at });
      if (fact.kind === 'arrived-after-bail-arrest')
        afterArrest.push({ from: at, to: at + bailArrestHours(fact) });
      bailedAt = null;
    }
  }
  if (bailedAt !== null) onBail.push({ from: bailedAt, to: until });
  return { onBail, afterArrest, open: bailedAt !== null };
}

function bailArrestHours(fact: FactOf<'arrived-after-bail-arrest'>): number {
  return hours(ruleOn('bail-arrest-left-out', londonDate(fact.happenedAt))?.hours ?? 0);
}
