import { londonDate } from '../platform/clock.ts';
import { clock as clockText, day as dayName, duration, weekday } from '../platform/views/dates.ts';
import type { ClockReading } from './clocks/clock.ts';
import type { CustodyFact } from './clocks/custody-facts.ts';
import { detentionClock } from './clocks/detention-clock.ts';
import { placeOfSafetyClock, type PlaceOfSafetyFact } from './clocks/mental-health-act-clock.ts';
import { legalBases, stayOutcomes, type StayEvent, type StayState } from './stay.ts';

/** The time in custody as a page shows it. Worked out from the feed: never the custody record. */
export interface StayClock {
  /** "10h 31m", "No clock", "Charged 07:58". */
  readonly big: string;
  /** "of 24h, to 22:41", "Review by 13:40": each short enough for a line of its own. */
  readonly lines: readonly string[];
  /** Whole percent of the limit, 0 to 100; null where no limit runs. */
  readonly share: number | null;
  /** Past 24 hours, or past the limit worked out here: the meter is drawn in amber. */
  readonly late: boolean;
  readonly elapsedMinutes: number;
  readonly limitMinutes: number | null;
  readonly endsAt: Temporal.Instant | null;
  readonly reviewDueAt: Temporal.Instant | null;
  readonly notes: readonly string[];
}

/** 22:41, or 07:05 Wed when it is not today in London. */
export function timeAndDay(at: Temporal.Instant, now: Temporal.Instant): string {
  const day = londonDate(at);
  if (day.equals(londonDate(now))) return clockText(at);
  // A week and more away, the name of the day alone would mislead.
  const far = Math.abs(day.since(londonDate(now)).days) >= 6;
  return `${clockText(at)} ${far ? dayName(day) : weekday(day)}`;
}

/** The clock that the stay's legal basis calls for, read at `now`. `age` in whole years. */
export function stayClock(
  stay: StayState,
  events: readonly StayEvent[],
  age: number | 'not-known',
  now: Temporal.Instant,
): StayClock {
  const since = stay.arrivedAt ?? stay.firstEventAt;
  const here = minutesBetween(since, earlier(stay.endedAt, now));
  const base = {
    elapsedMinutes: here,
    limitMinutes: null,
    endsAt: null,
    reviewDueAt: null,
    share: null,
    late: false,
    notes: [],
  };
  if (stay.kind === 'voluntary-attendance') {
    const leaves =
      stay.expectedEndAt === null || stay.endedAt !== null
        ? `here since ${timeAndDay(since, now)}`
        : `leaving ${timeAndDay(stay.expectedEndAt, now)}`;
    return { ...base, big: 'No clock', lines: [`Voluntary, ${leaves}`] };
  }
  if (stay.legalBasis === 'warrant' || stay.legalBasis === 'immigration')
    return {
      ...base,
      big: duration(Temporal.Duration.from({ minutes: here })),
      lines: [`${legalBases[stay.legalBasis]}: no PACE clock`, `Here since ${timeAndDay(since, now)}`],
    };
  const mental = stay.legalBasis === 's136' || stay.legalBasis === 's135';
  const reading = mental
    ? placeOfSafetyClock(placeOfSafetyFacts(events), now, age)
    : detentionClock(paceFacts(events), now);
  return fromReading(stay, reading, now, base);
}

function fromReading(
  stay: StayState,
  reading: ClockReading,
  now: Temporal.Instant,
  base: Omit<StayClock, 'big' | 'lines'>,
): StayClock {
  const elapsed = Math.floor(reading.elapsed.total({ unit: 'minute' }));
  const limit = reading.limit === null ? null : Math.floor(reading.limit.total({ unit: 'minute' }));
  const review = reading.nextReviewDue;
  const reviewLine = review === null ? [] : [`Review by ${timeAndDay(review, now)}`];
  const counted = {
    ...base,
    elapsedMinutes: reading.startedAt === null ? base.elapsedMinutes : elapsed,
    reviewDueAt: review,
    notes: reading.notes,
  };
  if (stay.chargedAt !== null)
    return {
      ...counted,
      big: `Charged ${timeAndDay(stay.chargedAt, now)}`,
      lines: [stay.outcome === null ? courtLine(stay, now) : stayOutcomes[stay.outcome], ...reviewLine],
    };
  if (reading.startedAt === null || limit === null || reading.endsAt === null)
    return {
      ...counted,
      big: duration(Temporal.Duration.from({ minutes: counted.elapsedMinutes })),
      lines: [
        reading.startedAt === null
          ? 'Arrival not told yet: clock not started'
          : `Until ${timeAndDay(stay.endedAt ?? now, now)}`,
        ...reviewLine,
      ],
    };
  const extended = limit > 24 * 60 ? 'Extended. ' : '';
  const paused = reading.state === 'paused' ? ['Clock paused: at hospital'] : [];
  const basisLine = stay.legalBasis === 'pace-arrest' ? [] : [legalBases[stay.legalBasis]];
  return {
    ...counted,
    limitMinutes: limit,
    endsAt: reading.endsAt,
    share: Math.max(0, Math.min(100, Math.round((elapsed / limit) * 100))),
    late: elapsed > 24 * 60 || elapsed > limit,
    big: duration(reading.elapsed),
    lines: [
      `of ${hoursText(limit)}, to ${timeAndDay(reading.endsAt, now)}`,
      ...(review === null
        ? extended === ''
          ? []
          : ['Extended']
        : [`${extended}Review by ${timeAndDay(review, now)}`]),
      ...paused,
      ...basisLine,
    ],
  };
}

function courtLine(stay: StayState, now: Temporal.Instant): string {
  if (stay.courtDate === null) return 'Court day not told yet';
  if (stay.courtDate.equals(londonDate(now))) return 'Court today';
  return `Court ${dayName(stay.courtDate)}`;
}

function hoursText(minutes: number): string {
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}

function minutesBetween(from: Temporal.Instant, to: Temporal.Instant): number {
  return Math.max(0, Math.floor((to.epochMilliseconds - from.epochMilliseconds) / 60_000));
}

function earlier(end: Temporal.Instant | null, now: Temporal.Instant): Temporal.Instant {
  return end !== null && Temporal.Instant.compare(end, now) < 0 ? end : now;
}

/** The facts of PACE Part IV in a stay's events (domain.md 4.1). */
export function paceFacts(events: readonly StayEvent[]): readonly CustodyFact[] {
  return events.flatMap((event): readonly CustodyFact[] => {
    const { happenedAt, enteredAt, detail, kind } = event;
    const at = { happenedAt, enteredAt };
    switch (kind) {
      case 'arrived':
        return [{ ...at, kind: 'arrived', area: 'wanting' }];
      case 'arrested':
        return [{ ...at, kind: 'arrested', where: arrestedWhere(detail.where) }];
      case 'detention-authorised':
      case 'review-done':
      case 'charged':
      case 'bailed':
        return [{ ...at, kind }];
      case 'review-postponed':
        return [{ ...at, kind, reason: detail.reason ?? 'no reason given' }];
      case 'extension':
        return [
          {
            ...at,
            kind: 'superintendent-authority',
            totalHours: detail.totalHours ?? 36,
            indictable: detail.indictable ?? true,
          },
        ];
      case 'warrant':
        return [
          {
            ...at,
            kind: detail.extended === true ? 'warrant-extended' : 'warrant-issued',
            forHours: detail.forHours ?? 36,
          },
        ];
      case 'to-hospital':
        // Only treatment stops the clock (s41(6)). When the reason was not given we count on: better early than late.
        return [
          {
            ...at,
            kind: 'taken-to-hospital',
            visit: detail.visit ?? 'hospital',
            reason: detail.reason === 'treatment' ? 'treatment' : 'evidence',
          },
        ];
      case 'back-from-hospital':
        return [{ ...at, kind, visit: detail.visit ?? 'hospital' }];
      case 'released':
      case 'transferred':
      case 'left':
        return [{ ...at, kind: 'released' }];
      case 'moved-suite':
        return [{ ...at, kind: 'moved-station' }];
      default:
        return [];
    }
  });
}

function arrestedWhere(text: string | undefined): 'here' | 'other-area' | 'abroad' | 'at-station' {
  return text === 'other-area' || text === 'abroad' || text === 'at-station' ? text : 'here';
}

/** The facts of Mental Health Act sections 135 and 136, for somebody kept at a police station (domain.md 4.7). */
function placeOfSafetyFacts(events: readonly StayEvent[]): readonly PlaceOfSafetyFact[] {
  return events.flatMap((event): readonly PlaceOfSafetyFact[] => {
    const { happenedAt, enteredAt, detail, kind } = event;
    const at = { happenedAt, enteredAt };
    if (kind === 'arrived') return [{ ...at, kind: 'arrived-at-place', place: 'police-station' }];
    if (kind === 'section-136-extended')
      return [
        {
          ...at,
          kind: 'extended',
          forHours: detail.forHours ?? 12,
          because: detail.reason === 'staffing' ? 'staffing' : 'condition',
          byResponsibleDoctor: true,
          superintendentApproved: true,
        },
      ];
    if (kind === 'released' || kind === 'transferred' || kind === 'bailed') return [{ ...at, kind: 'ended' }];
    return [];
  });
}
