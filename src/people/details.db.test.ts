import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { databaseContext } from '../access/index.ts';
import { testArea, type TestArea } from '../access/test-area.ts';
import { testServer, type TestServer } from '../access/test-server.ts';
import { fixedClock } from '../platform/clock.ts';
import { openDatabase, type Database } from '../platform/database.ts';
import { testDatabase, type TestDatabase } from '../platform/test-database.ts';
import { createPeople, registerDetailsRoutes, type People, type Person } from './index.ts';

const clock = fixedClock('2026-11-24T09:12:00Z');
let files: TestDatabase;
let database: Database;
let owner: Database;
let area: TestArea;
let people: People;
let web: TestServer;
let person: Person;
let nurse: string;

before(async () => {
  files = await testDatabase();
  database = openDatabase({ appUrl: files.appUrl });
  owner = openDatabase({ appUrl: files.ownerUrl, poolSize: 2 });
  area = await testArea(database, owner);
  nurse = area.cookies['custody-healthcare'];
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
            viewer.role === 'custody-healthcare' ? ids.map((id) => [id, 'detained in your suite']) : [],
          ),
      },
    ],
  });
  web = await testServer({
    database,
    clock,
    register: (server) => registerDetailsRoutes(server, { database, clock, people }),
  });
  person = await database.transaction(databaseContext(area.system), (tx) =>
    people.create(tx, area.system, {
      source: 'custody feed',
      givenName: 'Gemma',
      familyName: 'Lyle',
      identifiers: [{ kind: 'nhs', received: '999 417 2085', canonical: '9994172085', valid: true }],
    }),
  );
});
after(async () => {
  await web.close();
  await database.close();
  await owner.close();
  await files.drop();
});

const page = () => web.get(nurse, `/people/${person.id}/details`);
const post = (path: string, form: Record<string, string>) =>
  web.post(nurse, `/people/${person.id}/details/${path}`, form);

test('a number the feed gave is shown as not traced', async () => {
  assert.match((await page()).body, /NHS number 999 417 2085, not traced/);
});

test('how to talk with somebody stands in the head of every page once it is recorded', async () => {
  assert.match((await page()).body, /Talking with Gemma:<\/strong> not asked yet/);
  const saved = await post('communication', {
    kind: 'support',
    what: 'Read aloud, one thing at a time',
    needBasis: 'told-us',
  });
  assert.equal(saved.statusCode, 303);
  assert.match((await page()).body, /Talking with Gemma:<\/strong> Read aloud, one thing at a time\./);
});

test('a phone that is not safe says so, and nothing defaults to safe', async () => {
  await post('contact', {
    contactKind: 'phone',
    value: '0161 496 0107',
    safeToRing: 'yes',
    safeToText: 'no',
    note: 'He may hold her phone. Say “library”.',
  });
  assert.match((await page()).body, /Ring: safe\. Text: not safe\. Message: not asked\./);
  // Told again with another answer: one line, and the earlier one stays in the history.
  await post('contact', { contactKind: 'phone', value: '0161 496 0107', safeToRing: 'no' });
  assert.match((await page()).body, /Ring: not safe\. Text: not asked\./);
  const rows = await database.transaction(databaseContext(area.system), (tx) =>
    tx.selectFrom('contact_point').select(['ended_at']).where('person_id', '=', person.id).execute(),
  );
  assert.equal(rows.length, 2);
  assert.equal(rows.filter((row) => row.ended_at === null).length, 1);
});

test('an alert is added, taken off with a reason, and kept', async () => {
  await post('alert', { alertWhat: 'Penicillin allergy', urgency: 'now', alertBasis: 'told-us' });
  const shown = await page();
  const id =
    /name="kind" value="alert"><input type="hidden" name="id" value="([^"]+)"/.exec(shown.body)?.[1] ?? '';
  const without = await post('end', { kind: 'alert', id, why: '' });
  assert.equal(without.statusCode, 422);
  assert.match(without.body, /Say why it no longer holds/);
  assert.equal(
    (await post('end', { kind: 'alert', id, why: 'Told us it was another person' })).statusCode,
    303,
  );
  assert.equal((await post('end', { kind: 'alert', id, why: 'Again' })).statusCode, 422);
});

test('two people saving how to address somebody: the second is told and loses nothing typed', async () => {
  const version = /name="version" value="(\d+)"/.exec((await page()).body)?.[1] ?? '';
  assert.equal(
    (await post('how-to-address', { version, preferredName: 'Gem', pronoun: 'she' })).statusCode,
    303,
  );
  const stale = await post('how-to-address', { version, preferredName: 'Gemmy', pronoun: 'she' });
  assert.equal(stale.statusCode, 422);
  assert.match(stale.body, /Somebody changed this while you were writing/);
  assert.match(stale.body, /value="Gemmy"/);
});

test('a missing answer is asked for by name and nothing is saved', async () => {
  const refused = await post('communication', { what: '' });
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /Say what helps/);
  assert.match(refused.body, /Choose what kind of need it is/);
});

test('somebody without a relationship neither sees nor changes the details', async () => {
  for (const role of ['navigator', 'court-practitioner'] as const) {
    assert.equal((await web.get(area.cookies[role], `/people/${person.id}/details`)).statusCode, 404);
    const tried = await web.post(area.cookies[role], `/people/${person.id}/details/alert`, {
      alertWhat: 'x',
      urgency: 'now',
      alertBasis: 'told-us',
    });
    assert.equal(tried.statusCode, 404, role);
  }
});
