import { mergeTexts } from '../platform/forms/merge.ts';
import type { ItemAnswer } from './instrument.ts';
import { codeOf } from './recorded-answer.ts';
import type { RecordedAnswer, RecordedAnswers } from './recorded-answer.ts';

/** One question as a page posts it. */
export interface PostedAnswer {
  readonly answer: ItemAnswer;
  readonly note: string;
}
export type PostedAnswers = ReadonlyMap<string, PostedAnswer>;

export interface MergedAnswers {
  readonly answers: RecordedAnswers;
  /** Whether anything differs from what is in the record. */
  readonly changed: boolean;
  /** Questions that two people answered differently at once. */
  readonly disputed: readonly string[];
}

export interface MergeInput {
  /** What the record holds now. */
  readonly latest: RecordedAnswers;
  /** What this page last saw or sent: only what differs from it was done on this page. */
  readonly base: PostedAnswers;
  readonly posted: PostedAnswers;
  /** Questions whose earlier answer was confirmed with the person ("Still right, use it"). */
  readonly confirmed?: ReadonlyMap<string, Temporal.Instant>;
  /** Questions where somebody chose between two answers: what is posted stands, whoever gave it. */
  readonly settle?: ReadonlySet<string>;
  readonly by: string;
  readonly at: Temporal.Instant;
}

const nothing: PostedAnswer = { answer: { kind: 'not-asked' }, note: '' };

/**
 * Puts what one page changed onto what the record holds now. Two practitioners may share one screening: each page
 * changes only the questions that were touched on it, so nobody takes back what the other wrote. Where both answered
 * one question differently, both answers are kept and neither counts until somebody settles it. Notes are joined.
 */
export function mergeAnswers(input: MergeInput): MergedAnswers {
  const answers = new Map(input.latest);
  const disputed: string[] = [];
  let changed = false;
  for (const [linkId, posted] of input.posted) {
    const base = input.base.get(linkId) ?? nothing;
    const latest = input.latest.get(linkId);
    const answer = mergeAnswer(input, linkId, posted, base, latest);
    const note = mergeNote(input, posted.note, base.note, latest);
    if (answer === undefined && note === undefined) continue;
    changed = true;
    const next: RecordedAnswer = {
      ...(latest ?? {
        answer: nothing.answer,
        by: input.by,
        at: input.at,
        note: null,
        confirmedFrom: null,
        other: null,
      }),
      ...answer,
      ...note,
    };
    if (next.other !== null) disputed.push(linkId);
    answers.set(linkId, next);
  }
  return { answers, changed, disputed };
}

function mergeAnswer(
  input: MergeInput,
  linkId: string,
  posted: PostedAnswer,
  base: PostedAnswer,
  latest: RecordedAnswer | undefined,
): Partial<RecordedAnswer> | undefined {
  const code = codeOf(posted.answer);
  const held = codeOf(latest?.answer);
  if (input.settle?.has(linkId) === true)
    return { answer: posted.answer, by: input.by, at: input.at, confirmedFrom: null, other: null };
  if (code === codeOf(base.answer)) return undefined;
  const confirmedFrom = input.confirmed?.get(linkId) ?? null;
  const mine = { answer: posted.answer, by: input.by, at: input.at, confirmedFrom, other: null };
  if (held === code) return latest?.other === null || latest === undefined ? undefined : mine;
  // The record still holds what this page saw: nobody else answered it meanwhile.
  if (held === codeOf(base.answer) || latest === undefined) return mine;
  return { other: { answer: posted.answer, by: input.by, at: input.at } };
}

function mergeNote(
  input: MergeInput,
  posted: string,
  base: string,
  latest: RecordedAnswer | undefined,
): { note: string | null } | undefined {
  const held = latest?.note ?? '';
  if (posted === base || posted === held) return undefined;
  if (held === base) return { note: posted === '' ? null : posted };
  const merged = mergeTexts(
    base,
    { who: latest?.by ?? 'Before', text: held },
    { who: input.by, text: posted },
  );
  return { note: merged.text };
}

/** What a page shows of the record, as it will post it back when nothing is touched. */
export function asPosted(recorded: RecordedAnswers): PostedAnswers {
  return new Map([...recorded].map(([linkId, { answer, note }]) => [linkId, { answer, note: note ?? '' }]));
}
