import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { axeFaults } from './axe.ts';

// Somebody at a screen. Everything is found as a person finds it: by the words of a button, a link, a label. Every page
// that is come to is looked at: axe, complaints of the browser, and whether it must be scrolled sideways.

const pictures = process.env['THROUGHLINE_PICTURES'];

export interface VisitorOptions {
  /** CSS pixels. A desk's screen when not given. */
  readonly width?: number;
  readonly height?: number;
  /** False: a browser that runs none of our script. */
  readonly script?: boolean;
  /** Begins the names of this visitor's pictures. */
  readonly name?: string;
}

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Goes to an address of the service, or to a whole address. */
  open(path: string): Promise<void>;
  /** Follows a link, in the page's main part when it is there, else anywhere. */
  follow(name: string | RegExp, within?: Locator): Promise<void>;
  /** Presses a button and waits for the page it leads to. */
  press(name: string | RegExp, within?: Locator): Promise<void>;
  /** Chooses a radio or ticks a box of a question, both by their words. */
  choose(question: string | RegExp | null, answer: string | RegExp, within?: Locator): Promise<void>;
  /** Fills a field by its label. */
  fill(label: string | RegExp, text: string, within?: Locator): Promise<void>;
  /** Waits for words in the main part. */
  sees(words: string | RegExp, within?: Locator): Promise<void>;
  /** That these words are nowhere in the main part. */
  seesNot(words: RegExp): Promise<void>;
  /** Looks at the page as it is now: no faults for axe, no complaint of the browser, no sideways scroll. */
  look(): Promise<void>;
  /** The main part's words, spaces made one. */
  words(): Promise<string>;
  close(): Promise<void>;
}

/** A new browser window, with nobody signed in. */
export async function newVisitor(
  browser: Browser,
  address: string,
  options: VisitorOptions = {},
): Promise<Visitor> {
  const width = options.width ?? 1440;
  const context = await browser.newContext({
    viewport: { width, height: options.height ?? 900 },
    javaScriptEnabled: options.script ?? true,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  });
  context.setDefaultTimeout(8000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  const main = page.locator('main');
  let count = 0;

  /** Our script shows the next page in place: the address changes first, then the page. */
  const settled = async (): Promise<void> => {
    await page.waitForLoadState('load');
    if (options.script !== false) await page.locator('html:not([aria-busy])').waitFor({ state: 'attached' });
  };

  let copy: Page | undefined;
  /** axe is script itself: it looks at a copy, in a window that may run it, with none of our script in it. */
  const faultsWithoutScript = async (): Promise<string[]> => {
    copy ??= await (await browser.newContext({ viewport: { width, height: 900 } })).newPage();
    const html = (await page.content())
      .replaceAll(/<script\b[\s\S]*?<\/script>/g, '')
      .replaceAll(/<(\/?)noscript>/g, '<$1div>');
    const path = page.url().split('#')[0] ?? '';
    await copy.unrouteAll();
    await copy.route(path, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await copy.goto(path);
    return axeFaults(copy);
  };

  const look = async (): Promise<void> => {
    await settled();
    const where = new URL(page.url()).pathname;
    assert.deepEqual(
      await (options.script === false ? faultsWithoutScript() : axeFaults(page)),
      [],
      `${where} at ${String(width)} pixels, for axe`,
    );
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
    assert.ok(wide <= width, `${where} is ${String(wide)} wide in ${String(width)} pixels`);
    assert.deepEqual(complaints.splice(0), [], 'the browser complains of nothing');
    if (pictures !== undefined) {
      count += 1;
      mkdirSync(pictures, { recursive: true });
      const place = where.replaceAll(/[0-9a-f-]{36}|[\w-]{40,}/g, '-').replaceAll(/\W+/g, '-');
      const file = `${options.name ?? 'visitor'}-${String(count).padStart(2, '0')}${place}-${String(width)}.png`;
      await page.screenshot({ path: join(pictures, file), fullPage: true });
    }
  };

  /** Acts and waits for the page that follows. */
  const arrive = async (act: () => Promise<void>): Promise<void> => {
    await Promise.all([page.waitForEvent('framenavigated'), act()]);
    await look();
  };

  const inPlace = async (
    find: (place: Locator) => Locator,
    within: Locator | undefined,
  ): Promise<Locator> => {
    if (within !== undefined) return find(within);
    const here = find(main);
    return (await here.count()) > 0 ? here : find(page.locator('body'));
  };

  return {
    page,
    context,
    look,
    open: async (path) => {
      await page.goto(path.startsWith('http') ? path : `${address}${path}`);
      await look();
    },
    follow: async (name, within) => {
      const link = await inPlace((place) => place.getByRole('link', { name }), within);
      await arrive(() => link.first().click());
    },
    press: async (name, within) => {
      const button = await inPlace((place) => place.getByRole('button', { name }), within);
      await arrive(() => button.first().click());
    },
    choose: async (question, answer, within) => {
      const place = within ?? main;
      const group = question === null ? place : place.getByRole('group', { name: question });
      const exact = typeof answer === 'string';
      const option = group
        .getByRole('radio', { name: answer, exact })
        .or(group.getByRole('checkbox', { name: answer, exact }));
      await option.first().check({ force: true });
    },
    fill: async (label, text, within) => {
      await (within ?? main)
        .getByLabel(label, { exact: typeof label === 'string' })
        .first()
        .fill(text);
    },
    sees: async (words, within) => {
      await (within ?? main).filter({ hasText: words }).first().waitFor();
    },
    seesNot: async (words) => {
      assert.doesNotMatch(await main.innerText(), words);
    },
    words: async () => (await main.innerText()).replaceAll(/\s+/g, ' '),
    close: async () => {
      await copy?.context().close();
      await context.close();
    },
  };
}

/** A new window in which somebody of the demonstration signs in with their own name, and in one of their roles. */
export async function signInAs(
  browser: Browser,
  address: string,
  name: string,
  options: VisitorOptions & { readonly role?: RegExp } = {},
): Promise<Visitor> {
  const visitor = await newVisitor(browser, address, {
    name: name.split(' ')[0]?.toLowerCase() ?? '',
    ...options,
  });
  await visitor.open('/');
  await visitor.press(new RegExp(name));
  if (visitor.page.url().includes('/choose-role')) {
    assert.ok(options.role, `${name} has several roles`);
    await visitor.press(options.role);
  }
  return visitor;
}
