/** Facts that go out of date at their own pace. */
export type FactKind =
  | 'suicidal-thoughts'
  | 'safety-plan'
  | 'withdrawal'
  | 'medicine'
  | 'phone'
  | 'housing'
  | 'contact-with-services'
  | 'substance-use'
  | 'mental-health'
  | 'physical-health'
  | 'communication-needs'
  | 'family-and-caring'
  | 'allergy'
  | 'armed-forces';

/** How long a kind of fact is trusted before the screen asks to check it. */
export interface FactLimit {
  readonly kind: FactKind;
  /** ISO 8601 duration, counted on London's calendar; null when it does not go out of date. */
  readonly limit: string | null;
  readonly effectiveFrom: string;
  /** Who decided it. No national rule sets these lengths. */
  readonly source: string;
}

const TO_BE_CONFIRMED = 'To be confirmed by the clinical lead';

const row = (kind: FactKind, limit: string | null): FactLimit => ({
  kind,
  limit,
  effectiveFrom: '2026-01-01',
  source: TO_BE_CONFIRMED,
});

/** One row for each kind of fact. The lengths are starting values until the clinical lead confirms them. */
export const factLimits: readonly FactLimit[] = [
  row('suicidal-thoughts', 'P1D'),
  row('safety-plan', 'P6M'),
  row('withdrawal', 'PT12H'),
  row('medicine', 'P1M'),
  row('phone', 'P3M'),
  row('housing', 'P3M'),
  row('contact-with-services', 'P6M'),
  row('substance-use', 'P6M'),
  row('mental-health', 'P12M'),
  row('physical-health', 'P12M'),
  row('communication-needs', 'P24M'),
  row('family-and-caring', 'P6M'),
  row('allergy', null),
  row('armed-forces', null),
];

/** How long a fact of this kind is trusted; null when it does not go out of date. */
export function limitFor(kind: FactKind): Temporal.Duration | null {
  const found = factLimits.find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`No limit is recorded for facts of kind ${kind}`);
  return found.limit === null ? null : Temporal.Duration.from(found.limit);
}
