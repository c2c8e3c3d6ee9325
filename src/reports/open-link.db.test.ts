import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { databaseContext } from '../access/index.ts';
import { FORMULATION, reportsArea, type ReportsArea } from './test-reports.ts';
import { TOKEN, writingOf } from './test-writing.ts';

let at: ReportsArea;
before(async () => {
  at = await reportsArea();
});
after(() => at.close());
const { start, signAndSend, sentToken } = writingOf(() => at);

test('a mail scanner that follows the link opens nothing; pressing the button does', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  const { address, token } = await sentToken(cal);
  const scanned = await at.web.get(null, `/r/${token}`);
  assert.equal(scanned.statusCode, 200);
  assert.match(scanned.body, /A report for DC Aled Price/);
  assert.ok(!scanned.body.includes('Brennan'));
  const deeper = await at.web.get(null, `/r/${token}/report`);
  assert.equal(deeper.statusCode, 303);
  assert.match((await at.web.get(at.cookie, address)).body, /Sent 09:12, not opened yet/);

  at.clock.set('2026-11-24T09:40:00Z');
  const opened = await at.web.post(null, `/r/${token}/open`);
  assert.equal(opened.statusCode, 303);
  const read = await at.web.get(null, `/r/${token}/report`);
  assert.match(read.body, /treatment that can start/);
  assert.equal(read.headers['cache-control'], 'no-store');
  for (const secret of ['Self-harm', 'Drugs', FORMULATION, 'held back'])
    assert.ok(!read.body.includes(secret), secret);
  assert.match((await at.web.get(at.cookie, address)).body, /Received 09:40/);
  await at.web.post(null, `/r/${token}/read`);
  assert.match((await at.web.get(at.cookie, address)).body, /Read 09:40/);
  at.clock.set('2026-11-24T09:12:00Z');
});

test('the decision is asked back through the link, and whether the report was there before is worked out', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  const { address, token } = await sentToken(cal);
  const early = await at.web.post(null, `/r/${token}/decision`, { decision: 'charged' });
  assert.equal(early.headers.location, `/r/${token}`, 'nothing is answered about a report nobody has opened');
  at.clock.set('2026-11-24T10:00:00Z');
  await at.web.post(null, `/r/${token}/open`);
  at.clock.set('2026-11-24T10:40:00Z');
  const answer = {
    decision: 'out-of-court',
    informed: 'yes',
    'decided-day': '24',
    'decided-month': '11',
    'decided-year': '2026',
    'decided-time': '10:30',
  };
  const wrong = await at.web.post(null, `/r/${token}/decision`, { ...answer, decision: 'acquitted-by-jury' });
  assert.equal(wrong.statusCode, 422);
  const told = await at.web.post(null, `/r/${token}/decision`, answer);
  assert.equal(told.statusCode, 303);
  assert.match((await at.web.get(null, `/r/${token}/report`)).body, /You told us: Out-of-court disposal/);
  const ours = await at.web.get(at.cookie, address);
  assert.match(ours.body, /There 10:00, before the decision, 10:30/);
  at.clock.set('2026-11-24T09:12:00Z');
});

test('a wrong, an expired and a closed link say what to do and whom to ring, and name nobody', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  const { address, token } = await sentToken(cal);
  const wrong = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
  for (const tried of [wrong, 'short', `${token}x`]) {
    const page = await at.web.get(null, `/r/${tried}`);
    assert.equal(page.statusCode, 404, tried);
    assert.equal((await at.web.post(null, `/r/${tried}/open`)).statusCode, 404);
  }
  at.clock.set('2026-11-27T09:12:00Z');
  const late = await at.web.get(null, `/r/${token}`);
  assert.equal(late.statusCode, 410);
  assert.match(late.body, /This link has run out/);
  assert.equal((await at.web.post(null, `/r/${token}/open`)).statusCode, 410);
  at.clock.set('2026-11-24T09:12:00Z');

  const page = await at.web.get(at.cookie, address);
  const sending = /\/sendings\/([0-9a-f-]{36})/.exec(page.body)?.[1] ?? '';
  await at.web.post(at.cookie, `${address}/sendings/${sending}`, { act: 'close' });
  const closed = await at.web.get(null, `/r/${token}`);
  assert.equal(closed.statusCode, 410);
  assert.match(closed.body, /0161 496 0100/);
  for (const name of ['Brennan', 'Callum', 'Price']) assert.ok(!closed.body.includes(name), name);
  assert.equal((await at.web.post(null, `/r/${token}/open`)).statusCode, 410);
});

test('a token opens its own report only', async () => {
  const cal = await at.person('Callum', 'Brennan');
  const other = await at.person('Amina', 'Yusuf');
  await at.agrees(cal, 'recommendation-and-needs');
  await at.agrees(other, 'recommendation-and-needs');
  const mine = await sentToken(cal);
  await sentToken(other);
  await at.web.post(null, `/r/${mine.token}/open`);
  const read = await at.web.get(null, `/r/${mine.token}/report`);
  assert.match(read.body, /Callum Brennan/);
  assert.ok(!read.body.includes('Yusuf'));
});

test('taking the agreement back closes the link before anybody has opened it', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  const { address, token } = await sentToken(cal);
  at.clock.set('2026-11-24T09:20:00Z');
  await at.agrees(cal, null);
  assert.equal((await at.web.post(null, `/r/${token}/open`)).statusCode, 410);
  assert.match((await at.web.get(at.cookie, address)).body, /Stopped 09:20, nobody opened it/);
  const again = await at.web.post(at.cookie, `${address}/send`, { channel: 'link' });
  assert.equal(again.statusCode, 409, 'and it is not sent again');
  at.clock.set('2026-11-24T09:12:00Z');
});

test('the message to a recipient names nobody it is about', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  const address = await start(cal, { recipientEmail: 'aled.price@police.example' });
  const sent = await signAndSend(address);
  assert.equal(sent.statusCode, 303);
  const [message] = await at.database.transaction(databaseContext(at.author), (tx) =>
    tx.selectFrom('outbound_message').selectAll().where('person_id', '=', cal).execute(),
  );
  const words = JSON.stringify(message?.content);
  assert.match(words, TOKEN);
  assert.doesNotMatch(words, /Callum|Brennan|alcohol|health/i);
  assert.match(message?.caused_by ?? '', /^disclosure:/);
});

test('whoever tries addresses one after the other is stopped', async () => {
  const statuses: number[] = [];
  for (let tried = 0; tried < 40; tried += 1)
    statuses.push((await at.web.get(null, `/r/${'x'.repeat(40)}${100 + tried}`)).statusCode);
  assert.equal(statuses.at(-1), 429);
  assert.ok(statuses.every((status) => status === 404 || status === 429));
});

test('the database itself gives a link holder and a reader their own version only', async () => {
  const cal = await at.person('Callum', 'Brennan');
  await at.agrees(cal, 'recommendation-and-needs');
  await sentToken(cal);
  const context = { kind: 'link', area: at.area.areaId } as const;
  const seen = await at.database.transaction(
    { ...context, linkSubject: crypto.randomUUID() },
    async (tx) => ({
      versions: await tx.selectFrom('report_version').select('id').execute(),
      reports: await tx.selectFrom('report').select('id').execute(),
      sendings: await tx.selectFrom('report_sending').select('id').execute(),
    }),
  );
  assert.deepEqual(seen, { versions: [], reports: [], sendings: [] });
  const reader = at.area.viewers['justice-reader'];
  const read = await at.database.transaction(databaseContext(reader), async (tx) => [
    ...(await tx.selectFrom('report_version').select('id').execute()),
    ...(await tx.selectFrom('report').select('id').execute()),
  ]);
  assert.deepEqual(read, []);
});
