import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Metrics } from '../http/metrics.ts';
import { clock as clockText } from '../views/dates.ts';
import type { LiveHub, LiveSignal } from './hub.ts';
import { isTopic } from './touch.ts';

export interface LiveRouteOptions {
  readonly clock: Clock;
  readonly hub: LiveHub;
  /** Which of these topics this viewer may hear about. Even "something changed" says something. */
  readonly permits: (request: FastifyRequest, topics: readonly string[]) => Promise<readonly string[]>;
  readonly metrics?: Metrics;
  /** Open streams in one process, and from one session; beyond them pages look by themselves. */
  readonly perProcess?: number;
  readonly perSession?: number;
  /** Milliseconds. A comment keeps proxies from closing a silent stream. */
  readonly heartbeat?: number;
  /** Milliseconds. A stream ends and is asked for anew, so that an ended session does not go on hearing. */
  readonly longest?: number;
}

const topic = z.string().refine(isTopic);
const querySchema = z.object({ topic: z.union([topic.transform((one) => [one]), z.array(topic).max(20)]) });

/**
 * `GET /live?topic=…&topic=…`: server-sent events for one open page. Each says only that the page should
 * fetch its own address again, where the same access rules answer as the first time.
 */
export function addLiveRoutes(app: FastifyInstance, options: LiveRouteOptions): void {
  const { hub, clock, perProcess = 5000, perSession = 12, heartbeat = 20_000, longest = 300_000 } = options;
  const open = new Map<ServerResponse, { session: string; stop: () => void }>();
  options.metrics?.gauge('live_streams_open', 'Open live pages', () => open.size);

  function message(signal: LiveSignal): string {
    const at = clockText(clock.now());
    if (signal === 'lost') return `event: lost\ndata: ${at}\n\n`;
    return `data: <turbo-stream action="refresh" data-at="${at}"></turbo-stream>\n\n`;
  }

  app.withTypeProvider<ZodTypeProvider>().get(
    '/live',
    {
      config: { permission: 'live', rateLimit: false, quiet: true },
      // HEAD would open a stream that nobody reads.
      exposeHeadRoute: false,
      schema: { querystring: querySchema },
    },
    async (request, reply) => {
      const session = request.sessionKey ?? request.ip;
      const mine = open.values().filter((stream) => stream.session === session);
      if (open.size >= perProcess || mine.toArray().length >= perSession)
        return reply.code(503).header('retry-after', '30').send({ code: 'too-many-streams' });
      const topics = await options.permits(request, request.query.topic);
      if (topics.length === 0) return reply.missing();

      reply.hijack();
      const raw = reply.raw;
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'x-accel-buffering': 'no',
      });
      raw.write(`retry: 3000\nevent: open\ndata: ${clockText(clock.now())}\n\n`);
      // A page that does not read is let go: what waits for it would fill the memory.
      const send = (text: string): void => {
        if (raw.writableLength > 65_536) raw.destroy();
        else raw.write(text);
      };
      const unsubscribe = hub.subscribe(topics, (signal) => send(message(signal)));
      const beat = setInterval(() => send(': still here\n\n'), heartbeat);
      const end = setTimeout(() => raw.end(), longest);
      const stop = (): void => {
        clearInterval(beat);
        clearTimeout(end);
        unsubscribe();
        open.delete(raw);
      };
      open.set(raw, { session, stop });
      raw.on('close', stop);
      return reply;
    },
  );

  // Before the server waits for its connections: these never end by themselves.
  app.addHook('preClose', async () => {
    for (const [raw, { stop }] of open) {
      stop();
      raw.end();
    }
  });
}
