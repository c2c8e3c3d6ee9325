import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { databaseContext } from '../access/index.ts';
import { formErrors, parseForm, refusalErrors } from '../platform/forms/form.ts';
import { dateTimeParts } from '../platform/forms/time-fields.ts';
import { findLink, openLink, readByLink, type LinkState } from './open-link.ts';
import { recordSeen } from './reader-access.ts';
import { decisionFields, informedChoices, recordReportDecision } from './record-report-decision.ts';
import type { ReportsParts } from './report-parts.ts';

// Without an account. The token in the address is the only key: routes are public and every one looks it up.

const tokenParams = z.object({ token: z.string().max(200) });
// Nobody reads a report thirty times a minute; somebody trying tokens would.
const guarded = {
  permission: 'public',
  rateLimit: { max: 30, timeWindow: '1 minute' },
} as const;

const closedPages: Readonly<
  Record<Exclude<LinkState['state'], 'open'>, { title: string; text: string; status: number }>
> = {
  unknown: {
    title: 'This link does not work',
    text: 'Check that you have copied the whole address. If it came in a message, open it from there.',
    status: 404,
  },
  expired: {
    title: 'This link has run out',
    text: 'A link stays open for three days. We can send you another.',
    status: 410,
  },
  closed: {
    title: 'This link has been closed',
    text: 'What it opened can no longer be read here.',
    status: 410,
  },
};

/** Opening, reading and answering one report by its link. */
export function registerLinkRoutes(server: FastifyInstance, parts: ReportsParts): void {
  const tokenOf = (request: FastifyRequest): string => tokenParams.parse(request.params).token;

  function showClosed(
    reply: FastifyReply,
    state: Exclude<LinkState['state'], 'open'>,
  ): Promise<FastifyReply> {
    const { status, ...page } = closedPages[state];
    return reply.page('report-link-closed.njk', { ...page, ringUs: parts.ringUs }, status);
  }

  async function showReport(
    request: FastifyRequest,
    reply: FastifyReply,
    extra: Readonly<Record<string, unknown>> = {},
    status = 200,
  ): Promise<FastifyReply> {
    const token = tokenOf(request);
    const link = await findLink(parts, token);
    if (link.state !== 'open') return showClosed(reply, link.state);
    if (!link.openedBefore) return reply.redirect(`/r/${token}`, 303);
    const read = await readByLink(parts, link.viewer, request.reference);
    if (read === null) return showClosed(reply, 'unknown');
    const { shared, template } = read;
    return reply.page(
      'report-shared.njk',
      {
        paperDocument: shared.version.document,
        number: shared.version.number,
        replacedBy: shared.replacedBy,
        decision: template.decisions.find((known) => known.key === shared.decision?.decision)?.text ?? null,
        decisions: template.decisions.map((known) => ({ value: known.key, text: known.text })),
        informed: informedChoices,
        decidedStart: dateTimeParts(parts.clock.now()),
        base: `/r/${token}`,
        ringUs: parts.ringUs,
        ...extra,
      },
      status,
    );
  }

  server.get('/r/:token', { config: guarded, schema: { params: tokenParams } }, async (request, reply) => {
    const token = tokenOf(request);
    const link = await findLink(parts, token);
    if (link.state !== 'open') return showClosed(reply, link.state);
    return reply.page('report-link.njk', {
      recipient: link.viewer.recipientName,
      action: `/r/${token}/open`,
      ringUs: parts.ringUs,
    });
  });

  server.post(
    '/r/:token/open',
    { config: guarded, schema: { params: tokenParams } },
    async (request, reply) => {
      const token = tokenOf(request);
      const outcome = await openLink(parts, token, request.reference);
      return outcome === 'opened' ? reply.redirect(`/r/${token}/report`, 303) : showClosed(reply, outcome);
    },
  );

  server.get('/r/:token/report', { config: guarded, schema: { params: tokenParams } }, (request, reply) =>
    showReport(request, reply),
  );

  server.post(
    '/r/:token/read',
    { config: guarded, schema: { params: tokenParams } },
    async (request, reply) => {
      const token = tokenOf(request);
      const link = await findLink(parts, token);
      if (link.state !== 'open') return showClosed(reply, link.state);
      if (!link.openedBefore) return reply.redirect(`/r/${token}`, 303);
      const { viewer } = link;
      const read = await readByLink(parts, viewer, request.reference);
      if (read === null) return showClosed(reply, 'unknown');
      const now = parts.clock.now();
      await parts.database.transaction(databaseContext(viewer), (tx) =>
        recordSeen(tx, viewer, read.shared, {
          kind: 'read',
          at: now,
          by: viewer.recipientName,
          reference: request.reference,
        }),
      );
      return reply.redirect(`/r/${token}/report`, 303);
    },
  );

  server.post(
    '/r/:token/decision',
    { config: guarded, schema: { params: tokenParams } },
    async (request, reply) => {
      const token = tokenOf(request);
      const link = await findLink(parts, token);
      if (link.state !== 'open') return showClosed(reply, link.state);
      if (!link.openedBefore) return reply.redirect(`/r/${token}`, 303);
      const { viewer } = link;
      const now = parts.clock.now();
      const form = parseForm(decisionFields, request.body, { now });
      if (!form.ok) return showReport(request, reply, formErrors(form), 422);
      const read = await readByLink(parts, viewer, request.reference);
      if (read === null) return showClosed(reply, 'unknown');
      const { version, sending } = read.shared;
      const outcome = await parts.database.transaction(databaseContext(viewer), async (tx) => {
        // Who answers what they decided has read it.
        await recordSeen(tx, viewer, read.shared, {
          kind: 'read',
          at: now,
          by: viewer.recipientName,
          reference: request.reference,
        });
        return recordReportDecision(tx, viewer, {
          versionId: version.id,
          personId: version.personId,
          reportId: sending.reportId,
          template: read.template,
          decision: form.values.decision,
          informed: form.values.informed,
          decidedAt: form.values.decided,
          toldBy: viewer.recipientName,
          now,
          reference: request.reference,
        });
      });
      if (!outcome.ok) return showReport(request, reply, refusalErrors(outcome.refusal, form.typed), 422);
      return reply.redirect(`/r/${token}/report`, 303);
    },
  );
}
