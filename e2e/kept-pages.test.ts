import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import type { Browser, Page } from 'playwright-core';
import { fixedClock } from '../src/platform/clock.ts';
import { describeConflict } from '../src/platform/forms/conflict.ts';
import { addDraftRoutes } from '../src/platform/forms/draft-routes.ts';
import { readDraft } from '../src/platform/forms/drafts.ts';
import { oneText, typedBody } from '../src/platform/forms/form.ts';
import { testServer } from '../src/platform/http/test-server.ts';
import { createLiveHub } from '../src/platform/live/hub.ts';
import { addLiveRoutes } from '../src/platform/live/live-routes.ts';
import { testDatabase } from '../src/platform/test-database.ts';
import type { TestDatabase } from '../src/platform/test-database.ts';
import { axeFaults } from './axe.ts';
import { openBrowser } from './browser.ts';

// What a page does by itself in a real browser: changes in place, keeps what is typed, sends once.

const owner = '0192f0c1-0000-7000-8000-000000000001';
const place = { ownerId: owner, form: 'screening', subject: 'cal-1' };
const clock = fixedClock('2026-11-24T09:12:06Z');
const hub = createLiveHub(50);
const names = ['Graham Pell', 'Seun Bakare'];
const sent: unknown[] = [];
const unattended: boolean[] = [];
let mayRead = true;
let database: TestDatabase;
let db: Kysely<Record<string, never>>;
let app: FastifyInstance;
let browser: Browser;
let address: string;

function asOwner<T>(work: (tx: Kysely<Record<string, never>>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('app.worker', ${owner}, true)`.execute(tx);
    return work(tx);
  });
}

before(async () => {
  database = await testDatabase();
  db = new Kysely({
    dialect: new PostgresDialect({ pool: new Pool({ connectionString: database.appUrl, max: 2 }) }),
  });
  ({ app } = await testServer({
    clock,
    viewFolders: [join(import.meta.dirname, 'views')],
    authorise: async () => (mayRead ? undefined : 'not-found'),
  }));
  app.addHook('onRequest', async (request) => {
    request.sessionKey = 'a nurse at the desk';
  });
  addLiveRoutes(app, { clock, hub, permits: async (_request, topics) => topics });
  addDraftRoutes(app, { clock, ownerOf: () => owner, transaction: (_request, work) => asOwner(work) });
  const config = { permission: 'test' };
  const live = (withForm: boolean) => ({ liveTopics: ['suite:1'], count: names.length, names, withForm });
  app.get('/board', { config }, async (request, reply) => {
    unattended.push(request.unattended);
    return reply.page('live-page.njk', live(false));
  });
  app.get('/form', { config }, async (_request, reply) => reply.page('live-page.njk', live(true)));
  app.get('/draft', { config }, async (_request, reply) => {
    const kept = await asOwner((tx) => readDraft(tx, place));
    const note = kept?.content['note'];
    return reply.page('draft-page.njk', { draft: { version: kept?.version ?? 0, note } });
  });
  app.post('/both', { config }, async (request, reply) => {
    const kept = await asOwner((tx) => readDraft(tx, place));
    const other = { who: 'The other window', note: 'Saved', text: oneText(kept?.content ?? {}, 'note') };
    const here = {
      who: 'This window',
      note: 'Not saved yet',
      text: oneText(typedBody(request.body), 'note'),
    };
    return reply.page('pages/conflict.njk', {
      heading: 'You typed in two windows',
      conflict: describeConflict('', other, here),
      base: 'an empty page',
      action: '/kept',
      hidden: {},
    });
  });
  app.post('/kept', { config }, async (request, reply) => {
    sent.push(request.body);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return reply.redirect('/board', 303);
  });
  address = await app.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
});

after(async () => {
  await browser.close();
  await app.close();
  hub.close();
  await db.destroy();
  await database.drop();
});

async function says(page: Page, words: string | RegExp): Promise<void> {
  await page.locator('[role=status]', { hasText: words }).waitFor({ timeout: 5000 });
}

async function opened(path: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 500 } });
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${address}${path}`);
  return { page, complaints };
}

test('a board changes in place: no reload, and the focus stays where the hands are', async () => {
  const { page, complaints } = await opened('/board');
  await says(page, /^Live\. Last change/);
  await page.evaluate('window.sameDocument = true');
  assert.equal(unattended.at(-1), false);
  await page.focus('#link-1');
  names.push('Kwame Asante');
  const start = performance.now();
  hub.announce(['suite:1']);
  await page.getByText('Kwame Asante').waitFor({ timeout: 5000 });
  const seconds = (performance.now() - start) / 1000;
  assert.ok(seconds < 1.5, `shown after ${seconds} seconds`);
  assert.equal(await page.locator('#count').textContent(), '3 people');
  assert.equal(await page.evaluate('document.activeElement.id'), 'link-1');
  assert.equal(await page.evaluate('window.sameDocument'), true);
  assert.equal(unattended.at(-1), true, 'a page that looks by itself is no sign that somebody is there');
  await says(page, 'Live. Last change 09:12');
  assert.equal(await page.evaluate('document.body.classList.contains("nhsuk-frontend-supported")'), true);
  hub.announce(['suite:1']);
  await page.waitForTimeout(300);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a page with a form does not change under the hands, and says that something is new', async () => {
  const { page } = await opened('/form');
  await says(page, /^Live/);
  await page.fill('#note', 'half a sentence');
  hub.announce(['suite:1']);
  await says(page, /Changed at 09:12/);
  assert.equal(await page.inputValue('#note'), 'half a sentence');
  await page.close();
});

test('a record that may no longer be seen leaves the screen at the next change', async () => {
  const { page } = await opened('/board');
  await says(page, /^Live/);
  mayRead = false;
  hub.announce(['suite:1']);
  await page.getByRole('heading', { name: 'We cannot find that page' }).waitFor({ timeout: 5000 });
  assert.equal(await page.getByText('Graham Pell').count(), 0);
  mayRead = true;
  await page.close();
});

test('when the feed is lost the page says since when and looks by itself', async () => {
  const { page } = await opened('/board');
  await says(page, /^Live/);
  hub.lost();
  await says(page, /Not live since \d\d:\d\d\. Checking every 30 seconds/);
  hub.announce(['suite:1']);
  await says(page, /^Live\. Last change/);
  await page.close();
});

test('what is typed is saved as it is typed, and is there after the lid was closed', async () => {
  const { page, complaints } = await opened('/draft');
  await page.locator('#note').pressSequentially('Sleeps two hours');
  await says(page, 'Saved 09:12:06');
  await page.close();
  const again = await opened('/draft');
  assert.equal(await again.page.inputValue('#note'), 'Sleeps two hours');
  assert.deepEqual(complaints, []);
  await again.page.close();
});

test('without a connection the page says so, keeps the text, and sends it when it is back', async () => {
  const { page } = await opened('/draft');
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await page.fill('#note', 'typed in the cell');
  await says(page, 'No connection. What you type is kept here and sent when it is back');
  assert.equal(await page.inputValue('#note'), 'typed in the cell');
  const stored = await page.evaluate('localStorage.length + sessionStorage.length');
  assert.equal(stored, 0, 'nothing stays on a shared computer');
  await page.context().setOffline(false);
  await says(page, /^Saved/);
  const kept = await asOwner((tx) => readDraft(tx, place));
  assert.deepEqual(kept?.content, { note: 'typed in the cell' });
  await page.close();
});

test('two windows of one person: the older one is told, and both texts are kept', async () => {
  const first = await opened('/draft');
  const second = await opened('/draft');
  await first.page.fill('#note', 'the first window');
  await says(first.page, /^Saved/);
  await second.page.fill('#note', 'the second window');
  await says(second.page, /another window too/);
  assert.equal(await second.page.inputValue('#note'), 'the second window');
  await second.page.getByRole('button', { name: 'Read both' }).click();
  await second.page.getByRole('heading', { name: 'You typed in two windows' }).waitFor();
  assert.match(
    (await second.page.locator('.tl-diff').allTextContents()).join('|'),
    /first window.*\|.*second window/,
  );
  assert.deepEqual(await axeFaults(second.page), []);
  const kept = await asOwner((tx) => readDraft(tx, place));
  assert.deepEqual(kept?.content, { note: 'the first window' });
  await first.page.close();
  await second.page.close();
});

test('a button that is pressed twice sends once', async () => {
  const { page } = await opened('/form');
  await page.fill('#note', 'once');
  sent.length = 0;
  await page.evaluate(
    'const b = document.querySelector("main form button"); b.click(); b.click(); b.click();',
  );
  await page.waitForURL(`${address}/board`);
  assert.equal(sent.length, 1);
  await page.close();
});
