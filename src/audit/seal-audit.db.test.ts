import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before, beforeEach } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { fixedClock } from '../platform/clock.ts';
import { openDatabase, type Database } from '../platform/database.ts';
import { testDatabase, type TestDatabase } from '../platform/test-database.ts';
import { openSealKey, recordAudit, sealAudit, verifyAudit, type SealKey } from './index.ts';

const clock = fixedClock('2026-11-24T09:12:00.123456789Z');
let files: TestDatabase;
let database: Database;
let dataDir: string;
let key: SealKey;
/** Somebody with the database's own keys, who wants to change what happened. */
let attacker: pg.Client;

const actor = {
  areaId: null,
  workerId: null,
  workerRole: null,
  sessionId: null,
  actor: 'custody feed',
  reference: null,
};

before(async () => {
  files = await testDatabase();
  database = openDatabase({ appUrl: files.appUrl });
  attacker = new pg.Client({ connectionString: files.ownerUrl });
  await attacker.connect();
  await attacker.query("select set_config('app.viewer_kind', 'system', false)");
  await attacker.query('alter table audit_event no force row level security');
  await attacker.query('alter table audit_event disable row level security');
  dataDir = mkdtempSync(join(tmpdir(), 'throughline-audit-'));
  key = openSealKey(dataDir);
});
after(async () => {
  await attacker.end();
  await database.close();
  await files.drop();
  rmSync(dataDir, { recursive: true });
});
beforeEach(async () => {
  for (let i = 0; i < 5; i += 1) await write({ order: i, words: { z: 1, a: 'é' } });
  await sealEverything();
});

/** Another test file's transaction on the same server may hold a batch back: seal until nothing is left. */
async function sealEverything() {
  for (let i = 0; i < 200; i += 1) {
    await sealAudit(database, key, clock.now(), dataDir);
    if ((await verifyAudit(database, key.publicKey, dataDir)).unsealed === 0) return;
    await wait(20);
  }
  assert.fail('nothing could be sealed for four seconds');
}

function write(detail: Record<string, unknown>) {
  return database.transaction({ kind: 'system', area: null }, (tx) =>
    recordAudit(tx, clock.now(), actor, { action: 'ran', subjectKind: 'test', detail }),
  );
}

test('an untouched chain verifies, and what is not sealed yet is counted', async () => {
  await write({ late: true });
  const verdict = await verifyAudit(database, key.publicKey, dataDir);
  assert.equal(verdict.broken, null);
  assert.ok(verdict.events >= 5);
  assert.equal(verdict.unsealed, 1);
  await sealEverything();
});

test('sealing with nothing new makes no batch', async () => {
  assert.equal(await sealAudit(database, key, clock.now(), dataDir), null);
});

test('two sealers at once make one batch', async () => {
  await write({ once: true });
  const heads = await Promise.all([1, 2, 3].map(() => sealAudit(database, key, clock.now(), dataDir)));
  assert.ok(heads.filter((head) => head !== null).length <= 1);
  await sealEverything();
  assert.equal((await verifyAudit(database, key.publicKey, dataDir)).ok, true);
});

test('a transaction still running is left for a later batch', async () => {
  const slow = new pg.Client({ connectionString: files.ownerUrl });
  await slow.connect();
  await slow.query('begin');
  await slow.query('select pg_current_xact_id()');
  await write({ after: 'a running transaction' });
  assert.equal(await sealAudit(database, key, clock.now(), dataDir), null);
  await slow.query('commit');
  await slow.end();
  await sealEverything();
});

const tampering: readonly (readonly [string, string, string])[] = [
  ['a changed actor', "update audit_event set actor = 'nobody' where id = $1", 'was changed'],
  ['a changed detail', `update audit_event set detail = '{"order": 99}' where id = $1`, 'was changed'],
  [
    'a changed time',
    "update audit_event set at = at + interval '1 second' where id = $1",
    'missing or its time',
  ],
  ['a deleted row', 'delete from audit_event where id = $1', 'missing'],
  [
    'a row and its hash rewritten together',
    `update audit_event set actor = 'nobody', content_hash = sha256('anything') where id = $1`,
    'was changed',
  ],
];
for (const [what, statement, words] of tampering) {
  test(`${what} breaks the proof, which names the row`, async () => {
    const { rows } = await attacker.query<{ id: string }>(
      'select event_ids[2] as id from audit_batch order by number desc limit 1',
    );
    const id = rows[0]?.id ?? '';
    await attacker.query(`create temp table kept as select * from audit_event where id = '${id}'`);
    await attacker.query(statement, [id]);
    const verdict = await verifyAudit(database, key.publicKey, dataDir);
    assert.equal(verdict.ok, false);
    assert.match(verdict.broken ?? '', new RegExp(id));
    assert.match(verdict.broken ?? '', new RegExp(words));
    await attacker.query('delete from audit_event where id = $1', [id]);
    await attacker.query('insert into audit_event select * from kept');
    await attacker.query('drop table kept');
    assert.equal((await verifyAudit(database, key.publicKey, dataDir)).broken, null);
  });
}

test('a batch cut off the end is noticed, because its head was published outside the database', async () => {
  await attacker.query('begin');
  await attacker.query('delete from audit_batch where number = (select max(number) from audit_batch)');
  await attacker.query('commit');
  const verdict = await verifyAudit(database, key.publicKey, dataDir);
  assert.match(verdict.broken ?? '', /was published outside the database/);
});
