import type { ItemAnswer, ItemAnswers } from './instrument.ts';

/** An answer as it is kept: what was said, to whom and when, and the words beside it. */
export interface RecordedAnswer {
  readonly answer: ItemAnswer;
  /** Who asked, in words: "Hannah Osei". */
  readonly by: string;
  readonly at: Temporal.Instant;
  readonly note: string | null;
  /** When the earlier answer was given that was confirmed to still hold; null for one asked afresh. */
  readonly confirmedFrom: Temporal.Instant | null;
  /** What somebody else recorded for the same question at the same time. Both stay until a person settles it. */
  readonly other: { readonly answer: ItemAnswer; readonly by: string; readonly at: Temporal.Instant } | null;
}

export type RecordedAnswers = ReadonlyMap<string, RecordedAnswer>;

/** What a form posts for an answer: "value:2", "declined", "unknown", "not-asked". */
export function codeOf(answer: ItemAnswer | undefined): string {
  if (answer === undefined) return 'not-asked';
  return answer.kind === 'value' ? `value:${String(answer.value)}` : answer.kind;
}

/** The answers that count. One that two people recorded differently counts for nothing until it is settled. */
export function settledAnswers(recorded: RecordedAnswers): ItemAnswers {
  const answers = new Map<string, ItemAnswer>();
  for (const [linkId, { answer, other }] of recorded) if (other === null) answers.set(linkId, answer);
  return answers;
}

/** As JSON in screening_version.answers. */
export function answersToJson(recorded: RecordedAnswers): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...recorded].map(([linkId, one]) => [
      linkId,
      {
        ...one.answer,
        by: one.by,
        at: one.at.toString(),
        ...(one.note === null ? {} : { note: one.note }),
        ...(one.confirmedFrom === null ? {} : { confirmedFrom: one.confirmedFrom.toString() }),
        ...(one.other === null
          ? {}
          : { other: { ...one.other.answer, by: one.other.by, at: one.other.at.toString() } }),
      },
    ]),
  );
}

type Json = Readonly<Record<string, unknown>>;

function answerFrom(json: Json): ItemAnswer {
  const { kind, value } = json;
  if (
    kind === 'value' &&
    (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
  )
    return { kind, value };
  if (kind === 'declined' || kind === 'unknown' || kind === 'not-asked') return { kind };
  throw new Error('A stored answer is none of the four');
}

function instantFrom(text: unknown): Temporal.Instant {
  if (typeof text !== 'string') throw new Error('A stored answer has no time');
  return Temporal.Instant.from(text);
}

/** Reads screening_version.answers. Faults on what this program cannot have written. */
export function answersFromJson(stored: unknown): RecordedAnswers {
  const answers = new Map<string, RecordedAnswer>();
  for (const [linkId, value] of Object.entries(stored as Readonly<Record<string, Json>>)) {
    const other = value['other'] as Json | undefined;
    answers.set(linkId, {
      answer: answerFrom(value),
      by: String(value['by']),
      at: instantFrom(value['at']),
      note: typeof value['note'] === 'string' ? value['note'] : null,
      confirmedFrom: value['confirmedFrom'] === undefined ? null : instantFrom(value['confirmedFrom']),
      other:
        other === undefined
          ? null
          : { answer: answerFrom(other), by: String(other['by']), at: instantFrom(other['at']) },
    });
  }
  return answers;
}
