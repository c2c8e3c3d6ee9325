import type { SignedInViewer, Viewer } from '../access/index.ts';
import type { NeedKind, People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';

/** A need as a report reads it; assessment's own type has these and more. */
export interface RecordedNeed {
  readonly id: string;
  readonly kind: NeedKind;
  readonly basis: string;
  readonly detail: string | null;
  readonly answer: 'found' | 'no-need' | 'declined' | 'unknown';
}

/** The current assessment as a report reads it. */
export interface RecordedAssessment {
  readonly signedAt: Temporal.Instant | null;
  readonly signedBy: { readonly name: string } | null;
  readonly formulation: string | null;
  readonly recommendationForJustice: string | null;
  readonly takingPart: string | null;
  readonly status: 'draft' | 'signed';
}

/** Something booked: "Rivermead alcohol service, Thursday 26 November, 17:30". */
export interface ArrangedItem {
  readonly key: string;
  readonly text: string;
  readonly source: string;
}

/** What a report is written from, connected in app.ts. Modules above this one are reached only through here. */
export interface RecordSources {
  needsOf(tx: Tx, viewer: Viewer, personId: string): Promise<readonly RecordedNeed[]>;
  currentAssessment(tx: Tx, viewer: Viewer, personId: string): Promise<RecordedAssessment | null>;
  /** True when there is a safety plan: it is named among what is held back. */
  hasSafetyPlan(tx: Tx, viewer: Viewer, personId: string): Promise<boolean>;
  /** The screenings that have a score, by name: "PHQ-9". Scores themselves never stand in a report. */
  scoredScreenings(tx: Tx, viewer: Viewer, personId: string): Promise<readonly string[]>;
  arrangedFor(tx: Tx, viewer: Viewer, personId: string): Promise<readonly ArrangedItem[]>;
}

/** Whom somebody outside rings about a report. */
export interface RingUs {
  readonly name: string;
  readonly phone: string;
}

export interface ReportsParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly people: People;
  readonly record: RecordSources;
  /** The address of this installation, for links in messages: "https://throughline.example". */
  readonly baseUrl: string;
  /** How every report is marked: "Liaison and diversion, Greater Manchester. Official, sensitive." */
  readonly marking: string;
  readonly ringUs: RingUs;
}

/** What a use case needs to know of a request besides its input. */
export interface Asked {
  readonly viewer: SignedInViewer;
  readonly reference: string;
}
