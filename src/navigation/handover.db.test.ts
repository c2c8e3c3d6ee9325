import assert from 'node:assert/strict';
import test from 'node:test';
import {
  acceptHandover,
  chaseOverdueHandovers,
  createHandover,
  followSamePerson,
  handOverAfterStay,
  handoversTo,
  keepHandover,
  returnHandover,
  type SettleScope,
} from './index.ts';
import { openHandovers } from './handover-store.ts';
import { navigationTest } from './test-navigation.ts';
import type { SignedInViewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';

const t = navigationTest();

const scope = (tx: Tx, viewer: SignedInViewer): SettleScope => ({
  people: t.people,
  tx,
  viewer,
  now: t.clock.now(),
  reference: null,
});
const accept = (viewer: SignedInViewer, handoverId: string) =>
  t.as(viewer, (tx) => acceptHandover(scope(tx, viewer), { handoverId }));

test('a release handed over by the suite waits for the navigators, with four hours and what matters', async () => {
  const jordan = await t.person('Jordan', 'Lee');
  await t.as(t.area.system, (tx) =>
    tx
      .insertInto('alert')
      .values({
        area_id: t.area.areaId,
        person_id: jordan.id,
        kind: 'self-harm',
        what: 'Has hurt himself in custody before',
        urgency: 'now',
        basis: 'told-us',
        said_by: 'Told S Mistry, nurse',
      })
      .execute(),
  );
  const id = await t.handOver(jordan);
  const ruth = t.area.viewers.navigator;
  const waiting = (await t.as(ruth, (tx) => handoversTo(tx, ruth))).find((entry) => entry.id === id);
  assert.equal(waiting?.acceptBy?.toString(), '2026-11-24T13:20:00Z');
  assert.deepEqual(
    waiting?.what.map((line) => `${line.text} (${line.source})`),
    ['Has hurt himself in custody before (Told S Mistry, nurse)'],
  );
  const opened = await t.as(ruth, (tx) => t.people.open(tx, ruth, jordan.id));
  assert.equal(opened?.relationship.because, 'handed over to your team');
});

test('accepting puts the person on the caseload and sets the calls of days 1, 7 and 28', async () => {
  const samir = await t.person('Samir', 'Hossain');
  const id = await t.handOver(samir);
  const ruth = t.area.viewers.navigator;
  const accepted = await accept(ruth, id);
  assert.ok(accepted.ok);
  const opened = await t.as(ruth, (tx) => t.people.open(tx, ruth, samir.id));
  assert.equal(opened?.relationship.because, 'on your caseload');
  const calls = await t.as(ruth, (tx) =>
    tx
      .selectFrom('follow_up')
      .select(['day', 'due_on'])
      .where('person_id', '=', samir.id)
      .orderBy('day')
      .execute(),
  );
  assert.deepEqual(
    calls.map((call) => `${call.day} ${call.due_on.toString()}`),
    ['1 2026-11-25', '7 2026-12-01', '28 2026-12-22'],
  );
});

test('two navigators accept at the same moment: one has the person, the other is told who', async () => {
  const gemma = await t.person('Gemma', 'Lyle');
  const id = await t.handOver(gemma);
  const pat = (await t.area.worker('Pat Lomax', 'navigator')).viewer;
  const ruth = t.area.viewers.navigator;
  const both = await Promise.all([accept(ruth, id), accept(pat, id)]);
  const won = both.filter((outcome) => outcome.ok);
  const lost = both.filter((outcome) => !outcome.ok);
  assert.equal(won.length, 1);
  assert.equal(lost.length, 1);
  const winner = both[0].ok ? ruth : pat;
  const [told] = lost;
  assert.ok(told !== undefined && !told.ok);
  assert.equal(told.refusal.code, 'already-accepted');
  assert.match(told.refusal.message, new RegExp(winner.name));
  const rows = await t.as(ruth, (tx) =>
    tx.selectFrom('caseload_assignment').select('worker_id').where('person_id', '=', gemma.id).execute(),
  );
  assert.deepEqual(rows, [{ worker_id: winner.workerId }]);
});

test('a handover made before the person leaves can be accepted early; leaving starts its clock and its calls', async () => {
  const callum = await t.person('Callum', 'Brennan');
  const made = await t.as(t.area.system, (tx) =>
    createHandover(
      tx,
      t.area.system,
      {
        personId: callum.id,
        episodeId: callum.episodeId,
        to: { kind: 'navigation' },
        reason: 'May be released after 10:30',
      },
      t.clock.now(),
    ),
  );
  assert.ok(made.ok);
  const ruth = t.area.viewers.navigator;
  assert.ok((await accept(ruth, made.value.id)).ok);
  const calls = (tx: Tx) =>
    tx.selectFrom('follow_up').select('day').where('person_id', '=', callum.id).execute();
  assert.equal((await t.as(ruth, calls)).length, 0);
  const again = await t.handOver(callum, { cause: 'stay-1' }, t.area.system);
  assert.equal(again, made.value.id, 'leaving found the handover there was');
  assert.equal((await t.as(ruth, calls)).length, 3);
});

test('the same custody event twice makes one handover', async () => {
  const ola = await t.person('Ola', 'Adeyinka');
  const first = await t.handOver(ola, { cause: 'stay-2' }, t.area.system);
  assert.equal(await t.handOver(ola, { cause: 'stay-2' }, t.area.system), first);
});

test('sent back, it is with its sender and the lead again, with the reason, and the sender may keep the person', async () => {
  const peter = await t.person('Peter', 'Nuttall');
  const id = await t.handOver(peter);
  const ruth = t.area.viewers.navigator;
  const back = await t.as(ruth, (tx) =>
    returnHandover(scope(tx, ruth), { handoverId: id, why: 'Lives in another area' }),
  );
  assert.ok(back.ok);
  assert.equal(await t.as(ruth, (tx) => t.people.open(tx, ruth, peter.id)), null, 'no longer hers to open');
  const lead = t.area.viewers.lead;
  const open = await t.as(lead, (tx) => openHandovers(tx, lead));
  assert.equal(open.find((entry) => entry.id === id)?.settledWhy, 'Lives in another area');
  const hannah = t.area.viewers['custody-practitioner'];
  assert.ok((await t.as(hannah, (tx) => keepHandover(scope(tx, hannah), { handoverId: id }))).ok);
  const has = await t.as(hannah, (tx) =>
    tx.selectFrom('caseload_assignment').select('worker_id').where('person_id', '=', peter.id).execute(),
  );
  assert.deepEqual(has, [{ worker_id: hannah.workerId }]);
});

test('a navigator of another team, and a worker who has no part in it, cannot answer', async () => {
  const marta = await t.person('Marta', 'Kowalczyk');
  const id = await t.handOver(marta);
  const nurse = t.area.viewers['custody-healthcare'];
  const refused = await accept(nurse, id);
  assert.ok(!refused.ok);
  assert.equal(refused.refusal.code, 'not-found');
  const sender = t.area.viewers['custody-practitioner'];
  const own = await accept(sender, id);
  assert.ok(!own.ok);
  assert.equal(own.refusal.code, 'not-for-you');
});

test('what nobody takes in time is chased once, names nobody, and again only after its time', async () => {
  const aaron = await t.person('Aaron', 'Gill');
  const id = await t.handOver(aaron);
  await t.owner.transaction({ kind: 'system', area: null }, (tx) =>
    tx
      .updateTable('team')
      .set({ mailbox: 'navigators@example.org' })
      .where('kind', '=', 'navigation')
      .execute(),
  );
  const chase = () => t.as(t.area.system, (tx) => chaseOverdueHandovers(tx, t.area.system, t.clock.now()));
  const events = () =>
    t.as(t.area.system, (tx) =>
      tx
        .selectFrom('handover_event')
        .select('kind')
        .where('handover_id', '=', id)
        .where('kind', '=', 'chased')
        .execute(),
    );
  assert.equal((await events()).length, 0);
  t.clock.set('2026-11-24T13:25:00Z');
  const first = await chase();
  assert.ok(first.chased >= 1);
  assert.equal(first.withoutMailbox, 0);
  await Promise.all([chase(), chase()]);
  assert.equal((await events()).length, 1, 'once, however often it is looked for');
  const messages = await t.as(t.area.system, (tx) =>
    tx
      .selectFrom('outbound_message')
      .select(['recipient', 'content', 'person_id'])
      .where('caused_by', '=', `handover ${id}`)
      .execute(),
  );
  assert.equal(messages.length, 1);
  assert.equal(messages[0]?.recipient, 'navigators@example.org');
  assert.doesNotMatch(JSON.stringify(messages[0]?.content), /Aaron|Gill|custody|bail/i);
  t.clock.set('2026-11-24T17:30:00Z');
  await chase();
  assert.equal((await events()).length, 2);
  assert.ok((await accept(t.area.viewers.navigator, id)).ok);
  t.clock.set('2026-11-25T08:00:00Z');
  await chase();
  assert.equal((await events()).length, 2, 'taken, so nobody is chased');
  t.clock.set('2026-11-24T09:20:00Z');
});

test('partners, readers, commissioners and other areas see no handover and no contact', async () => {
  const tables = ['handover', 'handover_event', 'caseload_assignment', 'follow_up', 'contact_log'] as const;
  for (const role of ['partner-worker', 'justice-reader', 'commissioner', 'administrator'] as const)
    for (const table of [...tables, 'appointment', 'support_goal', 'support_step'] as const) {
      const rows = await t.as(t.area.viewers[role], (tx) => tx.selectFrom(table).select('id').execute());
      assert.deepEqual(rows, [], `${role} reads ${table}`);
    }
  const elsewhere = { ...t.area.system, areaId: '0197aaaa-0000-7000-8000-00000000000a' };
  for (const table of tables)
    assert.deepEqual(await t.as(elsewhere, (tx) => tx.selectFrom(table).select('id').execute()), []);
});

test('what happened to a handover, and a contact, cannot be changed afterwards', async () => {
  const system = t.area.system;
  for (const table of ['handover_event', 'contact_log', 'appointment_outcome'] as const)
    await assert.rejects(
      t.as(system, (tx) => tx.updateTable(table).set({ area_id: system.areaId }).execute()),
      /permission denied/,
    );
});

test('charged and bailed, a person goes to the court before its day and to the navigators at once; a transfer to nobody', async () => {
  const nadia = await t.person('Nadia', 'Rahman');
  const end = (how: 'charged-bailed' | 'transferred', wanted = true) =>
    t.as(t.area.system, (tx) =>
      handOverAfterStay(
        tx,
        t.area.system,
        {
          personId: nadia.id,
          stayId: '0197aaaa-0000-7000-8000-00000000b001',
          how,
          at: t.clock.now(),
          courtSiteId: t.area.courtId,
          courtDate: Temporal.PlainDate.from('2026-11-26'),
        },
        wanted,
        t.clock.now(),
      ),
    );
  assert.deepEqual(await end('transferred'), []);
  assert.deepEqual(await end('charged-bailed', false), [], 'somebody the service never worked with');
  const made = await end('charged-bailed');
  assert.equal(made.length, 2);
  assert.deepEqual(await end('charged-bailed'), made, 'the same end again makes nothing new');
  const court = t.area.viewers['court-practitioner'];
  const [atCourt] = (await t.as(court, (tx) => handoversTo(tx, court))).filter((entry) =>
    made.includes(entry.id),
  );
  assert.equal(atCourt?.acceptBy?.toString(), '2026-11-26T09:30:00Z');
  assert.ok((await accept(court, atCourt?.id ?? '')).ok);
  const opened = await t.as(court, (tx) => t.people.open(tx, court, nadia.id));
  assert.equal(opened?.relationship.because, 'on your caseload');
});

test('when an arrival turns out to be somebody we know, the waiting handover and the caseload are theirs', async () => {
  const known = await t.person('Yusuf', 'Demir');
  const ruth = t.area.viewers.navigator;
  assert.ok((await accept(ruth, await t.handOver(known))).ok);
  const arrival = await t.person('Joseph', 'Demir');
  const pat = (await t.area.worker('Pat Lomax again', 'navigator')).viewer;
  assert.ok((await accept(pat, await t.handOver(arrival))).ok);
  const waiting = await t.handOver(arrival, { to: { kind: 'court', siteId: t.area.courtId } });
  await t.as(t.area.system, (tx) =>
    followSamePerson(tx, t.area.system, { from: arrival.id, to: known.id }, t.clock.now()),
  );
  const court = t.area.viewers['court-practitioner'];
  const [moved] = (await t.as(court, (tx) => handoversTo(tx, court))).filter((entry) => entry.id === waiting);
  assert.equal(moved?.personId, known.id);
  const open = await t.as(ruth, (tx) =>
    tx
      .selectFrom('caseload_assignment')
      .select('worker_id')
      .where('person_id', '=', known.id)
      .where('ended_at', 'is', null)
      .execute(),
  );
  assert.deepEqual(open, [{ worker_id: ruth.workerId }], 'who had them keeps them');
});
