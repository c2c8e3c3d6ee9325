import type { Viewer } from '../access/index.ts';
import type { ConsentExtent } from '../consent/index.ts';
import type { Tx } from '../platform/database.ts';
import type { LiveLegalReason, ShareRule } from './decide-item.ts';
import { legalReasonWords, type LegalReasonKind } from './legal-reason.ts';
import type { ItemCategory, Purpose, Recipient, RecipientKind } from './recipient.ts';

// The SQL that every decision needs: the rules in force and the legal reasons that still last.

/** Every rule of one kind of recipient, or of all. Rules say nothing about a person. */
export async function findRules(tx: Tx, recipientKind: RecipientKind | null): Promise<readonly ShareRule[]> {
  let query = tx.selectFrom('share_rule').selectAll();
  if (recipientKind !== null) query = query.where('recipient_kind', '=', recipientKind);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    recipientKind: row.recipient_kind as RecipientKind,
    purpose: row.purpose as Purpose | null,
    category: row.category as ItemCategory,
    basis: row.basis as ShareRule['basis'],
    needsExtent: row.needs_extent as ConsentExtent | null,
    ownPermission: row.own_permission,
    part: row.part,
    reason: row.reason,
    source: row.source,
    effectiveFrom: row.effective_from,
    effectiveTo: row.effective_to,
    status: row.status as ShareRule['status'],
  }));
}

/** The recorded legal reasons about one person that have not ended. */
export async function findLiveLegalReasons(
  tx: Tx,
  _viewer: Viewer,
  personId: string,
  now: Temporal.Instant,
): Promise<readonly LiveLegalReason[]> {
  const rows = await tx
    .selectFrom('legal_reason')
    .select([
      'id',
      'recipient_kind',
      'service_id',
      'recipient_name',
      'categories',
      'reason',
      'decided_at',
      'ends_at',
    ])
    .where('person_id', '=', personId)
    .where('ends_at', '>', now)
    .orderBy('decided_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    recipient: recipientOf(row),
    categories: row.categories as ItemCategory[],
    words: `Without consent: ${legalReasonWords[row.reason as LegalReasonKind].toLowerCase()}`,
    from: row.decided_at,
    to: row.ends_at,
  }));
}

/** A stored recipient. */
export function recipientOf(row: {
  readonly recipient_kind: string;
  readonly service_id: string | null;
  readonly recipient_name: string | null;
}): Recipient {
  return {
    kind: row.recipient_kind as RecipientKind,
    ...(row.service_id === null ? {} : { serviceId: row.service_id }),
    ...(row.recipient_name === null ? {} : { name: row.recipient_name }),
  };
}
