import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { auditActor, databaseContext } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { londonDate } from '../platform/clock.ts';
import { formErrors, oneText, refusalErrors, typedBody } from '../platform/forms/form.ts';
import { isAnswerKind, readAnswer } from './answer-form.ts';
import { answerPage, answerFormPage, type AnswerPageOptions } from './answer-page.ts';
import { answerReferral, type AnsweringViewer } from './answer-referral.ts';
import type { ReferralParts } from './parts.ts';
import {
  messagesOf,
  referralById,
  referralRules,
  type Referral,
  type ReferralMessage,
} from './referral-store.ts';

/** One way in to answering: by link, or with an account. Both ask the same questions and record the same answers. */
export interface AnswerDoor {
  /** '/a/:token' or '/referrals-to-us/:referralId' */
  readonly prefix: string;
  readonly permission: string;
  readonly page: Omit<AnswerPageOptions, 'base'>;
  /** Who came in and for which referral; null when the door has answered for itself. */
  enter(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<{ readonly viewer: AnsweringViewer; readonly referralId: string; readonly base: string } | null>;
}

interface Inside {
  readonly viewer: AnsweringViewer;
  readonly referral: Referral;
  readonly messages: readonly ReferralMessage[];
  readonly base: string;
}

/** Registers the pages behind one door. */
export function registerAnswerPages(server: FastifyInstance, parts: ReferralParts, door: AnswerDoor): void {
  const config = { permission: door.permission };

  /** The referral as this viewer may see it, with the view audited; null when an answer was sent already. */
  async function inside(request: FastifyRequest, reply: FastifyReply): Promise<Inside | null> {
    const entered = await door.enter(request, reply);
    if (entered === null) return null;
    const { viewer, referralId, base } = entered;
    const now = parts.clock.now();
    const found = await parts.database.transaction(databaseContext(viewer), async (tx) => {
      const rules = await referralRules(tx, londonDate(now));
      const referral = await referralById(tx, viewer, referralId, rules);
      if (referral === null || referral.letter === null) return null;
      const messages = await messagesOf(tx, viewer, referralId);
      if (request.method === 'GET')
        await recordAudit(tx, now, auditActor(viewer, request.reference), {
          action: 'viewed',
          personId: referral.personId,
          subjectKind: 'referral',
          subjectId: referral.id,
          detail: { as: viewer.kind },
        });
      return { referral, messages };
    });
    if (found === null) {
      await reply.missing();
      return null;
    }
    return { ...found, viewer, base };
  }

  server.get(door.prefix, { config }, async (request, reply) => {
    const entered = await door.enter(request, reply);
    if (entered === null) return reply;
    // With an account, looking is opening; by link, the Open button was pressed before this page.
    if (entered.viewer.kind === 'partner')
      await answerReferral(parts, entered.viewer, {
        referralId: entered.referralId,
        answer: { kind: 'open' },
        reference: request.reference,
      });
    const here = await inside(request, reply);
    if (here === null) return reply;
    return reply.page(
      'answer-referral.njk',
      answerPage(here, { ...door.page, base: here.base }, parts.clock.now()),
    );
  });

  server.post(`${door.prefix}/answer`, { config }, async (request, reply) => {
    const here = await inside(request, reply);
    if (here === null) return reply;
    const chosen = oneText(typedBody(request.body), 'answer');
    if (!isAnswerKind(chosen)) {
      const errors = [{ field: 'answer', anchor: 'answer', message: 'Choose your answer' }];
      return reply.page(
        'answer-referral.njk',
        {
          ...answerPage(here, { ...door.page, base: here.base }, parts.clock.now()),
          ...formErrors({ errors, typed: typedBody(request.body) }),
        },
        422,
      );
    }
    if (chosen !== 'accept') return reply.redirect(`${here.base}/answers/${chosen}`, 303);
    return record(request, reply, here, 'accept');
  });

  server.get(`${door.prefix}/answers/:kind`, { config }, async (request, reply) => {
    const here = await inside(request, reply);
    if (here === null) return reply;
    const kind = kindOf(request);
    if (kind === null) return reply.missing();
    return reply.page('answer-form.njk', answerFormPage(here, { ...door.page, base: here.base }, kind));
  });

  server.post(`${door.prefix}/answers/:kind`, { config }, async (request, reply) => {
    const here = await inside(request, reply);
    if (here === null) return reply;
    const kind = kindOf(request);
    if (kind === null) return reply.missing();
    return record(request, reply, here, kind);
  });

  server.get(`${door.prefix}/done`, { config }, async (request, reply) => {
    const here = await inside(request, reply);
    if (here === null) return reply;
    return reply.page(
      'answer-done.njk',
      answerPage(here, { ...door.page, base: here.base }, parts.clock.now()),
    );
  });

  async function record(
    request: FastifyRequest,
    reply: FastifyReply,
    here: Inside,
    kind: Parameters<typeof readAnswer>[0],
  ): Promise<FastifyReply> {
    const again = (state: ReturnType<typeof formErrors>, status: number) =>
      reply.page(
        'answer-form.njk',
        { ...answerFormPage(here, { ...door.page, base: here.base }, kind), ...state },
        status,
      );
    const read = readAnswer(kind, request.body, parts.clock.now());
    if (!read.ok) return again(formErrors(read), 422);
    const outcome = await answerReferral(parts, here.viewer, {
      referralId: here.referral.id,
      answer: read.answer,
      reference: request.reference,
    });
    if (outcome.ok) return reply.redirect(`${here.base}/done`, 303);
    switch (outcome.refusal.code) {
      case 'not-found':
        return reply.missing();
      case 'in-the-past':
      case 'not-yet':
        return again(refusalErrors(outcome.refusal, typedBody(request.body)), 422);
      case 'not-now':
        return reply.refusal(outcome.refusal);
    }
  }
}

function kindOf(request: FastifyRequest): Parameters<typeof readAnswer>[0] | null {
  const params = request.params as Readonly<Record<string, string>>;
  const kind = params['kind'] ?? '';
  return isAnswerKind(kind) && kind !== 'accept' ? kind : null;
}
