import { parseInstant } from './court-times.ts';
import { isRecord } from './fields.ts';
import { contentOfText, type FileContent } from './file-content.ts';
import type { EnvelopeFacts } from './read-context.ts';

/** An AWS SNS notification: the court message is JSON (or XML) text in `Message`. */
export function isSnsEnvelope(value: Record<string, unknown>): boolean {
  return (
    typeof value['Type'] === 'string' && ('TopicArn' in value || 'MessageId' in value || 'Message' in value)
  );
}

/** Takes the message out of an SNS envelope. */
export function openSns(
  value: Record<string, unknown>,
  outer: EnvelopeFacts,
): { readonly content: FileContent; readonly facts: EnvelopeFacts } {
  const attributes = isRecord(value['MessageAttributes']) ? value['MessageAttributes'] : {};
  const sent = attributeValue(attributes['timestamp']) ?? text(value['Timestamp']);
  return {
    content: contentOfText(text(value['Message']) ?? ''),
    facts: {
      envelopes: [...outer.envelopes, 'sns'],
      messageId: attributeValue(attributes['id']) ?? text(value['MessageId']),
      sentAt: sent === undefined ? undefined : parseInstant(sent),
      eventType: attributeValue(attributes['hearingEventType']) ?? attributeValue(attributes['eventType']),
    },
  };
}

/** SNS writes `{Type, Value}`, SQS `{DataType, StringValue}`, and some senders the bare text. */
function attributeValue(attribute: unknown): string | undefined {
  if (isRecord(attribute)) return text(attribute['Value']) ?? text(attribute['StringValue']);
  return text(attribute);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A large message is sent as a pointer to where it is stored: `[…, {"s3BucketName", "s3Key"}]`. */
export function isLargeMessagePointer(value: unknown): boolean {
  const entries: unknown[] = Array.isArray(value) ? value : [value];
  return entries.some((entry) => isRecord(entry) && 's3Key' in entry && 's3BucketName' in entry);
}

/** Takes the body and the addressing facts out of a SOAP envelope (1.1 and 1.2, WS-Addressing). */
export function openSoap(
  tree: Readonly<Record<string, unknown>>,
  outer: EnvelopeFacts,
):
  | { readonly root: string; readonly tree: Record<string, unknown>; readonly facts: EnvelopeFacts }
  | undefined {
  const header = isRecord(tree['Header']) ? tree['Header'] : {};
  const body = tree['Body'];
  const facts: EnvelopeFacts = {
    ...outer,
    envelopes: [...outer.envelopes, 'soap'],
    messageId: text(header['MessageID']) ?? outer.messageId,
  };
  if (typeof body === 'string') {
    const inner = contentOfText(body);
    return inner.kind === 'xml' ? { root: inner.root, tree: { ...inner.tree }, facts } : undefined;
  }
  const [root, content] = isRecord(body) ? (Object.entries(body)[0] ?? []) : [];
  if (root === undefined) return undefined;
  return { root, tree: isRecord(content) ? content : { '#text': content }, facts };
}

/**
 * A document carried as text inside another: plain or escaped XML, CDATA, JSON, or any of them in
 * base64. Undefined when the text holds none.
 */
export function openEmbedded(received: string): FileContent | undefined {
  const direct = contentOfText(received);
  if (direct.kind === 'xml' || direct.kind === 'json' || direct.kind === 'damaged') return direct;
  const packed = received.replace(/\s+/g, '');
  if (packed.length < 16 || packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed))
    return undefined;
  const unpacked = contentOfText(Buffer.from(packed, 'base64').toString('utf8'));
  return unpacked.kind === 'xml' || unpacked.kind === 'json' || unpacked.kind === 'damaged'
    ? unpacked
    : undefined;
}
