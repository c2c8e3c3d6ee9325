import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { auditActor, databaseContext, viewerOf } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { formErrors, parseForm, refusalErrors } from '../platform/forms/form.ts';
import { keyOf } from '../platform/forms/idempotency.ts';
import { renderPdf } from '../platform/pdf/index.ts';
import { printedReport } from './printed-report.ts';
import { printFields } from './report-form.ts';
import { withReport } from './report-page.ts';
import type { ReportsParts } from './report-parts.ts';
import { findReport, findSendings, findVersion, replacementOf } from './report-store.ts';
import { sendReport } from './sign-report.ts';

const reportParams = z.object({ reportId: z.uuid() });

/** A report on paper: to whom it is handed, and the PDF itself. */
export function registerPaperRoutes(server: FastifyInstance, parts: ReportsParts): void {
  const showPrint = (
    request: FastifyRequest,
    reply: FastifyReply,
    extra: Readonly<Record<string, unknown>> = {},
    status = 200,
  ) =>
    withReport(parts, request, reply, {
      reportId: reportParams.parse(request.params).reportId,
      template: 'report-print.njk',
      what: 'printing a report',
      status,
      load: async (overview) =>
        overview.versions.length === 0
          ? null
          : {
              report: overview.report,
              reportTitle: overview.template.title,
              number: overview.versions[0]?.number,
              ...extra,
            },
    });

  server.get(
    '/reports/:reportId/print',
    { config: { permission: 'report.write' }, schema: { params: reportParams } },
    (request, reply) => showPrint(request, reply),
  );

  server.post(
    '/reports/:reportId/print',
    { config: { permission: 'report.write' }, schema: { params: reportParams } },
    async (request, reply) => {
      const { reportId } = reportParams.parse(request.params);
      const key = keyOf(request.body);
      if (key === undefined) return reply.missing();
      const read = parseForm(printFields, request.body, { now: parts.clock.now() });
      if (!read.ok) return showPrint(request, reply, formErrors(read), 422);
      const asked = { viewer: viewerOf(request), reference: request.reference };
      const outcome = await sendReport(parts, asked, {
        reportId,
        channel: 'print',
        handedTo: read.values.handedTo,
        key,
      });
      if (outcome.ok) return reply.redirect(`/reports/${reportId}/sendings/${outcome.value.sendingId}`, 303);
      switch (outcome.refusal.code) {
        case 'not-found':
        case 'not-signed':
          return reply.missing();
        case 'key-used':
          return reply.refusal(outcome.refusal);
        case 'not-allowed':
        case 'no-reader':
          return showPrint(request, reply, refusalErrors(outcome.refusal, read.typed), 409);
      }
    },
  );

  // The paper of the newest hand-over: a paper that nobody is named on is not made. The same hand-over gives the same
  // bytes, because its moment and its author are what is printed.
  server.get(
    '/reports/:reportId/pdf',
    { config: { permission: 'report.write' }, schema: { params: reportParams } },
    async (request, reply) => {
      const { reportId } = reportParams.parse(request.params);
      const viewer = viewerOf(request);
      const now = parts.clock.now();
      const paper = await parts.database.transaction(databaseContext(viewer), async (tx) => {
        const report = await findReport(tx, viewer, reportId);
        if (report === null) return null;
        const opened = await parts.people.open(tx, viewer, report.personId);
        if (opened === null) return null;
        const handOver = (await findSendings(tx, viewer, { reportIds: [reportId] })).find(
          (sending) => sending.channel === 'print',
        );
        if (handOver === undefined) return 'not-handed-over' as const;
        const version = await findVersion(tx, viewer, handOver.versionId);
        if (version === null) return null;
        await recordAudit(tx, now, auditActor(viewer, request.reference), {
          action: 'printed',
          personId: report.personId,
          subjectKind: 'report version',
          subjectId: version.id,
          detail: { number: version.number, sending: handOver.id },
        });
        return printedReport(
          version.document,
          {
            number: version.number,
            handedTo: handOver.recipientName,
            replacedBy: await replacementOf(tx, viewer, version.id),
          },
          { by: handOver.sentByName, at: handOver.sentAt },
        );
      });
      if (paper === null) return reply.missing();
      if (paper === 'not-handed-over') return reply.redirect(`/reports/${reportId}/print`, 303);
      return reply
        .type('application/pdf')
        .header('content-disposition', 'inline; filename="report.pdf"')
        .send(await renderPdf(paper));
    },
  );
}
