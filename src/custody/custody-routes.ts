import type { FastifyInstance } from 'fastify';
import type { PersonTab } from '../people/index.ts';
import { registerAddRoutes } from './add-routes.ts';
import { registerBoardRoutes } from './board-routes.ts';
import { registerContactRoutes } from './contact-routes.ts';
import type { CustodyParts } from './custody-parts.ts';
import { registerIdentityRoutes } from './identity-routes.ts';
import { registerLeaveRoutes } from './leave-routes.ts';
import { registerStayRoutes } from './stay-routes.ts';

/** Every page of the custody module. The event port is registered apart (feed/custody-event-routes.ts). */
export function registerCustodyRoutes(server: FastifyInstance, parts: CustodyParts): void {
  registerBoardRoutes(server, parts);
  registerAddRoutes(server, parts);
  registerContactRoutes(server, parts);
  registerStayRoutes(server, parts);
  registerLeaveRoutes(server, parts);
  registerIdentityRoutes(server, parts);
}

/** The custody tabs of a person's record. */
export const custodyTabs: readonly PersonTab[] = [
  { key: 'custody', text: 'Custody', href: (personId) => `/people/${personId}/custody` },
  { key: 'contact', text: 'Contact', href: (personId) => `/people/${personId}/contact` },
];
