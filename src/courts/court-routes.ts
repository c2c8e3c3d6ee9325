import type { FastifyInstance } from 'fastify';
import { registerAddToListRoutes } from './add-to-list-routes.ts';
import { registerCourtDayRoutes, registerLookAgainRoute } from './court-day-routes.ts';
import { registerCourtMatchRoutes } from './court-match-routes.ts';
import type { CourtParts } from './court-parts.ts';
import { registerCourtRequestRoutes } from './court-request-routes.ts';

/** Every page of the courts module. */
export function registerCourtRoutes(server: FastifyInstance, parts: CourtParts): void {
  registerCourtDayRoutes(server, parts);
  registerLookAgainRoute(server, parts);
  registerAddToListRoutes(server, parts);
  registerCourtMatchRoutes(server, parts);
  registerCourtRequestRoutes(server, parts);
}
