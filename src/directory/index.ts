export { readDemoDirectory } from './demo/demo-directory.ts';
export type { DirectoryFormat, DirectoryRecordKind } from './detect-format.ts';
export type { DirectoryReason, DirectoryStatus, ReasonCode, ReasonSeverity } from './directory-reason.ts';
export { readDirectory, readDirectoryFile } from './open-referral.ts';
export type { DirectoryReading } from './open-referral.ts';
export { districtOfPostcode } from './places.ts';
export type { District } from './places.ts';
export type { RankEffect, RankReason } from './rank-fit.ts';
export type { RankedService, ServiceFit } from './rank-services.ts';
export type {
  AccessNeed,
  ServiceExperience,
  ServiceSeeker,
  ServiceTrackRecord,
  TriedOutcome,
  TriedService,
} from './service-seeker.ts';
export type {
  ListedArea,
  ListedCost,
  ListedLocation,
  ListedOrganisation,
  ListedPhone,
  ListedSchedule,
  ListedTerm,
  ServiceCapacity,
  ServiceGroup,
  ServiceListing,
  ServiceStatus,
} from './service-listing.ts';
export { writeDirectory } from './write-open-referral.ts';
export { registerDirectoryRoutes, type DirectoryParts } from './directory-routes.ts';
export { serviceById, type ServiceSummary } from './directory-store.ts';
export { findServices, type FoundService } from './find-services.ts';
export {
  importListings,
  isDirectoryFile,
  type DifferenceReport,
  type DirectoryIngestLine,
  type ImportOptions,
  type ImportParts,
} from './import-listings.ts';
export { seedDemoDirectory } from './seed-demo-directory.ts';
export { serviceRow, type ReasonLine, type ServiceRow } from './service-page.ts';
export { listedServices } from './directory-store.ts';
