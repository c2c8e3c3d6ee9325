import { done, refused } from '../platform/result.ts';
import type { Outcome } from '../platform/result.ts';
import type { Instrument } from './instrument.ts';

/** One administration on the line over time. */
export interface ScorePoint {
  readonly canonical: string;
  readonly scoring: string;
  readonly score: number | null;
}

export interface ScoreChange {
  /** Later minus earlier, in points of the scoring. */
  readonly points: number;
  readonly direction: 'better' | 'worse' | 'same';
  /** Null where no reliable change is published for this scoring. */
  readonly reliable: boolean | null;
  readonly source: string | null;
}

export type ChangeRefusal = 'not-comparable' | 'incomplete';

/**
 * The change between two administrations. Refuses two that do not share instrument, version and scoring (rival
 * scorings of one tool do not subtract), and one that was incomplete. Reliable change is as published.
 */
export function scoreChange(
  instrument: Instrument,
  earlier: ScorePoint,
  later: ScorePoint,
): Outcome<ScoreChange, ChangeRefusal> {
  const scoring = instrument.scorings.find((candidate) => candidate.name === later.scoring);
  const same =
    earlier.canonical === instrument.canonical &&
    later.canonical === instrument.canonical &&
    earlier.scoring === later.scoring;
  if (scoring === undefined || !same)
    return refused('not-comparable', 'These scores were made in different ways and cannot be compared.');
  if (earlier.score === null || later.score === null)
    return refused('incomplete', 'One of the two was not complete, so there is no change to show.');
  const points = later.score - earlier.score;
  const worse = scoring.direction === 'higher-is-worse' ? points > 0 : points < 0;
  return done({
    points,
    direction: points === 0 ? 'same' : worse ? 'worse' : 'better',
    reliable: scoring.reliableChange === undefined ? null : Math.abs(points) >= scoring.reliableChange.points,
    source: scoring.reliableChange?.source ?? null,
  });
}
