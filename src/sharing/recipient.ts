import type { ConsentSubject } from '../consent/index.ts';
import type { NeedKind } from '../people/index.ts';

/** Whoever may receive something about a person. */
export type RecipientKind =
  | 'custody-officer'
  | 'investigator'
  | 'prosecutor'
  | 'court'
  | 'probation'
  | 'youth-justice'
  | 'defence'
  | 'prison'
  | 'gp'
  | 'service'
  | 'family';

export interface Recipient {
  readonly kind: RecipientKind;
  readonly serviceId?: string;
  readonly name?: string;
}

/** What for: the same item may go for one purpose and not for another. */
export type Purpose =
  | 'care-in-custody'
  | 'charge-decision'
  | 'out-of-court-disposal'
  | 'bail'
  | 'case-management'
  | 'sentence'
  | 'court-information'
  | 'pre-sentence-report'
  | 'referral'
  | 'continuing-care';

/** What kind of thing an item is; rules speak of these, never of a person's words. */
export type ItemCategory =
  | 'identity'
  | 'recommendation'
  | 'need'
  | 'taking-part'
  | 'arranged'
  | 'sources'
  | 'risk'
  | 'care-instruction'
  | 'medication'
  | 'safety-plan'
  | 'score'
  | 'clinical-note'
  | 'account-of-offence'
  | 'third-party'
  | 'partner-record'
  | 'declined-answer'
  | 'contact-details';

/** One thing that could leave. The key is the caller's own; the label is what a page calls it. */
export interface ShareItem {
  readonly key: string;
  readonly category: ItemCategory;
  readonly needKind?: NeedKind;
  readonly label: string;
  readonly source?: string;
}

/** What each recipient is called on a page. */
export const recipientLabels: Readonly<Record<RecipientKind, string>> = {
  'custody-officer': 'Custody officer',
  investigator: 'Investigator',
  prosecutor: 'CPS',
  court: 'Court',
  probation: 'Probation',
  'youth-justice': 'Youth justice',
  defence: 'Solicitor',
  prison: 'Prison healthcare',
  gp: 'GP',
  service: 'Service',
  family: 'Family member or friend',
};

export const recipientKinds = Object.keys(recipientLabels) as readonly RecipientKind[];

/** What each kind of item is called on a page, for somebody who is not a lawyer. */
export const categoryLabels: Readonly<Record<ItemCategory, string>> = {
  identity: 'Who the person is',
  recommendation: 'Recommendation',
  need: 'Needs',
  'taking-part': 'What helps them take part',
  arranged: 'What is arranged',
  sources: 'What we looked at',
  risk: 'Risk of harm',
  'care-instruction': 'Care instructions',
  medication: 'Medicine',
  'safety-plan': 'Safety plan',
  score: 'Screening answers and scores',
  'clinical-note': 'Clinical notes',
  'account-of-offence': 'What was said about the alleged offence',
  'third-party': 'Information about other people',
  'partner-record': 'What another service told us',
  'declined-answer': 'Questions the person declined',
  'contact-details': 'Address and phone',
};

export const itemCategories = Object.keys(categoryLabels) as readonly ItemCategory[];

/** The name of this recipient: "DC Aled Price", "Rivermead alcohol service", or what the kind is called. */
export function recipientName(recipient: Recipient): string {
  return recipient.name ?? recipientLabels[recipient.kind];
}

/** The consent that opens the way to this recipient. Custody officer, investigator and prosecutor are the police's. */
export function consentSubjectOf(recipient: Recipient): ConsentSubject {
  switch (recipient.kind) {
    case 'custody-officer':
    case 'investigator':
    case 'prosecutor':
      return { kind: 'share', recipient: 'police' };
    case 'service':
    case 'family':
      return {
        kind: 'share',
        recipient: recipient.kind,
        ...(recipient.serviceId === undefined ? {} : { serviceId: recipient.serviceId }),
        ...(recipient.name === undefined ? {} : { name: recipient.name }),
      };
    default:
      return { kind: 'share', recipient: recipient.kind };
  }
}

/** True when both are one recipient. A service is told apart by its id, and without one by its name, as family is. */
export function sameRecipient(a: Recipient, b: Recipient): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind !== 'service' && a.kind !== 'family') return true;
  if (a.serviceId !== undefined || b.serviceId !== undefined) return a.serviceId === b.serviceId;
  return a.name !== undefined && a.name.trim().toLowerCase() === b.name?.trim().toLowerCase();
}
