import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { countQueries, openDatabase, type Database } from './database.ts';
import { testDatabase, type TestDatabase } from './test-database.ts';

let files: TestDatabase;
let database: Database;
const context = { kind: 'system', area: '0197aaaa-0000-7000-8000-000000000001' } as const;

before(async () => {
  files = await testDatabase();
  database = openDatabase({ appUrl: files.appUrl });
  await database.transaction(context, (tx) =>
    tx
      .insertInto('data_quality_issue')
      .values(
        ['a', 'b', 'c', "d'e,{}"].map((path) => ({
          area_id: context.area,
          path,
          code: 'test',
          severity: 'warning',
          message: 'x',
        })),
      )
      .execute(),
  );
});
after(async () => {
  await database.close();
  await files.drop();
});

const pathsIn = (list: readonly string[], negated = false) =>
  database.transaction(context, async (tx) =>
    (
      await tx
        .selectFrom('data_quality_issue')
        .select('path')
        .where('path', negated ? 'not in' : 'in', [...list])
        .orderBy('path')
        .execute()
    ).map((row) => row.path),
  );

test('a list finds what is in it, and its opposite what is not, however odd the words', async () => {
  assert.deepEqual(await pathsIn(['a', "d'e,{}"]), ['a', "d'e,{}"]);
  assert.deepEqual(await pathsIn(['a', "d'e,{}"], true), ['b', 'c']);
  assert.deepEqual(await pathsIn(['nothing']), []);
});

test('a list of fifty sends the same text as a list of two', async () => {
  const text = async (n: number) =>
    (await countQueries(() => pathsIn(Array.from({ length: n }, (_, i) => `p${String(i)}`)))).queries.find(
      (sql) => sql.includes('data_quality_issue'),
    );
  assert.equal(await text(50), await text(2));
});

test('lists of ids and of dates keep their types', async () => {
  const rows = await database.transaction(context, (tx) =>
    tx
      .selectFrom('data_quality_issue')
      .select('id')
      .where('area_id', 'in', [context.area])
      .where('raised_at', 'not in', [Temporal.Instant.from('2020-01-01T00:00:00Z')])
      .execute(),
  );
  assert.equal(rows.length, 4);
});
