import { auditActor, databaseContext, type SystemViewer, type Viewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import { decide, markReceipt, receiptsOf } from '../sharing/index.ts';
import {
  findDecisions,
  findReport,
  findVersion,
  replacementOf,
  type DecisionRow,
  type ReportVersion,
  type Sending,
} from './report-store.ts';
import { templateOf, type ReportTemplate } from './report-templates.ts';

// What a reader outside the service sees: by link or signed in. They see the frozen version and nothing of the record.

/** A version as its reader sees it. */
export interface SharedVersion {
  readonly sending: Sending;
  readonly version: ReportVersion;
  readonly replacedBy: number | null;
  readonly decision: DecisionRow | null;
}

/** The version behind a sending, for whoever it was sent to. Null when row-level security does not show it. */
export async function readShared(tx: Tx, viewer: Viewer, sending: Sending): Promise<SharedVersion | null> {
  const version = await findVersion(tx, viewer, sending.versionId);
  if (version === null) return null;
  return {
    sending,
    version,
    replacedBy: await replacementOf(tx, viewer, version.id),
    decision: (await findDecisions(tx, viewer, [version.id])).get(version.id) ?? null,
  };
}

/** The program, acting for a reader who may not see the record it must look at. */
export function onBehalfOf(areaId: string, reader: string): SystemViewer {
  return { kind: 'system', areaId, actor: `${reader}, reading a report` };
}

/**
 * May this still be opened? What somebody already has is theirs; what nobody has opened is decided again, so that a
 * withdrawal counts even where no link had to be closed. Runs as the program: the reader cannot see consent.
 */
export async function mayStillOpen(
  database: Database,
  sending: Sending,
  areaId: string,
  now: Temporal.Instant,
): Promise<'open' | 'stopped'> {
  const system = onBehalfOf(areaId, sending.recipientName);
  return database.transaction(databaseContext(system), async (tx) => {
    const receipts = (await receiptsOf(tx, system, [sending.disclosureId])).get(sending.disclosureId);
    if (receipts !== undefined && (receipts.receivedAt !== null || receipts.readAt !== null)) return 'open';
    if (receipts !== undefined && receipts.stoppedAt !== null) return 'stopped';
    const report = await findReport(tx, system, sending.reportId);
    const version = await findVersion(tx, system, sending.versionId);
    if (report === null || version === null) return 'stopped';
    const decisions = await decide(tx, system, {
      personId: report.personId,
      recipient: { kind: report.recipientKind, name: report.recipientName },
      purpose: report.purpose,
      items: version.items,
      now,
    });
    return decisions.every((decision) => decision.answer !== 'may-not') ? 'open' : 'stopped';
  });
}

/** The template of the report behind a version: a reader sees its questions, not the report's row. */
export async function templateBehind(
  database: Database,
  sending: Sending,
  areaId: string,
): Promise<ReportTemplate> {
  const system = onBehalfOf(areaId, sending.recipientName);
  const report = await database.transaction(databaseContext(system), (tx) =>
    findReport(tx, system, sending.reportId),
  );
  if (report === null) throw new Error('A sending has no report');
  return templateOf(report.template);
}

/** Writes that the reader has it, or has read it, and that they saw it. In the transaction that shows the page. */
export async function recordSeen(
  tx: Tx,
  viewer: Viewer,
  shared: SharedVersion,
  seen: {
    readonly kind: 'received' | 'read';
    readonly at: Temporal.Instant;
    readonly by: string;
    readonly reference: string;
  },
): Promise<void> {
  await markReceipt(tx, viewer, shared.sending.disclosureId, seen.kind, seen.at, seen.by);
  await recordAudit(tx, seen.at, auditActor(viewer, seen.reference), {
    action: seen.kind === 'received' ? 'viewed' : 'received',
    personId: shared.version.personId,
    subjectKind: 'report version',
    subjectId: shared.version.id,
    detail: { through: shared.sending.channel, number: shared.version.number },
  });
}
