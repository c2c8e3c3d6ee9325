import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { Browser } from 'playwright-core';
import { testServer } from '../src/platform/http/test-server.ts';
import { axeFaults } from './axe.ts';
import { openBrowser } from './browser.ts';
import { galleryContent } from './gallery-content.ts';

let app: FastifyInstance;
let browser: Browser;
let address: string;
const pictures = process.env['THROUGHLINE_PICTURES'];

before(async () => {
  ({ app } = await testServer({ viewFolders: [join(import.meta.dirname, 'views')] }));
  app.get('/gallery', { config: { permission: 'public' } }, async (_request, reply) =>
    reply.page('gallery.njk', galleryContent),
  );
  address = await app.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
});

after(async () => {
  await browser.close();
  await app.close();
});

for (const width of [1440, 768, 320])
  test(`every component is readable and reachable at ${width} pixels`, async () => {
    const page = await browser.newPage({ viewport: { width, height: 1000 } });
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${address}/gallery`);
    await page.waitForFunction('document.body.classList.contains("nhsuk-frontend-supported")');
    assert.deepEqual(await axeFaults(page), []);
    const beyond = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    assert.ok(Number(beyond) <= 0, `the page is ${String(beyond)} pixels too wide`);
    assert.deepEqual(complaints, [], 'nothing is refused by the content policy');
    if (pictures !== undefined) {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `gallery-${width}.png`), fullPage: true });
    }
    await page.close();
  });

test('the page can be read and its form sent without script', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${address}/gallery`);
  assert.ok(await page.getByRole('heading', { name: 'Callum Brennan' }).isVisible());
  await page.getByRole('radio', { name: 'Declined' }).nth(1).check({ force: true });
  assert.ok(await page.getByRole('radio', { name: 'Declined' }).nth(1).isChecked());
  await context.close();
});
