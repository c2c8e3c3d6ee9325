import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { arrestOf, bornYearsAgo, courtListWith, today, type Invented } from './invented-people.ts';
import { newVisitor, signInAs, type Visitor } from './journey.ts';
import { startService, type Service } from './service.ts';
import * as custody from './steps-in-custody.ts';

// The main job in browsers that run none of our script: links, forms and the server only.

const walter: Invented = {
  given: 'Walter',
  family: 'Okonjo',
  preferred: 'Walt',
  born: bornYearsAgo(58),
  sex: 'male',
  street: '5 Canal Side, Ancoats',
  postcode: 'M4 6BF',
  custodyNumber: '06LS/4519/26',
  cell: '12',
};
const name = 'Walter Okonjo';

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

const signIn = (who: string): Promise<Visitor> => signInAs(browser, service.address, who, { script: false });

test('from the board to what was agreed to', async () => {
  await service.tell(arrestOf(walter));
  hannah = await signIn('Hannah Osei');
  record = await custody.offerContact(hannah, name);
  await custody.recordDecisions(hannah, [
    [/^Being seen/, 'Agreed'],
    [/^Police, including/, 'Recommendation and needs'],
    [/^Ring or text after/, 'Ring only'],
  ]);
});

test('screening, needs, assessment and safety plan', async () => {
  await custody.askAuditC(hannah, record);
  await hannah.press(/^Add as a need/);
  await custody.recordNeeds(hannah, record, [{ label: /^Housing$/, words: 'Hostel place ends on Sunday' }]);
  await custody.signAssessment(hannah, record, {
    formulation: 'Grief, then drinking.',
    takingPart: 'Speak up: hearing aid left at home.',
    recommendation: 'Help with housing before the weekend.',
  });
  await custody.writeSafetyPlan(hannah, record, 'The radio, and walking');
});

test('a report is signed and sent, and read by its link', async () => {
  await custody.signAndSendReport(hannah, record, {
    kind: 'Report to the investigator: charge decision',
    name: 'DC Sian Prosser',
  });
  const reader = await newVisitor(browser, service.address, { script: false, width: 390 });
  await reader.open(await custody.linkShown(hannah));
  await reader.press(/^Open/);
  await reader.sees('Help with housing before the weekend.');
  await reader.press('I have read this');
  await reader.choose('What was decided?', 'Charged');
  await reader.choose(/inform it/, 'Partly');
  await reader.press('Tell the team');
  await reader.close();
});

test('the court day: match confirmed and handover accepted', async () => {
  await custody.recordLeaving(hannah, record, 'Charged, bailed to court', today());
  await service.takeIn('list.xml', courtListWith(walter));
  const maureen = await signIn('Maureen Fielding');
  await maureen.follow(/^Check match.*Okonjo/);
  await maureen.press('Confirm same person');
  await maureen.open('/courts');
  await maureen.press(/Look and accept.*Okonjo/);
  await maureen.press(/^Accept/);
  await maureen.close();
});

test('the navigator accepts and refers; the service answers; the appointment is kept', async () => {
  const ruth = await signIn('Ruth Ogden');
  await ruth.press(new RegExp(`Accept.*${name}`));
  await ruth.open(`${record}/refer?need=housing`);
  await ruth.press('Choose Quiet Street');
  await ruth.press('Agreed');
  await ruth.press('Send to Quiet Street');
  const partner = await newVisitor(browser, service.address, { script: false, width: 390 });
  await partner.open(await custody.linkShown(ruth));
  await partner.press('Open the referral');
  await partner.choose('What is your answer?', /Yes, offer an appointment/);
  await partner.press('Continue');
  const soon = Temporal.Now.zonedDateTimeISO('Europe/London').add({ minutes: 2 });
  await partner.fill('Day', String(soon.day));
  await partner.fill('Month', String(soon.month));
  await partner.fill('Year', String(soon.year));
  await partner.fill('Time', soon.toPlainTime().toString({ smallestUnit: 'minute' }));
  await partner.fill(/Where, and who/, 'The blue door, ask for Asha');
  await partner.press(/^Send to/);
  await partner.sees('Reply received');
  await partner.close();
  await ruth.open('/today');
  await ruth.press(new RegExp(`Came.*${name}`));
  await ruth.open(record);
  assert.match(await ruth.words(), /Navigator Ruth Ogden/);
  await ruth.close();
  await hannah.close();
});
