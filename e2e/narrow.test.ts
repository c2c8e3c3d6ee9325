import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { arrestOf, bornYearsAgo, courtListWith, today, type Invented } from './invented-people.ts';
import { newVisitor, signInAs } from './journey.ts';
import { startService, type Service } from './service.ts';
import * as custody from './steps-in-custody.ts';

// The pages that matter most on a phone, a tablet and a desk. 320 CSS pixels is also a desk's screen of 1280 zoomed to
// 400% (WCAG 2.2, 1.4.10 Reflow). Every visit is looked at by journey.ts: axe, sideways scroll, complaints.

const rosalind: Invented = {
  given: 'Rosalind',
  family: 'Featherstonehaugh-Okonkwo',
  preferred: 'Roz',
  born: bornYearsAgo(41),
  sex: 'female',
  street: '77 Old Chapel Lane, Levenshulme',
  postcode: 'M19 3AB',
  custodyNumber: '06LS/4577/26',
  cell: '19',
};

let service: Service;
let browser: Browser;
let record: string;
let report: string;
let reportLink: string;
let referral: string;
let referralLink: string;

before(async () => {
  [service, browser] = await Promise.all([startService(), openBrowser()]);
  await service.tell(arrestOf(rosalind));
  const hannah = await signInAs(browser, service.address, 'Hannah Osei');
  record = await custody.offerContact(hannah, rosalind.family);
  await custody.recordDecisions(hannah, [
    [/^Being seen/, 'Agreed'],
    [/^Police, including/, 'Recommendation and needs'],
    [/^Ring or text after/, 'Ring or text'],
  ]);
  await custody.recordNeeds(hannah, record, [
    { label: /^Housing$/, words: 'Notice to leave by the end of the month' },
  ]);
  await custody.signAssessment(hannah, record, {
    formulation: 'Much at once, and nobody to carry it with.',
    takingPart: 'Wants things written down.',
    recommendation: 'Help with housing first.',
  });
  await custody.signAndSendReport(hannah, record, {
    kind: 'Report to the investigator: charge decision',
    name: 'DC Aled Price',
  });
  reportLink = await custody.linkShown(hannah);
  await hannah.press('Go to the report');
  report = new URL(hannah.page.url()).pathname;
  await custody.recordLeaving(hannah, record, 'Charged, bailed to court', today());
  await hannah.close();
  await service.takeIn('list.xml', courtListWith(rosalind));
  const ruth = await signInAs(browser, service.address, 'Ruth Ogden');
  await ruth.press(new RegExp(`Accept.*${rosalind.family}`));
  await ruth.open(`${record}/refer?need=housing`);
  await ruth.press('Choose Quiet Street');
  await ruth.press('Agreed');
  await ruth.press('Send to Quiet Street');
  referral = new URL(ruth.page.url()).pathname;
  referralLink = await custody.linkShown(ruth);
  await ruth.close();
});
after(async () => {
  await browser.close();
  await service.stop();
});

for (const width of [1440, 768, 320]) {
  test(`custody’s pages are readable and whole at ${String(width)} pixels`, async () => {
    const hannah = await signInAs(browser, service.address, 'Hannah Osei', { width, name: 'custody' });
    await hannah.open(`${new URL(hannah.page.url()).pathname}?show=left`);
    await hannah.sees(/Featherstonehaugh-Okonkwo/);
    for (const page of [
      '',
      '/timeline',
      '/consent',
      '/screening',
      '/needs',
      '/assessment',
      '/safety-plan',
      '/contact',
    ])
      await hannah.open(`${record}${page}`);
    await hannah.open(report);
    await hannah.sees(/Who has it/);
    await hannah.close();
  });

  test(`the court day, Today and a referral are readable and whole at ${String(width)} pixels`, async () => {
    const maureen = await signInAs(browser, service.address, 'Maureen Fielding', { width, name: 'court' });
    await maureen.sees(/Check match/);
    await maureen.follow(/^Check match.*Rosalind/);
    await maureen.close();
    const ruth = await signInAs(browser, service.address, 'Ruth Ogden', { width, name: 'community' });
    await ruth.open('/caseload');
    await ruth.open(record);
    await ruth.open(`${record}/refer?need=housing`);
    await ruth.open(referral);
    await ruth.close();
  });

  test(`what is read by a link is readable and whole at ${String(width)} pixels`, async () => {
    const reader = await newVisitor(browser, service.address, { width, name: 'link' });
    await reader.open(reportLink);
    await reader.press(/^Open/);
    await reader.open(referralLink);
    await reader.press('Open the referral');
    assert.match(await reader.words(), /What is your answer/);
    await reader.close();
  });
}
