import assert from 'node:assert/strict';
import test from 'node:test';
import { composePicture } from '../people/index.ts';
import { countQueries } from '../platform/database.ts';
import {
  acceptHandover,
  attendanceFromReferral,
  mirrorReferralAppointment,
  navigationPicture,
} from './index.ts';
import { recordAttendance } from './arrange-appointment.ts';
import { recordContact, type NewContact } from './record-contact.ts';
import { navigationTest } from './test-navigation.ts';

const t = navigationTest();

/** Somebody on the navigator's caseload, released yesterday evening. */
async function onCaseload(given: string, family: string) {
  const person = await t.person(given, family);
  const ruth = t.area.viewers.navigator;
  const left = { at: Temporal.Instant.from('2026-11-23T18:40:00Z'), how: 'no further action' };
  const id = await t.handOver(person, { left, reason: 'First night in a hostel' });
  const accepted = await t.as(ruth, (tx) =>
    acceptHandover(
      { people: t.people, tx, viewer: ruth, now: t.clock.now(), reference: null },
      { handoverId: id },
    ),
  );
  assert.ok(accepted.ok);
  return person;
}

const contact = (personId: string, more: Partial<NewContact> = {}) => {
  const ruth = t.area.viewers.navigator;
  const parts = { people: t.people, contactDecisions: async () => t.decisions };
  return t.as(ruth, (tx) =>
    recordContact(
      parts,
      tx,
      ruth,
      { personId, how: 'call', result: 'no-answer', at: t.clock.now(), ...more },
      t.clock.now(),
    ),
  );
};

const phoneOf = (personId: string, safe: { ring: string; text: string; message: string; note?: string }) =>
  t.as(t.area.system, (tx) =>
    tx
      .insertInto('contact_point')
      .values({
        area_id: t.area.areaId,
        person_id: personId,
        kind: 'phone',
        value: '07700 900461',
        safe_to_ring: safe.ring,
        safe_to_text: safe.text,
        safe_to_leave_message: safe.message,
        note: safe.note ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );

const day1 = (personId: string) =>
  t.as(t.area.system, (tx) =>
    tx
      .selectFrom('follow_up')
      .select(['id', 'done_at'])
      .where('person_id', '=', personId)
      .where('day', '=', 1)
      .executeTakeFirstOrThrow(),
  );

test('a message is not left where it is not safe; left all the same, the reason stays with it', async () => {
  const gemma = await onCaseload('Gemma', 'Lyle');
  await phoneOf(gemma.id, { ring: 'yes', text: 'yes', message: 'no', note: 'He may hold her phone.' });
  const refused = await contact(gemma.id, { result: 'left-message' });
  assert.ok(!refused.ok);
  assert.equal(refused.refusal.code, 'not-safe');
  assert.equal(refused.refusal.message, 'It is not safe to leave a message. He may hold her phone.');
  const kept = await contact(gemma.id, {
    result: 'left-message',
    againstWhy: 'Left before I saw the warning',
  });
  assert.ok(kept.ok);
  const row = await t.as(t.area.system, (tx) =>
    tx
      .selectFrom('contact_log')
      .select(['against_why', 'against_what'])
      .where('id', '=', kept.value.id)
      .executeTakeFirstOrThrow(),
  );
  assert.equal(row.against_why, 'Left before I saw the warning');
  const audit = await t.as(t.area.system, (tx) =>
    tx
      .selectFrom('audit_event')
      .select('detail')
      .where('subject_id', '=', kept.value.id)
      .executeTakeFirstOrThrow(),
  );
  assert.match(JSON.stringify(audit.detail), /not-safe/);
  const team = await t.web.get(t.area.cookies.lead, '/team');
  assert.match(team.body, /Left before I saw the warning/);
});

test('who did not agree to contact after release is not rung without a reason', async () => {
  const tom = await onCaseload('Tom', 'Whelan');
  t.decisions.set(tom.id, { state: 'withdrawn', words: 'Withdrew agreement to contact on 23 November.' });
  const refused = await contact(tom.id);
  assert.ok(!refused.ok);
  assert.equal(refused.refusal.code, 'not-agreed');
  assert.ok(
    (await contact(tom.id, { how: 'meeting', result: 'reached' })).ok,
    'he may come of his own accord',
  );
  const today = await t.web.get(t.area.cookies.navigator, '/today');
  assert.equal(today.statusCode, 200);
  t.decisions.clear();
});

test('a try leaves the call due, and speaking with the person finishes it', async () => {
  const samir = await onCaseload('Samir', 'Hossain');
  const call = await day1(samir.id);
  assert.ok((await contact(samir.id, { followUpId: call.id })).ok);
  assert.equal((await day1(samir.id)).done_at, null);
  const page = await t.web.get(t.area.cookies.navigator, '/today');
  assert.match(page.body, /Second try · rang, no answer 09:20/);
  assert.ok((await contact(samir.id, { result: 'reached', followUpId: call.id })).ok);
  assert.notEqual((await day1(samir.id)).done_at, null);
});

test('a later release starts the days again', async () => {
  const ola = await onCaseload('Ola', 'Adeyinka');
  const id = await t.handOver(ola, {
    left: { at: t.clock.now(), how: 'released on bail' },
    cause: 'second-stay',
  });
  const ruth = t.area.viewers.navigator;
  await t.as(ruth, (tx) =>
    acceptHandover(
      { people: t.people, tx, viewer: ruth, now: t.clock.now(), reference: null },
      { handoverId: id },
    ),
  );
  const open = await t.as(ruth, (tx) =>
    tx
      .selectFrom('follow_up')
      .select(['day', 'handover_id'])
      .where('person_id', '=', ola.id)
      .where('closed_at', 'is', null)
      .execute(),
  );
  assert.equal(open.length, 3);
  assert.ok(open.every((call) => call.handover_id === id));
});

test('a referral’s appointment stands here once; a missed one makes a kind call and goes back to the referral', async () => {
  const colette = await onCaseload('Colette', 'Brady');
  const appointmentId = '0197aaaa-0000-7000-8000-00000000a001';
  const mirror = (place: string) =>
    t.as(t.area.system, (tx) =>
      mirrorReferralAppointment(
        tx,
        t.area.system,
        {
          personId: colette.id,
          episodeId: colette.episodeId,
          referralId: '0197aaaa-0000-7000-8000-00000000a000',
          appointmentId,
          title: 'First appointment, Rivermead',
          place,
          withWhom: 'Counselling service',
          startsAt: Temporal.Instant.from('2026-11-24T10:30:00Z'),
          accompany: true,
        },
        t.clock.now(),
      ),
    );
  const { id } = await mirror('Ancoats');
  assert.equal((await mirror('Ancoats, second floor')).id, id);
  const ruth = t.area.viewers.navigator;
  const attend = (attendance: '3' | '5') =>
    t.as(ruth, (tx) =>
      recordAttendance(
        { people: t.people, onAttendance: async (_tx, _viewer, said) => void t.attended.push(said) },
        tx,
        ruth,
        { appointmentId: id, attendance },
        t.clock.now(),
      ),
    );
  assert.ok((await attend('3')).ok);
  assert.ok((await attend('3')).ok, 'the same answer again changes nothing');
  assert.deepEqual(
    t.attended.map((said) => said.attendance),
    ['3'],
  );
  const calls = await t.as(ruth, (tx) =>
    tx
      .selectFrom('follow_up')
      .select('about')
      .where('person_id', '=', colette.id)
      .where('kind', '=', 'missed-appointment')
      .execute(),
  );
  assert.equal(calls.length, 1);
  assert.match(calls[0]?.about ?? '', /Ask what got in the way/);
  // The service knows better: its answer corrects ours, and is not sent back to it.
  await t.as(t.area.system, (tx) =>
    attendanceFromReferral(
      tx,
      t.area.system,
      { appointmentId, attendance: '6' },
      t.clock.now().add({ minutes: 5 }),
    ),
  );
  assert.equal(t.attended.length, 1);
  const kept = await t.as(ruth, (tx) =>
    tx
      .selectFrom('appointment_outcome')
      .select('attendance')
      .where('appointment_id', '=', id)
      .orderBy('recorded_at')
      .execute(),
  );
  assert.deepEqual(
    kept.map((row) => row.attendance),
    ['3', '6'],
    'both answers stay readable',
  );
});

test('nobody can say on Monday whether somebody came on Tuesday', async () => {
  const marta = await onCaseload('Marta', 'Kowalczyk');
  const ruth = t.area.viewers.navigator;
  const answer = await t.web.post(t.area.cookies.navigator, `/people/${marta.id}/appointments`, {
    title: 'Housing officer',
    'starts-day': '25',
    'starts-month': '11',
    'starts-year': '2026',
    'starts-time': '16:15',
    accompany: 'no',
  });
  assert.equal(answer.statusCode, 303);
  const row = await t.as(ruth, (tx) =>
    tx.selectFrom('appointment').select('id').where('person_id', '=', marta.id).executeTakeFirstOrThrow(),
  );
  const early = await t.as(ruth, (tx) =>
    recordAttendance(
      { people: t.people },
      tx,
      ruth,
      { appointmentId: row.id, attendance: '5' },
      t.clock.now(),
    ),
  );
  assert.ok(!early.ok);
  assert.equal(early.refusal.code, 'not-yet');
});

test('the picture of need says what is due, who works with the person, and asks the same however long the record', async () => {
  const peter = await onCaseload('Peter', 'Nuttall');
  const ruth = t.area.viewers.navigator;
  t.clock.set('2026-11-24T09:30:00Z');
  const picture = () =>
    countQueries(() =>
      t.as(ruth, (tx) =>
        composePicture([navigationPicture()], { tx, viewer: ruth, personId: peter.id, now: t.clock.now() }),
      ),
    );
  const first = await picture();
  assert.match(
    first.value.matters.map((line) => line.what).join(' '),
    /Ring today. Left yesterday 18:40, no further action/,
  );
  assert.deepEqual(
    first.value.worksWith.map((line) => `${line.label} ${line.text}`),
    ['Navigator Worker navigator'],
  );
  assert.equal(first.value.next.length, 3);
  for (let index = 0; index < 30; index += 1) await contact(peter.id);
  const later = await picture();
  assert.equal(later.queries.length, first.queries.length);
  assert.equal(later.value.timeline.length, 30);
  t.clock.set('2026-12-20T09:30:00Z');
  assert.match((await picture()).value.tried.map((line) => line.title).join(' '), /Contact was lost/);
  t.clock.set('2026-11-24T09:20:00Z');
});

test('somebody reached on day 7 is not rung for day 1 any more, and Today shows them once', async () => {
  const ivan = await t.person('Ivan', 'Petrov');
  const left = { at: Temporal.Instant.from('2026-11-17T12:00:00Z'), how: 'released on bail' };
  const id = await t.handOver(ivan, { left });
  const ruth = t.area.viewers.navigator;
  await t.as(ruth, (tx) =>
    acceptHandover(
      { people: t.people, tx, viewer: ruth, now: t.clock.now(), reference: null },
      { handoverId: id },
    ),
  );
  const today = (await t.web.get(t.area.cookies.navigator, '/today')).body;
  assert.equal(today.match(/Ivan Petrov<\/a>/g)?.length, 1);
  assert.match(today, /First try · not reached on day 1/);
  const day7 = await t.as(ruth, (tx) =>
    tx
      .selectFrom('follow_up')
      .select('id')
      .where('person_id', '=', ivan.id)
      .where('day', '=', 7)
      .executeTakeFirstOrThrow(),
  );
  assert.ok((await contact(ivan.id, { result: 'reached', followUpId: day7.id })).ok);
  const open = await t.as(ruth, (tx) =>
    tx
      .selectFrom('follow_up')
      .select('day')
      .where('person_id', '=', ivan.id)
      .where('done_at', 'is', null)
      .where('closed_at', 'is', null)
      .execute(),
  );
  assert.deepEqual(open, [{ day: 28 }]);
  assert.doesNotMatch((await t.web.get(t.area.cookies.navigator, '/today')).body, /Ivan Petrov/);
});
