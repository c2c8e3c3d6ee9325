import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after, before } from 'node:test';
import { sql } from 'kysely';
import { fixedClock } from './clock.ts';
import { openDatabase, type Database } from './database.ts';
import { housekeepingJob, makeAuditMonths } from './housekeeping.ts';
import { testDatabase, type TestDatabase } from './test-database.ts';

const clock = fixedClock('2029-11-24T09:12:00Z');
let files: TestDatabase;
let database: Database;
let owner: Database;

before(async () => {
  files = await testDatabase();
  database = openDatabase({ appUrl: files.appUrl });
  owner = openDatabase({ appUrl: files.ownerUrl, poolSize: 1 });
});
after(async () => {
  await database.close();
  await owner.close();
  await files.drop();
});

test('form keys are cleared after two weeks and not before', async () => {
  const nobody = { kind: 'nobody', area: null } as const;
  await database.transaction(nobody, (tx) =>
    tx
      .insertInto('idempotency_key')
      .values([
        { key: randomUUID(), route: 'old', created_at: clock.now().subtract({ hours: 15 * 24 }) },
        { key: randomUUID(), route: 'new', created_at: clock.now().subtract({ hours: 13 * 24 }) },
      ])
      .execute(),
  );
  await housekeepingJob(database, clock)(null);
  const rows = await database.transaction(nobody, (tx) =>
    tx.selectFrom('idempotency_key').select('route').execute(),
  );
  assert.deepEqual(rows, [{ route: 'new' }]);
});

test('the audit has a table for every month of the next two years, made twice without harm', async () => {
  await makeAuditMonths(owner, clock);
  await makeAuditMonths(owner, clock);
  const { rows } = await owner.transaction({ kind: 'system', area: null }, (tx) =>
    sql<{
      name: string;
    }>`select relname as name from pg_class where relname in ('audit_event_202911', 'audit_event_203111')`.execute(
      tx,
    ),
  );
  assert.equal(rows.length, 2);
});
