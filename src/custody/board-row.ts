import { ageOn, displayName, type Person } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { BoardCell, BoardRow } from '../platform/views/board.ts';
import { clock as clockText, day as dayName } from '../platform/views/dates.ts';
import { counted } from '../platform/views/text.ts';
import { adultWords } from './appropriate-adult.ts';
import type { BoardEntry, BoardStay } from './board-entry.ts';
import { contactWords } from './contact.ts';
import { timeAndDay, type StayClock } from './stay-clock.ts';
import { chargeDecisionMove, type StayState } from './stay.ts';

/** Who looks at a row, and how much of it may be sent to the screen. */
export interface RowView {
  /** Names, ages, reasons and alerts are left out here, on the server: they never reach the screen. */
  readonly privacy: boolean;
  readonly viewerId: string;
  readonly siteName: string;
  readonly now: Temporal.Instant;
}

// Minutes for which an arrival is called new, and a moved charge decision is pointed out.
const NEW_FOR = 60;
const CHANGED_FOR = 60;

/** One row. The private row is a different row, made without the words it must not hold. */
export function boardRow(entry: BoardEntry, view: RowView): BoardRow {
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

function openCells(entry: BoardEntry, view: RowView, changed: Move): readonly BoardCell[] {
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

function privateCells(entry: BoardEntry, view: RowView, changed: Move): readonly BoardCell[] {
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
    .flatMap((part) => (part === null ? [] : Array.from(part.trim()).slice(0, 1)))
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
  // A description ("man, about 30") already says who and how old.
  const described = person.birthDate === null ? person.describedAs : null;
  const age =
    person.birthDate === null
      ? (described ?? 'Age not known')
      : `${ageOn(person.birthDate, londonDate(now))}`;
  const who = person.pronoun ?? (described === null ? sexWord(person.sex) : null);
  const known =
    stay.earlierEpisodes > 0
      ? counted(stay.earlierEpisodes, 'earlier episode', 'earlier episodes')
      : stay.confirmedKnown === true
        ? 'Known to us'
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
  view: RowView,
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

function whose(stay: BoardStay, view: RowView): string {
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
  return day === null ? text : `${text}. Court ${day.equals(londonDate(now)) ? 'today' : dayName(day)}`;
}
