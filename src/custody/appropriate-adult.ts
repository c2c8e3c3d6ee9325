import type { StatusShape } from '../people/index.ts';
import { timeAndDay } from './stay-clock.ts';
import { legalBases, type StayState } from './stay.ts';

/** Minutes after which an appropriate adult who was asked for is late. A setting, not law. */
export const ADULT_LATE_AFTER = 120;

/** True when an appropriate adult is needed: said so, or the person is under 18 (Code C 1.5, 1.13). */
export function adultNeeded(stay: StayState, child: boolean | 'not-known'): boolean {
  return stay.adultRequired === 'yes' || child === true;
}

/** The appropriate adult, as the board says it. */
export function adultWords(
  stay: StayState,
  child: boolean | 'not-known',
  now: Temporal.Instant,
): {
  readonly shape: StatusShape;
  readonly text: string;
  readonly source: string | null;
  readonly waiting: boolean;
} {
  const why = child === true ? 'child' : stay.adultWhy;
  const required = `Required${why === null ? '' : `, ${why}`}`;
  if (stay.legalBasis === 's136' || stay.legalBasis === 's135')
    return {
      shape: 'stop',
      text: 'Does not apply',
      source: legalBases[stay.legalBasis],
      waiting: false,
    };
  if (stay.adultArrivedAt !== null) {
    const who = stay.adultName === null ? required : `${required}. ${stay.adultName}`;
    return stay.adultLeftAt !== null && Temporal.Instant.compare(stay.adultLeftAt, stay.adultArrivedAt) > 0
      ? {
          shape: 'done',
          text: `Arrived ${timeAndDay(stay.adultArrivedAt, now)}, now left`,
          source: who,
          waiting: false,
        }
      : {
          shape: 'done',
          text: `Here since ${timeAndDay(stay.adultArrivedAt, now)}`,
          source: who,
          waiting: false,
        };
  }
  if (adultNeeded(stay, child)) {
    if (stay.adultRequestedAt === null)
      return { shape: 'due', text: 'Not asked for yet', source: required, waiting: true };
    const waited = Math.floor(stay.adultRequestedAt.until(now).total({ unit: 'minute' }));
    const source = `${required}. Asked ${timeAndDay(stay.adultRequestedAt, now)}`;
    return waited >= ADULT_LATE_AFTER
      ? {
          shape: 'now',
          text: `Late, ${Math.floor(waited / 60)}h ${String(waited % 60).padStart(2, '0')}m`,
          source,
          waiting: true,
        }
      : { shape: 'wait', text: 'Asked, not here yet', source, waiting: true };
  }
  switch (stay.adultRequired) {
    case 'no':
      return { shape: 'stop', text: 'Not required', source: stay.adultWhy, waiting: false };
    case 'unknown':
      return { shape: 'none', text: 'Not known', source: 'Ask the custody officer', waiting: true };
    case 'declined':
      return { shape: 'none', text: 'Would not say', source: 'Ask the custody officer again', waiting: true };
    default:
      return { shape: 'none', text: 'Not asked yet', source: null, waiting: true };
  }
}
