import { dateLong, monthLong } from '../../platform/views/dates.ts';
import { londonDate } from '../../platform/clock.ts';
import { laneName, type TimelineEntry, type TimelineLane } from './timeline-entry.ts';
import { clockTime } from './time-scale.ts';

/** One entry in words, for narrow screens and screen readers (`tl-vtime`). */
export interface TimelineListItem {
  readonly id: string;
  /** The heading it stands under: "Coming up", "Today", "Yesterday", "2026". */
  readonly group: string;
  /** "Today 03:30 to 07:50", "2 May 2026", "September 2025 to February 2026", "Since 3 September 2026". */
  readonly when: string;
  readonly title: string;
  readonly detail: string;
  readonly source: string;
  readonly lane: TimelineLane;
  readonly laneName: string;
  readonly href?: string;
  readonly tone: TimelineEntry['tone'];
  /** Whether the drawing shows it too. */
  readonly drawn: boolean;
}

export interface TimelineListGroup {
  readonly heading: string;
  readonly items: readonly TimelineListItem[];
}

/** Every entry, newest first, what is to come before what was. Nothing is left out. */
export function listTimeline(
  entries: readonly TimelineEntry[],
  now: Temporal.Instant,
  drawnIds: ReadonlySet<string>,
): readonly TimelineListItem[] {
  return [...entries]
    .sort((a, b) => Temporal.Instant.compare(b.from, a.from))
    .map((entry) => ({
      id: entry.id,
      group: groupOf(entry, now),
      when: whenOf(entry, now),
      title: entry.title,
      detail: entry.detail,
      source: entry.source,
      lane: entry.lane,
      laneName: laneName[entry.lane],
      tone: entry.tone,
      drawn: drawnIds.has(entry.id),
      ...(entry.href === undefined ? {} : { href: entry.href }),
    }));
}

/** The list under its headings, in the order of the list. */
export function groupTimeline(list: readonly TimelineListItem[]): readonly TimelineListGroup[] {
  const groups: { heading: string; items: TimelineListItem[] }[] = [];
  for (const item of list) {
    const last = groups.at(-1);
    if (last?.heading === item.group) last.items.push(item);
    else groups.push({ heading: item.group, items: [item] });
  }
  return groups;
}

function groupOf(entry: TimelineEntry, now: Temporal.Instant): string {
  if (Temporal.Instant.compare(entry.from, now) > 0) return 'Coming up';
  const day = londonDate(entry.from);
  return nearName(day, now) ?? String(day.year);
}

function nearName(day: Temporal.PlainDate, now: Temporal.Instant): string | null {
  const today = londonDate(now);
  if (day.equals(today)) return 'Today';
  return day.equals(today.subtract({ days: 1 })) ? 'Yesterday' : null;
}

function whenOf(entry: TimelineEntry, now: Temporal.Instant): string {
  const start = moment(entry.from, now);
  if (entry.ongoing && Temporal.Instant.compare(entry.from, now) <= 0)
    return `Since ${start.charAt(0).toLowerCase()}${start.slice(1)}`;
  if (entry.to === null || entry.to.equals(entry.from)) return start;
  const from = londonDate(entry.from);
  const to = londonDate(entry.to);
  if (from.equals(to)) return nearName(from, now) === null ? start : `${start} to ${clockTime(entry.to)}`;
  if (entry.shape === 'service' && from.until(to).days > 31)
    return `${month(entry.from)} to ${month(entry.to)}`;
  return `${start} to ${lowerNear(moment(entry.to, now))}`;
}

/** Today and yesterday by the clock, other days by their date; a hearing or appointment to come says both. */
function moment(at: Temporal.Instant, now: Temporal.Instant): string {
  const near = nearName(londonDate(at), now);
  if (near !== null) return `${near} ${clockTime(at)}`;
  const date = dateLong(at);
  return Temporal.Instant.compare(at, now) > 0 ? `${date}, ${clockTime(at)}` : date;
}

function lowerNear(text: string): string {
  return text.replace(/^(Today|Yesterday)/, (word) => word.toLowerCase());
}

function month(at: Temporal.Instant): string {
  return monthLong(at);
}
