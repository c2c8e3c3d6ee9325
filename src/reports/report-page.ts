import type { FastifyReply, FastifyRequest } from 'fastify';
import { databaseContext, viewerOf } from '../access/index.ts';
import { personPage } from '../people/index.ts';
import { overviewsOf, type ReportOverview } from './report-overview.ts';
import type { ReportsParts } from './report-parts.ts';
import { findReport } from './report-store.ts';

interface ReportPage {
  readonly reportId: string;
  readonly template: string;
  readonly what: string;
  readonly status?: number;
  load(overview: ReportOverview, now: Temporal.Instant): Promise<Readonly<Record<string, unknown>> | null>;
}

/** One page about a signed report: opens its person, audits the view, loads the report with its receipts. */
export async function withReport(
  parts: ReportsParts,
  request: FastifyRequest,
  reply: FastifyReply,
  page: ReportPage,
): Promise<FastifyReply> {
  const viewer = viewerOf(request);
  const report = await parts.database.transaction(databaseContext(viewer), (tx) =>
    findReport(tx, viewer, page.reportId),
  );
  if (report === null) return reply.missing();
  return personPage(parts, request, reply, {
    personId: report.personId,
    tab: 'reports',
    template: page.template,
    what: page.what,
    ...(page.status === undefined ? {} : { status: page.status }),
    load: async ({ tx, now }) => {
      const [overview] = await overviewsOf(tx, viewer, [report], now);
      return overview === undefined ? null : page.load(overview, now);
    },
  });
}

/** The page with a link's address, shown once: only its hash is kept. */
export async function showSentLink(
  parts: ReportsParts,
  request: FastifyRequest,
  reply: FastifyReply,
  made: { readonly reportId: string; readonly token: string },
): Promise<FastifyReply> {
  return withReport(parts, request, reply, {
    reportId: made.reportId,
    template: 'report-link-made.njk',
    what: 'report link made',
    load: async (overview) => ({
      recipient: overview.report.recipientName,
      address: `${parts.baseUrl}/r/${made.token}`,
      reportId: made.reportId,
    }),
  });
}
