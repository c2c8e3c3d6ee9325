// What may be shown of a count (domain rules 7.4, after ONS practice): 1 to 4 are hidden, other counts are rounded to
// the nearest 5, shares are worked out from the rounded counts, and where one hidden part could be worked out from
// its whole and its visible siblings, a second part is hidden too. The threshold and the base are settings.

/** One cell as shown: a rounded count, or why it is hidden. Zero is shown as zero: nobody is behind it. */
export type ShownCount =
  | { readonly kind: 'count'; readonly value: number }
  /** Fewer than the threshold: shown as "*". */
  | { readonly kind: 'small' }
  /** Hidden so that a small one cannot be worked out: shown as "c". */
  | { readonly kind: 'protecting' };

export interface DisclosureRule {
  /** Counts from 1 up to, but not, this are hidden. */
  readonly hideBelow: number;
  readonly roundTo: number;
}

const usualRule: DisclosureRule = { hideBelow: 5, roundTo: 5 };

/** One count by itself. */
export function showCount(count: number, rule: DisclosureRule = usualRule): ShownCount {
  if (count > 0 && count < rule.hideBelow) return { kind: 'small' };
  return { kind: 'count', value: Math.round(count / rule.roundTo) * rule.roundTo };
}

/**
 * The parts of one whole. When exactly one part is small and the whole is shown, it could be worked out to within the
 * rounding: the smallest other part that is not zero is hidden too.
 */
export function showParts(
  counts: readonly number[],
  rule: DisclosureRule = usualRule,
): readonly ShownCount[] {
  const shown = counts.map((count) => showCount(count, rule));
  const small = shown.filter((cell) => cell.kind === 'small').length;
  if (small !== 1) return shown;
  let second = -1;
  for (const [index, count] of counts.entries()) {
    if (shown[index]?.kind !== 'count' || count === 0) continue;
    if (second === -1 || count < (counts[second] ?? 0)) second = index;
  }
  return second === -1
    ? shown
    : shown.map((cell, index) => (index === second ? { kind: 'protecting' } : cell));
}

/** A share in whole per cent of two shown counts, or null when either is hidden or the whole is zero. */
export function showShare(part: ShownCount, whole: ShownCount): number | null {
  if (part.kind !== 'count' || whole.kind !== 'count' || whole.value === 0) return null;
  return Math.min(100, Math.round((part.value / whole.value) * 100));
}

/** The cell as text: "25", "*" or "c". */
export function cellText(cell: ShownCount): string {
  return cell.kind === 'count' ? String(cell.value) : cell.kind === 'small' ? '*' : 'c';
}
