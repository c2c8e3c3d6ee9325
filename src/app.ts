import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import type { Logger } from 'pino';
import {
  addSessions,
  auditActor,
  createApiTokens,
  createOidc,
  embeddedOidcSettings,
  loadProviderKeys,
  registerAdministrationRoutes,
  registerBreakGlassRoutes,
  registerEmbeddedProvider,
  registerSignInRoutes,
  type OidcSettings,
  authorise,
  roles,
  viewerOf,
  databaseContext,
} from './access/index.ts';
import { recordAudit } from './audit/index.ts';
import { refreshPersonKeys, registerMatchingRoutes } from './matching/index.ts';
import {
  createPeople,
  displayName,
  findPeople,
  registerAuditReviewRoutes,
  registerPeopleRoutes,
  type People,
} from './people/index.ts';
import { registerDirectoryRoutes } from './directory/index.ts';
import { registerAboutRoutes } from './about/index.ts';
import { chromeFor } from './chrome.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/database.ts';
import { addFeedRoutes } from './platform/feed-routes.ts';
import { addDraftRoutes } from './platform/forms/draft-routes.ts';
import { loadAssets } from './platform/http/assets.ts';
import { buildServer } from './platform/http/build-server.ts';
import { createMetrics } from './platform/http/metrics.ts';
import { createLiveHub } from './platform/live/hub.ts';
import { startListener } from './platform/live/listener.ts';
import { addLiveRoutes } from './platform/live/live-routes.ts';
import { createViews } from './platform/views/environment.ts';

// The only file that knows every module. What must flow upward or sideways is connected here, in plain sight:
// relationships, the picture of need, tabs, and what one module's event causes in another.

export interface AppParts {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly csrfSecret: string;
  /** A connection of its own for LISTEN. */
  readonly appUrl: string;
}

export interface App {
  readonly server: FastifyInstance;
  readonly people: People;
  close(): Promise<void>;
}

/** Joins the modules into one server that is ready to listen. */
export async function createApp(parts: AppParts): Promise<App> {
  const { config, database, clock, logger } = parts;
  const people = createPeople({
    clock,
    relationshipSources: [],
    pictureSources: [],
    tabs: [
      { key: 'picture', text: 'Picture of need', href: (id) => `/people/${id}` },
      { key: 'timeline', text: 'Timeline', href: (id) => `/people/${id}/timeline` },
    ],
    personChanged: refreshPersonKeys,
  });

  const assets = loadAssets();
  const metrics = createMetrics();
  const server = await buildServer({
    clock,
    assets,
    metrics,
    views: createViews(assets),
    logger,
    csrfSecret: parts.csrfSecret,
    secureCookies: config.baseUrl.startsWith('https:'),
    authorise,
    chrome: (request) => chromeFor(request.viewer, request.url, config.demonstration),
    readiness: { database: async () => readyOrThrow(database) },
    ...(config.metricsToken === undefined ? {} : { metricsToken: config.metricsToken }),
  });
  const limits = {
    idleMinutes: config.sessionIdleMinutes,
    kioskIdleMinutes: config.kioskIdleMinutes,
    absoluteHours: 12,
  };
  addSessions(server, { database, clock, limits });
  const hub = createLiveHub();
  const listener = await startListener({
    hub,
    connect: async () => {
      const client = new pg.Client({ connectionString: parts.appUrl });
      await client.connect();
      return client;
    },
  });
  addLiveRoutes(server, {
    clock,
    hub,
    metrics,
    // A topic says only "look again": what is seen then is decided by the page's own address. Partners, readers
    // and commissioners have no live pages.
    permits: async (request, topics) => (viewerOf(request).kind === 'staff' ? topics : []),
  });
  addDraftRoutes(server, {
    clock,
    ownerOf: (request) => request.viewer?.workerId,
    transaction: (request, work) => database.transaction(databaseContext(viewerOf(request)), work),
  });
  addFeedRoutes(server, {
    clock,
    permission: 'data-quality.review',
    transaction: (request, work) => database.transaction(databaseContext(viewerOf(request)), work),
    workerOf: (request) => viewerOf(request).workerId,
    viewed: (tx, request, what, count) =>
      recordAudit(tx, clock.now(), auditActor(viewerOf(request), request.reference), {
        action: 'viewed',
        subjectKind: what,
        detail: { count },
      }),
  });
  const providerKeys = config.oidc === undefined ? loadProviderKeys(config.dataDir) : null;
  const oidc = createOidc(oidcSettings(config, providerKeys));
  registerSignInRoutes(server, { database, clock, oidc, audit: recordAudit, baseUrl: config.baseUrl });
  if (providerKeys !== null) {
    registerEmbeddedProvider(server, {
      database,
      clock,
      baseUrl: config.baseUrl,
      keys: providerKeys,
      production: config.production,
    });
  }
  const apiTokens = createApiTokens({ database, clock, oidc });
  void apiTokens;
  registerPeopleRoutes(server, { database, clock, people });
  registerAuditReviewRoutes(server, { database, clock });
  registerAboutRoutes(server);
  registerBreakGlassRoutes(server, {
    database,
    clock,
    audit: recordAudit,
    breakGlassMinutes: 60,
    baseUrl: config.baseUrl,
    people: {
      names: async (tx, viewer, ids) =>
        new Map([...(await findPeople(tx, viewer, ids))].map(([id, person]) => [id, displayName(person)])),
      mayOpen: people.mayOpen,
    },
  });
  registerAdministrationRoutes(server, {
    database,
    clock,
    audit: recordAudit,
    limits,
    workerIssuer: oidc.workerIssuer,
    baseUrl: config.baseUrl,
  });
  registerDirectoryRoutes(server, { database, clock });
  registerMatchingRoutes(server, { database, clock, people });
  server.get('/', { config: { permission: 'signed-in' } }, (request, reply) =>
    reply.redirect(roles[viewerOf(request).role].startsOn, 303),
  );

  return {
    server,
    people,
    close: async () => {
      await server.close();
      await listener.close();
      hub.close();
      metrics.close();
    },
  };
}

/** The provider of the settings, or the embedded one with invented people. */
function oidcSettings(config: Config, keys: ReturnType<typeof loadProviderKeys> | null): OidcSettings {
  const here = `http://${config.host}:${String(config.port)}`;
  if (keys !== null)
    return embeddedOidcSettings(config.baseUrl, keys, config.baseUrl === here ? undefined : here);
  if (config.oidc === undefined)
    throw new Error('There is neither a provider in the settings nor an embedded one');
  return {
    issuer: config.oidc.issuer,
    clientId: config.oidc.clientId,
    authentication: { kind: 'secret', secret: config.oidc.clientSecret },
    scope: 'openid',
    assuranceAtLeast: 0,
    apiAudience: `${config.baseUrl}/api`,
  };
}

async function readyOrThrow(database: Database): Promise<void> {
  if (!(await database.isReady())) throw new Error('the database does not answer');
}
