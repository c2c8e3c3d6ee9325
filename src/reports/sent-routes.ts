import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { databaseContext, viewerOf } from '../access/index.ts';
import { oneText, refusalErrors, typedBody } from '../platform/forms/form.ts';
import { keyOf } from '../platform/forms/idempotency.ts';
import { touch } from '../platform/live/touch.ts';
import { markReceipt } from '../sharing/index.ts';
import { overviewsOf } from './report-overview.ts';
import { showSentLink, withReport } from './report-page.ts';
import type { ReportsParts } from './report-parts.ts';
import { findReport, findSendings } from './report-store.ts';
import { closeLink } from './send-report.ts';
import { sendingRow, sentModel } from './sent-page.ts';
import { sendReport } from './sign-report.ts';

const reportParams = z.object({ reportId: z.uuid() });
const sendingParams = z.object({ reportId: z.uuid(), sendingId: z.uuid() });

/** A signed report: how it went, sending it again, and what was told by phone. */
export function registerSentRoutes(server: FastifyInstance, parts: ReportsParts): void {
  server.get(
    '/reports/:reportId',
    { config: { permission: 'person.view' }, schema: { params: reportParams } },
    async (request, reply) => {
      const { reportId } = reportParams.parse(request.params);
      const viewer = viewerOf(request);
      const signed = await parts.database.transaction(databaseContext(viewer), async (tx) => {
        const report = await findReport(tx, viewer, reportId);
        return report === null
          ? null
          : ((await overviewsOf(tx, viewer, [report], parts.clock.now()))[0] ?? null);
      });
      if (signed === null) return reply.missing();
      if (signed.versions.length === 0) return reply.redirect(`/reports/${reportId}/write`, 303);
      return withReport(parts, request, reply, {
        reportId,
        template: 'report-sent.njk',
        what: 'report',
        load: async (overview, now) => sentModel(overview, now),
      });
    },
  );

  server.get(
    '/reports/:reportId/send',
    { config: { permission: 'report.write' }, schema: { params: reportParams } },
    (request, reply) => showSend(request, reply),
  );

  function showSend(
    request: FastifyRequest,
    reply: FastifyReply,
    extra: Readonly<Record<string, unknown>> = {},
    status = 200,
  ): Promise<FastifyReply> {
    return withReport(parts, request, reply, {
      reportId: reportParams.parse(request.params).reportId,
      template: 'report-send.njk',
      what: 'sending a report',
      status,
      load: async (overview) =>
        overview.versions.length === 0
          ? null
          : {
              report: overview.report,
              reportTitle: overview.template.title,
              number: overview.versions[0]?.number,
              hasReader: overview.report.readerId !== null,
              hasEmail: overview.report.recipientEmail !== null,
              ...extra,
            },
    });
  }

  server.post(
    '/reports/:reportId/send',
    { config: { permission: 'report.write' }, schema: { params: reportParams } },
    async (request, reply) => {
      const { reportId } = reportParams.parse(request.params);
      const key = keyOf(request.body);
      if (key === undefined) return reply.missing();
      const typed = typedBody(request.body);
      const channel = oneText(typed, 'channel') === 'on-screen' ? 'on-screen' : 'link';
      const asked = { viewer: viewerOf(request), reference: request.reference };
      const outcome = await sendReport(parts, asked, { reportId, channel, key });
      if (outcome.ok) {
        const { sent } = outcome.value;
        if (sent !== null && sent.token !== null && !sent.emailed)
          return showSentLink(parts, request, reply, { reportId, token: sent.token });
        return reply.redirect(`/reports/${reportId}`, 303);
      }
      switch (outcome.refusal.code) {
        case 'not-found':
        case 'not-signed':
          return reply.missing();
        case 'key-used':
          return reply.refusal(outcome.refusal);
        case 'not-allowed':
        case 'no-reader':
          return showSend(request, reply, refusalErrors(outcome.refusal, typed), 409);
      }
    },
  );

  server.get(
    '/reports/:reportId/sendings/:sendingId',
    { config: { permission: 'person.view' }, schema: { params: sendingParams } },
    (request, reply) => {
      const { reportId, sendingId } = sendingParams.parse(request.params);
      return withReport(parts, request, reply, {
        reportId,
        template: 'report-sending.njk',
        what: 'how a report went',
        load: async (overview, now) => {
          const entry = overview.sendings.find((known) => known.sending.id === sendingId);
          if (entry === undefined) return null;
          return {
            reportId,
            reportTitle: overview.template.title,
            entry: sendingRow(overview, entry, now),
            isPrint: entry.sending.channel === 'print',
          };
        },
      });
    },
  );

  server.post(
    '/reports/:reportId/sendings/:sendingId',
    { config: { permission: 'report.write' }, schema: { params: sendingParams } },
    async (request, reply) => {
      const { reportId, sendingId } = sendingParams.parse(request.params);
      const viewer = viewerOf(request);
      const now = parts.clock.now();
      const act = oneText(typedBody(request.body), 'act');
      const found = await parts.database.transaction(databaseContext(viewer), async (tx) => {
        const report = await findReport(tx, viewer, reportId);
        if (report === null || (await parts.people.open(tx, viewer, report.personId)) === null) return false;
        const [sending] = await findSendings(tx, viewer, { id: sendingId });
        if (sending === undefined || sending.reportId !== reportId) return false;
        if (act === 'close' && sending.linkId !== null)
          await closeLink(tx, viewer, {
            linkId: sending.linkId,
            personId: report.personId,
            why: `Closed by ${viewer.name}`,
            now,
            reference: request.reference,
          });
        if (act === 'received') {
          await markReceipt(
            tx,
            viewer,
            sending.disclosureId,
            'received',
            now,
            `${sending.recipientName}, told ${viewer.name}`,
          );
          await touch(tx, [`report:${reportId}`]);
        }
        return true;
      });
      return found ? reply.redirect(`/reports/${reportId}`, 303) : reply.missing();
    },
  );
}
