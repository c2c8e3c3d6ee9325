import type { FastifyInstance } from 'fastify';
import { registerHandOverByHand } from './hand-over-by-hand.ts';
import { registerHandoverRoutes } from './handover-routes.ts';
import type { NavigationParts } from './navigation-parts.ts';
import { registerSupportRoutes } from './support-routes.ts';
import { registerTodayRoutes } from './today-routes.ts';

/** Every page of this module. */
export function registerNavigationRoutes(server: FastifyInstance, parts: NavigationParts): void {
  registerTodayRoutes(server, parts);
  registerHandoverRoutes(server, parts);
  registerHandOverByHand(server, parts);
  registerSupportRoutes(server, parts);
}
