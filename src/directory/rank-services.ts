import { trackReasons } from './rank-experience.ts';
import {
  areaReason,
  ageReason,
  accessReasons,
  groupReasons,
  languageReason,
  needReasons,
  openReasons,
} from './rank-fit.ts';
import type { RankReason } from './rank-fit.ts';
import { distanceOf, freshnessOf, practicalReasons, waitOf } from './rank-practical.ts';
import type { ServiceListing } from './service-listing.ts';
import type { ServiceExperience, ServiceSeeker } from './service-seeker.ts';

export type ServiceFit = 'fits' | 'may-fit' | 'does-not-fit';

/** One service in the answer, with everything a worker needs to see why it stands where it stands. */
export interface RankedService {
  readonly listing: ServiceListing;
  readonly fit: ServiceFit;
  readonly reasons: readonly RankReason[];
  /** Kilometres, rounded, from the person's district; 0 when it is given by phone or online. */
  readonly distanceKm?: number;
}

/** The keys of the order, most important first; a lower number comes first. Exported for the explanation page. */
export const rankOrder = [
  'whether it fits',
  'needs it helps with',
  'area',
  'language and access',
  'how this person got on with it before',
  'how lately it was verified',
  'how it took and kept people we sent',
  'waiting time',
  'distance',
] as const;

/** One number for each key of the order. */
type RankKeys = Readonly<Record<(typeof rankOrder)[number], number>>;

interface Placed {
  readonly ranked: RankedService;
  readonly keys: RankKeys;
}

function place(
  listing: ServiceListing,
  seeker: ServiceSeeker,
  experience: ServiceExperience,
  today: Temporal.PlainDate,
): Placed {
  const needs = needReasons(listing, seeker);
  const area = areaReason(listing, seeker);
  const languages = languageReason(listing, seeker);
  const access = accessReasons(listing, seeker);
  const track = trackReasons(listing, experience, today);
  const fitReasons = [
    ...openReasons(listing),
    ...needs,
    ...ageReason(listing, seeker),
    ...groupReasons(listing, seeker),
    ...area,
    ...languages,
    ...access,
  ];
  const distance = distanceOf(listing, seeker);
  const reasons = [...fitReasons, ...track.own, ...practicalReasons(listing, distance, today), ...track.ours];
  const effects = new Set(reasons.map((reason) => reason.effect));
  const fit: ServiceFit = effects.has('excludes')
    ? 'does-not-fit'
    : effects.has('check')
      ? 'may-fit'
      : 'fits';
  const helped = needs.filter((reason) => reason.effect === 'for').length;
  const suits = [...languages, ...access].filter((reason) => reason.effect === 'for').length;
  return {
    ranked: {
      listing,
      fit,
      reasons,
      ...(distance === undefined ? {} : { distanceKm: Math.round(distance) }),
    },
    keys: {
      'whether it fits': fit === 'fits' ? 0 : fit === 'may-fit' ? 1 : 2,
      'needs it helps with': -helped,
      area: area.some((reason) => reason.effect === 'for') ? 0 : 1,
      'language and access': -suits,
      'how this person got on with it before': track.ownKey,
      'how lately it was verified': freshnessOf(listing, today).key,
      'how it took and kept people we sent': track.oursKey,
      'waiting time': waitOf(listing),
      // an unknown place is put behind every place within an hour or so of travel
      distance: distance === undefined ? 40 : Math.round(distance),
    },
  };
}

/** Key by key in the order; the first difference decides. */
function compareKeys(a: RankKeys, b: RankKeys): number {
  const decides = rankOrder.find((key) => a[key] !== b[key]);
  return decides === undefined ? 0 : a[decides] - b[decides];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Ranks services for a person and a need, best first, each with its reasons in words; those that do not fit come
 * last, with why. The order is total and does not depend on the order given: keys as in `rankOrder`, and only then
 * the name and the id. Names are compared by code point, so that every machine gives one order.
 */
export function rankServices(
  listings: readonly ServiceListing[],
  seeker: ServiceSeeker,
  experience: ServiceExperience,
  today: Temporal.PlainDate,
): readonly RankedService[] {
  return listings
    .map((listing) => place(listing, seeker, experience, today))
    .sort(
      (a, b) =>
        compareKeys(a.keys, b.keys) ||
        compareText(a.ranked.listing.name, b.ranked.listing.name) ||
        compareText(a.ranked.listing.externalId, b.ranked.listing.externalId),
    )
    .map((placed) => placed.ranked);
}
