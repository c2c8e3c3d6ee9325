import type { FastifyInstance } from 'fastify';
import type { PersonTab } from '../people/index.ts';
import { registerDecisionRoutes } from './decision-routes.ts';
import { registerLinkRoutes } from './link-routes.ts';
import { registerPaperRoutes } from './paper-routes.ts';
import { registerReaderRoutes } from './reader-routes.ts';
import type { ReportsParts } from './report-parts.ts';
import { registerSentRoutes } from './sent-routes.ts';
import { registerWriteRoutes } from './write-routes.ts';

export type {
  ArrangedItem,
  RecordedAssessment,
  RecordedNeed,
  RecordSources,
  ReportsParts,
  RingUs,
} from './report-parts.ts';
export { recentReports, reportsOf, reportsForHearing, type ReportSummary } from './report-overview.ts';
export { recordSources } from './record-sources.ts';
export { reportsPicture } from './reports-picture.ts';
export { startReport, type StartReportInput, type StartReportRefusal } from './start-report.ts';
export { signReport, type SignReportInput } from './sign-report.ts';
export type { ReportPurpose, ReportRecipient } from './report-templates.ts';
export type { ReportState } from './report-status.ts';

/** The tab on every page about a person. */
export const reportsTab: PersonTab = {
  key: 'reports',
  text: 'Reports',
  href: (personId) => `/people/${personId}/reports`,
};

/** Everything a report has an address for: writing, sending, reading by link, reading signed in. */
export function registerReportsRoutes(server: FastifyInstance, parts: ReportsParts): void {
  registerWriteRoutes(server, parts);
  registerSentRoutes(server, parts);
  registerPaperRoutes(server, parts);
  registerDecisionRoutes(server, parts);
  registerLinkRoutes(server, parts);
  registerReaderRoutes(server, parts);
}
export { recordReportDecision } from './record-report-decision.ts';
export { findReport, findSendings } from './report-store.ts';
export { templateOf } from './report-templates.ts';
