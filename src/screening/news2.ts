import type { ItemAnswers } from './instrument.ts';
import type { ItemPoints, ScoringAlert, SpecialScoring } from './special-scorings.ts';

const SOURCE = 'RCP NEWS2 chart 1 and chart 4';

/** Points by upper limit, lowest first; the last entry has no limit. */
type Steps = readonly (readonly [number, number])[];

const respiratoryRate: Steps = [
  [8, 3],
  [11, 1],
  [20, 0],
  [24, 2],
  [Infinity, 3],
];
const spo2Scale1: Steps = [
  [91, 3],
  [93, 2],
  [95, 1],
  [Infinity, 0],
];
const spo2Scale2OnAir: Steps = [
  [83, 3],
  [85, 2],
  [87, 1],
  [Infinity, 0],
];
const spo2Scale2OnOxygen: Steps = [
  [83, 3],
  [85, 2],
  [87, 1],
  [92, 0],
  [94, 1],
  [96, 2],
  [Infinity, 3],
];
const systolic: Steps = [
  [90, 3],
  [100, 2],
  [110, 1],
  [219, 0],
  [Infinity, 3],
];
const pulse: Steps = [
  [40, 3],
  [50, 1],
  [90, 0],
  [110, 1],
  [130, 2],
  [Infinity, 3],
];
const temperature: Steps = [
  [35, 3],
  [36, 1],
  [38, 0],
  [39, 1],
  [Infinity, 2],
];

function value(answers: ItemAnswers, linkId: string): string | number | boolean | null {
  const answer = answers.get(linkId);
  return answer?.kind === 'value' ? answer.value : null;
}

function step(steps: Steps, answers: ItemAnswers, linkId: string): number | null {
  const given = value(answers, linkId);
  if (typeof given !== 'number') return null;
  return steps.find(([limit]) => given <= limit)?.[1] ?? null;
}

/** Scale 2 only when a clinician's decision is recorded; without one it is scale 1, which scores low readings higher. */
function spo2(answers: ItemAnswers): number | null {
  if (value(answers, 'spo2-scale') !== 'scale-2') return step(spo2Scale1, answers, 'spo2');
  const gas = value(answers, 'air-or-oxygen');
  if (gas === null) return null;
  return step(gas === 'oxygen' ? spo2Scale2OnOxygen : spo2Scale2OnAir, answers, 'spo2');
}

function points(answers: ItemAnswers): ItemPoints {
  const gas = value(answers, 'air-or-oxygen');
  const consciousness = value(answers, 'consciousness');
  return new Map<string, number | null>([
    ['respiratory-rate', step(respiratoryRate, answers, 'respiratory-rate')],
    ['spo2', spo2(answers)],
    ['air-or-oxygen', gas === null ? null : gas === 'oxygen' ? 2 : 0],
    ['systolic', step(systolic, answers, 'systolic')],
    ['pulse', step(pulse, answers, 'pulse')],
    ['consciousness', consciousness === null ? null : consciousness === 'alert' ? 0 : 3],
    ['temperature', step(temperature, answers, 'temperature')],
  ]);
}

/** A 3 in one parameter needs urgent review whatever the total, and even while others are missing. */
function alerts(scored: ItemPoints): readonly ScoringAlert[] {
  return [...scored]
    .filter(([, own]) => own === 3)
    .map(([item]) => ({
      item,
      reason: '3 in one parameter: recheck at least hourly, and ask for an urgent medical review now.',
      source: SOURCE,
    }));
}

/** NEWS2 (RCP 2017), both oxygen saturation scales. A missing parameter leaves it incomplete, never 0. */
export const news2: SpecialScoring = {
  points,
  alerts,
  skips: () => new Set<string>(),
  total: (scored) => [...scored.values()].reduce<number>((sum, own) => sum + (own ?? 0), 0),
};
