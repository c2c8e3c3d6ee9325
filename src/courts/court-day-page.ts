import type { SignedInViewer } from '../access/index.ts';
import { londonDate } from '../platform/clock.ts';
import { age, day as dayText, when } from '../platform/views/dates.ts';
import { dayHeading, dayRooms, receivedNote, shows, type DayShow } from './court-day.ts';
import type { CourtSite } from './court-day-store.ts';
import type { HandoverToCourt } from './court-parts.ts';
import type { CourtRequest } from './court-requests.ts';
import type { LoadedDay } from './load-court-day.ts';
import { roomName } from './room-name.ts';

/** What the viewer asked to see. */
export interface DayView {
  readonly day: Temporal.PlainDate;
  readonly show: DayShow;
  readonly whole: string | null;
}

const filterTexts: readonly { readonly show: DayShow; readonly text: string }[] = [
  { show: 'all', text: 'All courtrooms' },
  { show: 'known', text: 'We know' },
  { show: 'check', text: 'Check match' },
  { show: 'report', text: 'Report needed' },
  { show: 'cells', text: 'In the cells' },
];

/** The court day as its template takes it: every decision made here, none in the template. */
export function courtDayModel(
  court: CourtSite,
  loaded: LoadedDay,
  view: DayView,
  viewer: SignedInViewer,
  now: Temporal.Instant,
): Readonly<Record<string, unknown>> {
  const today = londonDate(now);
  const address = (change: Readonly<Record<string, string>>): string =>
    dayAddress(court.id, view.day, today, change);
  const listed = loaded.items.filter(({ line }) => !line.removed);
  const open = loaded.requests.filter((request) => request.answeredAt === null);
  const asking = loaded.notAsked + loaded.refused;
  return {
    now,
    liveTopics: [`court:${court.id}`],
    court,
    heading: dayHeading(view.day, today, now),
    received: receivedNote(
      loaded.items.map(({ row }) => row),
      now,
    ),
    dayLinks: [
      ...(view.day.equals(today) ? [] : [{ text: 'Today', href: `/courts/${court.id}` }]),
      {
        text: dayText(view.day.subtract({ days: 1 })),
        href: dayAddress(court.id, view.day.subtract({ days: 1 }), today, {}),
      },
      {
        text: view.day.equals(today) ? 'Tomorrow' : dayText(view.day.add({ days: 1 })),
        href: dayAddress(court.id, view.day.add({ days: 1 }), today, {}),
      },
    ],
    printHref: address({ room: 'every', print: 'yes' }),
    addHref: `/courts/${court.id}/add?day=${view.day.toString()}`,
    askHref: `/courts/${court.id}/requests/new?day=${view.day.toString()}`,
    filterItems: filterTexts.map(({ show, text }) => ({
      text,
      href: address(show === 'all' ? {} : { show }),
      count: listed.filter(({ line }) => shows(show, line)).length,
      current: view.show === show,
    })),
    rooms: dayRooms(loaded.items, {
      show: view.show,
      whole: view.whole,
      address: (room) => address({ room }),
    }),
    ...emptyWords(loaded, view),
    requests: open.map((request) => requestModel(request, loaded, viewer, now)),
    requestsNote: open.length === 0 ? undefined : `${open.length} open`,
    handovers: loaded.handovers.map((handover) => handoverModel(handover, now)),
    askAgain: askAgainWords(loaded),
    askAgainHref: asking === 0 ? null : address({ show: 'ask' }),
    askAgainLink: asking === 1 ? 'See the person' : `See the ${asking} people`,
    possibly: loaded.possibly,
    printedBy: viewer.name,
  };
}

/** The address of a court's day; today needs no day in it, so that the page left open stays today's. */
export function dayAddress(
  siteId: string,
  day: Temporal.PlainDate,
  today: Temporal.PlainDate,
  change: Readonly<Record<string, string>>,
): string {
  const query = new URLSearchParams({ ...(day.equals(today) ? {} : { day: day.toString() }), ...change });
  return `/courts/${siteId}${query.size === 0 ? '' : `?${query.toString()}`}`;
}

function emptyWords(loaded: LoadedDay, view: DayView): { emptyHeading: string; emptyText: string } {
  if (loaded.items.length === 0)
    return {
      emptyHeading: 'No list for this day yet',
      emptyText:
        'Lists arrive by themselves. If the court has sent one, ask your lead to look at data quality.',
    };
  const words: Readonly<Record<DayShow, string>> = {
    all: 'Nobody is listed.',
    known: 'Nobody on the list has been confirmed as somebody we know.',
    check: 'No match is waiting to be checked.',
    report: 'No report is waited for.',
    cells: 'The court has not marked anybody as held in custody.',
    ask: 'Everybody we know has agreed to a report to the court.',
  };
  return { emptyHeading: 'Nobody to show', emptyText: words[view.show] };
}

function requestModel(
  request: CourtRequest,
  loaded: LoadedDay,
  viewer: SignedInViewer,
  now: Temporal.Instant,
): Readonly<Record<string, unknown>> {
  const taken =
    request.takenByName === null
      ? ''
      : ` · ${request.takenBy === viewer.workerId ? 'You' : request.takenByName} will answer`;
  return {
    by: when(request.neededBy, now),
    about: requestAbout(request, loaded),
    question: request.question,
    source: `${request.askedBy} · ${when(request.askedAt, now)} · ${age(request.askedAt, now)} ago${taken}`,
    canTake: request.takenBy === null,
    takeHref: `/courts/requests/${request.id}/take`,
    answerHref: `/courts/requests/${request.id}/answer`,
  };
}

function requestAbout(request: CourtRequest, loaded: LoadedDay): string {
  const item = loaded.items.find(({ row }) => row.appearanceId === request.appearanceId);
  if (item === undefined) return request.about ?? 'Somebody on another day’s list';
  const room = roomName(item.row.room);
  return `${item.line.name}, ${room.charAt(0).toLowerCase()}${room.slice(1)}`;
}

function handoverModel(handover: HandoverToCourt, now: Temporal.Instant): Readonly<Record<string, unknown>> {
  const { acceptBy } = handover;
  const late = acceptBy !== null && Temporal.Instant.compare(acceptBy, now) < 0;
  const due =
    acceptBy === null
      ? 'No time to accept by yet.'
      : `${late ? 'Late, accept was due' : 'Accept by'} ${when(acceptBy, now)}.`;
  return {
    who: `${handover.personName}, from ${handover.from}`,
    shape: late ? 'now' : 'due',
    due: `${due} Sent ${when(handover.sentAt, now)}.`,
    matters: handover.matters,
    href: handover.href,
  };
}

function askAgainWords({ notAsked, refused }: LoadedDay): string {
  if (notAsked + refused === 0) return 'Nobody: everyone we know on this list has agreed to a report.';
  const first =
    notAsked === 0
      ? ''
      : `${notAsked === 1 ? '1 person has' : `${notAsked} people have`} not been asked if the court may have a report.`;
  const second = refused === 0 ? '' : `${refused} refused before and may be asked once more.`;
  return [first, second].filter((part) => part !== '').join(' ');
}

/** "10:00" of a sitting, for the pages beside the court day. */
export function timeOf(time: Temporal.PlainTime | null): string {
  return time === null ? 'time not given' : time.toString().slice(0, 5);
}
