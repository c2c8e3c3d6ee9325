export { registerInsightRoutes, type InsightParts } from './insight-routes.ts';
