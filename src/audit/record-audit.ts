import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '../platform/database.ts';

/** What was done. `viewed` is written before the page is sent (architecture.md, Audit). */
export type AuditAction =
  | 'viewed'
  | 'searched'
  | 'exported'
  | 'printed'
  | 'created'
  | 'changed'
  | 'disclosed'
  | 'signed-in'
  | 'signed-out'
  | 'refused'
  | 'break-glass'
  | 'received'
  | 'ran';

/** Who did it, as the audit keeps it. */
export interface AuditActor {
  readonly areaId: string | null;
  readonly workerId: string | null;
  readonly workerRole: string | null;
  readonly sessionId: string | null;
  /** A name a privacy officer understands: the worker's, a link's recipient, a feed, "system". */
  readonly actor: string;
  /** The reference of the request, as shown on error pages. */
  readonly reference: string | null;
}

/** One thing to write down. `detail` holds words and ids, never the clinical content itself. */
export interface AuditEntry {
  readonly action: AuditAction;
  readonly personId?: string | null;
  readonly subjectKind: string;
  readonly subjectId?: string | null;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** The bytes an event's hash covers: every column but the hash and the transaction number, in this order. */
export function auditContent(event: {
  readonly id: string;
  readonly at: Temporal.Instant;
  readonly area_id: string | null;
  readonly worker_id: string | null;
  readonly worker_role: string | null;
  readonly session_id: string | null;
  readonly actor: string;
  readonly action: string;
  readonly person_id: string | null;
  readonly subject_kind: string;
  readonly subject_id: string | null;
  readonly detail: unknown;
  readonly reference: string | null;
}): string {
  return JSON.stringify([
    event.id,
    event.at.toString({ fractionalSecondDigits: 6 }),
    event.area_id,
    event.worker_id,
    event.worker_role,
    event.session_id,
    event.actor,
    event.action,
    event.person_id,
    event.subject_kind,
    event.subject_id,
    canonical(event.detail),
    event.reference,
  ]);
}

/** JSON with its keys in order: PostgreSQL's jsonb does not keep the order they were written in. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, entry]) => entry !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, entry]) => [key, canonical(entry)]),
    );
  }
  return value;
}

/** SHA-256 of an event's content with the leaf prefix 0x00 of RFC 6962. */
export function auditHash(content: string): Buffer {
  return createHash('sha256')
    .update(Buffer.from([0]))
    .update(content, 'utf8')
    .digest();
}

/** A version 7 UUID for this instant, so that an id alone tells the month of its partition. */
function auditId(at: Temporal.Instant): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at.epochMilliseconds, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Writes what was done, in the transaction that does it, so that neither exists without the other. */
export async function recordAudit(
  tx: Tx,
  at: Temporal.Instant,
  actor: AuditActor,
  ...entries: readonly AuditEntry[]
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => {
    const moment = at.round({ smallestUnit: 'microsecond' });
    const row = {
      id: auditId(moment),
      at: moment,
      area_id: actor.areaId,
      worker_id: actor.workerId,
      worker_role: actor.workerRole,
      session_id: actor.sessionId,
      actor: actor.actor,
      action: entry.action,
      person_id: entry.personId ?? null,
      subject_kind: entry.subjectKind,
      subject_id: entry.subjectId ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
      reference: actor.reference,
    };
    const content_hash = auditHash(auditContent({ ...row, detail: entry.detail ?? {} }));
    return { ...row, content_hash };
  });
  await tx.insertInto('audit_event').values(rows).execute();
}
