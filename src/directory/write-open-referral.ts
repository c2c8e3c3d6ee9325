import { needLabel } from '../people/index.ts';
import { derivedId, uuidFor } from './derived-id.ts';
import type { JsonObject } from './json-reading.ts';
import { present } from './json-reading.ts';
import { needsFromTerms, needsTaxonomy } from './needs-from-terms.ts';
import { capacityTaxonomy, groupsTaxonomy } from './read-listing.ts';
import type {
  ListedLocation,
  ListedOrganisation,
  ListedTerm,
  ServiceCapacity,
  ServiceGroup,
  ServiceListing,
} from './service-listing.ts';
import { waitingWords } from './waiting-time.ts';

const groupLabels: Readonly<Record<ServiceGroup, string>> = {
  women: 'Women only',
  men: 'Men only',
  'armed-forces-community': 'Armed forces community only',
};

const capacityLabels: Readonly<Record<ServiceCapacity, string>> = {
  'places-now': 'Has places now',
  'waiting-list': 'Has a waiting list',
  full: 'Not taking people at the moment',
};

/** An organisation as Open Referral UK 3.0; the standard requires a description, so its name stands in for one. */
function writeOrganisation(organisation: ListedOrganisation): JsonObject {
  return {
    id: uuidFor('organization', organisation.externalId ?? organisation.name),
    name: organisation.name,
    description: organisation.description ?? organisation.name,
    ...present({ website: organisation.url, email: organisation.email }),
  };
}

function writeLocation(location: ListedLocation, id: (...part: readonly string[]) => string): JsonObject {
  const { lines, town, county, postcode } = location;
  const hasAddress = lines.length > 0 || town !== undefined || county !== undefined || postcode !== undefined;
  const address = {
    id: id('address'),
    ...present({
      address_1: lines[0],
      address_2: lines.length > 1 ? lines.slice(1).join(', ') : undefined,
      city: town,
      state_province: county,
      postal_code: postcode,
    }),
    country: 'GB',
    address_type: location.kind,
  };
  return {
    id: id('location'),
    location_type: location.kind,
    ...present({ name: location.name, latitude: location.lat, longitude: location.lon }),
    ...(hasAddress ? { addresses: [address] } : {}),
    ...(location.accessibility.length === 0
      ? {}
      : {
          accessibility: location.accessibility.map((description, at) => ({
            id: id('accessibility', `${at}`),
            description,
          })),
        }),
  };
}

/** Our own facts and the source's terms as attributes: the standard's place for what it has no field for. */
function writeTerms(listing: ServiceListing): readonly ListedTerm[] {
  const known = new Set(needsFromTerms(listing.terms));
  return [
    ...listing.terms,
    // a need that a term of the source already names is not said twice
    ...listing.needs
      .filter((need) => !known.has(need))
      .map((need) => ({ name: needLabel(need), taxonomy: needsTaxonomy, code: need })),
    ...listing.onlyFor.map((group) => ({ name: groupLabels[group], taxonomy: groupsTaxonomy, code: group })),
    ...(listing.capacity === undefined
      ? []
      : [{ name: capacityLabels[listing.capacity], taxonomy: capacityTaxonomy, code: listing.capacity }]),
  ];
}

/**
 * A listing as an Open Referral UK 3.0 service, full form, with ids that do not change between publications.
 * Valid by `readDirectory` when the listing has a description, an organisation, a way to reach it and whole
 * addresses; what the listing lacks is left out, never made up. Status `unknown` is published as `inactive`:
 * the standard has no word for it, and `active` would be a claim.
 */
export function writeService(listing: ServiceListing): JsonObject {
  const own = uuidFor('service', listing.externalId);
  const id = (...part: readonly string[]): string => derivedId(own, ...part);
  const list = (name: string, items: readonly JsonObject[]): JsonObject =>
    items.length === 0 ? {} : { [name]: items };
  return {
    id: own,
    name: listing.name,
    ...present({ description: listing.description, url: listing.url, email: listing.email }),
    status:
      listing.status === 'temporarily-closed'
        ? 'temporarily closed'
        : listing.status === 'unknown'
          ? 'inactive'
          : listing.status,
    ...present({
      minimum_age: listing.minAge,
      maximum_age: listing.maxAge,
      eligibility_description: listing.eligibility,
      interpretation_services: listing.interpretation,
      fees_description: listing.fees,
      application_process: listing.howToRefer,
      wait_time:
        listing.waitingTimeDays === undefined
          ? listing.waitingTimeText
          : waitingWords(listing.waitingTimeDays),
      alert: listing.alert,
      assured_date: listing.assuredDate?.toString(),
      assurer_email: listing.assuredBy,
      last_modified: listing.lastModified?.toString(),
      organization: listing.organisation === undefined ? undefined : writeOrganisation(listing.organisation),
    }),
    ...list(
      'phones',
      listing.phones.map((phone) => ({ id: id('phone', phone.number), ...phone })),
    ),
    ...list(
      'languages',
      listing.languages.map((name) => ({ id: id('language', name), name })),
    ),
    ...list(
      'cost_options',
      listing.costs.map((cost, at) => ({
        id: id('cost', `${at}`),
        ...present({
          option: cost.option,
          amount: cost.amount,
          currency: cost.currency,
          amount_description: cost.description,
        }),
      })),
    ),
    ...list(
      'service_areas',
      listing.areas.map((area, at) => ({
        id: id('area', `${at}`),
        name: area.name,
        ...present({ extent: area.extent, extent_type: area.extentType, uri: area.uri }),
      })),
    ),
    ...list(
      'schedules',
      listing.schedules.map((schedule, at) => ({
        id: id('schedule', `${at}`),
        ...present({
          freq: schedule.frequency,
          interval: schedule.interval,
          byday: schedule.days.length === 0 ? undefined : schedule.days.join(','),
          bymonthday: schedule.monthDays,
          opens_at: schedule.opensAt,
          closes_at: schedule.closesAt,
          valid_from: schedule.validFrom?.toString(),
          valid_to: schedule.validTo?.toString(),
          description: schedule.description,
          attending_type: schedule.attending,
          notes: schedule.notes,
        }),
      })),
    ),
    ...list(
      'service_at_locations',
      listing.locations.map((location, at) => ({
        id: id('at', `${at}`),
        location: writeLocation(location, (...part) => id('at', `${at}`, ...part)),
      })),
    ),
    ...list(
      'attributes',
      writeTerms(listing).map((term, at) => ({
        id: id('attribute', `${at}`),
        link_entity: 'service',
        taxonomy_term: {
          id: derivedId('term', term.taxonomy ?? '', term.code ?? '', term.name),
          name: term.name,
          description: term.name,
          ...present({ taxonomy: term.taxonomy, code: term.code, term_uri: term.uri }),
        },
      })),
    ),
  };
}

/** A page of a list in the envelope of Open Referral UK 3.0. Pages count from 1; an empty list is one empty page. */
export function writePage(
  contents: readonly JsonObject[],
  place: { readonly page: number; readonly pages: number; readonly total: number },
): JsonObject {
  return {
    total_items: place.total,
    total_pages: place.pages,
    page_number: place.page,
    size: contents.length,
    first_page: place.page === 1,
    last_page: place.page >= place.pages,
    empty: contents.length === 0,
    contents,
  };
}

/** A whole directory as one page of full services. */
export function writeDirectory(listings: readonly ServiceListing[]): JsonObject {
  return writePage(listings.map(writeService), { page: 1, pages: 1, total: listings.length });
}
