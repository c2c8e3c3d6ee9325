import { stayEventKinds } from '../stay.ts';
import { readCustodyEvent, type FeedIssue, type ReadCustodyEvent } from './read-custody-event.ts';

/** What a file or a body held. */
export interface ParsedCustodyEvents {
  readonly events: readonly ReadCustodyEvent[];
  /** Things in the list that are no events at all, and lines that are not JSON. */
  readonly issues: readonly FeedIssue[];
}

const NOT_AN_EVENT = 'This is not an event of ours: it was put aside';

/** Reads the body of the interface: one event, a list, or `{ "events": [...] }`. */
export function readCustodyBody(body: unknown, receivedAt: Temporal.Instant): ParsedCustodyEvents {
  const list = Array.isArray(body)
    ? (body as readonly unknown[])
    : isObject(body) && Array.isArray(body['events'])
      ? (body['events'] as readonly unknown[])
      : [body];
  const events: ReadCustodyEvent[] = [];
  const issues: FeedIssue[] = [];
  for (const [index, raw] of list.entries()) {
    const event = readCustodyEvent(raw, receivedAt);
    if (event !== null) events.push(event);
    else
      issues.push({
        path: `[${index}]`,
        code: 'not-an-event',
        severity: 'item-quarantined',
        message: NOT_AN_EVENT,
      });
  }
  return { events, issues };
}

/** Reads a file of events: JSON (one, a list, or `events`) or one JSON object a line. A bad line costs only itself. */
export function parseCustodyEvents(bytes: Uint8Array, receivedAt: Temporal.Instant): ParsedCustodyEvents {
  const text = decode(bytes);
  const whole = tryJson(text);
  if (whole.ok) return readCustodyBody(whole.value, receivedAt);
  const events: ReadCustodyEvent[] = [];
  const issues: FeedIssue[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = tryJson(line);
    if (!parsed.ok) {
      issues.push({
        path: `line ${index + 1}`,
        code: 'not-json',
        severity: 'item-quarantined',
        message: 'This line is not JSON: it was put aside',
      });
      continue;
    }
    const read = readCustodyBody(parsed.value, receivedAt);
    events.push(...read.events);
    issues.push(...read.issues.map((issue) => ({ ...issue, path: `line ${index + 1}` })));
  }
  return { events, issues };
}

/**
 * True when a file looks like custody events: its first object has a kind of ours, or a custody number with a kind
 * or a time. Reads only the beginning of the file.
 */
export function detectCustodyFormat(bytes: Uint8Array): boolean {
  const text = decode(bytes);
  const whole = tryJson(text);
  const value = whole.ok ? whole.value : firstLine(text);
  const first: unknown = Array.isArray(value)
    ? value[0]
    : isObject(value) && Array.isArray(value['events'])
      ? value['events'][0]
      : value;
  if (!isObject(first)) return false;
  const kind = first['kind'];
  const ofOurs = typeof kind === 'string' && stayEventKinds.some((each) => each === kind);
  const numbered = 'custodyNumber' in first && ('kind' in first || 'happenedAt' in first);
  return numbered || (ofOurs && ('happenedAt' in first || 'suite' in first));
}

function firstLine(text: string): unknown {
  const line = text.split('\n').find((each) => each.trim() !== '');
  const parsed = line === undefined ? ({ ok: false } as const) : tryJson(line);
  return parsed.ok ? parsed.value : null;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

function tryJson(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false };
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
