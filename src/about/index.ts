export { registerAboutRoutes } from './about-routes.ts';
