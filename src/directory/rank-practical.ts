import { distanceKm, districtCentres, districtOfPostcode } from './places.ts';
import type { Position } from './places.ts';
import type { RankReason } from './rank-fit.ts';
import type { ServiceSeeker } from './service-seeker.ts';
import type { ListedLocation, ServiceListing } from './service-listing.ts';

/** Whole months from which a listing is to be checked first, and from which it may well be wrong. */
const checkAfterMonths = 3;
const staleAfterMonths = 12;

/** "today", "12 days ago", "3 months ago", "2 years ago": whole units, rounded down. */
export function agoInWords(day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const { years, months, days } = day.until(today, { largestUnit: 'year' });
  const say = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'} ago`;
  if (years > 0) return say(years, 'year');
  if (months > 0) return say(months, 'month');
  return days <= 0 ? 'today' : say(days, 'day');
}

/**
 * How lately the listing was verified, in bands (0 fresh, 1 check first, 2 may be wrong or never verified), and the
 * words. A date that is still to come is no verification.
 */
export function freshnessOf(
  listing: ServiceListing,
  today: Temporal.PlainDate,
): { readonly key: number; readonly reason: RankReason } {
  const on = listing.assuredDate;
  const told = (key: number, words: string): { readonly key: number; readonly reason: RankReason } => ({
    key,
    reason: { about: 'verified', effect: key === 0 ? 'for' : 'note', words },
  });
  if (on === undefined) return told(2, 'Nobody has said when this was verified: check first');
  if (Temporal.PlainDate.compare(on, today) > 0)
    return told(2, 'Its verified date is still to come: check first');
  const { months } = on.until(today, { largestUnit: 'month' });
  const ago = agoInWords(on, today);
  if (months >= staleAfterMonths) return told(2, `Verified ${ago}: may be out of date, check first`);
  return months >= checkAfterMonths ? told(1, `Verified ${ago}: check first`) : told(0, `Verified ${ago}`);
}

/** Days of waiting for the order; an unknown wait counts as four weeks, so that silence is not rewarded. */
export function waitOf(listing: ServiceListing): number {
  return listing.waitingTimeDays ?? 28;
}

function positionOf(location: ListedLocation): Position | undefined {
  if (location.lat !== undefined && location.lon !== undefined)
    return { lat: location.lat, lon: location.lon };
  const district = location.postcode === undefined ? undefined : districtOfPostcode(location.postcode);
  return district === undefined ? undefined : districtCentres[district];
}

/**
 * Kilometres from the middle of the person's district to the nearest place of the service, 0 when it is given by
 * phone or online; nothing when either end is not known. Worked out here: no third party learns anything.
 */
export function distanceOf(listing: ServiceListing, seeker: ServiceSeeker): number | undefined {
  if (listing.locations.some((location) => location.kind === 'virtual')) return 0;
  if (seeker.district.kind !== 'value') return undefined;
  const from = districtCentres[seeker.district.value];
  const distances = listing.locations
    .map(positionOf)
    .filter((position) => position !== undefined)
    .map((position) => distanceKm(from, position));
  return distances.length === 0 ? undefined : Math.min(...distances);
}

function waitWords(days: number): string {
  if (days === 0) return 'No wait';
  if (days < 14) return `Wait of about ${days} day${days === 1 ? '' : 's'}`;
  return `Wait of about ${Math.round(days / 7)} weeks`;
}

/** Verified, waiting, how far: what a worker says aloud when offering a service. */
export function practicalReasons(
  listing: ServiceListing,
  distance: number | undefined,
  today: Temporal.PlainDate,
): readonly RankReason[] {
  const days = listing.waitingTimeDays;
  const waiting: RankReason =
    days === undefined
      ? {
          about: 'waiting',
          effect: 'note',
          words: listing.waitingTimeText ?? 'Does not say how long the wait is',
        }
      : { about: 'waiting', effect: days <= 7 ? 'for' : 'note', words: waitWords(days) };
  const online = listing.locations.some((location) => location.kind === 'virtual');
  const travel: readonly RankReason[] =
    distance === undefined
      ? []
      : [
          {
            about: 'distance',
            effect: distance <= 5 ? 'for' : 'note',
            words: online ? 'By phone or online' : `About ${Math.max(1, Math.round(distance))} km away`,
          },
        ];
  return [freshnessOf(listing, today).reason, waiting, ...travel];
}
