export {
  extentCovers,
  extents,
  subjectKey,
  subjectWords,
  type ConsentExtent,
  type ConsentSubject,
  type LookUpSource,
  type ShareRecipient,
} from './consent-subject.ts';
export { sixteenOrOver, type ConsentState } from './consent-status.ts';
export {
  consentFor,
  consentForEach,
  consentStatuses,
  foundUnable,
  type ConsentStatus,
} from './consent-statuses.ts';
export {
  recordDecision,
  recordDecisionIn,
  type Decided,
  type DecisionInput,
  type DecisionRefusal,
  type DecisionsRecorded,
  type OnWithdrawn,
  type RecordDecisionParts,
} from './record-decision.ts';
export { recordCapacity, type CapacityInput } from './record-capacity.ts';
export { consentPicture } from './consent-picture.ts';
export { consentTab, registerConsentRoutes, type ConsentParts } from './consent-routes.ts';
export type { AlreadyShared } from './consent-page.ts';
export type { NamedService } from './read-consent-form.ts';
