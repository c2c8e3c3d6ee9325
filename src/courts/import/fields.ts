import type { DataQualityIssue, IssueSeverity, QuarantinedItem } from './neutral-hearing.ts';
import { parseCourtDate, parseCourtTime } from './court-times.ts';

/** What one reading of a message found wrong, gathered as it goes. */
export interface ReadingLog {
  readonly issues: DataQualityIssue[];
  readonly quarantined: QuarantinedItem[];
}

/** A fresh log. */
export function readingLog(): ReadingLog {
  return { issues: [], quarantined: [] };
}

/** One object of the message: an XML element or a JSON object, with the place it stands at. */
export interface Fields {
  readonly path: string;
  readonly log: ReadingLog;
  readonly source: Readonly<Record<string, unknown>>;
}

/** An object, and neither null nor a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads `source` at `path`. */
export function fieldsOf(source: Readonly<Record<string, unknown>>, path: string, log: ReadingLog): Fields {
  return { source, path, log };
}

/** Records an issue at a field. The message is shown to people: no personal data in it. */
export function reportAt(
  fields: Fields,
  key: string,
  issue: { code: string; message: string; severity: IssueSeverity; received?: string | undefined },
): void {
  const { code, message, severity, received } = issue;
  fields.log.issues.push({ path: pathTo(fields, key), code, message, severity, received });
}

/** Sets a damaged piece aside, with its reason, and lets the rest go on. */
export function quarantine(log: ReadingLog, item: QuarantinedItem): void {
  log.quarantined.push(item);
  const { path, code, reason, received } = item;
  log.issues.push({ path, code, message: reason, severity: 'appearance-quarantined', received });
}

/** The path of a key inside these fields. */
export function pathTo(fields: Fields, key: string): string {
  return fields.path === '' ? key : key === '' ? fields.path : `${fields.path}.${key}`;
}

/**
 * Text fit to store: control characters out (PostgreSQL refuses NUL), lone surrogates replaced,
 * runs of spaces and line breaks made one space.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** How a value looked when it arrived, for people who must look into it. */
export function asReceived(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.toWellFormed().replaceAll('\u0000', '').slice(0, 20_000);
}

/** The text of a field; undefined when absent or blank. Anything but text or a number is reported. */
export function textAt(fields: Fields, key: string): string | undefined {
  const value = fields.source[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    const text = cleanText(String(value));
    return text === '' ? undefined : text;
  }
  reportAt(fields, key, {
    code: 'not-text',
    message: 'This should be a single piece of text and is not, so it was left out.',
    severity: 'field-quarantined',
    received: asReceived(value),
  });
  return undefined;
}

/** The first of several keys that holds text: feeds name the same thing differently. */
export function firstTextAt(fields: Fields, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = textAt(fields, key);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The object under a key; undefined when absent or blank. Anything else is reported. */
export function childAt(fields: Fields, key: string): Fields | undefined {
  const value = fields.source[key];
  if (isRecord(value)) return fieldsOf(value, pathTo(fields, key), fields.log);
  if (!isBlank(value)) {
    reportAt(fields, key, {
      code: 'not-a-group',
      message: 'This should be a group of fields and is not, so it was left out.',
      severity: 'field-quarantined',
      received: asReceived(value),
    });
  }
  return undefined;
}

/** Entries of a list, or the one entry an XML reader gives in place of a list. Other entries go to `onBad`. */
export function listAt(
  fields: Fields,
  key: string,
  onBad: (path: string, value: unknown) => void = (path, value) =>
    fields.log.issues.push({
      path,
      code: 'not-a-group',
      message: 'This entry should be a group of fields and is not, so it was left out.',
      severity: 'field-quarantined',
      received: asReceived(value),
    }),
): readonly Fields[] {
  const value = fields.source[key];
  if (isBlank(value)) return [];
  const entries = Array.isArray(value) ? value : [value];
  const found: Fields[] = [];
  for (const [index, entry] of entries.entries()) {
    const path = `${pathTo(fields, key)}[${index}]`;
    if (isRecord(entry)) found.push(fieldsOf(entry, path, fields.log));
    else if (!isBlank(entry) || Array.isArray(value)) onBad(path, entry);
  }
  return found;
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** A date; one that cannot be read is reported and left out. */
export function dateAt(fields: Fields, key: string): Temporal.PlainDate | undefined {
  const text = textAt(fields, key);
  if (text === undefined) return undefined;
  const date = parseCourtDate(text);
  if (!date) {
    reportAt(fields, key, {
      code: 'date-not-read',
      message: 'This date could not be read, so it was left out. The original is kept.',
      severity: 'field-quarantined',
      received: text,
    });
  }
  return date;
}

/** A time of day; one that cannot be read is reported and left out. */
export function timeAt(fields: Fields, key: string): Temporal.PlainTime | undefined {
  const text = textAt(fields, key);
  if (text === undefined) return undefined;
  const time = parseCourtTime(text);
  if (!time) {
    reportAt(fields, key, {
      code: 'time-not-read',
      message: 'This time could not be read, so it was left out. The original is kept.',
      severity: 'field-quarantined',
      received: text,
    });
  }
  return time;
}

/** A whole number from 0; one that cannot be read is reported and left out. */
export function countAt(fields: Fields, key: string): number | undefined {
  const text = textAt(fields, key);
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  reportAt(fields, key, {
    code: 'number-not-read',
    message: 'This number could not be read, so it was left out. The original is kept.',
    severity: 'field-quarantined',
    received: text,
  });
  return undefined;
}

/** Yes or no as a court writes it (`true`, `"true"`, `Y`); anything else is reported and is unknown. */
export function flagAt(fields: Fields, key: string): boolean | undefined {
  const text = textAt(fields, key)?.toLowerCase();
  if (text === undefined) return undefined;
  if (text === 'true' || text === 'y' || text === 'yes') return true;
  if (text === 'false' || text === 'n' || text === 'no') return false;
  reportAt(fields, key, {
    code: 'flag-not-read',
    message: 'This should say yes or no and does not, so it counts as not known.',
    severity: 'field-quarantined',
    received: text,
  });
  return undefined;
}
