import type { DirectoryReason, ReasonCode, ReasonSeverity } from './directory-reason.ts';
import { isJsonObject } from './json-reading.ts';
import type { JsonObject } from './json-reading.ts';
import type { EntityRule, FieldFormat, FieldRule, RuleBook } from './standard-rules.ts';

/** Records nest (organisation, service, place, contact, phone); a real one is never deeper than this. */
const deepest = 12;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const emailPattern = /^[^\s@<>]+@[^\s@<>.]+(\.[^\s@<>.]+)+$/;
const uriPattern = /^[a-z][a-z0-9+.-]*:\S+$/i;
const timePattern = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}($|T)/.test(value)) return false;
  try {
    Temporal.PlainDate.from(value.slice(0, 10), { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

function isMoment(value: string): boolean {
  try {
    Temporal.Instant.from(value);
    return true;
  } catch {
    return false;
  }
}

const formats: Readonly<
  Record<FieldFormat, { readonly test: (value: string) => boolean; readonly say: string }>
> = {
  uuid: { test: (value) => uuidPattern.test(value), say: 'a UUID' },
  email: { test: (value) => emailPattern.test(value), say: 'an e-mail address' },
  uri: { test: (value) => uriPattern.test(value), say: 'a web address with its scheme (https://…)' },
  date: { test: isDay, say: 'a date (YYYY-MM-DD)' },
  time: { test: (value) => timePattern.test(value), say: 'a time (HH:MM)' },
  'date-time': { test: isMoment, say: 'a date and time with its offset' },
};

const typeWords: Readonly<Record<FieldRule['type'], string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

function hasType(value: unknown, type: FieldRule['type']): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isJsonObject(value);
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  return typeof value === type;
}

/** One object met while a file is checked: the entity it was read as, and where it stands. */
export interface MetRecord {
  readonly entity: string;
  readonly path: string;
  readonly record: JsonObject;
}

/** What checking found: the reasons, and every object met, in file order. */
export interface CheckedRecord {
  readonly reasons: readonly DirectoryReason[];
  readonly met: readonly MetRecord[];
}

/**
 * Checks one record, and what hangs on it, against a rule book. Unknown fields are allowed (the standards say so).
 * Never throws, also not on an object that contains itself.
 */
export function checkRecord(book: RuleBook, entity: string, value: unknown, path: string): CheckedRecord {
  const reasons: DirectoryReason[] = [];
  const met: MetRecord[] = [];

  function checkField(
    name: string,
    rule: FieldRule,
    owner: JsonObject,
    tier: EntityRule['tier'],
    at: string,
    depth: number,
  ): void {
    const broken: ReasonSeverity = tier === 'main' ? 'failing' : 'warning';
    const field = at === '' ? name : `${at}.${name}`;
    const say = (code: ReasonCode, message: string, severity: ReasonSeverity): void => {
      reasons.push({ path: field, code, message, severity });
    };
    const held = Object.hasOwn(owner, name) ? owner[name] : undefined;
    if (held === undefined || held === null || (typeof held === 'string' && held.trim() === '')) {
      if (rule.required) say('missing-required', `${name} is required and is missing`, broken);
      else if (rule.wanted) say('missing-wanted', `${name} is missing: a worker needs it`, 'warning');
      else if (held === null) say('empty-value', `${name} is null: leave it out instead`, 'note');
      return;
    }
    if (!hasType(held, rule.type)) {
      say('wrong-type', `${name} must be ${typeWords[rule.type]}`, broken);
      return;
    }
    if (typeof held === 'string') {
      const format = rule.format === undefined ? undefined : formats[rule.format];
      if (format !== undefined && !format.test(held.trim())) {
        // HSDS gives dates and times as plain text, so a bad one is no breach of its schema
        const severity = rule.format === 'date' || rule.format === 'time' ? 'warning' : broken;
        say('wrong-format', `${name} is not ${format.say}`, severity);
      }
      if (rule.oneOf !== undefined && !rule.oneOf.includes(held))
        say('not-allowed-value', `${name} must be one of: ${rule.oneOf.join(', ')}`, broken);
      return;
    }
    if (rule.of === undefined) return;
    if (Array.isArray(held))
      for (const [index, item] of (held as readonly unknown[]).entries())
        visit(rule.of, item, `${field}[${index}]`, depth + 1);
    else visit(rule.of, held, field, depth + 1);
  }

  function visit(as: string, item: unknown, at: string, depth: number): void {
    const rule = book[as];
    if (rule === undefined) return;
    if (depth > deepest) {
      reasons.push({
        path: at,
        code: 'nested-too-deep',
        message: 'nested too deep to read',
        severity: 'warning',
      });
      return;
    }
    if (!isJsonObject(item)) {
      const severity = rule.tier === 'main' ? 'failing' : 'warning';
      reasons.push({ path: at, code: 'wrong-type', message: 'must be an object', severity });
      return;
    }
    met.push({ entity: as, path: at, record: item });
    for (const [name, field] of Object.entries(rule.fields))
      checkField(name, field, item, rule.tier, at, depth);
  }

  visit(entity, value, path, 0);
  return { reasons, met };
}
