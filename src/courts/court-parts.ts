import type { Viewer } from '../access/index.ts';
import type { People, Person } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';

// What the court pages need of the other modules, given by app.ts. Each is asked once for a whole list.

/** Where a report for a hearing stands. */
export interface HearingReport {
  readonly id: string;
  readonly status: 'stopped' | 'draft' | 'signed' | 'sent' | 'delivered' | 'received' | 'read';
  readonly at: Temporal.Instant | null;
  readonly neededBy: Temporal.Instant | null;
  /** Who is writing or wrote it. */
  readonly by?: string;
}

/** A handover on its way to this court. */
export interface HandoverToCourt {
  readonly id: string;
  readonly personId: string;
  readonly personName: string;
  readonly from: string;
  readonly sentAt: Temporal.Instant;
  /** Null while its clock has not started. */
  readonly acceptBy: Temporal.Instant | null;
  readonly matters: string;
  readonly href: string;
}

/** What the person decided about a report to the court. */
export interface CourtConsent {
  readonly state: 'given' | 'refused' | 'withdrawn' | 'expired' | 'not-asked' | 'conflict';
  readonly decidedAt: Temporal.Instant | null;
}

/** Somebody who may be brought to court today and is on no list. */
export interface PossiblyToday {
  readonly personId: string;
  readonly text: string;
}

export interface CourtParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly people: People;
  /** Reports by the id of the appearance: one person at one hearing. */
  reportsForHearing(
    tx: Tx,
    viewer: Viewer,
    appearanceIds: readonly string[],
    now: Temporal.Instant,
  ): Promise<ReadonlyMap<string, HearingReport>>;
  /** Consent to a report to the court; nobody in the answer means not asked. */
  consentToCourt(
    tx: Tx,
    viewer: Viewer,
    personIds: readonly string[],
    now: Temporal.Instant,
    /** The same people when they are read already. */
    known?: ReadonlyMap<string, Person>,
  ): Promise<ReadonlyMap<string, CourtConsent>>;
  handoversTo(tx: Tx, viewer: Viewer, siteId: string): Promise<readonly HandoverToCourt[]>;
  possiblyToday(
    tx: Tx,
    viewer: Viewer,
    siteId: string,
    day: Temporal.PlainDate,
  ): Promise<readonly PossiblyToday[]>;
  /** Addresses of other modules' pages about a person. */
  readonly links: {
    readonly startReport: (personId: string, appearanceId: string) => string;
    readonly openReport: (reportId: string) => string;
    readonly askConsent: (personId: string) => string;
    readonly offerContact: (personId: string) => string;
  };
}
