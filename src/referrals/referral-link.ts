import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { LinkViewer, Viewer } from '../access/index.ts';
import type { Database, Tx } from '../platform/database.ts';

// A link that answers one referral, for a service without an account. Its token is a keyed hash of the link's id, so
// that whoever sent it can copy it again while only its SHA-256 is kept: a stolen table opens nothing.

/** The token of a link: 32 bytes, 43 characters. */
export function linkToken(secret: string, linkId: string): string {
  return createHmac('sha256', secret).update(`answer-referral\n${linkId}`).digest('base64url');
}

function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** What says, in this browser, that somebody pressed Open. A mail scanner follows addresses; it does not press. */
export function openedMark(secret: string, linkId: string): string {
  return createHmac('sha256', secret).update(`opened\n${linkId}`).digest('base64url').slice(0, 32);
}

/** True when the browser's mark is the link's. */
export function isOpenedMark(secret: string, linkId: string, given: string | undefined): boolean {
  if (given === undefined) return false;
  const left = Buffer.from(openedMark(secret, linkId));
  const right = Buffer.from(given);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** A link as its sender sees it. */
export interface ReferralLink {
  readonly id: string;
  readonly expiresAt: Temporal.Instant;
  readonly revokedAt: Temporal.Instant | null;
  readonly firstOpenedAt: Temporal.Instant | null;
  readonly opened: number;
}

/** A link that is about to be made: its id, its token, and the only part of the token that is kept. */
export async function newLink(
  tx: Tx,
  secret: string,
): Promise<{ readonly id: string; readonly token: string; readonly tokenHash: Buffer }> {
  const { rows } = await sql<{ id: string }>`select uuidv7()::text as id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('The database gave no id');
  const token = linkToken(secret, id);
  return { id, token, tokenHash: tokenHash(token) };
}

/** The newest link of a referral, or null. */
export async function linkOf(tx: Tx, _viewer: Viewer, referralId: string): Promise<ReferralLink | null> {
  const row = await tx
    .selectFrom('single_purpose_link')
    .select(['id', 'expires_at', 'revoked_at', 'first_opened_at', 'opened'])
    .where('subject_id', '=', referralId)
    .where('purpose', '=', 'answer-referral')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined
    ? null
    : {
        id: row.id,
        expiresAt: row.expires_at,
        revokedAt: row.revoked_at,
        firstOpenedAt: row.first_opened_at,
        opened: row.opened,
      };
}

/** Keeps a link open at least until then. A revoked link stays closed. */
export async function keepLinkOpen(
  tx: Tx,
  _viewer: Viewer,
  referralId: string,
  until: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('single_purpose_link')
    .set({ expires_at: until })
    .where('subject_id', '=', referralId)
    .where('purpose', '=', 'answer-referral')
    .where('revoked_at', 'is', null)
    .where('expires_at', '<', until)
    .execute();
}

/** Closes every link of a referral for good, and says why. */
export async function revokeLinks(
  tx: Tx,
  _viewer: Viewer,
  referralId: string,
  why: string,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('single_purpose_link')
    .set({ revoked_at: now, revoked_why: why })
    .where('subject_id', '=', referralId)
    .where('revoked_at', 'is', null)
    .execute();
}

/** What a token turned out to be. `closed` tells nothing about whom it was for. */
export type PresentedLink =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'closed'; readonly why: 'expired' | 'revoked' }
  | { readonly kind: 'open'; readonly viewer: LinkViewer; readonly linkId: string };

const tokenShape = /^[A-Za-z0-9_-]{43}$/;

/** Finds the link of a token. The database answers only for the token that is presented. */
export async function presentLink(
  database: Database,
  token: string,
  now: Temporal.Instant,
): Promise<PresentedLink> {
  if (!tokenShape.test(token)) return { kind: 'unknown' };
  const hash = tokenHash(token).toString('hex');
  const row = await database.transaction({ kind: 'nobody', area: null, linkToken: hash }, (tx) =>
    tx
      .selectFrom('single_purpose_link')
      .selectAll()
      .where('token_hash', '=', Buffer.from(hash, 'hex'))
      .where('purpose', '=', 'answer-referral')
      .executeTakeFirst(),
  );
  if (row === undefined) return { kind: 'unknown' };
  if (row.revoked_at !== null) return { kind: 'closed', why: 'revoked' };
  if (Temporal.Instant.compare(row.expires_at, now) <= 0) return { kind: 'closed', why: 'expired' };
  return {
    kind: 'open',
    linkId: row.id,
    viewer: {
      kind: 'link',
      areaId: row.area_id,
      linkId: row.id,
      linkTokenHash: hash,
      subjectId: row.subject_id,
      personId: row.person_id,
      recipientName: row.recipient_name,
    },
  };
}

/** Counts that the link was opened. Allowed to its holder by the link's own policy. */
export async function markLinkOpened(tx: Tx, viewer: LinkViewer, now: Temporal.Instant): Promise<void> {
  await sql`update single_purpose_link
    set first_opened_at = coalesce(first_opened_at, ${now}), last_opened_at = ${now}, opened = opened + 1
    where id = ${viewer.linkId}`.execute(tx);
}
