import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { createLiveHub } from './hub.ts';
import { isTopic, payloads } from './touch.ts';

test('the first change goes out at once and a burst after it as one', async () => {
  const hub = createLiveHub(60);
  let heard = 0;
  hub.subscribe(['suite:1', 'suite:2'], () => (heard += 1));
  hub.announce(['suite:1', 'suite:2']);
  assert.equal(heard, 1, 'two topics of one page are one signal');
  for (let i = 0; i < 50; i++) hub.announce(['suite:1']);
  assert.equal(heard, 1);
  await pause(120);
  assert.equal(heard, 2, 'the last change is never swallowed');
  hub.close();
});

test('a page hears only its own topics, and nothing once it is closed', async () => {
  const hub = createLiveHub(30);
  const heard: string[] = [];
  const stop = hub.subscribe(['suite:1'], (signal) => heard.push(signal));
  hub.announce(['suite:2']);
  assert.deepEqual(heard, []);
  hub.announceAll();
  hub.announce(['suite:1']);
  stop();
  await pause(60);
  assert.deepEqual(heard, ['changed'], 'the waiting signal went with the page');
  assert.equal(hub.open, 0);
});

test('two hundred open boards are told in a few milliseconds', () => {
  const hub = createLiveHub();
  let heard = 0;
  for (let i = 0; i < 200; i++) hub.subscribe(['suite:1', `page:${i}`], () => (heard += 1));
  const start = performance.now();
  hub.announce(['suite:1']);
  assert.equal(heard, 200);
  assert.ok(performance.now() - start < 50);
  hub.close();
});

test('a topic is a word and ids, and never what a person is called', () => {
  for (const good of ['court-day', 'suite:0192f0c1-2222-7333-8444-555566667777', 'court:b01:2026-11-24'])
    assert.ok(isTopic(good), good);
  for (const bad of ['', 'Callum Brennan', 'suite:a b', "x'", 'suite:\nother', 'a'.repeat(101)])
    assert.ok(!isTopic(bad), bad);
  assert.throws(() => payloads(['Callum Brennan']));
});

test('however many topics there are, each payload is one PostgreSQL takes, and none is lost', () => {
  const topics = Array.from({ length: 500 }, (_, i) => `suite:${String(i).padStart(36, '0')}`);
  const found = payloads([...topics, ...topics]);
  assert.ok(found.length > 1);
  for (const payload of found) assert.ok(Buffer.byteLength(payload) < 8000);
  assert.deepEqual(found.join('\n').split('\n'), topics);
});
