import type { Viewer } from '../access/index.ts';
import { when } from '../platform/views/dates.ts';
import type { Tx } from '../platform/database.ts';
import { recipientName, type Purpose, type Recipient } from './recipient.ts';
import { recipientOf } from './sharing-store.ts';

/** One time something went, with what became of it. */
export interface Disclosure {
  readonly id: string;
  readonly recipient: Recipient;
  readonly consentKey: string;
  readonly purpose: Purpose;
  readonly what: string;
  readonly subjectId: string;
  readonly channel: 'on-screen' | 'link' | 'print' | 'message';
  readonly at: Temporal.Instant;
  readonly by: string;
  readonly items: readonly {
    readonly label: string;
    readonly answer: 'may' | 'in-part';
    readonly basis: 'consent' | 'care-in-custody' | 'legal-reason';
    readonly reason: string;
  }[];
  readonly receipts: readonly {
    readonly kind: 'delivered' | 'received' | 'read' | 'stopped';
    readonly at: Temporal.Instant;
    readonly by: string;
    readonly note: string | null;
  }[];
}

/** Everything that was shared about one person, newest first, in three queries. */
export async function disclosuresOf(
  tx: Tx,
  _viewer: Viewer,
  personId: string,
): Promise<readonly Disclosure[]> {
  const rows = await tx
    .selectFrom('disclosure')
    .selectAll()
    .where('person_id', 'in', (eb) =>
      eb
        .selectFrom('person')
        .select('id')
        .where((or) => or.or([or('id', '=', personId), or('merged_into', '=', personId)])),
    )
    .orderBy('disclosed_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const items = await tx
    .selectFrom('disclosure_item')
    .select(['disclosure_id', 'label', 'answer', 'basis', 'reason'])
    .where('disclosure_id', 'in', ids)
    .orderBy('id')
    .execute();
  const receipts = await tx
    .selectFrom('disclosure_receipt')
    .select(['disclosure_id', 'kind', 'at', 'by_name', 'note'])
    .where('disclosure_id', 'in', ids)
    .orderBy('at')
    .execute();
  const itemsOf = Map.groupBy(items, (item) => item.disclosure_id);
  const receiptsOf = Map.groupBy(receipts, (receipt) => receipt.disclosure_id);
  return rows.map((row) => ({
    id: row.id,
    recipient: recipientOf(row),
    consentKey: row.consent_key,
    purpose: row.purpose as Purpose,
    what: row.what,
    subjectId: row.subject_id,
    channel: row.channel as Disclosure['channel'],
    at: row.disclosed_at,
    by: row.disclosed_by_name,
    items: (itemsOf.get(row.id) ?? []).map((item) => ({
      label: item.label,
      answer: item.answer as 'may' | 'in-part',
      basis: item.basis as 'consent' | 'care-in-custody' | 'legal-reason',
      reason: item.reason,
    })),
    receipts: (receiptsOf.get(row.id) ?? []).map((receipt) => ({
      kind: receipt.kind as Disclosure['receipts'][number]['kind'],
      at: receipt.at,
      by: receipt.by_name,
      note: receipt.note,
    })),
  }));
}

/** True when it was stopped before anybody had it. */
export function wasStopped(disclosure: Pick<Disclosure, 'receipts'>): boolean {
  const kinds = new Set(disclosure.receipts.map((receipt) => receipt.kind));
  return kinds.has('stopped') && !kinds.has('delivered') && !kinds.has('received') && !kinds.has('read');
}

/** For the consent page: what already went because of each agreement, by its key. What was stopped did not go. */
export async function sharedBySubject(
  tx: Tx,
  viewer: Viewer,
  personId: string,
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const gone = (await disclosuresOf(tx, viewer, personId)).filter((entry) => !wasStopped(entry));
  return new Map(
    [...Map.groupBy(gone, (entry) => entry.consentKey)].map(([key, entries]) => [
      key,
      entries.map(
        (entry) => `${capital(entry.what)} to ${recipientName(entry.recipient)}, ${when(entry.at, now)}`,
      ),
    ]),
  );
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
