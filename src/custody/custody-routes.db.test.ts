import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { databaseContext } from '../access/index.ts';
import { countQueries } from '../platform/database.ts';
import { testCustody, type TestCustody } from './test-custody.ts';

let custody: TestCustody;
let suite: string;
let practitioner: string;
before(async () => {
  custody = await testCustody();
  suite = `/suites/${custody.area.suiteId}`;
  practitioner = custody.area.cookies['custody-practitioner'];
});
after(() => custody.close());

const people = [
  ['Graham', 'Pell'],
  ['Leanne', 'Foster'],
  ['Piotr', 'Zielinski'],
  ['Margaret', 'Doyle'],
  ['Sunita', 'Patel'],
] as const;

/** Somebody arrives by the feed; answers their person id. */
async function arrive(
  number: string,
  name: readonly [string, string],
  rest: Readonly<Record<string, unknown>> = {},
) {
  await custody.feed({
    eventId: `${number}-arrived`,
    force: '06',
    custodyNumber: number,
    kind: 'arrived',
    happenedAt: '2026-11-24T08:40:00Z',
    suite: { code: '06LS' },
    place: '7',
    legalBasis: 'pace-arrest',
    person: { givenName: name[0], familyName: name[1], birthDate: '1984-05-06', sex: 'female' },
    ...rest,
  });
  const rows = await custody.database.transaction({ kind: 'system', area: custody.area.areaId }, (tx) =>
    tx.selectFrom('detention').select('person_id').where('custody_number', '=', number).execute(),
  );
  return rows[0]?.person_id ?? '';
}

test('the board costs the same number of queries for five people and for fifty', async () => {
  for (const [index, name] of people.entries()) await arrive(`Q${index}`, name);
  await custody.web.get(practitioner, suite);
  const five = await countQueries(() => custody.web.get(practitioner, suite));
  assert.equal(five.value.statusCode, 200);
  for (let index = 5; index < 50; index += 1)
    await arrive(`Q${index}`, [`Anna${index}`, people[index % 5]?.[1] ?? 'Lund']);
  const fifty = await countQueries(() => custody.web.get(practitioner, suite));
  assert.match(fifty.value.body, /Everyone <span class="tl-num">50/);
  assert.equal(fifty.queries.length, five.queries.length);
});

test('a practitioner of another suite is answered not found, on the board and on the person', async () => {
  const id = await arrive('A1', ['Thomas', 'Ashworth']);
  const { cookie } = await custody.area.worker(
    'Ruth Ogden',
    'custody-practitioner',
    custody.area.otherSuiteId,
  );
  assert.equal((await custody.web.get(cookie, suite)).statusCode, 404);
  for (const page of ['', '/custody', '/contact', '/leave', '/assign', '/identity'])
    assert.equal((await custody.web.get(cookie, `/people/${id}${page}`)).statusCode, 404, page);
  assert.equal(
    (await custody.web.post(cookie, `/people/${id}/contact`, { outcome: 'declined' })).statusCode,
    404,
  );
  assert.equal((await custody.web.get(practitioner, `/people/${id}/custody`)).statusCode, 200);
  assert.equal((await custody.web.get(custody.area.cookies.lead, `/people/${id}/custody`)).statusCode, 200);
  assert.equal((await custody.web.get(custody.area.cookies.navigator, suite)).statusCode, 403);
});

test('a suite keeps a record open for 48 hours after somebody left, and no longer', async () => {
  const id = await arrive('A2', ['Jordan', 'Lee']);
  await custody.feed({
    eventId: 'gone',
    force: '06',
    custodyNumber: 'A2',
    kind: 'released',
    happenedAt: '2026-11-24T09:00:00Z',
  });
  custody.clock.set('2026-11-26T08:59:00Z');
  assert.equal((await custody.web.get(practitioner, `/people/${id}`)).statusCode, 200);
  custody.clock.set('2026-11-26T09:01:00Z');
  assert.equal((await custody.web.get(practitioner, `/people/${id}`)).statusCode, 404);
  custody.clock.set('2026-11-24T09:12:00Z');
});

test('in privacy mode no name, age or alert reaches the page, until it is turned off', async () => {
  await arrive('P1', ['Farah', 'Siddiqui'], {
    person: { givenName: 'Farah', familyName: 'Siddiqui', birthDate: '2011-01-02' },
  });
  await custody.feed({
    eventId: 'alert',
    force: '06',
    custodyNumber: 'P1',
    kind: 'alert',
    happenedAt: '2026-11-24T09:00:00Z',
    detail: { what: 'Child in custody overnight', urgency: 'now' },
  });
  const on = await custody.web.get(practitioner, `${suite}?privacy=on`);
  assert.equal(on.statusCode, 303);
  const privacy = on.cookies.find((cookie) => cookie.name.includes('privacy'));
  assert.ok(privacy);
  const page = await custody.web.server.inject({
    url: suite,
    cookies: { throughline_session: practitioner, [privacy.name]: privacy.value },
  });
  for (const secret of ['Farah', 'Siddiqui', 'Child in custody', 'Under 18', '15,', ...people.flat()])
    assert.ok(!page.body.includes(secret), secret);
  assert.match(page.body, /Privacy mode is on/);
  assert.match(page.body, />FS</);
  assert.match((await custody.web.get(practitioner, suite)).body, /Farah Siddiqui/);
});

test('contact is offered, refused in the person’s words, and offered again; two presses are one offer', async () => {
  const id = await arrive('C1', ['Dylan', 'Hughes']);
  const page = await custody.web.get(practitioner, `/people/${id}/contact`);
  assert.match(page.body, /Not offered yet/);
  const form = {
    _key: '0190f3a0-0000-7000-8000-000000000001',
    outcome: 'declined',
    words: 'Too tired, ask me later',
    again: '120',
  };
  for (let press = 0; press < 2; press += 1)
    assert.equal((await custody.web.post(practitioner, `/people/${id}/contact`, form)).statusCode, 303);
  const history = await custody.web.get(practitioner, `/people/${id}/contact`);
  assert.match(history.body, /1 offer</);
  assert.match(history.body, /“Too tired, ask me later”/);
  assert.match((await custody.web.get(practitioner, suite)).body, /Declined 09:12/);
  const agreed = await custody.web.post(practitioner, `/people/${id}/contact`, { outcome: 'accepted' });
  assert.equal(agreed.headers.location, `/people/${id}/consent`);
  assert.match((await custody.web.get(practitioner, suite)).body, /Agreed to be seen 09:12/);
  const decisions = await custody.database.transaction(databaseContext(custody.area.system), (tx) =>
    tx
      .selectFrom('consent_decision')
      .select(['subject_kind', 'decision'])
      .where('person_id', '=', id)
      .execute(),
  );
  assert.deepEqual(decisions, [{ subject_kind: 'being-seen', decision: 'given' }], 'agreeing is asked once');
});

test('not seen always has a reason', async () => {
  const id = await arrive('C2', ['Ewan', 'Marsh']);
  const url = `/people/${id}/contact`;
  assert.equal((await custody.web.post(practitioner, url, { outcome: 'not-seen:other' })).statusCode, 422);
  assert.equal((await custody.web.post(practitioner, url, { outcome: 'not-seen' })).statusCode, 422);
  assert.equal((await custody.web.post(practitioner, url, { outcome: 'not-seen:asleep' })).statusCode, 303);
  assert.match((await custody.web.get(practitioner, url)).body, /Not seen: asleep/);
});

test('a form without its token changes nothing', async () => {
  const id = await arrive('C3', ['Seun', 'Bakare']);
  const answer = await custody.web.post(practitioner, `/people/${id}/contact`, {
    outcome: 'declined',
    _csrf: 'made-up',
  });
  assert.equal(answer.statusCode, 403);
  assert.match((await custody.web.get(practitioner, `/people/${id}/contact`)).body, /Not offered yet/);
});

test('somebody is added by hand with a description alone, and nobody without one', async () => {
  const empty = await custody.web.post(practitioner, `${suite}/add`, { stayKind: 'detention' });
  assert.equal(empty.statusCode, 422);
  assert.match(empty.body, /Enter a name, or describe the person/);
  const added = await custody.web.post(practitioner, `${suite}/add`, {
    stayKind: 'voluntary-attendance',
    describedAs: 'About 30, red coat',
    place: 'V2',
  });
  assert.equal(added.statusCode, 303);
  const board = await custody.web.get(practitioner, suite);
  assert.match(board.body, /Name not given/);
  assert.match(board.body, /About 30, red coat/);
  assert.match(board.body, /Voluntary, here since 09:12/);
});

test('before somebody is saved we ask whether we know them, and a person decides', async () => {
  const known = await custody.database.transaction(databaseContext(custody.area.system), (tx) =>
    custody.people.create(tx, custody.area.system, {
      source: 'told us',
      givenName: 'Callum',
      familyName: 'Brennan',
      birthDate: Temporal.PlainDate.from('1992-08-17'),
    }),
  );
  const typed = {
    stayKind: 'detention',
    givenName: 'Calum',
    familyName: 'Brennan',
    'birthDate-day': '17',
    'birthDate-month': '8',
    'birthDate-year': '1992',
  };
  const asked = await custody.web.post(practitioner, `${suite}/add`, typed);
  assert.equal(asked.statusCode, 200);
  assert.match(asked.body, /Do we know Calum Brennan\?/);
  assert.match(asked.body, new RegExp(known.id));
  const saved = await custody.web.post(practitioner, `${suite}/add`, { ...typed, known: known.id });
  assert.equal(saved.statusCode, 303);
  assert.equal((await custody.web.get(practitioner, `/people/${known.id}`)).statusCode, 200);
  const again = await custody.web.post(practitioner, `${suite}/add`, { ...typed, known: known.id });
  assert.equal(again.statusCode, 409, 'the same person is not on the board twice');
});

test('a feed arrival is never joined to a known record by itself; a human joins it, and the stay moves', async () => {
  const known = await custody.database.transaction(databaseContext(custody.area.system), (tx) =>
    custody.people.create(tx, custody.area.system, {
      source: 'told us',
      givenName: 'Niamh',
      familyName: 'Gallagher',
      birthDate: Temporal.PlainDate.from('1990-02-11'),
    }),
  );
  const id = await arrive('M1', ['Niamh', 'Galagher'], {
    person: { givenName: 'Niamh', familyName: 'Galagher', birthDate: '1990-02-11', sex: 'female' },
  });
  assert.notEqual(id, known.id);
  assert.match((await custody.web.get(practitioner, suite)).body, /1 possible match</);
  assert.match((await custody.web.get(practitioner, `/people/${id}/identity`)).body, /Niamh Gallagher/);
  const other = await custody.web.post(practitioner, `/people/${id}/identity`, {
    known: custody.area.suiteId,
    decision: 'same',
  });
  assert.equal(other.statusCode, 409, 'only a suggested record can be chosen');
  const same = await custody.web.post(practitioner, `/people/${id}/identity`, {
    known: known.id,
    decision: 'same',
  });
  assert.equal(same.headers.location, `/people/${known.id}`);
  const page = await custody.web.get(practitioner, `/people/${known.id}/custody`);
  assert.match(page.body, /Niamh Gallagher/);
  assert.match(page.body, /M1/);
  // The feed goes on by its number, and adds to the known record without renaming it.
  await custody.feed({
    eventId: 'later',
    force: '06',
    custodyNumber: 'M1',
    kind: 'moved-cell',
    happenedAt: '2026-11-24T09:10:00Z',
    place: '12',
    person: { givenName: 'Niamh', familyName: 'Galagher' },
  });
  const after = await custody.web.get(practitioner, `/people/${known.id}/custody`);
  assert.match(after.body, /cell 12/);
  assert.match(after.body, /Niamh Gallagher/);
});

test('somebody kept apart from a record is not suggested it again', async () => {
  await custody.database.transaction(databaseContext(custody.area.system), (tx) =>
    custody.people.create(tx, custody.area.system, {
      source: 'told us',
      givenName: 'Owen',
      familyName: 'Pritchard',
      birthDate: Temporal.PlainDate.from('1979-09-30'),
    }),
  );
  const id = await arrive('M2', ['Owen', 'Pritchard'], {
    person: { givenName: 'Owen', familyName: 'Pritchard', birthDate: '1979-09-30' },
  });
  const page = await custody.web.get(practitioner, `/people/${id}/identity`);
  const known = /name="known" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  await custody.web.post(practitioner, `/people/${id}/identity`, { known, decision: 'different' });
  assert.match(
    (await custody.web.get(practitioner, `/people/${id}/identity`)).body,
    /No other record looks like/,
  );
});

test('a person is taken, given away, and shown as such on the board', async () => {
  const id = await arrive('T1', ['Ayesha', 'Noor']);
  const viewer = custody.area.viewers['custody-practitioner'];
  await custody.web.post(practitioner, `/people/${id}/assign`, { worker: viewer.workerId });
  assert.match((await custody.web.get(practitioner, `${suite}?show=mine`)).body, /Ayesha Noor/);
  const stranger = await custody.area.worker('Far Away', 'custody-practitioner', custody.area.otherSuiteId);
  const wrong = await custody.web.post(practitioner, `/people/${id}/assign`, {
    worker: stranger.viewer.workerId,
  });
  assert.equal(wrong.statusCode, 422);
});

test('a charge decision is written down, and an older form does not hide a newer fact', async () => {
  const id = await arrive('D1', ['Marcus', 'Bell']);
  const url = `/people/${id}/custody`;
  const version =
    /name="version" value="(\d+)"/.exec((await custody.web.get(practitioner, url)).body)?.[1] ?? '';
  const form = {
    version,
    place: '7',
    adult: 'value:no',
    adultWhy: 'Custody officer',
    chargeDecision: '10:30',
    investigator: 'DC Price',
  };
  assert.equal((await custody.web.post(practitioner, url, form)).statusCode, 303);
  const page = await custody.web.get(practitioner, url);
  assert.match(page.body, /Charge decision expected, 10:30/);
  assert.match(page.body, /Not required/);
  const stale = await custody.web.post(practitioner, url, { ...form, chargeDecision: '11:00' });
  assert.equal(stale.statusCode, 409);
  assert.match(stale.body, /value="11:00"/, 'what was typed is still in the form');
  assert.match(stale.body, /Charge decision expected, 10:30/);
  assert.equal(
    (await custody.web.post(practitioner, url, { ...form, chargeDecision: 'half ten' })).statusCode,
    422,
  );
});

test('leaving is recorded with the court, told on at once, and remembers what was asked', async () => {
  custody.ended.length = 0;
  const id = await arrive('L1', ['Rosa', 'Lindqvist']);
  const url = `/people/${id}/leave`;
  const noCourt = await custody.web.post(practitioner, url, { outcome: 'charged-bailed' });
  assert.equal(noCourt.statusCode, 422);
  assert.match(noCourt.body, /Choose the court they go to/);
  const left = await custody.web.post(practitioner, url, {
    outcome: 'charged-bailed',
    court: custody.area.courtId,
    'courtDate-day': '1',
    'courtDate-month': '12',
    'courtDate-year': '2026',
    phone: 'value:no',
    medicine: 'declined',
  });
  assert.equal(left.statusCode, 303);
  assert.deepEqual(
    custody.ended.map((told) => [
      told.personId,
      told.how,
      told.courtSiteId,
      told.courtDate?.toString(),
      told.was,
    ]),
    [[id, 'charged-bailed', custody.area.courtId, '2026-12-01', null]],
  );
  assert.equal(custody.charged.filter((told) => told.personId === id).length, 1);
  const asked = await custody.database.transaction(databaseContext(custody.area.system), (tx) =>
    tx
      .selectFrom('leaving_check')
      .select(['question', 'answer'])
      .where('person_id', '=', id)
      .orderBy('question')
      .execute(),
  );
  assert.deepEqual(asked, [
    { question: 'medicine', answer: 'declined' },
    { question: 'phone', answer: 'no' },
  ]);
  const board = await custody.web.get(practitioner, `${suite}?show=left`);
  assert.match(board.body, /Rosa Lindqvist/);
  assert.match(board.body, /Left: charged and bailed/);
  const again = await custody.web.post(practitioner, url, {
    outcome: 'charged-bailed',
    court: custody.area.courtId,
    'courtDate-day': '1',
    'courtDate-month': '12',
    'courtDate-year': '2026',
  });
  assert.equal(again.statusCode, 409);
});

test('every page about somebody in custody is written to the audit before it is sent', async () => {
  const id = await arrive('V1', ['Hana', 'Kovac']);
  await custody.web.get(practitioner, `/people/${id}/contact`);
  await custody.web.get(practitioner, suite);
  const seen = await custody.database.transaction(databaseContext(custody.area.system), (tx) =>
    tx
      .selectFrom('audit_event')
      .select(['subject_kind', 'person_id'])
      .where('action', '=', 'viewed')
      .where((eb) => eb.or([eb('person_id', '=', id), eb('subject_kind', '=', 'suite board')]))
      .execute(),
  );
  assert.ok(seen.some((row) => row.person_id === id && row.subject_kind === 'offers of contact'));
  assert.ok(seen.some((row) => row.subject_kind === 'suite board'));
});
