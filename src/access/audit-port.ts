import type { Tx } from '../platform/database.ts';

/** Who did it, as the audit keeps it. `auditActor` makes one of a viewer. */
export interface AccessAuditActor {
  readonly areaId: string | null;
  readonly workerId: string | null;
  readonly workerRole: string | null;
  readonly sessionId: string | null;
  readonly actor: string;
  readonly reference: string | null;
}

/** What this module writes down. */
export interface AccessAuditEntry {
  readonly action: 'viewed' | 'created' | 'changed' | 'signed-in' | 'signed-out' | 'refused' | 'break-glass';
  readonly personId?: string | null;
  readonly subjectKind: string;
  readonly subjectId?: string | null;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** The audit as this module calls it. It stands on the same row, so app.ts passes `recordAudit` in. */
export type RecordAccessAudit = (
  tx: Tx,
  at: Temporal.Instant,
  actor: AccessAuditActor,
  ...entries: readonly AccessAuditEntry[]
) => Promise<void>;
