import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import {
  createOidc,
  DEMONSTRATION_ISSUER,
  embeddedOidcSettings,
  registerEmbeddedProvider,
  registerSignInRoutes,
  viewerOf,
  type Role,
} from './access/index.ts';
import { testArea, type TestArea } from './access/test-area.ts';
import {
  choose,
  field,
  freePort,
  signIn as signInTo,
  testBrowser,
  type TestBrowser,
} from './access/test-browser.ts';
import { testServer, type TestServer } from './access/test-server.ts';
import { recordAudit } from './audit/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/database.ts';
import { testIdentity } from './test-identity.ts';

// The whole way in, over HTTP, through the real embedded provider: nothing here is pretended.

/** The machine's time (the provider's tokens are stamped with it), moved on by a test when it must. */
let ahead = Temporal.Duration.from({ seconds: 0 });
const clock: Clock = { now: () => Temporal.Now.instant().add(ahead) };
let identity: Awaited<ReturnType<typeof testIdentity>>;
let database: Database;
let owner: Database;
let keys: typeof identity.keys;
let area: TestArea;
let web: TestServer;
let base: string;

before(async () => {
  identity = await testIdentity(clock, (server) => {
    server.get('/who', { config: { permission: 'signed-in' } }, (request, reply) =>
      reply.send(viewerOf(request)),
    );
    server.get('/suites', { config: { permission: 'suite-board.view' } }, (_request, reply) =>
      reply.send('suite board'),
    );
  });
  ({ database, owner, area, keys, web, base } = identity);
});
after(() => identity.close());

const browser = () => testBrowser(base);
const signIn = (at: TestBrowser, name: string, path = '/who') => signInTo(at, name, path);

function sessions(name: string) {
  return database.transaction({ kind: 'system', area: area.areaId }, (tx) =>
    tx
      .selectFrom('session')
      .innerJoin('worker', 'worker.id', 'session.worker_id')
      .select(['session.id', 'session.end_reason', 'session.kiosk', 'worker.subject', 'session.token_hash'])
      .where('worker.name', '=', name)
      // The ready-made sessions of the test area were not begun by signing in.
      .where('session.created_at', '<', Temporal.Instant.from('2100-01-01T00:00:00Z'))
      .orderBy('session.created_at')
      .execute(),
  );
}

async function somebody(name: string, role: Role) {
  const made = await area.worker(name, role);
  await database.transaction({ kind: 'system', area: area.areaId }, (tx) =>
    tx
      .updateTable('worker')
      .set({ issuer: DEMONSTRATION_ISSUER })
      .where('id', '=', made.viewer.workerId)
      .execute(),
  );
  return made.viewer;
}

async function later<T>(by: Temporal.DurationLike, work: () => Promise<T>): Promise<T> {
  ahead = Temporal.Duration.from(by);
  try {
    return await work();
  } finally {
    ahead = Temporal.Duration.from({ seconds: 0 });
  }
}

test('a practitioner signs in through the provider and lands on the page they asked for', async () => {
  const hannah = await somebody('Hannah Osei', 'custody-practitioner');
  const at = browser();
  const page = await signIn(at, 'Hannah Osei', '/who?from=board');
  assert.equal(page.status, 200);
  assert.equal(new URL(page.url).pathname + new URL(page.url).search, '/who?from=board');
  const seen = JSON.parse(page.text) as { name: string; role: string; workerId: string };
  assert.deepEqual(
    [seen.name, seen.role, seen.workerId],
    ['Hannah Osei', 'custody-practitioner', hannah.workerId],
  );
  const [session] = await sessions('Hannah Osei');
  const stored = session?.token_hash.toString('hex');
  assert.notEqual(stored, undefined);
  assert.ok(
    !stored?.includes(Buffer.from(at.cookie() ?? '').toString('hex')),
    'the token itself is not stored',
  );
  const events = await database.transaction({ kind: 'system', area: area.areaId }, (tx) =>
    tx
      .selectFrom('audit_event')
      .select(['action', 'worker_role'])
      .where('worker_id', '=', hannah.workerId)
      .execute(),
  );
  assert.deepEqual(events, [{ action: 'signed-in', worker_role: 'custody-practitioner' }]);
});

test('without a page in mind, a worker starts on the page of their role', async () => {
  await somebody('Sanjay Mistry', 'custody-healthcare');
  const page = await signIn(browser(), 'Sanjay Mistry', '/sign-in');
  assert.equal(new URL(page.url).pathname, '/suites');
  assert.equal(page.text, 'suite board');
});

test('the session cookie is closed to scripts and to other sites', async () => {
  const at = browser();
  const page = await choose(at, await at.go('/who'), 'Worker navigator', '/sign-in/return');
  const answer = await at.step(page.url);
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('throughline_session='));
  assert.match(cookie ?? '', /HttpOnly/);
  assert.match(cookie ?? '', /SameSite=Lax/);
  assert.match(cookie ?? '', /Path=\//);
  assert.doesNotMatch(cookie ?? '', /Secure/, 'the address is not https');
});

test('coming back with another state is refused, and signs nobody in', async () => {
  const at = browser();
  const back = await choose(at, await at.go('/who'), 'Worker lead', '/sign-in/return');
  const forged = new URL(back.url);
  forged.searchParams.set('state', 'somebody-else');
  assert.equal((await at.step(forged.href)).status, 400);
  assert.equal(at.cookie(), null);
});

test('a code is redeemed once: opening the same return address again is refused', async () => {
  const at = browser();
  const back = await choose(at, await at.go('/who'), 'Worker lead', '/sign-in/return');
  assert.equal((await at.step(back.url)).status, 303);
  assert.equal((await at.step(back.url)).status, 400);
});

test('a sign-in that was started in another browser cannot be finished in this one', async () => {
  const attacker = browser();
  const back = await choose(attacker, await attacker.go('/who'), 'Worker lead', '/sign-in/return');
  const victim = browser();
  await victim.go('/who'); // has a sign-in of their own under way
  assert.equal((await victim.step(back.url)).status, 400);
  assert.equal(victim.cookie(), null);
});

test('a sign-in that took longer than ten minutes is started again', async () => {
  const at = browser();
  const back = await choose(at, await at.go('/who'), 'Worker lead', '/sign-in/return');
  const answer = await later({ minutes: 11 }, () => at.step(back.url));
  assert.equal(answer.status, 400);
  assert.match(await answer.text(), /longer than 10 minutes/);
});

test('a code that the provider does not know is refused', async () => {
  const at = browser();
  const back = await choose(at, await at.go('/who'), 'Worker lead', '/sign-in/return');
  const forged = new URL(back.url);
  forged.searchParams.set('code', 'made-up');
  const answer = await at.step(forged.href);
  assert.equal(answer.status, 400);
  assert.match(await answer.text(), /did not confirm/);
});

test('the provider answers nobody who brings no proof key', async () => {
  const query = new URLSearchParams({
    client_id: 'throughline',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: `${base}/sign-in/return`,
    state: 'x',
  });
  const answer = await browser().step(`/identity/auth?${query.toString()}`);
  assert.match(answer.headers.get('location') ?? '', /error=invalid_request/);
});

test('a session token that was planted before signing in is worth nothing afterwards', async () => {
  const at = browser();
  at.jar.set('throughline_session', { value: 'planted-by-somebody-else', path: '/' });
  await signIn(at, 'Worker lead');
  assert.notEqual(at.cookie(), 'planted-by-somebody-else');
  assert.equal((await web.get('planted-by-somebody-else', '/who')).statusCode, 303);
});

test('signing in again ends the earlier session and gives a new token', async () => {
  await somebody('Iwona Zielinska', 'lead');
  const at = browser();
  await signIn(at, 'Iwona Zielinska');
  const first = at.cookie();
  const page = await at.go('/sign-in/start');
  await choose(at, page, 'Iwona Zielinska', '/team');
  assert.notEqual(at.cookie(), first);
  assert.equal((await web.get(first, '/who')).statusCode, 303);
  assert.deepEqual(
    (await sessions('Iwona Zielinska')).map((row) => row.end_reason),
    ['signed-in-again', null],
  );
});

test('a worker with two roles chooses, and everything goes by the role that was chosen', async () => {
  const viewer = await somebody('Maureen Fielding', 'court-practitioner');
  await database.transaction({ kind: 'system', area: area.areaId }, (tx) =>
    tx
      .insertInto('worker_role')
      .values({ area_id: area.areaId, worker_id: viewer.workerId, role: 'navigator', team_id: null })
      .execute(),
  );
  const at = browser();
  const page = await signIn(at, 'Maureen Fielding', '/who');
  assert.match(page.text, /Which role are you working in/);
  assert.equal((await at.go('/who')).url, `${base}/choose-role?to=%2Fwho`, 'nothing opens before the choice');
  const before = at.cookie();
  const navigator = /value="([^"]+)"><strong>Community navigator/.exec(page.text)?.[1] ?? '';
  const chosen = await at.go('/choose-role', { _csrf: field(page, '_csrf'), role: navigator, to: '/who' });
  assert.equal((JSON.parse(chosen.text) as { role: string }).role, 'navigator');
  assert.notEqual(at.cookie(), before);
  assert.equal(
    (await web.get(before, '/who')).statusCode,
    303,
    'the token from before the choice is worth nothing',
  );
  const others = area.viewers.lead.workerRoleId;
  const refused = await web.post(at.cookie(), '/choose-role', { role: others });
  assert.equal(refused.statusCode, 403, 'nobody takes a role that is somebody else’s');
});

test('on a shared machine the next person signs in as themselves and the last one’s session ends', async () => {
  await somebody('Tomasz Nowak', 'custody-practitioner');
  await somebody('Abena Mensah', 'custody-healthcare');
  const at = browser();
  at.jar.set('throughline_shared_computer', { value: '1', path: '/' });
  await signIn(at, 'Tomasz Nowak', '/who?person=of-tomasz');
  const first = at.cookie();
  const locked = await web.post(first, '/lock');
  assert.equal(locked.headers.location, '/sign-in');
  const page = await at.go('/who?person=of-tomasz');
  assert.match(page.text, /This computer is locked/);
  const again = /href="(\/sign-in\/start[^"]*)"/.exec(page.text)?.[1] ?? '';
  const choosing = await at.go(again.replaceAll('&amp;', '&'));
  const landed = await choose(at, choosing, 'Abena Mensah');
  assert.equal(new URL(landed.url).pathname, '/suites', 'Abena does not land on the page Tomasz had open');
  assert.deepEqual(
    (await sessions('Tomasz Nowak')).map((row) => [row.kiosk, row.end_reason]),
    [[true, 'switched']],
  );
  assert.equal((await web.get(first, '/who')).statusCode, 303);
});

test('opening the address of the lock page locks nothing by itself', async () => {
  const at = browser();
  await signIn(at, 'Worker lead');
  assert.match((await at.go('/lock')).text, /Lock this computer/);
  assert.equal((await at.go('/who')).status, 200);
});

test('the person who locked the machine goes back to where they were', async () => {
  await somebody('Bilal Qureshi', 'custody-practitioner');
  const at = browser();
  await signIn(at, 'Bilal Qureshi');
  await web.post(at.cookie(), '/lock');
  const page = await at.go('/who?at=cell-4');
  const again = /href="(\/sign-in\/start[^"]*)"/.exec(page.text)?.[1] ?? '';
  const landed = await choose(at, await at.go(again), 'Bilal Qureshi');
  assert.equal(landed.url, `${base}/who?at=cell-4`);
});

test('signing out ends the session, and the next sign-in asks who it is', async () => {
  const at = browser();
  await signIn(at, 'Worker navigator');
  const token = at.cookie();
  const out = await web.post(token, '/sign-out');
  assert.equal(out.headers.location, '/signed-out');
  assert.equal((await web.get(token, '/who')).statusCode, 303);
  assert.match((await at.go('/who')).text, /Choose who to be/);
});

test('somebody whose session ended by idling is told why before they sign in again', async () => {
  const at = browser();
  await signIn(at, 'Worker lead');
  const page = await later({ minutes: 31 }, () => at.go('/who'));
  assert.match(page.text, /Nothing was done here for a while/);
});

test('a link to the sign-in page cannot lead to another website', async () => {
  const at = browser();
  const landed = await signIn(at, 'Worker lead', '/sign-in?to=https%3A%2F%2Felsewhere.example%2F');
  assert.equal(new URL(landed.url).origin, base);
  const open = await at.step('/sign-in?to=%2F%2Felsewhere.example');
  assert.equal(open.headers.get('location'), '/team');
});

test('somebody who has left between choosing and coming back is not let in', async () => {
  const viewer = await somebody('Gwen Pritchard', 'lead');
  const at = browser();
  const back = await choose(at, await at.go('/who'), 'Gwen Pritchard', '/sign-in/return');
  await database.transaction({ kind: 'system', area: area.areaId }, (tx) =>
    tx.updateTable('worker').set({ active: false }).where('id', '=', viewer.workerId).execute(),
  );
  assert.equal((await at.step(back.url)).status, 400);
  assert.equal(at.cookie(), null);
});

test('somebody whose last role has ended is told whom to ask', async () => {
  const viewer = await somebody('Piotr Lis', 'lead');
  const at = browser();
  const back = await choose(at, await at.go('/who'), 'Piotr Lis', '/sign-in/return');
  await database.transaction({ kind: 'system', area: area.areaId }, (tx) =>
    tx
      .updateTable('worker_role')
      .set({ valid_to: Temporal.PlainDate.from('2020-01-01') })
      .where('id', '=', viewer.workerRoleId)
      .execute(),
  );
  const answer = await at.step(back.url);
  assert.equal(answer.status, 403);
  assert.match(await answer.text(), /no current role here/);
  assert.equal(at.cookie(), null);
});

test('somebody the provider knows but who is not set up here is not let in, and it is written down', async () => {
  // The same provider, in an installation whose workers are known by another one.
  const oidc = createOidc({ ...embeddedOidcSettings(base, keys), workerIssuer: 'https://elsewhere.example' });
  const other = await testServer({
    database,
    clock,
    register: (server) =>
      registerSignInRoutes(server, { database, clock, oidc, audit: recordAudit, baseUrl: base }),
  });
  try {
    const begun = await other.get(null, '/sign-in/start');
    const at = browser();
    for (const cookie of begun.cookies) at.jar.set(cookie.name, { value: cookie.value, path: '/sign-in' });
    const page = await at.go(begun.headers.location ?? '');
    const back = new URL((await choose(at, page, 'Worker lead', '/sign-in/return')).url);
    const answer = await other.server.inject({
      url: back.pathname + back.search,
      cookies: Object.fromEntries(begun.cookies.map((cookie) => [cookie.name, cookie.value])),
    });
    assert.equal(answer.statusCode, 403);
    assert.match(answer.body, /not set up here/);
    const written = await database.transaction({ kind: 'system', area: area.areaId }, (tx) =>
      tx.selectFrom('audit_event').select('subject_kind').where('action', '=', 'refused').execute(),
    );
    assert.deepEqual(written, [{ subject_kind: 'sign-in' }]);
  } finally {
    await other.close();
  }
});

test('when the provider does not answer, the page says so and what to do', async () => {
  const nowhere = `http://127.0.0.1:${String(await freePort())}`;
  const oidc = createOidc(embeddedOidcSettings(nowhere, keys));
  const other = await testServer({
    database,
    clock,
    register: (server) =>
      registerSignInRoutes(server, { database, clock, oidc, audit: recordAudit, baseUrl: base }),
  });
  try {
    const answer = await other.get(null, '/sign-in/start');
    assert.equal(answer.statusCode, 503);
    assert.match(answer.body, /did not answer/);
  } finally {
    await other.close();
  }
});

test('people of an area that is not a demonstration are never offered', async () => {
  const elsewhere = await testArea(database, owner, 'A real area');
  await database.transaction({ kind: 'system', area: elsewhere.areaId }, (tx) =>
    tx
      .updateTable('worker')
      .set({ issuer: DEMONSTRATION_ISSUER, name: 'A real nurse' })
      .where('area_id', '=', elsewhere.areaId)
      .execute(),
  );
  const at = browser();
  const page = await at.go('/who');
  assert.doesNotMatch(page.text, /A real nurse/);
  const forced = await at.go(new URL(page.url).pathname, {
    _csrf: field(page, '_csrf'),
    as: (await subjectOf(elsewhere.viewers.lead.workerId)) ?? '',
  });
  assert.equal(forced.status, 404);
});

async function subjectOf(workerId: string): Promise<string | undefined> {
  const row = await database.transaction({ kind: 'system', area: area.areaId }, (tx) =>
    tx.selectFrom('worker').select('subject').where('id', '=', workerId).executeTakeFirst(),
  );
  return row?.subject;
}

test('the provider of invented people does not start in production', () => {
  assert.throws(
    () => registerEmbeddedProvider(web.server, { database, clock, baseUrl: base, keys, production: true }),
    /does not run in production/,
  );
});

// Default deny ---------------------------------------------------------------------------------------------------

test('only signing in, and what checks its own token, is open to somebody who is not signed in', () => {
  const own = new Set(['/form-for-tests']);
  const open = web.server
    .routes()
    .filter((route) => route.permission === 'public' && route.method !== 'HEAD' && !own.has(route.url))
    .map((route) => `${route.method} ${route.url}`);
  assert.deepEqual([...new Set(open)].toSorted(), [
    'GET /assets/*',
    'GET /choose-role',
    'GET /health/live',
    'GET /health/ready',
    'GET /identity/*',
    'GET /identity/step/:step',
    'GET /metrics',
    'GET /sign-in',
    'GET /sign-in/return',
    'GET /sign-in/start',
    'GET /signed-out',
    'OPTIONS /identity/*',
    'POST /choose-role',
    'POST /identity/*',
    'POST /identity/step/:step',
    'POST /sign-in/back-channel-logout',
  ]);
});

test('the form that chooses a person is refused without its token', async () => {
  const at = browser();
  const page = await at.go('/who');
  const answer = await at.step(new URL(page.url).pathname, { as: 'anybody', _csrf: 'forged.token' });
  assert.equal(answer.status, 403);
});
