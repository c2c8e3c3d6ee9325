import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { auditActor, databaseContext, viewerOf, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { formErrors, parseForm, refusalErrors } from '../platform/forms/form.ts';
import { dateTimeParts } from '../platform/forms/time-fields.ts';
import { when } from '../platform/views/dates.ts';
import { markReceipt, receiptsOf } from '../sharing/index.ts';
import { mayStillOpen, onBehalfOf, readShared, templateBehind, type SharedVersion } from './reader-access.ts';
import { decisionFields, informedChoices, recordReportDecision } from './record-report-decision.ts';
import type { ReportsParts } from './report-parts.ts';
import { findSendings } from './report-store.ts';
import type { ReportTemplate } from './report-templates.ts';

// Readers with an account: police, courts, probation. They see versions that were sent to them, never a record.

const sendingParams = z.object({ sendingId: z.uuid() });

/** Reports shared with me: the list, one report, and the answer to what was decided. */
export function registerReaderRoutes(server: FastifyInstance, parts: ReportsParts): void {
  const { database } = parts;

  server.get(
    '/reports-shared-with-me',
    { config: { permission: 'report.read-shared' } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const now = parts.clock.now();
      const shared = await database.transaction(databaseContext(viewer), async (tx) => {
        const sendings = await findSendings(tx, viewer, { readerId: viewer.workerId });
        await recordAudit(tx, now, auditActor(viewer, request.reference), {
          action: 'viewed',
          subjectKind: 'reports shared with me',
          detail: { count: sendings.length },
        });
        return sendings;
      });
      const system = onBehalfOf(viewer.areaId, viewer.name);
      const receipts = await database.transaction(databaseContext(system), (tx) =>
        receiptsOf(
          tx,
          system,
          shared.map((sending) => sending.disclosureId),
        ),
      );
      return reply.page('reports-shared-with-me.njk', {
        rows: shared.map((sending) => {
          const got = receipts.get(sending.disclosureId);
          const opened = got?.readAt ?? got?.receivedAt ?? null;
          return {
            // No name before it is opened: an unopened list on a shared screen says nothing about anybody.
            href: `/reports-shared-with-me/${sending.id}`,
            from: sending.sentByName,
            sent: when(sending.sentAt, now),
            shape: got?.stoppedAt ? 'stop' : opened === null ? 'due' : 'done',
            status:
              got?.stoppedAt && opened === null
                ? 'Stopped'
                : opened === null
                  ? 'Not opened yet'
                  : `Opened ${when(opened, now)}`,
          };
        }),
      });
    },
  );

  async function open(
    request: FastifyRequest,
    kind: 'received' | 'read',
  ): Promise<{ readonly shared: SharedVersion; readonly template: ReportTemplate } | 'missing' | 'stopped'> {
    const viewer = viewerOf(request);
    const { sendingId } = sendingParams.parse(request.params);
    const now = parts.clock.now();
    const shared = await database.transaction(databaseContext(viewer), async (tx) => {
      const [sending] = await findSendings(tx, viewer, { id: sendingId });
      return sending === undefined ? null : readShared(tx, viewer, sending);
    });
    if (shared === null) return 'missing';
    if ((await mayStillOpen(database, shared.sending, viewer.areaId, now)) === 'stopped') return 'stopped';
    // The receipt is the record's, which a reader cannot reach: the program writes it, naming them.
    const system = onBehalfOf(viewer.areaId, viewer.name);
    await database.transaction(databaseContext(system), (tx) =>
      markReceipt(tx, system, shared.sending.disclosureId, kind, now, viewer.name),
    );
    await auditReading(viewer, shared, now, request.reference);
    return { shared, template: await templateBehind(database, shared.sending, viewer.areaId) };
  }

  async function auditReading(
    viewer: SignedInViewer,
    shared: SharedVersion,
    now: Temporal.Instant,
    reference: string,
  ): Promise<void> {
    await database.transaction(databaseContext(viewer), (tx) =>
      recordAudit(tx, now, auditActor(viewer, reference), {
        action: 'viewed',
        personId: shared.version.personId,
        subjectKind: 'report version',
        subjectId: shared.version.id,
        detail: { through: 'on-screen', number: shared.version.number },
      }),
    );
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    extra: Readonly<Record<string, unknown>> = {},
    status = 200,
  ): Promise<FastifyReply> {
    const opened = await open(request, 'received');
    if (opened === 'missing') return reply.missing();
    if (opened === 'stopped')
      return reply.refusal(
        {
          code: 'stopped',
          message: `This report was stopped before it was opened. Ring ${parts.ringUs.name} on ${parts.ringUs.phone}.`,
        },
        410,
      );
    const { shared, template } = opened;
    return reply.page(
      'report-shared-on-screen.njk',
      {
        paperDocument: shared.version.document,
        number: shared.version.number,
        replacedBy: shared.replacedBy,
        decision: template.decisions.find((known) => known.key === shared.decision?.decision)?.text ?? null,
        decisions: template.decisions.map((known) => ({ value: known.key, text: known.text })),
        informed: informedChoices,
        decidedStart: dateTimeParts(parts.clock.now()),
        base: `/reports-shared-with-me/${shared.sending.id}`,
        ringUs: parts.ringUs,
        ...extra,
      },
      status,
    );
  }

  server.get(
    '/reports-shared-with-me/:sendingId',
    { config: { permission: 'report.read-shared' }, schema: { params: sendingParams } },
    (request, reply) => show(request, reply),
  );

  server.post(
    '/reports-shared-with-me/:sendingId/read',
    { config: { permission: 'report.read-shared' }, schema: { params: sendingParams } },
    async (request, reply) => {
      const { sendingId } = sendingParams.parse(request.params);
      const opened = await open(request, 'read');
      if (opened === 'missing') return reply.missing();
      return reply.redirect(`/reports-shared-with-me/${sendingId}`, 303);
    },
  );

  server.post(
    '/reports-shared-with-me/:sendingId/decision',
    { config: { permission: 'report.read-shared' }, schema: { params: sendingParams } },
    async (request, reply) => {
      const { sendingId } = sendingParams.parse(request.params);
      const viewer = viewerOf(request);
      const now = parts.clock.now();
      const form = parseForm(decisionFields, request.body, { now });
      if (!form.ok) return show(request, reply, formErrors(form), 422);
      const opened = await open(request, 'read');
      if (opened === 'missing') return reply.missing();
      if (opened === 'stopped') return reply.redirect(`/reports-shared-with-me/${sendingId}`, 303);
      const outcome = await database.transaction(databaseContext(viewer), (tx) =>
        recordReportDecision(tx, viewer, {
          versionId: opened.shared.version.id,
          personId: opened.shared.version.personId,
          reportId: opened.shared.sending.reportId,
          template: opened.template,
          decision: form.values.decision,
          informed: form.values.informed,
          decidedAt: form.values.decided,
          toldBy: viewer.name,
          now,
          reference: request.reference,
        }),
      );
      if (!outcome.ok) return show(request, reply, refusalErrors(outcome.refusal, form.typed), 422);
      return reply.redirect(`/reports-shared-with-me/${sendingId}`, 303);
    },
  );
}
