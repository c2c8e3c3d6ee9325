import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

// The description of the interfaces for programs (OpenAPI), made from the same schemas that read what they send.

/** Must be registered before any route, so that it hears of each. */
export async function describeApi(server: FastifyInstance, baseUrl: string, tokenUrl: string): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Throughline, interfaces for programs',
        version: '1',
        description:
          'Custody events in. Tokens come from the service’s identity provider, by client credentials.',
      },
      servers: [{ url: baseUrl }],
      components: {
        securitySchemes: {
          clientCredentials: {
            type: 'oauth2',
            flows: { clientCredentials: { tokenUrl, scopes: { 'custody-events': 'Send custody events' } } },
          },
        },
      },
    },
    transform: (input) => {
      const transformed = jsonSchemaTransform(input);
      // Pages are for people: only what stands under /api/ is described.
      return input.url.startsWith('/api/')
        ? transformed
        : { ...transformed, schema: { ...transformed.schema, hide: true } };
    },
    transformObject: jsonSchemaTransformObject,
  });
  server.get(
    '/api/openapi.json',
    { config: { permission: 'public' }, schema: { hide: true } },
    (_request, reply) => reply.send(server.swagger()),
  );
}
