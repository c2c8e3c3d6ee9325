import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { TestArea } from './access/test-area.ts';
import { testSetting, type TestSetting } from './access/test-setting.ts';
import { testServer, type TestServer } from './access/test-server.ts';
import { systemClock } from './platform/clock.ts';
import type { Database } from './platform/database.ts';
import { createLiveHub, type LiveHub } from './platform/live/hub.ts';
import { addLiveRoutes } from './platform/live/live-routes.ts';

let setting: TestSetting;
let database: Database;
let area: TestArea;
let web: TestServer;
let hub: LiveHub;

before(async () => {
  setting = await testSetting();
  ({ database, area } = setting);
  hub = createLiveHub();
  web = await testServer({
    database,
    register: (server) =>
      addLiveRoutes(server, { clock: systemClock, hub, permits: async (_request, topics) => topics }),
  });
  await web.server.listen({ host: '127.0.0.1', port: 0 });
});
after(async () => {
  hub.close();
  await web.close();
  await setting.close();
});

test('somebody signed in hears that their board changed, and somebody who is not is sent to sign in', async () => {
  const address = web.server.listeningOrigin;
  const stranger = await fetch(`${address}/live?topic=suite:1`, { redirect: 'manual' });
  assert.equal(stranger.status, 303);
  const stop = new AbortController();
  const stream = await fetch(`${address}/live?topic=suite:1`, {
    headers: { cookie: `throughline_session=${area.cookies['custody-practitioner']}` },
    signal: stop.signal,
  });
  assert.equal(stream.status, 200);
  const reader = stream.body?.getReader();
  hub.announce(['suite:1']);
  let heard = '';
  while (!heard.includes('turbo-stream')) {
    const piece = await reader?.read();
    assert.ok(piece && !piece.done, heard);
    heard += new TextDecoder().decode(piece.value);
  }
  stop.abort();
});
