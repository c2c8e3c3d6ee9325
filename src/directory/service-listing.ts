import type { NeedKind } from '../people/index.ts';

/**
 * The neutral model: what the directory knows about one service, whatever feed or form it came from.
 * Absent means "the source does not say"; it never means no.
 */
export interface ServiceListing {
  /** The id in the source feed; unique within one feed only. */
  readonly externalId: string;
  readonly organisation?: ListedOrganisation;
  readonly name: string;
  readonly description?: string;
  readonly url?: string;
  readonly email?: string;
  readonly phones: readonly ListedPhone[];
  readonly status: ServiceStatus;
  /** Our vocabulary, in its order: given by the source, or read from taxonomy terms we know. */
  readonly needs: readonly NeedKind[];
  /** The source's own taxonomy terms, kept as they came. */
  readonly terms: readonly ListedTerm[];
  readonly eligibility?: string;
  /** Whole or part years. */
  readonly minAge?: number;
  readonly maxAge?: number;
  /** Takes only people of these groups; empty means it takes everyone (or does not say otherwise). */
  readonly onlyFor: readonly ServiceGroup[];
  /** Names of languages in English. */
  readonly languages: readonly string[];
  readonly interpretation?: string;
  readonly fees?: string;
  readonly costs: readonly ListedCost[];
  readonly locations: readonly ListedLocation[];
  readonly areas: readonly ListedArea[];
  readonly schedules: readonly ListedSchedule[];
  /** Usual wait to the first appointment, in days. */
  readonly waitingTimeDays?: number;
  /** The source's words about waiting, when they do not give days. */
  readonly waitingTimeText?: string;
  readonly capacity?: ServiceCapacity;
  readonly howToRefer?: string;
  readonly alert?: string;
  /** When someone last checked that the listing is right, and who (an e-mail address). */
  readonly assuredDate?: Temporal.PlainDate;
  readonly assuredBy?: string;
  readonly lastModified?: Temporal.Instant;
}

export type ServiceStatus = 'active' | 'inactive' | 'defunct' | 'temporarily-closed' | 'unknown';
export const serviceGroups = ['women', 'men', 'armed-forces-community'] as const;
export type ServiceGroup = (typeof serviceGroups)[number];
export const serviceCapacities = ['places-now', 'waiting-list', 'full'] as const;
export type ServiceCapacity = (typeof serviceCapacities)[number];

export interface ListedOrganisation {
  readonly externalId?: string;
  readonly name: string;
  readonly description?: string;
  readonly url?: string;
  readonly email?: string;
}

export interface ListedPhone {
  readonly number: string;
  readonly description?: string;
}

export interface ListedTerm {
  readonly name: string;
  readonly taxonomy?: string;
  readonly code?: string;
  readonly uri?: string;
}

export interface ListedCost {
  readonly option?: string;
  readonly amount?: number;
  readonly currency?: string;
  readonly description?: string;
}

export interface ListedLocation {
  readonly kind: 'physical' | 'postal' | 'virtual';
  readonly name?: string;
  readonly lines: readonly string[];
  readonly town?: string;
  readonly county?: string;
  readonly postcode?: string;
  /** Degrees, WGS 84; present only when both are, and within the British Isles. */
  readonly lat?: number;
  readonly lon?: number;
  readonly accessibility: readonly string[];
}

export interface ListedArea {
  readonly name: string;
  readonly extent?: string;
  readonly extentType?: string;
  readonly uri?: string;
}

export interface ListedSchedule {
  readonly frequency?: 'WEEKLY' | 'MONTHLY';
  readonly interval?: number;
  /** iCalendar days: MO, TU … or, monthly, 2TU for the second Tuesday (RFC 5545, BYDAY). */
  readonly days: readonly string[];
  readonly monthDays?: string;
  /** Local time, HH:MM. */
  readonly opensAt?: string;
  readonly closesAt?: string;
  readonly validFrom?: Temporal.PlainDate;
  readonly validTo?: Temporal.PlainDate;
  readonly description?: string;
  readonly attending?: string;
  readonly notes?: string;
}

/** Every statement about access at any of the places where the service is given. */
export function accessibilityOf(listing: ServiceListing): readonly string[] {
  return [...new Set(listing.locations.flatMap((location) => location.accessibility))];
}
