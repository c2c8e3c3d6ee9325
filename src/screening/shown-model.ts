import { clock as clockText, dateLong, when } from '../platform/views/dates.ts';
import type { Instrument } from './instrument.ts';
import { answerText } from './answer-text.ts';
import type { ScoreResult } from './score-result.ts';
import { scoreScale } from './score-scale.ts';
import type { Screening, ScreeningDecision } from './screening-store.ts';
import { circumstances } from './screening-words.ts';
import { suggestNeeds } from './suggest-needs.ts';
import { ageOf, needLabel } from '../people/index.ts';

/** What the panel beside the questions is made from. */
export interface ShownInput {
  readonly personId: string;
  readonly instrument: Instrument;
  readonly result: ScoreResult;
  /** Null before the first answer is saved. */
  readonly screening: Screening | null;
  /** The newest finished one before this, for "last time". */
  readonly earlier: Screening | null;
  readonly decisions: readonly ScreeningDecision[];
  /** Names of instruments that can be asked here, to link a suggested next one. */
  readonly askable: ReadonlySet<string>;
  readonly now: Temporal.Instant;
}

/** Everything `screening-shown.njk` shows: score or why there is none, safety, suggestions. Words only. */
export function shownModel(input: ShownInput): Readonly<Record<string, unknown>> {
  const { instrument, result, screening, now, personId } = input;
  const { completeness } = result;
  const base = `/people/${personId}/screening`;
  const rivals = result.scores.slice(1).filter(({ score }) => score !== null);
  return {
    shortName: instrument.shortName,
    heading: `${instrument.shortName}, ${
      completeness.complete
        ? `all ${completeness.of} answered`
        : `${completeness.answered} of ${completeness.of} answered`
    }`,
    noScore: result.score === null ? noScoreText(result) : '',
    score: result.score,
    scoreMax: result.range.max,
    scale: result.score === null ? null : scoreScale(instrument, result.score),
    bands: result.bands.filter(({ scoring }) => scoring === result.scoring),
    rivals: rivals.map(({ title, score, max, bands }) => ({
      text: `${title}: ${score ?? ''} of ${max}`,
      bands: bands.map(({ label, source }) => `${label} (${source})`).join('. '),
    })),
    about:
      screening === null
        ? ''
        : `${screening.askedBy}, ${when(screening.savedAt, now)}. ${circumstances(screening.setting, screening.conditions)}`,
    lastTime: lastTime(input.earlier, instrument, now),
    notes: result.notes,
    safety: safetyModel(input),
    // Said in the bar too: on a narrow screen the panel stands below the questions.
    safetyNow: safetyIsOpen(input),
    disputed: disputedModel(input),
    suggestions: suggestionModel(input),
    urgent: result.prompts.filter(({ kind }) => kind === 'urgent-review'),
    next: result.prompts
      .filter(({ kind, instrument: next }) => kind === 'next-instrument' && next !== null)
      .map(({ instrument: next, reason }) => ({
        reason,
        href: next !== null && input.askable.has(next) ? `${base}/${next}` : '',
        name: (next ?? '').toUpperCase(),
      })),
  };
}

function noScoreText(result: ScoreResult): string {
  const { answered, of, declined, unknown, complete } = result.completeness;
  if (complete && !result.applicable) return 'No score: this was not made for somebody like this. See below.';
  if (complete) return 'All answered. One of the answers carries no points, so there is no score.';
  const open = declined.length + unknown.length;
  const base = `${answered} of ${of} answered. No score until all are answered.`;
  return open === 0 ? base : `${base} Declined and does not know are not the same as no.`;
}

function lastTime(earlier: Screening | null, instrument: Instrument, now: Temporal.Instant): string {
  if (earlier === null) return `${instrument.shortName} not asked before, as far as our record shows.`;
  const age = ageOf(earlier.savedAt, now);
  const result =
    earlier.score === null ? 'not complete, no score' : `${earlier.score} of ${earlier.scoreMax}`;
  return `Last time, ${dateLong(earlier.savedAt)}${age === null ? '' : `, ${age} ago`}: ${result}.`;
}

function safetyIsOpen({ result, decisions }: ShownInput): boolean {
  const had = decisions.some(({ about, decision }) => about === 'safety-conversation' && decision === 'had');
  return !had && result.prompts.some(({ kind }) => kind === 'safety-conversation');
}

function safetyModel(input: ShownInput): Readonly<Record<string, unknown>> | null {
  const { result, instrument, decisions, now } = input;
  const prompt = result.prompts.find(
    ({ kind }) => kind === 'safety-conversation' || kind === 'safety-not-answered',
  );
  if (prompt === undefined) return null;
  const item = instrument.items.find(({ linkId }) => linkId === prompt.item);
  const answer = input.screening?.answers.get(prompt.item ?? '')?.answer;
  const latest = decisions.filter(({ about }) => about === 'safety-conversation').at(-1);
  return {
    open: prompt.kind === 'safety-conversation',
    reason: prompt.reason,
    source: prompt.source,
    asked: item === undefined ? '' : `${item.text}: ${answerText(item, answer)}.`,
    done: latest?.decision === 'had' ? `Safety conversation had, ${latest.by}, ${when(latest.at, now)}` : '',
    tried:
      latest?.decision === 'not-possible'
        ? `Not possible ${when(latest.at, now)}, ${latest.by}: ${latest.why ?? ''}`
        : '',
    planHref: `/people/${input.personId}/safety-plan`,
    action:
      input.screening === null
        ? ''
        : `/people/${input.personId}/screenings/${input.screening.id}/safety-conversation`,
  };
}

function disputedModel(input: ShownInput): readonly Readonly<Record<string, string>>[] {
  if (input.screening === null) return [];
  return input.instrument.items.flatMap((item) => {
    const recorded = input.screening?.answers.get(item.linkId);
    const other = recorded?.other;
    if (recorded === undefined || other === undefined || other === null) return [];
    return [
      {
        linkId: item.linkId,
        question: `${item.number === undefined ? '' : `${item.number} `}${item.text}`,
        held: answerText(item, recorded.answer),
        heldBy: `${recorded.by}, ${clockText(recorded.at)}`,
        other: answerText(item, other.answer),
        otherBy: `${other.by}, ${clockText(other.at)}`,
      },
    ];
  });
}

function suggestionModel(input: ShownInput): readonly Readonly<Record<string, unknown>>[] {
  return suggestNeeds(input.instrument.shortName, input.result).map(({ need, because, source }) => {
    const decided = input.decisions.find((decision) => decision.need === need);
    return {
      need,
      label: needLabel(need),
      because,
      source,
      decided:
        decided === undefined
          ? ''
          : decided.decision === 'added'
            ? `Added to the needs by ${decided.by}, ${when(decided.at, input.now)}`
            : `Not a need, ${decided.by}, ${when(decided.at, input.now)}: ${decided.why ?? ''}`,
      shape: decided === undefined ? 'none' : decided.decision === 'added' ? 'done' : 'stop',
      action:
        input.screening === null || input.screening.status !== 'finished'
          ? ''
          : `/people/${input.personId}/screenings/${input.screening.id}/suggestions`,
    };
  });
}
