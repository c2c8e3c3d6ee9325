import { auditActor, type Viewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';

export type ReceiptKind = 'delivered' | 'received' | 'read';

/**
 * Records that the other side has it. The first of each kind counts and a later one changes nothing; a holder of the
 * single-purpose link, or the partner service it went to, may write their own. Answers false when this viewer's
 * disclosure is not there.
 */
export async function markReceipt(
  tx: Tx,
  viewer: Viewer,
  disclosureId: string,
  kind: ReceiptKind,
  at: Temporal.Instant,
  by: string,
): Promise<boolean> {
  const disclosure = await tx
    .selectFrom('disclosure')
    .select(['id', 'area_id', 'person_id', 'subject_id', 'service_id'])
    .where('id', '=', disclosureId)
    .executeTakeFirst();
  if (disclosure === undefined) return false;
  const written = await tx
    .insertInto('disclosure_receipt')
    .values({
      area_id: disclosure.area_id,
      person_id: disclosure.person_id,
      disclosure_id: disclosure.id,
      subject_id: disclosure.subject_id,
      service_id: disclosure.service_id,
      kind,
      at,
      by_name: by,
    })
    .onConflict((conflict) => conflict.columns(['disclosure_id', 'kind']).doNothing())
    .executeTakeFirst();
  if (written.numInsertedOrUpdatedRows === 0n) return true;
  await recordAudit(tx, at, auditActor(viewer), {
    action: 'received',
    personId: disclosure.person_id,
    subjectKind: 'disclosure',
    subjectId: disclosure.id,
    detail: { receipt: kind },
  });
  await touch(tx, [`person:${disclosure.person_id}`]);
  return true;
}
