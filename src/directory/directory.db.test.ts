import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { databaseContext } from '../access/index.ts';
import type { TestArea } from '../access/test-area.ts';
import { testSetting, type TestSetting } from '../access/test-setting.ts';
import { testServer, type TestServer } from '../access/test-server.ts';
import { fixedClock } from '../platform/clock.ts';
import { countQueries, type Database } from '../platform/database.ts';
import {
  importListings,
  isDirectoryFile,
  readDemoDirectory,
  readDirectory,
  registerDirectoryRoutes,
  seedDemoDirectory,
  writeDirectory,
  type ServiceListing,
} from './index.ts';
import { differences, keptListing, revivedListing } from './keep-listing.ts';

const clock = fixedClock('2026-11-24T09:12:00Z');
let setting: TestSetting;
let database: Database;
let area: TestArea;
let web: TestServer;

before(async () => {
  setting = await testSetting();
  ({ database, area } = setting);
  web = await testServer({
    database,
    clock,
    register: (server) => registerDirectoryRoutes(server, { database, clock }),
  });
  await seedDemoDirectory({ database, clock }, area.system);
});
after(async () => {
  await web.close();
  await setting.close();
});

const bytesOf = (listings: readonly ServiceListing[]): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(writeDirectory(listings)));
const demo = readDemoDirectory().listings;

function take(listings: readonly ServiceListing[], feed: string, whole = true) {
  return importListings({ database, clock }, area.system, bytesOf(listings), { feed, whole });
}

test('a listing comes back from the database exactly as it was kept', () => {
  for (const listing of demo) {
    const back = revivedListing(keptListing(listing));
    assert.deepEqual(differences(listing, back), []);
    assert.equal(back.assuredDate?.toString(), listing.assuredDate?.toString());
    assert.ok(back.assuredDate === undefined || back.assuredDate instanceof Temporal.PlainDate);
  }
});

test('an import says what is new, what changed and in which fields, and what has gone', async () => {
  const [a, b, c] = demo;
  assert.ok(a !== undefined && b !== undefined && c !== undefined);
  const first = await take([a, b], 'Council');
  assert.deepEqual(first.difference.added, [a.name, b.name]);
  const again = await take([a, b], 'Council');
  assert.deepEqual(
    { ...again.difference, unchanged: 2 },
    { added: [], changed: [], gone: [], unchanged: 2, refused: 0 },
  );
  assert.equal(again.difference.unchanged, 2);
  const next = await take([{ ...a, waitingTimeDays: 99 }, c], 'Council');
  assert.deepEqual(next.difference.added, [c.name]);
  assert.deepEqual(next.difference.changed, [{ name: a.name, fields: ['waitingTimeDays'] }]);
  assert.deepEqual(next.difference.gone, [b.name]);
  const back = await take([a, b, c], 'Council');
  assert.deepEqual(back.difference.added, []);
  assert.ok(back.difference.changed.some((one) => one.name === b.name));
});

test('one page of several takes nothing away', async () => {
  const [a, b] = demo;
  assert.ok(a !== undefined && b !== undefined);
  await take([a, b], 'Pages');
  const page = writeDirectory([a]);
  const bytes = new TextEncoder().encode(
    JSON.stringify({ ...page, total_items: 2, total_pages: 2, last_page: false }),
  );
  const line = await importListings({ database, clock }, area.system, bytes, { feed: 'Pages', whole: true });
  assert.deepEqual(line.difference.gone, []);
});

test('the same id in two feeds is two services', async () => {
  const [a] = demo;
  assert.ok(a !== undefined);
  await take(
    [{ ...a, externalId: '00000000-0000-4000-8000-000000000017', name: 'Seventeen north' }],
    'North',
  );
  await take(
    [{ ...a, externalId: '00000000-0000-4000-8000-000000000017', name: 'Seventeen south' }],
    'South',
  );
  const names = await database.transaction(databaseContext(area.system), (tx) =>
    tx
      .selectFrom('service')
      .select('name')
      .where('external_id', '=', '00000000-0000-4000-8000-000000000017')
      .orderBy('name')
      .execute(),
  );
  assert.deepEqual(
    names.map((row) => row.name),
    ['Seventeen north', 'Seventeen south'],
  );
});

test('a file that is not directory data is kept, refused and said so', async () => {
  const bytes = new TextEncoder().encode('{"hello": true}');
  assert.equal(isDirectoryFile(bytes), false);
  const line = await importListings({ database, clock }, area.system, bytes, {
    feed: 'Odd',
    fileName: 'odd.json',
  });
  assert.equal(line.understood, false);
  assert.equal(line.accepted, 0);
  assert.ok(line.issues.length > 0);
  const kept = await database.transaction(databaseContext(area.system), (tx) =>
    tx
      .selectFrom('data_quality_issue')
      .innerJoin('inbound_message', 'inbound_message.id', 'data_quality_issue.inbound_message_id')
      .select('severity')
      .where('inbound_message.feed', '=', 'directory: Odd')
      .execute(),
  );
  assert.deepEqual([...new Set(kept.map((row) => row.severity))], ['message-refused']);
});

test('the search page ranks by fit, says why, and works by its address alone', async () => {
  const found = await web.get(area.cookies.navigator, '/services?need=alcohol&place=M4+5JU&age=46&for=woman');
  assert.equal(found.statusCode, 200);
  assert.match(found.body, /Helps with alcohol/);
  assert.match(found.body, /Serves Manchester/);
  assert.match(found.body, /not for this search, and why/);
  const nowhere = await web.get(area.cookies.navigator, '/services?need=alcohol&place=Atlantis&age=old');
  assert.match(nowhere.body, /is not a place in Greater Manchester/);
  assert.match(nowhere.body, /Age is a whole number/);
  assert.equal((await web.get(area.cookies.commissioner, '/services')).statusCode, 403);
});

test('searching asks the database as often for a need with many services as for one with few', async () => {
  const few = await countQueries(() => web.get(area.cookies.navigator, '/services?need=brain-injury'));
  const many = await countQueries(() => web.get(area.cookies.navigator, '/services?need=mental-health'));
  assert.equal(few.queries.length, many.queries.length);
});

test('a lead verifies a listing, it is fresh again, and a feed that did not look does not undo it', async () => {
  const [old] = demo;
  assert.ok(old !== undefined);
  const stale = {
    ...old,
    externalId: '00000000-0000-4000-8000-0000000000aa',
    assuredDate: Temporal.PlainDate.from('2024-01-05'),
  };
  await take([stale], 'Slow council');
  const id = await database.transaction(databaseContext(area.system), async (tx) => {
    const row = await tx
      .selectFrom('service')
      .select('id')
      .where('external_id', '=', '00000000-0000-4000-8000-0000000000aa')
      .executeTakeFirstOrThrow();
    return row.id;
  });
  const page = `/services/${id}`;
  assert.match((await web.get(area.cookies.navigator, page)).body, /2 years ago/);
  assert.equal((await web.post(area.cookies.navigator, `${page}/verified`)).statusCode, 403);
  assert.equal((await web.post(area.cookies.lead, `${page}/verified`)).statusCode, 303);
  assert.match((await web.get(area.cookies.navigator, page)).body, /24 November 2026 by Worker lead/);
  await take([{ ...stale, waitingTimeDays: 3 }], 'Slow council');
  const after = (await web.get(area.cookies.navigator, page)).body;
  assert.match(after, /24 November 2026 by Worker lead/);
  assert.match(after, /About 3 days/);
});

test('anybody may read the directory as valid Open Referral UK 3, page by page, without a person in it', async () => {
  const first = await web.get(null, '/api/open-referral/services?per_page=10');
  assert.equal(first.statusCode, 200);
  const body = first.json<{ total_items: number; total_pages: number; contents: { id: string }[] }>();
  assert.equal(body.contents.length, 10);
  assert.ok(body.total_pages > 5);
  const met = new Set<string>();
  for (let page = 1; page <= body.total_pages; page += 1) {
    const answer = await web.get(null, `/api/open-referral/services?per_page=10&page=${page}`);
    const reading = readDirectory(answer.json());
    assert.notEqual(reading.status, 'failing', JSON.stringify(reading.reasons.slice(0, 3)));
    for (const one of answer.json<{ contents: { id: string }[] }>().contents) met.add(one.id);
    assert.doesNotMatch(answer.body, /Worker lead/);
  }
  assert.equal(met.size, body.total_items);
  const [one] = body.contents;
  assert.equal((await web.get(null, `/api/open-referral/services/${one?.id}`)).statusCode, 200);
  assert.equal((await web.get(null, '/api/open-referral/services/nonsense')).statusCode, 404);
  assert.equal((await web.get(null, '/api/open-referral/services?per_page=9999')).statusCode, 400);
});

test('the invented directory stays fresh whenever the demonstration runs, and running it again changes nothing', async () => {
  const same = await seedDemoDirectory({ database, clock }, area.system);
  assert.equal(
    same.difference.added.length + same.difference.changed.length + same.difference.gone.length,
    0,
  );
  const later = fixedClock('2027-11-24T09:12:00Z');
  await seedDemoDirectory({ database, clock: later }, area.system);
  const newest = await database.transaction(databaseContext(area.system), (tx) =>
    tx
      .selectFrom('service')
      .innerJoin('directory_feed', 'directory_feed.id', 'service.feed_id')
      .select('verified_on')
      .where('directory_feed.name', 'like', '%(invented)%')
      .where('verified_on', 'is not', null)
      .orderBy('verified_on', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow(),
  );
  assert.ok((newest.verified_on?.year ?? 0) === 2027);
});
