import type { ClockReading } from './clock.ts';
import { CHECK_CUSTODY_RECORD, countedBetween, minutes } from './clock.ts';

/**
 * Voluntary attendance has no clock in law: the person came by choice and may leave. How long they have been here is
 * shown all the same, because a long wait matters. An arrest at the station starts the detention clock (PACE s41(2)(c)).
 */
export function voluntaryAttendanceClock(
  arrivedAt: Temporal.Instant,
  leftAt: Temporal.Instant | null,
  now: Temporal.Instant,
): ClockReading {
  const until = leftAt !== null && Temporal.Instant.compare(leftAt, now) < 0 ? leftAt : now;
  return {
    kind: 'voluntary-attendance',
    state: 'no-clock',
    startedAt: arrivedAt,
    elapsed: minutes(countedBetween(arrivedAt.epochMilliseconds, until.epochMilliseconds, [])),
    limit: null,
    endsAt: null,
    nextReviewDue: null,
    pauses: [],
    notes: ['Here voluntarily: no detention clock, and free to leave'],
    basis: null,
    source: CHECK_CUSTODY_RECORD,
  };
}

export interface PreChargeBail {
  /** The day after arrest (PACE s47ZB). */
  readonly startsOn: Temporal.PlainDate;
  /** Last day of the period as it stands. */
  readonly lastDay: Temporal.PlainDate;
  readonly months: number;
  readonly basis: string;
  readonly source: typeof CHECK_CUSTODY_RECORD;
}

export type BailExtension = 'none' | 'inspector' | 'superintendent' | 'assistant-chief-constable';

// PACE ss47ZB to 47ZE, from 28 October 2022. Beyond these, a magistrates' court decides (s47ZF).
const bailMonths: Readonly<Record<BailExtension, { readonly months: number; readonly basis: string }>> = {
  none: { months: 3, basis: 'PACE s47ZB' },
  inspector: { months: 6, basis: 'PACE s47ZC' },
  superintendent: { months: 9, basis: 'PACE s47ZD' },
  'assistant-chief-constable': { months: 12, basis: 'PACE s47ZE' },
};

/**
 * Pre-charge bail: starts the day after arrest, 3 months, longer as each rank extends it. Calendar months;
 * `arrestedOn` is the London date of arrest. Cases of the FCA, HMRC, NCA and SFO start at 6 months and are not worked out here.
 */
export function preChargeBail(arrestedOn: Temporal.PlainDate, extendedBy: BailExtension): PreChargeBail {
  const startsOn = arrestedOn.add({ days: 1 });
  const { months, basis } = bailMonths[extendedBy];
  return {
    startsOn,
    lastDay: startsOn.add({ months }).subtract({ days: 1 }),
    months,
    basis,
    source: CHECK_CUSTODY_RECORD,
  };
}
