import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { databaseContext, type LinkViewer } from '../access/index.ts';
import { londonDate } from '../platform/clock.ts';
import { registerAnswerPages } from './answer-routes.ts';
import { answerReferral } from './answer-referral.ts';
import type { ReferralParts } from './parts.ts';
import { isOpenedMark, openedMark, presentLink } from './referral-link.ts';
import { hasEnded } from './referral.ts';
import { referralById, referralRules } from './referral-store.ts';

const TWELVE_HOURS = 12 * 60 * 60;

/**
 * A service without an account answers here. The first page shows initials and the need, and a button: mail scanners
 * follow addresses, they do not press buttons, so what follows was opened by somebody. Pressed once, this browser
 * goes on for twelve hours.
 */
export function registerLinkRoutes(server: FastifyInstance, parts: ReferralParts): void {
  const cookieOf = (linkId: string): string => `tl-link-${linkId.slice(-12)}`;

  async function present(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<{ readonly viewer: LinkViewer; readonly linkId: string; readonly base: string } | null> {
    const token = (request.params as Readonly<Record<string, string>>)['token'] ?? '';
    const link = await presentLink(parts.database, token, parts.clock.now());
    if (link.kind === 'open') return { viewer: link.viewer, linkId: link.linkId, base: `/a/${token}` };
    await closed(reply, link.kind === 'unknown' ? 'unknown' : link.why);
    return null;
  }

  function closed(
    reply: FastifyReply,
    why: 'unknown' | 'expired' | 'revoked' | 'ended',
  ): Promise<FastifyReply> {
    return reply.page(
      'answer-closed.njk',
      { why, organisation: parts.organisation },
      why === 'unknown' ? 404 : 410,
    );
  }

  async function start(reply: FastifyReply, viewer: LinkViewer, base: string): Promise<void> {
    const now = parts.clock.now();
    const referral = await parts.database.transaction(databaseContext(viewer), async (tx) =>
      referralById(tx, viewer, viewer.subjectId, await referralRules(tx, londonDate(now))),
    );
    if (referral === null || hasEnded(referral.standing.state)) {
      await closed(reply, 'ended');
      return;
    }
    await reply.page('answer-start.njk', {
      base,
      cover: referral.cover,
      serviceName: referral.serviceName,
      organisation: parts.organisation,
    });
  }

  registerAnswerPages(server, parts, {
    prefix: '/a/:token',
    permission: 'public',
    page: { layout: 'layouts/public.njk', byLink: true },
    async enter(request, reply) {
      const link = await present(request, reply);
      if (link === null) return null;
      const mark = request.cookies[cookieOf(link.linkId)];
      if (!isOpenedMark(parts.linkSecret, link.linkId, mark)) {
        await start(reply, link.viewer, link.base);
        return null;
      }
      return { viewer: link.viewer, referralId: link.viewer.subjectId, base: link.base };
    },
  });

  server.post('/a/:token/open', { config: { permission: 'public' } }, async (request, reply) => {
    const link = await present(request, reply);
    if (link === null) return reply;
    const outcome = await answerReferral(parts, link.viewer, {
      referralId: link.viewer.subjectId,
      answer: { kind: 'open' },
      reference: request.reference,
    });
    if (!outcome.ok) return closed(reply, 'ended');
    void reply.setCookie(cookieOf(link.linkId), openedMark(parts.linkSecret, link.linkId), {
      path: '/a/',
      httpOnly: true,
      sameSite: 'lax',
      secure: parts.baseUrl.startsWith('https:'),
      maxAge: TWELVE_HOURS,
    });
    return reply.redirect(link.base, 303);
  });
}
