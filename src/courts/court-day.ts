import { clock, day as dayText, when } from '../platform/views/dates.ts';
import type { DayRow } from './court-day-store.ts';
import type { DayLine } from './court-line.ts';
import { hearingWords, roomName } from './room-name.ts';

// The list by courtroom, from the lines that court-line.ts words. Pure.

/** A courtroom with its people. */
export interface DayRoom {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly lines: readonly DayLine[];
  /** How many are left out because nothing is due for them, and where to see them. */
  readonly hidden: number;
  readonly showAll: string | null;
}

export type DayShow = 'all' | 'known' | 'check' | 'report' | 'cells' | 'ask';

/** Which lines a filter shows. */
export function shows(show: DayShow, line: DayLine): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'known':
      return line.isKnown;
    case 'check':
      return line.toCheck;
    case 'report':
      return line.reportNeeded;
    case 'cells':
      return line.inCells;
    case 'ask':
      return line.toAsk;
  }
}

const AT_FIRST = 8;

/** The list by courtroom, each in the order of the list. A long room shows those who matter to us and says how many more. */
export function dayRooms(
  rows: readonly { readonly row: DayRow; readonly line: DayLine }[],
  view: { readonly show: DayShow; readonly whole: string | null; readonly address: (room: string) => string },
): readonly DayRoom[] {
  const rooms = new Map<string, { row: DayRow; line: DayLine }[]>();
  for (const item of rows) {
    const key = roomName(item.row.room);
    rooms.set(key, [...(rooms.get(key) ?? []), item]);
  }
  return [...rooms].flatMap(([title, items]): DayRoom[] => {
    const chosen = items.filter(({ line }) => shows(view.show, line));
    if (chosen.length === 0) return [];
    const id = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const whole =
      view.show !== 'all' || view.whole === id || view.whole === 'every' || chosen.length <= AT_FIRST + 2;
    const lines = whole ? chosen.map(({ line }) => line) : shortened(chosen.map(({ line }) => line));
    const hidden = chosen.length - lines.length;
    return [
      {
        id,
        title: `${title}${kindOf(items.map(({ row }) => row))}`,
        note: roomNote(items),
        lines,
        hidden,
        showAll: hidden > 0 ? view.address(id) : null,
      },
    ];
  });
}

function shortened(lines: readonly DayLine[]): readonly DayLine[] {
  const mattering = lines.filter((line) => line.matters).length;
  let spare = Math.max(0, AT_FIRST - mattering);
  return lines.filter((line) => line.matters || (!line.removed && spare-- > 0));
}

function kindOf(rows: readonly DayRow[]): string {
  if (rows.length > 0 && rows.every((row) => row.youth === 'yes')) return ', youth';
  if (rows.length > 0 && rows.every((row) => row.remandStatus === 'custody')) return ', custody';
  const types = new Set(rows.map((row) => hearingWords(row.hearingType)));
  const [type] = types;
  return types.size === 1 && type !== null && type !== undefined
    ? `, ${type.charAt(0).toLowerCase()}${type.slice(1)}`
    : '';
}

function roomNote(items: readonly { readonly row: DayRow; readonly line: DayLine }[]): string {
  const listed = items.filter(({ line }) => !line.removed);
  const starts = items.flatMap(({ row }) =>
    row.startTime === null ? [] : [row.startTime.toString().slice(0, 5)],
  );
  const known = listed.filter(({ line }) => line.isKnown).length;
  const people = listed.length === 1 ? '1 person' : `${listed.length} people`;
  return [
    starts.length === 0 ? 'Time not given' : starts.sort()[0],
    known === 0 ? people : `${people}, ${known} we know`,
  ].join('. ');
}

/** "Lists received 08:41." and when something last changed. */
export function receivedNote(rows: readonly DayRow[], now: Temporal.Instant): string {
  if (rows.length === 0) return 'No list has been received for this day.';
  const instants = (pick: (row: DayRow) => Temporal.Instant) =>
    rows.map(pick).sort((a, b) => Temporal.Instant.compare(b, a))[0];
  const received = instants((row) => row.firstReceivedAt);
  const changed = instants((row) => row.changedAt);
  if (received === undefined || changed === undefined) return '';
  const later = Temporal.Instant.compare(changed, received) > 0 ? ` Last change ${when(changed, now)}.` : '';
  return `Lists received ${when(received, now)}.${later}`;
}

/** "Tue 24 Nov, 09:15" today; only the day otherwise. */
export function dayHeading(
  day: Temporal.PlainDate,
  today: Temporal.PlainDate,
  now: Temporal.Instant,
): string {
  return day.equals(today) ? `${dayText(day)}, ${clock(now)}` : dayText(day);
}
