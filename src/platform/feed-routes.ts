import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import type { Tx } from './database.ts';

export interface FeedRouteOptions {
  readonly clock: Clock;
  /** The right to read what leaves and what arrives. */
  readonly permission: string;
  /** Runs work in one transaction with this viewer's context set. */
  readonly transaction: <T>(request: FastifyRequest, work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly workerOf: (request: FastifyRequest) => string;
  /** Writes to the audit that somebody looked. */
  readonly viewed: (tx: Tx, request: FastifyRequest, what: string, count: number) => Promise<void>;
}

const PAGE = 100;

const severities: Readonly<Record<string, string>> = {
  warning: 'Warning',
  'field-quarantined': 'One field left out',
  'item-quarantined': 'One entry left out',
  'message-refused': 'Whole message refused',
};

/** What leaves (the outbox) and what was wrong with what arrived (data quality): nothing is lost out of sight. */
export function addFeedRoutes(app: FastifyInstance, options: FeedRouteOptions): void {
  const config = { permission: options.permission };

  app.get('/outbox', { config }, async (request, reply) => {
    const messages = await options.transaction(request, async (tx) => {
      const rows = await tx
        .selectFrom('outbound_message')
        .select([
          'id',
          'channel',
          'recipient',
          'template',
          'content',
          'created_at',
          'sent_at',
          'delivered_at',
          'cancelled_at',
          'cancelled_why',
          'attempts',
        ])
        .orderBy('created_at', 'desc')
        .limit(PAGE)
        .execute();
      await options.viewed(tx, request, 'outbox', rows.length);
      return rows;
    });
    return reply.page('pages/outbox.njk', {
      messages: messages.map((message) => ({
        ...message,
        text: textOf(message.content),
        status: statusOf(message),
      })),
    });
  });

  app.get('/data-quality', { config }, async (request, reply) => {
    const issues = await options.transaction(request, async (tx) => {
      const rows = await tx
        .selectFrom('data_quality_issue')
        .leftJoin('inbound_message', 'inbound_message.id', 'data_quality_issue.inbound_message_id')
        .select([
          'data_quality_issue.id',
          'data_quality_issue.path',
          'data_quality_issue.severity',
          'data_quality_issue.message',
          'data_quality_issue.raised_at',
          'inbound_message.feed',
          'inbound_message.file_name',
        ])
        .where('data_quality_issue.settled_at', 'is', null)
        .orderBy('data_quality_issue.raised_at', 'desc')
        .limit(PAGE + 1)
        .execute();
      await options.viewed(tx, request, 'data quality', rows.length);
      return rows;
    });
    return reply.page('pages/data-quality.njk', {
      more: issues.length > PAGE,
      issues: issues.slice(0, PAGE).map((issue) => ({
        ...issue,
        from:
          [issue.feed, issue.file_name].filter((part) => part !== null).join(', ') || 'Not from a message',
        severity: severities[issue.severity] ?? issue.severity,
      })),
    });
  });

  app.withTypeProvider<ZodTypeProvider>().post(
    '/data-quality/:issueId/settle',
    {
      config,
      schema: {
        params: z.object({ issueId: z.uuid() }),
        body: z.object({ how: z.string().trim().min(3).max(300) }).loose(),
      },
    },
    async (request, reply) => {
      await options.transaction(request, (tx) =>
        tx
          .updateTable('data_quality_issue')
          .set({
            settled_at: options.clock.now(),
            settled_by: options.workerOf(request),
            settled_how: request.body.how,
          })
          .where('id', '=', request.params.issueId)
          .where('settled_at', 'is', null)
          .execute(),
      );
      return reply.redirect('/data-quality', 303);
    },
  );
}

function textOf(content: unknown): string {
  if (typeof content !== 'object' || content === null) return '';
  return Object.values(content)
    .filter((value): value is string => typeof value === 'string')
    .join('\n');
}

function statusOf(message: {
  readonly sent_at: Temporal.Instant | null;
  readonly delivered_at: Temporal.Instant | null;
  readonly cancelled_at: Temporal.Instant | null;
  readonly cancelled_why: string | null;
}): { readonly shape: string; readonly text: string } {
  if (message.cancelled_at !== null)
    return { shape: 'stop', text: `Stopped: ${message.cancelled_why ?? 'no reason kept'}` };
  if (message.delivered_at !== null) return { shape: 'done', text: 'Delivered' };
  // Gone from here is not there: never green before the other side has it (product promise 5).
  if (message.sent_at !== null) return { shape: 'wait', text: 'Handed over, not confirmed' };
  return { shape: 'none', text: 'Waiting to go' };
}
