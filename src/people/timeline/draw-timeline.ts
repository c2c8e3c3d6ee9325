import { LONDON, londonDate } from '../../platform/clock.ts';
import { drawItem } from './draw-item.ts';
import { layOutBand, type LaidBand } from './lay-out-band.ts';
import type { BandKind } from './lay-out-item.ts';
import { plot } from './plot.ts';
import { svgNumber as n, svgText } from './svg-text.ts';
import { textWidth } from './text-width.ts';
import { listTimeline, type TimelineListItem } from './timeline-list.ts';
import { laneName, type TimelineEntry } from './timeline-entry.ts';
import { clockTicks, clockTime, quarterTicks, timeScale, type Tick, type TimeScale } from './time-scale.ts';

export interface TimelineOptions {
  /** Begins the ids inside the drawing; needed when a page has more than one. */
  readonly idPrefix?: string;
  /** Rows a lane may take before the rest is left to the list; 6 unless told. */
  readonly maxRows?: number;
}

export interface DrawnTimeline {
  /** An `svg` element, or nothing when there are no entries. All text is escaped. */
  readonly svg: string;
  /** Every entry in words, newest first, drawn or not. */
  readonly list: readonly TimelineListItem[];
  /** Said in place of what is empty: "Nothing recorded before today"; null when there is something. */
  readonly statement: string | null;
}

/** The two bands as laid out, with nothing drawn yet. */
export interface LaidTimeline {
  readonly years: LaidBand;
  readonly hours: LaidBand;
  readonly yearScale: TimeScale;
  readonly hourScale: TimeScale;
}

const AXIS = 34;
const WEDGE = 58;
const MAX_ROWS = 6;

/**
 * Draws two years of custody, court and community above the last 24 hours, and says the same in a list. Pure.
 * Entries before the two years and after now are in the list only, as is what finds no room: the drawing says
 * how many. Times are London's.
 */
export function drawTimeline(
  entries: readonly TimelineEntry[],
  now: Temporal.Instant,
  options: TimelineOptions = {},
): DrawnTimeline {
  const statement = earlierStatement(entries, now);
  const laid = layOutTimeline(entries, now, options.maxRows ?? MAX_ROWS);
  const drawnIds = new Set(
    [...laid.years.lanes, ...laid.hours.lanes].flatMap((lane) =>
      lane.items.flatMap(({ item }) => item.entries.map((entry) => entry.id)),
    ),
  );
  const list = listTimeline(entries, now, drawnIds);
  if (entries.length === 0) return { svg: '', list, statement };
  const prefix = svgText(options.idPrefix ?? 'timeline');
  const height = laid.hours.bottom + 4;
  const svg =
    `<svg class="tl-time-wide" viewBox="0 0 ${plot.width} ${n(height)}" role="img" aria-labelledby="${prefix}-title ${prefix}-desc" font-family="inherit" font-size="${plot.size}" fill="#212b32">` +
    `<title id="${prefix}-title">Timeline</title><desc id="${prefix}-desc">Custody, court and community over two years and the last 24 hours. The same events are in the list that follows.</desc>` +
    drawBand(laid.years, 'years', laid.yearScale, quarterTicks(laid.yearScale), AXIS, now, statement) +
    drawWedge(laid) +
    drawBand(
      laid.hours,
      'hours',
      laid.hourScale,
      clockTicks(laid.hourScale),
      hoursTop(laid.years),
      now,
      null,
    ) +
    '</svg>';
  return { svg, list, statement };
}

/** Where every mark and every word goes; apart from the drawing, so that its rules can be tested. */
export function layOutTimeline(
  entries: readonly TimelineEntry[],
  now: Temporal.Instant,
  maxRows: number = MAX_ROWS,
): LaidTimeline {
  const dayAgo = now.subtract({ hours: 24 });
  const twoYearsAgo = now.toZonedDateTimeISO(LONDON).subtract({ years: 2 }).toInstant();
  const yearScale = timeScale(twoYearsAgo, now, plot.left, plot.right);
  const hourScale = timeScale(dayAgo, now, plot.left, plot.right);
  const inYears = entries.filter(
    (entry) => overlaps(entry, twoYearsAgo, now) && belongsInYears(entry, dayAgo),
  );
  const inHours = entries.filter((entry) => overlaps(entry, dayAgo, now) && belongsInHours(entry, dayAgo));
  const years = layOutBand(inYears, yearScale, 'years', AXIS, maxRows);
  const hours = layOutBand(inHours, hourScale, 'hours', hoursTop(years), maxRows);
  return { years, hours, yearScale, hourScale };
}

function hoursTop(years: LaidBand): number {
  return years.bottom + WEDGE;
}

/** The last day is too narrow to be seen among two years; only what lasts is drawn in both. */
function belongsInYears(entry: TimelineEntry, dayAgo: Temporal.Instant): boolean {
  return entry.shape === 'stay' || entry.shape === 'service' || isBefore(entry.from, dayAgo);
}

/** A service that went on all day says nothing about the day; one that began or ended then does. */
function belongsInHours(entry: TimelineEntry, dayAgo: Temporal.Instant): boolean {
  if (entry.shape !== 'service') return true;
  return !isBefore(entry.from, dayAgo) || !entry.ongoing;
}

function overlaps(entry: TimelineEntry, start: Temporal.Instant, end: Temporal.Instant): boolean {
  const isBar = entry.shape === 'stay' || entry.shape === 'service';
  const until = isBar ? (entry.to ?? (entry.ongoing ? end : entry.from)) : entry.from;
  return !isBefore(until, start) && !isBefore(end, entry.from);
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0;
}

/** Empty is a statement: nothing before today, or nothing before yesterday, or null. */
function earlierStatement(entries: readonly TimelineEntry[], now: Temporal.Instant): string | null {
  const today = londonDate(now);
  const isEarlier = (day: Temporal.PlainDate): boolean =>
    entries.some((entry) => Temporal.PlainDate.compare(londonDate(entry.from), day) < 0);
  if (!isEarlier(today)) return 'Nothing recorded before today';
  return isEarlier(today.subtract({ days: 1 })) ? null : 'Nothing recorded before yesterday';
}

function drawBand(
  band: LaidBand,
  kind: BandKind,
  scale: TimeScale,
  ticks: readonly Tick[],
  top: number,
  now: Temporal.Instant,
  statement: string | null,
): string {
  const lanes = band.lanes.map((lane, index) => {
    const fill = index % 2 === 0 ? '#f7f9fa' : '#fff';
    const name = `<text x="10" y="${n(lane.y + 22)}" font-weight="600">${laneName[lane.lane]}</text>`;
    return `<rect x="0" y="${n(lane.y)}" width="${plot.width}" height="${n(lane.height)}" fill="${fill}"/>${line(0, plot.width, lane.y)}${name}`;
  });
  const title = kind === 'years' ? 'Two years' : 'Last 24 hours';
  const items = band.lanes.flatMap((lane) => {
    const empty = lane.items.length === 0 && lane.more === 0;
    const silence = statement !== null && lane.lane === 'custody' ? statement : nothingIn(kind);
    return [
      ...(empty
        ? [quiet(besideYearLine(silence, ticks, scale), lane.y + 22, silence)]
        : lane.items.map((item) => drawItem(item, kind))),
      ...(lane.more > 0 ? [quiet(plot.left + 8, lane.moreY, `${lane.more} more in the list`)] : []),
    ];
  });
  return [
    ...lanes,
    line(0, plot.width, band.bottom),
    `<text x="10" y="${n(top - 14)}" font-weight="600">${title}</text>`,
    drawTicks(ticks, scale, top, band.bottom, kind === 'hours' ? nowWidth(now) : 0),
    ...(kind === 'hours' ? [drawNow(top, band.bottom, now)] : []),
    ...items,
  ].join('');
}

function nothingIn(kind: BandKind): string {
  return kind === 'years' ? 'Nothing recorded' : 'Nothing recorded in the last 24 hours';
}

/** Where a quiet word begins so that no strong line (a new year, midnight) runs through it or touches it. */
function besideYearLine(text: string, ticks: readonly Tick[], scale: TimeScale): number {
  const width = textWidth(text, plot.size, false);
  return ticks
    .filter(({ strong }) => strong)
    .map(({ at }) => scale.x(at))
    .sort((a, b) => a - b)
    .reduce((x, line) => (line > x - 8 && line < x + width + 8 ? line + 10 : x), plot.left + 8);
}

function quiet(x: number, y: number, text: string): string {
  return `<text x="${n(x)}" y="${n(y)}" fill="#4c6272" class="tl-halo">${svgText(text)}</text>`;
}

function line(from: number, to: number, y: number): string {
  return `<path d="M${n(from)} ${n(y)}H${n(to)}" stroke="#d8dde0"/>`;
}

/** `reserved` units at the right belong to the word "Now"; a tick there keeps its line and loses its label. */
function drawTicks(
  ticks: readonly Tick[],
  scale: TimeScale,
  top: number,
  bottom: number,
  reserved: number,
): string {
  return ticks
    .map(({ at, label, strong }) => {
      const x = scale.x(at);
      const look = strong ? 'stroke="#768692"' : 'stroke="#d8dde0" stroke-dasharray="2 4"';
      const mark = `<path d="M${n(x)} ${n(top - 8)}V${n(bottom)}" ${look}/>`;
      const ends = x + 4 + textWidth(label, plot.size, strong);
      if (ends > plot.width - reserved) return mark;
      const type = strong ? ' font-weight="600"' : ' fill="#4c6272"';
      return `${mark}<text x="${n(x + 4)}" y="${n(top - 14)}"${type}>${svgText(label)}</text>`;
    })
    .join('');
}

function nowWidth(now: Temporal.Instant): number {
  return textWidth(`Now ${clockTime(now)}`, plot.size, true) + 16;
}

function drawNow(top: number, bottom: number, now: Temporal.Instant): string {
  return (
    `<text x="${plot.width - 4}" y="${n(top - 14)}" font-weight="600" text-anchor="end" fill="#a31d12">Now ${clockTime(now)}</text>` +
    `<path d="M${plot.right} ${n(top - 8)}V${n(bottom)}" stroke="#d5281b" stroke-width="3"/>`
  );
}

/** Opens the last day of the years into the width of the hours. */
function drawWedge({ years }: LaidTimeline): string {
  const top = years.bottom;
  const foot = hoursTop(years) - 28;
  return `<path d="M${plot.right - 6} ${n(top)}H${plot.right}V${n(foot)}H${plot.left}z" fill="#e8edee"/>`;
}
