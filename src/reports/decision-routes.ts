import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { databaseContext, viewerOf } from '../access/index.ts';
import { formErrors, parseForm, refusalErrors } from '../platform/forms/form.ts';
import { dateTimeParts } from '../platform/forms/time-fields.ts';
import { decisionFields, informedChoices, recordReportDecision } from './record-report-decision.ts';
import { overviewsOf } from './report-overview.ts';
import { withReport } from './report-page.ts';
import type { ReportsParts } from './report-parts.ts';
import { findReport } from './report-store.ts';

const reportParams = z.object({ reportId: z.uuid() });

/** What was decided, when whoever decided told somebody here instead of answering the report. */
export function registerDecisionRoutes(server: FastifyInstance, parts: ReportsParts): void {
  const showDecision = (
    request: FastifyRequest,
    reply: FastifyReply,
    extra: Readonly<Record<string, unknown>> = {},
    status = 200,
  ) =>
    withReport(parts, request, reply, {
      reportId: reportParams.parse(request.params).reportId,
      template: 'report-decision.njk',
      what: 'decision about a report',
      status,
      load: async (overview, now) =>
        overview.versions.length === 0
          ? null
          : {
              report: overview.report,
              decisions: overview.template.decisions.map((known) => ({ value: known.key, text: known.text })),
              informed: informedChoices,
              decidedStart: dateTimeParts(now),
              ...extra,
            },
    });

  server.get(
    '/reports/:reportId/decision',
    { config: { permission: 'report.write' }, schema: { params: reportParams } },
    (request, reply) => showDecision(request, reply),
  );

  server.post(
    '/reports/:reportId/decision',
    { config: { permission: 'report.write' }, schema: { params: reportParams } },
    async (request, reply) => {
      const { reportId } = reportParams.parse(request.params);
      const viewer = viewerOf(request);
      const now = parts.clock.now();
      const read = parseForm(decisionFields, request.body, { now });
      if (!read.ok) return showDecision(request, reply, formErrors(read), 422);
      const outcome = await parts.database.transaction(databaseContext(viewer), async (tx) => {
        const report = await findReport(tx, viewer, reportId);
        if (report === null || (await parts.people.open(tx, viewer, report.personId)) === null) return null;
        const [overview] = await overviewsOf(tx, viewer, [report], now);
        const version = overview?.versions[0];
        if (overview === undefined || version === undefined) return null;
        return recordReportDecision(tx, viewer, {
          versionId: version.id,
          personId: report.personId,
          reportId,
          template: overview.template,
          decision: read.values.decision,
          informed: read.values.informed,
          decidedAt: read.values.decided,
          toldBy: `${report.recipientName}, told ${viewer.name}`,
          now,
          reference: request.reference,
        });
      });
      if (outcome === null) return reply.missing();
      if (!outcome.ok) return showDecision(request, reply, refusalErrors(outcome.refusal, read.typed), 422);
      return reply.redirect(`/reports/${reportId}`, 303);
    },
  );
}
