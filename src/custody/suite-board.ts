import type { BoardBand, BoardModel } from '../platform/views/board.ts';
import { counted } from '../platform/views/text.ts';
import type { BoardEntry } from './board-entry.ts';
import { boardRow, type RowView } from './board-row.ts';
import { compareBy, type Band } from './next-action.ts';

/** Counts that are also filters. */
export const boardFilters = {
  everyone: 'Everyone',
  now: 'Act now',
  'not-seen': 'Not seen',
  mine: 'Mine',
  'under-18': 'Under 18',
  voluntary: 'Voluntary',
  left: 'Left in last 12 hours',
} as const;
export type BoardFilter = keyof typeof boardFilters;

/** True when this entry stands under the filter. `left` is asked of those who have left, all others of those here. */
export function underFilter(entry: BoardEntry, filter: BoardFilter, viewerId: string): boolean {
  const left = entry.stay.state.endedAt !== null;
  switch (filter) {
    case 'left':
      return left;
    case 'everyone':
      return !left;
    case 'now':
      return !left && entry.next.band === 'now';
    case 'not-seen':
      return !left && !entry.seen;
    case 'mine':
      return !left && entry.stay.assignedTo?.id === viewerId;
    case 'under-18':
      return !left && entry.child === true;
    case 'voluntary':
      return !left && entry.stay.state.kind === 'voluntary-attendance';
  }
}

/** The board as somebody chose to see it. */
export interface BoardView extends RowView {
  readonly filter: BoardFilter;
}

const bands: readonly { readonly band: Band; readonly text: string }[] = [
  { band: 'now', text: 'Act now' },
  { band: 'shift', text: 'See this shift' },
  { band: 'waiting', text: 'Seen, waiting for someone else' },
  { band: 'nothing', text: 'Nothing due from us now' },
];

const columns: BoardModel['columns'] = [
  { text: 'Where', width: 'place' },
  { text: 'Person', width: 'person' },
  { text: 'Next action', width: 'next' },
  { text: 'Contact with us', width: 'contact' },
  { text: 'Alerts', width: 'alerts' },
  { text: 'Appropriate adult', width: 'adult' },
  { text: 'Time in custody' },
];

/** The board as its macro takes it: four bands, whoever runs out of time first is first. */
export function boardModel(entries: readonly BoardEntry[], view: BoardView): BoardModel {
  const shown = entries.filter((entry) => underFilter(entry, view.filter, view.viewerId));
  const caption = `Everyone detained or attending voluntarily at ${view.siteName}, most urgent first`;
  if (view.filter === 'left') {
    const rows = [...shown]
      .sort((a, b) =>
        Temporal.Instant.compare(b.stay.state.endedAt ?? view.now, a.stay.state.endedAt ?? view.now),
      )
      .map((entry) => boardRow(entry, view));
    const band: BoardBand = { text: 'Left in the last 12 hours', note: peopleNote(rows.length), rows };
    return { id: 'suite-board', caption, columns, bands: rows.length === 0 ? [] : [band] };
  }
  return {
    id: 'suite-board',
    caption,
    columns,
    bands: bands.flatMap(({ band, text }): readonly BoardBand[] => {
      const inBand = shown.filter((entry) => entry.next.band === band).sort(byTime);
      if (inBand.length === 0) return [];
      const note = `${peopleNote(inBand.length)}${bandNote(band, inBand)}`;
      return [{ text, note, now: band === 'now', rows: inBand.map((entry) => boardRow(entry, view)) }];
    }),
  };
}

function byTime(a: BoardEntry, b: BoardEntry): number {
  return (
    compareBy(a.next, b.next) ||
    Temporal.Instant.compare(a.stay.state.firstEventAt, b.stay.state.firstEventAt) ||
    (a.stay.id < b.stay.id ? -1 : 1)
  );
}

function peopleNote(count: number): string {
  return counted(count, 'person', 'people');
}

function bandNote(band: Band, entries: readonly BoardEntry[]): string {
  switch (band) {
    case 'now':
      return entries.length > 1 ? '. First to run out of time is first' : '';
    case 'shift':
      return entries.every((entry) => !entry.seen) ? ', not seen yet' : '';
    case 'waiting':
      return '';
    case 'nothing':
      return ', reason recorded';
  }
}

/** "Left in the last 12 hours: 9 people. 7 seen. 2 not seen: 1 released first, 1 declined." */
export function leftSummary(entries: readonly BoardEntry[]): {
  readonly lead: string;
  readonly text: string;
  readonly releasedFirst: readonly BoardEntry[];
} {
  const left = entries.filter((entry) => entry.stay.state.endedAt !== null);
  const seen = left.filter((entry) => entry.seen || entry.contact.state === 'accepted');
  const notSeen = left.filter((entry) => !seen.includes(entry));
  const declined = notSeen.filter((entry) => entry.contact.state === 'declined');
  const releasedFirst = notSeen.filter((entry) => entry.contact.state !== 'declined');
  const why = [
    releasedFirst.length === 0 ? null : `${releasedFirst.length} left first`,
    declined.length === 0 ? null : `${declined.length} declined`,
  ].filter((part) => part !== null);
  return {
    lead: `Left in the last 12 hours: ${left.length === 0 ? 'nobody' : peopleNote(left.length)}.`,
    text:
      left.length === 0
        ? ''
        : `${seen.length} seen. ${notSeen.length} not seen${why.length === 0 ? '' : `: ${why.join(', ')}`}.`,
    releasedFirst,
  };
}
