import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { escapeIdentifier } from 'pg';
import { migrate, migrationSetHash } from './migrate.ts';
import { databaseAddresses, prepareDatabase, startPostgres, withClient } from './postgres/index.ts';
import type { RunningPostgres } from './postgres/index.ts';

// One server for the whole test run, one migrated template in it, one clone of that for each test file.

const root = join(import.meta.dirname, '..', '..');
const migrations = join(root, 'db', 'migrations');
/** Set by scripts/test.ts: the server it started for all test files. */
const SERVER_VARIABLE = 'THROUGHLINE_TEST_POSTGRES';
const TEMPLATE_PREFIX = 'test_template_';
const CLONE_PREFIX = 'test_clone_';
const TEMPLATE_LOCK = 'throughline:test-template';

/** A database of a test file's own: migrated, empty. */
export interface TestDatabase {
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Removes it, and whoever is still connected to it. */
  readonly drop: () => Promise<void>;
}

/**
 * Clones the migrated template. Run by `npm test`, it uses the run's server; run alone, it starts (or shares)
 * the same server itself, and the last process to end stops it.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const superuserUrl = await testServerUrl();
  const template = await ensureTemplate(superuserUrl);
  const name = `${CLONE_PREFIX}${process.pid}_${randomBytes(4).toString('hex')}`;
  await withClient(superuserUrl, async (client) => {
    // File copy, not through the log: 10 to 25 ms either way without fsync, but dropping is five times faster.
    await client.query(
      `create database ${name} template ${escapeIdentifier(template)} owner throughline_owner strategy file_copy`,
    );
  });
  return {
    ...databaseAddresses(superuserUrl, name),
    drop: () =>
      withClient(superuserUrl, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
      }),
  };
}

/** The address of the run's server, for the few tests that make databases of their own. */
export async function testServerUrl(): Promise<string> {
  const given = process.env[SERVER_VARIABLE];
  if (given !== undefined) return given;
  ownServer ??= startTestServer(
    (line) => process.env['THROUGHLINE_TEST_LOG'] && process.stderr.write(`${line}\n`),
  );
  return (await ownServer).superuserUrl;
}

let ownServer: Promise<RunningPostgres> | undefined;

/** Starts, or shares, the test server in var/test-postgres; it does not wait for the disk. */
export async function startTestServer(log: (line: string) => void): Promise<RunningPostgres> {
  const server = await startPostgres({ dataDir: join(root, 'var', 'test-postgres'), log, durable: false });
  // The default answer to these signals skips exit handlers, and with them the server's stop.
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(code));
  if (!server.adopted) await removeLeftovers(server.superuserUrl);
  return server;
}

/** Clones whose test file was killed before it could drop them. */
async function removeLeftovers(superuserUrl: string): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [CLONE_PREFIX],
    );
    for (const { datname } of rows.filter((row) => !isRunning(Number(row.datname.split('_')[2]))))
      await client.query(`drop database if exists ${escapeIdentifier(datname)} with (force)`);
  });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Migrates a template once for each set of migrations, and removes those of earlier sets. */
async function ensureTemplate(superuserUrl: string): Promise<string> {
  const template = TEMPLATE_PREFIX + (existsSync(migrations) ? migrationSetHash(migrations) : 'none');
  await withClient(superuserUrl, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [TEMPLATE_LOCK]);
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [TEMPLATE_PREFIX],
    );
    if (rows.some((row) => row.datname === template)) return;
    for (const { datname } of rows)
      await client.query(`drop database ${escapeIdentifier(datname)} with (force)`);
    // Migrated under another name, so that a run killed half way leaves no template that looks finished.
    const unfinished = `${TEMPLATE_PREFIX}unfinished`;
    const { ownerUrl } = await prepareDatabase(superuserUrl, unfinished);
    if (existsSync(migrations)) await migrate(ownerUrl, { directory: migrations, log: () => undefined });
    await client.query(`alter database ${unfinished} rename to ${escapeIdentifier(template)}`);
  });
  return template;
}
