import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { LONDON } from '../../platform/clock.ts';
import { stayEventKinds, type SaidIdentity, type StayEventDetail, type StayEventKind } from '../stay.ts';
import { detailShape, envelopeShape, personShape } from './custody-event.ts';

// Reads one event as tolerantly as possible and says loudly what was wrong. A field that cannot be read is put aside
// with an issue; the person it is about is never dropped for it.

/** What was wrong, as the data quality page keeps it. */
export interface FeedIssue {
  readonly path: string;
  readonly code: string;
  readonly severity: 'warning' | 'field-quarantined' | 'item-quarantined';
  readonly message: string;
}

/** An event as far as it could be read. */
export interface ReadCustodyEvent {
  readonly eventId: string | null;
  readonly force: string | null;
  readonly custodyNumber: string | null;
  readonly kind: StayEventKind;
  readonly happenedAt: Temporal.Instant;
  readonly detail: StayEventDetail;
  readonly suiteCode: string | null;
  readonly suiteName: string | null;
  readonly issues: readonly FeedIssue[];
  /** SHA-256 of the event as it was sent, its keys in order. */
  readonly contentHash: Buffer;
  readonly raw: unknown;
}

type Shape = Readonly<Record<string, z.ZodType>>;
type Read<S extends Shape> = { -readonly [K in keyof S]?: z.output<S[K]> };

/** Reads the fields one by one, so that one bad field costs only itself. */
function readFields<S extends Shape>(
  value: Readonly<Record<string, unknown>>,
  shape: S,
  path: string,
  issues: FeedIssue[],
): Read<S> {
  const found: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(shape)) {
    const given = value[name];
    if (given === undefined || given === null || given === '') continue;
    const parsed = schema.safeParse(given);
    if (parsed.success) found[name] = parsed.data;
    else
      issues.push({
        path: path === '' ? name : `${path}.${name}`,
        code: 'not-readable',
        severity: 'field-quarantined',
        message: parsed.error.issues[0]?.message ?? 'Could not be read',
      });
  }
  for (const name of Object.keys(value))
    if (!(name in shape) && name !== 'person' && name !== 'detail')
      issues.push({
        path: path === '' ? name : `${path}.${name}`,
        code: 'unknown-field',
        severity: 'warning',
        message: 'We do not know this field. It is kept as it came, and not used',
      });
  return found as Read<S>;
}

/** An instant from ISO 8601 text; without an offset London's clock is meant, with a warning. */
function readInstant(
  text: string | undefined,
  path: string,
  issues: FeedIssue[],
): Temporal.Instant | undefined {
  if (text === undefined) return undefined;
  try {
    return Temporal.Instant.from(text);
  } catch {
    // No offset, or not a time at all.
  }
  try {
    const local = Temporal.PlainDateTime.from(text).toZonedDateTime(LONDON);
    issues.push({
      path,
      code: 'no-offset',
      severity: 'warning',
      message: 'A time without an offset: London time was taken',
    });
    return local.toInstant();
  } catch {
    issues.push({
      path,
      code: 'not-readable',
      severity: 'field-quarantined',
      message: 'This is not a time we can read',
    });
    return undefined;
  }
}

/** Reads one event. `receivedAt` stands in for a time that is missing. Null for what is not an event at all. */
export function readCustodyEvent(raw: unknown, receivedAt: Temporal.Instant): ReadCustodyEvent | null {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) return null;
  const value = raw as Readonly<Record<string, unknown>>;
  const issues: FeedIssue[] = [];
  const { kind: kindField, ...withoutKind } = envelopeShape;
  const { kind: givenKind, ...rest } = value;
  const envelope = readFields(rest, withoutKind, '', issues);
  const kind = readKind(givenKind, kindField, issues);
  const happenedAt = readInstant(envelope.happenedAt, 'happenedAt', issues);
  if (happenedAt === undefined)
    issues.push({
      path: 'happenedAt',
      code: 'no-time',
      severity: 'warning',
      message: 'No time: the time of receipt was taken',
    });
  if (happenedAt !== undefined && happenedAt.since(receivedAt).total({ unit: 'minute' }) > 10)
    issues.push({
      path: 'happenedAt',
      code: 'in-the-future',
      severity: 'warning',
      message: 'This is still to come by our clock. It counts when its time comes',
    });
  const identity = readIdentity(value['person'], issues);
  const detail = readDetail(value['detail'], issues);
  const all: StayEventDetail = {
    ...detail,
    ...(envelope.stayKind !== undefined && { stayKind: envelope.stayKind }),
    ...(envelope.legalBasis !== undefined && { legalBasis: envelope.legalBasis }),
    ...(envelope.place !== undefined && { place: envelope.place }),
    ...(envelope.suite?.code !== undefined && { siteCode: envelope.suite.code.toUpperCase() }),
    ...(identity !== null && { identity }),
    ...(kind === 'other' && typeof givenKind === 'string' && { feedKind: givenKind.slice(0, 100) }),
  };
  const custodyNumber = envelope.custodyNumber?.toUpperCase().replaceAll(/\s+/g, '') ?? null;
  if (custodyNumber === null)
    issues.push({
      path: 'custodyNumber',
      code: 'no-custody-number',
      severity: 'warning',
      message: 'No custody number: we cannot tell whether this is somebody already on the board',
    });
  return {
    eventId: envelope.eventId ?? null,
    force: envelope.force?.toUpperCase() ?? null,
    custodyNumber,
    kind,
    happenedAt: happenedAt ?? receivedAt,
    detail: all,
    suiteCode: envelope.suite?.code?.toUpperCase() ?? null,
    suiteName: envelope.suite?.name ?? null,
    issues,
    contentHash: createHash('sha256').update(inOrder(raw)).digest(),
    raw,
  };
}

function readKind(given: unknown, schema: z.ZodType<StayEventKind>, issues: FeedIssue[]): StayEventKind {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  issues.push({
    path: 'kind',
    code: 'unknown-kind',
    severity: 'warning',
    message: `We do not know this kind of event. Known kinds: ${stayEventKinds.join(', ')}`,
  });
  return 'other';
}

function readDetail(given: unknown, issues: FeedIssue[]): StayEventDetail {
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object' || Array.isArray(given)) {
    issues.push({
      path: 'detail',
      code: 'not-readable',
      severity: 'field-quarantined',
      message: 'Not an object',
    });
    return {};
  }
  const { at, endsAt, ...read } = readFields(
    given as Readonly<Record<string, unknown>>,
    detailShape,
    'detail',
    issues,
  );
  const due = readInstant(at, 'detail.at', issues);
  const end = readInstant(endsAt, 'detail.endsAt', issues);
  return {
    ...read,
    ...(due !== undefined && { at: due.toString() }),
    ...(end !== undefined && { endsAt: end.toString() }),
  };
}

function readIdentity(given: unknown, issues: FeedIssue[]): SaidIdentity | null {
  if (given === undefined || given === null) return null;
  if (typeof given !== 'object' || Array.isArray(given)) {
    issues.push({
      path: 'person',
      code: 'not-readable',
      severity: 'field-quarantined',
      message: 'Not an object',
    });
    return null;
  }
  const read = readFields(given as Readonly<Record<string, unknown>>, personShape, 'person', issues);
  return Object.keys(read).length === 0 ? null : (read as SaidIdentity);
}

function inOrder(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
