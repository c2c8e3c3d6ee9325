import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import type { Logger } from 'pino';
import {
  addSessions,
  authorise,
  mayDo,
  roles,
  viewerOf,
  databaseContext,
  type SignedInViewer,
} from './access/index.ts';
import { refreshPersonKeys, registerMatchingRoutes } from './matching/index.ts';
import {
  createPeople,
  registerAuditReviewRoutes,
  registerPeopleRoutes,
  type People,
} from './people/index.ts';
import { registerAboutRoutes } from './about/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/database.ts';
import { addDraftRoutes } from './platform/forms/draft-routes.ts';
import { loadAssets } from './platform/http/assets.ts';
import { buildServer } from './platform/http/build-server.ts';
import { createMetrics } from './platform/http/metrics.ts';
import type { ChromeLink, PageChrome } from './platform/http/types.ts';
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
  addSessions(server, {
    database,
    clock,
    limits: {
      idleMinutes: config.sessionIdleMinutes,
      kioskIdleMinutes: config.kioskIdleMinutes,
      absoluteHours: 12,
    },
  });
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
  registerPeopleRoutes(server, { database, clock, people });
  registerAuditReviewRoutes(server, { database, clock });
  registerAboutRoutes(server);
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

async function readyOrThrow(database: Database): Promise<void> {
  if (!(await database.isReady())) throw new Error('the database does not answer');
}

/** Who is signed in and where they can go: only pages their role includes. */
function chromeFor(viewer: SignedInViewer | null, url: string, demo: boolean): PageChrome {
  const base = { serviceName: 'Throughline', organisation: 'Greater Manchester liaison and diversion', demo };
  if (viewer === null) return { ...base, navigation: [] };
  const where = viewer.siteName ?? viewer.teamName;
  const may = (permission: Parameters<typeof mayDo>[1]) => mayDo(viewer, permission);
  const links: (ChromeLink | false)[] = [];
  return {
    ...base,
    navigation: links
      .filter((link): link is ChromeLink => link !== false)
      .map((link) => ({ ...link, current: url === link.href || url.startsWith(`${link.href}/`) })),
    account: {
      text: [viewer.name, roles[viewer.role].label, where].filter((part) => part !== null).join(', '),
      links: [{ href: '/lock', text: 'Lock' }],
    },
    ...(may('person.search')
      ? {
          search: {
            action: '/people',
            label: 'Find a person by name, alias, date of birth or number',
            placeholder: 'Find a person',
          },
        }
      : {}),
  };
}
