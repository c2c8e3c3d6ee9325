import { plot } from './plot.ts';
import { fitText, textWidth } from './text-width.ts';
import { clockTime, shortDate, type TimeScale } from './time-scale.ts';
import type { TimelineEntry, TimelineShape, TimelineTone } from './timeline-entry.ts';

/** Two years by the calendar, or twenty-four hours by the clock. */
export type BandKind = 'years' | 'hours';

export interface LabelLine {
  readonly text: string;
  readonly bold: boolean;
}

export interface Label {
  readonly lines: readonly LabelLine[];
  readonly x: number;
  readonly anchor: 'start' | 'end';
  /** Drawn on its own bar. */
  readonly inside: boolean;
  /** Estimated from above. */
  readonly width: number;
}

/** One mark, or one line of dots, with its words. */
export interface Item {
  readonly entries: readonly TimelineEntry[];
  readonly shape: TimelineShape;
  readonly tone: TimelineTone;
  /** The mark: from here to there; equal edges are a moment. */
  readonly from: number;
  readonly to: number;
  /** The dots of a line of contacts; one for everything else. */
  readonly points: readonly number[];
  readonly ended: boolean;
  readonly label: Label;
  /** The whole box, mark and words. */
  readonly left: number;
  readonly right: number;
  /** The height of the row it needs. */
  readonly height: number;
}

const ONE_LINE = 26;
const TWO_LINES = 44;
const LEAST_BAR = 14;
const BESIDE = 10;
const WITHIN = 8;
/** How far a mark reaches to each side of its moment; bars end where their time ends. */
const REACH: Readonly<Record<TimelineShape, number>> = {
  stay: 0,
  hearing: 10,
  service: 0,
  contact: 8,
  note: 2,
};
/** The tick at the end of a service finished as meant. */
const TICK = 11;

/** The box and the words of one item. Labels stand inside their bar, else after it, else before it. */
export function layOutItem(group: readonly TimelineEntry[], scale: TimeScale, kind: BandKind): Item {
  const [entry] = group;
  if (entry === undefined) throw new Error('An item of the timeline needs an entry');
  if (group.length > 1) return lineOfDots(group, scale);
  const isBar = entry.shape === 'stay' || entry.shape === 'service';
  const end = isBar ? (entry.to ?? (entry.ongoing ? scale.end : entry.from)) : entry.from;
  const rightMost = isBar ? plot.right - LEAST_BAR : plot.right;
  const from = Math.min(scale.x(entry.from), rightMost);
  const to = isBar ? Math.max(scale.x(end), from + LEAST_BAR) : from;
  const ended = !entry.ongoing && entry.to !== null;
  const reach = REACH[entry.shape];
  const markLeft = from - (isBar ? 0 : reach);
  const tick = entry.shape === 'service' && ended && entry.tone === 'done' ? TICK : 0;
  const markRight = to + reach + tick;
  const lines = wordsOf(entry, kind, scale.end);
  const roomInside = isBar ? to - from - 2 * WITHIN - tick : 0;
  const label = placeLabel(lines, markLeft, markRight, from, roomInside);
  const labelLeft = label.anchor === 'start' ? label.x : label.x - label.width;
  return {
    entries: group,
    shape: entry.shape,
    tone: entry.tone,
    from,
    to,
    points: [from],
    ended,
    label,
    left: Math.min(markLeft, labelLeft),
    right: Math.max(markRight, labelLeft + label.width),
    height: lines.length > 1 ? TWO_LINES : ONE_LINE,
  };
}

function wordsOf(entry: TimelineEntry, kind: BandKind, now: Temporal.Instant): readonly LabelLine[] {
  const bar = entry.shape === 'service' || entry.shape === 'stay';
  if (kind === 'hours')
    return [
      { text: bar ? entry.title : `${clockTime(entry.from)} ${entry.title}`, bold: entry.shape === 'stay' },
    ];
  if (entry.shape === 'stay' || entry.shape === 'hearing') {
    // What a stay that goes on is called stands on its bar in the hours below.
    if (entry.shape === 'stay' && entry.ongoing)
      return [
        { text: 'Now', bold: true },
        { text: `since ${sinceWhen(entry.from, now)}`, bold: false },
      ];
    return [
      { text: shortDate(entry.from), bold: true },
      { text: entry.title, bold: false },
    ];
  }
  return [{ text: bar ? entry.title : `${entry.title}, ${shortDate(entry.from)}`, bold: false }];
}

/** "23 Nov 22:41", and the year instead of the clock when it is long ago. */
function sinceWhen(from: Temporal.Instant, now: Temporal.Instant): string {
  const day = shortDate(from);
  const isLongAgo = from.until(now).total('hours') > 300 * 24;
  return isLongAgo ? day : `${day.replace(/ \d{4}$/, '')} ${clockTime(from)}`;
}

function placeLabel(
  lines: readonly LabelLine[],
  markLeft: number,
  markRight: number,
  barLeft: number,
  roomInside: number,
): Label {
  const wanted = widest(lines);
  if (wanted <= roomInside)
    return { lines, x: barLeft + WITHIN, anchor: 'start', inside: true, width: wanted };
  const after = plot.width - 4 - (markRight + BESIDE);
  const before = markLeft - BESIDE - plot.left;
  // A bar as long as the window leaves room nowhere else, so its words are shortened on the bar itself.
  if (roomInside > Math.max(after, before)) {
    const shortened = fitLines(lines, roomInside);
    return { lines: shortened, x: barLeft + WITHIN, anchor: 'start', inside: true, width: widest(shortened) };
  }
  const side = wanted <= after || (wanted > before && after >= before) ? 'after' : 'before';
  const fitted = fitLines(lines, Math.max(0, side === 'after' ? after : before));
  const width = widest(fitted);
  return side === 'after'
    ? { lines: fitted, x: markRight + BESIDE, anchor: 'start', inside: false, width }
    : { lines: fitted, x: markLeft - BESIDE, anchor: 'end', inside: false, width };
}

function fitLines(lines: readonly LabelLine[], width: number): readonly LabelLine[] {
  return lines.map((line) => ({ ...line, text: fitText(line.text, width, plot.size, line.bold) }));
}

function widest(lines: readonly LabelLine[]): number {
  return Math.max(0, ...lines.map((line) => textWidth(line.text, plot.size, line.bold)));
}

/** Contacts of one kind: "GP visit, 9 times, last 14 Aug 2026", over a line with a dot for each. */
function lineOfDots(group: readonly TimelineEntry[], scale: TimeScale): Item {
  const sorted = [...group].sort((a, b) => Temporal.Instant.compare(a.from, b.from));
  const points = sorted.map((entry) => scale.x(entry.from));
  const last = sorted.at(-1);
  const from = points[0] ?? plot.left;
  const to = points.at(-1) ?? from;
  const tail = last === undefined ? '' : `, ${sorted.length} times, last ${shortDate(last.from)}`;
  const room = plot.width - plot.left - 8;
  const title = fitText(last?.title ?? '', room - textWidth(tail, plot.size), plot.size);
  const width = textWidth(title + tail, plot.size);
  const reach = REACH.contact;
  const x = Math.min(from - reach, plot.width - 4 - width);
  return {
    entries: sorted,
    shape: 'contact',
    tone: last?.tone ?? 'plain',
    from,
    to,
    points,
    ended: false,
    label: { lines: [{ text: title + tail, bold: false }], x, anchor: 'start', inside: false, width },
    left: Math.min(x, from - reach),
    right: Math.max(x + width, to + reach),
    height: TWO_LINES,
  };
}
