export { isNeedKind, needKinds, needLabel } from './need-kinds.ts';
export type { NeedKind } from './need-kinds.ts';
export { ageOn, displayName, isChild, pronouns, shortName, type Person } from './person.ts';
export {
  communicationNeeds,
  findPeople,
  findPerson,
  openAlerts,
  type Alert,
  type CommunicationNeed,
} from './person-store.ts';
export {
  earlierEpisodes,
  ensureEpisode,
  openEpisode,
  type Episode,
  type EpisodeOpening,
} from './episode-store.ts';
export {
  createPeople,
  type Learned,
  type LearnedIdentifier,
  type NewPerson,
  type OpenedPerson,
  type People,
  type PersonChanged,
  type PersonTab,
} from './people.ts';
export { personPage, type PersonPage, type PersonPageParts, type PersonPageScope } from './person-page.ts';
export type {
  Act,
  ConsentLine,
  KeyLine,
  MatterLine,
  NeedLine,
  NeedsPanel,
  NextLine,
  PictureScope,
  PictureSource,
  RiskPanel,
  SourceLine,
  Status,
  StatusShape,
  TriedLine,
  WhereNow,
} from './picture.ts';
export { oncePerPicture } from './picture.ts';
export {
  asnInPncStyle,
  formatNhsNumber,
  readAsn,
  readCro,
  readIdentifier,
  readNhsNumber,
  readPnc,
  readPostcode,
  readUkPhone,
} from './identifiers.ts';
export type {
  IdentifierKind,
  IdentifierReading,
  NhsNumberRange,
  PhoneReading,
  PostcodeReading,
} from './identifiers.ts';
export { ageAndSource, ageOf, type AgeAndSource, type Basis, type FactSource } from './age-and-source.ts';
export { moveAlerts, raiseAlert, type NewAlert } from './alert-store.ts';
export { limitFor, type FactKind } from './fact-limits.ts';
export { foldRecord } from './fold-record.ts';
export { registerPeopleRoutes } from './people-routes.ts';
export { registerAuditReviewRoutes, type AuditReviewParts } from './audit-review-routes.ts';
export { alertsPicture } from './alerts-picture.ts';
export type { TimelineEntry } from './timeline/timeline-entry.ts';
export { composePicture, type Picture } from './compose-picture.ts';
export { moveRecords } from './move-records.ts';
export { registerDetailsRoutes } from './details-routes.ts';
export {
  recordCommunicationNeed,
  recordContactPoint,
  recordHowToAddress,
  type DetailsScope,
} from './record-details.ts';
