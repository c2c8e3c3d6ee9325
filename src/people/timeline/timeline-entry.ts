export type TimelineLane = 'custody' | 'court' | 'community';

/** A stay is a bar, a hearing a diamond, a service an outlined bar, a contact a dot, a note a tick. */
export type TimelineShape = 'stay' | 'hearing' | 'service' | 'contact' | 'note';

/**
 * How an entry stands today: `now` still going and worth a look, `done` finished as meant, `waiting` asked and
 * not begun, `old` over and less telling, `plain` everything else.
 */
export type TimelineTone = 'plain' | 'now' | 'done' | 'waiting' | 'old';

/** One thing that happened, or goes on, in a person's way through the services. */
export interface TimelineEntry {
  readonly id: string;
  readonly lane: TimelineLane;
  readonly shape: TimelineShape;
  readonly from: Temporal.Instant;
  /** The end; null when it goes on (`ongoing`) or was a moment. */
  readonly to: Temporal.Instant | null;
  readonly ongoing: boolean;
  /** Short enough to stand beside its mark: "13h, charged, bailed". */
  readonly title: string;
  /** More words, for the list only; may be empty. */
  readonly detail: string;
  /** Who says so: "Custody record", "Told us, 2 May 2026". */
  readonly source: string;
  readonly href?: string;
  readonly tone: TimelineTone;
}

/** What readers call a lane. */
export const laneName: Readonly<Record<TimelineLane, string>> = {
  custody: 'Custody',
  court: 'Court',
  community: 'Community',
};

/** Top to bottom, as a person usually passes through. */
export const lanes: readonly TimelineLane[] = ['custody', 'court', 'community'];
