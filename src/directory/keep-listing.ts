import { createHash } from 'node:crypto';
import type { JsonObject } from '../platform/pg-types.ts';
import { districtCentres, districtOfPostcode, districts, distanceKm, type District } from './places.ts';
import type { ServiceListing } from './service-listing.ts';

/** A listing as the database keeps it: dates as text. */
export function keptListing(listing: ServiceListing): JsonObject {
  return JSON.parse(JSON.stringify(listing)) as JsonObject;
}

const dateFields = ['assuredDate', 'validFrom', 'validTo'] as const;

/** The listing as it was before it was kept: every date is a Temporal value again. */
export function revivedListing(kept: unknown): ServiceListing {
  const revive = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => revive(item, ''));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revive(item, key)]));
    if (typeof value !== 'string') return value;
    if (dateFields.some((field) => field === name)) return Temporal.PlainDate.from(value);
    return name === 'lastModified' ? Temporal.Instant.from(value) : value;
  };
  return revive(kept, '') as ServiceListing;
}

// When a source last touched its record, and when it was last verified, are not differences a reader acts on.
const notADifference = new Set(['lastModified']);

/** The fields in which two listings differ, by name; the order of keys does not matter. */
export function differences(before: ServiceListing, after: ServiceListing): readonly string[] {
  const left = keptListing(before);
  const right = keptListing(after);
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  return names.filter((name) => !notADifference.has(name) && sorted(left[name]) !== sorted(right[name]));
}

function sorted(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) =>
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
        : item,
    ) ?? ''
  );
}

/** The first place where it is given in person, and the district that place is in. */
export function placeOfListing(listing: ServiceListing): {
  readonly lat: number | null;
  readonly lon: number | null;
  readonly district: District | null;
} {
  const place =
    listing.locations.find((location) => location.kind === 'physical' && location.lat !== undefined) ??
    listing.locations.find((location) => location.kind === 'physical');
  const postcode = place?.postcode === undefined ? undefined : districtOfPostcode(place.postcode);
  return {
    lat: place?.lat ?? null,
    lon: place?.lon ?? null,
    district: postcode ?? nearestDistrict(place?.lat, place?.lon),
  };
}

// The farthest corner of a district lies about this far from its middle; beyond it is outside Greater Manchester.
const DISTRICT_REACHES_KM = 12;

function nearestDistrict(lat: number | undefined, lon: number | undefined): District | null {
  if (lat === undefined || lon === undefined) return null;
  const near = districts
    .map((district) => ({ district, km: distanceKm({ lat, lon }, districtCentres[district]) }))
    .sort((a, b) => a.km - b.km)[0];
  return near === undefined || near.km > DISTRICT_REACHES_KM ? null : near.district;
}

/** SHA-256 of a file: the same file under the same feed is kept once. */
export function contentHash(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
