import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { arrestOf, bornYearsAgo, courtListWith, today, type Invented } from './invented-people.ts';
import { newVisitor, signInAs, type Visitor } from './journey.ts';
import { startService, type Service } from './service.ts';
import * as custody from './steps-in-custody.ts';

// Somebody of 16 from the cell to the court and a service. At 16 the law presumes that they can decide for themselves
// (Family Law Reform Act 1969 s8; Mental Capacity Act 2005 s1); an appropriate adult is needed until 18 (PACE Code C 1.7).

const imogen: Invented = {
  given: 'Imogen',
  family: 'Tattersall',
  preferred: 'Immy',
  born: bornYearsAgo(16),
  sex: 'female',
  street: '9 Weaver Close, Gorton',
  postcode: 'M18 8BJ',
  custodyNumber: '06LS/4502/26',
  cell: '15',
};
const name = 'Imogen Tattersall';

let service: Service;
let browser: Browser;
let hannah: Visitor;
let record: string;

before(async () => {
  [service, browser] = await Promise.all([startService(), openBrowser()]);
});
after(async () => {
  await browser.close();
  await service.stop();
});

const signIn = (who: string): Promise<Visitor> => signInAs(browser, service.address, who);

test('the board says that an appropriate adult was asked for and is not there yet', async () => {
  hannah = await signIn('Hannah Osei');
  await service.tell(
    arrestOf(imogen, [
      [88, 'appropriate-adult-needed', { needed: 'yes', reason: 'child' }],
      [85, 'appropriate-adult-asked'],
    ]),
  );
  const row = hannah.page.getByRole('row', { name: new RegExp(name) });
  await row.waitFor();
  assert.match(await row.innerText(), /16, (girl|woman)[\s\S]*Required, child/);
  await hannah.follow(/^Under 18/);
  await row.waitFor();
  await service.tell([
    {
      force: '06',
      custodyNumber: imogen.custodyNumber,
      eventId: 'adult arrived',
      kind: 'appropriate-adult-arrived',
      happenedAt: Temporal.Now.instant().subtract({ minutes: 4 }).toString(),
    },
  ]);
  await row.filter({ hasText: /Here since/ }).waitFor();
});

test('at 16 she decides for herself, and youth justice stands where probation does for an adult', async () => {
  record = await custody.offerContact(hannah, name);
  await hannah.seesNot(/^Probation/m);
  await hannah.choose(/Who else was there/, 'Appropriate adult');
  await custody.recordDecisions(hannah, [
    [/^Being seen/, 'Agreed'],
    [/^Police, including/, 'Recommendation and needs'],
    [/^Court/, 'Recommendation and needs'],
    [/^Youth justice/, 'Recommendation only'],
    [/^Ring or text after/, 'Text only'],
  ]);
});

test('what she needs, her assessment and the report to the investigator', async () => {
  await custody.recordNeeds(hannah, record, [
    { label: /^Speech, language and communication$/, words: 'Loses the thread when two people talk' },
  ]);
  await custody.signAssessment(hannah, record, {
    formulation: 'Bright, and lost when things move fast.',
    takingPart: 'Short sentences. Ask her to say it back.',
    recommendation: 'Contact with youth justice before any decision would help.',
  });
  await hannah.open(`${record}/reports`);
  await custody.signAndSendReport(hannah, record, {
    kind: 'Report to the investigator: charge decision',
    name: 'DC Aled Price',
  });
  const reader = await newVisitor(browser, service.address, { name: 'investigator' });
  await reader.open(await custody.linkShown(hannah));
  await reader.press(/^Open/);
  await reader.sees('Contact with youth justice before any decision would help.');
  await reader.seesNot(/Bright, and lost/);
  await reader.close();
});

test('on the court day her name is held until it is known who asks', async () => {
  await custody.recordLeaving(hannah, record, 'Charged, bailed to court', today());
  const taken = await service.takeIn('youth-list.xml', courtListWith(imogen));
  assert.equal(taken['people'], 4);
  const maureen = await signIn('Maureen Fielding');
  const row = maureen.page.getByRole('row', { name: /^501 Name held, under 18/ });
  await row.waitFor();
  const list = await maureen.page.getByRole('table').first().innerText();
  assert.doesNotMatch(list, /Tattersall/i);
  await maureen.follow(/^Check match/, row);
  await maureen.press('Confirm same person');
  await maureen.open('/courts');
  await maureen.press(new RegExp(`Look and accept.*${imogen.family}`));
  await maureen.press(/^Accept/);
  await maureen.close();
});

test('after release the navigator takes her on, and her picture of need shows who may know what', async () => {
  const ruth = await signIn('Ruth Ogden');
  await ruth.press(new RegExp(`Accept.*${imogen.family}`));
  await ruth.open(record);
  const words = await ruth.words();
  for (const expected of [
    /Youth justice Recommendation only Agreed \d\d:\d\d/,
    /Speech, language and communication/,
    /charged, bailed to court/,
    /Navigator Ruth Ogden/,
  ])
    assert.match(words, expected);
  await ruth.close();
  await hannah.close();
});
