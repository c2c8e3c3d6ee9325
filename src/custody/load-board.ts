import type { SignedInViewer } from '../access/index.ts';
import { earlierEpisodes, findPeople, openAlerts } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import type { CustodyParts } from './custody-parts.ts';
import { offersOfStays } from './offer-store.ts';
import { boardEntry, type BoardEntry } from './board-entry.ts';
import { eventsOfStays, type Stay } from './stay-store.ts';

/** Reads what the board shows of these stays, in the same number of queries for five and for fifty. */
export async function loadBoard(
  parts: Pick<CustodyParts, 'people' | 'findProgress'>,
  tx: Tx,
  viewer: SignedInViewer,
  stays: readonly Stay[],
  now: Temporal.Instant,
): Promise<readonly BoardEntry[]> {
  if (stays.length === 0) return [];
  const stayIds = stays.map((stay) => stay.id);
  const personIds = [...new Set(stays.map((stay) => stay.personId))];
  const people = await findPeople(tx, viewer, personIds);
  const events = await eventsOfStays(tx, viewer, stayIds);
  const offers = await offersOfStays(tx, viewer, stayIds);
  const alerts = await openAlerts(tx, viewer, personIds);
  const episodes = await earlierEpisodes(tx, viewer, personIds);
  const mayOpen = await parts.people.mayOpenThese(tx, viewer, people);
  const progress = await parts.findProgress(tx, viewer, personIds, now, people);
  return stays.flatMap((stay) => {
    const person = people.get(stay.personId);
    if (person === undefined) return [];
    return [
      boardEntry(
        {
          id: stay.id,
          person,
          state: stay,
          events: events.get(stay.id) ?? [],
          offers: offers.get(stay.id) ?? [],
          alerts: alerts.get(stay.personId) ?? [],
          earlierEpisodes: episodes.get(stay.personId) ?? 0,
          possibleMatches: stay.possibleMatches,
          confirmedKnown: stay.identity === 'confirmed-known',
          identityOpen: stay.identity === 'feed' || stay.identity === 'worker',
          assignedTo: stay.assignedTo,
          progress: progress.get(stay.personId) ?? null,
          mayOpen: mayOpen.has(stay.personId),
        },
        now,
      ),
    ];
  });
}
