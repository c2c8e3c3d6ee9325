/** `note`: the standard allows it, we do not use it. `warning`: usable, look at it. `failing`: breaks the standard. */
export type ReasonSeverity = 'note' | 'warning' | 'failing';

export type ReasonCode =
  // the file
  | 'not-utf-8'
  | 'not-json'
  | 'not-directory-data'
  | 'tables-not-read'
  // a page of a list
  | 'envelope-missing'
  | 'page-size-differs'
  | 'page-count-differs'
  | 'page-flag-differs'
  | 'more-pages'
  // a field
  | 'missing-required'
  | 'missing-wanted'
  | 'wrong-type'
  | 'wrong-format'
  | 'not-allowed-value'
  | 'empty-value'
  | 'nested-too-deep'
  // across records
  | 'duplicate-id'
  | 'shared-id'
  | 'parent-cycle'
  | 'no-contact'
  | 'ages-crossed'
  | 'age-out-of-range'
  | 'position-out-of-range'
  | 'not-a-uk-postcode'
  | 'record-refused';

/** Why a file is not simply valid: where, what, and how bad, in a sentence its publisher can act on. */
export interface DirectoryReason {
  /** Dotted, from the top of the file: `contents[3].email`. Empty for the file itself. */
  readonly path: string;
  readonly code: ReasonCode;
  readonly message: string;
  readonly severity: ReasonSeverity;
}

export type DirectoryStatus = 'valid' | 'warning' | 'failing';

/** The worst reason decides; notes alone leave a file valid. */
export function statusOf(reasons: readonly DirectoryReason[]): DirectoryStatus {
  if (reasons.some((reason) => reason.severity === 'failing')) return 'failing';
  return reasons.some((reason) => reason.severity === 'warning') ? 'warning' : 'valid';
}
