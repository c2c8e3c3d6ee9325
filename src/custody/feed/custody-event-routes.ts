import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SystemViewer } from '../../access/index.ts';
import { custodyEventsAnswerSchema, custodyEventsBodySchema, problemSchema } from './custody-event.ts';
import { readCustodyBody } from './parse-custody-events.ts';
import { receiveCustodyEvents, type CustodyFeedParts } from './receive-custody-events.ts';

/** What a token must allow to send custody events. */
export const CUSTODY_EVENTS_SCOPE = 'custody-events';

export interface CustodyEventRouteParts extends CustodyFeedParts {
  /** Who sends, from a bearer token with this scope; null when the token does not allow it. */
  verifyApiToken(request: FastifyRequest, scope: string): Promise<SystemViewer | null>;
}

// Bytes. A thousand events of about a kilobyte.
const BODY_LIMIT = 4 * 1024 * 1024;

/**
 * `POST /api/custody-events`: what a force's custody system tells us. The schema describes it (OpenAPI); reading is
 * tolerant and field by field, so the body is not refused for a field.
 */
export function registerCustodyEventRoutes(server: FastifyInstance, parts: CustodyEventRouteParts): void {
  server.post(
    '/api/custody-events',
    {
      // The token is the permission; there is no cookie and so no form token.
      config: { permission: 'public', csrf: 'token-api' },
      bodyLimit: BODY_LIMIT,
      // Described by the schema, read by read-custody-event.ts: one bad field must not refuse a person.
      validatorCompiler: () => (body: unknown) => ({ value: body }),
      schema: {
        summary: 'Tell us what happened to people in police custody',
        description:
          'Safe to repeat and to send in any order. An event is known by force, custody number and event id. Fields that cannot be read are put aside and reported; the person is never dropped.',
        tags: ['custody'],
        security: [{ clientCredentials: [CUSTODY_EVENTS_SCOPE] }],
        body: custodyEventsBodySchema,
        response: { 200: custodyEventsAnswerSchema, 401: problemSchema },
      },
    },
    async (request, reply) => {
      const viewer = await parts.verifyApiToken(request, CUSTODY_EVENTS_SCOPE);
      if (viewer === null)
        return reply
          .code(401)
          .header('www-authenticate', `Bearer scope="${CUSTODY_EVENTS_SCOPE}"`)
          .type('application/problem+json')
          .send({
            type: 'about:blank',
            title: 'A token is needed',
            status: 401,
            code: 'token-needed',
            detail: `Send a bearer token with the scope ${CUSTODY_EVENTS_SCOPE}.`,
            reference: request.reference,
          });
      const parsed = readCustodyBody(request.body, parts.clock.now());
      const received = await receiveCustodyEvents(parts, viewer, parsed);
      return reply.send({
        accepted: received.accepted,
        repeated: received.repeated,
        quarantined: received.quarantined,
        events: received.events.map((event, index) => ({
          index,
          eventId: event.eventId,
          outcome: event.outcome,
          issues: event.issues.map((issue) => ({ ...issue })),
        })),
      });
    },
  );
}
