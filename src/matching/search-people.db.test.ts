import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { databaseContext } from '../access/index.ts';
import type { TestArea } from '../access/test-area.ts';
import { testSetting, type TestSetting } from '../access/test-setting.ts';
import { testServer, type TestServer } from '../access/test-server.ts';
import { createPeople, type People } from '../people/index.ts';
import { fixedClock } from '../platform/clock.ts';
import { countQueries, type Database } from '../platform/database.ts';
import {
  decideMatch,
  decisionsAbout,
  findLikelyPeopleForEach,
  refreshPersonKeys,
  registerMatchingRoutes,
  type MatchRecord,
} from './index.ts';

const clock = fixedClock('2026-11-24T09:12:00Z');
let setting: TestSetting;
let database: Database;
let area: TestArea;
let people: People;
let web: TestServer;
const mine = new Set<string>();

before(async () => {
  setting = await testSetting();
  ({ database, area } = setting);
  people = createPeople({
    clock,
    tabs: [],
    pictureSources: [],
    personChanged: refreshPersonKeys,
    relationshipSources: [
      {
        name: 'custody',
        find: async (_tx, _viewer, ids) =>
          new Map(ids.filter((id) => mine.has(id)).map((id) => [id, 'detained in your suite'])),
      },
    ],
  });
  web = await testServer({
    database,
    clock,
    register: (server) => registerMatchingRoutes(server, { database, clock, people }),
  });
});
after(async () => {
  await web.close();
  await setting.close();
});

function add(given: string, family: string, born: string, aliases: readonly [string, string][] = []) {
  return database.transaction(databaseContext(area.system), (tx) =>
    people.create(tx, area.system, {
      source: 'custody feed',
      givenName: given,
      familyName: family,
      birthDate: Temporal.PlainDate.from(born),
      names: aliases.map(([givenName, familyName]) => ({ kind: 'alias', givenName, familyName })),
    }),
  );
}

const search = (q: string) =>
  web.get(area.cookies['custody-practitioner'], `/people?q=${encodeURIComponent(q)}`);

test('the search forgives spelling, order of names, a wrong day or month of birth, and knows aliases', async () => {
  const zofia = await add('Zofia', 'Wiśniewska', '1988-03-11', [['Sophie', 'Vishnevska']]);
  mine.add(zofia.id);
  for (const typed of [
    'wisniewska zofia',
    'Zofia Wisniewski',
    'sophie vishnevska',
    'zofia 11/3/1988',
    'wisniewska 3/11/88',
  ]) {
    const page = await search(typed);
    assert.equal(page.statusCode, 200);
    assert.match(page.body, new RegExp(`/people/${zofia.id}"`), typed);
    assert.match(page.body, /detained in your suite/);
  }
});

test('somebody who is not with the viewer is found, and opened only with a reason', async () => {
  const other = await add('Terence', 'Ainsworth', '1961-01-30');
  const page = await search('terence ainsworth');
  assert.match(page.body, new RegExp(`/people/${other.id}/break-glass`));
  assert.match(page.body, /Needs a reason/);
});

test('what was searched for is recorded, with who searched', async () => {
  await search('ainsworth');
  const rows = await database.transaction(databaseContext(area.system), (tx) =>
    tx
      .selectFrom('audit_event')
      .select(['actor', 'detail'])
      .where('action', '=', 'searched')
      .orderBy('at', 'desc')
      .execute(),
  );
  assert.ok(rows.some((row) => JSON.stringify(row.detail).includes('ainsworth')));
});

test('a role without the right to search is told so, and finds nothing', async () => {
  const page = await web.get(area.cookies.commissioner, '/people?q=ainsworth');
  assert.equal(page.statusCode, 403);
  assert.doesNotMatch(page.body, /Terence/);
});

test('words that would break a page or a query are searched for as words', async () => {
  for (const typed of [
    "'; drop table person; --",
    '<script>alert(1)</script>',
    '%%%',
    '\\',
    '😀',
    'a'.repeat(120),
  ]) {
    const page = await search(typed);
    assert.equal(page.statusCode, 200, typed);
    assert.doesNotMatch(page.body, /<script>alert/);
  }
});

test('a list of fifty costs the same queries as a list of five, and a decision always wins', async () => {
  const person = await add('Ibrahim', 'Okonkwo', '1999-12-05');
  const probe: MatchRecord = {
    names: [{ given: ['Ibrahim'], family: 'Okonkwo', kind: 'as-received' }],
    birthDates: [Temporal.PlainDate.from('1999-12-05')],
    sex: null,
    postcodes: [],
    identifiers: [],
  };
  const cost = async (n: number) => {
    const probes = Array.from({ length: n }, () => ({ record: probe }));
    const { value, queries } = await countQueries(() =>
      database.transaction(databaseContext(area.system), (tx) =>
        findLikelyPeopleForEach(tx, area.system, probes),
      ),
    );
    assert.equal(value.length, n);
    assert.ok(value.every((list) => list[0]?.personId === person.id));
    return queries.length;
  };
  assert.equal(await cost(50), await cost(5));
  const viewer = area.viewers['court-practitioner'];
  const listing = '0197aaaa-0000-7000-8000-00000000000a';
  await database.transaction(databaseContext(viewer), async (tx) => {
    const [[likely] = []] = await findLikelyPeopleForEach(tx, viewer, [{ record: probe }]);
    assert.ok(likely);
    await decideMatch(
      tx,
      viewer,
      {
        personId: person.id,
        otherKind: 'court-listing',
        otherId: listing,
        decision: 'different',
        score: likely.score,
      },
      clock.now(),
    );
    const decided = (await decisionsAbout(tx, viewer, 'court-listing', [listing])).get(listing);
    assert.equal(decided?.get(person.id), 'different');
    const [after] = await findLikelyPeopleForEach(tx, viewer, [
      { record: probe, ...(decided ? { decided } : {}) },
    ]);
    assert.deepEqual(after, []);
  });
});
