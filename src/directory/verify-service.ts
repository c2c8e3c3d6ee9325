import { auditActor, databaseContext, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { londonDate } from '../platform/clock.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { lockService, replaceListing, serviceById } from './directory-store.ts';
import type { ImportParts } from './import-listings.ts';

/**
 * Somebody rang and the listing is right: it counts as verified today, by them. Refuses a service that has gone
 * from its feed. Twice on one day changes nothing.
 */
export async function verifyService(
  parts: ImportParts,
  viewer: SignedInViewer,
  serviceId: string,
  reference: string,
): Promise<Outcome<void, 'not-found' | 'gone'>> {
  const now = parts.clock.now();
  const today = londonDate(now);
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    await lockService(tx, serviceId);
    const service = await serviceById(tx, viewer, serviceId);
    if (service === null) return refused('not-found', 'There is no such service.');
    if (service.gone)
      return refused('gone', 'This service is no longer in its feed, so it cannot be verified.');
    if (service.verifiedOn?.equals(today) === true && service.verifiedBy === viewer.name)
      return done(undefined);
    // The feed's own verifier's address says nothing about today's date any more.
    const { assuredBy: _before, ...rest } = service.listing;
    const listing = { ...rest, assuredDate: today };
    await replaceListing(tx, viewer, service, listing, {
      changed: ['assuredDate'],
      cause: 'verified',
      verifiedBy: viewer.name,
      byName: viewer.name,
      now,
    });
    await recordAudit(tx, now, auditActor(viewer, reference), {
      action: 'changed',
      subjectKind: 'service',
      subjectId: serviceId,
      detail: { verified: today.toString() },
    });
    return done(undefined);
  });
}
