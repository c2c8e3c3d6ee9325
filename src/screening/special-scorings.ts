import type { ItemAnswers } from './instrument.ts';

/** Points of the items that are asked, by linkId; null where there is no value yet. */
export type ItemPoints = ReadonlyMap<string, number | null>;

/** A scoring that a plain sum cannot express. */
export interface SpecialScoring {
  /** Items whose published rule lets them go unasked, given the other answers. */
  skips(points: ItemPoints, answers: ItemAnswers): ReadonlySet<string>;
  /** The score from a complete set, skipped items left out. */
  total(points: ItemPoints): number;
}

const sumOf = (points: ItemPoints): number =>
  [...points.values()].reduce<number>((sum, next) => sum + (next ?? 0), 0);
const none: ReadonlySet<string> = new Set();
const chosen = (answers: ItemAnswers, linkId: string): string | number | boolean | undefined => {
  const answer = answers.get(linkId);
  return answer?.kind === 'value' ? answer.value : undefined;
};

/** The default: every item asked, points added. */
export const sumScoring: SpecialScoring = { skips: () => none, total: sumOf };

/**
 * AUDIT: question 1 "never" allows 2 to 8 to be skipped; 0 on both 2 and 3 allows 4 to 8; 9 and 10 are always
 * asked (WHO manual, Babor and others 2001).
 */
const audit: SpecialScoring = {
  skips: (points) => {
    if (points.get('1') === 0) return new Set(['2', '3', '4', '5', '6', '7', '8']);
    return points.get('2') === 0 && points.get('3') === 0 ? new Set(['4', '5', '6', '7', '8']) : none;
  },
  total: sumOf,
};

/** WSAS: when the work question does not apply, the mean of the other four stands in (NHS Data Dictionary). */
const wsas: SpecialScoring = {
  skips: (_points, answers) => (chosen(answers, '1') === 'not-applicable' ? new Set(['1']) : none),
  total: (points) => (points.has('1') ? sumOf(points) : (sumOf(points) * 5) / 4),
};

const BASE = 'https://throughline.example/fhir/Questionnaire';

/** Keyed by canonical address and version: a new version of a form never inherits a rule in silence. */
const special: ReadonlyMap<string, SpecialScoring> = new Map([
  [`${BASE}/audit|1.0.0`, audit],
  [`${BASE}/wsas|1.0.0`, wsas],
]);

/** The scoring function for an instrument's method, or undefined when this release does not have it. */
export function scoringMethod(canonical: string, method: string): SpecialScoring | undefined {
  return method === 'sum' ? sumScoring : special.get(canonical);
}
