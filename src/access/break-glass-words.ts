/** Why a record may be opened without a relationship, in the order of urgency. */
export const breakGlassReasons = {
  'risk-to-life': 'There is a risk to somebody’s life',
  'immediate-care': 'They need care now',
  safeguarding: 'A child or an adult at risk must be protected',
  'court-now': 'The court needs an answer now',
  other: 'Another reason',
} as const;
export type BreakGlassReason = keyof typeof breakGlassReasons;

/** What the privacy officer concludes. */
export const reviewOutcomes = {
  justified: 'Justified',
  'not-justified': 'Not justified',
  'more-information': 'I need more information',
} as const;
export type ReviewOutcome = keyof typeof reviewOutcomes;

export function isBreakGlassReason(name: string): name is BreakGlassReason {
  return Object.hasOwn(breakGlassReasons, name);
}

export function isReviewOutcome(name: string): name is ReviewOutcome {
  return Object.hasOwn(reviewOutcomes, name);
}
