import type { Instrument } from './instrument.ts';
import { primaryScoring } from './instrument.ts';

/** The line a score is drawn on: grey stretches for the bands of the first band set, and a mark. */
export interface ScoreScale {
  readonly segments: readonly {
    readonly x: number;
    readonly width: number;
    readonly dark: boolean;
    readonly label: string;
    readonly anchor: 'start' | 'middle' | 'end';
    readonly labelX: number;
  }[];
  readonly mark: number;
  /** For a screen reader: "13 on a scale of 0 to 27. 10 to 14 is moderate." */
  readonly words: string;
}

const WIDTH = 316;
const GAP = 2;

/**
 * Where a score of the primary scoring stands among its bands. Bands alternate between two greys and never carry
 * a colour of alarm: a score is evidence, not a verdict.
 */
export function scoreScale(instrument: Instrument, score: number): ScoreScale {
  const scoring = primaryScoring(instrument);
  const bands = scoring.bandSets[0]?.bands ?? [
    { min: scoring.min, max: scoring.max, label: '', meaning: '' },
  ];
  const span = Math.max(1, scoring.max - scoring.min);
  const place = (value: number): number => Math.round(((value - scoring.min) / span) * WIDTH * 10) / 10;
  const segments = bands.map((band, index) => {
    const x = index === 0 ? 0 : place(band.min);
    const next = bands[index + 1];
    const end = next === undefined ? WIDTH : place(next.min) - GAP;
    return {
      x,
      width: Math.max(1, Math.round((end - x) * 10) / 10),
      dark: index % 2 === 1,
      label: String(band.min),
      anchor: index === 0 ? ('start' as const) : ('middle' as const),
      labelX: x,
    };
  });
  const band = bands.find(({ min, max }) => min <= score && score <= max);
  const words = `${score} on a scale of ${scoring.min} to ${scoring.max}.${
    band === undefined || band.label === '' ? '' : ` ${band.min} to ${band.max}: ${band.label.toLowerCase()}.`
  }`;
  return { segments, mark: Math.min(WIDTH - 3, Math.max(0, place(score) - 2.5)), words };
}
