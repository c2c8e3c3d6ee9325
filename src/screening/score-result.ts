/** What is known about the person and the moment; absent means not known, and nothing is inferred. */
export interface ScoringContext {
  /** Whole years on the day of the answers. */
  readonly age?: number;
  readonly pregnant?: boolean;
}

/** The band a score falls in, with the published meaning and whose band set it is. */
export interface ScoreBand {
  readonly scoring: string;
  readonly bandSet: string;
  readonly title: string;
  readonly label: string;
  readonly meaning: string;
  readonly source: string;
}

/** One of the rival scorings of an instrument. `score` is null unless every item it needs has a value. */
export interface NamedScore {
  readonly scoring: string;
  readonly title: string;
  readonly score: number | null;
  readonly min: number;
  readonly max: number;
  readonly source: string;
  readonly bands: readonly ScoreBand[];
  /** What the Mental Health Services Data Set takes; null when incomplete or not a national score. */
  readonly mhsds: { readonly snomedCode: string; readonly score: number } | null;
}

export interface Completeness {
  readonly complete: boolean;
  readonly answered: number;
  readonly of: number;
  readonly missing: readonly string[];
  readonly declined: readonly string[];
  readonly unknown: readonly string[];
  /** Items a published rule lets go unasked, given the other answers. */
  readonly skipped: readonly string[];
}

/** What one answer added to the score. `points` is null where there is no value. */
export interface Contribution {
  readonly item: string;
  readonly text: string;
  readonly answer: string;
  readonly points: number | null;
}

/** Something for a person to do or ask, with its reason. Never a verdict. */
export interface ScorePrompt {
  readonly kind: 'safety-conversation' | 'safety-not-answered' | 'urgent-review' | 'next-instrument';
  readonly item: string | null;
  readonly instrument: string | null;
  readonly reason: string;
  readonly source: string;
}

export interface ScoreResult {
  readonly instrument: string;
  readonly title: string;
  readonly url: string;
  readonly version: string;
  readonly language: string;
  /** Name of the primary scoring, its score and its range; rivals are in `scores`. */
  readonly scoring: string;
  readonly score: number | null;
  /** False where the instrument is not meant for this person and a score would mislead: there is then none. */
  readonly applicable: boolean;
  readonly range: { readonly min: number; readonly max: number };
  /** Bands of every scoring and band set, each naming both. Empty while incomplete. */
  readonly bands: readonly ScoreBand[];
  readonly scores: readonly NamedScore[];
  readonly completeness: Completeness;
  readonly contributions: readonly Contribution[];
  readonly prompts: readonly ScorePrompt[];
  readonly notes: readonly string[];
}
