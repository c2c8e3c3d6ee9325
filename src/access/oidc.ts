import { createRemoteJWKSet, customFetch as joseFetch, importJWK, jwtVerify, type JWK } from 'jose';
import type { JWTPayload, JWTVerifyOptions, RemoteJWKSet } from 'jose';
import * as openid from 'openid-client';

/** How this product is known to an identity provider. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** A secret, or a private key whose public half the provider has (CIS2 asks for the key). */
  readonly authentication:
    | { readonly kind: 'secret'; readonly secret: string }
    | { readonly kind: 'private-key'; readonly key: JWK };
  readonly scope: string;
  /** For example AAL2_OR_AAL3_ANY with CIS2. */
  readonly acrValues?: string;
  /** Least authentication assurance level (CIS2 `authentication_assurance_level`); 0 asks for none. */
  readonly assuranceAtLeast: 0 | 1 | 2 | 3;
  /** What the worker table calls this provider; without it, the issuer itself. */
  readonly workerIssuer?: string;
  /** Where tokens for our interfaces are meant for. */
  readonly apiAudience: string;
  /** Where this process can reach the provider when not at the issuer's own address: it may be itself, behind a proxy. */
  readonly reachedAt?: string;
}

/** Who the provider says somebody is. */
export interface Identity {
  readonly subject: string;
  readonly providerSession: string | null;
  readonly assurance: number;
}

/** What must match between leaving for the provider and coming back. */
export interface SignInChecks {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** The provider did not accept, or what it sent does not belong to this attempt. Its words are for the operator. */
export class ProviderRefused extends Error {
  override readonly name = 'ProviderRefused';
}
/** The provider could not be reached, or did not answer as a provider does. */
export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable';
}

/** The connection to one provider. Discovered when first needed, so that the program starts without it. */
export interface Oidc {
  readonly settings: OidcSettings;
  /** The issuer column of the workers this provider signs in. */
  readonly workerIssuer: string;
  newChecks(): SignInChecks;
  authorizationUrl(redirectUri: string, checks: SignInChecks): Promise<URL>;
  /** Redeems the code. Throws ProviderRefused or ProviderUnreachable. */
  redeem(returnedTo: URL, checks: SignInChecks): Promise<Identity>;
  /** Where signing out at the provider happens, when it offers that. */
  endSessionUrl(afterwards: string): Promise<URL | null>;
  /** Verifies a signed token of this provider. Throws ProviderRefused or ProviderUnreachable. */
  verify(token: string, options: JWTVerifyOptions): Promise<JWTPayload>;
}

const asymmetric = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA'];

/** Opens the connection; nothing is asked of the provider yet. */
export function createOidc(settings: OidcSettings): Oidc {
  const reach = (url: string): string =>
    settings.reachedAt === undefined
      ? url
      : url.replace(new URL(settings.issuer).origin, settings.reachedAt.replace(/\/$/, ''));
  let found: Promise<openid.Configuration> | undefined;
  let keys: RemoteJWKSet | undefined;

  async function discover(): Promise<openid.Configuration> {
    const { authentication: by } = settings;
    const client =
      by.kind === 'secret'
        ? openid.ClientSecretBasic(by.secret)
        : openid.PrivateKeyJwt(await privateKey(by.key));
    const insecure = new URL(settings.issuer).protocol === 'http:';
    return openid.discovery(new URL(settings.issuer), settings.clientId, undefined, client, {
      [openid.customFetch]: (url, { body, ...rest }) =>
        fetch(reach(url), body === undefined ? rest : { ...rest, body }),
      timeout: 5,
      // Only an embedded provider has no https (readConfig refuses one in production).
      ...(insecure ? { execute: [openid.allowInsecureRequests] } : {}),
    });
  }
  async function configuration(): Promise<openid.Configuration> {
    found ??= discover();
    try {
      return await found;
    } catch (fault) {
      // Asked again next time: a provider that was away at the first sign-in is not away for ever.
      found = undefined;
      throw new ProviderUnreachable('discovery failed', { cause: fault });
    }
  }

  return {
    settings,
    workerIssuer: settings.workerIssuer ?? settings.issuer,
    newChecks: () => ({
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      codeVerifier: openid.randomPKCECodeVerifier(),
    }),
    async authorizationUrl(redirectUri, checks) {
      return openid.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: settings.scope,
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(checks.codeVerifier),
        code_challenge_method: 'S256',
        // Machines are shared: the provider must ask who this is, and not answer for whoever was here last.
        prompt: 'login',
        ...(settings.acrValues === undefined ? {} : { acr_values: settings.acrValues }),
      });
    },
    async redeem(returnedTo, checks) {
      const config = await configuration();
      try {
        const tokens = await openid.authorizationCodeGrant(config, returnedTo, {
          expectedState: checks.state,
          expectedNonce: checks.nonce,
          pkceCodeVerifier: checks.codeVerifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined) throw new ProviderRefused('no ID token');
        return identityOf(claims);
      } catch (fault) {
        throw fault instanceof ProviderRefused ? fault : sortFault(fault);
      }
    },
    async endSessionUrl(afterwards) {
      const config = await configuration();
      if (config.serverMetadata().end_session_endpoint === undefined) return null;
      return openid.buildEndSessionUrl(config, { post_logout_redirect_uri: afterwards });
    },
    async verify(token, options) {
      const { jwks_uri: address } = (await configuration()).serverMetadata();
      if (address === undefined) throw new ProviderUnreachable('the provider names no keys');
      // One cache of keys for the process; an unknown key id asks again, at most every half minute.
      keys ??= createRemoteJWKSet(new URL(address), {
        [joseFetch]: (url, request) => fetch(reach(url), request),
      });
      try {
        const { payload } = await jwtVerify(token, keys, {
          issuer: settings.issuer,
          algorithms: asymmetric,
          ...options,
        });
        return payload;
      } catch (fault) {
        throw new ProviderRefused('the token was not accepted', { cause: fault });
      }
    },
  };
}

async function privateKey(jwk: JWK): Promise<openid.PrivateKey> {
  const key = await importJWK(jwk, jwk.alg ?? 'RS512');
  if (key instanceof Uint8Array) throw new Error('The key for the identity provider is not a private key');
  return { key, ...(jwk.kid === undefined ? {} : { kid: jwk.kid }) };
}

function identityOf(claims: openid.IDToken): Identity {
  const level = Number(claims['authentication_assurance_level']);
  return {
    subject: claims.sub,
    providerSession: typeof claims['sid'] === 'string' ? claims['sid'] : null,
    assurance: Number.isInteger(level) ? level : 0,
  };
}

/** The provider's refusals are part of the protocol; a broken connection is not. */
function sortFault(fault: unknown): Error {
  const code = fault instanceof openid.ClientError ? fault.code : '';
  const refused =
    fault instanceof openid.AuthorizationResponseError ||
    fault instanceof openid.ResponseBodyError ||
    (fault instanceof openid.ClientError && code !== 'OAUTH_TIMEOUT' && code !== 'OAUTH_ABORT');
  return refused
    ? new ProviderRefused('the provider refused the sign-in', { cause: fault })
    : new ProviderUnreachable('the provider could not be asked', { cause: fault });
}
