import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import type { CustodyParts, StayEnded } from './custody-parts.ts';
import type { Stay } from './stay-store.ts';
import { addStayEvents, type NewStayEvent } from './stay-writes.ts';

/** The parts a change of a stay needs: what must happen when somebody is charged or leaves. */
export type StayChangeParts = Pick<CustodyParts, 'onEnded' | 'onCharged'>;

/**
 * Adds facts to a stay that is locked, tells those who wait for a charge or a departure, and wakes the boards.
 * Used by the feed and by hand alike, so that both have the same effects.
 */
export async function recordStayEvents(
  parts: StayChangeParts,
  tx: Tx,
  viewer: Viewer,
  before: Stay,
  events: readonly NewStayEvent[],
  now: Temporal.Instant,
): Promise<{ readonly stay: Stay; readonly added: number }> {
  const { stay, added } = await addStayEvents(tx, viewer, before, events, now);
  if (added > 0) {
    const told = (how: StayEnded['how'], at: Temporal.Instant): StayEnded => ({
      personId: stay.personId,
      stayId: stay.id,
      siteId: stay.siteId,
      how,
      at,
      courtSiteId: stay.courtSiteId,
      courtDate: stay.courtDate,
      was: before.outcome,
    });
    if (stay.chargedAt !== null && before.chargedAt === null)
      await parts.onCharged(tx, viewer, told(stay.outcome ?? 'charged-remanded', stay.chargedAt));
    if (stay.endedAt !== null && stay.outcome !== null && stay.outcome !== before.outcome)
      await parts.onEnded(tx, viewer, told(stay.outcome, stay.endedAt));
    await touchStay(tx, before, stay);
  }
  return { stay, added };
}

/** Wakes the boards that show this stay and the pages of its person. */
export async function touchStay(
  tx: Tx,
  ...stays: readonly Pick<Stay, 'siteId' | 'personId'>[]
): Promise<void> {
  const topics = stays.flatMap((stay) => [
    stay.siteId === null ? 'suite:unplaced' : `suite:${stay.siteId}`,
    `person:${stay.personId}`,
  ]);
  await touch(tx, [...new Set(topics)]);
}
