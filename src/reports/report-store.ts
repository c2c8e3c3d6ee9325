import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Typed } from '../platform/forms/form.ts';
import type { ShareItem } from '../sharing/index.ts';
import type { ReportContent } from './report-content.ts';
import type { ReportDocument } from './report-document.ts';
import type { ReportPurpose, ReportRecipient } from './report-templates.ts';

// All SQL of reports. The caller has opened the person's record; row-level security keeps other areas away, and lets
// a link holder or a reader with an account see their own version and nothing else.

export interface Report {
  readonly id: string;
  readonly personId: string;
  readonly episodeId: string | null;
  readonly template: string;
  readonly recipientKind: ReportRecipient;
  readonly purpose: ReportPurpose;
  readonly recipientName: string;
  readonly recipientEmail: string | null;
  readonly recipientPhone: string | null;
  readonly readerId: string | null;
  readonly hearingId: string | null;
  readonly neededBy: Temporal.Instant | null;
  readonly decisionAt: Temporal.Instant | null;
  readonly startContent: Typed;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdAt: Temporal.Instant;
  readonly closedAt: Temporal.Instant | null;
}

export interface ReportVersion {
  readonly id: string;
  readonly reportId: string;
  readonly personId: string;
  readonly number: number;
  readonly content: ReportContent;
  readonly document: ReportDocument;
  readonly items: readonly ShareItem[];
  readonly heldBack: number;
  readonly signedBy: string;
  readonly signedByName: string;
  readonly signedAt: Temporal.Instant;
}

export interface Sending {
  readonly id: string;
  readonly reportId: string;
  readonly personId: string;
  readonly versionId: string;
  readonly disclosureId: string;
  readonly channel: 'link' | 'on-screen' | 'print';
  readonly recipientName: string;
  readonly linkId: string | null;
  readonly readerId: string | null;
  readonly sentAt: Temporal.Instant;
  readonly sentByName: string;
}

export interface DecisionRow {
  readonly versionId: string;
  readonly decision: string;
  readonly informed: 'yes' | 'partly' | 'no' | 'unknown';
  readonly decidedAt: Temporal.Instant;
  readonly toldBy: string;
  readonly toldThrough: 'link' | 'on-screen' | 'told-us';
  readonly recordedAt: Temporal.Instant;
}

interface ReportRow {
  readonly id: string;
  readonly person_id: string;
  readonly episode_id: string | null;
  readonly template: string;
  readonly recipient_kind: string;
  readonly purpose: string;
  readonly recipient_name: string;
  readonly recipient_email: string | null;
  readonly recipient_phone: string | null;
  readonly reader_id: string | null;
  readonly hearing_id: string | null;
  readonly needed_by: Temporal.Instant | null;
  readonly decision_at: Temporal.Instant | null;
  readonly start_content: unknown;
  readonly created_by: string;
  readonly created_by_name: string;
  readonly created_at: Temporal.Instant;
  readonly closed_at: Temporal.Instant | null;
}

function reportOf(row: ReportRow): Report {
  return {
    id: row.id,
    personId: row.person_id,
    episodeId: row.episode_id,
    template: row.template,
    recipientKind: row.recipient_kind as ReportRecipient,
    purpose: row.purpose as ReportPurpose,
    recipientName: row.recipient_name,
    recipientEmail: row.recipient_email,
    recipientPhone: row.recipient_phone,
    readerId: row.reader_id,
    hearingId: row.hearing_id,
    neededBy: row.needed_by,
    decisionAt: row.decision_at,
    startContent: row.start_content as Typed,
    createdBy: row.created_by,
    createdByName: row.created_by_name,
    createdAt: row.created_at,
    closedAt: row.closed_at,
  };
}

/** One report, or null. The caller opens its person before showing any of it. */
export async function findReport(tx: Tx, _viewer: Viewer, reportId: string): Promise<Report | null> {
  const row = await tx.selectFrom('report').selectAll().where('id', '=', reportId).executeTakeFirst();
  return row === undefined ? null : reportOf(row);
}

/** The same, locked until the transaction ends: after the person, before its versions (architecture.md, Concurrency). */
export async function lockReport(tx: Tx, _viewer: Viewer, reportId: string): Promise<Report | null> {
  const row = await tx
    .selectFrom('report')
    .selectAll()
    .where('id', '=', reportId)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : reportOf(row);
}

/** The reports of these people that nobody has set aside, newest first. */
export async function findReports(
  tx: Tx,
  _viewer: Viewer,
  where:
    | { readonly personId: string }
    | { readonly personIds: readonly string[]; readonly since: Temporal.Instant }
    | { readonly hearingIds: readonly string[] },
): Promise<readonly Report[]> {
  let query = tx.selectFrom('report').selectAll().where('closed_at', 'is', null);
  if ('personId' in where) query = query.where('person_id', '=', where.personId);
  else if ('personIds' in where) {
    if (where.personIds.length === 0) return [];
    query = query.where('person_id', 'in', [...where.personIds]).where('created_at', '>=', where.since);
  } else {
    if (where.hearingIds.length === 0) return [];
    query = query.where('hearing_id', 'in', [...where.hearingIds]);
  }
  return (await query.orderBy('created_at', 'desc').execute()).map(reportOf);
}

const versionColumns = [
  'id',
  'report_id',
  'person_id',
  'number',
  'content',
  'document',
  'items',
  'held_back',
  'signed_by',
  'signed_by_name',
  'signed_at',
] as const;

interface VersionRow {
  readonly id: string;
  readonly report_id: string;
  readonly person_id: string;
  readonly number: number;
  readonly content: unknown;
  readonly document: unknown;
  readonly items: unknown;
  readonly held_back: number;
  readonly signed_by: string;
  readonly signed_by_name: string;
  readonly signed_at: Temporal.Instant;
}

function versionOf(row: VersionRow): ReportVersion {
  return {
    id: row.id,
    reportId: row.report_id,
    personId: row.person_id,
    number: row.number,
    content: row.content as ReportContent,
    document: row.document as ReportDocument,
    items: row.items as readonly ShareItem[],
    heldBack: row.held_back,
    signedBy: row.signed_by,
    signedByName: row.signed_by_name,
    signedAt: row.signed_at,
  };
}

/** All signed versions of these reports, newest first. */
export async function findVersions(
  tx: Tx,
  _viewer: Viewer,
  reportIds: readonly string[],
): Promise<readonly ReportVersion[]> {
  if (reportIds.length === 0) return [];
  const rows = await tx
    .selectFrom('report_version')
    .select(versionColumns)
    .where('report_id', 'in', [...reportIds])
    .orderBy('number', 'desc')
    .execute();
  return rows.map(versionOf);
}

/** One version: for staff of the area, for the holder of its link, or for the reader it was sent to. */
export async function findVersion(tx: Tx, _viewer: Viewer, versionId: string): Promise<ReportVersion | null> {
  const row = await tx
    .selectFrom('report_version')
    .select(versionColumns)
    .where('id', '=', versionId)
    .executeTakeFirst();
  return row === undefined ? null : versionOf(row);
}

/** The number of the version that has replaced this one, or null. */
export async function replacementOf(tx: Tx, _viewer: Viewer, versionId: string): Promise<number | null> {
  const row = await tx
    .selectFrom('report_replacement')
    .select('by_number')
    .where('version_id', '=', versionId)
    .executeTakeFirst();
  return row?.by_number ?? null;
}

const sendingColumns = [
  'id',
  'report_id',
  'person_id',
  'version_id',
  'disclosure_id',
  'channel',
  'recipient_name',
  'link_id',
  'reader_id',
  'sent_at',
  'sent_by_name',
] as const;

/** Sendings by report, by version, by reader, or one by its id, newest first. */
export async function findSendings(
  tx: Tx,
  _viewer: Viewer,
  where:
    | { readonly reportIds: readonly string[] }
    | { readonly versionId: string }
    | { readonly readerId: string }
    | { readonly id: string },
): Promise<readonly Sending[]> {
  let query = tx.selectFrom('report_sending').select(sendingColumns);
  if ('reportIds' in where) {
    if (where.reportIds.length === 0) return [];
    query = query.where('report_id', 'in', [...where.reportIds]);
  } else if ('versionId' in where) query = query.where('version_id', '=', where.versionId);
  else if ('readerId' in where) query = query.where('reader_id', '=', where.readerId);
  else query = query.where('id', '=', where.id);
  const rows = await query.orderBy('sent_at', 'desc').limit(200).execute();
  return rows.map((row) => ({
    id: row.id,
    reportId: row.report_id,
    personId: row.person_id,
    versionId: row.version_id,
    disclosureId: row.disclosure_id,
    channel: row.channel as Sending['channel'],
    recipientName: row.recipient_name,
    linkId: row.link_id,
    readerId: row.reader_id,
    sentAt: row.sent_at,
    sentByName: row.sent_by_name,
  }));
}

/** When the message of each sending was delivered, and when its link was closed or runs out. */
export async function findTransport(
  tx: Tx,
  _viewer: Viewer,
  sendingIds: readonly string[],
): Promise<
  ReadonlyMap<
    string,
    {
      readonly deliveredAt: Temporal.Instant | null;
      readonly cancelledAt: Temporal.Instant | null;
      readonly closedAt: Temporal.Instant | null;
      readonly closedWhy: string | null;
      readonly expiresAt: Temporal.Instant | null;
    }
  >
> {
  if (sendingIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('report_sending as s')
    .leftJoin('outbound_message as m', 'm.id', 's.message_id')
    .leftJoin('single_purpose_link as l', 'l.id', 's.link_id')
    .select(['s.id', 'm.delivered_at', 'm.cancelled_at', 'l.revoked_at', 'l.revoked_why', 'l.expires_at'])
    .where('s.id', 'in', [...sendingIds])
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        deliveredAt: row.delivered_at,
        cancelledAt: row.cancelled_at,
        closedAt: row.revoked_at,
        closedWhy: row.revoked_why,
        expiresAt: row.expires_at,
      },
    ]),
  );
}

/** What was decided, the latest answer for each version. */
export async function findDecisions(
  tx: Tx,
  _viewer: Viewer,
  versionIds: readonly string[],
): Promise<ReadonlyMap<string, DecisionRow>> {
  if (versionIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('report_decision')
    .select(['version_id', 'decision', 'informed', 'decided_at', 'told_by', 'told_through', 'recorded_at'])
    .where('version_id', 'in', [...versionIds])
    .orderBy('recorded_at')
    .execute();
  return new Map(
    rows.map((row) => [
      row.version_id,
      {
        versionId: row.version_id,
        decision: row.decision,
        informed: row.informed as DecisionRow['informed'],
        decidedAt: row.decided_at,
        toldBy: row.told_by,
        toldThrough: row.told_through as DecisionRow['toldThrough'],
        recordedAt: row.recorded_at,
      },
    ]),
  );
}

/** Workers who read reports with an account, for choosing one. */
export async function findReaders(
  tx: Tx,
  viewer: Viewer,
): Promise<readonly { readonly id: string; readonly name: string; readonly email: string | null }[]> {
  return tx
    .selectFrom('worker as w')
    .innerJoin('worker_role as r', 'r.worker_id', 'w.id')
    .select(['w.id', 'w.name', 'w.email'])
    .distinct()
    .where('w.area_id', '=', viewer.areaId)
    .where('w.active', '=', true)
    .where('r.role', '=', 'justice-reader')
    .where('r.valid_to', 'is', null)
    .orderBy('w.name')
    .execute();
}
