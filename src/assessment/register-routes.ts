import type { FastifyInstance } from 'fastify';
import { registerAssessmentPages } from './assessment-routes.ts';
import type { AssessmentRouteParts } from './assessment-routes.ts';
import { registerNeedsRoutes } from './needs-routes.ts';
import { registerSafetyPlanPages } from './safety-plan-routes.ts';

/** Needs, the short assessment and the safety plan. */
export function registerAssessmentRoutes(server: FastifyInstance, parts: AssessmentRouteParts): void {
  registerNeedsRoutes(server, parts);
  registerAssessmentPages(server, parts);
  registerSafetyPlanPages(server, parts);
}
