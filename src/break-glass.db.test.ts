import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { databaseContext, registerBreakGlassRoutes, type SignedInViewer } from './access/index.ts';
import { testArea, type TestArea } from './access/test-area.ts';
import { testSetting, type TestSetting } from './access/test-setting.ts';
import { testServer, type TestServer } from './access/test-server.ts';
import { recordAudit } from './audit/index.ts';
import { createPeople, displayName, findPeople, type People } from './people/index.ts';
import { fixedClock } from './platform/clock.ts';
import { countQueries, type Database } from './platform/database.ts';
import { prepareJobs } from './platform/jobs.ts';

const clock = fixedClock('2026-11-24T09:12:00Z');
let setting: TestSetting;
let database: Database;
let owner: Database;
let area: TestArea;
let elsewhere: TestArea;
let people: People;
let web: TestServer;

before(async () => {
  setting = await testSetting();
  await prepareJobs(setting.ownerUrl);
  ({ database, owner, area } = setting);
  elsewhere = await testArea(database, owner, 'Another area');
  people = createPeople({
    clock,
    tabs: [],
    pictureSources: [],
    personChanged: async () => {},
    relationshipSources: [],
  });
  await database.transaction(databaseContext(area.system), (tx) =>
    tx
      .updateTable('worker')
      .set({ email: 'privacy@northmoor.example' })
      .where('id', '=', area.viewers['privacy-officer'].workerId)
      .execute(),
  );
  web = await testServer({
    database,
    clock,
    register: (server) =>
      registerBreakGlassRoutes(server, {
        database,
        clock,
        audit: recordAudit,
        breakGlassMinutes: 60,
        baseUrl: 'http://127.0.0.1:3000',
        people: {
          mayOpen: (tx, viewer, ids) => people.mayOpen(tx, viewer, ids),
          names: async (tx, viewer, ids) =>
            new Map(
              [...(await findPeople(tx, viewer, ids))].map(([id, person]) => [id, displayName(person)]),
            ),
        },
      }),
  });
});
after(async () => {
  await web.close();
  await setting.close();
});

async function person(givenName: string, familyName: string, where = area): Promise<string> {
  const made = await database.transaction(databaseContext(where.system), (tx) =>
    people.create(tx, where.system, { source: 'custody feed', givenName, familyName }),
  );
  return made.id;
}

async function mayOpen(viewer: SignedInViewer, personId: string): Promise<boolean> {
  const opened = await database.transaction(databaseContext(viewer), (tx) =>
    people.open(tx, viewer, personId),
  );
  return opened !== null;
}

const given = { reason: 'risk-to-life', explanation: 'Found collapsed, nobody can say what they take' };

function openings(personId: string) {
  return database.transaction(databaseContext(area.system), (tx) =>
    tx.selectFrom('break_glass').selectAll().where('person_id', '=', personId).orderBy('opened_at').execute(),
  );
}

test('a reason opens exactly one person’s record, for one worker, for one hour', async () => {
  const cal = await person('Callum', 'Brennan');
  const other = await person('Leyla', 'Demir');
  const navigator = area.viewers.navigator;
  assert.equal(await mayOpen(navigator, cal), false);
  const answer = await web.post(area.cookies.navigator, `/people/${cal}/break-glass`, given);
  assert.equal(answer.statusCode, 303);
  assert.equal(answer.headers.location, `/people/${cal}`);
  assert.equal(await mayOpen(navigator, cal), true);
  assert.equal(await mayOpen(navigator, other), false, 'nobody else’s record');
  assert.equal(await mayOpen(area.viewers.lead, cal), false, 'not for a colleague');
  const colleague = await area.worker('Ana Ferreira', 'navigator');
  assert.equal(await mayOpen(colleague.viewer, cal), false, 'not for the same role');
  clock.set('2026-11-24T10:11:59Z');
  assert.equal(await mayOpen(navigator, cal), true);
  clock.set('2026-11-24T10:12:00Z');
  assert.equal(await mayOpen(navigator, cal), false, 'closed after an hour');
  clock.set('2026-11-24T09:12:00Z');
});

test('the opening is in the audit, and the privacy officer is told without the person’s name', async () => {
  const id = await person('Devon', 'Achebe');
  await web.post(area.cookies['custody-practitioner'], `/people/${id}/break-glass`, given);
  const [opening] = await openings(id);
  const written = await database.transaction(databaseContext(area.system), (tx) =>
    tx
      .selectFrom('audit_event')
      .select(['worker_id', 'subject_id'])
      .where('person_id', '=', id)
      .where('action', '=', 'break-glass')
      .execute(),
  );
  assert.deepEqual(written, [
    { worker_id: area.viewers['custody-practitioner'].workerId, subject_id: opening?.id },
  ]);
  const notices = await database.transaction(databaseContext(area.system), (tx) =>
    tx
      .selectFrom('outbound_message')
      .selectAll()
      .where('caused_by', '=', `break-glass ${opening?.id ?? ''}`)
      .execute(),
  );
  assert.equal(notices.length, 1);
  assert.equal(notices[0]?.recipient, 'privacy@northmoor.example');
  assert.equal(notices[0]?.person_id, null);
  const words = JSON.stringify(notices[0]);
  assert.ok(!words.includes(id) && !words.includes('Devon') && !words.includes('Achebe'), words);
  assert.ok(!words.includes('collapsed'), 'nor what was written about them');
});

test('pressing the button twice opens the record once', async () => {
  const id = await person('Mei', 'Tan');
  const press = () => web.post(area.cookies.lead, `/people/${id}/break-glass`, given);
  const answers = await Promise.all([press(), press(), press()]);
  assert.deepEqual(
    answers.map((answer) => answer.statusCode),
    [303, 303, 303],
  );
  assert.equal((await openings(id)).length, 1);
});

test('without a reason, or with too few words, nothing opens and the form says what is missing', async () => {
  const id = await person('Ruari', 'Kerr');
  const none = await web.post(area.cookies.navigator, `/people/${id}/break-glass`, {});
  assert.equal(none.statusCode, 422);
  assert.match(none.body, /Choose why you need to open this record/);
  const short = await web.post(area.cookies.navigator, `/people/${id}/break-glass`, {
    ...given,
    explanation: 'urgent   ',
  });
  assert.equal(short.statusCode, 422);
  assert.match(short.body, /at least 10 characters/);
  assert.equal((await openings(id)).length, 0);
});

test('only practitioners can open a record this way, and only one that exists in their area', async () => {
  const id = await person('Sunita', 'Rao');
  for (const role of [
    'partner-worker',
    'justice-reader',
    'commissioner',
    'privacy-officer',
    'administrator',
  ] as const) {
    const answer = await web.post(area.cookies[role], `/people/${id}/break-glass`, given);
    assert.equal(answer.statusCode, 403, role);
  }
  const far = await person('Owen', 'Price', elsewhere);
  assert.equal((await web.get(area.cookies.navigator, `/people/${far}/break-glass`)).statusCode, 404);
  assert.equal((await web.post(area.cookies.navigator, `/people/${far}/break-glass`, given)).statusCode, 404);
  assert.equal((await web.get(area.cookies.navigator, '/people/not-an-id/break-glass')).statusCode, 404);
  assert.equal((await openings(id)).length, 0);
});

test('the page before the reason does not say who the person is', async () => {
  const id = await person('Halima', 'Yusuf');
  const page = await web.get(area.cookies.navigator, `/people/${id}/break-glass`);
  assert.equal(page.statusCode, 200);
  assert.ok(!page.body.includes('Halima') && !page.body.includes('Yusuf'));
});

test('somebody whose record is open already goes straight to it', async () => {
  const id = await person('Jonas', 'Weber');
  await web.post(area.cookies.navigator, `/people/${id}/break-glass`, given);
  const page = await web.get(area.cookies.navigator, `/people/${id}/break-glass`);
  assert.equal(page.headers.location, `/people/${id}`);
});

test('the privacy officer sees who opened whose record and why, judges it once, and it is written down', async () => {
  const id = await person('Petra', 'Novak');
  await web.post(area.cookies['court-practitioner'], `/people/${id}/break-glass`, given);
  const [opening] = await openings(id);
  const review = `/access-review/${opening?.id ?? ''}`;
  const officer = area.cookies['privacy-officer'];
  const list = await web.get(officer, '/access-review');
  assert.match(list.body, /Worker court-practitioner/);
  assert.match(list.body, /Petra Novak/);
  assert.match(list.body, /Open until 10:12/);
  assert.equal((await web.get(officer, review)).statusCode, 200);

  const bare = await web.post(officer, review, { outcome: 'not-justified' });
  assert.equal(bare.statusCode, 422, 'a hard judgement needs its words');
  const asked = await web.post(officer, review, {
    outcome: 'more-information',
    note: 'Which cell, which shift?',
  });
  assert.equal(asked.statusCode, 303);
  assert.match((await web.get(officer, '/access-review')).body, /More information was asked for/);
  assert.equal((await web.post(officer, review, { outcome: 'justified' })).statusCode, 303);
  const again = await web.post(officer, review, { outcome: 'not-justified', note: 'Changed my mind' });
  assert.equal(again.statusCode, 409, 'settled is settled');
  assert.equal((await openings(id))[0]?.review_outcome, 'justified');
  const actions = await database.transaction(databaseContext(area.system), (tx) =>
    tx
      .selectFrom('audit_event')
      .select(['action', 'subject_kind'])
      .where('worker_id', '=', area.viewers['privacy-officer'].workerId)
      .where('person_id', '=', id)
      .orderBy('xid')
      .execute(),
  );
  assert.deepEqual(
    actions.map((each) => each.action),
    ['viewed', 'viewed', 'changed', 'changed', 'viewed'],
  );
});

test('nobody but the privacy officer opens the review, and another area’s openings are not found', async () => {
  const id = await person('Tariq', 'Aziz');
  await web.post(area.cookies.navigator, `/people/${id}/break-glass`, given);
  const [opening] = await openings(id);
  const review = `/access-review/${opening?.id ?? ''}`;
  for (const role of ['lead', 'administrator', 'navigator', 'commissioner'] as const)
    assert.equal((await web.get(area.cookies[role], review)).statusCode, 403, role);
  const stranger = elsewhere.cookies['privacy-officer'];
  assert.equal((await web.get(stranger, review)).statusCode, 404);
  assert.equal((await web.post(stranger, review, { outcome: 'justified' })).statusCode, 404);
  assert.ok(!(await web.get(stranger, '/access-review')).body.includes('Tariq'));
});

test('the review list costs the same queries for fifty openings as for five', async () => {
  const count = async () =>
    (await countQueries(() => web.get(area.cookies['privacy-officer'], '/access-review'))).queries.length;
  const few = await count();
  const lead = area.viewers.lead;
  for (let i = 0; i < 50; i += 1) {
    const id = await person('Person', `Number ${String(i)}`);
    await database.transaction(databaseContext(lead), (tx) =>
      tx
        .insertInto('break_glass')
        .values({
          area_id: area.areaId,
          worker_id: lead.workerId,
          session_id: lead.sessionId,
          person_id: id,
          reason: 'other',
          explanation: 'Somebody is waiting at the desk',
          opened_at: clock.now(),
          expires_at: clock.now().add({ hours: 1 }),
        })
        .execute(),
    );
  }
  assert.equal(await count(), few);
});
