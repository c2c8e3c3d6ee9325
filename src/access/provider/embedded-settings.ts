import type { OidcSettings } from '../oidc.ts';
import { DEMONSTRATION_ISSUER } from './demonstration-workers.ts';
import { apiAudience, IDENTITY_PATH, PRODUCT_CLIENT } from './embedded-provider.ts';
import type { ProviderKeys } from './provider-keys.ts';

/**
 * The product as the embedded provider's client. `reachedAt` is where this process itself listens, when people
 * reach it at another address (a container's published port, a proxy).
 */
export function embeddedOidcSettings(baseUrl: string, keys: ProviderKeys, reachedAt?: string): OidcSettings {
  return {
    issuer: `${baseUrl}${IDENTITY_PATH}`,
    clientId: PRODUCT_CLIENT,
    authentication: { kind: 'secret', secret: keys.clientSecret },
    scope: 'openid',
    assuranceAtLeast: 0,
    workerIssuer: DEMONSTRATION_ISSUER,
    apiAudience: apiAudience(baseUrl),
    ...(reachedAt === undefined ? {} : { reachedAt }),
  };
}
