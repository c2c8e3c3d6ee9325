import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { QueryExecutorProvider } from 'kysely';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { clockSeconds } from '../views/dates.ts';
import { readDraft, saveDraft } from './drafts.ts';

export interface DraftRouteOptions {
  readonly clock: Clock;
  /** Who is typing; undefined when nobody is signed in. */
  readonly ownerOf: (request: FastifyRequest) => string | undefined;
  /** Runs `work` in one transaction with this viewer's context set. */
  readonly transaction: <T>(
    request: FastifyRequest,
    work: (tx: QueryExecutorProvider) => Promise<T>,
  ) => Promise<T>;
}

const placeSchema = z.object({
  form: z.string().regex(/^[a-z][a-z0-9-]{0,60}$/),
  subject: z.string().regex(/^[A-Za-z0-9-]{1,80}$/),
});

const bodySchema = z.object({
  version: z.int().min(0),
  content: z.record(
    z.string().max(200),
    z.union([z.string().max(60_000), z.array(z.string().max(2000)).max(200)]),
  ),
});

/**
 * `PUT /drafts/:form/:subject` saves what is typed; `drafts.js` calls it. The answer says the version to go
 * on from and the time to show. 409 answers with the text that is kept on the server, so that nothing typed
 * in either window is lost.
 */
export function addDraftRoutes(app: FastifyInstance, options: DraftRouteOptions): void {
  app
    .withTypeProvider<ZodTypeProvider>()
    .put(
      '/drafts/:form/:subject',
      { config: { permission: 'drafts' }, schema: { params: placeSchema, body: bodySchema } },
      async (request, reply) => {
        const ownerId = options.ownerOf(request);
        if (ownerId === undefined) return reply.missing();
        const place = { ownerId, ...request.params };
        const { content, version } = request.body;
        const answer = await options.transaction(request, async (tx) => {
          const saved = await saveDraft(tx, place, content, version, options.clock.now());
          return saved.ok
            ? { saved: saved.value }
            : { other: await readDraft(tx, place), why: saved.refusal };
        });
        if (answer.saved !== undefined)
          return { version: answer.saved.version, savedAt: clockSeconds(answer.saved.savedAt) };
        const { other, why } = answer;
        return reply.code(409).send({
          code: why.code,
          message: why.message,
          // Gone altogether: the form was sent from another window.
          version: other?.version ?? 0,
          savedAt: other === undefined ? null : clockSeconds(other.savedAt),
          content: other?.content ?? null,
        });
      },
    );
}
