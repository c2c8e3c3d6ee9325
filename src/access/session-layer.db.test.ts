import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { fixedClock } from '../platform/clock.ts';
import { countQueries, type Database } from '../platform/database.ts';
import { startSession } from './session-store.ts';
import type { TestArea } from './test-area.ts';
import { testSetting, type TestSetting } from './test-setting.ts';
import { testServer, type TestServer } from './test-server.ts';
import { viewerOf } from './request-viewer.ts';
import type { Role } from './viewer.ts';

const clock = fixedClock('2026-11-24T09:12:00Z');
let setting: TestSetting;
let database: Database;
let area: TestArea;
let web: TestServer;

before(async () => {
  setting = await testSetting();
  ({ database, area } = setting);
  web = await testServer({
    database,
    clock,
    register: (server) => {
      server.get('/board', { config: { permission: 'suite-board.view' } }, (request, reply) =>
        reply.send({ viewer: viewerOf(request) }),
      );
      server.post('/board', { config: { permission: 'suite-board.view' } }, async () => ({ saved: true }));
      server.get('/open', { config: { permission: 'public' } }, (request, reply) =>
        reply.send({ name: request.viewer?.name ?? null }),
      );
    },
  });
});
after(async () => {
  await web.close();
  await setting.close();
});

/** A session begun at the test clock's own time, so that limits can be met. */
function session(role: Role, kiosk = false): Promise<{ id: string; token: string }> {
  const { workerId, workerRoleId } = area.viewers[role];
  return database.transaction({ kind: 'system', area: area.areaId }, (tx) =>
    startSession(tx, { workerId, workerRoleId, kiosk, providerSession: null }, clock.now()),
  );
}

async function stored(id: string) {
  return database.transaction({ kind: 'system', area: area.areaId }, (tx) =>
    tx.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  );
}

/** Stands at this time for one test, then goes back. */
async function at<T>(time: string, work: () => Promise<T>): Promise<T> {
  const before = clock.now();
  clock.set(time);
  try {
    return await work();
  } finally {
    clock.set(before);
  }
}

test('a practitioner who is signed in is known with role, team and site, in one query', async () => {
  const cookie = area.cookies['custody-practitioner'];
  const { value, queries } = await countQueries(() => web.get(cookie, '/board'));
  assert.equal(value.statusCode, 200);
  assert.deepEqual(value.json<{ viewer: unknown }>().viewer, area.viewers['custody-practitioner']);
  assert.equal(queries.filter((query) => /from "session"/.test(query)).length, 1);
  assert.equal(queries.filter((query) => /^(select|update|insert|delete)/.test(query)).length, 2); // with set_config
});

test('somebody who is not signed in is asked to, and brought back to the page afterwards', async () => {
  const answer = await web.get(null, '/board?suite=1');
  assert.equal(answer.statusCode, 303);
  assert.equal(answer.headers.location, '/sign-in?to=%2Fboard%3Fsuite%3D1');
  assert.equal((await web.get('a-made-up-cookie', '/board')).statusCode, 303);
  assert.equal((await web.get(null, '/open')).json<{ name: null }>().name, null);
});

test('a role that does not include a page is told so, with the role’s name', async () => {
  const answer = await web.get(area.cookies.navigator, '/board');
  assert.equal(answer.statusCode, 403);
  assert.match(answer.body, /Community navigator/);
});

test('a session that was not used for thirty minutes ends, and stays ended', async () => {
  const { id, token } = await session('lead');
  await at('2026-11-24T09:41:59Z', async () =>
    assert.equal((await web.get(token, '/board')).statusCode, 200),
  );
  await at('2026-11-24T10:12:00Z', async () =>
    assert.equal((await web.get(token, '/board')).statusCode, 303),
  );
  assert.equal((await stored(id)).end_reason, 'idle');
  assert.equal((await web.get(token, '/board')).statusCode, 303, 'the clock going back opens nothing');
});

test('a session ends after twelve hours however busy it was', async () => {
  const { id, token } = await session('lead');
  for (let hour = 9; hour < 21; hour += 1) {
    for (const minute of ['14', '38']) {
      const time = `2026-11-24T${String(hour).padStart(2, '0')}:${minute}:00Z`;
      await at(time, async () => web.get(token, '/board'));
    }
    const late = `2026-11-24T${String(hour).padStart(2, '0')}:59:00Z`;
    await at(late, async () => web.get(token, '/board'));
  }
  await at('2026-11-24T21:11:00Z', async () =>
    assert.equal((await web.get(token, '/board')).statusCode, 200),
  );
  await at('2026-11-24T21:12:00Z', async () =>
    assert.equal((await web.get(token, '/board')).statusCode, 303),
  );
  assert.equal((await stored(id)).end_reason, 'expired');
});

test('a shared machine locks after five minutes and shows nothing until somebody signs in', async () => {
  const { id, token } = await session('custody-practitioner', true);
  await at('2026-11-24T09:16:59Z', async () =>
    assert.equal((await web.get(token, '/board')).statusCode, 200),
  );
  await at('2026-11-24T09:22:00Z', async () => {
    assert.equal((await web.get(token, '/board')).statusCode, 303);
    const row = await stored(id);
    assert.equal(row.locked_at?.toString(), '2026-11-24T09:22:00Z');
    assert.equal(row.ended_at, null);
  });
  await at('2026-11-24T09:23:00Z', async () =>
    assert.equal((await web.get(token, '/board')).statusCode, 303),
  );
});

test('a session that is used often is written down at most once a minute', async () => {
  const { token } = await session('lead');
  const updates = async (time: string) => {
    const { queries } = await at(time, () => countQueries(() => web.get(token, '/board')));
    return queries.filter((query) => query.startsWith('update')).length;
  };
  assert.equal(await updates('2026-11-24T09:12:30Z'), 0);
  assert.equal(await updates('2026-11-24T09:13:00Z'), 1);
  assert.equal(await updates('2026-11-24T09:13:40Z'), 0);
});

test('a role that has ended, or a worker who has left, opens nothing from that moment', async () => {
  const gone = await area.worker('Bola Adeyemi', 'lead');
  assert.equal((await web.get(gone.cookie, '/board')).statusCode, 200);
  await database.transaction({ kind: 'system', area: area.areaId }, (tx) =>
    tx
      .updateTable('worker_role')
      .set({ valid_to: Temporal.PlainDate.from('2026-11-23') })
      .where('id', '=', gone.viewer.workerRoleId)
      .execute(),
  );
  assert.equal((await web.get(gone.cookie, '/board')).statusCode, 303);
  const left = await area.worker('Ines Duarte', 'lead');
  await database.transaction({ kind: 'system', area: area.areaId }, (tx) =>
    tx.updateTable('worker').set({ active: false }).where('id', '=', left.viewer.workerId).execute(),
  );
  assert.equal((await web.get(left.cookie, '/board')).statusCode, 303);
});

test('a form is accepted with its own session’s token and with no other', async () => {
  const lead = area.cookies.lead;
  assert.equal((await web.post(lead, '/board')).statusCode, 200);
  assert.equal((await web.post(lead, '/board', { _csrf: '' })).statusCode, 403);
  assert.equal((await web.post(lead, '/board', { _csrf: 'salt.forged' })).statusCode, 403);
  const page = await web.get(area.cookies['custody-healthcare'], '/form-for-tests');
  const stolen = /name="_csrf" value="([^"]*)"/.exec(page.body)?.[1] ?? '';
  assert.equal((await web.post(lead, '/board', { _csrf: stolen })).statusCode, 403);
  assert.equal(
    (await web.post(area.cookies['custody-healthcare'], '/board', { _csrf: stolen })).statusCode,
    200,
  );
});

test('a route that asks for a permission nobody has stops the start', async () => {
  await assert.rejects(
    testServer({
      database,
      clock,
      register: (server) => {
        server.get('/odd', { config: { permission: 'everything' } }, async () => ({}));
      },
    }),
    /GET \/odd asks for everything/,
  );
});
