import type { ColumnType } from 'kysely';
import { TypeOverrides, types } from 'pg';
import type { CustomTypesConfig } from 'pg';

// How PostgreSQL's values look in the program, in both directions. Give `pgTypes` to every pool and client:
// `new Pool({ connectionString, types: pgTypes })`. It is not set globally, because the job queue's own
// queries expect the driver's defaults. db/schema.ts is generated to say the same (scripts/db-types.ts).

/** timestamptz: read as Temporal.Instant (microseconds); written from one, or from ISO 8601 text. */
export type Timestamptz = ColumnType<Temporal.Instant, Temporal.Instant | string, Temporal.Instant | string>;
/** date: read as Temporal.PlainDate; written from one, or from ISO 8601 text. */
export type PlainDateColumn = ColumnType<
  Temporal.PlainDate,
  Temporal.PlainDate | string,
  Temporal.PlainDate | string
>;
/** time: read as Temporal.PlainTime; written from one, or from ISO 8601 text. */
export type PlainTimeColumn = ColumnType<
  Temporal.PlainTime,
  Temporal.PlainTime | string,
  Temporal.PlainTime | string
>;
/** timestamp without zone: read as Temporal.PlainDateTime; written from one, or from ISO 8601 text. */
export type PlainDateTimeColumn = ColumnType<
  Temporal.PlainDateTime,
  Temporal.PlainDateTime | string,
  Temporal.PlainDateTime | string
>;
/** bigint: a number; a value beyond 2^53 is a fault, never rounded. */
export type Bigint = ColumnType<number, number | bigint | string, number | bigint | string>;
/** numeric: text, because a number would round. */
export type NumericColumn = ColumnType<string, number | string, number | string>;

/** What jsonb may hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
/** An object of JSON. */
export interface JsonObject {
  [key: string]: JsonValue | undefined;
}
/** jsonb: parsed on reading; written as an object, or as JSON text (a list must be text: the driver makes lists arrays). */
export type JsonColumn = ColumnType<JsonValue, JsonObject | string, JsonObject | string>;

type Parse = (text: string) => unknown;

const asInstant: Parse = (text) => Temporal.Instant.from(text);
const asPlainDate: Parse = (text) => Temporal.PlainDate.from(text);
const asPlainTime: Parse = (text) => Temporal.PlainTime.from(text);
const asPlainDateTime: Parse = (text) => Temporal.PlainDateTime.from(text);
const asText: Parse = (text) => text;

const asSafeNumber: Parse = (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`A bigint does not fit a number: ${text}.`);
  return value;
};

/** The server's own list of text values (type 1009, text[]) splits every other list too. */
const splitList = new TypeOverrides().getTypeParser(1009) as unknown as Parse;

function listOf(parse: Parse): Parse {
  const each = (items: unknown): unknown =>
    Array.isArray(items) ? items.map(each) : typeof items === 'string' ? parse(items) : items;
  return (text) => each(splitList(text));
}

/** By the type's number in pg_type, which PostgreSQL never changes for built-in types. */
const parsers = new Map<number, Parse>([
  [1184, asInstant],
  [1185, listOf(asInstant)],
  [1082, asPlainDate],
  [1182, listOf(asPlainDate)],
  [1083, asPlainTime],
  [1183, listOf(asPlainTime)],
  [1114, asPlainDateTime],
  [1115, listOf(asPlainDateTime)],
  [20, asSafeNumber],
  [1016, listOf(asSafeNumber)],
  [1700, asText],
  [1231, listOf(asText)],
  [1186, asText],
  [1187, listOf(asText)],
]);

/** The `types` setting of every pool and client of ours. */
export const pgTypes: CustomTypesConfig = {
  getTypeParser: (id, format) =>
    (format === 'binary' ? undefined : parsers.get(id)) ?? types.getTypeParser(id, format),
};

// The driver asks a parameter for `toPostgres` and otherwise sends its JSON, which for a Temporal value stands
// in quotation marks that PostgreSQL refuses. Text beyond microseconds would be rounded there, and could then
// lie in the future: it is cut here instead.
function writeInstant(this: Temporal.Instant): string {
  return this.toString({ smallestUnit: 'microsecond', roundingMode: 'floor' });
}
function writePlain(this: Temporal.PlainDate | Temporal.PlainTime | Temporal.PlainDateTime): string {
  return this.toString();
}

for (const [prototype, value] of [
  [Temporal.Instant.prototype, writeInstant],
  [Temporal.PlainDate.prototype, writePlain],
  [Temporal.PlainTime.prototype, writePlain],
  [Temporal.PlainDateTime.prototype, writePlain],
] as const)
  Object.defineProperty(prototype, 'toPostgres', { value, configurable: true });
