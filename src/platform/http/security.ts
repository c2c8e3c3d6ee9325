import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface SecurityOptions {
  readonly secureCookies: boolean;
  readonly formOrigins?: readonly string[];
}

/**
 * No inline script without this response's nonce, no style attribute at all, nothing from elsewhere.
 * The nonce also covers the style elements that Turbo inserts.
 */
function contentSecurityPolicy(nonce: string, formOrigins: readonly string[]): string {
  return [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data:`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
    ['form-action', `'self'`, ...formOrigins].join(' '),
  ].join('; ');
}

/** Headers on every response, errors included; and the reference that names each request. */
export function secureResponses(app: FastifyInstance, options: SecurityOptions): void {
  app.decorateRequest('reference', '');
  app.decorateRequest('nonce', '');
  app.decorateRequest('sessionKey', null);
  app.decorateRequest('unattended', {
    getter(this: FastifyRequest) {
      return this.headers['x-live-refresh'] !== undefined || this.routeOptions.url === '/live';
    },
  });
  app.addHook('onRequest', async (request, reply) => {
    request.reference = request.id;
    request.nonce = randomBytes(16).toString('base64');
    reply.headers({
      'x-reference': request.reference,
      'content-security-policy': contentSecurityPolicy(request.nonce, options.formOrigins ?? []),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      // The address of a record must not travel to another site in a Referer header.
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'origin-agent-cluster': '?1',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
      'x-permitted-cross-domain-policies': 'none',
      // A shared kiosk: Back after sign-out must show nothing. Static files override this.
      'cache-control': 'no-store',
    });
    if (options.secureCookies)
      reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
  });
}
