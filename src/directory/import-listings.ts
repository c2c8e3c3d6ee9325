import { auditActor, databaseContext, type Viewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import { detectDirectoryFormat } from './detect-format.ts';
import {
  insertServices,
  lockFeed,
  replaceListing,
  servicesOfFeed,
  type ServiceSummary,
} from './directory-store.ts';
import type { DirectoryReason, DirectoryStatus } from './directory-reason.ts';
import { contentHash, differences } from './keep-listing.ts';
import { readDirectoryFile, type DirectoryReading } from './open-referral.ts';
import type { ServiceListing } from './service-listing.ts';

export interface ImportParts {
  readonly database: Database;
  readonly clock: Clock;
}

export interface ImportOptions {
  /** Which feed it belongs to; ids are unique within one feed. */
  readonly feed: string;
  readonly fileName?: string;
  /** True when the file is the whole feed: what is not in it has gone. Never assumed. */
  readonly whole?: boolean;
}

/** What an import changed, in the words of the feed: names, and which fields. */
export interface DifferenceReport {
  readonly added: readonly string[];
  readonly changed: readonly { readonly name: string; readonly fields: readonly string[] }[];
  readonly gone: readonly string[];
  readonly unchanged: number;
  readonly refused: number;
}

/** The line `npm run ingest` prints for a file. */
export interface DirectoryIngestLine {
  readonly file: string;
  readonly format: string;
  readonly status: DirectoryStatus;
  readonly accepted: number;
  readonly quarantined: number;
  readonly people: 0;
  readonly hearings: 0;
  readonly issues: readonly DirectoryReason[];
  readonly difference: DifferenceReport;
  /** False when the file was not directory data at all. */
  readonly understood: boolean;
}

/** Whether a file is directory data: asked before importing, by content and never by name. */
export function isDirectoryFile(bytes: Uint8Array): boolean {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return detectDirectoryFormat(json).shape !== 'other';
  } catch {
    return false;
  }
}

/** "open-referral-uk-3 service list" */
function formatInWords(format: DirectoryReading['format']): string {
  return format.shape === 'other'
    ? `not-directory-data ${format.kind}`
    : `open-referral-uk-${format.version} ${format.kind}${format.shape === 'list' ? ' list' : ''}`;
}

/**
 * Imports a file of the directory. Tolerant and loud: whatever can be used is taken, whatever is wrong is said, and
 * the file is kept as it came. The same file again changes nothing. A listing that is not in a whole file has gone:
 * it stays readable and is offered to nobody; when it comes back, it is the same service.
 */
export async function importListings(
  parts: ImportParts,
  viewer: Viewer,
  bytes: Uint8Array,
  options: ImportOptions,
): Promise<DirectoryIngestLine> {
  const reading = readDirectoryFile(bytes);
  const now = parts.clock.now();
  const format = formatInWords(reading.format);
  const difference = await parts.database.transaction(databaseContext(viewer), async (tx) => {
    const feedId = await lockFeed(tx, viewer, options.feed, now);
    const report = await takeListings(tx, viewer, feedId, reading, {
      now,
      whole: options.whole === true && isWhole(reading),
      byName: options.feed,
    });
    const messageId = await keepFile(tx, viewer, bytes, format, options, reading, report, now);
    await tx.updateTable('directory_feed').set({ last_imported_at: now }).where('id', '=', feedId).execute();
    await tx
      .insertInto('directory_import')
      .values({
        area_id: viewer.areaId,
        feed_id: feedId,
        inbound_message_id: messageId,
        at: now,
        status: reading.status,
        added: report.added.length,
        changed: report.changed.length,
        unchanged: report.unchanged,
        gone: report.gone.length,
        refused: report.refused,
        report: JSON.stringify(report),
      })
      .execute();
    await recordAudit(tx, now, auditActor(viewer), {
      action: 'received',
      subjectKind: 'directory feed',
      subjectId: feedId,
      detail: { format, status: reading.status, accepted: reading.listings.length, refused: reading.refused },
    });
    return report;
  });
  return {
    file: options.fileName ?? options.feed,
    format,
    status: reading.status,
    accepted: reading.listings.length,
    quarantined: reading.refused,
    people: 0,
    hearings: 0,
    issues: reading.reasons.filter((reason) => reason.severity !== 'note'),
    difference,
    understood: reading.format.shape !== 'other',
  };
}

/** A page of several, or a list that lost records, is not a whole feed, whatever the caller hoped. */
function isWhole(reading: DirectoryReading): boolean {
  return (
    reading.format.shape === 'list' &&
    reading.listings.length > 0 &&
    reading.refused === 0 &&
    !reading.reasons.some((reason) => reason.code === 'more-pages')
  );
}

async function takeListings(
  tx: Tx,
  viewer: Viewer,
  feedId: string,
  reading: DirectoryReading,
  how: { readonly now: Temporal.Instant; readonly whole: boolean; readonly byName: string },
): Promise<DifferenceReport> {
  const known = await servicesOfFeed(tx, feedId);
  const fresh: ServiceListing[] = [];
  const changed: { name: string; fields: readonly string[] }[] = [];
  let unchanged = 0;
  const met = new Set<string>();
  for (const listing of reading.listings) {
    met.add(listing.externalId);
    const before = known.get(listing.externalId);
    if (before === undefined) {
      fresh.push(listing);
      continue;
    }
    const keeps = keepsOurVerification(before, listing);
    const merged = keeps ? withOurVerification(before, listing) : listing;
    const fields = differences(before.listing, merged);
    if (fields.length === 0 && !before.gone) {
      unchanged += 1;
      continue;
    }
    changed.push({ name: listing.name, fields });
    await replaceListing(tx, viewer, before, merged, {
      changed: fields,
      cause: before.gone ? 'back' : 'feed',
      byName: how.byName,
      ...(keeps ? { verifiedBy: before.verifiedBy } : {}),
      now: how.now,
    });
  }
  await insertServices(tx, viewer, feedId, fresh, how.now);
  const gone = how.whole ? [...known].filter(([id, one]) => !met.has(id) && !one.gone) : [];
  for (const [, service] of gone)
    await replaceListing(tx, viewer, service, service.listing, {
      changed: [],
      cause: 'gone',
      byName: how.byName,
      verifiedBy: service.verifiedBy,
      now: how.now,
    });
  return {
    added: fresh.map((listing) => listing.name),
    changed,
    gone: gone.map(([, service]) => service.name),
    unchanged,
    refused: reading.refused,
  };
}

/** A feed that has not looked again does not undo that one of us did. */
function keepsOurVerification(before: ServiceSummary, listing: ServiceListing): boolean {
  const ours = before.verifiedOn;
  if (ours === null) return false;
  return listing.assuredDate === undefined || Temporal.PlainDate.compare(listing.assuredDate, ours) < 0;
}

function withOurVerification(before: ServiceSummary, listing: ServiceListing): ServiceListing {
  const { assuredBy: _theirs, ...rest } = listing;
  const { assuredDate, assuredBy } = before.listing;
  return {
    ...rest,
    ...(assuredDate === undefined ? {} : { assuredDate }),
    ...(assuredBy === undefined ? {} : { assuredBy }),
  };
}

async function keepFile(
  tx: Tx,
  viewer: Viewer,
  bytes: Uint8Array,
  format: string,
  options: ImportOptions,
  reading: DirectoryReading,
  report: DifferenceReport,
  now: Temporal.Instant,
): Promise<string> {
  const row = await tx
    .insertInto('inbound_message')
    .values({
      area_id: viewer.areaId,
      feed: `directory: ${options.feed}`,
      format,
      file_name: options.fileName ?? null,
      content_hash: contentHash(bytes),
      content: Buffer.from(bytes),
      received_at: now,
      outcome: JSON.stringify({
        status: reading.status,
        added: report.added.length,
        refused: report.refused,
      }),
    })
    .onConflict((conflict) => conflict.columns(['area_id', 'feed', 'content_hash']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) {
    const first = await tx
      .selectFrom('inbound_message')
      .select('id')
      .where('area_id', '=', viewer.areaId)
      .where('feed', '=', `directory: ${options.feed}`)
      .where('content_hash', '=', contentHash(bytes))
      .executeTakeFirstOrThrow();
    return first.id;
  }
  const issues = reading.reasons.filter((reason) => reason.severity !== 'note');
  for (let from = 0; from < issues.length; from += 1_000)
    await tx
      .insertInto('data_quality_issue')
      .values(
        issues.slice(from, from + 1_000).map((reason) => ({
          area_id: viewer.areaId,
          inbound_message_id: row.id,
          path: reason.path,
          code: reason.code,
          severity: severityOf(reason, reading),
          message: reason.message,
          raised_at: now,
        })),
      )
      .execute();
  return row.id;
}

function severityOf(reason: DirectoryReason, reading: DirectoryReading): string {
  if (reading.format.shape === 'other') return 'message-refused';
  if (reason.code === 'record-refused') return 'item-quarantined';
  return reason.severity === 'warning' ? 'warning' : 'field-quarantined';
}
