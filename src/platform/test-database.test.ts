import assert from 'node:assert/strict';
import test from 'node:test';
import { withClient } from './postgres/index.ts';
import { testDatabase } from './test-database.ts';

test('what one test file writes, another does not see', async (t) => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
  t.after(async () => {
    await one.drop();
    await other.drop();
  });
  const count = (url: string) =>
    withClient(url, async (client) => {
      const { rows } = await client.query(`select from pg_tables where tablename = 'only_here'`);
      return rows.length;
    });
  await withClient(one.ownerUrl, (client) => client.query('create table only_here (id int)'));
  assert.equal(await count(one.ownerUrl), 1);
  assert.equal(await count(other.ownerUrl), 0);
});

test('without a context the two roles see no rows and can write none; with one, only its own', async (t) => {
  const { ownerUrl, appUrl, drop } = await testDatabase();
  t.after(drop);
  const insert = `insert into guarded values ('north'), ('south')`;
  await withClient(ownerUrl, async (owner) => {
    await owner.query(`
      create table guarded (area text not null);
      alter table guarded enable row level security;
      alter table guarded force row level security;
      create policy area on guarded using (area = current_setting('test.area', true));
      grant select, insert on guarded to throughline_app;`);
    await assert.rejects(owner.query(insert), /violates row-level security/, 'the owner is held too (FORCE)');
    for (const area of ['north', 'south'])
      await owner.query(
        `select set_config('test.area', '${area}', false);
         insert into guarded values ('${area}');`,
      );
    await owner.query(`reset test.area`);
    assert.equal((await owner.query('select from guarded')).rowCount, 0);
  });
  await withClient(appUrl, async (app) => {
    assert.equal((await app.query('select from guarded')).rowCount, 0);
    await app.query(`begin; select set_config('test.area', 'north', true);`);
    assert.deepEqual((await app.query('select area from guarded')).rows, [{ area: 'north' }]);
    await assert.rejects(app.query(insert), /violates row-level security/);
    await app.query('rollback');
    assert.equal(
      (await app.query('select from guarded')).rowCount,
      0,
      'the context ended with its transaction',
    );
    await assert.rejects(app.query('alter table guarded disable row level security'), /must be owner/);
    await assert.rejects(app.query('set role throughline_owner'), /permission denied/);
  });
});

test('the extensions the product needs are there', async (t) => {
  const { appUrl, drop } = await testDatabase();
  t.after(drop);
  const { rows } = await withClient(appUrl, (client) =>
    client.query(
      `select similarity('Aisling', 'Ashling') > 0.3 as trigram, daitch_mokotoff('Nowak') is not null as sound,
              unaccent('Zoë') as plain, length(digest('x', 'sha256')) as digest`,
    ),
  );
  assert.deepEqual(rows, [{ trigram: true, sound: true, plain: 'Zoe', digest: 32 }]);
});
