import type { FastifyInstance } from 'fastify';

/** What the service says about itself: accessibility, privacy, help. Anybody may read these. */
export function registerAboutRoutes(server: FastifyInstance): void {
  for (const page of ['accessibility', 'privacy', 'help'] as const) {
    server.get(`/${page}`, { config: { permission: 'public' } }, (_request, reply) =>
      reply.page(`about-${page}.njk`),
    );
  }
}
