import { limitFor, type Basis, type FactKind, type NeedKind } from '../people/index.ts';

export type NeedAnswer = 'found' | 'no-need' | 'declined' | 'unknown';
export type Severity = 'mild' | 'moderate' | 'severe';
export type Services =
  'none-known' | 'previous' | 'current-engaged' | 'current-disengaged' | 'waiting' | 'unknown' | 'not-asked';
export type WantsHelp = 'yes' | 'no' | 'not-asked' | 'declined' | 'unknown';
export type PointOfContact = 'custody' | 'court' | 'community' | 'prison' | 'phone' | 'elsewhere';

/** The newest answer about one kind of the needs vocabulary. A kind without one was not asked. */
export interface Need {
  readonly id: string;
  readonly personId: string;
  readonly kind: NeedKind;
  readonly version: number;
  readonly answer: NeedAnswer;
  readonly basis: Basis;
  readonly saidBy: {
    readonly saidBy: string;
    readonly at: Temporal.Instant;
    readonly pointOfContact: PointOfContact;
  };
  readonly detail: string | null;
  readonly severity: Severity | null;
  readonly services: Services;
  readonly wantsHelp: WantsHelp;
  /** The screening that suggested it, when a person confirmed a suggestion. */
  readonly screeningId: string | null;
}

/** What can be answered about a kind of need, in the order of the page. "Not asked" takes an answer back. */
export const needAnswers = [
  { value: 'found', text: 'Need found' },
  { value: 'no-need', text: 'Asked, no need' },
] as const;

export const bases = [
  { value: 'told-us', text: 'Told us' },
  { value: 'observed', text: 'Observed' },
  { value: 'screened', text: 'Screened' },
  { value: 'diagnosed', text: 'Diagnosed' },
  { value: 'partner-record', text: "From a partner's record" },
] as const satisfies readonly { readonly value: Basis; readonly text: string }[];

export const severities = [
  { value: 'mild', text: 'Mild' },
  { value: 'moderate', text: 'Moderate' },
  { value: 'severe', text: 'Severe' },
] as const satisfies readonly { readonly value: Severity; readonly text: string }[];

export const servicesWords = [
  { value: 'not-asked', text: 'Not asked' },
  { value: 'none-known', text: 'None known' },
  { value: 'previous', text: 'Used before' },
  { value: 'current-engaged', text: 'With a service now' },
  { value: 'current-disengaged', text: 'With a service, not going' },
  { value: 'waiting', text: 'Waiting for a service' },
  { value: 'unknown', text: 'Does not know' },
] as const satisfies readonly { readonly value: Services; readonly text: string }[];

export const wantsHelpWords = [
  { value: 'not-asked', text: 'Not asked' },
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
  { value: 'declined', text: 'Declined to say' },
  { value: 'unknown', text: 'Does not know' },
] as const satisfies readonly { readonly value: WantsHelp; readonly text: string }[];

export const pointsOfContact = [
  { value: 'custody', text: 'Custody' },
  { value: 'court', text: 'Court' },
  { value: 'community', text: 'Community' },
  { value: 'prison', text: 'Prison' },
  { value: 'phone', text: 'By phone' },
  { value: 'elsewhere', text: 'Elsewhere' },
] as const satisfies readonly { readonly value: PointOfContact; readonly text: string }[];

/** The words of a coded answer. */
export function wordOf(
  words: readonly { readonly value: string; readonly text: string }[],
  value: string,
): string {
  return words.find((one) => one.value === value)?.text ?? value;
}

const factKinds: Partial<Record<NeedKind, FactKind>> = {
  'self-harm': 'suicidal-thoughts',
  'mental-health': 'mental-health',
  trauma: 'mental-health',
  alcohol: 'substance-use',
  drugs: 'substance-use',
  gambling: 'substance-use',
  'physical-health': 'physical-health',
  'speech-language-communication': 'communication-needs',
  'learning-disability': 'communication-needs',
  housing: 'housing',
  'money-debt': 'housing',
  benefits: 'housing',
  'family-caring': 'family-and-caring',
  'armed-forces': 'armed-forces',
};

/** How long an answer about this kind of need is trusted (fact-limits.ts); null when it does not go out of date. */
export function needLimit(kind: NeedKind): Temporal.Duration | null {
  return limitFor(factKinds[kind] ?? 'family-and-caring');
}

/** Where a worker in this role meets people, to begin with. */
export function usualPointOfContact(role: string): PointOfContact {
  if (role.startsWith('custody')) return 'custody';
  return role.startsWith('court') ? 'court' : 'community';
}
