import { answerText, rawPoints } from './answer-text.ts';
import type { Instrument, ItemAnswers } from './instrument.ts';
import type { Completeness, NamedScore, ScorePrompt, ScoringContext } from './score-result.ts';
import type { ScoringAlert } from './special-scorings.ts';

function outsideAge(instrument: Instrument, { age }: ScoringContext): boolean {
  const { minimumAge, maximumAge } = instrument.applicability;
  if (age === undefined) return false;
  return age < (minimumAge ?? 0) || age > (maximumAge ?? Infinity);
}

function outsidePregnancy(instrument: Instrument, { pregnant }: ScoringContext): boolean {
  return pregnant === true && instrument.applicability.notInPregnancy;
}

/** Whether what is known about the person puts them outside those the instrument was made for. */
export function outsideLimits(instrument: Instrument, context: ScoringContext): boolean {
  return outsideAge(instrument, context) || outsidePregnancy(instrument, context);
}

/** What the answers call for: safety first, then urgent review, then the next instrument. */
export function promptsOf(
  instrument: Instrument,
  scores: readonly NamedScore[],
  answers: ItemAnswers,
  alerts: readonly ScoringAlert[],
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
  const urgent = alerts.map((alert): ScorePrompt => ({ kind: 'urgent-review', instrument: null, ...alert }));
  return [...safety, ...urgent, ...next];
}

/** What a reader must know beside the score: incomplete, outside its limits, not counted, exclusions. */
export function notesOf(
  instrument: Instrument,
  completeness: Completeness,
  answers: ItemAnswers,
  context: ScoringContext,
): readonly string[] {
  const { ageNote, exclusions } = instrument.applicability;
  const notes: string[] = [];
  if (!completeness.complete)
    notes.push('Not complete: there is no score. Answers given so far are evidence on their own.');
  if (outsideAge(instrument, context)) notes.push(ageNote);
  if (outsidePregnancy(instrument, context))
    notes.push(`${instrument.shortName} is not for use in pregnancy.`);
  const ignored = completeness.skipped.filter((linkId) => answers.get(linkId)?.kind === 'value');
  if (ignored.length > 0)
    notes.push(
      `Answers to items ${ignored.join(', ')} are kept but not counted: an earlier answer ends that part.`,
    );
  return [...notes, ...exclusions, ...instrument.limits];
}
