import type { Ink } from './sheet.ts';
import type { StructureNode } from './structure.ts';
import type { Line } from './text-lines.ts';

/** A line of text inside a strip. `node` absent: decoration that readers skip (an artifact). */
export interface PlacedLine {
  readonly line: Line;
  readonly node?: StructureNode;
  /** From the left edge of the paper, in points. */
  readonly x: number;
  /** The baseline, from the top of the strip, in points. */
  readonly baseline: number;
  readonly size: number;
  readonly colour: Ink;
}

/** A horizontal line drawn across a strip. Always an artifact. */
export interface PlacedRule {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly colour: Ink;
  readonly thickness: number;
}

/** A part of the paper that is never cut: a line of text, or a table row. */
export interface Strip {
  readonly height: number;
  /** White above it, dropped at the top of a page. */
  readonly before: number;
  readonly lines: readonly PlacedLine[];
  readonly rules: readonly PlacedRule[];
  /** Must not be the last on its page. */
  readonly withNext: boolean;
  /** Strips with the same box stand in one frame. */
  readonly box?: object;
  /** Printed again, as an artifact, when this strip starts a page. */
  readonly header?: Strip;
}

export interface PlacedStrip {
  readonly strip: Strip;
  readonly top: number;
  /** A header said again on a later page: readers have heard it, so it is skipped. */
  readonly repeated: boolean;
}

export type Page = readonly PlacedStrip[];

/**
 * Puts strips on pages. What belongs together (a heading and its text, the first two lines of a paragraph,
 * a boxed recommendation) moves to the next page together, unless it is longer than a page. The header of a
 * table is repeated on each page the table reaches.
 */
export function paginate(
  strips: readonly Strip[],
  firstTop: number,
  nextTop: number,
  bottom: number,
): Page[] {
  const pages: PlacedStrip[][] = [[]];
  let y = firstTop;
  const put = (strip: Strip): void => {
    const page = pages.at(-1) ?? [];
    const before = page.length === 0 ? 0 : strip.before;
    page.push({ strip, top: y + before, repeated: false });
    y += before + strip.height;
  };
  const turn = (next: Strip): void => {
    const page: PlacedStrip[] = [];
    pages.push(page);
    y = nextTop;
    if (next.header === undefined) return;
    page.push({ strip: next.header, top: y, repeated: true });
    y += next.header.height;
  };
  const fits = (group: readonly Strip[], from: number, pageIsEmpty: boolean): boolean =>
    from + heightOf(group, pageIsEmpty) <= bottom;
  for (const group of groupsOf(strips)) {
    const [first] = group;
    if (first === undefined) continue;
    const empty = pages.at(-1)?.length === 0;
    const onOnePage = fits(group, nextTop, true);
    if (!empty && !fits(group, y, false) && (onOnePage || !fits(group.slice(0, 2), y, false))) turn(first);
    for (const strip of group) {
      if (pages.at(-1)?.length !== 0 && y + strip.before + strip.height > bottom) turn(strip);
      put(strip);
    }
  }
  return pages;
}

function groupsOf(strips: readonly Strip[]): Strip[][] {
  const groups: Strip[][] = [];
  let open = false;
  for (const strip of strips) {
    if (open) groups.at(-1)?.push(strip);
    else groups.push([strip]);
    open = strip.withNext;
  }
  return groups;
}

function heightOf(group: readonly Strip[], atTop: boolean): number {
  return group.reduce(
    (sum, strip, index) => sum + strip.height + (atTop && index === 0 ? 0 : strip.before),
    0,
  );
}
