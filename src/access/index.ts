export {
  databaseContext,
  roles,
  workerIdOf,
  type LinkViewer,
  type Role,
  type SignedInViewer,
  type SystemViewer,
  type Viewer,
} from './viewer.ts';
export { isPermission, mayDo, type Permission } from './permissions.ts';
export { findRelationships, type Relationship, type RelationshipSource } from './relationships.ts';
export { viewerOf } from './request-viewer.ts';
export { auditActor, readerByLink } from './audit-actor.ts';
export type { RecordAccessAudit } from './audit-port.ts';
export { liveBreakGlass } from './break-glass-store.ts';
export { accountLinks, addSessions, authorise, SESSION_COOKIE, type SessionParts } from './session-layer.ts';
export { defaultLimits, type SessionLimits } from './session.ts';
export { createOidc, type Oidc, type OidcSettings } from './oidc.ts';
export { registerSignInRoutes } from './sign-in-routes.ts';
export type { SignInParts } from './sign-in.ts';
export { createApiTokens, refuseApiToken, type ApiTokenRefusal, type ApiTokens } from './api-token.ts';
export { registerEmbeddedProvider, type ProviderParts } from './provider/provider-routes.ts';
export { embeddedOidcSettings } from './provider/embedded-settings.ts';
export { DEMONSTRATION_ISSUER, whoCanSignIn } from './provider/demonstration-workers.ts';
export { CUSTODY_EVENTS_SCOPE, CUSTODY_FEED_CLIENT } from './provider/embedded-provider.ts';
export { loadProviderKeys, type ProviderKeys } from './provider/provider-keys.ts';
export { registerBreakGlassRoutes } from './break-glass-routes.ts';
export type { BreakGlassParts, BreakGlassPeople } from './break-glass.ts';
export { registerAdministrationRoutes } from './administration-routes.ts';
export type { AdministrationParts } from './manage-workers.ts';
