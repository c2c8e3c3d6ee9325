export {
  consentSubjectOf,
  type ItemCategory,
  type Purpose,
  type Recipient,
  type RecipientKind,
  type ShareItem,
} from './recipient.ts';
export type { ItemDecision } from './decide-item.ts';
export { decide, type DecideInput } from './decide.ts';
export { discloseItems, type DiscloseInput } from './disclose-items.ts';
export { receiptsOf, type Receipts } from './receipts-of.ts';
export { markReceipt, type ReceiptKind } from './receipts.ts';
export { disclosuresOf, sharedBySubject, type Disclosure } from './disclosures.ts';
export { stopUnsent } from './stop-unsent.ts';
export { heldBack, type HeldBack } from './held-back.ts';
export { recordLegalReason, type LegalReasonInput, type LegalReasonRefusal } from './record-legal-reason.ts';
export { sharingPicture } from './sharing-picture.ts';
export { registerSharingRoutes, sharingTab, type SharingParts } from './sharing-routes.ts';
