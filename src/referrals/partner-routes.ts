import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { auditActor, databaseContext, viewerOf } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { londonDate } from '../platform/clock.ts';
import { registerAnswerPages } from './answer-routes.ts';
import type { ReferralParts } from './parts.ts';
import { dueWords } from './referral-status.ts';
import { inWords, isOverdue } from './referral.ts';
import { openReferrals, referralRules } from './referral-store.ts';
import { when } from '../platform/views/dates.ts';

const idSchema = z.uuid();

/** A service's own list, for its workers with an account. Another service's referral is not found. */
export function registerPartnerRoutes(server: FastifyInstance, parts: ReferralParts): void {
  server.get('/referrals-to-us', { config: { permission: 'referral.answer' } }, async (request, reply) => {
    const viewer = viewerOf(request);
    const now = parts.clock.now();
    const service = viewer.serviceId;
    const open =
      service === null
        ? []
        : await parts.database.transaction(databaseContext(viewer), async (tx) => {
            const rules = await referralRules(tx, londonDate(now));
            const found = await openReferrals(tx, viewer, { service }, rules);
            await recordAudit(tx, now, auditActor(viewer, request.reference), {
              action: 'viewed',
              subjectKind: 'referrals to us',
              detail: { count: found.length },
            });
            return found;
          });
    return reply.page('referrals-to-us.njk', {
      noService: service === null,
      serviceName: open[0]?.serviceName ?? null,
      rows: open.map((referral) => {
        const yours = referral.standing.waitingOn === 'service';
        const attendance =
          referral.standing.state === 'appointment-offered' &&
          referral.standing.appointmentAt !== null &&
          Temporal.Instant.compare(referral.standing.appointmentAt, now) <= 0;
        const late = isOverdue(referral.standing, now);
        return {
          href: `/referrals-to-us/${referral.id}`,
          name: referral.letter?.find((line) => line.key === 'who')?.text ?? referral.cover,
          needs: referral.cover.split(': ')[1] ?? '',
          sent: when(referral.sentAt ?? referral.createdAt, now),
          shape: attendance ? 'due' : yours ? (late ? 'now' : 'due') : 'wait',
          status: attendance
            ? 'Did they come?'
            : yours
              ? `${referral.standing.state === 'accepted' ? 'Offer an appointment' : referral.standing.state === 'waiting' ? 'On your waiting list' : 'Answer'}. ${dueWords(referral.standing, now)}`
              : `${inWords(referral.standing.state).charAt(0).toUpperCase()}${inWords(referral.standing.state).slice(1)}`,
        };
      }),
    });
  });

  registerAnswerPages(server, parts, {
    prefix: '/referrals-to-us/:referralId',
    permission: 'referral.answer',
    page: { layout: 'layouts/app.njk', byLink: false },
    async enter(request, reply) {
      const id = (request.params as Readonly<Record<string, string>>)['referralId'] ?? '';
      if (!idSchema.safeParse(id).success) {
        await reply.missing();
        return null;
      }
      return { viewer: viewerOf(request), referralId: id, base: `/referrals-to-us/${id}` };
    },
  });
}
