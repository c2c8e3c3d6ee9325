import { parse } from 'node:querystring';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import rateLimit from '@fastify/rate-limit';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyError, FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Clock } from '../clock.ts';
import type { Views } from '../views/environment.ts';
import { loadAssets } from './assets.ts';
import type { Assets } from './assets.ts';
import { createCsrf } from './csrf.ts';
import { guardRequests } from './guards.ts';
import { createLogger, faultFields } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { Metrics } from './metrics.ts';
import { addOperatorRoutes } from './operator-routes.ts';
import type { ReadinessChecks } from './operator-routes.ts';
import { addPages } from './pages.ts';
import { invalidFields, notFound, problemBody, problemOf, wantsJson } from './problems.ts';
import { secureResponses } from './security.ts';
import type { Authorise, PageChromeSource, ProblemSender, RouteDeclaration } from './types.ts';

export interface ServerOptions {
  readonly clock: Clock;
  /** Made from these assets, so that `asset()` in a template and the served files agree. */
  readonly views: Views;
  readonly assets?: Assets;
  readonly csrfSecret: string;
  /** True when people reach the service by https. */
  readonly secureCookies: boolean;
  /** Addresses of the proxies in front, when there are any. Off by default: a header is not an address. */
  readonly trustProxy?: string | readonly string[];
  readonly logger?: FastifyBaseLogger;
  readonly metrics?: Metrics;
  /** Who may use a route that is not public. Without it, nobody. */
  readonly authorise?: Authorise;
  readonly chrome: PageChromeSource;
  /** Where a person who is not signed in is sent. */
  readonly signInPath?: string;
  readonly readiness?: ReadinessChecks;
  /** Requests a minute from one session, or from one address before sign-in. */
  readonly requestsPerMinute?: number;
  /** Other origins a form may lead to: the sign-in provider's. */
  readonly formOrigins?: readonly string[];
  /** A monitor on another machine must send this as a bearer token to read /metrics. */
  readonly metricsToken?: string;
}

// Bytes. A long formulation is about 20 kB of text; a route that takes files says its own limit.
const BODY_LIMIT = 256 * 1024;

/** Eight characters somebody can read out over the telephone: no 0, O, 1, I or L. */
function newReference(): string {
  const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => letters[byte % letters.length]).join('');
}

/** Nobody types the character NUL and PostgreSQL cannot hold it: an address or a form that carries it goes without. */
function withoutNul(encoded: string): string {
  return encoded.replaceAll('%00', '').replaceAll('\0', '');
}

/**
 * The HTTP server, closed by default: a route registers only when it declares its permission. Modules add
 * their routes to what this returns; `app.ts` is the only caller outside tests.
 */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const assets = options.assets ?? loadAssets();
  const metrics = options.metrics ?? createMetrics();
  const csrf = createCsrf({ secret: options.csrfSecret, secureCookies: options.secureCookies });
  const app: FastifyInstance = Fastify({
    loggerInstance: options.logger ?? createLogger({ level: 'silent' }),
    // Its own lines name the address with its query; the onResponse hook below writes what may be written.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    rewriteUrl: (request) => withoutNul(request.url ?? '/'),
    trustProxy: typeof options.trustProxy === 'string' ? options.trustProxy : [...(options.trustProxy ?? [])],
    requestTimeout: 30_000,
    // Open event streams would hold the end of the process for ever.
    forceCloseConnections: true,
    genReqId: newReference,
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  const routes: RouteDeclaration[] = [];
  app.decorate('routes', () => routes);
  app.addHook('onRoute', (route) => {
    const permission = route.config?.permission;
    const methods = Array.isArray(route.method) ? route.method : [route.method];
    if (typeof permission !== 'string' || permission === '')
      throw new Error(`${methods.join(',')} ${route.url} declares no permission`);
    for (const method of methods) routes.push({ method, url: route.url, permission });
  });

  await app.register(cookie);
  await app.register(formbody, { bodyLimit: BODY_LIMIT, parser: (text) => parse(withoutNul(text)) });
  secureResponses(app, options);
  const sendProblem: ProblemSender = async (request, reply, problem) => {
    reply.code(problem.status);
    if (wantsJson(request)) return reply.type('application/problem+json').send(problemBody(request, problem));
    return reply.page('pages/problem.njk', { problem, reference: request.reference }, problem.status);
  };
  addPages(app, { ...options, metrics, csrf, sendProblem });
  await app.register(rateLimit, {
    max: options.requestsPerMinute ?? 600,
    timeWindow: '1 minute',
    // After the session layer's onRequest hooks, so that twenty people behind one address are twenty.
    hook: 'preParsing',
    keyGenerator: (request) => request.sessionKey ?? request.ip,
    allowList: (request) => request.routeOptions.config.quiet === true,
  });
  guardRequests(app, {
    csrf,
    sendProblem,
    ...(options.authorise && { authorise: options.authorise }),
    signInPath: options.signInPath ?? '/sign-in',
  });

  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500) {
      const about = { reference: request.reference, route: request.routeOptions.url, ...faultFields(error) };
      app.log.error(about, 'a request failed');
    }
    if (error.validation !== undefined && wantsJson(request))
      return reply
        .code(400)
        .type('application/problem+json')
        .send({ ...problemBody(request, problem), errors: invalidFields(error) });
    return sendProblem(request, reply, problem);
  });
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, async (request, reply) =>
    sendProblem(request, reply, notFound),
  );

  app.addHook('onResponse', async (request, reply) => {
    const config = request.routeOptions.config;
    const route = request.routeOptions.url ?? 'none';
    const seconds = reply.elapsedTime / 1000;
    const labels = { method: request.method, route };
    metrics.count('http_requests_total', 'Requests answered', { ...labels, status: `${reply.statusCode}` });
    metrics.observe('http_request_seconds', 'Time to answer a request', seconds, labels);
    if (config?.quiet === true) return;
    const about = { method: request.method, route, status: reply.statusCode, reference: request.reference };
    app.log.info({ ...about, ms: Math.round(reply.elapsedTime * 10) / 10 }, 'request');
  });
  if (options.metrics === undefined) app.addHook('onClose', async () => metrics.close());
  addOperatorRoutes(app, { ...options, assets, metrics });
  return app;
}
