import { done, refused } from '../result.ts';
import type { Outcome } from '../result.ts';
import { diffWords } from './diff.ts';
import type { TextPart } from './diff.ts';
import { mergeTexts } from './merge.ts';

/** Refuses to save over a version that somebody else has replaced since the form was opened. */
export function checkVersion(opened: number, current: number): Outcome<number, 'stale'> {
  if (opened === current) return done(current);
  return refused('stale', 'Somebody else saved this while you were typing. Read both texts, then choose.');
}

/** One of two people's texts, as the conflict page shows it. */
export interface ConflictSide {
  /** "Sanjay Mistry, nurse" or "You" */
  readonly who: string;
  /** "In the record since 09:29" */
  readonly note: string;
  readonly text: string;
}

export interface Conflict {
  readonly theirs: ConflictSide & { readonly parts: readonly TextPart[] };
  readonly mine: ConflictSide & { readonly parts: readonly TextPart[] };
  /** Both texts, to start from: neither is chosen. */
  readonly start: string;
  /** True when one takes out or rewrites what the other keeps. */
  readonly disagree: boolean;
}

/**
 * Sets two texts that grew from one beside each other, with a text to start from that holds both: it never
 * chooses (merge.ts). The person does.
 */
export function describeConflict(base: string, theirs: ConflictSide, mine: ConflictSide): Conflict {
  const merged = mergeTexts(base, theirs, mine);
  return {
    theirs: { ...theirs, parts: diffWords(base, theirs.text) },
    mine: { ...mine, parts: diffWords(base, mine.text) },
    start: merged.text,
    disagree: merged.disagree,
  };
}
