import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Views } from '../views/environment.ts';
import type { Csrf } from './csrf.ts';
import type { Metrics } from './metrics.ts';
import { notFound } from './problems.ts';
import type { PageChrome, PageChromeSource, ProblemSender } from './types.ts';

export interface PageOptions {
  readonly clock: Clock;
  readonly views: Views;
  readonly chrome: PageChromeSource;
  readonly csrf: Csrf;
  readonly metrics: Metrics;
  readonly sendProblem: ProblemSender;
}

/** When even the chrome fails (the database is away), an error page must still be shown. */
const bareChrome: PageChrome = { serviceName: 'Service', organisation: '', navigation: [], demo: false };

/** Adds `reply.page`, `reply.missing` and `reply.refusal`. */
export function addPages(app: FastifyInstance, options: PageOptions): void {
  const { views, csrf, clock, metrics } = options;

  app.decorateReply(
    'page',
    async function page(
      this: FastifyReply,
      template: string,
      data: Readonly<Record<string, unknown>> = {},
      status = 200,
    ): Promise<FastifyReply> {
      const request = this.request;
      let chrome: PageChrome;
      try {
        chrome = await options.chrome(request);
      } catch (error) {
        if (status < 500) throw error;
        chrome = bareChrome;
      }
      const start = performance.now();
      const html = views.render(template, {
        now: clock.now(),
        ...data,
        // The answer to a form cannot be read again at its address: looking again would lose it.
        ...(request.method === 'GET' ? {} : { liveTopics: undefined }),
        chrome,
        nonce: request.nonce,
        csrfToken: () => csrf.token(request, this),
        newKey: () => randomUUID(),
        path: request.url.split('?')[0],
      });
      const seconds = (performance.now() - start) / 1000;
      metrics.observe('view_render_seconds', 'Time one template blocks the process', seconds, { template });
      return this.code(status).type('text/html; charset=utf-8').send(html);
    },
  );

  app.decorateReply('missing', async function missing(this: FastifyReply) {
    return options.sendProblem(this.request, this, notFound);
  });

  app.decorateReply('refusal', async function refusal(this: FastifyReply, why, status = 409) {
    return options.sendProblem(this.request, this, {
      status,
      code: why.code,
      title: 'This was not done',
      lines: [why.message],
    });
  });
}
