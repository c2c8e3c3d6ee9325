import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { registerAboutRoutes } from './about/index.ts';
import {
  createApiTokens,
  createOidc,
  embeddedOidcSettings,
  loadProviderKeys,
  registerAdministrationRoutes,
  registerBreakGlassRoutes,
  registerEmbeddedProvider,
  registerSignInRoutes,
  roles,
  viewerOf,
  type OidcSettings,
  type ProviderKeys,
} from './access/index.ts';
import { recordAudit } from './audit/index.ts';
import { likelyPeople, matchDecisions } from './connect-custody.ts';
import {
  custodyPicture,
  custodyRelationships,
  custodyTabs,
  registerCustodyEventRoutes,
  registerCustodyRoutes,
  type FindProgress,
} from './custody/index.ts';
import { consentPicture, consentTab, registerConsentRoutes } from './consent/index.ts';
import { listedServices, registerDirectoryRoutes } from './directory/index.ts';
import { refreshPersonKeys, registerMatchingRoutes } from './matching/index.ts';
import {
  createPeople,
  displayName,
  findPeople,
  registerAuditReviewRoutes,
  registerPeopleRoutes,
  type People,
} from './people/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/database.ts';
import {
  registerSharingRoutes,
  sharedBySubject,
  sharingPicture,
  sharingTab,
  stopUnsent,
} from './sharing/index.ts';
import { createWebServer } from './web-server.ts';

// The only file that knows every module. What must flow upward or sideways is connected here, in plain sight:
// relationships, the picture of need, tabs, and what one module's event causes in another.

export interface AppParts {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly csrfSecret: string;
  readonly appUrl: string;
}

export interface App {
  readonly server: FastifyInstance;
  readonly people: People;
  close(): Promise<void>;
}

/** What the other modules have done with people in custody. */
const findProgress: FindProgress = async () => new Map();

/** What each module tells the others about a person; the order of tabs and of the picture's sources is the page's. */
export function joinPeople(clock: Clock): People {
  return createPeople({
    clock,
    personChanged: refreshPersonKeys,
    relationshipSources: [custodyRelationships(clock)],
    pictureSources: [custodyPicture({ findProgress }), sharingPicture(), consentPicture()],
    tabs: [
      { key: 'picture', text: 'Picture of need', href: (id) => `/people/${id}` },
      ...custodyTabs,
      consentTab,
      sharingTab,
      { key: 'timeline', text: 'Timeline', href: (id) => `/people/${id}/timeline` },
    ],
  });
}

/** Joins the modules into one server that is ready to listen. */
export async function createApp(parts: AppParts): Promise<App> {
  const { config, database, clock } = parts;
  const limits = {
    idleMinutes: config.sessionIdleMinutes,
    kioskIdleMinutes: config.kioskIdleMinutes,
    absoluteHours: 12,
  };
  const web = await createWebServer({ ...parts, limits });
  const { server } = web;
  const people = joinPeople(clock);
  const common = { database, clock, people };

  // Signing in, and who works here.
  const providerKeys = config.oidc === undefined ? loadProviderKeys(config.dataDir) : null;
  const oidc = createOidc(oidcSettings(config, providerKeys));
  const { baseUrl } = config;
  registerSignInRoutes(server, { database, clock, oidc, audit: recordAudit, baseUrl });
  if (providerKeys !== null) {
    registerEmbeddedProvider(server, {
      database,
      clock,
      baseUrl,
      keys: providerKeys,
      production: config.production,
    });
  }
  const apiTokens = createApiTokens({ database, clock, oidc });
  registerAdministrationRoutes(server, {
    database,
    clock,
    audit: recordAudit,
    limits,
    workerIssuer: oidc.workerIssuer,
    baseUrl,
  });
  registerBreakGlassRoutes(server, {
    database,
    clock,
    audit: recordAudit,
    breakGlassMinutes: 60,
    baseUrl,
    people: {
      names: async (tx, viewer, ids) =>
        new Map([...(await findPeople(tx, viewer, ids))].map(([id, person]) => [id, displayName(person)])),
      mayOpen: (tx, viewer, ids) => people.mayOpen(tx, viewer, ids),
    },
  });
  registerAuditReviewRoutes(server, common);

  // The person, who they are, what they agreed to, and what may go where.
  registerPeopleRoutes(server, common);
  registerMatchingRoutes(server, common);
  registerConsentRoutes(server, {
    ...common,
    onWithdrawn: async (tx, viewer, narrowed) => {
      await stopUnsent({ clock }, tx, viewer, narrowed);
    },
    alreadyShared: sharedBySubject,
    // The consent page names one of these: more than this is what its search is for.
    services: async (tx) =>
      (await listedServices(tx, 1, 300)).services.map((service) => ({ id: service.id, name: service.name })),
  });
  registerSharingRoutes(server, common);
  registerDirectoryRoutes(server, common);

  // Custody: arriving, being offered contact, leaving.
  const custody = {
    ...common,
    findLikelyPeople: likelyPeople,
    decideMatch: matchDecisions(people, clock),
    findProgress,
    onEnded: async () => {},
    onCharged: async () => {},
    consentPage: (personId: string) => `/people/${personId}/consent`,
  };
  registerCustodyRoutes(server, custody);
  registerCustodyEventRoutes(server, {
    ...custody,
    verifyApiToken: async (request, scope) => {
      const verdict = await apiTokens.verify(request, scope);
      return verdict.ok ? verdict.value : null;
    },
  });

  registerAboutRoutes(server);
  server.get('/', { config: { permission: 'signed-in' } }, (request, reply) =>
    reply.redirect(roles[viewerOf(request).role].startsOn, 303),
  );
  return { server, people, close: web.close };
}

/** The provider of the settings, or the embedded one with invented people. */
function oidcSettings(config: Config, keys: ProviderKeys | null): OidcSettings {
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
