import { layOutItem, type BandKind, type Item } from './lay-out-item.ts';
import { lanes, type TimelineEntry, type TimelineLane, type TimelineShape } from './timeline-entry.ts';
import type { TimeScale } from './time-scale.ts';

/** A mark and its words, with its place. Nothing else stands in its box. */
export interface PlacedItem {
  readonly item: Item;
  /** The top of its row. */
  readonly y: number;
}

export interface LaidLane {
  readonly lane: TimelineLane;
  readonly y: number;
  readonly height: number;
  readonly items: readonly PlacedItem[];
  /** Entries that found no room; they are in the list. */
  readonly more: number;
  /** The baseline of "3 more in the list". */
  readonly moreY: number;
}

export interface LaidBand {
  readonly lanes: readonly LaidLane[];
  readonly bottom: number;
}

interface Row {
  readonly height: number;
  readonly items: Item[];
}

const GAP_BETWEEN = 10;
const LANE_PADDING = 6;
const LEAST_HEIGHT = 34;
const MORE_LINE = 22;

/**
 * Lays one band out: in each lane, every item goes to the first row where its whole box (mark and words) is
 * free, so no label ever lies on another. What goes on now and what is newest takes its row first; when a
 * lane has `maxRows` rows, the rest is counted and left to the list.
 */
export function layOutBand(
  entries: readonly TimelineEntry[],
  scale: TimeScale,
  kind: BandKind,
  top: number,
  maxRows: number,
): LaidBand {
  let y = top;
  const laid = lanes.map((lane) => {
    const own = entries.filter((entry) => entry.lane === lane);
    const { rows, more } = pack(gather(own, kind), scale, kind, maxRows);
    const begin = y;
    let rowTop = y + LANE_PADDING;
    const items: PlacedItem[] = [];
    for (const row of rows) {
      for (const item of row.items) items.push({ item, y: rowTop });
      rowTop += row.height;
    }
    const moreY = rowTop + 15;
    if (more > 0) rowTop += MORE_LINE;
    const height = Math.max(LEAST_HEIGHT, rowTop - begin + LANE_PADDING);
    y = begin + height;
    return { lane, y: begin, height, items, more, moreY };
  });
  return { lanes: laid, bottom: y };
}

/** Contacts of the same kind make one line of dots over the years; everything else stands alone. */
function gather(entries: readonly TimelineEntry[], kind: BandKind): readonly (readonly TimelineEntry[])[] {
  const groups = new Map<string, TimelineEntry[]>();
  for (const entry of entries) {
    const together = kind === 'years' && entry.shape === 'contact';
    const key = together ? `contact ${entry.title}` : `entry ${entry.id}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()].sort(byUrgency);
}

function byUrgency(a: readonly TimelineEntry[], b: readonly TimelineEntry[]): number {
  return urgency(a) - urgency(b) || Temporal.Instant.compare(newest(b), newest(a));
}

function urgency(group: readonly TimelineEntry[]): number {
  if (group.some((entry) => entry.tone === 'now' || entry.tone === 'waiting')) return 0;
  return group.some((entry) => entry.shape === 'stay' || entry.shape === 'hearing') ? 1 : 2;
}

function newest(group: readonly TimelineEntry[]): Temporal.Instant {
  return group.reduce(
    (latest, entry) => (Temporal.Instant.compare(entry.from, latest) > 0 ? entry.from : latest),
    group[0]?.from ?? Temporal.Instant.fromEpochMilliseconds(0),
  );
}

function pack(
  groups: readonly (readonly TimelineEntry[])[],
  scale: TimeScale,
  kind: BandKind,
  maxRows: number,
): { rows: readonly Row[]; more: number } {
  const chosen: Row[] = [];
  let more = 0;
  for (const group of groups) {
    const item = layOutItem(group, scale, kind);
    if (!seat(chosen, item, maxRows)) more += group.length;
  }
  // What is drawn is now settled; seating it again from the left needs no more rows (intervals taken by their
  // left edge fill the fewest rows there can be) and reads in the order things happened.
  const rows: Row[] = [];
  const inOrder = chosen.flatMap((row) => row.items).sort((a, b) => a.left - b.left);
  for (const item of inOrder) seat(rows, item, Number.POSITIVE_INFINITY);
  rows.sort((a, b) => rank(a) - rank(b) || leftEdge(a) - leftEdge(b));
  return { rows, more };
}

/** Puts an item in the first row where its box is free, or in a new one. False when there is no room. */
function seat(rows: Row[], item: Item, maxRows: number): boolean {
  const free = rows.find((row) => row.height === item.height && row.items.every((one) => isClear(one, item)));
  if (free !== undefined) free.items.push(item);
  else if (rows.length < maxRows) rows.push({ height: item.height, items: [item] });
  else return false;
  return true;
}

const RANK: Readonly<Record<TimelineShape, number>> = {
  stay: 0,
  hearing: 1,
  service: 2,
  contact: 3,
  note: 4,
};

function rank(row: Row): number {
  return Math.min(...row.items.map((item) => RANK[item.shape]));
}

function leftEdge(row: Row): number {
  return Math.min(...row.items.map((item) => item.left));
}

/** Bars that carry their words may touch, so that one home follows another; all else keeps its distance. */
function isClear(a: Item, b: Item): boolean {
  const gap = a.label.inside && b.label.inside ? 0 : GAP_BETWEEN;
  return a.right + gap <= b.left || b.right + gap <= a.left;
}
