import { LONDON, londonDate } from '../platform/clock.ts';
import type { HandoverKind } from './handover.ts';

/** One row of handover_rule: how long a receiver has. */
export interface HandoverRule {
  readonly toKind: HandoverKind;
  readonly countsFrom: 'leaving' | 'hearing' | 'made';
  /** After the moment it counts from; below nothing, before it. */
  readonly minutes: number;
  readonly chaseAgainMinutes: number;
  /** "To be confirmed" until the service has agreed a figure of its own. */
  readonly status: 'agreed' | 'to-be-confirmed';
  readonly source: string;
}

/** What a clock may count from. */
export interface ClockFacts {
  readonly madeAt: Temporal.Instant;
  /** When the person left custody or court; null while they are still there. */
  readonly leftAt: Temporal.Instant | null;
  /** When they are heard; a date alone counts as the usual start of the list. */
  readonly hearing: Temporal.Instant | Temporal.PlainDate | null;
}

// Used only when the list gives a day and no time: morning lists start at 10:00.
const USUAL_START = Temporal.PlainTime.from('10:00');

/**
 * By when it must be accepted. Null while the clock has not started: the person has not left yet. A handover to
 * court without a known hearing has until 09:30 the next morning, when the lists are out; one made after its own
 * deadline is due at once, not in the past.
 */
export function acceptBy(rule: HandoverRule, facts: ClockFacts): Temporal.Instant | null {
  const due = dueAt(rule, facts);
  if (due === null) return null;
  const earliest = facts.leftAt ?? facts.madeAt;
  return Temporal.Instant.compare(due, earliest) < 0 ? earliest : due;
}

function dueAt(rule: HandoverRule, facts: ClockFacts): Temporal.Instant | null {
  switch (rule.countsFrom) {
    case 'leaving':
      return facts.leftAt?.add({ minutes: rule.minutes }) ?? null;
    case 'made':
      return facts.madeAt.add({ minutes: rule.minutes });
    case 'hearing':
      return hearingAt(facts).add({ minutes: rule.minutes });
  }
}

function hearingAt(facts: ClockFacts): Temporal.Instant {
  if (facts.hearing instanceof Temporal.Instant) return facts.hearing;
  const day = facts.hearing ?? londonDate(facts.leftAt ?? facts.madeAt).add({ days: 1 });
  return day.toZonedDateTime({ timeZone: LONDON, plainTime: USUAL_START }).toInstant();
}

/** The London dates on which somebody rings after a release: the day after is day 1. */
export function callDates(
  releasedAt: Temporal.Instant,
  days: readonly number[],
): readonly { readonly day: number; readonly dueOn: Temporal.PlainDate }[] {
  const released = londonDate(releasedAt);
  return [...new Set(days)].sort((a, b) => a - b).map((day) => ({ day, dueOn: released.add({ days: day }) }));
}
