import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Assets } from './assets.ts';
import type { Metrics } from './metrics.ts';

/** Each is asked by `/health/ready`; one that throws, or takes longer than two seconds, is not ready. */
export type ReadinessChecks = Readonly<Record<string, () => Promise<unknown>>>;

export interface OperatorOptions {
  readonly assets: Assets;
  readonly metrics: Metrics;
  readonly readiness?: ReadinessChecks;
  readonly metricsToken?: string;
}

const READY_WITHIN_MS = 2000;
const YEAR_SECONDS = 31_536_000;

async function isReady(check: () => Promise<unknown>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), READY_WITHIN_MS);
  const asked = Promise.resolve()
    .then(check)
    .then(
      () => true,
      () => false,
    );
  const ready = await Promise.race([asked, late.promise]);
  clearTimeout(timer);
  return ready;
}

function mayReadMetrics(request: FastifyRequest, token: string | undefined): boolean {
  if (token !== undefined) return request.headers.authorization === `Bearer ${token}`;
  return request.ip === '127.0.0.1' || request.ip === '::1' || request.ip === '::ffff:127.0.0.1';
}

/** Health, metrics and static files. */
export function addOperatorRoutes(app: FastifyInstance, options: OperatorOptions): void {
  const { assets, metrics, readiness = {} } = options;
  const quiet = { permission: 'public', quiet: true } as const;

  app.get('/health/live', { config: quiet }, async () => ({ status: 'live' }));

  app.get('/health/ready', { config: quiet }, async (_request, reply) => {
    const names = Object.keys(readiness);
    const answers = await Promise.all(Object.values(readiness).map(isReady));
    const ready = answers.every(Boolean);
    reply.code(ready ? 200 : 503);
    return {
      status: ready ? 'ready' : 'not ready',
      checks: Object.fromEntries(names.map((name, i) => [name, answers[i] === true ? 'ready' : 'not ready'])),
    };
  });

  app.get('/metrics', { config: quiet }, async (request, reply) => {
    if (!mayReadMetrics(request, options.metricsToken)) return reply.missing();
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics.render());
  });

  app.get<{ Params: { '*': string } }>('/assets/*', { config: quiet }, async (request, reply) => {
    const [version, ...rest] = request.params['*'].split('/');
    const asset = assets.find(rest.join('/'));
    if (asset === undefined) return reply.missing();
    // A page of the version before still gets a style sheet after a release, but must not keep it.
    const cache = version === assets.version ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache';
    reply.header('cache-control', cache).header('vary', 'accept-encoding').type(asset.type);
    if (asset.gzip === undefined || !request.headers['accept-encoding']?.includes('gzip'))
      return reply.send(asset.body);
    return reply.header('content-encoding', 'gzip').send(asset.gzip);
  });
}
