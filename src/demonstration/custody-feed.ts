import { parseCustodyEvents, receiveCustodyEvents } from '../custody/index.ts';
import { LONDON } from '../platform/clock.ts';
import type { Stage } from './stage.ts';

// Who passes through a suite, told as the police feed tells it and taken in through the same door. Times are minutes
// before a moment.

export interface StoryPerson {
  readonly given?: string;
  readonly family?: string;
  readonly preferred?: string;
  readonly description?: string;
  readonly born?: string;
  /** For the young: years and months on the day of the story, so that they stay as old as it says. */
  readonly aged?: readonly [years: number, months: number];
  readonly sex?: 'female' | 'male' | 'other';
  readonly nhs?: string;
  readonly pnc?: string;
  readonly address?: { readonly lines: string; readonly postcode?: string; readonly noFixedAbode?: boolean };
  readonly aliases?: readonly { readonly givenName: string; readonly familyName: string }[];
}

export interface StoryStay {
  readonly key: string;
  readonly person: StoryPerson;
  readonly suite: string;
  readonly place: string;
  readonly voluntary?: boolean;
  readonly basis?: string;
  /** Minutes ago. */
  readonly arrived: number;
  /** Further events: minutes ago, kind, and its detail; `inMinutes` dates what is still to come. */
  readonly later?: readonly (readonly [number, string, Readonly<Record<string, unknown>>?])[];
}

/** Replaced by a time so many minutes after the demonstration starts. */
export const at = (inMinutes: number): string => `+${String(inMinutes)}`;

const leaving: ReadonlySet<string> = new Set(['released', 'bailed', 'left', 'transferred']);

/** Which of a stay's events are told: what happened inside, how somebody left, or all of it. */
export type Told = 'inside' | 'leaving' | 'all';

/** Sends a stay through the feed's own door, so that it ends at `start`, and answers whose record it became. */
export async function tellStay(
  stage: Stage,
  stay: StoryStay,
  start: Temporal.Instant,
  which: Told = 'all',
): Promise<string> {
  const ago = (minutes: number): string => start.subtract({ minutes }).toString();
  const envelope = { force: '06', custodyNumber: `DEMO/${stay.key}/${ago(stay.arrived).slice(0, 10)}` };
  const followed = (stay.later ?? []).map(([minutes, kind, detail], index) => ({
    ...envelope,
    eventId: `${stay.key}-${String(index)}-${kind}-${ago(minutes)}`,
    kind,
    happenedAt: ago(minutes),
    detail: dated(detail ?? {}, start),
  }));
  const events = [
    ...(which === 'leaving' ? [] : [arrival(stay, envelope, ago(stay.arrived))]),
    ...followed.filter(({ kind }) => which === 'all' || leaving.has(kind) === (which === 'leaving')),
  ];
  const bytes = new TextEncoder().encode(JSON.stringify({ events }));
  const parsed = parseCustodyEvents(bytes, start);
  const received = await receiveCustodyEvents(stage.modules.custody, stage.feed, parsed);
  const personId = received.events.find((event) => event.personId !== null)?.personId;
  if (received.issues.length > 0 || typeof personId !== 'string')
    throw new Error(`The story of ${stay.key} was not taken as told: ${JSON.stringify(received.issues)}`);
  return personId;
}

function arrival(
  stay: StoryStay,
  envelope: Readonly<Record<string, string>>,
  happenedAt: string,
): Readonly<Record<string, unknown>> & { readonly kind: string } {
  const { person } = stay;
  return {
    ...envelope,
    eventId: `${stay.key}-arrived-${happenedAt}`,
    kind: 'arrived',
    happenedAt,
    stayKind: stay.voluntary === true ? 'voluntary-attendance' : 'detention',
    legalBasis: stay.basis ?? (stay.voluntary === true ? 'voluntary' : 'pace-arrest'),
    suite: { code: stay.suite },
    place: stay.place,
    person: {
      givenName: person.given,
      familyName: person.family,
      preferredName: person.preferred,
      description: person.description,
      birthDate: person.aged === undefined ? person.born : bornBefore(happenedAt, person.aged),
      sex: person.sex,
      nhsNumber: person.nhs,
      pncId: person.pnc,
      address: person.address,
      aliases: person.aliases,
    },
  };
}

function bornBefore(at: string, [years, months]: readonly [number, number]): string {
  const day = Temporal.Instant.from(at).toZonedDateTimeISO(LONDON).toPlainDate();
  return day.subtract({ years, months, days: 9 }).toString();
}

/** Puts moments in place of "+78" and of "today". */
function dated(
  detail: Readonly<Record<string, unknown>>,
  start: Temporal.Instant,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(detail).map(([name, value]) => {
      if (value === 'today') return [name, start.toZonedDateTimeISO(LONDON).toPlainDate().toString()];
      return typeof value === 'string' && /^\+-?\d+$/.test(value)
        ? [name, start.add({ minutes: Number(value.slice(1)) }).toString()]
        : [name, value];
    }),
  );
}
