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
import { describeApi } from './api-description.ts';
import { registerAssessmentRoutes } from './assessment/index.ts';
import { recordAudit } from './audit/index.ts';
import { registerConsentRoutes } from './consent/index.ts';
import { registerCourtRoutes } from './courts/index.ts';
import { registerCustodyEventRoutes, registerCustodyRoutes } from './custody/index.ts';
import { registerDirectoryRoutes } from './directory/index.ts';
import { registerMatchingRoutes } from './matching/index.ts';
import { registerInsightRoutes } from './insight/index.ts';
import type { Modules } from './modules.ts';
import { registerNavigationRoutes } from './navigation/index.ts';
import {
  displayName,
  findPeople,
  registerAuditReviewRoutes,
  registerDetailsRoutes,
  registerPeopleRoutes,
} from './people/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/database.ts';
import { registerReferralRoutes } from './referrals/index.ts';
import { registerReportsRoutes } from './reports/index.ts';
import { registerScreeningRoutes } from './screening/index.ts';
import { registerSharingRoutes } from './sharing/index.ts';
import { createWebServer } from './web-server.ts';

// The server with every module's routes. What a module is given, and what one causes in another, stands in modules.ts.

export interface AppParts {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly csrfSecret: string;
  readonly appUrl: string;
  readonly modules: Modules;
}

export interface App {
  readonly server: FastifyInstance;
  close(): Promise<void>;
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
  await describeApi(
    server,
    config.baseUrl,
    config.oidc === undefined ? `${config.baseUrl}/identity/token` : `${config.oidc.issuer}/token`,
  );
  const { modules } = parts;
  const { people } = modules;
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
  registerDetailsRoutes(server, common);
  registerMatchingRoutes(server, common);
  registerConsentRoutes(server, modules.consent);
  registerSharingRoutes(server, common);

  // Custody: arriving, being offered contact, leaving.
  registerCustodyRoutes(server, modules.custody);
  registerCustodyEventRoutes(server, {
    ...modules.custody,
    verifyApiToken: async (request, scope) => {
      const verdict = await apiTokens.verify(request, scope);
      return verdict.ok ? verdict.value : null;
    },
  });

  // What somebody needs, and what a court should know.
  registerScreeningRoutes(server, { ...modules.screening, views: web.views });
  registerAssessmentRoutes(server, modules.assessment);
  registerReportsRoutes(server, modules.reports);
  registerCourtRoutes(server, modules.courts);
  registerDirectoryRoutes(server, common);

  // Going on: services, referrals, and somebody alongside.
  registerReferralRoutes(server, modules.referrals);
  registerNavigationRoutes(server, modules.navigation);

  registerInsightRoutes(server, common);
  registerAboutRoutes(server);
  server.get('/', { config: { permission: 'signed-in' } }, (request, reply) =>
    reply.redirect(roles[viewerOf(request).role].startsOn, 303),
  );
  return { server, close: () => web.close() };
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
