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
export { isPermission, mayDo, permissions, type Permission } from './permissions.ts';
export { findRelationships, type Relationship, type RelationshipSource } from './relationships.ts';
export { viewerOf } from './request-viewer.ts';
export { auditActor } from './audit-actor.ts';
export { liveBreakGlass } from './break-glass-store.ts';
export { addSessions, authorise, SESSION_COOKIE, type SessionParts } from './session-layer.ts';
export { defaultLimits, type SessionLimits } from './session.ts';
