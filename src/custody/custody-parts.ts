import type { Viewer } from '../access/index.ts';
import type { People, Person } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Progress } from './next-action.ts';
import type { StayOutcome } from './stay.ts';

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

export type OnSamePerson = (
  tx: Tx,
  viewer: Viewer,
  people: { readonly from: string; readonly to: string },
) => Promise<void>;

/** What the other modules have done with these people, one entry at most for each; a fixed number of queries. */
export type FindProgress = (
  tx: Tx,
  viewer: Viewer,
  personIds: readonly string[],
  now: Temporal.Instant,
  /** The same people when they are read already. */
  known?: ReadonlyMap<string, Person>,
) => Promise<ReadonlyMap<string, Progress>>;

/** What custody is given by app.ts. */
export interface CustodyParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly people: People;
  readonly findProgress: FindProgress;
  readonly onEnded: OnStayEnded;
  readonly onCharged: OnStayEnded;
  /**
   * A human said that the record made for a stay (`from`) is somebody we knew (`to`). Custody's own facts have moved;
   * what the other modules hold under `from` moves here, in the same transaction.
   */
  readonly onSamePerson: OnSamePerson;
  /** Where somebody who agrees to be seen is taken next: the consent page. */
  consentPage(personId: string): string;
}
