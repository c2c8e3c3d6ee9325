import { diffWords } from './diff.ts';

interface Side {
  readonly who: string;
  readonly text: string;
}

/** Base sentences from `from` up to, not including, `to` were replaced by `sentences`. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly sentences: readonly string[];
}

function sentencesOf(text: string): string[] {
  const found = text.match(/[^.!?\n]+[.!?]*|[.!?]+/g) ?? [];
  return found.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
}

/** What one side did to the base, in order. */
function changesTo(base: readonly string[], side: readonly string[]): Change[] {
  const width = side.length + 1;
  const table = new Uint16Array((base.length + 1) * width);
  const at = (i: number, j: number): number => table[i * width + j] ?? 0;
  for (let i = base.length - 1; i >= 0; i--)
    for (let j = side.length - 1; j >= 0; j--)
      table[i * width + j] =
        base[i] === side[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const changes: Change[] = [];
  let i = 0;
  let j = 0;
  const meet = (): boolean => i < base.length && j < side.length && base[i] === side[j];
  while (i < base.length || j < side.length) {
    if (meet()) {
      i++;
      j++;
      continue;
    }
    const [from, first] = [i, j];
    while ((i < base.length || j < side.length) && !meet())
      if (j >= side.length || (i < base.length && at(i + 1, j) >= at(i, j + 1))) i++;
      else j++;
    changes.push({ from, to: i, sentences: side.slice(first, j) });
  }
  return changes;
}

/** The sentences of one side between two places in the base. */
function sideOf(base: readonly string[], changes: readonly Change[], from: number, to: number): string {
  const out: string[] = [];
  let at = from;
  for (const change of changes) {
    out.push(...base.slice(at, change.from), ...change.sentences);
    at = change.to;
  }
  return [...out, ...base.slice(at, to)].join(' ');
}

/** Words were added and none taken out: nothing of the other side is lost by keeping it. */
function onlyAdds(before: string, after: string): boolean {
  // A full stop moves when words are added before it; that takes nothing out.
  return diffWords(before, after).every(
    (part) => part.kind !== 'removed' || !/[\p{L}\p{N}]/u.test(part.text),
  );
}

function named(side: Side, text: string): string {
  return `${side.who}: ${text === '' ? '(taken out)' : text}`;
}

/**
 * One text out of two that grew from `base`. What only one side added is kept. Where one side takes out or
 * rewrites what the other keeps, or both add at one place, both are in, in square brackets with their names.
 * No word of either side is ever left out.
 */
export function mergeTexts(base: string, theirs: Side, mine: Side): { text: string; disagree: boolean } {
  const sentences = sentencesOf(base);
  const left = changesTo(sentences, sentencesOf(theirs.text));
  const right = changesTo(sentences, sentencesOf(mine.text));
  const out: string[] = [];
  let disagree = false;
  let at = 0;
  while (left.length > 0 || right.length > 0) {
    const from = Math.min(left[0]?.from ?? Infinity, right[0]?.from ?? Infinity);
    out.push(...sentences.slice(at, from));
    // Changes that touch belong together, however many there are on either side.
    let to = from;
    const [ours, others]: [Change[], Change[]] = [[], []];
    let grew = true;
    while (grew) {
      grew = false;
      for (const [waiting, taken] of [
        [left, others],
        [right, ours],
      ] as const) {
        const change = waiting[0];
        if (change === undefined || change.from > to) continue;
        waiting.shift();
        taken.push(change);
        to = Math.max(to, change.to);
        grew = true;
      }
    }
    const before = sentences.slice(from, to).join(' ');
    const theirText = sideOf(sentences, others, from, to);
    const myText = sideOf(sentences, ours, from, to);
    if (theirText === myText) out.push(myText);
    else if (others.length === 0 && onlyAdds(before, myText)) out.push(myText);
    else if (ours.length === 0 && onlyAdds(before, theirText)) out.push(theirText);
    else {
      disagree = true;
      out.push(`[${named(theirs, theirText)}] [${named(mine, myText)}]`);
    }
    at = to;
  }
  out.push(...sentences.slice(at));
  return { text: out.filter((part) => part !== '').join(' '), disagree };
}
