import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';
import { InvalidTarget } from 'oidc-provider/lib/helpers/errors.js';
import { Provider, type ProviderContext } from 'oidc-provider/lib/provider.js';
import type { ProviderKeys } from './provider-keys.ts';

/** Where the embedded provider answers, below the base address. */
export const IDENTITY_PATH = '/identity';
/** The client the product itself signs in with. */
export const PRODUCT_CLIENT = 'throughline';
/** The client of the demonstration's custody feed. */
export const CUSTODY_FEED_CLIENT = 'custody-feed';
/** What a feed must hold to send custody events. */
export const CUSTODY_EVENTS_SCOPE = 'custody-events';

export interface EmbeddedProviderOptions {
  readonly baseUrl: string;
  readonly keys: ProviderKeys;
  /** The name of an invented worker, or null when there is none with this subject. */
  nameOf(subject: string): Promise<string | null>;
}

/** The audience of tokens for our interfaces. */
export function apiAudience(baseUrl: string): string {
  return `${baseUrl}/api`;
}

const TEN_MINUTES = 10 * 60;
const CLOCK_TOLERANCE_SECONDS = 15;

/**
 * A real OpenID provider for a demonstration: authorisation code with PKCE for people, client credentials for
 * feeds. It keeps what it knows in memory: a restart signs nobody out of the product, whose sessions are rows.
 */
export function createEmbeddedProvider(options: EmbeddedProviderOptions): Provider {
  const { baseUrl, keys } = options;
  const audience = apiAudience(baseUrl);
  const provider = new Provider(`${baseUrl}${IDENTITY_PATH}`, {
    clients: [
      {
        client_id: PRODUCT_CLIENT,
        client_secret: keys.clientSecret,
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: [`${baseUrl}/sign-in/return`],
      },
      {
        client_id: CUSTODY_FEED_CLIENT,
        client_secret: keys.feedSecret,
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
        scope: CUSTODY_EVENTS_SCOPE,
      },
    ],
    adapter: createMemoryAdapter(CLOCK_TOLERANCE_SECONDS),
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    jwks: keys.jwks,
    cookies: {
      keys: keys.cookieKeys,
      names: { session: 'identity', interaction: 'identity_step', resume: 'identity_resume' },
    },
    pkce: { required: () => true },
    responseTypes: ['code'],
    scopes: ['openid', CUSTODY_EVENTS_SCOPE],
    claims: { openid: ['sub'], profile: ['name'] },
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_context: unknown, _client: unknown, oneOf?: string) => oneOf ?? audience,
        getResourceServerInfo: (_context: unknown, resource: string) => {
          if (resource !== audience) throw new InvalidTarget();
          return {
            audience,
            scope: CUSTODY_EVENTS_SCOPE,
            accessTokenFormat: 'jwt',
            accessTokenTTL: TEN_MINUTES,
            jwt: { sign: { alg: 'RS256' } },
          };
        },
      },
    },
    ttl: {
      AccessToken: TEN_MINUTES,
      AuthorizationCode: 60,
      ClientCredentials: TEN_MINUTES,
      Grant: TEN_MINUTES,
      IdToken: TEN_MINUTES,
      Interaction: TEN_MINUTES,
      Session: TEN_MINUTES,
    },
    interactions: { url: (_context: unknown, step: { uid: string }) => `${IDENTITY_PATH}/step/${step.uid}` },
    findAccount: async (_context: unknown, subject: string) => {
      const name = await options.nameOf(subject);
      if (name === null) return undefined;
      return { accountId: subject, claims: () => ({ sub: subject, name }) };
    },
    // The only client is the product itself: there is nobody to ask for consent to.
    loadExistingGrant: async (context: ProviderContext) => {
      const { client, session, provider: self } = context.oidc;
      const grant = new self.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });
  return provider;
}
