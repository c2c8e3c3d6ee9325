import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { sql } from 'kysely';
import { databaseContext } from '../access/index.ts';
import type { TestArea } from '../access/test-area.ts';
import { testSetting, type TestSetting } from '../access/test-setting.ts';
import { testServer, type TestServer } from '../access/test-server.ts';
import { fixedClock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { registerInsightRoutes } from './index.ts';

const clock = fixedClock('2026-11-24T09:12:00Z');
let setting: TestSetting;
let database: Database;
let area: TestArea;
let web: TestServer;

before(async () => {
  setting = await testSetting();
  ({ database, area } = setting);
  await database.transaction(databaseContext(area.system), async (tx) => {
    for (let i = 0; i < 27; i += 1) {
      const person = await tx
        .insertInto('person')
        .values({ area_id: area.areaId, family_name: `Invented ${String(i)}` })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('detention')
        .values({
          area_id: area.areaId,
          person_id: person.id,
          made_person_id: person.id,
          kind: 'detention',
          legal_basis: 'pace-arrest',
          force: '06',
          custody_number: `I/${String(i)}`,
          // Three at the other suite: a number that must not be shown, nor be worked out.
          site_id: i < 24 ? area.suiteId : area.otherSuiteId,
          arrived_at: clock.now().subtract({ hours: i + 1 }),
          first_event_at: clock.now().subtract({ hours: i + 1 }),
        })
        .execute();
    }
  });
  web = await testServer({
    database,
    clock,
    register: (server) => registerInsightRoutes(server, { database, clock }),
  });
});
after(async () => {
  await web.close();
  await setting.close();
});

test('a commissioner sees rounded counts, and never a small one', async () => {
  const page = await web.get(area.cookies.commissioner, '/insight');
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /Passed through a suite<\/th><td>25<\/td>/);
  assert.match(page.body, /Swinton<\/th><td>\*<\/td>/);
  assert.match(page.body, /Longsight<\/th><td>c<\/td>/);
  assert.doesNotMatch(page.body, /Invented|<td>3<\/td>|<td>24<\/td>|<td>27<\/td>/);
});

test('a commissioner still reads no row about a person, nor does a partner or a nurse see insight', async () => {
  const viewer = area.viewers.commissioner;
  const rows = await database.transaction(databaseContext(viewer), async (tx) => {
    // Also after counting, in the same transaction.
    await sql`select * from insight_pathway(${viewer.areaId}::uuid, ${clock.now()}, ${clock.now()})`.execute(
      tx,
    );
    return tx.selectFrom('detention').select('id').execute();
  });
  assert.deepEqual(rows, []);
  for (const role of ['partner-worker', 'custody-healthcare', 'administrator'] as const)
    assert.equal((await web.get(area.cookies[role], '/insight')).statusCode, 403);
});
