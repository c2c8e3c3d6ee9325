import type { NeedKind } from '../people/index.ts';
import type { Answer } from '../platform/answer.ts';
import type { District } from './places.ts';

/** What is known about the person that decides which services fit. Not asked is never treated as no. */
export interface ServiceSeeker {
  /** The need the search is for, and others the person wants help with. */
  readonly need: NeedKind;
  readonly otherNeeds: readonly NeedKind[];
  /** Whole years. */
  readonly age: Answer<number>;
  readonly gender: Answer<'woman' | 'man' | 'another'>;
  readonly armedForces: Answer<boolean>;
  /** Where they live or stay; the district only, so that no address is needed to search. */
  readonly district: Answer<District>;
  /** English name of the language they want to speak, when it is not English. */
  readonly language?: string;
  readonly accessNeeds: readonly AccessNeed[];
}

export const accessNeeds = [
  'step-free',
  'hearing-loop',
  'sign-language',
  'quiet-space',
  'easy-read',
] as const;
export type AccessNeed = (typeof accessNeeds)[number];

/** What became of our referrals to a service (a window the caller chooses; a year is sensible). */
export interface ServiceTrackRecord {
  readonly answered: number;
  readonly accepted: number;
  /** Of the accepted, those whose first appointment is past, and those who attended it. */
  readonly firstDue: number;
  readonly firstAttended: number;
}

export type TriedOutcome =
  | 'with-them-now'
  | 'waiting'
  | 'completed'
  | 'stopped-going'
  | 'never-attended'
  | 'declined-by-service'
  | 'person-does-not-want-again';

/** A service this person tried before, how it ended, and when. */
export interface TriedService {
  readonly externalId: string;
  readonly outcome: TriedOutcome;
  readonly on: Temporal.PlainDate;
}

/** What happened before: our referrals to each service, and what this person tried. Keys are external ids. */
export interface ServiceExperience {
  readonly tracks: ReadonlyMap<string, ServiceTrackRecord>;
  readonly tried: readonly TriedService[];
}
