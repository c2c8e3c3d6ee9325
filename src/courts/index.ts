export { detectCourtFormat, type DetectedCourtFormat } from './import/index.ts';
export { ingestCourtMessage, type CourtIngestReport } from './ingest-court-message.ts';
export { lookAgainJob, type LookParts } from './look-for-people.ts';
export { decideCourtMatch, type MatchDecision } from './decide-court-match.ts';
export {
  recordCourtRequest,
  takeCourtRequest,
  type CourtRequest,
  type NewCourtRequest,
} from './court-requests.ts';
export type {
  CourtConsent,
  CourtParts,
  HandoverToCourt,
  HearingReport,
  PossiblyToday,
} from './court-parts.ts';
export { courtRelationships } from './court-relationships.ts';
export { courtsPicture } from './court-picture.ts';
export { nextHearings, type PersonHearing } from './persons-hearings.ts';
export { registerCourtRoutes } from './court-routes.ts';
export { dayRows, type DayRow } from './court-day-store.ts';
export { suggestionsFor } from './match-store.ts';
