import { describeConflict } from '../platform/forms/conflict.ts';
import type { Conflict } from '../platform/forms/conflict.ts';

/** Texts under headings: the assessment, the safety plan. An empty text means nobody wrote there. */
export type WrittenText<Key extends string> = Readonly<Record<Key, string>>;

/** One heading on which two people wrote different things. */
export interface TextConflict<Key extends string> {
  readonly key: Key;
  readonly conflict: Conflict;
}

export interface JoinedText<Key extends string> {
  /** Everything only one of the two changed, taken over; under a conflict, the text that is in the record. */
  readonly text: WrittenText<Key>;
  readonly conflicts: readonly TextConflict<Key>[];
}

/**
 * Two people wrote from the same start. Under each heading that only one of them changed, that one's text stands;
 * where both did, both are set beside each other and a person chooses. Nothing is left out.
 */
export function joinTexts<Key extends string>(
  keys: readonly Key[],
  start: WrittenText<Key>,
  theirs: { readonly who: string; readonly note: string; readonly text: WrittenText<Key> },
  mine: { readonly who: string; readonly note: string; readonly text: WrittenText<Key> },
): JoinedText<Key> {
  const text: Partial<Record<Key, string>> = {};
  const conflicts: TextConflict<Key>[] = [];
  for (const key of keys) {
    const [before, left, right] = [start[key], theirs.text[key], mine.text[key]];
    text[key] = left === before ? right : left;
    if (left === before || right === before || left === right) continue;
    const conflict = describeConflict(
      before,
      { who: theirs.who, note: theirs.note, text: left },
      { who: mine.who, note: mine.note, text: right },
    );
    conflicts.push({ key, conflict });
  }
  return { text: text as WrittenText<Key>, conflicts };
}

/** Reads stored or posted texts under known headings; a heading that is missing is empty. */
export function textUnder<Key extends string>(keys: readonly Key[], given: unknown): WrittenText<Key> {
  const from = (given ?? {}) as Readonly<Record<string, unknown>>;
  const text: Partial<Record<Key, string>> = {};
  for (const key of keys) {
    const value = from[key];
    text[key] = typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '';
  }
  return text as WrittenText<Key>;
}

/** True when both say the same under every heading. */
export function sameText<Key extends string>(
  keys: readonly Key[],
  a: WrittenText<Key>,
  b: WrittenText<Key>,
): boolean {
  return keys.every((key) => a[key] === b[key]);
}
