import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { databaseContext } from '../access/index.ts';
import { testArea, type TestArea } from '../access/test-area.ts';
import { testSetting, type TestSetting } from '../access/test-setting.ts';
import { fixedClock } from '../platform/clock.ts';
import { countQueries, type Database } from '../platform/database.ts';
import { createPeople, ensureEpisode, findPeople, type People } from './index.ts';

const clock = fixedClock('2026-11-24T09:12:00Z');
let setting: TestSetting;
let database: Database;
let owner: Database;
let area: TestArea;
let elsewhere: TestArea;
let people: People;
/** Whom the custody practitioner has a relationship with. */
const related = new Map<string, string>();

before(async () => {
  setting = await testSetting();
  ({ database, owner, area } = setting);
  elsewhere = await testArea(database, owner, 'Another area');
  people = createPeople({
    clock,
    tabs: [],
    pictureSources: [],
    personChanged: async () => {},
    relationshipSources: [
      {
        name: 'custody',
        find: async (_tx, viewer, ids) =>
          new Map(
            viewer.role === 'custody-practitioner'
              ? ids.flatMap((id) => (related.has(id) ? [[id, related.get(id) ?? ''] as const] : []))
              : [],
          ),
      },
    ],
  });
});
after(async () => {
  await setting.close();
});

function createCal() {
  return database.transaction(databaseContext(area.system), (tx) =>
    people.create(tx, area.system, {
      source: 'custody feed',
      givenName: 'Callum',
      familyName: 'Brennan',
      preferredName: 'Cal',
      birthDate: Temporal.PlainDate.from('1992-08-17'),
    }),
  );
}

test('a practitioner opens the record of somebody detained in their suite, and nobody else does', async () => {
  const cal = await createCal();
  related.set(cal.id, 'detained in your suite');
  const open = (viewer: TestArea['viewers']['navigator']) =>
    database.transaction(databaseContext(viewer), (tx) => people.open(tx, viewer, cal.id));
  const opened = await open(area.viewers['custody-practitioner']);
  assert.equal(opened?.relationship.because, 'detained in your suite');
  assert.equal(opened.person.birthDate?.toString(), '1992-08-17');
  for (const role of [
    'navigator',
    'court-practitioner',
    'partner-worker',
    'justice-reader',
    'commissioner',
    'administrator',
  ] as const) {
    assert.equal(await open(area.viewers[role]), null, role);
  }
});

test('row-level security hides a person of one area from everybody in another, even the system', async () => {
  const cal = await createCal();
  const seen = await database.transaction(databaseContext(elsewhere.system), (tx) =>
    findPeople(tx, elsewhere.system, [cal.id]),
  );
  assert.equal(seen.size, 0);
  const without = await database.transaction({ kind: 'nobody', area: null }, (tx) =>
    tx.selectFrom('person').select('id').execute(),
  );
  assert.deepEqual(without, []);
});

test('a worker of one area cannot write a person into another', async () => {
  await assert.rejects(
    database.transaction(databaseContext(area.viewers.lead), (tx) =>
      tx.insertInto('person').values({ area_id: elsewhere.areaId, family_name: 'Nowhere' }).execute(),
    ),
    /row-level security/,
  );
});

test('a sealed record is not opened by a relationship, only with a reason', async () => {
  const cal = await createCal();
  related.set(cal.id, 'detained in your suite');
  const viewer = area.viewers['custody-practitioner'];
  await database.transaction(databaseContext(area.system), (tx) =>
    tx
      .updateTable('person')
      .set({ sealed: true, sealed_why: 'staff member' })
      .where('id', '=', cal.id)
      .execute(),
  );
  const open = () => database.transaction(databaseContext(viewer), (tx) => people.open(tx, viewer, cal.id));
  assert.equal(await open(), null);
  await database.transaction(databaseContext(viewer), (tx) =>
    tx
      .insertInto('break_glass')
      .values({
        area_id: area.areaId,
        worker_id: viewer.workerId,
        session_id: viewer.sessionId,
        person_id: cal.id,
        reason: 'risk-to-life',
        explanation: 'Found collapsed in the cell',
        opened_at: clock.now(),
        expires_at: clock.now().add({ hours: 1 }),
      })
      .execute(),
  );
  assert.equal((await open())?.relationship.source, 'break-glass');
});

test('creating a person writes the audit in the same transaction', async () => {
  const cal = await createCal();
  const events = await database.transaction(databaseContext(area.system), (tx) =>
    tx.selectFrom('audit_event').selectAll().where('person_id', '=', cal.id).execute(),
  );
  assert.deepEqual(
    events.map((event) => [event.action, event.actor]),
    [['created', 'test']],
  );
});

test('two feeds arriving together open one episode and not two', async () => {
  const cal = await createCal();
  const episodes = await Promise.all(
    Array.from({ length: 8 }, () =>
      database.transaction(databaseContext(area.system), (tx) =>
        ensureEpisode(
          tx,
          area.system,
          cal.id,
          { firstContactPoint: 'custody', identifiedBy: 'custody-feed' },
          clock.now(),
        ),
      ),
    ),
  );
  assert.equal(new Set(episodes.map((episode) => episode.id)).size, 1);
});

test('what a feed learns is added and nothing is overwritten', async () => {
  const cal = await createCal();
  await database.transaction(databaseContext(area.system), (tx) =>
    people.learn(tx, area.system, cal.id, {
      source: 'court list B06IS',
      names: [{ kind: 'alias', givenName: 'Kallum', familyName: 'Brennan' }],
      birthDates: [Temporal.PlainDate.from('1992-07-18')],
      identifiers: [{ kind: 'pnc', received: '92/1A', canonical: '1992/0000001A', valid: true }],
    }),
  );
  const names = await database.transaction(databaseContext(area.system), (tx) =>
    tx
      .selectFrom('person_name')
      .select('given_name')
      .where('person_id', '=', cal.id)
      .orderBy('given_name')
      .execute(),
  );
  assert.deepEqual(
    names.map((row) => row.given_name),
    ['Callum', 'Kallum'],
  );
});

test('finding fifty people costs the same queries as finding five', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 50; i += 1) ids.push((await createCal()).id);
  const count = async (wanted: readonly string[]) => {
    const { queries } = await countQueries(() =>
      database.transaction(databaseContext(area.system), (tx) => people.mayOpen(tx, area.system, wanted)),
    );
    return queries.length;
  };
  assert.equal(await count(ids), await count(ids.slice(0, 5)));
});
