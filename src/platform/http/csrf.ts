import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface CsrfOptions {
  /** At least 32 random characters, kept with the other secrets. */
  readonly secret: string;
  /** True behind https: the cookie is then bound to the host and to https. */
  readonly secureCookies: boolean;
}

export interface Csrf {
  /** A fresh token for a form on this page. Sets the pre-session cookie when nobody is signed in. */
  token(request: FastifyRequest, reply: FastifyReply): string;
  /** True when the token belongs to this session (or, before sign-in, to this browser). */
  holds(request: FastifyRequest): boolean;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Methods that change nothing need no proof of where they came from. */
export function isSafeMethod(method: string): boolean {
  return SAFE.has(method);
}

/**
 * True when a browser says that the request was started by this site, or says nothing and names our own
 * origin, or names none at all (not a browser: the token decides). `same-site` is refused: a neighbour on
 * the same registrable domain is not us.
 */
export function comesFromHere(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.headers.origin;
  if (origin === undefined) return true;
  return origin === `${request.protocol}://${request.host}`;
}

function sign(secret: string, key: string, salt: string): string {
  return createHmac('sha256', secret).update(`${salt}\n${key}`).digest('base64url');
}

function same(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

function sentToken(request: FastifyRequest): string | undefined {
  const header = request.headers['x-csrf-token'];
  if (typeof header === 'string') return header;
  const body = request.body;
  if (typeof body !== 'object' || body === null || !('_csrf' in body)) return undefined;
  return typeof body._csrf === 'string' ? body._csrf : undefined;
}

/**
 * Tokens are an HMAC over the session's key with a salt per form, so nothing is stored and the token of
 * one session is worth nothing in another. OWASP, Cross-Site Request Forgery Prevention: signed token.
 */
export function createCsrf(options: CsrfOptions): Csrf {
  if (options.secret.length < 32) throw new Error('the CSRF secret must have at least 32 characters');
  const cookieName = options.secureCookies ? '__Host-tl-form' : 'tl-form';

  function keyOf(request: FastifyRequest): string | undefined {
    if (request.sessionKey !== null) return `session:${request.sessionKey}`;
    const cookie = request.cookies[cookieName];
    return cookie === undefined || cookie.length < 20 ? undefined : `browser:${cookie}`;
  }

  return {
    token(request, reply) {
      let key = keyOf(request);
      if (key === undefined) {
        const value = randomBytes(18).toString('base64url');
        // Remembered on the request too, so that two forms on one page share the cookie.
        request.cookies[cookieName] = value;
        reply.setCookie(cookieName, value, {
          path: '/',
          httpOnly: true,
          sameSite: 'lax',
          secure: options.secureCookies,
        });
        key = `browser:${value}`;
      }
      const salt = randomBytes(9).toString('base64url');
      return `${salt}.${sign(options.secret, key, salt)}`;
    },
    holds(request) {
      const key = keyOf(request);
      const [salt, signature, ...rest] = sentToken(request)?.split('.') ?? [];
      if (key === undefined || salt === undefined || signature === undefined || rest.length > 0) return false;
      return same(signature, sign(options.secret, key, salt));
    },
  };
}
