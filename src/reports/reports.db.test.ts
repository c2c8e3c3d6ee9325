import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { databaseContext } from '../access/index.ts';
import { countQueries } from '../platform/database.ts';
import { saveDraft } from '../platform/forms/drafts.ts';
import { disclosuresOf } from '../sharing/index.ts';
import { reportsForHearing, reportsOf } from './index.ts';
import { pdfWords } from './test-pdf-words.ts';
import { FORMULATION, RECOMMENDATION, reportsArea, type ReportsArea } from './test-reports.ts';
import { paperOf, TOKEN, writingOf } from './test-writing.ts';

let at: ReportsArea;
before(async () => {
  at = await reportsArea();
});
after(() => at.close());
const { start, boxes, signAndSend, sentToken } = writingOf(() => at);

test('a report starts with what the person agreed may go, and names the rest beside it', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  const address = await start(cal);
  const page = await at.web.get(at.cookie, `${address}/write`);
  assert.match(page.body, /What DC Aled Price will read/);
  assert.match(page.body, /Needed by 10:15\./);
  assert.match(page.body, /If nobody has opened it by 10:05 we ask you to ring 0161 496 0142/);
  const fields = await boxes(address);
  assert.equal(fields['recommendation'], RECOMMENDATION);
  assert.equal(fields['needs'], 'Alcohol. Housing.');
  assert.match(fields['arranged'] ?? '', /Rivermead/);
  // Self-harm needs fuller agreement, drugs was declined, the formulation never goes.
  assert.match(page.body, /3 items are held back/);
  assert.match(page.body, /Self-harm and suicidal thoughts/);
  assert.match(page.body, /Declined: Drugs/);
  const paper = paperOf(page.body);
  assert.match(paper, /Callum Brennan agreed to this report/);
  for (const secret of ['Self-harm', 'Drugs', FORMULATION]) assert.ok(!paper.includes(secret), secret);
});

test('when only the recommendation may go, nothing typed in another section reaches the reader', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-only');
  const address = await start(cal);
  const preview = await at.web.post(at.cookie, `${address}/preview`, {
    recommendation: RECOMMENDATION,
    needs: 'Smuggled need',
    arranged: 'Smuggled appointment',
  });
  assert.match(paperOf(preview.body), /treatment that can start/);
  assert.ok(!paperOf(preview.body).includes('Smuggled'));
  const made = await signAndSend(address, { needs: 'Smuggled need' });
  const token = TOKEN.exec(made.body)?.[1] ?? '';
  await at.web.post(null, `/r/${token}/open`);
  const read = await at.web.get(null, `/r/${token}/report`);
  assert.match(read.body, /treatment that can start/);
  assert.ok(!read.body.includes('Smuggled'));
});

test('without agreement nothing can be signed, and the page says whom to ask', async () => {
  const cal = await at.person('Callum', 'Brennan');
  const address = await start(cal);
  const page = await at.web.get(at.cookie, `${address}/write`);
  assert.match(page.body, /Nothing may go to DC Aled Price yet/);
  const refused = await signAndSend(address, { recommendation: RECOMMENDATION });
  assert.equal(refused.statusCode, 409);
  assert.match(refused.body, /Nothing may go to them yet/);
});

test('a report to the custody officer carries what keeps the person safe without asking, and not the recommendation', async () => {
  const cal = await at.person('Callum', 'Brennan');
  const address = await start(cal, { template: 'custody-care-1', recipientName: 'PS Farah Khan' });
  const fields = await boxes(address);
  assert.match(fields['risk'] ?? '', /Self-harm and suicidal thoughts/);
  const page = await at.web.get(at.cookie, `${address}/write`);
  assert.ok(!paperOf(page.body).includes('treatment that can start'));
  assert.match(paperOf(page.body), /For keeping the person safe in custody/);
});

test('a recommendation that says what is held back is not signed before somebody has looked', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  const address = await start(cal);
  const words = 'He spoke of suicide and needs help.';
  const first = await signAndSend(address, { recommendation: words });
  assert.equal(first.statusCode, 422);
  assert.match(first.body, /does not say what is held back: Self-harm and suicidal thoughts/);
  const looked = await signAndSend(address, { recommendation: words, _checked: 'yes' });
  assert.equal(looked.statusCode, 200);
});

test('pressed twice, one version is signed and one link is made, and the address is shown once', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  const address = await start(cal);
  const fields = { ...(await boxes(address)), heard: 'yes', _then: 'send', _key: crypto.randomUUID() };
  const answers = await Promise.all([
    at.web.post(at.cookie, `${address}/sign`, fields),
    at.web.post(at.cookie, `${address}/sign`, fields),
  ]);
  assert.deepEqual(
    answers.map((answer) => answer.statusCode).toSorted((a, b) => a - b),
    [200, 303],
  );
  const kept = await at.database.transaction(databaseContext(at.author), async (tx) => ({
    versions: await tx.selectFrom('report_version').select('id').where('person_id', '=', cal).execute(),
    links: await tx
      .selectFrom('single_purpose_link')
      .select('token_hash')
      .where('person_id', '=', cal)
      .execute(),
  }));
  assert.equal(kept.versions.length, 1);
  assert.equal(kept.links.length, 1);
  // Only the hash is kept: 32 bytes that are not the token.
  assert.equal(kept.links[0]?.token_hash.length, 32);
});

test('a newer version replaces the older one wherever it is shown', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  const { address, token } = await sentToken(cal);
  await at.web.post(null, `/r/${token}/open`);
  const second = await signAndSend(address, { recommendation: 'A new recommendation.' });
  assert.equal(second.statusCode, 200);
  const old = await at.web.get(null, `/r/${token}/report`);
  assert.match(old.body, /Version 2 has replaced this one\. Do not use it/);
  const ours = await at.web.get(at.cookie, address);
  assert.match(ours.body, /Version 2, signed by Hannah Osei/);
  assert.match(
    ours.body,
    /Sent 09:12, not opened yet/,
    'that the older one was opened does not make this one received',
  );
});

test('two people who write at once both keep their text', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  const address = await start(cal);
  const { cookie } = await at.area.worker('Maya Khan', 'custody-practitioner');
  const fields = await boxes(address);
  await signAndSend(address, { recommendation: 'Hannah wrote this.' });
  const late = await at.web.post(cookie, `${address}/sign`, {
    ...fields,
    recommendation: 'Maya wrote that.',
    heard: 'yes',
  });
  assert.equal(late.statusCode, 409);
  assert.match(late.body, /Hannah Osei signed version 1/);
  assert.match(late.body, />Maya wrote that\.<\/textarea>/);
  assert.match(late.body, /<ins>[^<]*Maya/);
  assert.match(late.body, /<ins>[^<]*Hannah/);
});

test('a draft from before a colleague signed is shown beside what they signed', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  const address = await start(cal);
  const { viewer: maya, cookie } = await at.area.worker('Maya Khan', 'custody-practitioner');
  const place = { ownerId: maya.workerId, form: 'report', subject: address.split('/').at(-1) ?? '' };
  await at.database.transaction(databaseContext(maya), (tx) =>
    saveDraft(
      tx,
      place,
      { recommendation: 'Maya began to write.' },
      0,
      at.clock.now().subtract({ minutes: 1 }),
    ),
  );
  await signAndSend(address, { recommendation: 'Hannah wrote this.' });
  const page = await at.web.get(cookie, `${address}/write`);
  assert.match(page.body, /Two texts/);
  assert.match(page.body, />Maya began to write\.<\/textarea>/);
});

test('paper is made for somebody with a name, is the same each time, and holds nothing that is held back', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  const address = await start(cal);
  await signAndSend(address, { _then: 'print' });
  assert.equal((await at.web.get(at.cookie, `${address}/pdf`)).statusCode, 303, 'no paper before a name');
  assert.equal((await at.web.post(at.cookie, `${address}/print`, { handedTo: '' })).statusCode, 422);
  const made = await at.web.post(at.cookie, `${address}/print`, { handedTo: 'DS Priya Nair' });
  assert.equal(made.statusCode, 303);
  const [one, two] = [
    await at.web.get(at.cookie, `${address}/pdf`),
    await at.web.get(at.cookie, `${address}/pdf`),
  ];
  assert.equal(one.headers['content-type'], 'application/pdf');
  assert.ok(one.rawPayload.equals(two.rawPayload));
  const words = pdfWords(one.rawPayload).replaceAll(/\s+/g, ' ');
  assert.match(words, /Callum would benefit from treatment that can start this week/);
  assert.match(words, /Handed to DS Priya Nair/);
  for (const secret of ['Self-harm', 'suicid', 'Drugs', 'frightening night'])
    assert.ok(!words.includes(secret), secret);
  const [entry] = await at.database.transaction(databaseContext(at.author), (tx) =>
    disclosuresOf(tx, at.author, cal),
  );
  assert.equal(entry?.channel, 'print');
  assert.equal(entry.recipient.name, 'DS Priya Nair');
  assert.ok(entry.items.every((item) => !/Self-harm|Drugs/.test(item.label)));
  const printed = await at.database.transaction(databaseContext(at.author), (tx) =>
    tx
      .selectFrom('audit_event')
      .select('id')
      .where('person_id', '=', cal)
      .where('action', '=', 'printed')
      .execute(),
  );
  assert.equal(printed.length, 2, 'each print is in the audit');
});

test('a reader with an account sees what was sent to them and nothing else, and their opening is a receipt', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  const { viewer: price, cookie } = await at.area.worker('DC Aled Price', 'justice-reader');
  const stranger = await at.area.worker('DC Somebody Else', 'justice-reader');
  const address = await start(cal, { reader: price.workerId });
  const sent = await signAndSend(address);
  assert.equal(sent.statusCode, 303);
  const list = await at.web.get(cookie, '/reports-shared-with-me');
  const href = /\/reports-shared-with-me\/[0-9a-f-]{36}/.exec(list.body)?.[0] ?? '';
  assert.ok(!list.body.includes('Brennan'));
  assert.match((await at.web.get(at.cookie, address)).body, /not opened yet/);
  assert.equal((await at.web.get(stranger.cookie, href)).statusCode, 404);
  assert.doesNotMatch((await at.web.get(stranger.cookie, '/reports-shared-with-me')).body, /Report from/);
  assert.equal((await at.web.get(at.cookie, href)).statusCode, 403);
  const read = await at.web.get(cookie, href);
  assert.match(read.body, /treatment that can start/);
  assert.match((await at.web.get(at.cookie, address)).body, /Received 09:12/);
  const decided = await at.web.post(cookie, `${href}/decision`, {
    decision: 'charged',
    informed: 'partly',
    'decided-day': '24',
    'decided-month': '11',
    'decided-year': '2026',
    'decided-time': '09:00',
  });
  assert.equal(decided.statusCode, 303);
  assert.match((await at.web.get(at.cookie, address)).body, /There 09:12, after the decision, 09:00/);
});

test('what a reader has not opened is not opened after the person took it back', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  const { viewer, cookie } = await at.area.worker('DC Ruth Mbeki', 'justice-reader');
  const address = await start(cal, { reader: viewer.workerId });
  await signAndSend(address);
  at.clock.set('2026-11-24T09:20:00Z');
  await at.agrees(cal, null);
  const list = await at.web.get(cookie, '/reports-shared-with-me');
  const href = /\/reports-shared-with-me\/[0-9a-f-]{36}/.exec(list.body)?.[0] ?? '';
  const page = await at.web.get(cookie, href);
  assert.equal(page.statusCode, 410);
  assert.ok(!page.body.includes('Brennan'));
  at.clock.set('2026-11-24T09:12:00Z');
});

test('ten minutes before it is needed the picture of need says whom to ring', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  await sentToken(cal);
  assert.match(
    (await at.web.get(at.cookie, `/people/${cal}`)).body,
    /If nobody has opened it by 10:05 ring 0161 496 0142/,
  );
  at.clock.set('2026-11-24T10:06:00Z');
  assert.match(
    (await at.web.get(at.cookie, `/people/${cal}`)).body,
    /Nobody has opened the report: ring 0161 496 0142/,
  );
  at.clock.set('2026-11-24T09:12:00Z');
});

test('somebody without a relationship finds no report, and a form without its token changes nothing', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  const { address } = await sentToken(cal);
  const other = at.area.cookies['court-practitioner'];
  for (const path of ['', '/write', '/send', '/print', '/pdf', '/decision'])
    assert.equal((await at.web.get(other, `${address}${path}`)).statusCode, 404, path);
  assert.equal((await at.web.get(other, `/people/${cal}/reports`)).statusCode, 404);
  assert.equal((await at.web.get(at.area.cookies['justice-reader'], address)).statusCode, 403);
  assert.equal((await at.web.post(at.cookie, `${address}/send`, { _csrf: 'forged' })).statusCode, 403);
});

test('a report started by mistake is set aside, and one that was signed stays', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  const mistaken = await start(cal);
  assert.equal((await at.web.post(at.cookie, `${mistaken}/set-aside`)).statusCode, 303);
  assert.match((await at.web.get(at.cookie, `/people/${cal}/reports`)).body, /No report has been started/);
  assert.equal((await at.web.get(at.cookie, `${mistaken}/write`)).statusCode, 404);
  const { address } = await sentToken(cal);
  assert.equal((await at.web.post(at.cookie, `${address}/set-aside`)).statusCode, 409);
});

test('a report started from a hearing is found by that hearing', async () => {
  const cal = await at.person('Callum', 'Brennan');
  const hearing = crypto.randomUUID();
  const page = await at.web.get(
    at.cookie,
    `/people/${cal}/reports/new?template=court-bail-1&recipientName=Manchester+Magistrates&hearing=${hearing}`,
  );
  assert.match(page.body, new RegExp(`name="hearing" value="${hearing}"`));
  await start(cal, { template: 'court-bail-1', hearing });
  const found = await at.database.transaction(databaseContext(at.author), (tx) =>
    reportsForHearing(tx, at.author, [hearing, crypto.randomUUID()], at.clock.now()),
  );
  assert.equal(found.get(hearing)?.status, 'draft');
  assert.equal(found.size, 1);
});

test('the list of reports costs the same number of queries for one and for many', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  await sentToken(cal);
  const count = async () =>
    (await countQueries(() => at.web.get(at.cookie, `/people/${cal}/reports`))).queries.length;
  const few = await count();
  for (let more = 0; more < 6; more += 1) await sentToken(cal);
  assert.equal(await count(), few);
  const listed = await at.database.transaction(databaseContext(at.author), (tx) =>
    reportsOf(tx, at.author, cal, at.clock.now()),
  );
  assert.equal(listed.length, 7);
  assert.ok(listed.every((entry) => entry.status === 'sent'));
});
