import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { arrestOf, bornYearsAgo, courtListWith, today, type Invented } from './invented-people.ts';
import { newVisitor, signInAs, type Visitor } from './journey.ts';
import { startService, type Service } from './service.ts';
import * as custody from './steps-in-custody.ts';

// One adult from the cell to the first appointment, on the running program, everybody signed in as themselves.

const desmond: Invented = {
  given: 'Desmond',
  family: 'Achterberg',
  preferred: 'Des',
  born: bornYearsAgo(47),
  sex: 'male',
  street: '22 Birch Lane, Longsight',
  postcode: 'M13 0WN',
  custodyNumber: '06LS/4471/26',
  cell: '16',
};
const name = 'Desmond Achterberg';

let service: Service;
let browser: Browser;
let hannah: Visitor;
let record: string;
let reportLink: string;
let referralLink: string;

before(async () => {
  [service, browser] = await Promise.all([startService(), openBrowser()]);
});
after(async () => {
  await browser.close();
  await service.stop();
});

const signIn = (who: string): Promise<Visitor> => signInAs(browser, service.address, who);

test('somebody who is arrested appears on the open suite board without a reload', async () => {
  hannah = await signIn('Hannah Osei');
  await hannah.page.getByRole('heading', { name: /^Longsight suite board/ }).waitFor();
  await hannah.page.evaluate('window.sameDocument = true');
  const arrest = arrestOf(desmond, [
    [80, 'investigator', { name: 'DC Aled Price', contact: 'aled.price@police.example' }],
    [70, 'charge-decision-due', { at: Temporal.Now.instant().add({ hours: 3 }).toString() }],
  ]);
  const answer = await service.tell(arrest);
  assert.deepEqual([answer.accepted, answer.quarantined], [4, 0]);
  const row = hannah.page.getByRole('row', { name: new RegExp(name) });
  await row.waitFor();
  assert.match(await row.innerText(), /Not offered yet/);
  assert.equal(await hannah.page.evaluate('window.sameDocument'), true);
  await hannah.look();
  assert.equal((await service.tell(arrest)).repeated, 4, 'told twice, taken once');
  assert.equal(await row.count(), 1);
});

test('contact is offered and agreed, and each thing agreed to is a decision of its own', async () => {
  record = await custody.offerContact(hannah, name);
  await custody.recordDecisions(hannah, [
    [/^Being seen/, 'Agreed'],
    [/^Police, including/, 'Recommendation and needs'],
    [/^Court/, 'Everything relevant'],
    [/^Probation/, 'Refused'],
    [/^Ring or text after/, 'Ring or text'],
    [/^Use in evaluation/, 'Agreed'],
  ]);
});

test('PHQ-9 is saved as it is typed, is there after the lid was closed, and is scored when finished', async () => {
  await hannah.open(`${record}/screening`);
  await hannah.follow(/PHQ-9/);
  const [first, second, ...others] = custody.phq9Questions;
  await hannah.choose(first, 'Several days');
  await hannah.choose(second, 'More than half the days');
  await hannah.page
    .getByRole('status')
    .filter({ hasText: /^Saved \d\d:\d\d:\d\d/ })
    .first()
    .waitFor();
  await hannah.close();
  hannah = await signIn('Hannah Osei');
  await hannah.open(`${record}/screening/phq-9`);
  const kept = hannah.page
    .getByRole('group', { name: second })
    .getByRole('radio', { name: 'More than half the days' });
  assert.equal(await kept.isChecked(), true);
  for (const question of others) await hannah.choose(question, 'Not at all');
  await hannah.press('Finish PHQ-9');
  await hannah.sees(/3\s*of 27/);
});

test('a finding of AUDIT-C becomes a need when a practitioner says so, and a half-filled needs page cannot undo it', async () => {
  await hannah.open(`${record}/needs`);
  await hannah.choose(/^Autism$/, 'Does not know');
  await hannah.page
    .getByRole('status')
    .filter({ hasText: /^Saved/ })
    .first()
    .waitFor();
  await custody.askAuditC(hannah, record);
  await hannah.press(/^Add as a need/);
  await hannah.sees(/Added to the needs by Hannah Osei/);
  await custody.recordNeeds(hannah, record, [
    { label: /^Housing$/, words: 'Sofa surfing since July, has to leave on Friday' },
  ]);
  await hannah.sees(/2 found, 0 declined/);
});

test('a short assessment is signed, and a safety plan is written together', async () => {
  await custody.signAssessment(hannah, record, {
    formulation: 'Drinking grew after the flat went; both feed the low mood.',
    takingPart: 'One question at a time. Breaks every 20 minutes.',
    recommendation: 'Help with drinking and housing would lower the chance of this happening again.',
  });
  await custody.writeSafetyPlan(hannah, record, 'Ringing my sister Ingrid');
});

test('the report to the investigator holds back what was not agreed to, and says so to its author', async () => {
  await hannah.open(`${record}/reports`);
  await custody.signAndSendReport(hannah, record, {
    kind: 'Report to the investigator: charge decision',
    name: 'DC Aled Price',
    reader: 'Aled Price',
  });
  await hannah.sees(/not opened yet/);
  await hannah.sees(/items were held back when it was signed/);
  await hannah.press('Send it again or another way');
  await hannah.choose('How should it go?', /By link/);
  await hannah.press('Send it');
  reportLink = await custody.linkShown(hannah);
});

test('the investigator opens the report by its link, without an account, and says what was decided', async () => {
  const reader = await newVisitor(browser, service.address, { width: 390, name: 'investigator' });
  await reader.open(reportLink);
  await reader.seesNot(/Achterberg/);
  await reader.press(/^Open/);
  await reader.sees('Help with drinking and housing would lower the chance of this happening again.');
  await reader.seesNot(/Ringing my sister/);
  await reader.seesNot(/Drinking grew after/);
  await reader.press('I have read this');
  await reader.choose('What was decided?', 'Charged');
  await reader.choose(/inform it/, 'Yes');
  await reader.press('Tell the team');
  await reader.close();
});

test('the same report stands under reports shared with the investigator, signed in', async () => {
  const aled = await signIn('Aled Price');
  await aled.sees(/Report from Hannah Osei/);
  await aled.follow(/Report from Hannah Osei/);
  await aled.sees(/Desmond Achterberg/);
  await aled.press('I have read this');
  await aled.close();
});

test('charged and bailed to court today: the board says so, and a handover waits at the court', async () => {
  await custody.recordLeaving(hannah, record, 'Charged, bailed to court', today());
  await hannah.sees(/Left: charged and bailed/);
});

test('the court’s list brings them to the court day; a practitioner confirms who it is and takes over', async () => {
  const maureen = await signIn('Maureen Fielding');
  await maureen.sees(/Desmond Achterberg, from Hannah Osei/);
  const taken = await service.takeIn('list.xml', courtListWith(desmond));
  assert.deepEqual([taken['format'], taken['people'], taken['quarantined']], ['libra-court-list-xml', 4, 0]);
  // The list comes to the open page by itself; the practitioner then opens it afresh.
  await maureen.page.getByRole('link', { name: /^Check match.*Achterberg/ }).waitFor();
  await maureen.open('/courts');
  await maureen.follow(/^Check match.*Achterberg/);
  await maureen.sees('Name, date of birth and address agree.');
  await maureen.press('Confirm same person');
  await maureen.open('/courts');
  await maureen.sees(/Confirmed by Maureen Fielding/);
  await maureen.press(/Look and accept.*Achterberg/);
  await maureen.press(/^Accept/);
  await custody.signAndSendReport(maureen, record, {
    kind: 'Report to the court: bail',
    name: 'The bench, courtroom 1',
  });
  const link = await custody.linkShown(maureen);
  const bench = await newVisitor(browser, service.address, { name: 'bench' });
  await bench.open(link);
  await bench.press(/^Open/);
  await bench.sees(/Report to the court/);
  await bench.close();
  await maureen.open('/courts');
  await maureen.look();
  await maureen.close();
});

test('the navigator has the release on Today, accepts, and refers to a service that the person agreed to', async () => {
  const ruth = await signIn('Ruth Ogden');
  await ruth.press(new RegExp(`Accept.*${name}`));
  await ruth.open(`${record}/refer?need=housing`);
  await ruth.press('Choose Quiet Street');
  await ruth.sees('Nothing may go yet.');
  await ruth.press('Agreed');
  await ruth.press('Send to Quiet Street');
  await ruth.sees(/not opened yet/);
  referralLink = await custody.linkShown(ruth);
  await ruth.close();
});

test('the service answers on a phone, without an account, and offers an appointment today', async () => {
  const service_ = await newVisitor(browser, service.address, { width: 390, height: 844, name: 'service' });
  await service_.open(referralLink);
  await service_.seesNot(/Achterberg/);
  await service_.press('Open the referral');
  await service_.sees(/Sofa surfing|Housing/);
  await service_.seesNot(/drinking/i);
  await service_.choose('What is your answer?', /Yes, offer an appointment/);
  await service_.press('Continue');
  const soon = Temporal.Now.zonedDateTimeISO('Europe/London').add({ minutes: 2 });
  await service_.fill('Day', String(soon.day));
  await service_.fill('Month', String(soon.month));
  await service_.fill('Year', String(soon.year));
  await service_.fill('Time', soon.toPlainTime().toString({ smallestUnit: 'minute' }));
  await service_.fill(/Where, and who/, '2 Hyde Road, ask for Noor');
  await service_.press(/^Send to/);
  await service_.sees('Reply received');
  await service_.close();
});

test('the first appointment is kept, and the picture of need shows the whole way with ages and sources', async () => {
  const ruth = await signIn('Ruth Ogden');
  await ruth.sees(/First appointment, Quiet Street/);
  await ruth.press(new RegExp(`Came.*${name}`));
  await ruth.open(record);
  const words = await ruth.words();
  for (const expected of [
    /Ringing my sister Ingrid Safety plan · \d/,
    /Housing Sofa surfing since July, has to leave on Friday Told Hannah Osei \d\d:\d\d/,
    /Alcohol.{0,120}Screened/,
    /Probation Nothing Refused \d\d:\d\d/,
    /Quiet Street/,
    /AUDIT-C, screened 10 of 12/,
    /PHQ-9, screened 3 of 27/,
    /charged, bailed to court/,
    /Manchester Magistrates’ Court/,
    /Navigator Ruth Ogden/,
    /Court practitioner Maureen Fielding/,
    /Attended|Came|kept/i,
  ])
    assert.match(words, expected);
  await ruth.close();
});

test('the privacy officer sees everybody who opened the record', async () => {
  const femi = await signIn('Femi Clarke');
  await femi.open(`/access-review${record}`);
  const words = await femi.words();
  for (const who of ['Hannah Osei', 'Maureen Fielding', 'Ruth Ogden', 'Aled Price', 'Quiet Street'])
    assert.ok(words.includes(who), `${who} is among those who opened the record`);
  await femi.close();
  await hannah.close();
});
