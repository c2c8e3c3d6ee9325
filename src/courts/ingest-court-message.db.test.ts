import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test, { after, before } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { ingestCourtMessage } from './ingest-court-message.ts';
import {
  inventedCase,
  inventedCases,
  inventedDefendant,
  inventedHearing,
  inventedList,
} from './import/invented-court-list.ts';
import { bytesOf, testCourts, type TestCourts } from './test-courts.ts';

let courts: TestCourts;
before(async () => {
  courts = await testCourts();
});
after(() => courts.close());

const ingest = (text: string, name = 'list.xml') =>
  ingestCourtMessage(courts, courts.area.system, bytesOf(text), name);

const onDay = (day: string) =>
  courts.rows(sql<{
    name: string;
    removed: boolean;
    version: number;
    ordinal: number;
    site_id: string | null;
  }>`
    select a.name_received as name, a.removed_from_list_at is not null as removed, a.version, a.ordinal, s.site_id
    from court_sitting s join court_appearance a on a.hearing_id = s.hearing_id where s.day = ${day}::date
    order by a.base_key, a.ordinal`);

test('a daily list puts every person in their courtroom and counts companies without listing them', async () => {
  const report = await ingest(inventedList(inventedCases(41), '01/12/2026'));
  assert.equal(report.accepted, true);
  assert.equal(report.organisations, 1);
  assert.equal(report.people, 40);
  assert.equal(report.added, 40);
  const rows = await onDay('2026-12-01');
  assert.equal(rows.length, 40);
  assert.ok(rows.every((row) => row.site_id === courts.area.courtId));
});

test('the same list again changes nothing and is kept once', async () => {
  const list = inventedList(inventedCases(5), '02/12/2026');
  await ingest(list);
  const again = await ingest(list, 'copy.xml');
  assert.equal(again.repeated, true);
  assert.equal(again.people, 5);
  assert.ok((await onDay('2026-12-02')).every((row) => row.version === 1));
  const kept = await courts.rows(sql`select from inbound_message where id = ${again.messageId}`);
  assert.equal(kept.length, 1);
});

test('the same list arriving several times at once has exactly one effect', async () => {
  const list = inventedList(inventedCases(30), '03/12/2026');
  const reports = await Promise.all(Array.from({ length: 6 }, () => ingest(list)));
  assert.equal(reports.filter((report) => !report.repeated).length, 1);
  const rows = await onDay('2026-12-03');
  assert.equal(rows.length, 30);
  assert.ok(rows.every((row) => row.version === 1));
  const issues = await courts.rows(
    sql<{
      n: number;
    }>`select count(*)::int as n from audit_event where subject_id = ${reports[0]?.messageId}`,
  );
  assert.equal(issues[0]?.n, 1);
});

test('two different lists of one court at once lose nobody', async () => {
  const first = inventedList(inventedCases(20), '04/12/2026');
  const second = inventedList(
    Array.from({ length: 20 }, (_, index) => inventedCase(index + 80)),
    '05/12/2026',
  );
  await Promise.all([ingest(first), ingest(second)]);
  assert.equal((await onDay('2026-12-04')).length, 20);
  assert.equal((await onDay('2026-12-05')).length, 20);
});

test('a corrected list updates, keeps what each message said, and shows who is no longer listed', async () => {
  await ingest(inventedList([inventedCase(1), inventedCase(2), inventedCase(3)], '07/12/2026'));
  const corrected = await ingest(
    inventedList([inventedCase(1), inventedCase(2, { def_dob: '02/06/1951' })], '07/12/2026'),
  );
  assert.deepEqual(
    { added: corrected.added, changed: corrected.changed, leftOff: corrected.leftOff },
    { added: 0, changed: 1, leftOff: 1 },
  );
  const rows = await onDay('2026-12-07');
  assert.deepEqual(
    rows.map((row) => [row.version, row.removed]),
    [
      [1, false],
      [2, false],
      [2, true],
    ],
  );
  const history = await courts.rows(sql<{ change: string }>`
    select v.change from court_appearance_version v join court_appearance a on a.id = v.appearance_id
    join court_sitting s on s.hearing_id = a.hearing_id where s.day = '2026-12-07' order by a.base_key, v.version`);
  assert.deepEqual(
    history.map((row) => row.change),
    ['listed', 'listed', 'changed', 'listed', 'removed'],
  );
  const back = await ingest(
    inventedList([inventedCase(3)], '07/12/2026').replace('invented-message-1', 'm-2'),
  );
  assert.equal(back.changed, 1);
  assert.equal((await onDay('2026-12-07')).at(-1)?.removed, false);
});

test('a list that arrived damaged takes nobody off', async () => {
  await ingest(inventedList(inventedCases(6), '08/12/2026'));
  const whole = inventedList(inventedCases(6), '08/12/2026');
  const cut = await ingest(whole.slice(0, whole.lastIndexOf('<case>') + 40));
  assert.equal(cut.accepted, true);
  assert.equal(cut.leftOff, 0);
  assert.ok((await onDay('2026-12-08')).every((row) => !row.removed));
});

test('another person under a number already used is kept beside the first', async () => {
  await ingest(inventedList([inventedCase(1)], '09/12/2026'));
  const other = inventedCase(4, { caseno: '2600000001' });
  await ingest(inventedList([inventedCase(1), other], '09/12/2026'));
  const rows = await onDay('2026-12-09');
  assert.deepEqual(
    rows.map((row) => row.ordinal),
    [1, 2],
  );
  assert.notEqual(rows[0]?.name, rows[1]?.name);
});

test('a Common Platform hearing that moves to another day keeps its people and leaves the old day', async () => {
  const people = [inventedDefendant(1), inventedDefendant(2)];
  await ingest(JSON.stringify(inventedHearing(people)), 'hearing.json');
  assert.equal((await onDay('2026-06-15')).length, 2);
  const moved = inventedHearing(people, {
    hearingDays: [{ sittingDay: '2026-06-22T09:00:00.000Z', listingSequence: 1 }],
  });
  const report = await ingest(JSON.stringify(moved), 'hearing.json');
  assert.equal(report.added, 0);
  assert.equal((await onDay('2026-06-15')).length, 0);
  assert.equal((await onDay('2026-06-22')).length, 2);
});

test('a court that is not ours is kept under the code received and shown for somebody to place', async () => {
  const report = await ingest(inventedList(inventedCases(2), '10/12/2026', 'B10JQ00'));
  assert.equal(report.people, 2);
  assert.ok((await onDay('2026-12-10')).every((row) => row.site_id === null));
  const issues = await courts.rows(sql<{ message: string }>`
    select message from data_quality_issue where inbound_message_id = ${report.messageId} and code = 'court-not-ours'`);
  assert.match(issues[0]?.message ?? '', /B10JQ/);
});

test('a file that is no court message is kept as it came, with the reason', async () => {
  const report = await ingest('Dear all, the list is attached.', 'note.txt');
  assert.equal(report.accepted, false);
  const kept = await courts.rows(
    sql<{
      content: Buffer;
      outcome: { kind: string };
    }>`select content, outcome from inbound_message where id = ${report.messageId}`,
  );
  assert.equal(kept[0]?.content.toString(), 'Dear all, the list is attached.');
  assert.equal(report.issues[0]?.severity, 'message-refused');
});

test('no bytes crash the import, and whatever came is kept', async () => {
  const seeds = [
    inventedList(inventedCases(3), '11/12/2026'),
    JSON.stringify(inventedHearing([inventedDefendant(3), inventedDefendant(4)])),
  ].map((text) => Buffer.from(text));
  const mutation = fc.record({
    seed: fc.constantFrom(...seeds),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(40),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc
        .constantFrom('\0', '\\u0000', '\\ud800', '00', '9'.repeat(400), '&#0;', '<case>', '"', '}', '\u202E')
        .map((text) => Buffer.from(text)),
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
      let bytes = mutations[0]?.seed ?? Buffer.alloc(0);
      for (const { at, cut, put } of mutations) {
        const from = Math.floor(at * bytes.length);
        bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + cut)]);
      }
      const report = await ingestCourtMessage(courts, courts.area.system, bytes, 'a\0b.xml');
      const kept = await courts.rows(
        sql<{ content: Buffer }>`select content from inbound_message where id = ${report.messageId}`,
      );
      assert.ok(kept[0]?.content.equals(bytes));
    }),
    { numRuns: 120 },
  );
});

const data = process.env['THROUGHLINE_SHARED_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
const absent = existsSync(data) ? false : 'needs ../shared/data';

test(
  'every published court file is taken or refused, twice, and the second time changes nothing',
  { skip: absent },
  async (t) => {
    let people = 0;
    for (const folder of ['courts-libra-xml', 'courts-common-platform']) {
      const files = readdirSync(join(data, folder), { recursive: true, encoding: 'utf8' })
        .map((path) => join(data, folder, path))
        .filter((path) => statSync(path).isFile());
      for (const path of files) {
        const bytes = readFileSync(path);
        const report = await ingestCourtMessage(courts, courts.area.system, bytes, path);
        const again = await ingestCourtMessage(courts, courts.area.system, bytes, path);
        assert.equal(again.repeated, true);
        assert.equal(again.added + again.changed + again.leftOff, 0);
        if (report.accepted) people += report.people;
        else assert.match(report.issues[0]?.message ?? '', /^[A-Z].{15,}\.$/);
      }
    }
    t.diagnostic(`${people} appearances`);
    assert.ok(people > 100);
  },
);
