import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import test, { after, before } from 'node:test';
import { testServer, type TestServer } from './access/test-server.ts';
import { registerCustodyRoutes } from './custody/index.ts';
import { makeArea, seedPeople } from './demonstration/index.ts';
import { registerMatchingRoutes } from './matching/index.ts';
import { joinModules } from './modules.ts';
import { systemClock as clock } from './platform/clock.ts';
import { openDatabase, type Database } from './platform/database.ts';
import { testDatabase, type TestDatabase } from './platform/test-database.ts';
import { readSeedArguments } from './seed.ts';

// The pages of the product on people that were seeded, and what the command understands.

let files: TestDatabase;
let owner: Database;
let database: Database;
let web: TestServer;
let areaId: string;
let cookie: string;

before(async () => {
  files = await testDatabase();
  owner = openDatabase({ appUrl: files.ownerUrl, poolSize: 2 });
  database = openDatabase({ appUrl: files.appUrl });
  ({ areaId } = await makeArea(owner, 'test'));
  await seedPeople({ ownerUrl: files.ownerUrl, owner, clock, people: 200, seed: 11 });
  cookie = await signInLead();
  const modules = joinModules({
    database,
    clock,
    baseUrl: 'http://127.0.0.1',
    linkSecret: 'a secret of tests only, at least 32 characters',
  });
  web = await testServer({
    database,
    clock,
    register: (server) => {
      registerCustodyRoutes(server, modules.custody);
      registerMatchingRoutes(server, { database, clock, people: modules.people });
    },
  });
});
after(async () => {
  await web.close();
  await database.close();
  await owner.close();
  await files.drop();
});

async function signInLead(): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await database.transaction({ kind: 'system', area: areaId }, async (tx) => {
    const role = await tx
      .selectFrom('worker_role')
      .select(['id', 'worker_id'])
      .where('role', '=', 'lead')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('session')
      .values({
        token_hash: createHash('sha256').update(token).digest(),
        worker_id: role.worker_id,
        worker_role_id: role.id,
        created_at: clock.now(),
        last_seen_at: clock.now(),
      })
      .execute();
  });
  return token;
}

test('the suite board shows the seeded people who are there', async () => {
  const held = await database.transaction({ kind: 'system', area: areaId }, (tx) =>
    tx
      .selectFrom('detention')
      .innerJoin('person', 'person.id', 'detention.person_id')
      .select(['detention.site_id', 'person.family_name', 'person.sealed'])
      .where('ended_at', 'is', null)
      .execute(),
  );
  const siteId = held[0]?.site_id;
  const here = held.filter((one) => one.site_id === siteId && !one.sealed);
  assert.ok(here.length > 0);
  const page = await web.get(cookie, `/suites/${String(siteId)}`);
  assert.equal(page.statusCode, 200);
  for (const { family_name } of here)
    assert.ok(
      page.body.includes(family_name?.replaceAll("'", '&#39;') ?? '?'),
      `${String(family_name)} is on the board`,
    );
});

test('a seeded person is found by name, misspelt, and by NHS number', async () => {
  const person = await database.transaction({ kind: 'system', area: areaId }, (tx) =>
    tx
      .selectFrom('person')
      .select(['given_name', 'family_name', 'nhs_number'])
      .where('nhs_number', 'is not', null)
      .where('sealed', '=', false)
      .where((eb) => eb(eb.fn<number>('length', ['family_name']), '>=', 7))
      .orderBy('id')
      .executeTakeFirstOrThrow(),
  );
  const family = person.family_name ?? '';
  const slip = `${family.slice(0, 3)}${family.slice(4)}`;
  for (const typed of [
    `${person.given_name ?? ''} ${family}`,
    `${person.given_name ?? ''} ${slip}`,
    person.nhs_number ?? '',
  ]) {
    const page = await web.get(cookie, `/people?q=${encodeURIComponent(typed)}`);
    assert.equal(page.statusCode, 200);
    assert.ok(page.body.includes(family), `“${typed}” finds ${family}`);
  }
});

test('the command says what it needs instead of guessing', () => {
  assert.deepEqual(readSeedArguments(['--people', '500']), { reset: false, people: 500, seed: 1 });
  assert.deepEqual(readSeedArguments(['--people', '500', '--seed', '9']), {
    reset: false,
    people: 500,
    seed: 9,
  });
  assert.deepEqual(readSeedArguments(['--reset-demo']), { reset: true, people: 0, seed: 1 });
  for (const wrong of [
    [],
    ['--people'],
    ['--people', 'many'],
    ['--people', '-3'],
    ['--people', '0'],
    ['--persons', '3'],
  ])
    assert.equal(readSeedArguments(wrong), null, wrong.join(' '));
});
