import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import type { Logger } from 'pino';
import {
  addSessions,
  auditActor,
  authorise,
  databaseContext,
  viewerOf,
  type SessionLimits,
} from './access/index.ts';
import { recordAudit } from './audit/index.ts';
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
import { createViews, type Views } from './platform/views/environment.ts';

// The platform's pieces as this product uses them: the server, sessions, live pages, drafts. No module's routes.

export interface WebServerParts {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly csrfSecret: string;
  /** Where LISTEN connects, with a connection of its own. */
  readonly appUrl: string;
  readonly limits: SessionLimits;
}

export interface WebServer {
  readonly server: FastifyInstance;
  readonly views: Views;
  close(): Promise<void>;
}

/** The server with everything that is not about people: sessions, live pages, drafts, outbox, data quality. */
export async function createWebServer(parts: WebServerParts): Promise<WebServer> {
  const { config, database, clock, logger, limits } = parts;
  const assets = loadAssets();
  const metrics = createMetrics();
  const views = createViews(assets);
  const server = await buildServer({
    clock,
    assets,
    metrics,
    views,
    logger,
    csrfSecret: parts.csrfSecret,
    secureCookies: config.baseUrl.startsWith('https:'),
    authorise,
    chrome: (request) => chromeFor(request, config.demonstration),
    readiness: { database: () => readyOrThrow(database) },
    ...(config.metricsToken === undefined ? {} : { metricsToken: config.metricsToken }),
  });
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
  return {
    server,
    views,
    close: async () => {
      await server.close();
      await listener.close();
      hub.close();
      metrics.close();
    },
  };
}

async function readyOrThrow(database: Database): Promise<void> {
  if (!(await database.isReady())) throw new Error('the database does not answer');
}
