import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { auditActor, databaseContext, viewerOf } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { personPage } from '../people/index.ts';
import { formErrors, parseForm, refusalErrors, typedBody, oneText } from '../platform/forms/form.ts';
import { keyOf } from '../platform/forms/idempotency.ts';
import { dateTimeParts } from '../platform/forms/time-fields.ts';
import { renderPdf } from '../platform/pdf/index.ts';
import { touch } from '../platform/live/touch.ts';
import { dateTime, when } from '../platform/views/dates.ts';
import { markReceipt } from '../sharing/index.ts';
import { reachedWords } from './before-decision.ts';
import { printedReport } from './printed-report.ts';
import { decisionFields, informedChoices, recordReportDecision } from './record-report-decision.ts';
import { printFields } from './report-form.ts';
import { overviewsOf, type ReportOverview, type SendingWithFacts } from './report-overview.ts';
import type { ReportsParts } from './report-parts.ts';
import { stateWords } from './report-status.ts';
import { findReport, findSendings, findVersion, replacementOf } from './report-store.ts';
import { closeLink } from './send-report.ts';
import { sendReport } from './sign-report.ts';

const reportParams = z.object({ reportId: z.uuid() });
const sendingParams = z.object({ reportId: z.uuid(), sendingId: z.uuid() });

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

interface ReportPage {
  readonly reportId: string;
  readonly template: string;
  readonly what: string;
  readonly status?: number;
  load(overview: ReportOverview, now: Temporal.Instant): Promise<Readonly<Record<string, unknown>> | null>;
}

/** One page about a signed report: opens its person, audits the view, loads the report with its receipts. */
async function withReport(
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

/** A signed report: how it went, sending it again, paper, receipts told by phone, and the decision. */
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

const channelWords = { link: 'By link', 'on-screen': 'On screen, signed in', print: 'On paper' } as const;

function sendingRow(
  overview: ReportOverview,
  entry: SendingWithFacts,
  now: Temporal.Instant,
): Readonly<Record<string, unknown>> {
  const { sending, facts } = entry;
  const version = overview.versions.find((known) => known.id === sending.versionId);
  const steps = [
    { key: 'Sent', text: `${when(facts.sentAt, now)} by ${sending.sentByName}`, shape: null },
    sending.channel === 'print'
      ? null
      : {
          key: 'Delivered',
          text: facts.deliveredAt === null ? 'Not known' : when(facts.deliveredAt, now),
          shape: null,
        },
    {
      key: 'Received',
      text: facts.receivedAt === null ? 'Not yet' : when(facts.receivedAt, now),
      shape: facts.receivedAt === null ? 'none' : 'done',
    },
    {
      key: 'Read',
      text: facts.readAt === null ? 'Not confirmed' : when(facts.readAt, now),
      shape: facts.readAt === null ? 'none' : 'done',
    },
  ].filter((step) => step !== null);
  const closed =
    facts.stoppedAt === null
      ? entry.expiresAt !== null && !entry.linkOpen
        ? `The link ran out ${when(entry.expiresAt, now)}`
        : ''
      : `Stopped ${when(facts.stoppedAt, now)}. ${entry.closedWhy ?? 'Nothing more can be opened'}`;
  return {
    id: sending.id,
    to: sending.recipientName,
    how: channelWords[sending.channel],
    version: version?.number ?? null,
    steps,
    closed,
    open: entry.linkOpen ? `Open until ${entry.expiresAt === null ? '' : when(entry.expiresAt, now)}` : '',
    act:
      sending.channel === 'print'
        ? 'See the paper, or say it was handed over'
        : entry.linkOpen
          ? 'Say they have it, or close the link'
          : 'See how it went',
    canClose: entry.linkOpen,
    canReceive: facts.receivedAt === null && facts.readAt === null && facts.stoppedAt === null,
  };
}

function sentModel(
  overview: ReportOverview,
  now: Temporal.Instant,
): Readonly<Record<string, unknown>> | null {
  const [latest, ...older] = overview.versions;
  if (latest === undefined) return null;
  const { report, template, decision } = overview;
  const status = stateWords({ state: overview.state, at: overview.since }, now);
  const decided = template.decisions.find((known) => known.key === decision?.decision);
  const informed = informedChoices.find((choice) => choice.value === decision?.informed);
  return {
    report,
    reportTitle: template.title,
    moment: template.before,
    recipient: report.recipientName,
    sendWords: overview.sendings.length === 0 ? 'Send it' : 'Send it again or another way',
    shape: status.shape,
    statusText: status.text,
    chase: overview.chase,
    needed: report.neededBy === null ? null : when(report.neededBy, now),
    signed: `Version ${latest.number}, signed by ${latest.signedByName} ${when(latest.signedAt, now)}`,
    heldBack: latest.heldBack,
    sendings: overview.sendings.map((entry) => sendingRow(overview, entry, now)),
    paper: latest.document,
    older: older.map((version) => ({
      number: version.number,
      signed: `Signed by ${version.signedByName} ${dateTime(version.signedAt)}`,
      document: version.document,
    })),
    decision:
      decision === null
        ? null
        : {
            text: decided?.text ?? decision.decision,
            at: when(decision.decidedAt, now),
            informed: informed?.text ?? '',
            by: decision.toldBy,
            reached: reachedWords(
              { receivedAt: overview.receivedAt, readAt: overview.readAt, decidedAt: decision.decidedAt },
              now,
            ),
          },
  };
}
