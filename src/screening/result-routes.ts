import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { databaseContext, viewerOf, type SignedInViewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import { oneText, refusalErrors, typedBody } from '../platform/forms/form.ts';
import type { formErrors, Typed } from '../platform/forms/form.ts';
import { keyedAct } from '../platform/forms/keyed-act.ts';
import type { Outcome } from '../platform/result.ts';
import { isNeedKind, personPage } from '../people/index.ts';
import { decideSuggestion, recordSafetyConversation } from './decide-screening.ts';
import { resultModel } from './result-model.ts';
import { scoreRecorded } from './save-screening.ts';
import { screeningById, screeningsOf, versionsOf } from './screening-store.ts';
import type { ScreeningRouteParts } from './screening-parts.ts';
import { shownFor } from './shown-for.ts';

const screeningParams = z.object({ personId: z.uuid(), screeningId: z.uuid() });
type DecisionRefusal = 'not-found' | 'not-open' | 'not-suggested' | 'why-missing' | 'decided';

const permission = 'screening.record';

/** The page of one finished screening, and what is decided on it: the safety conversation and each suggested need. */
export function registerResultRoutes(server: FastifyInstance, parts: ScreeningRouteParts): void {
  async function resultPage(
    request: FastifyRequest,
    reply: FastifyReply,
    again: { readonly errors: ReturnType<typeof formErrors>; readonly need: string } | null,
  ): Promise<FastifyReply> {
    const { personId, screeningId } = screeningParams.parse(request.params);
    return personPage(parts, request, reply, {
      personId,
      tab: 'screening',
      template: 'screening-result.njk',
      what: 'screening result',
      status: again === null ? 200 : 422,
      load: async (scope) => {
        const { tx, viewer, person } = scope;
        const screening = await screeningById(tx, viewer, person.id, screeningId);
        if (screening === null) return null;
        const found = parts.library.find(`${screening.instrument.url}|${screening.instrument.version}`);
        if (!found.ok) return null;
        const all = await screeningsOf(tx, viewer, person.id);
        const shown = await shownFor(parts, scope, found.value, screening, all);
        return {
          ...resultModel({
            personId: person.id,
            instrument: found.value,
            screening,
            result: scoreRecorded(found.value, screening.answers, person, screening.savedAt),
            versions: await versionsOf(tx, screening.id),
            now: scope.now,
          }),
          shown,
          onResult: true,
          openSuggestions: (shown['suggestions'] as readonly Record<string, unknown>[]).filter(
            (one) => one['decided'] === '' && one['action'] !== '',
          ),
          whyNeed: again?.need ?? '',
          ...again?.errors,
        };
      },
    });
  }

  server.get(
    '/people/:personId/screenings/:screeningId',
    { config: { permission }, schema: { params: screeningParams } },
    (request, reply) => resultPage(request, reply, null),
  );

  server.post(
    '/people/:personId/screenings/:screeningId/safety-conversation',
    { config: { permission }, schema: { params: screeningParams } },
    (request, reply) =>
      decide(request, reply, '', async (tx, viewer, typed) => {
        const { personId, screeningId } = screeningParams.parse(request.params);
        const decision = oneText(typed, 'decision') === 'had' ? 'had' : 'not-possible';
        const why = oneText(typed, 'why');
        return recordSafetyConversation(parts, tx, viewer, {
          personId,
          screeningId,
          decision,
          why,
          reference: request.reference,
        });
      }),
  );

  server.post(
    '/people/:personId/screenings/:screeningId/suggestions',
    { config: { permission }, schema: { params: screeningParams } },
    async (request, reply) => {
      const need = oneText(typedBody(request.body), 'need');
      if (!isNeedKind(need)) return reply.missing();
      return decide(request, reply, need, async (tx, viewer, typed) => {
        const { personId, screeningId } = screeningParams.parse(request.params);
        return decideSuggestion(parts, tx, viewer, {
          personId,
          screeningId,
          need,
          decision: oneText(typed, 'decision') === 'added' ? 'added' : 'not-a-need',
          why: oneText(typed, 'why'),
          reference: request.reference,
        });
      });
    },
  );

  /** One decision about a result: once for a key, then the result again; a refusal is shown at its field. */
  async function decide(
    request: FastifyRequest,
    reply: FastifyReply,
    need: string,
    work: (
      tx: Tx,
      viewer: SignedInViewer,
      typed: Typed,
    ) => Promise<Outcome<{ readonly screeningId: string }, DecisionRefusal>>,
  ): Promise<FastifyReply> {
    const viewer = viewerOf(request);
    const typed = typedBody(request.body);
    const { personId, screeningId } = screeningParams.parse(request.params);
    const form = { body: request.body, route: 'screening decision' };
    const outcome = await keyedAct(parts.database, databaseContext(viewer), form, (tx) =>
      work(tx, viewer, typed),
    );
    if (outcome.ok || outcome.refusal.code === 'decided')
      return reply.redirect(`/people/${personId}/screenings/${screeningId}`, 303);
    const { refusal } = outcome;
    switch (refusal.code) {
      case 'not-found':
        return reply.missing();
      case 'why-missing':
        return resultPage(request, reply, { errors: refusalErrors(refusal, typed), need });
      case 'decided':
      case 'not-open':
      case 'not-suggested':
      case 'key-used':
        break;
    }
    return reply.refusal(refusal);
  }
}
