import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import { servicesForNeed, type ServiceSummary } from './directory-store.ts';
import { rankServices, type RankedService } from './rank-services.ts';
import type { ServiceExperience, ServiceSeeker } from './service-seeker.ts';

/** A service in the order of fit, with its reasons. */
export interface FoundService extends Omit<RankedService, 'listing'> {
  readonly service: ServiceSummary;
}

/** Nothing is known of how our referrals went. */
const noExperience: ServiceExperience = { tracks: new Map(), tried: [] };

/**
 * Services for a need, best first, each with its reasons in words; those that do not fit come last, with why.
 * `experience` is keyed by our service id (a feed's own ids are unique within the feed only).
 */
export async function findServices(
  tx: Tx,
  viewer: Viewer,
  query: {
    readonly seeker: ServiceSeeker;
    readonly experience?: ServiceExperience;
    readonly today: Temporal.PlainDate;
  },
): Promise<readonly FoundService[]> {
  const services = await servicesForNeed(tx, viewer, query.seeker.need);
  return rankFor(services, query.seeker, query.experience ?? noExperience, query.today);
}

/** Ranks services that are already at hand. */
function rankFor(
  services: readonly ServiceSummary[],
  seeker: ServiceSeeker,
  experience: ServiceExperience,
  today: Temporal.PlainDate,
): readonly FoundService[] {
  const byId = new Map(services.map((service) => [service.id, service]));
  const ranked = rankServices(
    services.map((service) => ({ ...service.listing, externalId: service.id })),
    seeker,
    experience,
    today,
  );
  return ranked.flatMap(({ listing, ...rest }) => {
    const service = byId.get(listing.externalId);
    return service === undefined ? [] : [{ ...rest, service }];
  });
}
