import type { ItemAnswers } from './instrument.ts';
import { news2 } from './news2.ts';

/** Points of the items that are asked, by linkId; null where there is no value yet. */
export type ItemPoints = ReadonlyMap<string, number | null>;

/** Something one answer calls for whatever the total. */
export interface ScoringAlert {
  readonly item: string;
  readonly reason: string;
  readonly source: string;
}

/** A scoring that a plain sum cannot express. */
export interface SpecialScoring {
  /** Points from measurements; without it, points are those of the chosen options. */
  points?(answers: ItemAnswers): ItemPoints;
  alerts?(points: ItemPoints): readonly ScoringAlert[];
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
const sumScoring: SpecialScoring = { skips: () => none, total: sumOf };

/**
 * AUDIT: question 1 "never" allows 2 to 8 to be skipped; 0 on both 2 and 3 allows 4 to 8; 9 and 10 are always
 * asked (WHO manual, Babor and others 2001). The rule allows, so an answer that was given still counts; and an
 * answer above 0 in the part that could be skipped contradicts the reason for skipping, so the rest is asked.
 */
const audit: SpecialScoring = {
  skips: (points) => {
    const unasked = (from: number): ReadonlySet<string> => {
      const part = [...points].filter(([id]) => Number(id) >= from && Number(id) <= 8);
      if (part.some(([, own]) => own !== null && own > 0)) return none;
      return new Set(part.filter(([, own]) => own === null).map(([id]) => id));
    };
    if (points.get('1') === 0) return unasked(2);
    return points.get('2') === 0 && points.get('3') === 0 ? unasked(4) : none;
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
  [`${BASE}/news2|1.0.0`, news2],
]);

/** The scoring function for an instrument's method, or undefined when this release does not have it. */
export function scoringMethod(canonical: string, method: string): SpecialScoring | undefined {
  return method === 'sum' ? sumScoring : special.get(canonical);
}
