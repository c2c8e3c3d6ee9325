import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DB } from '../../platform/database.ts';

/** What a column may be given. JSON columns take text made by JSON.stringify; a list becomes a PostgreSQL array. */
export type BulkValue = string | number | boolean | null | Uint8Array | readonly string[];
/** Some columns of one table, by their names. */
export type BulkRow<Table extends keyof DB> = { readonly [Column in keyof DB[Table]]?: BulkValue };

/** The tables in the order in which they refer to one another. */
const order = [
  'person',
  'person_name',
  'person_birth_date',
  'person_identifier',
  'person_address',
  'contact_point',
  'communication_need',
  'alert',
  'person_key',
  'episode',
  'detention',
  'detention_event',
  'contact_offer',
  'consent_decision',
  'screening',
  'screening_version',
  'need_record',
  'assessment',
  'assessment_version',
  'court_hearing',
  'court_sitting',
  'court_appearance',
  'court_appearance_version',
  'court_reference',
  'referral',
  'referral_event',
  'referral_appointment',
  'handover',
  'handover_event',
  'caseload_assignment',
  'follow_up',
  'contact_log',
  'appointment',
  'appointment_outcome',
  'support_goal',
] as const satisfies readonly (keyof DB)[];
export type BulkTable = (typeof order)[number];

/** Rows of many tables, kept as lines of COPY text until they are written together. */
export class BulkRows {
  readonly #tables = new Map<BulkTable, { readonly columns: readonly string[]; readonly lines: string[] }>();

  /** Adds a row. Every row of one table names the same columns: anything else would shift the values. */
  add<Table extends BulkTable>(table: Table, row: BulkRow<Table>): void {
    const given = row as Readonly<Record<string, BulkValue | undefined>>;
    let kept = this.#tables.get(table);
    if (kept === undefined) {
      kept = { columns: Object.keys(given), lines: [] };
      this.#tables.set(table, kept);
    }
    if (Object.keys(given).length !== kept.columns.length)
      throw new Error(`Rows of ${table} name different columns`);
    kept.lines.push(
      kept.columns
        .map((column) => {
          if (!(column in given)) throw new Error(`A row of ${table} does not name ${column}`);
          return copyText(given[column] ?? null);
        })
        .join('\t'),
    );
  }

  /** How many rows are waiting for each table. */
  counts(): ReadonlyMap<BulkTable, number> {
    return new Map([...this.#tables].map(([table, { lines }]) => [table, lines.length]));
  }

  /**
   * Writes everything in one transaction. COPY cannot write a table under row-level security, and the owner is held
   * by it too (FORCE), so each table is copied beside itself and then inserted under its policies.
   */
  async write(client: pg.ClientBase, areaId: string): Promise<void> {
    await client.query('begin');
    try {
      await client.query(
        `select set_config('app.viewer_kind', 'system', true), set_config('app.area', $1, true)`,
        [areaId],
      );
      for (const table of order) {
        const kept = this.#tables.get(table);
        if (kept !== undefined) await writeTable(client, table, kept.columns, kept.lines);
      }
      await client.query('commit');
    } catch (fault) {
      await client.query('rollback');
      throw fault;
    }
  }
}

async function writeTable(
  client: pg.ClientBase,
  table: BulkTable,
  columns: readonly string[],
  lines: readonly string[],
): Promise<void> {
  const names = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const beside = pg.escapeIdentifier(`bulk_${table}`);
  await client.query(
    `create temporary table if not exists ${beside} on commit delete rows as select ${names} from ${table} with no data`,
  );
  await pipeline(
    Readable.from(chunksOf(lines), { objectMode: false }),
    client.query(copyFrom(`copy ${beside} (${names}) from stdin`)),
  );
  await client.query(`insert into ${table} (${names}) select ${names} from ${beside}`);
}

/** A stream of a chunk a line would be slow; one string of all would be long. */
function* chunksOf(lines: readonly string[]): Generator<string> {
  for (let from = 0; from < lines.length; from += 500) yield `${lines.slice(from, from + 500).join('\n')}\n`;
}

function copyText(value: BulkValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value === 'string') return escaped(value);
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value).toString('hex')}`;
  return escaped(`{${value.map((item) => `"${item.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`);
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (found) => escapes[found] ?? found) : text;
}
