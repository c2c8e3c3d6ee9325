import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { migrate } from './migrate.ts';
import { prepareDatabase, withClient } from './postgres/index.ts';
import { testServerUrl } from './test-database.ts';

const quiet = (): void => undefined;

/** An empty database and an empty folder of migrations, both gone after the test. */
async function place(t: TestContext) {
  const superuserUrl = await testServerUrl();
  const name = `test_clone_${process.pid}_${randomBytes(4).toString('hex')}`;
  const { ownerUrl } = await prepareDatabase(superuserUrl, name);
  const directory = mkdtempSync(join(tmpdir(), 'throughline migrations '));
  t.after(async () => {
    await withClient(superuserUrl, (client) => client.query(`drop database ${name} with (force)`));
    rmSync(directory, { recursive: true, force: true });
  });
  return {
    ownerUrl,
    directory,
    write: (file: string, sql: string) => writeFileSync(join(directory, file), sql),
    run: () => migrate(ownerUrl, { directory, log: quiet }),
    tables: () =>
      withClient(ownerUrl, async (client) => {
        const { rows } = await client.query<{ tablename: string }>(
          `select tablename from pg_tables where schemaname = 'public' order by tablename`,
        );
        return rows.map((row) => row.tablename);
      }),
  };
}

test('migrations run once each, in the order of their numbers, several statements to a file', async (t) => {
  const { write, run, tables } = await place(t);
  write('0002-second.sql', 'alter table first add column more text; create table second (id int);');
  write('0001-first.sql', 'create table first (id int);');
  assert.deepEqual((await run()).applied, ['0001-first.sql', '0002-second.sql']);
  assert.deepEqual((await run()).applied, []);
  write('0003-third.sql', 'create table third (id int);');
  assert.deepEqual((await run()).applied, ['0003-third.sql']);
  assert.deepEqual(await tables(), ['first', 'schema_migration', 'second', 'third']);
});

test('two starts at once migrate once', async (t) => {
  const { write, run } = await place(t);
  write('0001-first.sql', 'create table first (id int); select pg_sleep(0.2);');
  const runs = await Promise.all([run(), run(), run()]);
  assert.deepEqual(
    runs.flatMap(({ applied }) => applied),
    ['0001-first.sql'],
  );
});

test('a changed file that has run stops the start and is named', async (t) => {
  const { write, run } = await place(t);
  write('0001-first.sql', 'create table first (id int);');
  await run();
  write('0001-first.sql', 'create table first (id int);\r\n');
  await assert.rejects(run(), /0001-first\.sql was changed after it ran/);
  write('0001-first.sql', 'create table first (id int);');
  await run();
});

test('a file that has run and is gone, or comes too late, stops the start and is named', async (t) => {
  const { write, run, directory } = await place(t);
  write('0001-first.sql', 'create table first (id int);');
  write('0003-third.sql', 'create table third (id int);');
  await run();
  write('0002-second.sql', 'create table second (id int);');
  await assert.rejects(run(), /0002-second\.sql comes before 0003-third\.sql/);
  renameSync(join(directory, '0003-third.sql'), join(directory, '0004-third.sql'));
  await assert.rejects(run(), /0003-third\.sql has run .* its file is gone/);
});

test('two files with one number, or a name out of form, stop the start', async (t) => {
  const { write, run, tables } = await place(t);
  write('0001-first.sql', 'create table first (id int);');
  write('0001-other.sql', 'create table other (id int);');
  await assert.rejects(run(), /0001-first\.sql and 0001-other\.sql/);
  assert.deepEqual(await tables(), []);
  const second = await place(t);
  second.write('1-first.sql', 'select 1');
  await assert.rejects(second.run(), /1-first\.sql must be named/);
});

test('a file that fails leaves nothing of itself, and says at which line', async (t) => {
  const { write, run, tables } = await place(t);
  write('0001-first.sql', 'create table first (id int);');
  write('0002-second.sql', 'create table second (id int);\n\ncreate tabel third (id int);');
  await assert.rejects(run(), /0002-second\.sql failed at line 3: syntax error/);
  assert.deepEqual(await tables(), ['first', 'schema_migration']);
});
