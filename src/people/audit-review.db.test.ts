import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { databaseContext } from '../access/index.ts';
import type { TestArea } from '../access/test-area.ts';
import { testSetting, type TestSetting } from '../access/test-setting.ts';
import { testServer, type TestServer } from '../access/test-server.ts';
import { fixedClock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { createPeople, registerAuditReviewRoutes, registerPeopleRoutes, type People } from './index.ts';

const clock = fixedClock('2026-11-24T09:12:00Z');
let setting: TestSetting;
let database: Database;
let area: TestArea;
let people: People;
let web: TestServer;

before(async () => {
  setting = await testSetting();
  ({ database, area } = setting);
  people = createPeople({
    clock,
    tabs: [{ key: 'picture', text: 'Picture of need', href: (id) => `/people/${id}` }],
    pictureSources: [],
    personChanged: async () => {},
    relationshipSources: [
      {
        name: 'custody',
        find: async (_tx, viewer, ids) =>
          new Map(
            viewer.role === 'custody-practitioner' ? ids.map((id) => [id, 'detained in your suite']) : [],
          ),
      },
    ],
  });
  web = await testServer({
    database,
    clock,
    register: (server) => {
      registerAuditReviewRoutes(server, { database, clock });
      registerPeopleRoutes(server, { database, clock, people });
    },
  });
});
after(async () => {
  await web.close();
  await setting.close();
});

test('opening a record is seen by the privacy officer, per person and per worker, and by nobody else', async () => {
  const person = await database.transaction(databaseContext(area.system), (tx) =>
    people.create(tx, area.system, { source: 'custody feed', givenName: 'Ines', familyName: 'Ferreira' }),
  );
  const opened = await web.get(area.cookies['custody-practitioner'], `/people/${person.id}`);
  assert.equal(opened.statusCode, 200);
  assert.match(opened.body, /Ines Ferreira/);
  assert.match(opened.headers['cache-control']?.toString() ?? '', /no-store/);
  const byPerson = await web.get(area.cookies['privacy-officer'], `/access-review/people/${person.id}`);
  assert.match(byPerson.body, /Worker custody-practitioner/);
  assert.match(byPerson.body, /Viewed: picture of need/);
  const worker = area.viewers['custody-practitioner'].workerId;
  const byWorker = await web.get(area.cookies['privacy-officer'], `/access-review/workers/${worker}`);
  assert.match(byWorker.body, /Ines Ferreira/);
  for (const role of ['custody-practitioner', 'lead', 'administrator', 'commissioner'] as const) {
    assert.equal(
      (await web.get(area.cookies[role], `/access-review/people/${person.id}`)).statusCode,
      403,
      role,
    );
  }
});

test('a record without a relationship answers as not found, and the try leaves no trace of the person', async () => {
  const person = await database.transaction(databaseContext(area.system), (tx) =>
    people.create(tx, area.system, { source: 'custody feed', givenName: 'Rhiannon', familyName: 'Pugh' }),
  );
  const page = await web.get(area.cookies.navigator, `/people/${person.id}`);
  assert.equal(page.statusCode, 404);
  assert.doesNotMatch(page.body, /Rhiannon|Pugh/);
  const nothing = await web.get(area.cookies.navigator, '/people/0197aaaa-0000-7000-8000-0000000000ff');
  assert.equal(nothing.statusCode, 404);
});
