import { createHash, randomBytes } from 'node:crypto';
import { auditActor, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import { writeToOutbox } from '../platform/outbox.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { discloseItems } from '../sharing/index.ts';
import type { ReportsParts } from './report-parts.ts';
import type { Report, ReportVersion } from './report-store.ts';

// Hours a link stays open. Long enough for a decision that waits over a weekend, short enough that a forgotten
// message opens nothing.
const LINK_HOURS = 72;
// 256 bits: not to be guessed. Only its SHA-256 is kept.
const TOKEN_BYTES = 32;

/** How a version goes: by whom it was handed over is asked for paper only. */
export type SendingChannel = 'link' | 'on-screen' | 'print';

/** What was made. The token exists here and in the message only; nothing can show it again. */
export interface Sent {
  readonly sendingId: string;
  readonly channel: SendingChannel;
  readonly token: string | null;
  readonly emailed: boolean;
}

/** SHA-256 of a link's token, as the database keeps it. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** The way this report goes when nobody says otherwise: to the reader's account, or by link. */
export function usualChannel(report: Report): 'link' | 'on-screen' {
  return report.readerId === null ? 'link' : 'on-screen';
}

/**
 * Makes a signed version available to its recipient: decides every item again (sharing.discloseItems), then makes the
 * link, the entry in the reader's list, or the paper. Refuses the whole when one item may no longer go. Runs in the
 * caller's transaction, with the person and the report locked.
 */
export async function sendVersion(
  parts: Pick<ReportsParts, 'clock' | 'baseUrl' | 'ringUs'>,
  tx: Tx,
  viewer: SignedInViewer,
  input: {
    readonly report: Report;
    readonly version: ReportVersion;
    readonly channel: SendingChannel;
    readonly handedTo?: string | undefined;
    readonly reference: string;
  },
): Promise<Outcome<Sent, 'not-allowed' | 'no-reader'>> {
  const { report, version, channel } = input;
  const now = parts.clock.now();
  const recipientName = channel === 'print' ? (input.handedTo ?? report.recipientName) : report.recipientName;
  if (channel === 'on-screen' && report.readerId === null)
    return refused('no-reader', 'Nobody was chosen who reads reports here. Send a link instead.');
  const disclosed = await discloseItems(tx, viewer, {
    personId: report.personId,
    episodeId: report.episodeId,
    recipient: { kind: report.recipientKind, name: recipientName },
    purpose: report.purpose,
    what: 'report',
    subjectId: version.id,
    items: version.items,
    channel,
    now,
    reference: input.reference,
  });
  if (!disclosed.ok) return disclosed;
  const { disclosureId } = disclosed.value;
  const link = channel === 'link' ? await makeLink(tx, viewer, { report, version, now }) : null;
  const messageId = await notify(parts, tx, viewer, {
    report,
    channel,
    token: link?.token ?? null,
    disclosureId,
    now,
  });
  const row = await tx
    .insertInto('report_sending')
    .values({
      area_id: viewer.areaId,
      person_id: report.personId,
      report_id: report.id,
      version_id: version.id,
      disclosure_id: disclosureId,
      channel,
      recipient_name: recipientName,
      link_id: link?.id ?? null,
      message_id: messageId,
      reader_id: channel === 'on-screen' ? report.readerId : null,
      sent_at: now,
      sent_by: viewer.workerId,
      sent_by_name: viewer.name,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await touch(tx, [
    `person:${report.personId}`,
    `report:${report.id}`,
    ...(report.readerId === null ? [] : [`worker:${report.readerId}`]),
  ]);
  return done({ sendingId: row.id, channel, token: link?.token ?? null, emailed: messageId !== null });
}

async function makeLink(
  tx: Tx,
  viewer: SignedInViewer,
  about: { readonly report: Report; readonly version: ReportVersion; readonly now: Temporal.Instant },
): Promise<{ readonly id: string; readonly token: string }> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const row = await tx
    .insertInto('single_purpose_link')
    .values({
      area_id: viewer.areaId,
      token_hash: tokenHash(token),
      purpose: 'read-report',
      subject_id: about.version.id,
      person_id: about.report.personId,
      recipient_name: about.report.recipientName,
      created_by: viewer.workerId,
      created_at: about.now,
      expires_at: about.now.add({ hours: LINK_HOURS }),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id: row.id, token };
}

/** A neutral message: nothing in it says whom the report is about or what the service does for anybody. */
async function notify(
  parts: Pick<ReportsParts, 'baseUrl' | 'ringUs'>,
  tx: Tx,
  viewer: SignedInViewer,
  about: {
    readonly report: Report;
    readonly channel: SendingChannel;
    readonly token: string | null;
    readonly disclosureId: string;
    readonly now: Temporal.Instant;
  },
): Promise<string | null> {
  const { report, channel, token } = about;
  if (report.recipientEmail === null || channel === 'print') return null;
  const address = token === null ? `${parts.baseUrl}/reports-shared-with-me` : `${parts.baseUrl}/r/${token}`;
  return writeToOutbox(
    tx,
    {
      areaId: viewer.areaId,
      personId: report.personId,
      channel: 'email',
      recipient: report.recipientEmail,
      template: 'report-ready',
      content: {
        subject: 'A report for you',
        lines: [
          `A report for ${report.recipientName} is ready to read.`,
          address,
          ...(token === null ? [] : ['The link is for you alone and stops working after three days.']),
          `If you were not expecting it, ring ${parts.ringUs.name} on ${parts.ringUs.phone}.`,
        ],
      },
      // A withdrawal finds it by this and stops it.
      causedBy: `disclosure:${about.disclosureId}`,
    },
    about.now,
  );
}

/** Closes an open link. The next opening of it says so, with whom to ring. Refuses nothing: a closed link stays closed. */
export async function closeLink(
  tx: Tx,
  viewer: SignedInViewer,
  input: {
    readonly linkId: string;
    readonly personId: string;
    readonly why: string;
    readonly now: Temporal.Instant;
    readonly reference: string;
  },
): Promise<boolean> {
  const closed = await tx
    .updateTable('single_purpose_link')
    .set({ revoked_at: input.now, revoked_why: input.why })
    .where('id', '=', input.linkId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (closed.numUpdatedRows === 0n) return false;
  await recordAudit(tx, input.now, auditActor(viewer, input.reference), {
    action: 'changed',
    personId: input.personId,
    subjectKind: 'report link',
    subjectId: input.linkId,
    detail: { closed: true },
  });
  await touch(tx, [`person:${input.personId}`]);
  return true;
}
