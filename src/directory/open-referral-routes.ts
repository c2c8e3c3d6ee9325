import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '../platform/database.ts';
import { listedService, listedServices } from './directory-store.ts';
import { writePage, writeService } from './write-open-referral.ts';

const pageSchema = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  per_page: z.coerce.number().int().min(1).max(100).default(50),
});
const idSchema = z.object({ id: z.uuid() });

// Open data is read from other people's pages; there is nothing of anybody's session in the answer.
const openToAll = { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=300' } as const;

/**
 * The standard's own interface: Open Referral UK 3.0 services, one page or one service, for anybody. Only services and
 * organisations; no person, no referral, no name of anybody who works here. Ids are ours, so that two feeds' service 17
 * stay two.
 */
export function registerOpenReferralRoutes(
  server: FastifyInstance,
  parts: { readonly database: Database },
): void {
  const area = firstArea(parts.database);

  server.get('/api/open-referral/services', { config: { permission: 'public' } }, async (request, reply) => {
    const query = pageSchema.safeParse(request.query);
    if (!query.success)
      return reply.code(400).send({ error: 'page and per_page are whole numbers; per_page is at most 100' });
    const { page, per_page: perPage } = query.data;
    const { services, total } = await parts.database.transaction(
      { kind: 'nobody', area: await area() },
      (tx) => listedServices(tx, page, perPage),
    );
    const contents = services.map((service) => writeService({ ...service.listing, externalId: service.id }));
    return reply
      .headers(openToAll)
      .send(writePage(contents, { page, pages: Math.max(1, Math.ceil(total / perPage)), total }));
  });

  server.get(
    '/api/open-referral/services/:id',
    { config: { permission: 'public' } },
    async (request, reply) => {
      const params = idSchema.safeParse(request.params);
      const context = { kind: 'nobody', area: await area() } as const;
      const service = params.success
        ? await parts.database.transaction(context, (tx) => listedService(tx, params.data.id))
        : null;
      if (service === null || service.gone) return reply.code(404).send({ error: 'no such service' });
      return reply.headers(openToAll).send(writeService({ ...service.listing, externalId: service.id }));
    },
  );
}

/** An installation serves the directory of its first area. Asked once: areas are not made while it runs. */
function firstArea(database: Database): () => Promise<string | null> {
  let found: string | null = null;
  return async () => {
    found ??= await database.transaction({ kind: 'nobody', area: null }, async (tx) => {
      const row = await tx.selectFrom('area').select('id').orderBy('id').executeTakeFirst();
      return row?.id ?? null;
    });
    return found;
  };
}
