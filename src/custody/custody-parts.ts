import type { Viewer } from '../access/index.ts';
import type { People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Progress } from './next-action.ts';
import type { StayOutcome } from './stay.ts';

/** Somebody we may already know, weighed by matching. */
export interface LikelyPerson {
  readonly personId: string;
  readonly band: 'same' | 'likely' | 'possible';
  readonly weight: number;
  readonly model: string;
  /** Plain words, strongest first: "Same surname", "Day and month of birth swapped". */
  readonly reasons: readonly string[];
  /** Kept with the decision, as it was shown. */
  readonly evidence: unknown;
}

/** What we ask matching about: somebody's names, birth dates and numbers. */
export interface PersonProbe {
  readonly exceptPersonId: string | null;
  readonly names: readonly { readonly givenName: string | null; readonly familyName: string | null }[];
  readonly birthDates: readonly Temporal.PlainDate[];
  readonly identifiers: readonly { readonly kind: string; readonly canonical: string }[];
  readonly postcodes: readonly string[];
}

/** Never decides: gives records that may be the same person, most likely first. */
export type FindLikelyPeople = (
  tx: Tx,
  viewer: Viewer,
  probe: PersonProbe,
) => Promise<readonly LikelyPerson[]>;

/**
 * Keeps a person's decision about a suggestion. `same`: the record made for the stay (`otherPersonId`) turns out to be
 * the known `personId`; matching folds the one into the other. `different`: they are kept apart and not suggested again.
 */
export type DecideMatch = (
  tx: Tx,
  viewer: Viewer,
  decision: {
    readonly personId: string;
    readonly otherPersonId: string;
    readonly stayId: string;
    readonly decision: 'same' | 'different';
    readonly likely: LikelyPerson | null;
  },
) => Promise<void>;

/** A stay ended, or somebody was charged: what navigation and courts need for a handover. */
export interface StayEnded {
  readonly personId: string;
  readonly stayId: string;
  readonly siteId: string | null;
  readonly how: StayOutcome;
  readonly at: Temporal.Instant;
  readonly courtSiteId: string | null;
  readonly courtDate: Temporal.PlainDate | null;
  /** The outcome recorded before, when this corrects it; null the first time. */
  readonly was: StayOutcome | null;
}
export type OnStayEnded = (tx: Tx, viewer: Viewer, ended: StayEnded) => Promise<void>;

/** What the other modules have done with these people, one entry at most for each; a fixed number of queries. */
export type FindProgress = (
  tx: Tx,
  viewer: Viewer,
  personIds: readonly string[],
  now: Temporal.Instant,
) => Promise<ReadonlyMap<string, Progress>>;

/** What custody is given by app.ts. */
export interface CustodyParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly people: People;
  readonly findLikelyPeople: FindLikelyPeople;
  readonly decideMatch: DecideMatch;
  readonly findProgress: FindProgress;
  readonly onEnded: OnStayEnded;
  readonly onCharged: OnStayEnded;
  /** Where somebody who agrees to be seen is taken next: the consent page. */
  consentPage(personId: string): string;
}
