import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { staysOf } from './custody/index.ts';
import { joinModules } from './modules.ts';
import { fixedClock } from './platform/clock.ts';
import { openDatabase } from './platform/database.ts';
import { prepareJobs } from './platform/jobs.ts';
import { testDatabase, type TestDatabase } from './platform/test-database.ts';
import { referralsOf } from './referrals/index.ts';
import { makeArea, tellStories } from './demonstration/index.ts';

const open: TestDatabase[] = [];

after(async () => {
  for (const one of open) await one.drop();
});

/** A fresh demonstration that starts at a moment, and how to look at it. */
async function started(at: string) {
  const files = await testDatabase();
  open.push(files);
  await prepareJobs(files.ownerUrl);
  const owner = openDatabase({ appUrl: files.ownerUrl, poolSize: 2 });
  const database = openDatabase({ appUrl: files.appUrl });
  const area = await makeArea(owner, 'https://issuer.example');
  await owner.close();
  const clock = fixedClock(at);
  const modules = joinModules({
    database,
    clock,
    baseUrl: 'http://127.0.0.1:3000',
    linkSecret: 'x'.repeat(43),
  });
  const start = performance.now();
  await tellStories({ ...modules, clock }, area, Temporal.Instant.from(at));
  const seconds = (performance.now() - start) / 1000;
  const system = { kind: 'system', areaId: area.areaId, actor: 'test' } as const;
  return { database, system, seconds };
}

test('every story is told to its end, and what a nurse would check is there', async (t) => {
  const now = Temporal.Instant.from('2026-11-24T09:12:00Z');
  const { database, system, seconds } = await started(now.toString());
  t.diagnostic(`told in ${seconds.toFixed(1)} seconds`);
  await database.transaction({ kind: 'system', area: system.areaId }, async (tx) => {
    const named = (given: string, family: string) =>
      tx
        .selectFrom('person')
        .select('id')
        .where('given_name', '=', given)
        .where('family_name', '=', family)
        .where('merged_into', 'is', null)
        .execute();
    const callums = await named('Callum', 'Brennan');
    assert.equal(callums.length, 1, 'Callum has one record');
    const [callum] = callums;
    assert.ok(callum);
    const stays = await staysOf(tx, system, callum.id, now);
    assert.equal(stays.filter((stay) => stay.endedAt !== null).length, 3, 'and three earlier stays');
    assert.equal(stays.filter((stay) => stay.endedAt === null).length, 1);
    const [colette] = await named('Colette', 'Brady');
    assert.ok(colette);
    const kept = await tx
      .selectFrom('appointment_outcome')
      .select('attendance')
      .where('person_id', '=', colette.id)
      .execute();
    assert.deepEqual(kept, [{ attendance: '5' }], 'Colette came to her first appointment');
    const [referral] = await referralsOf(
      tx,
      system,
      colette.id,
      Temporal.Instant.from('2026-11-24T09:12:00Z'),
    );
    assert.equal(referral?.standing.state, 'first-attended');
    const numbers = await tx
      .selectFrom('person_identifier')
      .select('canonical')
      .where('kind', '=', 'nhs')
      .execute();
    assert.ok(numbers.length > 0);
    for (const { canonical } of numbers) assert.match(canonical, /^999/, 'no real person’s NHS number');
  });
  await database.close();
});

for (const [when, at] of [
  ['just after midnight', '2026-11-24T00:02:00Z'],
  ['on the morning the clocks go back', '2026-10-25T01:30:00Z'],
  ['on the morning the clocks go forward', '2027-03-28T01:15:00Z'],
] as const)
  test(`the stories are told whole ${when}`, async () => {
    const { database } = await started(at);
    await database.close();
  });
