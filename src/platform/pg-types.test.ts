import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Generated } from 'kysely';
import { Pool } from 'pg';
import { pgTypes } from './pg-types.ts';
import type {
  Bigint,
  JsonColumn,
  NumericColumn,
  PlainDateColumn,
  PlainTimeColumn,
  Timestamptz,
} from './pg-types.ts';
import { testDatabase } from './test-database.ts';
import type { TestDatabase } from './test-database.ts';

interface Schema {
  sample: {
    id: Generated<number>;
    seen_at: Timestamptz;
    born: PlainDateColumn | null;
    called: PlainTimeColumn | null;
    big: Bigint | null;
    amount: NumericColumn | null;
    detail: JsonColumn | null;
    days: Temporal.PlainDate[] | null;
    moments: Temporal.Instant[] | null;
  };
}

let database: TestDatabase;
let db: Kysely<Schema>;

before(async () => {
  database = await testDatabase();
  db = new Kysely<Schema>({
    dialect: new PostgresDialect({
      pool: new Pool({ connectionString: database.ownerUrl, types: pgTypes, max: 2 }),
    }),
  });
  await sql`create table sample (id int generated always as identity, seen_at timestamptz not null, born date,
    called time, big bigint, amount numeric, detail jsonb, days date[], moments timestamptz[])`.execute(db);
});

after(async () => {
  await db.destroy();
  await database.drop();
});

test('a moment, a date and a time come back exactly as they were written, in whatever zone the session is', async () => {
  for (const zone of ['UTC', 'Europe/London', 'Asia/Kathmandu']) {
    const seenAt = Temporal.Instant.from('2026-03-29T01:00:00.123456Z');
    const row = await db.transaction().execute(async (transaction) => {
      await sql`select set_config('timezone', ${zone}, true)`.execute(transaction);
      return await transaction
        .insertInto('sample')
        .values({
          seen_at: seenAt,
          born: Temporal.PlainDate.from('2010-02-28'),
          called: Temporal.PlainTime.from('09:05'),
          days: [Temporal.PlainDate.from('2026-03-28'), Temporal.PlainDate.from('2026-03-29')],
          moments: [seenAt, seenAt.add({ hours: 24 })],
        })
        .returningAll()
        .executeTakeFirstOrThrow();
    });
    assert.ok(row.seen_at instanceof Temporal.Instant);
    assert.ok(row.seen_at.equals(seenAt), `${zone}: ${row.seen_at.toString()}`);
    assert.equal(row.born?.toString(), '2010-02-28');
    assert.equal(row.called?.toString(), '09:05:00');
    assert.deepEqual(row.days?.map(String), ['2026-03-28', '2026-03-29']);
    assert.deepEqual(row.moments?.map(String), [
      '2026-03-29T01:00:00.123456Z',
      '2026-03-30T01:00:00.123456Z',
    ]);
  }
});

test('a moment is found again by itself: what was written can be asked for', async () => {
  const seenAt = Temporal.Now.instant();
  const { id } = await db
    .insertInto('sample')
    .values({ seen_at: seenAt })
    .returning('id')
    .executeTakeFirstOrThrow();
  const found = await db.selectFrom('sample').select('id').where('seen_at', '=', seenAt).execute();
  assert.deepEqual(found, [{ id }]);
});

test('any moment from 1900 to 2200 survives the round trip to the microsecond, and is never later than it was', async () => {
  const micro = 1_000_000n;
  await fc.assert(
    fc.asyncProperty(
      fc.bigInt({ min: -2_208_988_800n * micro, max: 7_258_118_400n * micro }),
      fc.integer({ min: 0, max: 999 }),
      async (microseconds, nanoseconds) => {
        const written = new Temporal.Instant(microseconds * 1000n + BigInt(nanoseconds));
        const { rows } = await sql<{ at: Temporal.Instant }>`select ${written}::timestamptz as at`.execute(
          db,
        );
        assert.equal(rows[0]?.at.epochNanoseconds, microseconds * 1000n);
      },
    ),
    { numRuns: 200 },
  );
});

test('a large number is a number or a fault, never a rounded one; money stays text', async () => {
  const row = await db
    .insertInto('sample')
    .values({ seen_at: '2026-01-01T00:00Z', big: Number.MAX_SAFE_INTEGER, amount: '12345678901234567890.10' })
    .returning(['big', 'amount'])
    .executeTakeFirstOrThrow();
  assert.deepEqual(row, { big: 9007199254740991, amount: '12345678901234567890.10' });
  await assert.rejects(
    sql`select 9007199254740993::bigint`.execute(db),
    /does not fit a number: 9007199254740993/,
  );
});

test('an object goes in and out of jsonb, with moments inside as text', async () => {
  const at = Temporal.Instant.from('2026-03-29T01:00:00Z');
  const row = await db
    .insertInto('sample')
    .values({ seen_at: at, detail: JSON.stringify({ at, list: [1, 'two', null] }) })
    .returning('detail')
    .executeTakeFirstOrThrow();
  assert.deepEqual(row.detail, { at: '2026-03-29T01:00:00Z', list: [1, 'two', null] });
});

test('the same holds for named prepared statements', async () => {
  const pool = new Pool({ connectionString: database.ownerUrl, types: pgTypes, max: 1 });
  const at = Temporal.Instant.from('2026-10-25T01:30:00.5Z');
  for (let round = 0; round < 3; round += 1) {
    const { rows } = await pool.query<{ at: Temporal.Instant }>({
      name: 'round-trip',
      text: 'select $1::timestamptz as at',
      values: [at],
    });
    assert.ok(rows[0]?.at.equals(at));
  }
  await pool.end();
});
