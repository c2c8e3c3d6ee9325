import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';

/** One line of who did or saw what. */
export interface AuditLine {
  readonly id: string;
  readonly at: Temporal.Instant;
  readonly actor: string;
  readonly workerId: string | null;
  readonly workerRole: string | null;
  readonly action: string;
  readonly subjectKind: string;
  readonly personId: string | null;
  readonly because: string | null;
}

export interface AuditFilter {
  readonly personId?: string;
  readonly workerId?: string;
  /** Only lines before this moment: the next page. */
  readonly before?: Temporal.Instant;
  readonly atMost: number;
}

/** The newest lines about one person or by one worker, newest first. */
export async function auditLines(
  tx: Tx,
  _viewer: Viewer,
  filter: AuditFilter,
): Promise<readonly AuditLine[]> {
  let query = tx
    .selectFrom('audit_event')
    .select([
      'id',
      'at',
      'actor',
      'worker_id',
      'worker_role',
      'action',
      'subject_kind',
      'person_id',
      'detail',
    ])
    .orderBy('at', 'desc')
    .limit(filter.atMost);
  if (filter.personId !== undefined) query = query.where('person_id', '=', filter.personId);
  if (filter.workerId !== undefined) query = query.where('worker_id', '=', filter.workerId);
  if (filter.before !== undefined) query = query.where('at', '<', filter.before);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actor: row.actor,
    workerId: row.worker_id,
    workerRole: row.worker_role,
    action: row.action,
    subjectKind: row.subject_kind,
    personId: row.person_id,
    because: becauseOf(row.detail),
  }));
}

function becauseOf(detail: unknown): string | null {
  if (typeof detail !== 'object' || detail === null) return null;
  if ('because' in detail && typeof detail.because === 'string') return detail.because;
  if ('typed' in detail && typeof detail.typed === 'string') return `searched for “${detail.typed}”`;
  return null;
}

/** The name of one worker of the area, or null. */
export async function workerName(tx: Tx, viewer: Viewer, workerId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('worker')
    .select('name')
    .where('id', '=', workerId)
    .where('area_id', '=', viewer.areaId)
    .executeTakeFirst();
  return row?.name ?? null;
}
