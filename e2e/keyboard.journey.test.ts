import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { arrestOf, bornYearsAgo, type Invented } from './invented-people.ts';
import { newVisitor, type Visitor } from './journey.ts';
import { startService, type Service } from './service.ts';

// The work in custody by keyboard alone: Tab, Enter, Space, the arrows, and typing. The mouse is never touched, and
// whatever has the focus can be seen to have it.

const farida: Invented = {
  given: 'Farida',
  family: 'Lockhart',
  preferred: 'Farida',
  born: bornYearsAgo(29),
  sex: 'female',
  street: '31 Station Approach, Levenshulme',
  postcode: 'M19 2QE',
  custodyNumber: '06LS/4555/26',
  cell: '17',
};

/** More stops than any of our pages should ask of anybody. */
const MOST_STOPS = 400;

let service: Service;
let browser: Browser;
let hands: Visitor;

before(async () => {
  [service, browser] = await Promise.all([startService(), openBrowser()]);
  await service.tell(arrestOf(farida));
});
after(async () => {
  await browser.close();
  await service.stop();
});

interface Focused {
  readonly name: string;
  readonly seen: boolean;
}

/** What has the focus: its words, and whether a ring, a border or a background of its own shows it. */
async function focused(page: Page): Promise<Focused> {
  return await page.evaluate<Focused>(`(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return { name: '', seen: true };
    const labelled = (element.labels?.[0] ?? element).textContent || element.getAttribute('aria-label') || '';
    const group = element.closest('fieldset')?.querySelector('legend')?.textContent ?? '';
    const shows = (target) => {
      if (target === null || target === undefined) return false;
      return [null, '::before'].some((part) => {
        const style = getComputedStyle(target, part);
        return (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none';
      });
    };
    const seen = shows(element) || shows(element.labels?.[0]) || shows(element.parentElement);
    return { name: [group, labelled].join(' ').replace(/\\s+/g, ' ').trim(), seen };
  })()`);
}

/** Presses Tab until something with these words has the focus. */
async function tabTo(page: Page, words: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const { name, seen } = await focused(page);
    assert.ok(seen, `the focus cannot be seen on “${name}” at ${page.url()}`);
    if (words.test(name)) return;
    passed.push(name);
  }
  assert.fail(`Tab never came to ${String(words)}; it passed ${passed.slice(0, 60).join(' | ')}`);
}

/** Presses a key that leads to another page, and looks at that page. */
async function go(visitor: Visitor, key: 'Enter' | 'Space'): Promise<void> {
  await Promise.all([visitor.page.waitForEvent('framenavigated'), visitor.page.keyboard.press(key)]);
  await visitor.look();
}

/** Chooses within the radio group that has the focus, with the arrows. */
async function arrowTo(page: Page, words: RegExp): Promise<void> {
  for (let step = 0; step < 10; step += 1) {
    if (words.test((await focused(page)).name)) {
      await page.keyboard.press('Space');
      return;
    }
    await page.keyboard.press('ArrowDown');
  }
  assert.fail(`the arrows never came to ${String(words)}`);
}

test('signing in and finding somebody on the board', async () => {
  hands = await newVisitor(browser, service.address, { name: 'keyboard' });
  await hands.open('/');
  await tabTo(hands.page, /^Hannah Osei/);
  await go(hands, 'Enter');
  await hands.page.getByRole('heading', { name: /^Longsight suite board/ }).waitFor();
  await hands.page.keyboard.press('Tab');
  assert.match((await focused(hands.page)).name, /Skip to/, 'the first stop skips what every page repeats');
  await tabTo(hands.page, /(Make first offer|Offer contact).*Lockhart/);
  await go(hands, 'Enter');
});

test('offering contact and recording what was agreed', async () => {
  const { page } = hands;
  await tabTo(page, /^Agrees to be seen/);
  await go(hands, 'Enter');
  await tabTo(page, /^Being seen/);
  await arrowTo(page, / Agreed$/);
  await tabTo(page, /^Police, including/);
  await arrowTo(page, /Recommendation and needs$/);
  await tabTo(page, /^Save what was decided/);
  await go(hands, 'Enter');
  await hands.sees('Saved: 2 decisions');
});

test('a screening, answered with the arrows', async () => {
  const { page } = hands;
  await tabTo(page, /^Screening$/);
  await go(hands, 'Enter');
  await tabTo(page, /Ask ?, AUDIT-C/);
  await go(hands, 'Enter');
  await tabTo(page, /How often do you have a drink/);
  await arrowTo(page, /2 to 3 times a week$/);
  await tabTo(page, /How many units/);
  await arrowTo(page, /3 to 4$/);
  await tabTo(page, /6 or more units/);
  await arrowTo(page, /Monthly$/);
  await tabTo(page, /^Finish AUDIT-C/);
  await go(hands, 'Enter');
  await hands.sees(/6\s*of 12/);
});

test('an assessment typed and signed, and a report begun', async () => {
  const { page } = hands;
  await tabTo(page, /^Assessment$/);
  await go(hands, 'Enter');
  await tabTo(page, /^Formulation/);
  await page.keyboard.type('New town, no money, no one to ring.');
  await tabTo(page, /^Recommendation for the police or the court/);
  await page.keyboard.type('A short stay with her aunt would help.');
  await tabTo(page, /^Plan/);
  await page.keyboard.type('Ring her aunt with her, before the interview.');
  await tabTo(page, /^Sign this version/);
  await go(hands, 'Enter');
  await hands.sees(/Version 1, signed/);
  await tabTo(page, /^Reports$/);
  await go(hands, 'Enter');
  await hands.close();
});
