import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { withClient } from './postgres/index.ts';

/** One file of db/migrations. */
interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

/** Two processes that start together take turns. */
const MIGRATE_LOCK = 'throughline:migrate';

/**
 * Runs the files `NNNN-name.sql` of `directory` that have not run yet, in order, each in a transaction of its
 * own, and records each with its checksum. Stops the start, and names the file, when a file that already ran
 * was changed or is gone, when two files carry one number, when a new file comes before one that has run, or
 * when its SQL fails (nothing of that file remains then).
 */
export async function migrate(
  ownerUrl: string,
  { directory, log }: { readonly directory: string; readonly log: (line: string) => void },
): Promise<{ readonly applied: string[] }> {
  const migrations = readMigrations(directory);
  return await withClient(ownerUrl, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [MIGRATE_LOCK]);
    await client.query(
      `create table if not exists schema_migration (
         number integer primary key,
         name text not null,
         checksum text not null,
         applied_at timestamptz not null default now()
       )`,
    );
    const pending = await pendingOf(client, migrations);
    for (const migration of pending) {
      await apply(client, migration);
      log(`Migrated: ${migration.name}`);
    }
    return { applied: pending.map((migration) => migration.name) };
  });
}

/** A fingerprint of all migrations: the same text gives the same schema. */
export function migrationSetHash(directory: string): string {
  const hash = createHash('sha256');
  for (const { name, checksum } of readMigrations(directory)) hash.update(`${name} ${checksum}\n`);
  return hash.digest('hex').slice(0, 16);
}

function readMigrations(directory: string): readonly Migration[] {
  const migrations = readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1];
      if (number === undefined)
        throw new Error(`The migration ${name} must be named NNNN-what-it-does.sql, in small letters.`);
      const text = readFileSync(join(directory, name), 'utf8');
      // A checkout may change line ends; that is no change of the file.
      const checksum = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
      return { number: Number(number), name, text, checksum };
    });
  for (const [index, migration] of migrations.entries()) {
    const before = migrations[index - 1];
    if (before?.number === migration.number)
      throw new Error(`Two migrations carry one number: ${before.name} and ${migration.name}. Renumber one.`);
  }
  return migrations;
}

async function pendingOf(client: Client, migrations: readonly Migration[]): Promise<readonly Migration[]> {
  const { rows } = await client.query<{ number: number; name: string; checksum: string }>(
    'select number, name, checksum from schema_migration order by number',
  );
  const byNumber = new Map(migrations.map((migration) => [migration.number, migration]));
  for (const ran of rows) {
    const file = byNumber.get(ran.number);
    if (file === undefined)
      throw new Error(
        `The migration ${ran.name} has run on this database, but its file is gone. ` +
          'This program is older than the database, or the file was renumbered: put it back.',
      );
    if (file.checksum !== ran.checksum)
      throw new Error(
        `The migration ${file.name} was changed after it ran on this database. ` +
          'Files that have run are frozen: put it back, and write the change as a new file.',
      );
  }
  const last = rows.at(-1)?.number ?? 0;
  const ranNumbers = new Set(rows.map((row) => row.number));
  const pending = migrations.filter((migration) => !ranNumbers.has(migration.number));
  const late = pending.find((migration) => migration.number < last);
  if (late !== undefined)
    throw new Error(
      `The migration ${late.name} comes before ${rows.at(-1)?.name ?? ''}, which has already run. Give it the next number.`,
    );
  return pending;
}

async function apply(client: Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.text);
    await client.query('insert into schema_migration (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(
      `The migration ${migration.name} failed${placeOf(error, migration.text)}: ${messageOf(error)}`,
      {
        cause: error,
      },
    );
  }
}

/** " at line 12", from the position PostgreSQL gives in characters. */
function placeOf(error: unknown, text: string): string {
  if (!(error instanceof Error && 'position' in error)) return '';
  const line = text.slice(0, Number(error.position)).split('\n').length;
  return ` at line ${line}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
