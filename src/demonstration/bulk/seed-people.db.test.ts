import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import pg from 'pg';
import { readNhsNumber, readPnc } from '../../people/index.ts';
import { fixedClock } from '../../platform/clock.ts';
import { openDatabase, type Database } from '../../platform/database.ts';
import { testDatabase, type TestDatabase } from '../../platform/test-database.ts';
import { makeArea } from '../area.ts';
import { emptyDemonstration } from './empty-area.ts';
import { nhsNumbers } from './invented-numbers.ts';
import { seedPeople, type SeedResult } from './seed-people.ts';

// Invented people in numbers: the same for the same seed, with right numbers, and with nothing left hanging.

const clock = fixedClock('2026-11-24T09:00:00Z');
const PEOPLE = 200;

interface Ground {
  readonly files: TestDatabase;
  readonly owner: Database;
  readonly result: SeedResult;
}
const grounds: Ground[] = [];

async function seeded(seed: number): Promise<Ground> {
  const files = await testDatabase();
  const owner = openDatabase({ appUrl: files.ownerUrl, poolSize: 2 });
  await makeArea(owner, 'test');
  const result = await seedPeople({ ownerUrl: files.ownerUrl, owner, clock, people: PEOPLE, seed });
  const ground = { files, owner, result };
  grounds.push(ground);
  return ground;
}

async function asked<Row extends pg.QueryResultRow>(ground: Ground, text: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: ground.files.ownerUrl });
  await client.connect();
  try {
    const area = await client.query<{ id: string }>('select id from area');
    await client.query(
      `select set_config('app.viewer_kind', 'system', false), set_config('app.area', $1, false)`,
      [area.rows[0]?.id ?? ''],
    );
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

let first: Ground;
before(async () => {
  first = await seeded(7);
});
after(async () => {
  for (const { files, owner } of grounds) {
    await owner.close();
    await files.drop();
  }
});

/** Everything about people and stays that does not name a site or a worker, whose ids differ between databases. */
const lives = `
  select p.id, p.given_name, p.family_name, p.birth_date::text, p.nhs_number,
    (select count(*)::int from person_key k where k.person_id = p.id) as keys,
    (select string_agg(d.custody_number || d.first_event_at::text || coalesce(d.outcome, ''), ',' order by d.id)
       from detention d where d.person_id = p.id) as stays,
    (select string_agg(n.kind || n.answer, ',' order by n.id) from need_record n where n.person_id = p.id) as needs
  from person p order by p.id`;

test('the same seed makes the same people, and another seed makes others', async () => {
  const again = await seeded(7);
  const other = await seeded(8);
  const [one, two, three] = [await asked(first, lives), await asked(again, lives), await asked(other, lives)];
  assert.equal(one.length, PEOPLE);
  assert.deepEqual(two, one);
  assert.notDeepEqual(three, one);
  const sameName = three.filter((row, i) => row['family_name'] === one[i]?.['family_name']);
  assert.ok(
    sameName.length < PEOPLE / 4,
    `${String(sameName.length)} of the other seed have the same surname`,
  );
});

test('every NHS number is from the test range, right, and nobody else’s; every PNC number has its letter', async () => {
  const numbers = await asked<{ kind: string; canonical: string }>(
    first,
    'select kind, canonical from person_identifier',
  );
  const nhs = numbers.filter(({ kind }) => kind === 'nhs').map(({ canonical }) => canonical);
  const pnc = numbers.filter(({ kind }) => kind === 'pnc').map(({ canonical }) => canonical);
  assert.ok(nhs.length > PEOPLE / 2 && pnc.length > PEOPLE / 4);
  assert.equal(new Set(nhs).size, nhs.length);
  for (const number of nhs) {
    assert.match(number, /^999/);
    assert.ok(readNhsNumber(number, 'live-and-test').valid, number);
    assert.ok(!readNhsNumber(number, 'live').valid, `${number} must not pass for a real one`);
  }
  for (const number of pnc) assert.ok(readPnc(number, 2026).valid, number);
});

test('the whole test range can be given out, each number once', () => {
  const taken = new Set(['9990000018']);
  const all = nhsNumbers(2_000_000, taken);
  assert.ok(all.length > 900_000);
  assert.equal(new Set(all).size, all.length);
  assert.ok(!all.includes('9990000018'), 'a number somebody has is left out');
});

test('no row hangs: people are searchable, open stays are on a board, open help belongs to an open episode', async () => {
  const [found] = await asked<Record<string, number>>(
    first,
    `select
       (select count(*)::int from person p where not exists (select from person_key k where k.person_id = p.id)) as unsearchable,
       (select count(*)::int from detention d where not exists (select from detention_event e where e.detention_id = d.id)) as without_facts,
       (select count(*)::int from detention where ended_at is null and site_id is null) as unplaced,
       (select count(*)::int from caseload_assignment c where c.ended_at is null
          and not exists (select from episode e where e.person_id = c.person_id and e.closed_at is null)) as carried_without_episode,
       (select count(*)::int from screening s where not exists (select from screening_version v where v.screening_id = s.id)) as empty_screenings,
       (select count(*)::int from court_appearance a where a.person_id is not null
          and not exists (select from person p where p.id = a.person_id)) as nobody_listed,
       (select count(*)::int from detention where ended_at > '2026-11-24T09:00:00Z') as ended_in_future`,
  );
  assert.deepEqual(
    Object.entries(found ?? { none: 1 }).filter(([, count]) => count !== 0),
    [],
  );
  const [now] = await asked<{ here: number; listed: number; carried: number }>(
    first,
    `select (select count(*)::int from detention where ended_at is null) as here,
       (select count(*)::int from court_sitting where day = '2026-11-24') as listed,
       (select count(*)::int from caseload_assignment where ended_at is null) as carried`,
  );
  assert.equal(now?.here, first.result.inCustodyNow);
  assert.ok((now?.here ?? 0) >= PEOPLE / 10);
  assert.ok((now?.listed ?? 0) >= 45 * 8, 'a full list at every court today');
  assert.ok((now?.carried ?? 0) > 0);
});

test('a second seeding adds other people, and a reset takes them all away but keeps the audit', async () => {
  const { owner, files } = first;
  await seedPeople({ ownerUrl: files.ownerUrl, owner, clock, people: 50, seed: 7 });
  const [grown] = await asked<{ people: number; numbers: number }>(
    first,
    'select count(*)::int as people, count(distinct nhs_number)::int as numbers from person',
  );
  assert.equal(grown?.people, PEOPLE + 50);
  const [dressed] = await asked<{ with_number: number }>(
    first,
    'select count(nhs_number)::int as with_number from person',
  );
  assert.equal(grown.numbers, dressed?.with_number, 'nobody shares an NHS number');
  await asked(
    first,
    `insert into audit_event (id, at, area_id, actor, action, subject_kind, detail, content_hash)
     select uuidv7(), now(), id, 'test', 'viewed', 'test', '{}', '\\x00' from area`,
  );
  await emptyDemonstration(owner, files.ownerUrl);
  const left = await asked<{ people: number; areas: number; rules: number }>(
    first,
    `select (select count(*)::int from person) as people, (select count(*)::int from area) as areas,
       (select count(*)::int from handover_rule) as rules`,
  ).catch((fault: unknown) => fault);
  assert.ok(Array.isArray(left));
  assert.equal(left[0].areas, 0);
  assert.equal(left[0].people, 0);
  assert.ok(left[0].rules > 0, 'the product’s own rules stay');
  const client = new pg.Client({ connectionString: files.ownerUrl });
  await client.connect();
  await client.query(`select set_config('app.viewer_kind', 'system', false)`);
  const kept = await client.query('select from audit_event');
  await client.end();
  assert.equal(kept.rowCount, 1);
});

test('nothing invented is put into a database with an area that is not a demonstration', async () => {
  const ground = await seeded(3);
  await ground.owner.transaction({ kind: 'system', area: null }, (tx) =>
    tx.insertInto('area').values({ name: 'A real area' }).execute(),
  );
  const { owner, files } = ground;
  await assert.rejects(
    seedPeople({ ownerUrl: files.ownerUrl, owner, clock, people: 1, seed: 1 }),
    /A real area is not a demonstration area/,
  );
  await assert.rejects(emptyDemonstration(owner, files.ownerUrl), /A real area is not a demonstration area/);
});
