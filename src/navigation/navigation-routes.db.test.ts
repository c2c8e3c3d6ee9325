import assert from 'node:assert/strict';
import test from 'node:test';
import { countQueries } from '../platform/database.ts';
import { navigationTest } from './test-navigation.ts';

const t = navigationTest();
const navigator = () => t.area.cookies.navigator;
const accept = (personId: string, id: string) => `/people/${personId}/handovers/${id}/accept`;

async function phoneOf(personId: string, leaveMessage: string): Promise<void> {
  await t.as(t.area.system, (tx) =>
    tx
      .insertInto('contact_point')
      .values({
        area_id: t.area.areaId,
        person_id: personId,
        kind: 'phone',
        value: '07700 900461',
        safe_to_ring: 'yes',
        safe_to_text: 'yes',
        safe_to_leave_message: leaveMessage,
      })
      .execute(),
  );
}

const released = { at: Temporal.Instant.from('2026-11-23T21:15:00Z'), how: 'released on bail' };

test('a navigator accepts on Today, rings, and logs no answer: two presses, and the next is the second try', async () => {
  const gemma = await t.person('Gemma', 'Lyle');
  await phoneOf(gemma.id, 'no');
  const id = await t.handOver(gemma, { left: released });
  const before = await t.web.get(navigator(), '/today');
  assert.equal(before.statusCode, 200);
  assert.match(before.body, /Someone is waiting for your answer/);
  assert.match(before.body, /Gemma Lyle/);
  assert.match(before.body, /Do not leave a message/);
  const accepted = await t.web.post(navigator(), accept(gemma.id, id), { back: 'today' });
  assert.equal(accepted.statusCode, 303);
  assert.equal(accepted.headers.location, '/today');
  const today = (await t.web.get(navigator(), '/today')).body;
  assert.match(today, /Day 1/);
  assert.match(today, /Left yesterday 21:15, released on bail/);
  assert.match(today, /First try/);
  assert.doesNotMatch(today, /Left a message/, 'not offered where it is not safe');
  const call = /name="followUp" value="([^"]+)"/.exec(today)?.[1] ?? '';
  const logged = await t.web.post(navigator(), `/people/${gemma.id}/contacts`, {
    quick: 'yes',
    back: 'today',
    followUp: call,
    contact: 'call:no-answer',
  });
  assert.equal(logged.headers.location, '/today');
  assert.match((await t.web.get(navigator(), '/today')).body, /Second try · rang, no answer 09:20/);
});

test('a form without its token is refused, and a second press of the same form is one contact', async () => {
  const aaron = await t.person('Aaron', 'Gill');
  const id = await t.handOver(aaron, { left: released });
  await t.web.post(navigator(), accept(aaron.id, id));
  const url = `/people/${aaron.id}/contacts`;
  const form = { quick: 'yes', contact: 'text:sent', _key: '0197aaaa-0000-7000-8000-0000000000f1' };
  assert.equal((await t.web.post(navigator(), url, { ...form, _csrf: 'made up' })).statusCode, 403);
  const first = await t.web.post(navigator(), url, form);
  const second = await t.web.post(navigator(), url, form);
  assert.equal(first.statusCode, 303);
  assert.equal(second.headers.location, first.headers.location);
  const rows = await t.as(t.area.system, (tx) =>
    tx.selectFrom('contact_log').select('id').where('person_id', '=', aaron.id).execute(),
  );
  assert.equal(rows.length, 1);
});

test('an unsafe contact comes back with the words, keeps what was typed, and is saved with a reason under the same key', async () => {
  const tom = await t.person('Tom', 'Whelan');
  await phoneOf(tom.id, 'no');
  const id = await t.handOver(tom, { left: released });
  await t.web.post(navigator(), accept(tom.id, id));
  const url = `/people/${tom.id}/contacts`;
  const form = {
    contact: 'call:left-message',
    note: 'Asked him to ring the office',
    'at-day': '24',
    'at-month': '11',
    'at-year': '2026',
    'at-time': '09:10',
    _key: '0197aaaa-0000-7000-8000-0000000000f2',
  };
  const refused = await t.web.post(navigator(), url, form);
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /It is not safe to leave a message/);
  assert.match(refused.body, /Asked him to ring the office/);
  assert.match(refused.body, /say why/);
  const kept = await t.web.post(navigator(), url, { ...form, againstWhy: 'Voicemail began by itself' });
  assert.equal(kept.statusCode, 303);
  const page = await t.web.get(navigator(), `/people/${tom.id}/support`);
  assert.match(page.body, /Against what was agreed: It is not safe to leave a message/);
});

test('two navigators press Accept: the second is told who has the person', async () => {
  const ola = await t.person('Ola', 'Adeyinka');
  const id = await t.handOver(ola, { left: released });
  const pat = await t.area.worker('Pat Lomax', 'navigator');
  assert.equal((await t.web.post(pat.cookie, accept(ola.id, id))).statusCode, 303);
  const second = await t.web.post(navigator(), accept(ola.id, id));
  assert.equal(second.statusCode, 409);
  assert.match(second.body, /Pat Lomax has already accepted this/);
  assert.equal((await t.web.get(navigator(), `/people/${ola.id}/support`)).statusCode, 404);
});

test('who may not see a person is told there is no such page, and a role without the right is refused', async () => {
  const marta = await t.person('Marta', 'Kowalczyk');
  const id = await t.handOver(marta, { left: released });
  for (const url of [`/people/${marta.id}/support`, `/people/${marta.id}/handovers/${id}`])
    assert.equal((await t.web.get(t.area.cookies['court-practitioner'], url)).statusCode, 404, url);
  assert.equal((await t.web.get(t.area.cookies['partner-worker'], '/today')).statusCode, 403);
  assert.equal((await t.web.get(t.area.cookies.navigator, '/team')).statusCode, 403);
  const foreign = await t.web.post(t.area.cookies['court-practitioner'], accept(marta.id, id));
  assert.equal(foreign.statusCode, 404);
});

test('a handover sent back is on the sender’s list and the lead’s team page, with the reason', async () => {
  const peter = await t.person('Peter', 'Nuttall');
  const id = await t.handOver(peter, { left: released });
  const here = `/people/${peter.id}/handovers/${id}`;
  const empty = await t.web.post(navigator(), `${here}/return`, { why: ' ' });
  assert.equal(empty.statusCode, 422);
  assert.match(empty.body, /Enter why you cannot take this/);
  assert.equal((await t.web.post(navigator(), `${here}/return`, { why: 'Lives in Leeds' })).statusCode, 303);
  const out = await t.web.get(t.area.cookies['custody-practitioner'], '/handovers');
  assert.match(out.body, /Sent back by Worker navigator/);
  assert.match(out.body, /Lives in Leeds/);
  const team = await t.web.get(t.area.cookies.lead, '/team');
  assert.match(team.body, /Lives in Leeds/);
  const pat = await t.area.worker('Pat Lomax the second', 'navigator');
  const on = await t.web.post(t.area.cookies.lead, `${here}/send-on`, {
    to: `worker:${pat.viewer.workerId}`,
  });
  assert.equal(on.statusCode, 303);
  assert.match((await t.web.get(pat.cookie, '/today')).body, /Peter Nuttall/);
});

test('handed over by hand, the receiver reads what the sender wrote in the sender’s name', async () => {
  const jordan = await t.person('Jordan', 'Lee');
  const form = await t.web.get(t.area.cookies['custody-practitioner'], `/people/${jordan.id}/handover`);
  assert.equal(form.statusCode, 200);
  const team = t.area.viewers.navigator.teamId ?? '';
  const made = await t.web.post(t.area.cookies['custody-practitioner'], `/people/${jordan.id}/handovers`, {
    to: `team:${team}`,
    reason: 'Leaves about 09:30 with an appropriate adult',
    lines: 'Autistic: one question at a time\nHis mother waits outside',
    left: 'no',
  });
  assert.equal(made.statusCode, 303);
  const page = await t.web.get(navigator(), made.headers.location ?? '');
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /Autistic: one question at a time/);
  assert.match(page.body, /Worker custody-practitioner/);
  assert.match((await t.web.get(navigator(), '/today')).body, /Accept early/);
  const outside = await t.web.post(t.area.cookies['custody-practitioner'], `/people/${jordan.id}/handovers`, {
    to: 'prison',
    reason: 'Remanded',
    left: 'yes',
  });
  assert.equal(outside.statusCode, 422);
  assert.match(outside.body, /Enter the name of the prison/);
});

test('goals stand in the person’s own words, and a step that is done stays done', async () => {
  const samir = await t.person('Samir', 'Hossain');
  await t.web.post(navigator(), accept(samir.id, await t.handOver(samir, { left: released })));
  const base = `/people/${samir.id}`;
  await t.web.post(navigator(), `${base}/goals`, { words: 'I want my own front door' });
  const page = async () => (await t.web.get(navigator(), `${base}/support`)).body;
  const goal = /id="goal-([0-9a-f-]{36})"/.exec(await page())?.[1] ?? '';
  const step = await t.web.post(navigator(), `${base}/goals/${goal}/steps`, {
    what: 'Ring the housing officer',
    who: 'Samir',
    byWhen: '2026-11-20',
  });
  assert.equal(step.statusCode, 303);
  assert.match(await page(), /was due Fri 20 Nov/);
  const done = /action="([^"]+\/done)"/.exec(await page())?.[1] ?? '';
  assert.equal((await t.web.post(navigator(), done)).statusCode, 303);
  assert.match(await page(), /done 09:20/);
  assert.match(await page(), /I want my own front door/);
});

test('a lead assigns somebody whom nobody has, and the navigator sees them', async () => {
  const cal = await t.person('Callum', 'Brennan');
  await t.web.post(navigator(), accept(cal.id, await t.handOver(cal, { left: released })));
  await t.as(t.area.system, (tx) =>
    tx
      .updateTable('caseload_assignment')
      .set({ ended_at: t.clock.now(), ended_why: 'Left the service' })
      .where('person_id', '=', cal.id)
      .execute(),
  );
  assert.match((await t.web.get(t.area.cookies.lead, '/team')).body, /Who takes Callum\?/);
  const pat = await t.area.worker('Pat Lomax the third', 'navigator');
  const assigned = await t.web.post(t.area.cookies.lead, `/people/${cal.id}/caseload`, {
    workerId: pat.viewer.workerId,
  });
  assert.equal(assigned.statusCode, 303);
  assert.match((await t.web.get(pat.cookie, '/caseload')).body, /Callum Brennan/);
  const wrong = await t.web.post(t.area.cookies.lead, `/people/${cal.id}/caseload`, {
    workerId: t.area.viewers.commissioner.workerId,
  });
  assert.equal(wrong.statusCode, 409);
});

test('Today, the lists and the team page cost the same for five people and for fifty', async () => {
  const busy = await t.area.worker('Busy Navigator', 'navigator');
  const add = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      const person = await t.person(`Person${index}`, 'Many');
      const id = await t.handOver(person, { left: released });
      await t.web.post(busy.cookie, accept(person.id, id));
      // One waits, one is rung today: both lists grow.
      const other = await t.person(`Waiting${index}`, 'Many');
      await t.handOver(other, { left: released });
    }
  };
  const cost = async (cookie: string, url: string) => {
    const { value, queries } = await countQueries(() => t.web.get(cookie, url));
    assert.equal(value.statusCode, 200, url);
    return queries.length;
  };
  const all = async () => [
    await cost(busy.cookie, '/today'),
    await cost(busy.cookie, '/caseload'),
    await cost(busy.cookie, '/handovers'),
    await cost(t.area.cookies.lead, '/team'),
  ];
  await add(5);
  const few = await all();
  await add(45);
  assert.deepEqual(await all(), few);
  const page = (await t.web.get(busy.cookie, '/today')).body;
  assert.equal(page.match(/>Ring</g)?.length ?? page.match(/No number, record/g)?.length, 50);
  assert.match(page, /50 people on your caseload/);
});
