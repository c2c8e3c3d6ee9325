export { greaterManchesterFile, readDemoDirectory } from './demo/demo-directory.ts';
export { detectDirectoryFormat } from './detect-format.ts';
export type { DirectoryFormat, DirectoryRecordKind } from './detect-format.ts';
export type { DirectoryReason, DirectoryStatus, ReasonCode, ReasonSeverity } from './directory-reason.ts';
export { readDirectory, readDirectoryFile } from './open-referral.ts';
export type { DirectoryReading } from './open-referral.ts';
export { districtOfPostcode, districts } from './places.ts';
export type { District } from './places.ts';
export { needInWords } from './rank-fit.ts';
export type { RankEffect, RankReason } from './rank-fit.ts';
export { agoInWords, freshnessOf } from './rank-practical.ts';
export { rankOrder, rankServices } from './rank-services.ts';
export type { RankedService, ServiceFit } from './rank-services.ts';
export { accessNeeds } from './service-seeker.ts';
export type {
  AccessNeed,
  ServiceExperience,
  ServiceSeeker,
  ServiceTrackRecord,
  TriedOutcome,
  TriedService,
} from './service-seeker.ts';
export { accessibilityOf, serviceCapacities, serviceGroups } from './service-listing.ts';
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
export { writeDirectory, writeOrganisation, writePage, writeService } from './write-open-referral.ts';
export { registerDirectoryRoutes, districtFrom, type DirectoryParts } from './directory-routes.ts';
export { serviceById, servicesById, type ServiceSummary } from './directory-store.ts';
export { findServices, rankFor, type FoundService } from './find-services.ts';
export {
  importListings,
  isDirectoryFile,
  type DifferenceReport,
  type DirectoryIngestLine,
  type ImportOptions,
  type ImportParts,
} from './import-listings.ts';
export { demoFeed, seedDemoDirectory } from './seed-demo-directory.ts';
export { serviceRow, waitWords, type ReasonLine, type ServiceRow } from './service-page.ts';
export { listedServices } from './directory-store.ts';
