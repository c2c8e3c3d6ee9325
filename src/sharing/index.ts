export {
  categoryLabels,
  consentSubjectOf,
  itemCategories,
  recipientKinds,
  recipientLabels,
  recipientName,
  sameRecipient,
  type ItemCategory,
  type Purpose,
  type Recipient,
  type RecipientKind,
  type ShareItem,
} from './recipient.ts';
export { decideItem, type ItemDecision, type ItemQuestion, type ShareRule } from './decide-item.ts';
export { decide, type DecideInput } from './decide.ts';
export { discloseItems, type DiscloseInput } from './disclose-items.ts';
export { receiptsOf, type Receipts } from './receipts-of.ts';
export { markReceipt, type ReceiptKind } from './receipts.ts';
export { disclosuresOf, sharedBySubject, wasStopped, type Disclosure } from './disclosures.ts';
export { stopUnsent } from './stop-unsent.ts';
export { heldBack, type HeldBack } from './held-back.ts';
export {
  checkLegalReason,
  recordLegalReason,
  type LegalReasonInput,
  type LegalReasonRefusal,
} from './record-legal-reason.ts';
export { legalReasonWords, type LegalReasonKind } from './legal-reason.ts';
export { purposeWords } from './shared-page.ts';
export { sharingPicture } from './sharing-picture.ts';
export { registerSharingRoutes, sharingTab, type SharingParts } from './sharing-routes.ts';
