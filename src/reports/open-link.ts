import { databaseContext, type LinkViewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import { mayStillOpen, readShared, recordSeen, templateBehind, type SharedVersion } from './reader-access.ts';
import type { ReportsParts } from './report-parts.ts';
import { findSendings, type Sending } from './report-store.ts';
import type { ReportTemplate } from './report-templates.ts';
import { tokenHash } from './send-report.ts';

// Reading a report without an account. A mail scanner follows links with GET: nothing counts as opened, and nothing of
// the report is shown, until somebody has pressed the button.

/** What a link is now. A closed one says why in general words and never whom it was about. */
export type LinkState =
  | { readonly state: 'unknown' }
  | { readonly state: 'expired' | 'closed' }
  | {
      readonly state: 'open';
      readonly viewer: LinkViewer;
      readonly openedBefore: boolean;
    };

// 32 bytes in base64url.
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Looks a token up by its hash. What does not look like a token is not looked up. */
export async function findLink(
  parts: Pick<ReportsParts, 'database' | 'clock'>,
  token: string,
): Promise<LinkState> {
  if (!TOKEN.test(token)) return { state: 'unknown' };
  const hash = tokenHash(token);
  const now = parts.clock.now();
  const row = await parts.database.transaction(
    { kind: 'link', area: null, linkToken: hash.toString('hex') },
    (tx) =>
      tx
        .selectFrom('single_purpose_link')
        .select([
          'id',
          'area_id',
          'person_id',
          'subject_id',
          'recipient_name',
          'expires_at',
          'revoked_at',
          'first_opened_at',
        ])
        .where('token_hash', '=', hash)
        .where('purpose', '=', 'read-report')
        .executeTakeFirst(),
  );
  if (row === undefined) return { state: 'unknown' };
  if (row.revoked_at !== null) return { state: 'closed' };
  if (Temporal.Instant.compare(now, row.expires_at) >= 0) return { state: 'expired' };
  return {
    state: 'open',
    openedBefore: row.first_opened_at !== null,
    viewer: {
      kind: 'link',
      areaId: row.area_id,
      linkId: row.id,
      linkTokenHash: hash.toString('hex'),
      subjectId: row.subject_id,
      personId: row.person_id,
      recipientName: row.recipient_name,
    },
  };
}

async function sendingOf(tx: Tx, viewer: LinkViewer): Promise<Sending | null> {
  const sendings = await findSendings(tx, viewer, { versionId: viewer.subjectId });
  return sendings.find((sending) => sending.linkId === viewer.linkId) ?? null;
}

/**
 * The button was pressed: the report counts as received, once. Refuses (answers the state) when the link was closed in
 * between, or when what it holds may no longer go.
 */
export async function openLink(
  parts: Pick<ReportsParts, 'database' | 'clock'>,
  token: string,
  reference: string,
): Promise<'opened' | 'unknown' | 'expired' | 'closed'> {
  const link = await findLink(parts, token);
  if (link.state !== 'open') return link.state;
  const { viewer } = link;
  const now = parts.clock.now();
  const sending = await parts.database.transaction(databaseContext(viewer), (tx) => sendingOf(tx, viewer));
  if (sending === null) return 'unknown';
  if ((await mayStillOpen(parts.database, sending, viewer.areaId, now)) === 'stopped') return 'closed';
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const row = await tx
      .selectFrom('single_purpose_link')
      .select(['opened', 'revoked_at', 'first_opened_at'])
      .where('id', '=', viewer.linkId)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return 'unknown';
    if (row.revoked_at !== null) return 'closed';
    const shared = await readShared(tx, viewer, sending);
    if (shared === null) return 'unknown';
    await tx
      .updateTable('single_purpose_link')
      .set({ opened: row.opened + 1, first_opened_at: row.first_opened_at ?? now, last_opened_at: now })
      .where('id', '=', viewer.linkId)
      .execute();
    await recordSeen(tx, viewer, shared, { kind: 'received', at: now, by: viewer.recipientName, reference });
    return 'opened';
  });
}

/** The report itself, after it was opened. Each look is in the audit. Null sends the reader back to the button. */
export async function readByLink(
  parts: Pick<ReportsParts, 'database' | 'clock'>,
  viewer: LinkViewer,
  reference: string,
): Promise<{ readonly shared: SharedVersion; readonly template: ReportTemplate } | null> {
  const now = parts.clock.now();
  const shared = await parts.database.transaction(databaseContext(viewer), async (tx) => {
    const sending = await sendingOf(tx, viewer);
    const found = sending === null ? null : await readShared(tx, viewer, sending);
    if (found !== null)
      await recordSeen(tx, viewer, found, { kind: 'received', at: now, by: viewer.recipientName, reference });
    return found;
  });
  if (shared === null) return null;
  return { shared, template: await templateBehind(parts.database, shared.sending, viewer.areaId) };
}
