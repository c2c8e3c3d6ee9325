import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { databaseContext, viewerOf } from '../access/index.ts';
import { personPage } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import { formErrors, oneText, parseForm, refusalErrors, typedBody } from '../platform/forms/form.ts';
import { keyOf } from '../platform/forms/idempotency.ts';
import { onceOrRefused } from '../platform/forms/keyed-act.ts';
import { dateParts } from '../platform/forms/time-fields.ts';
import { when } from '../platform/views/dates.ts';
import { reachedWords } from './before-decision.ts';
import { composeReport } from './compose-report.ts';
import { readContent } from './report-content.ts';
import { startFields } from './report-form.ts';
import { overviewsOf, type ReportOverview } from './report-overview.ts';
import type { ReportsParts } from './report-parts.ts';
import { stateWords } from './report-status.ts';
import { findReaders, findReport, findReports, type Report } from './report-store.ts';
import { templateOf, templatesOn } from './report-templates.ts';
import { showSentLink } from './report-page.ts';
import { setAsideReport } from './set-aside-report.ts';
import { signReport } from './sign-report.ts';
import { startReport } from './start-report.ts';
import { writePage, type WritePageInput } from './write-page.ts';

const personParams = z.object({ personId: z.uuid() });
/** What a link from custody or court already knows. Nothing in it is about the person. */
const startQuery = z.object({
  template: z.string().max(60).optional(),
  recipientName: z.string().max(80).optional(),
  hearing: z.uuid().optional(),
});
const reportParams = z.object({ reportId: z.uuid() });

/** The report behind an address, so that its person can be opened; null is answered as not found. */
async function reportBehind(parts: ReportsParts, request: FastifyRequest): Promise<Report | null> {
  const { reportId } = reportParams.parse(request.params);
  const viewer = viewerOf(request);
  return parts.database.transaction(databaseContext(viewer), (tx) => findReport(tx, viewer, reportId));
}

/** The reports of one person, and writing one: list, start, write, preview, sign. */
export function registerWriteRoutes(server: FastifyInstance, parts: ReportsParts): void {
  server.get(
    '/people/:personId/reports',
    { config: { permission: 'person.view' }, schema: { params: personParams } },
    (request, reply) =>
      personPage(parts, request, reply, {
        personId: personParams.parse(request.params).personId,
        tab: 'reports',
        template: 'reports.njk',
        what: 'reports',
        load: async ({ tx, viewer, person, now }) => {
          const reports = await findReports(tx, viewer, { personId: person.id });
          const overviews = await overviewsOf(tx, viewer, reports, now);
          return { rows: overviews.map((overview) => listRow(overview, now)) };
        },
      }),
  );

  const showStart = (
    request: FastifyRequest,
    reply: FastifyReply,
    personId: string,
    extra: Readonly<Record<string, unknown>> = {},
    status = 200,
  ) =>
    personPage(parts, request, reply, {
      personId,
      tab: 'reports',
      template: 'report-start.njk',
      what: 'start of a report',
      status,
      load: async ({ tx, viewer, now }) => ({
        templates: templatesOn(londonDate(now)).map((template) => ({
          value: template.key,
          text: `${template.title}: ${template.moment}`,
        })),
        readers: [
          { value: '', text: 'Nobody with an account here' },
          ...(await findReaders(tx, viewer)).map((reader) => ({ value: reader.id, text: reader.name })),
        ],
        today: dateParts(londonDate(now)),
        ...extra,
      }),
    });

  server.get(
    '/people/:personId/reports/new',
    { config: { permission: 'report.write' }, schema: { params: personParams, querystring: startQuery } },
    (request, reply) =>
      showStart(request, reply, personParams.parse(request.params).personId, {
        given: startQuery.parse(request.query),
      }),
  );

  server.post(
    '/people/:personId/reports',
    { config: { permission: 'report.write' }, schema: { params: personParams } },
    async (request, reply) => {
      const { personId } = personParams.parse(request.params);
      const viewer = viewerOf(request);
      const read = parseForm(startFields, request.body, { now: parts.clock.now() });
      if (!read.ok) return showStart(request, reply, personId, formErrors(read), 422);
      const key = keyOf(request.body);
      if (key === undefined) return reply.missing();
      const { values } = read;
      const template = templatesOn(londonDate(parts.clock.now())).find(
        (known) => known.key === values.template,
      );
      const outcome = await onceOrRefused(
        parts.database,
        databaseContext(viewer),
        { key, route: `start report ${personId}` },
        (tx) =>
          startReport(parts, tx, viewer, {
            personId,
            recipient: template?.recipient ?? 'custody-officer',
            purpose: template?.purpose ?? 'sentence',
            recipientName: values.recipientName ?? null,
            recipientEmail: values.recipientEmail ?? null,
            recipientPhone: values.recipientPhone ?? null,
            readerId: values.reader ?? null,
            hearingId: values.hearing ?? null,
            neededBy: values.needed,
            decisionAt: values.decision,
            reference: request.reference,
          }),
      );
      if (outcome.ok) return reply.redirect(`/reports/${outcome.value.result.reportId}`, 303);
      switch (outcome.refusal.code) {
        case 'not-found':
          return reply.missing();
        case 'key-used':
          return reply.refusal(outcome.refusal);
        default:
          return showStart(request, reply, personId, refusalErrors(outcome.refusal, read.typed), 422);
      }
    },
  );

  /** The page of writing, with whatever was just typed. */
  async function showWriting(
    request: FastifyRequest,
    reply: FastifyReply,
    extra: Omit<WritePageInput, 'report' | 'person' | 'now'> = {},
    status = 200,
  ): Promise<FastifyReply> {
    const report = await reportBehind(parts, request);
    if (report === null || report.closedAt !== null) return reply.missing();
    return personPage(parts, request, reply, {
      personId: report.personId,
      tab: 'reports',
      template: 'report-write.njk',
      what: 'report being written',
      status,
      load: ({ tx, viewer, person, now }) => writePage(parts, tx, viewer, { report, person, now, ...extra }),
    });
  }

  server.get(
    '/reports/:reportId/write',
    { config: { permission: 'report.write' }, schema: { params: reportParams } },
    (request, reply) => showWriting(request, reply),
  );

  server.post(
    '/reports/:reportId/set-aside',
    { config: { permission: 'report.write' }, schema: { params: reportParams } },
    async (request, reply) => {
      const { reportId } = reportParams.parse(request.params);
      const asked = { viewer: viewerOf(request), reference: request.reference };
      const outcome = await setAsideReport(parts, asked, reportId);
      if (outcome.ok) return reply.redirect(`/people/${outcome.value.personId}/reports`, 303);
      return outcome.refusal.code === 'not-found' ? reply.missing() : reply.refusal(outcome.refusal);
    },
  );

  server.post(
    '/reports/:reportId/preview',
    { config: { permission: 'report.write' }, schema: { params: reportParams } },
    async (request, reply) => {
      const typed = typedBody(request.body);
      if (request.headers['x-preview'] !== 'part')
        return showWriting(request, reply, { typed, formKey: oneText(typed, '_key') });
      const report = await reportBehind(parts, request);
      const viewer = viewerOf(request);
      if (report === null) return reply.missing();
      // Not in the audit again: the page of writing was, and this holds nothing but what its author just typed.
      const document = await parts.database.transaction(databaseContext(viewer), async (tx) => {
        const opened = await parts.people.open(tx, viewer, report.personId);
        if (opened === null) return null;
        const content = readContent(templateOf(report.template), typed);
        const now = parts.clock.now();
        return (await composeReport(parts, tx, viewer, report, opened.person, content, now)).document;
      });
      return document === null
        ? reply.missing()
        : reply.page('report-preview.njk', { paperDocument: document });
    },
  );

  server.post(
    '/reports/:reportId/sign',
    { config: { permission: 'report.write' }, schema: { params: reportParams } },
    async (request, reply) => {
      const { reportId } = reportParams.parse(request.params);
      const viewer = viewerOf(request);
      const typed = typedBody(request.body);
      const key = keyOf(request.body);
      if (key === undefined) return reply.missing();
      const next = oneText(typed, '_then');
      const outcome = await signReport(
        parts,
        { viewer, reference: request.reference },
        {
          reportId,
          typed,
          base: Number.parseInt(oneText(typed, '_base'), 10) || 0,
          checked: oneText(typed, '_checked') === 'yes',
          next: next === 'print' || next === 'sign' ? next : 'send',
          key,
        },
      );
      if (outcome.ok) {
        const { sent } = outcome.value;
        if (next === 'print') return reply.redirect(`/reports/${reportId}/print`, 303);
        // A token can be shown once: the page with it is the answer to this request.
        if (sent !== null && sent.token !== null && !sent.emailed)
          return showSentLink(parts, request, reply, { reportId, token: sent.token });
        return reply.redirect(`/reports/${reportId}`, 303);
      }
      const { code, message } = outcome.refusal;
      switch (code) {
        case 'not-found':
          return reply.missing();
        case 'key-used':
          return reply.refusal(outcome.refusal);
        case 'stale':
          return showWriting(request, reply, { typed, message, stale: true }, 409);
        case 'mistakes':
          return showWriting(
            request,
            reply,
            { typed, mistakes: outcome.mistakes ?? [], message, formKey: key },
            422,
          );
        case 'check-first':
          return showWriting(
            request,
            reply,
            {
              typed,
              mistakes: [
                { field: 'checked', message: 'Look at what is said below, and tick when it is right' },
              ],
              formKey: key,
            },
            422,
          );
        case 'not-allowed':
        case 'no-reader':
          return showWriting(request, reply, { typed, message, formKey: key }, 409);
      }
    },
  );
}

/** One report in the list: what, for whom, how it stands, whether it was there in time. */
function listRow(overview: ReportOverview, now: Temporal.Instant): Readonly<Record<string, unknown>> {
  const { report, template } = overview;
  const status = stateWords({ state: overview.state, at: overview.since }, now);
  const decided = template.decisions.find((known) => known.key === overview.decision?.decision);
  return {
    id: report.id,
    title: `${template.title}: ${template.moment}`,
    to: report.recipientName,
    by: overview.versions[0]?.signedByName ?? report.createdByName,
    started: when(overview.versions[0]?.signedAt ?? report.createdAt, now),
    version: overview.versions[0]?.number ?? null,
    shape: status.shape,
    status: status.text,
    needed: report.neededBy === null ? 'No time set' : when(report.neededBy, now),
    chase: overview.chase?.words ?? '',
    decided: decided === undefined ? 'Not told yet' : decided.text,
    reached:
      reachedWords(
        {
          receivedAt: overview.receivedAt,
          readAt: overview.readAt,
          decidedAt: overview.decision?.decidedAt ?? null,
        },
        now,
      ) ?? '',
  };
}
