import type { Viewer } from './viewer.ts';

const BY_LINK = ', by link ';

/** The viewer as the audit keeps them. Structurally audit's AuditActor: the two modules share a row and do not import each other. */
export function auditActor(
  viewer: Viewer,
  reference: string | null = null,
): {
  areaId: string;
  workerId: string | null;
  workerRole: string | null;
  sessionId: string | null;
  actor: string;
  reference: string | null;
} {
  switch (viewer.kind) {
    case 'system':
      return {
        areaId: viewer.areaId,
        workerId: null,
        workerRole: null,
        sessionId: null,
        actor: viewer.actor,
        reference,
      };
    case 'link':
      return {
        areaId: viewer.areaId,
        workerId: null,
        workerRole: null,
        sessionId: null,
        actor: `${viewer.recipientName}${BY_LINK}${viewer.linkId}`,
        reference,
      };
    default:
      return {
        areaId: viewer.areaId,
        workerId: viewer.workerId,
        workerRole: viewer.role,
        sessionId: viewer.sessionId,
        actor: viewer.name,
        reference,
      };
  }
}

/** The name of a reader by link, from the actor that `auditActor` wrote; null for a worker or a program. */
export function readerByLink(actor: string): string | null {
  const at = actor.lastIndexOf(BY_LINK);
  return at === -1 ? null : actor.slice(0, at);
}
