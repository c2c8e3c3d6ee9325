import assert from 'node:assert/strict';
import { connect as connectTo, createServer } from 'node:net';
import type { Socket } from 'node:net';
import test, { after, before } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Client, Pool } from 'pg';
import { fixedClock } from '../clock.ts';
import { testServer } from '../http/test-server.ts';
import { testDatabase } from '../test-database.ts';
import type { TestDatabase } from '../test-database.ts';
import { createLiveHub } from './hub.ts';
import type { LiveSignal } from './hub.ts';
import { startListener } from './listener.ts';
import { addLiveRoutes } from './live-routes.ts';
import type { LiveRouteOptions } from './live-routes.ts';
import { touch } from './touch.ts';

let database: TestDatabase;
let db: Kysely<Record<string, never>>;

before(async () => {
  database = await testDatabase();
  const pool = new Pool({ connectionString: database.appUrl, max: 2 });
  db = new Kysely({ dialect: new PostgresDialect({ pool }) });
});

after(async () => {
  await db.destroy();
  await database.drop();
});

async function listening(t: TestContext) {
  const hub = createLiveHub();
  const states: string[] = [];
  const listener = await startListener({
    hub,
    retryAfter: 20,
    onState: (state) => states.push(state),
    connect: async () => {
      const client = new Client({ connectionString: database.appUrl, application_name: 'live-test' });
      await client.connect();
      return client;
    },
  });
  t.after(async () => {
    hub.close();
    await listener.close();
  });
  return { hub, listener, states };
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if (condition()) return;
    await pause(10);
  }
  assert.fail(`waited 3 seconds for: ${what}`);
}

test('a page hears of a change when it is saved, and never when it is not', async (t) => {
  const { hub } = await listening(t);
  const heard: LiveSignal[] = [];
  hub.subscribe(['suite:1'], (signal) => heard.push(signal));
  const failing = db.transaction().execute(async (tx) => {
    await touch(tx, ['suite:1']);
    throw new Error('not saved');
  });
  await assert.rejects(failing);
  await db.transaction().execute(async (tx) => {
    await touch(tx, ['suite:2']);
  });
  await pause(50);
  assert.deepEqual(heard, []);
  const start = performance.now();
  await db.transaction().execute(async (tx) => touch(tx, ['suite:2', 'suite:1']));
  await until(() => heard.length > 0, 'the change');
  assert.ok(performance.now() - start < 1000, 'within a second of being saved');
  assert.deepEqual(heard, ['changed']);
});

test('when the feed breaks pages are told, and when it is back they look again', async (t) => {
  const { hub, listener, states } = await listening(t);
  const heard: LiveSignal[] = [];
  hub.subscribe(['suite:1'], (signal) => heard.push(signal));
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  t.after(() => owner.end());
  await sql`select 1`.execute(db);
  const ended = await db
    .transaction()
    .execute(async (tx) =>
      sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'live-test'`.execute(
        tx,
      ),
    );
  assert.ok(ended.rows.length > 0);
  await until(() => heard.includes('changed'), 'the feed to be back');
  assert.deepEqual(heard, ['lost', 'changed']);
  assert.deepEqual(states, ['listening', 'lost', 'listening']);
  assert.ok(listener.listening);
  await db.transaction().execute(async (tx) => touch(tx, ['suite:1']));
  await until(() => heard.length === 3, 'a change over the new connection');
});

test('a network that goes silent is noticed, and the feed comes back over a new connection', async (t) => {
  const target = new URL(database.appUrl);
  const pairs: { near: Socket; far: Socket }[] = [];
  const proxy = createServer((near) => {
    const far = connectTo({ host: target.hostname, port: Number(target.port) });
    pairs.push({ near, far });
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const through = proxy.address();
  assert.ok(typeof through === 'object' && through !== null);
  const hub = createLiveHub();
  const states: string[] = [];
  const listener = await startListener({
    hub,
    retryAfter: 20,
    checkEvery: 50,
    answerWithin: 200,
    onState: (state) => states.push(state),
    connect: async () => {
      const url = new URL(database.appUrl);
      url.host = `127.0.0.1:${through.port}`;
      const client = new Client({ connectionString: url.href });
      await client.connect();
      return client;
    },
  });
  t.after(async () => {
    hub.close();
    await listener.close();
    for (const { near, far } of pairs) {
      near.destroy();
      far.destroy();
    }
    proxy.close();
  });
  const heard: LiveSignal[] = [];
  hub.subscribe(['suite:1'], (signal) => heard.push(signal));
  // Bytes stop, and nobody is told.
  pairs[0]?.near.unpipe();
  pairs[0]?.far.unpipe();
  pairs[0]?.near.pause();
  pairs[0]?.far.pause();
  await until(() => heard.includes('changed'), 'the feed to be back');
  assert.deepEqual(states, ['listening', 'lost', 'listening']);
});

interface OpenStream {
  readonly status: number;
  readonly text: () => string;
  readonly close: () => void;
  readonly ended: () => boolean;
}

async function openStream(address: string, query: string, headers = {}): Promise<OpenStream> {
  const stop = new AbortController();
  const response = await fetch(`${address}/live?${query}`, { signal: stop.signal, headers });
  let text = '';
  let over = false;
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
  };
  void read()
    .catch(() => undefined)
    .finally(() => (over = true));
  return { status: response.status, text: () => text, close: () => stop.abort(), ended: () => over };
}

async function liveServer(t: TestContext, options: Partial<LiveRouteOptions> = {}) {
  const { app } = await testServer({
    authorise: async (request) => (request.sessionKey ? undefined : 'sign-in'),
  });
  const hub = createLiveHub();
  app.addHook('onRequest', async (request) => {
    const session = request.headers['x-test-session'];
    request.sessionKey = typeof session === 'string' ? session : null;
  });
  addLiveRoutes(app, {
    clock: fixedClock('2026-11-24T09:11:00Z'),
    hub,
    permits: async (_request, topics) => topics.filter((topic) => topic !== 'suite:closed'),
    ...options,
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  let closed = false;
  const close = async (): Promise<void> => {
    if (!closed) await app.close();
    closed = true;
  };
  t.after(close);
  return { hub, address, close };
}

const nurse = { 'x-test-session': 'nurse' };

test('an open page is told to look again, with the time, and nothing of what changed', async (t) => {
  const { hub, address } = await liveServer(t);
  const stream = await openStream(address, 'topic=suite:1&topic=suite:2', nurse);
  assert.equal(stream.status, 200);
  await until(() => hub.open === 1, 'the page to be open');
  hub.announce(['suite:2']);
  await until(() => stream.text().includes('turbo-stream'), 'the signal');
  assert.match(stream.text(), /^data: <turbo-stream action="refresh" data-at="09:11"><\/turbo-stream>$/m);
  hub.lost();
  await until(() => stream.text().includes('event: lost'), 'the loss');
  stream.close();
  await until(() => hub.open === 0, 'the page to be forgotten');
});

test('nobody listens who is not signed in, or to what they may not see', async (t) => {
  const { address } = await liveServer(t);
  const anonymous = await fetch(`${address}/live?topic=suite:1`, { redirect: 'manual' });
  assert.equal(anonymous.status, 303);
  const closed = await fetch(`${address}/live?topic=suite:closed`, { headers: nurse });
  assert.equal(closed.status, 404);
  const nonsense = await fetch(`${address}/live?topic=${encodeURIComponent("x'; --")}`, { headers: nurse });
  assert.equal(nonsense.status, 400);
});

test('one session cannot take every stream, and streams end so that access is asked again', async (t) => {
  const { address } = await liveServer(t, { perSession: 2, longest: 150, heartbeat: 40 });
  const first = await openStream(address, 'topic=suite:1', nurse);
  const second = await openStream(address, 'topic=suite:1', nurse);
  const third = await openStream(address, 'topic=suite:1', nurse);
  const other = await openStream(address, 'topic=suite:1', { 'x-test-session': 'someone-else' });
  assert.deepEqual([first.status, second.status, third.status, other.status], [200, 200, 503, 200]);
  await until(() => first.ended() && second.ended(), 'the streams to end by themselves');
  assert.match(first.text(), /: still here/);
  const again = await openStream(address, 'topic=suite:1', nurse);
  assert.equal(again.status, 200);
});

test('the server closes with pages open', async (t) => {
  const { hub, address, close } = await liveServer(t);
  const stream = await openStream(address, 'topic=suite:1', nurse);
  await until(() => hub.open === 1, 'the page to be open');
  const start = performance.now();
  await close();
  assert.ok(performance.now() - start < 2000);
  await until(() => stream.ended(), 'the stream to end');
  assert.equal(hub.open, 0);
});
