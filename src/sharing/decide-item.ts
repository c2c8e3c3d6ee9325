import { extentCovers, type ConsentExtent, type ConsentState } from '../consent/index.ts';
import type { NeedKind } from '../people/index.ts';
import type { ItemCategory, Purpose, Recipient, ShareItem } from './recipient.ts';
import { sameRecipient } from './recipient.ts';

/** One rule of the disclosure matrix, as data with its source (db/migrations/0021-sharing.sql). */
export interface ShareRule {
  readonly id: string;
  readonly recipientKind: Recipient['kind'];
  readonly purpose: Purpose | null;
  readonly category: ItemCategory;
  readonly basis: 'consent' | 'care-in-custody' | 'never';
  readonly needsExtent: ConsentExtent | null;
  readonly ownPermission: boolean;
  readonly part: string | null;
  readonly reason: string;
  readonly source: string;
  readonly effectiveFrom: Temporal.PlainDate;
  readonly effectiveTo: Temporal.PlainDate | null;
  readonly status: 'confirmed' | 'to-be-confirmed';
}

/** What the person agreed to about this recipient, as consent computes it. */
export interface ConsentForRecipient {
  readonly state: ConsentState;
  readonly extent: ConsentExtent | null;
  readonly partnerRecords: boolean;
  /** "Refused 08:52", for the reason. */
  readonly words: string;
}

/** A recorded reason to share without consent, while it lasts. */
export interface LiveLegalReason {
  readonly id: string;
  readonly recipient: Recipient;
  readonly categories: readonly ItemCategory[];
  readonly words: string;
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

/** The answer about one item, with its reason in words a person in the cell would know. */
export interface ItemDecision {
  readonly item: ShareItem;
  readonly answer: 'may' | 'may-not' | 'in-part';
  readonly reason: string;
  readonly basis: 'consent' | 'care-in-custody' | 'legal-reason' | 'none' | 'never';
  readonly remedy: 'ask-person' | 'record-legal-reason' | null;
  /** Which part may go, when it is only a part. */
  readonly part: string | null;
  readonly ruleId: string | null;
  readonly legalReasonId: string | null;
}

export interface ItemQuestion {
  readonly item: ShareItem;
  readonly recipient: Recipient;
  readonly purpose: Purpose;
  readonly rules: readonly ShareRule[];
  readonly consent: ConsentForRecipient;
  readonly legalReasons: readonly LiveLegalReason[];
  readonly now: Temporal.Instant;
  /** London's date, for the rules in force. */
  readonly today: Temporal.PlainDate;
  /** For a referral: the needs it is about. Other needs are held back; left out, needs are not narrowed. */
  readonly relatedNeeds?: readonly NeedKind[];
}

// Where harm could follow from silence: a refusal does not end the question (GMC, Confidentiality 2017, 57 to 70).
const couldPreventHarm: ReadonlySet<ItemCategory> = new Set([
  'risk',
  'safety-plan',
  'care-instruction',
  'medication',
]);

/**
 * May this item go to this recipient for this purpose, now? The one decision point: whatever is not opened by a rule
 * with care in custody, the person's agreement, or a recorded legal reason naming exactly this kind of thing, stays.
 * An answer that was declined never goes, whatever the reason. Refuses nothing by throwing.
 */
export function decideItem(question: ItemQuestion): ItemDecision {
  const { item, purpose } = question;
  const rule = ruleFor(question);
  const base = { item, ruleId: rule?.id ?? null, part: rule?.part ?? null, legalReasonId: null };
  const stays = (reason: string, basis: 'none' | 'never', remedy: ItemDecision['remedy']): ItemDecision => ({
    ...base,
    part: null,
    answer: 'may-not',
    reason,
    basis,
    remedy,
  });
  const goes = (basis: 'consent' | 'care-in-custody', reason: string): ItemDecision => ({
    ...base,
    answer: rule?.part ? 'in-part' : 'may',
    reason: rule?.part ? `${reason}. ${rule.part}` : reason,
    basis,
    remedy: null,
  });

  if (item.category === 'declined-answer')
    return stays('An answer that was not given is not sent.', 'never', null);
  if (rule?.basis === 'care-in-custody' && purpose === 'care-in-custody')
    return goes('care-in-custody', 'Needed for care in custody');
  const unrelated = isUnrelatedNeed(question);
  if (!unrelated && rule !== null && opensByConsent(rule, question.consent))
    return goes('consent', question.consent.words);
  const legal = question.legalReasons.find((reason) => covers(reason, question));
  if (legal !== undefined)
    return {
      ...base,
      part: null,
      answer: 'may',
      reason: legal.words,
      basis: 'legal-reason',
      remedy: null,
      legalReasonId: legal.id,
    };
  if (rule === null) return stays('No rule lets this go to them.', 'none', null);
  if (rule.basis === 'never') return stays(rule.reason, 'never', null);
  if (unrelated) return stays('Not part of what this referral is about.', 'none', null);
  return stays(whyNot(rule, question.consent), 'none', remedyFor(item, rule, question.consent));
}

/** The rule in force: the one for this purpose before the one for any, and of those the latest to begin. */
function ruleFor(question: ItemQuestion): ShareRule | null {
  const { item, recipient, purpose, today } = question;
  const [first] = question.rules
    .filter(
      (rule) =>
        rule.recipientKind === recipient.kind &&
        rule.category === item.category &&
        (rule.purpose === null || rule.purpose === purpose) &&
        Temporal.PlainDate.compare(rule.effectiveFrom, today) <= 0 &&
        (rule.effectiveTo === null || Temporal.PlainDate.compare(today, rule.effectiveTo) < 0),
    )
    .sort(
      (a, b) =>
        Number(b.purpose !== null) - Number(a.purpose !== null) ||
        Temporal.PlainDate.compare(b.effectiveFrom, a.effectiveFrom),
    );
  return first ?? null;
}

function opensByConsent(rule: ShareRule, consent: ConsentForRecipient): boolean {
  if (rule.basis !== 'consent' || rule.needsExtent === null) return false;
  if (consent.state !== 'given' || consent.extent === null) return false;
  if (rule.ownPermission && !consent.partnerRecords) return false;
  return extentCovers(consent.extent, rule.needsExtent);
}

function covers(reason: LiveLegalReason, question: ItemQuestion): boolean {
  return (
    sameRecipient(reason.recipient, question.recipient) &&
    reason.categories.includes(question.item.category) &&
    Temporal.Instant.compare(reason.from, question.now) <= 0 &&
    Temporal.Instant.compare(question.now, reason.to) < 0
  );
}

function isUnrelatedNeed({ item, purpose, relatedNeeds }: ItemQuestion): boolean {
  if (purpose !== 'referral' || relatedNeeds === undefined || item.category !== 'need') return false;
  return item.needKind === undefined || !relatedNeeds.includes(item.needKind);
}

function whyNot(rule: ShareRule, consent: ConsentForRecipient): string {
  switch (consent.state) {
    case 'not-asked':
      return 'Not asked yet.';
    case 'expired':
      return 'The agreement has run out. Ask again.';
    case 'conflict':
      return 'Two different answers. Nothing goes until they agree.';
    case 'refused':
    case 'withdrawn':
      return `Did not agree. ${consent.words}.`;
    case 'given':
      return rule.ownPermission && !consent.partnerRecords
        ? 'A partner’s record. No permission to pass it on.'
        : 'Did not agree to this. Agreed to less.';
  }
}

function remedyFor(item: ShareItem, rule: ShareRule, consent: ConsentForRecipient): ItemDecision['remedy'] {
  const answered =
    consent.state === 'refused' ||
    consent.state === 'withdrawn' ||
    (consent.state === 'given' && !rule.ownPermission);
  return answered && couldPreventHarm.has(item.category) ? 'record-legal-reason' : 'ask-person';
}
