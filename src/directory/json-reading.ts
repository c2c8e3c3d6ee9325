/** A JSON object as it came: nothing about it is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object (not null, not a list). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field's text, trimmed; nothing when it is absent, empty or not text. */
export function textOf(record: JsonObject, field: string): string | undefined {
  const value = record[field];
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}

/** A field's number; nothing when it is absent or not a finite number. */
export function numberOf(record: JsonObject, field: string): number | undefined {
  const value = record[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The objects in a list field; anything in it that is not an object is left out. */
export function objectsOf(record: JsonObject, field: string): readonly JsonObject[] {
  const value: unknown = record[field];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** A nested object; nothing when the field holds anything else. */
export function objectOf(record: JsonObject, field: string): JsonObject | undefined {
  const value = record[field];
  return isJsonObject(value) ? value : undefined;
}

/** A calendar date from "2025-03-01" or a timestamp that begins with one; nothing when there is no such day. */
export function dateOf(record: JsonObject, field: string): Temporal.PlainDate | undefined {
  const value = textOf(record, field);
  const day = value === undefined ? undefined : /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(value)?.[0];
  if (day === undefined) return undefined;
  try {
    return Temporal.PlainDate.from(day, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** A moment with its offset; nothing when the text is not one. */
export function instantOf(record: JsonObject, field: string): Temporal.Instant | undefined {
  const value = textOf(record, field);
  if (value === undefined) return undefined;
  try {
    return Temporal.Instant.from(value);
  } catch {
    return undefined;
  }
}

/** Leaves out the keys whose value is undefined, so that "the source does not say" is an absent key. */
export function present<T extends object>(fields: T): Partial<{ [K in keyof T]: Exclude<T[K], undefined> }> {
  const kept: Partial<{ [K in keyof T]: Exclude<T[K], undefined> }> = {};
  for (const key of Object.keys(fields) as (keyof T)[]) {
    const value = fields[key];
    if (value !== undefined) kept[key] = value as Exclude<T[keyof T], undefined>;
  }
  return kept;
}
