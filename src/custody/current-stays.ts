import type { Viewer } from '../access/index.ts';
import { ageOn, findPeople } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { stayClock } from './stay-clock.ts';
import type { StayEvent } from './stay.ts';
import { eventsOfStays, openStaysOf, staysOfPeople, type Stay } from './stay-store.ts';

/** A stay as the other modules see it. */
export interface CurrentStay {
  readonly id: string;
  readonly personId: string;
  readonly kind: 'detention' | 'voluntary-attendance';
  readonly siteId: string;
  readonly siteName: string;
  readonly place: string | null;
  readonly custodyNumber: string | null;
  readonly arrivedAt: Temporal.Instant;
  readonly clock: null | {
    readonly elapsedMinutes: number;
    readonly limitMinutes: number;
    readonly endsAt: Temporal.Instant;
    readonly reviewDueAt: Temporal.Instant | null;
    readonly words: string;
  };
  readonly chargedAt: Temporal.Instant | null;
  readonly chargeDecisionAt: Temporal.Instant | null;
  readonly investigator: string | null;
  readonly investigatorContact: string | null;
  readonly solicitor: string | null;
  readonly assignedTo: { readonly id: string; readonly name: string } | null;
  readonly endedAt: Temporal.Instant | null;
  readonly outcome: string | null;
}

function toCurrent(
  stay: Stay,
  events: readonly StayEvent[],
  age: number | 'not-known',
  now: Temporal.Instant,
): CurrentStay {
  const clock = stayClock(stay, events, age, now);
  return {
    id: stay.id,
    personId: stay.personId,
    kind: stay.kind,
    siteId: stay.siteId ?? '',
    siteName: stay.siteName ?? 'Suite not known',
    place: stay.place === null ? null : placeWords(stay),
    custodyNumber: stay.custodyNumber,
    arrivedAt: stay.arrivedAt ?? stay.firstEventAt,
    clock:
      clock.limitMinutes === null || clock.endsAt === null
        ? null
        : {
            elapsedMinutes: clock.elapsedMinutes,
            limitMinutes: clock.limitMinutes,
            endsAt: clock.endsAt,
            reviewDueAt: clock.reviewDueAt,
            words: `${clock.big} ${clock.lines[0] ?? ''}`,
          },
    chargedAt: stay.chargedAt,
    chargeDecisionAt: stay.chargeDecisionAt,
    investigator: stay.investigatorName,
    investigatorContact: stay.investigatorContact,
    solicitor: stay.solicitor,
    assignedTo: stay.assignedTo,
    endedAt: stay.endedAt,
    outcome: stay.outcome,
  };
}

/** "cell 7", "V2". */
export function placeWords(stay: Pick<Stay, 'kind' | 'place'>): string {
  if (stay.place === null) return '';
  return stay.kind === 'detention' && /^\d+$/.test(stay.place) ? `cell ${stay.place}` : stay.place;
}

/** Of these people, the stay each of them is in now; three queries whatever the number of people. */
export async function currentStays(
  tx: Tx,
  viewer: Viewer,
  personIds: readonly string[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, CurrentStay>> {
  const open = await openStaysOf(tx, viewer, personIds);
  return byPerson(await complete(tx, viewer, open, now));
}

/** Every stay of one person, the newest first. */
export async function staysOf(
  tx: Tx,
  viewer: Viewer,
  personId: string,
  now: Temporal.Instant,
): Promise<readonly CurrentStay[]> {
  return complete(tx, viewer, await staysOfPeople(tx, viewer, [personId]), now);
}

async function complete(
  tx: Tx,
  viewer: Viewer,
  stays: readonly Stay[],
  now: Temporal.Instant,
): Promise<readonly CurrentStay[]> {
  const events = await eventsOfStays(
    tx,
    viewer,
    stays.map((stay) => stay.id),
  );
  const people = await findPeople(
    tx,
    viewer,
    stays.map((stay) => stay.personId),
  );
  return stays.map((stay) => {
    const birthDate = people.get(stay.personId)?.birthDate ?? null;
    const age = birthDate === null ? 'not-known' : ageOn(birthDate, londonDate(now));
    return toCurrent(stay, events.get(stay.id) ?? [], age, now);
  });
}

function byPerson(stays: readonly CurrentStay[]): ReadonlyMap<string, CurrentStay> {
  const found = new Map<string, CurrentStay>();
  for (const stay of stays) if (!found.has(stay.personId)) found.set(stay.personId, stay);
  return found;
}
