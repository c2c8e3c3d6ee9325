/** Why something may go without the person's agreement (domain.md 6.2; common law of confidentiality). */
export type LegalReasonKind =
  | 'serious-harm'
  | 'safeguarding-child'
  | 'safeguarding-adult'
  | 'court-order'
  | 'statutory-duty'
  | 'best-interests';

/** Short words for a list. */
export const legalReasonWords: Readonly<Record<LegalReasonKind, string>> = {
  'serious-harm': 'To prevent death or serious harm',
  'safeguarding-child': 'To keep a child safe',
  'safeguarding-adult': 'To keep an adult at risk safe',
  'court-order': 'A court ordered it',
  'statutory-duty': 'The law requires it',
  'best-interests': 'Not able to decide, and it is in their best interests',
};

/** What each means, for the worker who has to choose. */
export const legalReasonHints: Readonly<Record<LegalReasonKind, string>> = {
  'serious-harm': 'Somebody could die or be badly hurt, and telling could prevent it.',
  'safeguarding-child': 'A child is at risk of harm, whoever causes it.',
  'safeguarding-adult': 'An adult with care and support needs is at risk of abuse or neglect.',
  'court-order': 'A judge or magistrates ordered it. Answer exactly what is ordered.',
  'statutory-duty': 'An act requires it, for example on terrorism, FGM under 18, or a driver’s name.',
  'best-interests': 'Capacity was assessed for this decision, it could not wait, and others were asked.',
};

export const legalReasonKinds = Object.keys(legalReasonWords) as readonly LegalReasonKind[];

/** How long a reason may last, in hours: it is about one situation, and not a standing permission. */
export const LONGEST_HOURS = 168;
