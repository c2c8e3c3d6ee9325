import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { isPermission, roles, type Role } from './access/index.ts';
import { testArea, type TestArea } from './access/test-area.ts';
import { createApp, type App } from './app.ts';
import { joinModules, type Modules } from './modules.ts';
import { fixedClock } from './platform/clock.ts';
import { readConfig } from './platform/config.ts';
import { openDatabase, type Database } from './platform/database.ts';
import { createLogger } from './platform/http/log.ts';
import { prepareJobs } from './platform/jobs.ts';
import { testDatabase, type TestDatabase } from './platform/test-database.ts';

// The whole service as it is joined: who reaches which page. One person detained at the first suite; everybody in
// every role tries every page about them.

const dataDir = mkdtempSync(join(tmpdir(), 'throughline-app-'));
const clock = fixedClock(Temporal.Now.instant());
let files: TestDatabase;
let database: Database;
let owner: Database;
let area: TestArea;
let modules: Modules;
let app: App;
let personId: string;

before(async () => {
  files = await testDatabase();
  await prepareJobs(files.ownerUrl);
  database = openDatabase({ appUrl: files.appUrl });
  owner = openDatabase({ appUrl: files.ownerUrl, poolSize: 2 });
  area = await testArea(database, owner);
  modules = joinModules({
    database,
    clock,
    baseUrl: 'http://127.0.0.1:3000',
    linkSecret: 'a link secret of tests only, at least 32 characters',
  });
  app = await createApp({
    config: readConfig({ DATA_DIR: dataDir }),
    database,
    clock,
    logger: createLogger({ level: 'silent' }),
    csrfSecret: 'a secret of tests only, at least 32 characters',
    appUrl: files.appUrl,
    modules,
  });
  await app.server.ready();
  const { receiveCustodyEvents, parseCustodyEvents } = await import('./custody/index.ts');
  const received = await receiveCustodyEvents(
    modules.custody,
    area.system,
    parseCustodyEvents(
      new TextEncoder().encode(
        JSON.stringify({
          force: '06',
          custodyNumber: 'T/1',
          eventId: 't-1',
          kind: 'arrived',
          happenedAt: clock.now().subtract({ hours: 2 }).toString(),
          suite: { code: '06LS' },
          place: '4',
          person: { givenName: 'Rosalind', familyName: 'Thistlewaite', birthDate: '1990-02-03' },
        }),
      ),
      clock.now(),
    ),
  );
  personId = received.events[0]?.personId ?? '';
  assert.notEqual(personId, '');
});
after(async () => {
  await app.close();
  await database.close();
  await owner.close();
  await files.drop();
  rmSync(dataDir, { recursive: true });
});

const get = (role: Role | null, url: string) =>
  app.server.inject({
    method: 'GET',
    url,
    ...(role === null ? {} : { cookies: { throughline_session: area.cookies[role] } }),
  });

test('every route names a permission that somebody holds, or is one of the few that are open to all', () => {
  const open = app.server
    .routes()
    .filter((route) => route.permission === 'public')
    .map((route) => route.url);
  for (const route of app.server.routes())
    assert.ok(
      route.permission === 'public' || isPermission(route.permission),
      `${route.method} ${route.url}`,
    );
  // Signing in, links without an account, interfaces with a token, what the service says of itself, health.
  const expected =
    /^\/(sign-in|signed-out|sign-out|choose-role|lock|identity|r\/|a\/|api\/|health\/|metrics|assets\/|accessibility|privacy|help|favicon)/;
  assert.deepEqual(
    open.filter((url) => !expected.test(url)),
    [],
  );
});

/** Every page about a person that can be asked for with nothing but their id. */
function personPages(): string[] {
  return [
    ...new Set(
      app.server
        .routes()
        .filter((route) => route.method === 'GET' && route.permission !== 'public')
        .map((route) => route.url)
        .filter((url) => url.startsWith('/people/:personId') && !/:(?!personId)/.test(url)),
    ),
  ].map((url) => url.replace(':personId', personId));
}

/** Pages anybody may reach about a person without a relationship: the one that asks for a reason, and the review. */
const withoutRelationship = [/\/break-glass$/];

test('the practitioner of the suite opens every page about somebody detained there', async () => {
  const pages = personPages();
  assert.ok(pages.length >= 14, String(pages.length));
  for (const page of pages) {
    const answer = await get('custody-practitioner', page);
    assert.ok([200, 303].includes(answer.statusCode), `${page} answered ${String(answer.statusCode)}`);
  }
});

test('no page about a person answers anybody without a relationship, in any role', async () => {
  const without: readonly Role[] = [
    'court-practitioner',
    'navigator',
    'partner-worker',
    'justice-reader',
    'commissioner',
    'privacy-officer',
    'administrator',
  ];
  for (const page of personPages().filter(
    (url) => !withoutRelationship.some((pattern) => pattern.test(url)),
  )) {
    for (const role of without) {
      const answer = await get(role, page);
      assert.ok(
        [403, 404].includes(answer.statusCode),
        `${role} ${page} answered ${String(answer.statusCode)}`,
      );
      assert.doesNotMatch(answer.body, /Rosalind|Thistlewaite/, `${role} ${page}`);
    }
  }
});

test('a practitioner of another suite is told there is no such page', async () => {
  const { cookie } = await area.worker('Somebody at Swinton', 'custody-practitioner', area.otherSuiteId);
  for (const page of personPages().filter(
    (url) => !withoutRelationship.some((pattern) => pattern.test(url)),
  )) {
    const answer = await app.server.inject({
      method: 'GET',
      url: page,
      cookies: { throughline_session: cookie },
    });
    assert.equal(answer.statusCode, 404, page);
    assert.doesNotMatch(answer.body, /Rosalind|Thistlewaite/, page);
  }
});

test('nobody who is not signed in sees anything but the way in', async () => {
  for (const page of [
    ...personPages(),
    '/suites',
    '/courts',
    '/today',
    '/people?q=thistlewaite',
    '/outbox',
    '/insight',
  ]) {
    const answer = await get(null, page);
    assert.equal(answer.statusCode, 303, page);
    assert.match(answer.headers.location ?? '', /^\/sign-in/);
  }
});

test('every role has a page to start on that answers', async () => {
  for (const role of Object.keys(roles) as Role[]) {
    let answer = await get(role, '/');
    for (let steps = 0; steps < 3 && answer.statusCode === 303; steps += 1)
      answer = await get(role, answer.headers.location ?? '/');
    assert.equal(answer.statusCode, 200, `${role} ends on ${String(answer.statusCode)}`);
  }
});

test('every entry of every role’s menu answers', async () => {
  for (const role of Object.keys(roles) as Role[]) {
    const start = await get(role, roles[role].startsOn);
    const body =
      start.statusCode === 303 ? (await get(role, start.headers.location ?? '/')).body : start.body;
    const links = [...body.matchAll(/class="nhsuk-header__navigation-link" href="([^"]+)"/g)].map(
      (found) => found[1] ?? '',
    );
    assert.ok(links.length >= 1, role);
    for (const link of links) {
      const answer = await get(role, link);
      assert.ok(
        [200, 303].includes(answer.statusCode),
        `${role} ${link} answered ${String(answer.statusCode)}`,
      );
    }
  }
});
