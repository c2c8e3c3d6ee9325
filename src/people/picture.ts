import type { SignedInViewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import type { NeedKind } from './need-kinds.ts';
import type { TimelineEntry } from './timeline/timeline-entry.ts';

// What each module adds to the picture of need. Modules register one PictureSource each in app.ts; the page joins
// them. A source runs a fixed number of queries whatever the size of the record.

/** The shapes of design/README.md as the status macro names them: words first, then shape, then colour. */
export type StatusShape = 'now' | 'due' | 'done' | 'wait' | 'part' | 'none' | 'stop' | 'lock';

/** A status: shape and words. */
export interface Status {
  readonly shape: StatusShape;
  readonly text: string;
}

/** A link that does the next thing. `about` is read out after the text by screen readers. */
export interface Act {
  readonly href: string;
  readonly text: string;
}

/** A fact with its second line: who said it, on what basis, how old. */
export interface SourceLine {
  readonly text: string;
  /** Past the age to trust it: drawn with a clock, in brown, "12 months, check with Cal". */
  readonly old?: boolean;
}

/** One of at most five lines under "What matters now"; the first to run out of time is first. */
export interface MatterLine {
  /** What the big column says: "Now", "09:50", "Release". */
  readonly when: string;
  /** Milliseconds since the epoch by which it must be done; sorts the lines. */
  readonly by: number;
  readonly urgency: 'now' | 'soon' | 'plain';
  readonly what: string;
  readonly source: SourceLine;
  readonly act?: Act;
  /** When the first line of a topic is due now, the others of it stand in that line, with the next one's way to act. */
  readonly topic?: 'safety';
}

/** Where the person is now: the middle of the banner. */
export interface WhereNow {
  readonly place: string;
  /** "10h 31m" and "of 24h, to 22:41 today", or null where no clock runs. */
  readonly clock: { readonly big: string; readonly text: string } | null;
  readonly source: string;
  readonly point: 'custody' | 'court' | 'community';
}

/** One need, with its basis and age. */
export interface NeedLine {
  readonly kind: NeedKind;
  readonly label: string;
  readonly detail: string | null;
  readonly known: string;
  readonly source: SourceLine;
  readonly services: string;
  readonly wantsHelp: string;
  readonly next: Act | null;
}

/** The needs panel: found, and the three answers that are not a finding. */
export interface NeedsPanel {
  readonly found: readonly NeedLine[];
  readonly notAsked: readonly string[];
  readonly declined: readonly { readonly label: string; readonly at: string }[];
  readonly noNeed: readonly string[];
}

/** A line of risks and safety plan, or of who works with the person. */
export interface KeyLine {
  readonly label: string;
  readonly text: string;
  readonly status?: Status;
  readonly source?: SourceLine;
}

/** Risks and safety plan, in the person's words. */
export interface RiskPanel {
  readonly note: { readonly strong: string; readonly text: string } | null;
  readonly lines: readonly KeyLine[];
  readonly act: Act | null;
}

/** Who may have what: one line per recipient. */
export interface ConsentLine {
  readonly status: Status;
  readonly what: string;
  readonly source: SourceLine;
}

/** What has been tried: a short story with what to ask for next time. */
export interface TriedLine {
  readonly title: string;
  readonly lines: readonly string[];
  readonly askFor: string | null;
  readonly source: SourceLine;
  readonly at: number;
}

/** What is next, soonest first. */
export interface NextLine {
  readonly when: string;
  readonly by: number;
  readonly what: string;
  readonly detail: string;
  readonly act?: Act;
}

/** What one module knows of one person. Every part is optional; nothing a viewer may not see is returned. */
export interface PictureSource {
  readonly module: string;
  readonly where?: (scope: PictureScope) => Promise<WhereNow | null>;
  readonly mattersNow?: (scope: PictureScope) => Promise<readonly MatterLine[]>;
  readonly needs?: (scope: PictureScope) => Promise<NeedsPanel>;
  readonly risks?: (scope: PictureScope) => Promise<RiskPanel>;
  readonly consent?: (scope: PictureScope) => Promise<readonly ConsentLine[]>;
  readonly tried?: (scope: PictureScope) => Promise<readonly TriedLine[]>;
  readonly next?: (scope: PictureScope) => Promise<readonly NextLine[]>;
  readonly worksWith?: (scope: PictureScope) => Promise<readonly KeyLine[]>;
  readonly timeline?: (scope: PictureScope) => Promise<readonly TimelineEntry[]>;
}

/** What a source is given: the open transaction, who is looking, at whom, and when. */
export interface PictureScope {
  readonly tx: Tx;
  readonly viewer: SignedInViewer;
  readonly personId: string;
  readonly now: Temporal.Instant;
}

/**
 * What several parts of one picture are made from, read once: a source's sections ask for the same rows. Kept with the
 * scope, which lives as long as its page; pictures only read, so nothing kept can be out of date.
 */
export function oncePerPicture<T>(
  read: (scope: PictureScope) => Promise<T>,
): (scope: PictureScope) => Promise<T> {
  const readings = new WeakMap<PictureScope, Promise<T>>();
  return (scope) => {
    const before = readings.get(scope);
    if (before !== undefined) return before;
    const reading = read(scope);
    readings.set(scope, reading);
    return reading;
  };
}
