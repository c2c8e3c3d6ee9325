import type { BoardBand, BoardCell, BoardModel, BoardRow } from '../platform/views/board.ts';
import { clock as clockText } from '../platform/views/dates.ts';
import { counted } from '../platform/views/text.ts';
import type { Alert, Person } from '../people/index.ts';
import { ageOn, displayName, isChild, pronouns } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import { contactFrom, contactWords, type Contact, type ContactOffer } from './contact.ts';
import {
  adultWords,
  compareBy,
  nextAction,
  type Band,
  type NextAction,
  type Progress,
} from './next-action.ts';
import { stayClock, timeAndDay, type StayClock } from './stay-clock.ts';
import { chargeDecisionMove, type StayEvent, type StayState } from './stay.ts';

/** Everything the board knows of one stay, read in a fixed number of queries. */
export interface BoardStay {
  readonly id: string;
  readonly person: Person;
  readonly state: StayState;
  readonly events: readonly StayEvent[];
  readonly offers: readonly ContactOffer[];
  readonly alerts: readonly Alert[];
  readonly earlierEpisodes: number;
  readonly possibleMatches: number;
  readonly identityOpen: boolean;
  readonly assignedTo: { readonly id: string; readonly name: string } | null;
  readonly progress: Progress | null;
  /** The viewer may open this person's page. */
  readonly mayOpen: boolean;
}

/** One stay with what was worked out from it. */
export interface BoardEntry {
  readonly stay: BoardStay;
  readonly clock: StayClock;
  readonly contact: Contact;
  readonly next: NextAction;
  readonly child: boolean | 'not-known';
  readonly seen: boolean;
}

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

// Minutes for which an arrival is called new, and a moved charge decision is pointed out.
const NEW_FOR = 60;
const CHANGED_FOR = 60;

/** Works out clock, contact and next action of one stay at `now`. */
export function boardEntry(stay: BoardStay, now: Temporal.Instant): BoardEntry {
  const { person, state, progress } = stay;
  const today = londonDate(now);
  const clock = stayClock(
    state,
    stay.events,
    person.birthDate === null ? 'not-known' : ageOn(person.birthDate, today),
    now,
  );
  const contact = contactFrom(stay.offers);
  const child = isChild(person.birthDate, today);
  return {
    stay,
    clock,
    contact,
    child,
    seen: progress?.seen === true,
    next: nextAction({ stay: state, clock, contact, progress, child, pronouns: pronouns(person), now }),
  };
}

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

export interface BoardView {
  readonly filter: BoardFilter;
  /** Names, ages, reasons and alerts are left out here, on the server: they never reach the screen. */
  readonly privacy: boolean;
  readonly viewerId: string;
  readonly siteName: string;
  readonly now: Temporal.Instant;
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

/** One row. The private row is a different row, made without the words it must not hold. */
export function boardRow(entry: BoardEntry, view: BoardView): BoardRow {
  const { stay, next } = entry;
  const left = stay.state.endedAt !== null;
  const move = chargeDecisionMove(stay.events);
  const changed =
    !left && move !== null && move.toldAt.until(view.now).total({ unit: 'minute' }) <= CHANGED_FOR
      ? move
      : null;
  const cells = view.privacy ? privateCells(entry, view, changed) : openCells(entry, view, changed);
  return {
    id: `stay-${stay.id}`,
    now: !left && next.band === 'now',
    changed: changed !== null,
    cells,
  };
}

type Move = NonNullable<ReturnType<typeof chargeDecisionMove>> | null;

function openCells(entry: BoardEntry, view: BoardView, changed: Move): readonly BoardCell[] {
  const { stay, clock, contact, next, child } = entry;
  const { person, state } = stay;
  const { now } = view;
  const name = displayName(person);
  const href = `/people/${person.id}`;
  const adult = adultWords(state, child, now);
  const ofContact =
    stay.progress !== null
      ? { shape: stay.progress.shape, text: stay.progress.text, source: stay.progress.source }
      : contactWords(
          contact,
          { arrivedAt: state.arrivedAt ?? state.firstEventAt, inInterview: inInterview(state, now) },
          now,
        );
  return [
    placeCell(state),
    {
      kind: 'name',
      text: person.givenName === null && person.familyName === null ? 'Name not given' : name,
      ...(stay.mayOpen && { href }),
      ...newBadge(state, now),
      source: aboutLine(stay, now),
      ...(stay.mayOpen &&
        stay.identityOpen &&
        stay.possibleMatches > 0 && {
          act: {
            href: `${href}/identity`,
            text: counted(stay.possibleMatches, 'possible match', 'possible matches'),
            about: name,
          },
        }),
    },
    nextCell(entry, view, {
      text: state.endedAt === null ? next.text : leftText(state, now),
      note: next.note,
      about: name,
      changed:
        changed === null ? null : `Changed ${clockText(changed.toldAt)}, was ${timeAndDay(changed.was, now)}`,
    }),
    { kind: 'status', label: 'Contact', ...ofContact },
    {
      kind: 'list',
      label: 'Alerts',
      items: stay.alerts.slice(0, 3).map((alert) => alert.what),
      empty: 'None recorded',
    },
    {
      kind: 'status',
      label: 'Appropriate adult',
      shape: adult.shape,
      text: adult.text,
      ...(adult.source !== null && { source: adult.source }),
    },
    clockCell(clock, clock.lines),
  ];
}

function privateCells(entry: BoardEntry, view: BoardView, changed: Move): readonly BoardCell[] {
  const { stay, clock, contact, next, child } = entry;
  const { person, state } = stay;
  const { now } = view;
  const adult = adultWords(state, child, now);
  const contactShape = entry.seen
    ? ({ shape: 'done', text: 'Seen' } as const)
    : stay.progress !== null || contact.state === 'accepted'
      ? ({ shape: 'wait', text: 'Under way' } as const)
      : contact.state === 'declined'
        ? ({ shape: 'stop', text: 'Declined' } as const)
        : ({ shape: 'none', text: 'Not seen' } as const);
  const adultCell: BoardCell =
    adult.shape === 'now' || (adult.waiting && state.adultRequestedAt !== null)
      ? { kind: 'status', label: 'Appropriate adult', shape: adult.shape, text: 'Waiting' }
      : adult.waiting
        ? { kind: 'status', label: 'Appropriate adult', shape: 'none', text: 'Not known' }
        : { kind: 'list', label: 'Appropriate adult', items: [], empty: 'Nothing due' };
  return [
    placeCell(state),
    {
      kind: 'name',
      text: initials(person),
      ...(stay.mayOpen && { href: `/people/${person.id}` }),
      ...newBadge(state, now),
    },
    nextCell(entry, view, {
      text: state.endedAt === null ? next.verb : 'Left',
      note: null,
      about: initials(person),
      changed: changed === null ? null : `Changed ${clockText(changed.toldAt)}`,
    }),
    { kind: 'status', label: 'Contact', ...contactShape },
    {
      kind: 'list',
      label: 'Alerts',
      items: stay.alerts.length === 0 ? [] : [counted(stay.alerts.length, 'alert', 'alerts')],
      empty: 'None recorded',
    },
    adultCell,
    // Only "of 24h, to 22:41": the legal basis, an extension and a charge stay behind.
    state.chargedAt !== null || clock.endsAt === null
      ? { kind: 'clock', text: 'No clock' }
      : clockCell(clock, clock.lines.slice(0, 1)),
  ];
}

/** "GP", or "Not given". */
export function initials(person: Pick<Person, 'givenName' | 'familyName'>): string {
  const letters = [person.givenName, person.familyName]
    .flatMap((part) => (part === null ? [] : [[...part.trim()][0] ?? '']))
    .join('')
    .toUpperCase();
  return letters === '' ? 'Not given' : letters;
}

function placeCell(state: StayState): BoardCell {
  const voluntary = state.kind === 'voluntary-attendance';
  return {
    kind: 'place',
    text: state.place ?? (voluntary ? 'V' : '–'),
    note: voluntary ? 'Voluntary' : state.place === null ? 'No cell yet' : 'Cell',
  };
}

function newBadge(state: StayState, now: Temporal.Instant): { badge?: string } {
  if (state.arrivedAt === null || state.endedAt !== null) return {};
  const minutes = state.arrivedAt.until(now).total({ unit: 'minute' });
  return minutes >= 0 && minutes < NEW_FOR ? { badge: `New ${clockText(state.arrivedAt)}` } : {};
}

/** "52, he. 5 earlier episodes". */
function aboutLine(stay: BoardStay, now: Temporal.Instant): string {
  const { person } = stay;
  const age =
    person.birthDate === null
      ? (person.describedAs ?? 'Age not known')
      : `${ageOn(person.birthDate, londonDate(now))}`;
  const who = person.pronoun === null ? sexWord(person.sex) : person.pronoun;
  const known =
    stay.earlierEpisodes > 0
      ? counted(stay.earlierEpisodes, 'earlier episode', 'earlier episodes')
      : stay.identityOpen && stay.possibleMatches > 0
        ? 'Not checked yet'
        : 'Not known to us';
  return `${age}${who === null ? '' : `, ${who}`}. ${known}`;
}

function sexWord(sex: string | null): string | null {
  return sex === 'female' ? 'woman' : sex === 'male' ? 'man' : null;
}

function nextCell(
  entry: BoardEntry,
  view: BoardView,
  say: {
    readonly text: string;
    readonly note: string | null;
    readonly about: string;
    readonly changed: string | null;
  },
): BoardCell {
  const { stay, next } = entry;
  const { now } = view;
  if (stay.state.endedAt !== null)
    return {
      kind: 'next',
      when: timeAndDay(stay.state.endedAt, now),
      text: say.text,
      ...(stay.assignedTo !== null && { source: `${whose(stay, view)}.` }),
    };
  const person = `/people/${stay.person.id}`;
  const href =
    next.leadsTo === null
      ? null
      : typeof next.leadsTo === 'object'
        ? next.leadsTo.href
        : `${person}/${next.leadsTo === 'contact' ? 'contact' : 'custody'}`;
  const late = next.by !== null && Temporal.Instant.compare(next.by, now) < 0;
  const who = whose(stay, view);
  return {
    kind: 'next',
    text: say.text,
    ...(next.by !== null && { when: `${late ? 'Late, ' : ''}${timeAndDay(next.by, now)}` }),
    ...(next.band === 'now' && { now: true }),
    ...(href !== null && stay.mayOpen && { href, about: say.about }),
    source: [say.note, who].filter((part) => part !== null).join('. ') + (view.privacy ? '' : '.'),
    ...(stay.assignedTo === null &&
      stay.mayOpen &&
      !view.privacy && { act: { href: `${person}/assign`, text: 'Assign', about: say.about } }),
    ...(say.changed !== null && { badge: say.changed }),
  };
}

function whose(stay: BoardStay, view: BoardView): string {
  if (stay.assignedTo === null) return 'Nobody yet';
  return stay.assignedTo.id === view.viewerId ? 'You' : stay.assignedTo.name;
}

function clockCell(clock: StayClock, lines: readonly string[]): BoardCell {
  return {
    kind: 'clock',
    text: clock.big,
    ...(clock.share !== null && { share: clock.share, late: clock.late }),
    ...(lines.length > 0 && { source: lines }),
  };
}

function inInterview(state: StayState, now: Temporal.Instant): boolean {
  if (state.interviewAt === null || Temporal.Instant.compare(state.interviewAt, now) > 0) return false;
  return state.interviewEndsAt === null || Temporal.Instant.compare(state.interviewEndsAt, now) > 0;
}

function leftText(state: StayState, now: Temporal.Instant): string {
  const outcome: Readonly<Record<string, string>> = {
    'charged-bailed': 'Left: charged and bailed',
    'charged-remanded': 'Left for court, in custody',
    'released-bail': 'Left on bail',
    'released-under-investigation': 'Left, under investigation',
    'no-further-action': 'Left, no further action',
    'community-resolution': 'Left, community resolution',
    'voluntary-left': 'Left',
    transferred: 'Moved elsewhere',
    other: 'Left',
  };
  const text = outcome[state.outcome ?? 'other'] ?? 'Left';
  const day = state.courtDate;
  return day === null
    ? text
    : `${text}. Court ${day.equals(londonDate(now)) ? 'today' : day.toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })}`;
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
