import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JWTPayload } from 'jose';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { ProviderRefused, ProviderUnreachable, type Oidc } from './oidc.ts';
import type { SystemViewer } from './viewer.ts';

export interface ApiTokenParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly oidc: Oidc;
}

export type ApiTokenRefusal =
  'no-token' | 'token-refused' | 'client-unknown' | 'scope-missing' | 'provider-unreachable';

/** Says which system is calling one of our interfaces, and refuses everybody else. */
export interface ApiTokens {
  /**
   * The feed whose bearer token this request carries, when it holds `scope`: both the token and the administrator's
   * entry for the client must say so (RFC 9068; signature, issuer, audience and expiry are checked).
   */
  verify(request: FastifyRequest, scope: string): Promise<Outcome<SystemViewer, ApiTokenRefusal>>;
}

const nobody = { kind: 'nobody', area: null } as const;
const statuses: Readonly<Record<ApiTokenRefusal, number>> = {
  'no-token': 401,
  'token-refused': 401,
  'client-unknown': 403,
  'scope-missing': 403,
  'provider-unreachable': 503,
};

export function createApiTokens(parts: ApiTokenParts): ApiTokens {
  return {
    async verify(request, scope) {
      const token = /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (token === undefined) return refused('no-token', 'Send an access token as a bearer token.');
      let claims: JWTPayload;
      try {
        claims = await parts.oidc.verify(token, {
          audience: parts.oidc.settings.apiAudience,
          requiredClaims: ['exp'],
          // An ID token of the same provider is not a key to the interfaces (RFC 9068, 4).
          typ: 'at+jwt',
        });
      } catch (fault) {
        if (fault instanceof ProviderRefused)
          return refused(
            'token-refused',
            'The access token was not accepted: wrong, expired or for somewhere else.',
          );
        if (fault instanceof ProviderUnreachable)
          return refused(
            'provider-unreachable',
            'The access token cannot be checked at the moment. Try again.',
          );
        throw fault;
      }
      const granted = typeof claims['scope'] === 'string' ? claims['scope'].split(' ') : [];
      if (!granted.includes(scope))
        return refused('scope-missing', `The access token does not hold ${scope}.`);
      const clientId = typeof claims['client_id'] === 'string' ? claims['client_id'] : (claims.sub ?? '');
      return allowedClient(parts, clientId, scope);
    },
  };
}

async function allowedClient(
  parts: ApiTokenParts,
  clientId: string,
  scope: string,
): Promise<Outcome<SystemViewer, ApiTokenRefusal>> {
  const now = parts.clock.now();
  return parts.database.transaction(nobody, async (tx) => {
    const client = await tx
      .selectFrom('api_client')
      .select(['id', 'area_id', 'name', 'scopes', 'last_used_at'])
      .where('issuer', '=', parts.oidc.workerIssuer)
      .where('client_id', '=', clientId)
      .where('active', '=', true)
      .executeTakeFirst();
    if (client === undefined) return refused('client-unknown', 'This client is not set up here.');
    if (!client.scopes.includes(scope))
      return refused('scope-missing', `This client is not set up here for ${scope}.`);
    // The connections page says when a feed was last heard; to the minute is enough.
    const last = client.last_used_at;
    if (last === null || Temporal.Instant.compare(last.add({ minutes: 1 }), now) <= 0)
      await tx.updateTable('api_client').set({ last_used_at: now }).where('id', '=', client.id).execute();
    return done({ kind: 'system', areaId: client.area_id, actor: client.name });
  });
}

/** Answers a program whose token was refused, as RFC 6750 (3) asks. */
export function refuseApiToken(
  reply: FastifyReply,
  refusal: { readonly code: ApiTokenRefusal; readonly message: string },
): Promise<FastifyReply> {
  const error =
    refusal.code === 'no-token'
      ? ''
      : `, error="${refusal.code === 'token-refused' ? 'invalid_token' : 'insufficient_scope'}"`;
  if (refusal.code !== 'provider-unreachable')
    void reply.header('www-authenticate', `Bearer realm="throughline"${error}`);
  return reply.refusal(refusal, statuses[refusal.code]);
}
