import { done } from '../platform/result.ts';
import { enablement } from './enable-when.ts';
import { primaryScoring, scoredItems } from './instrument.ts';
import type { Instrument, ItemAnswer, ItemAnswers, Scoring } from './instrument.ts';
import type { InstrumentItem } from './questionnaire.ts';
import { checkAnswers } from './read-answers.ts';
import type { AnswerOutcome } from './read-answers.ts';
import { scoringMethod } from './special-scorings.ts';
import type { ItemPoints } from './special-scorings.ts';

/** What is known about the person and the moment; absent means not known, and nothing is inferred. */
export interface ScoringContext {
  /** Whole years on the day of the answers. */
  readonly age?: number;
}

/** The band a score falls in, with the published meaning and whose band set it is. */
export interface ScoreBand {
  readonly scoring: string;
  readonly bandSet: string;
  readonly title: string;
  readonly label: string;
  readonly meaning: string;
  readonly source: string;
}

/** One of the rival scorings of an instrument. `score` is null unless every item it needs has a value. */
export interface NamedScore {
  readonly scoring: string;
  readonly title: string;
  readonly score: number | null;
  readonly min: number;
  readonly max: number;
  readonly source: string;
  readonly bands: readonly ScoreBand[];
  /** What the Mental Health Services Data Set takes; null when incomplete or not a national score. */
  readonly mhsds: { readonly snomedCode: string; readonly score: number } | null;
}

export interface Completeness {
  readonly complete: boolean;
  readonly answered: number;
  readonly of: number;
  readonly missing: readonly string[];
  readonly declined: readonly string[];
  readonly unknown: readonly string[];
  /** Items a published rule lets go unasked, given the other answers. */
  readonly skipped: readonly string[];
}

/** What one answer added to the score. `points` is null where there is no value. */
export interface Contribution {
  readonly item: string;
  readonly text: string;
  readonly answer: string;
  readonly points: number | null;
}

/** Something for a person to do or ask, with its reason. Never a verdict. */
export interface ScorePrompt {
  readonly kind: 'safety-conversation' | 'safety-not-answered' | 'next-instrument';
  readonly item: string | null;
  readonly instrument: string | null;
  readonly reason: string;
  readonly source: string;
}

export interface ScoreResult {
  readonly instrument: string;
  readonly title: string;
  readonly url: string;
  readonly version: string;
  readonly language: string;
  /** Name of the primary scoring, its score and its range; rivals are in `scores`. */
  readonly scoring: string;
  readonly score: number | null;
  readonly range: { readonly min: number; readonly max: number };
  /** Bands of every scoring and band set, each naming both. Empty while incomplete. */
  readonly bands: readonly ScoreBand[];
  readonly scores: readonly NamedScore[];
  readonly completeness: Completeness;
  readonly contributions: readonly Contribution[];
  readonly prompts: readonly ScorePrompt[];
  readonly notes: readonly string[];
}

function rawPoints(item: InstrumentItem, answer: ItemAnswer | undefined): number | null {
  if (answer?.kind !== 'value') return null;
  if (typeof answer.value === 'number') return answer.value;
  return item.options.find((option) => option.code === answer.value)?.points ?? null;
}

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
  const points = new Map(scored.map((item) => [item.linkId, rawPoints(item, answers.get(item.linkId))]));
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

function namedScore(instrument: Instrument, scoring: Scoring, answers: ItemAnswers): NamedScore {
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
  const score = complete && countable ? methodOf(instrument, scoring).total(counted) : null;
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

/** The words of an answer, as a page or a printed report shows it. */
export function answerText(item: InstrumentItem, answer: ItemAnswer | undefined): string {
  switch (answer?.kind) {
    case 'value': {
      if (typeof answer.value === 'boolean') return answer.value ? 'Yes' : 'No';
      return item.options.find((option) => option.code === answer.value)?.label ?? String(answer.value);
    }
    case 'declined':
      return 'Declined';
    case 'unknown':
      return 'Not known';
    default:
      return 'Not asked';
  }
}

function contributionsOf(
  instrument: Instrument,
  skipped: readonly string[],
  answers: ItemAnswers,
): readonly Contribution[] {
  const scoring = primaryScoring(instrument);
  const scored = new Set(scoredItems(instrument, scoring).map((item) => item.linkId));
  return instrument.items.map((item) => {
    const answer = answers.get(item.linkId);
    const own = scored.has(item.linkId) ? rawPoints(item, answer) : null;
    const skip = skipped.includes(item.linkId);
    return {
      item: item.linkId,
      text: item.text,
      answer: skip && answer?.kind !== 'value' ? 'Not needed' : answerText(item, answer),
      points: own === null || skip ? null : own + scoring.offsetPerItem,
    };
  });
}

function promptsOf(
  instrument: Instrument,
  scores: readonly NamedScore[],
  answers: ItemAnswers,
): readonly ScorePrompt[] {
  const anything = [...answers.values()].some((answer) => answer.kind !== 'not-asked');
  const safety = instrument.safetyItems.flatMap((safetyItem): readonly ScorePrompt[] => {
    const item = instrument.items.find((candidate) => candidate.linkId === safetyItem.linkId);
    if (item === undefined || !anything) return [];
    const points = rawPoints(item, answers.get(item.linkId));
    if (points === null)
      return [
        {
          kind: 'safety-not-answered',
          item: item.linkId,
          instrument: null,
          reason: `The question “${item.text}” has no answer (${answerText(item, answers.get(item.linkId)).toLowerCase()}). No answer is not “no”: ask about safety another way.`,
          source: safetyItem.source,
        },
      ];
    return points < safetyItem.atLeast
      ? []
      : [
          {
            kind: 'safety-conversation',
            item: item.linkId,
            instrument: null,
            reason: safetyItem.prompt,
            source: safetyItem.source,
          },
        ];
  });
  const next = instrument.next.flatMap((step): readonly ScorePrompt[] => {
    const score = scores.find((candidate) => candidate.scoring === step.scoring)?.score ?? null;
    return score === null || score < step.atLeast
      ? []
      : [
          {
            kind: 'next-instrument',
            item: null,
            instrument: step.instrument,
            reason: step.reason,
            source: step.source,
          },
        ];
  });
  return [...safety, ...next];
}

function notesOf(
  instrument: Instrument,
  completeness: Completeness,
  answers: ItemAnswers,
  context: ScoringContext,
): readonly string[] {
  const { minimumAge, maximumAge, ageNote, exclusions } = instrument.applicability;
  const notes: string[] = [];
  if (!completeness.complete)
    notes.push('Not complete: there is no score. Answers given so far are evidence on their own.');
  if (context.age !== undefined) {
    const outside =
      (minimumAge !== undefined && context.age < minimumAge) ||
      (maximumAge !== undefined && context.age > maximumAge);
    if (outside) notes.push(ageNote);
  }
  const ignored = completeness.skipped.filter((linkId) => answers.get(linkId)?.kind === 'value');
  if (ignored.length > 0)
    notes.push(
      `Answers to items ${ignored.join(', ')} are kept but not counted: an earlier answer ends that part.`,
    );
  return [...notes, ...exclusions, ...instrument.limits];
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
  const { needed, skipped } = neededItems(instrument, primary, answers);
  const completeness = completenessOf(needed, skipped, answers);
  const scores = instrument.scorings.map((scoring) => namedScore(instrument, scoring, answers));
  return done({
    instrument: instrument.name,
    title: instrument.title,
    url: instrument.url,
    version: instrument.version,
    language: instrument.language,
    scoring: primary.name,
    score: scores[0]?.score ?? null,
    range: { min: primary.min, max: primary.max },
    bands: scores.flatMap((score) => score.bands),
    scores,
    completeness,
    contributions: contributionsOf(instrument, skipped, answers),
    prompts: promptsOf(instrument, scores, answers),
    notes: notesOf(instrument, completeness, answers, context),
  });
}
