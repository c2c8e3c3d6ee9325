import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { SessionNotFound } from 'oidc-provider/lib/helpers/errors.js';
import { z } from 'zod';
import { londonDate, type Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { demonstrationWorkerName, listDemonstrationWorkers } from './demonstration-workers.ts';
import { createEmbeddedProvider, IDENTITY_PATH } from './embedded-provider.ts';
import type { ProviderKeys } from './provider-keys.ts';

export interface ProviderParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly baseUrl: string;
  readonly keys: ProviderKeys;
  /** From the settings. Anybody may sign in as anybody here, so a production start with it is refused. */
  readonly production: boolean;
}

const nobody = { kind: 'nobody', area: null } as const;
const chosenSchema = z.object({ as: z.string().min(1).max(200) });

/**
 * Serves the embedded provider below /identity, on the product's own server: one address to reach, one origin, and
 * "Choose who to be" is an ordinary page with our policy and form tokens. Throws in production.
 */
export function registerEmbeddedProvider(server: FastifyInstance, parts: ProviderParts): void {
  if (parts.production)
    throw new Error('The embedded provider signs in anybody as anybody: it does not run in production');
  const provider = createEmbeddedProvider({
    baseUrl: parts.baseUrl,
    keys: parts.keys,
    nameOf: (subject) => parts.database.transaction(nobody, (tx) => demonstrationWorkerName(tx, subject)),
  });
  const answer = provider.callback();
  const address = new URL(parts.baseUrl);
  provider.proxy = true;

  void server.register(async (own) => {
    // The provider reads its own bodies.
    own.removeAllContentTypeParsers();
    own.addContentTypeParser('*', (_request, _payload, done) => {
      done(null);
    });
    own.route({
      method: ['GET', 'POST', 'OPTIONS'],
      url: `${IDENTITY_PATH}/*`,
      // Its token endpoint is called by programs; its other steps carry their own state and PKCE proof.
      config: { permission: 'public', csrf: 'token-api' },
      handler: async (request, reply) => {
        reply.hijack();
        await answer(asMounted(request.raw, address), reply.raw);
      },
    });
  });

  server.get<{ Params: { step: string } }>(
    `${IDENTITY_PATH}/step/:step`,
    { config: { permission: 'public' } },
    async (request, reply) => {
      if (!(await isWaiting(() => provider.interactionDetails(request.raw, reply.raw))))
        return startAgain(reply);
      const today = londonDate(parts.clock.now());
      const people = await parts.database.transaction(nobody, (tx) => listDemonstrationWorkers(tx, today));
      return reply.page('access/choose-person.njk', { people });
    },
  );

  server.post<{ Params: { step: string } }>(
    `${IDENTITY_PATH}/step/:step`,
    { config: { permission: 'public' } },
    async (request, reply) => {
      const chosen = chosenSchema.safeParse(request.body);
      const accountId = chosen.success ? chosen.data.as : '';
      const name = await parts.database.transaction(nobody, (tx) => demonstrationWorkerName(tx, accountId));
      if (name === null) return reply.missing();
      if (!(await isWaiting(() => provider.interactionDetails(request.raw, reply.raw))))
        return startAgain(reply);
      const next = await provider.interactionResult(request.raw, reply.raw, {
        login: { accountId, remember: false },
      });
      return reply.redirect(next, 303);
    },
  );
}

/** Is there a sign-in waiting for this browser? Its cookie lasts ten minutes. */
async function isWaiting(find: () => Promise<unknown>): Promise<boolean> {
  try {
    await find();
    return true;
  } catch (fault) {
    if (fault instanceof SessionNotFound) return false;
    throw fault;
  }
}

function startAgain(reply: FastifyReply): FastifyReply {
  return reply.redirect('/sign-in', 303);
}

/**
 * The request as the provider expects it below a path, at the address people use, and without the provider's own
 * session: "Choose who to be" is asked every time, so that the next person at a machine is never the last one.
 */
function asMounted(request: IncomingMessage, address: URL): IncomingMessage {
  const url = request.url ?? '/';
  Object.assign(request, { originalUrl: url, url: url.slice(IDENTITY_PATH.length) || '/' });
  request.headers.host = address.host;
  request.headers['x-forwarded-proto'] = address.protocol.slice(0, -1);
  delete request.headers['x-forwarded-host'];
  const cookies = request.headers.cookie?.split(/;\s*/).filter((pair) => !/^identity(\.sig)?=/.test(pair));
  if (cookies !== undefined) request.headers.cookie = cookies.join('; ');
  return request;
}
