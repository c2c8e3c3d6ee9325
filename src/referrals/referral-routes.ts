import type { FastifyInstance } from 'fastify';
import { registerLinkRoutes } from './link-routes.ts';
import type { ReferralParts } from './parts.ts';
import { registerPartnerRoutes } from './partner-routes.ts';
import { registerReferPages } from './refer-routes.ts';
import { registerStaffPages } from './staff-routes.ts';

/** Every page of referrals: making one, following it up, and the service's two doors. */
export function registerReferralRoutes(server: FastifyInstance, parts: ReferralParts): void {
  registerReferPages(server, parts);
  registerStaffPages(server, parts);
  registerLinkRoutes(server, parts);
  registerPartnerRoutes(server, parts);
}
