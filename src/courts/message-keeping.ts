import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import type { MessageFacts } from './court-message-store.ts';
import type { DataQualityIssue, QuarantinedItem } from './import/index.ts';
import { storableJson, storableText } from './storable.ts';

/** Keeps what could not be read and what somebody should look at, with the message it came in. */
export async function writeIssues(
  tx: Tx,
  viewer: Viewer,
  message: Pick<MessageFacts, 'messageId' | 'receivedAt'>,
  issues: readonly Pick<DataQualityIssue, 'path' | 'code' | 'message' | 'severity'>[],
  quarantined: readonly QuarantinedItem[],
): Promise<void> {
  const rows = issues.map(({ path, code, message: words, severity }) => ({
    path,
    code,
    message: words,
    severity: severity === 'appearance-quarantined' ? 'item-quarantined' : severity,
  }));
  if (rows.length > 0)
    await sql`
      insert into data_quality_issue (area_id, inbound_message_id, path, code, message, severity, raised_at)
      select ${viewer.areaId}, ${message.messageId}, r.*, ${message.receivedAt}::timestamptz
      from jsonb_to_recordset(${storableJson(rows)}::jsonb) as r (path text, code text, message text, severity text)`.execute(
      tx,
    );
  if (quarantined.length > 0)
    await sql`
      insert into court_quarantine (area_id, inbound_message_id, path, code, reason, received, set_aside_at)
      select ${viewer.areaId}, ${message.messageId}, r.*, ${message.receivedAt}::timestamptz
      from jsonb_to_recordset(${storableJson(quarantined)}::jsonb) as r (path text, code text, reason text, received text)`.execute(
      tx,
    );
}

/** Keeps the bytes as they came, once: a second arrival of the same bytes finds the first. */
export async function keepMessage(
  tx: Tx,
  viewer: Viewer,
  message: {
    readonly format: string;
    readonly fileName: string | null;
    readonly hash: Buffer;
    readonly bytes: Uint8Array;
    readonly receivedAt: Temporal.Instant;
  },
): Promise<string> {
  await tx
    .insertInto('inbound_message')
    .values({
      area_id: viewer.areaId,
      feed: 'courts',
      format: message.format,
      file_name: message.fileName === null ? null : storableText(message.fileName),
      content_hash: message.hash,
      content: Buffer.from(message.bytes),
      received_at: message.receivedAt,
    })
    .onConflict((conflict) => conflict.columns(['area_id', 'feed', 'content_hash']).doNothing())
    .execute();
  const row = await tx
    .selectFrom('inbound_message')
    .select('id')
    .where('area_id', '=', viewer.areaId)
    .where('feed', '=', 'courts')
    .where('content_hash', '=', message.hash)
    .executeTakeFirstOrThrow();
  return row.id;
}
