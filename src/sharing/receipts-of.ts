import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';

/** What became of one disclosure. Null: not known to have happened. */
export interface Receipts {
  readonly deliveredAt: Temporal.Instant | null;
  readonly receivedAt: Temporal.Instant | null;
  readonly receivedBy: string | null;
  readonly readAt: Temporal.Instant | null;
  readonly stoppedAt: Temporal.Instant | null;
}

/** Receipts of several disclosures at once, by disclosure: for lists over many people. One query. */
export async function receiptsOf(
  tx: Tx,
  _viewer: Viewer,
  disclosureIds: readonly string[],
): Promise<ReadonlyMap<string, Receipts>> {
  if (disclosureIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('disclosure_receipt')
    .select(['disclosure_id', 'kind', 'at', 'by_name'])
    .where('disclosure_id', 'in', [...disclosureIds])
    .execute();
  const grouped = Map.groupBy(rows, (row) => row.disclosure_id);
  return new Map(
    [...grouped].map(([id, receipts]) => {
      const of = (kind: string) => receipts.find((receipt) => receipt.kind === kind);
      return [
        id,
        {
          deliveredAt: of('delivered')?.at ?? null,
          receivedAt: of('received')?.at ?? null,
          receivedBy: of('received')?.by_name ?? null,
          readAt: of('read')?.at ?? null,
          stoppedAt: of('stopped')?.at ?? null,
        },
      ];
    }),
  );
}
