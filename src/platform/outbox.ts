import type { JsonObject } from './pg-types.ts';
import type { Clock } from './clock.ts';
import type { Database, Tx } from './database.ts';
import { enqueue, type Job } from './jobs.ts';

/** A message to somebody outside. Its words are neutral: nothing in it says what the service does for the person. */
export interface OutboundMessage {
  readonly areaId: string;
  /** Whose consent covers it; null for notices to people who work here. */
  readonly personId: string | null;
  readonly channel: 'email' | 'text' | 'letter' | 'webhook' | 'fhir';
  readonly recipient: string;
  readonly template: string;
  readonly content: JsonObject;
  /** What made it, for example "report 0197…": shown in the outbox. */
  readonly causedBy: string;
  readonly notBefore?: Temporal.Instant;
}

/** Writes a message in the transaction that causes it, and a job that sends it after the commit. Answers its id. */
export async function writeToOutbox(
  tx: Tx,
  message: OutboundMessage,
  now: Temporal.Instant,
): Promise<string> {
  const row = await tx
    .insertInto('outbound_message')
    .values({
      area_id: message.areaId,
      person_id: message.personId,
      channel: message.channel,
      recipient: message.recipient,
      template: message.template,
      content: message.content,
      caused_by: message.causedBy,
      created_at: now,
      not_before: message.notBefore ?? now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await enqueue(
    tx,
    'send-message',
    { messageId: row.id, areaId: message.areaId },
    {
      key: `send-message:${row.id}`,
      ...(message.notBefore === undefined ? {} : { runAt: message.notBefore }),
    },
  );
  return row.id;
}

/** Carries one message out. Throws when it could not, and the job tries again. */
export type Carrier = (message: {
  readonly id: string;
  readonly channel: string;
  readonly recipient: string;
  readonly template: string;
  readonly content: unknown;
}) => Promise<void>;

/**
 * The carrier of an installation without a message service: the message stays in the visible outbox, where the
 * demonstration shows it as it would have gone.
 */
export const keepInOutbox: Carrier = async () => {};

/**
 * Sends one message once: locks it, leaves it alone when it was cancelled or has gone, counts the attempt, and
 * marks it sent only when the carrier took it.
 */
export async function sendMessage(
  tx: Tx,
  messageId: string,
  carrier: Carrier,
  now: Temporal.Instant,
): Promise<'sent' | 'cancelled' | 'already-sent' | 'gone'> {
  const message = await tx
    .selectFrom('outbound_message')
    .selectAll()
    .where('id', '=', messageId)
    .forUpdate()
    .executeTakeFirst();
  if (message === undefined) return 'gone';
  if (message.cancelled_at !== null) return 'cancelled';
  if (message.sent_at !== null) return 'already-sent';
  await carrier(message);
  await tx
    .updateTable('outbound_message')
    .set({ sent_at: now, attempts: message.attempts + 1, last_error: null })
    .where('id', '=', messageId)
    .execute();
  return 'sent';
}

/** The job behind `send-message`: one message, in a transaction of the system in the message's own area. */
export function sendMessageJob(database: Database, carrier: Carrier, clock: Clock): Job {
  return async (payload) => {
    const { messageId, areaId } = payload as { readonly messageId: string; readonly areaId: string };
    await database.transaction({ kind: 'system', area: areaId }, (tx) =>
      sendMessage(tx, messageId, carrier, clock.now()),
    );
  };
}
