import { done } from '../platform/result.ts';
import { answerText, rawPoints } from './answer-text.ts';
import { enablement } from './enable-when.ts';
import { primaryScoring, scoredItems } from './instrument.ts';
import type { Instrument, ItemAnswer, ItemAnswers, Scoring } from './instrument.ts';
import type { InstrumentItem } from './questionnaire.ts';
import { checkAnswers } from './read-answers.ts';
import type { AnswerOutcome } from './read-answers.ts';
import { notesOf, outsideLimits, promptsOf } from './score-prompts.ts';
import type { Completeness, Contribution, NamedScore, ScoreResult, ScoringContext } from './score-result.ts';
import { scoringMethod } from './special-scorings.ts';
import type { ItemPoints } from './special-scorings.ts';

function completenessOf(
  needed: readonly InstrumentItem[],
  skipped: readonly string[],
  answers: ItemAnswers,
): Completeness {
  const kindOf = (item: InstrumentItem): ItemAnswer['kind'] => answers.get(item.linkId)?.kind ?? 'not-asked';
  const having = (kind: ItemAnswer['kind']): readonly string[] =>
    needed.filter((item) => kindOf(item) === kind).map((item) => item.linkId);
  const given = having('value').length;
  return {
    complete: given === needed.length,
    answered: given,
    of: needed.length,
    missing: having('not-asked'),
    declined: having('declined'),
    unknown: having('unknown'),
    skipped,
  };
}

/** Items that must have a value before there is a score: those asked, and the gates they hang on. */
function neededItems(
  instrument: Instrument,
  scoring: Scoring,
  answers: ItemAnswers,
): {
  readonly needed: readonly InstrumentItem[];
  readonly skipped: readonly string[];
  readonly points: ItemPoints;
} {
  const method = methodOf(instrument, scoring);
  const scored = scoredItems(instrument, scoring);
  const points =
    method.points?.(answers) ??
    new Map(scored.map((item) => [item.linkId, rawPoints(item, answers.get(item.linkId))]));
  const skips = new Set(method.skips(points, answers));
  for (const item of scored)
    if (enablement(item, instrument.items, answers) === 'disabled') skips.add(item.linkId);
  const gates = new Set(scored.flatMap((item) => item.enableWhen.map((when) => when.question)));
  const needed = instrument.items.filter((item) =>
    points.has(item.linkId) ? !skips.has(item.linkId) : gates.has(item.linkId),
  );
  return { needed, skipped: [...skips].filter((linkId) => points.has(linkId)), points };
}

function methodOf(instrument: Instrument, scoring: Scoring): NonNullable<ReturnType<typeof scoringMethod>> {
  const method = scoringMethod(instrument.canonical, scoring.method);
  if (method === undefined)
    throw new Error(
      `${instrument.canonical} asks for the scoring ${scoring.method}, which is not registered`,
    );
  return method;
}

function namedScore(
  instrument: Instrument,
  scoring: Scoring,
  answers: ItemAnswers,
  applicable: boolean,
): NamedScore {
  const { needed, skipped, points } = neededItems(instrument, scoring, answers);
  const complete = completenessOf(needed, skipped, answers).complete;
  const counted = new Map(
    needed.flatMap((item) => {
      const own = points.get(item.linkId);
      return own === undefined
        ? []
        : [[item.linkId, own === null ? null : own + scoring.offsetPerItem] as const];
    }),
  );
  // An answer that carries no points and is not skipped by a published rule leaves the set incomplete.
  const countable = [...counted.values()].every((value) => value !== null);
  const score = complete && countable && applicable ? methodOf(instrument, scoring).total(counted) : null;
  const bands = scoring.bandSets.flatMap((set) => {
    const band = score === null ? undefined : set.bands.find(({ min, max }) => min <= score && score <= max);
    return band === undefined
      ? []
      : [
          {
            scoring: scoring.name,
            bandSet: set.name,
            title: set.title,
            label: band.label,
            meaning: band.meaning,
            source: set.source,
          },
        ];
  });
  return {
    scoring: scoring.name,
    title: scoring.title,
    score,
    min: scoring.min,
    max: scoring.max,
    source: scoring.source,
    bands,
    mhsds:
      score === null || scoring.mhsds === undefined ? null : { snomedCode: scoring.mhsds.snomedCode, score },
  };
}

function contributionsOf(
  instrument: Instrument,
  skipped: readonly string[],
  points: ItemPoints,
  answers: ItemAnswers,
): readonly Contribution[] {
  const scoring = primaryScoring(instrument);
  return instrument.items.map((item) => {
    const answer = answers.get(item.linkId);
    const own = points.get(item.linkId) ?? null;
    const skip = skipped.includes(item.linkId);
    return {
      item: item.linkId,
      text: item.text,
      answer: skip && answer?.kind !== 'value' ? 'Not needed' : answerText(item, answer),
      points: own === null || skip ? null : own + scoring.offsetPerItem,
    };
  });
}

/**
 * Scores answers under every named scoring of the instrument. Pure. Order of answers does not matter.
 * There is no score until every item the published rule needs has a value: incomplete is never zero, and no
 * part-sum is given. Refuses an item the instrument does not have and an answer the item does not allow.
 */
export function scoreAnswers(
  instrument: Instrument,
  given: ItemAnswers,
  context: ScoringContext = {},
): AnswerOutcome<ScoreResult> {
  const read = checkAnswers(instrument, given);
  if (!read.ok) return read;
  const answers = read.value;
  const primary = primaryScoring(instrument);
  const { needed, skipped, points } = neededItems(instrument, primary, answers);
  const applicable = !instrument.applicability.noScoreOutside || !outsideLimits(instrument, context);
  const completeness = completenessOf(needed, skipped, answers);
  const scores = instrument.scorings.map((scoring) => namedScore(instrument, scoring, answers, applicable));
  return done({
    instrument: instrument.name,
    title: instrument.title,
    url: instrument.url,
    version: instrument.version,
    language: instrument.language,
    scoring: primary.name,
    score: scores[0]?.score ?? null,
    applicable,
    range: { min: primary.min, max: primary.max },
    bands: scores.flatMap((score) => score.bands),
    scores,
    completeness,
    contributions: contributionsOf(instrument, skipped, points, answers),
    prompts: promptsOf(instrument, scores, answers, methodOf(instrument, primary).alerts?.(points) ?? []),
    notes: notesOf(instrument, completeness, answers, context),
  });
}
