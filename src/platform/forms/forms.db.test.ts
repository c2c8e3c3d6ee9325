import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { pgTypes } from '../pg-types.ts';
import { testDatabase } from '../test-database.ts';
import type { TestDatabase } from '../test-database.ts';
import { discardDraft, readDraft, saveDraft } from './drafts.ts';
import { onceOnly } from './idempotency.ts';

let database: TestDatabase;
let db: Kysely<Record<string, never>>;

before(async () => {
  database = await testDatabase();
  const pool = new Pool({ connectionString: database.ownerUrl, max: 10, types: pgTypes });
  db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  await sql`create table made (id int generated always as identity, what text)`.execute(db);
});

after(async () => {
  await db.destroy();
  await database.drop();
});

function key(last: number): string {
  return `0192f0c1-2222-4333-8444-${String(last).padStart(12, '0')}`;
}

async function made(what: string): Promise<number> {
  const rows = await sql<{ n: number }>`select count(*)::int as n from made where what = ${what}`.execute(db);
  return rows.rows[0]?.n ?? -1;
}

function make(what: string, keyText: string, route = '/things') {
  return db.transaction().execute((tx) =>
    onceOnly(tx, keyText, route, async () => {
      const row = await sql<{ id: number }>`insert into made (what) values (${what}) returning id`.execute(
        tx,
      );
      return { id: row.rows[0]?.id ?? 0 };
    }),
  );
}

test('a button pressed ten times at once makes one thing, and every press is led to it', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => make('pressed', key(1))));
  assert.equal(await made('pressed'), 1);
  const ids = new Set(answers.map((answer) => (answer.ok ? answer.value.result.id : 'refused')));
  assert.equal(ids.size, 1);
  assert.equal(answers.filter((answer) => answer.ok && !answer.value.again).length, 1);
});

test('a first press that fails leaves the key free for the second', async () => {
  const failing = db.transaction().execute((tx) =>
    onceOnly(tx, key(2), '/things', async () => {
      await sql`insert into made (what) values ('failed')`.execute(tx);
      throw new Error('the lid was closed');
    }),
  );
  await assert.rejects(failing, /lid/);
  assert.equal(await made('failed'), 0);
  const second = await make('failed', key(2));
  assert.ok(second.ok && !second.value.again);
});

test('the key of one form does not stand in for another form', async () => {
  await make('one', key(3));
  const other = await make('two', key(3), '/others');
  assert.ok(!other.ok);
  assert.equal(other.refusal.code, 'key-used');
  assert.equal(await made('two'), 0);
});

const nurse = '0192f0c1-0000-7000-8000-000000000001';
const other = '0192f0c1-0000-7000-8000-000000000002';
const now = Temporal.Instant.from('2026-11-24T14:02:06.5Z');

/** Runs as the application does: its own role, and only this person's drafts. */
async function as<T>(userId: string, work: (tx: Kysely<Record<string, never>>) => Promise<T>): Promise<T> {
  const pool = new Pool({ connectionString: database.appUrl, max: 1, types: pgTypes });
  const own = new Kysely<Record<string, never>>({ dialect: new PostgresDialect({ pool }) });
  try {
    return await own.transaction().execute(async (tx) => {
      await sql`select set_config('app.worker', ${userId}, true)`.execute(tx);
      return work(tx);
    });
  } finally {
    await own.destroy();
  }
}

test('what is typed is kept with its version and the time it was saved', async () => {
  const place = { ownerId: nurse, form: 'screening', subject: 'cal-1' };
  assert.equal(await as(nurse, (tx) => readDraft(tx, place)), undefined);
  const first = await as(nurse, (tx) => saveDraft(tx, place, { note: 'Sle' }, 0, now));
  assert.ok(first.ok);
  const second = await as(nurse, (tx) =>
    saveDraft(tx, place, { note: 'Sleeps', needs: ['housing'] }, first.value.version, now),
  );
  assert.ok(second.ok && second.value.version === 2);
  const kept = await as(nurse, (tx) => readDraft(tx, place));
  assert.deepEqual(kept?.content, { note: 'Sleeps', needs: ['housing'] });
  assert.equal(kept?.savedAt.toString(), now.toString());
});

test('an older window does not write over what was typed in a newer one', async () => {
  const place = { ownerId: nurse, form: 'screening', subject: 'cal-2' };
  await as(nurse, (tx) => saveDraft(tx, place, { note: 'first window' }, 0, now));
  for (const version of [0, 7]) {
    const late = await as(nurse, (tx) => saveDraft(tx, place, { note: 'second window' }, version, now));
    assert.ok(!late.ok);
    assert.equal(late.refusal.code, 'stale');
  }
  assert.deepEqual((await as(nurse, (tx) => readDraft(tx, place)))?.content, { note: 'first window' });
});

test('nobody reads or writes a colleague’s draft, even by asking for it', async () => {
  const place = { ownerId: nurse, form: 'screening', subject: 'cal-3' };
  await as(nurse, (tx) => saveDraft(tx, place, { note: 'mine' }, 0, now));
  assert.equal(await as(other, (tx) => readDraft(tx, place)), undefined);
  const written = await as(other, (tx) => saveDraft(tx, place, { note: 'theirs' }, 1, now));
  assert.ok(!written.ok);
});

test('a draft is gone once its form has been sent', async () => {
  const place = { ownerId: nurse, form: 'screening', subject: 'cal-4' };
  await as(nurse, (tx) => saveDraft(tx, place, { note: 'sent' }, 0, now));
  await as(nurse, (tx) => discardDraft(tx, place));
  assert.equal(await as(nurse, (tx) => readDraft(tx, place)), undefined);
});
