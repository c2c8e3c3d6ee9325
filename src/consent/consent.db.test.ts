import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after, before, beforeEach } from 'node:test';
import { databaseContext, type SignedInViewer } from '../access/index.ts';
import { testArea, type TestArea } from '../access/test-area.ts';
import { testSetting, type TestSetting } from '../access/test-setting.ts';
import { testServer, type TestServer } from '../access/test-server.ts';
import { createPeople, type People } from '../people/index.ts';
import { fixedClock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import {
  consentFor,
  consentPicture,
  consentStatuses,
  recordDecision,
  registerConsentRoutes,
  subjectKey,
  type ConsentSubject,
  type DecisionInput,
} from './index.ts';

const clock = fixedClock('2026-11-24T09:12:00Z');
let setting: TestSetting;
let database: Database;
let owner: Database;
let area: TestArea;
let people: People;
let web: TestServer;
let practitioner: SignedInViewer;
let cookie: string;
let cal: string;
let ty: string;
const stopped: { personId: string; subject: ConsentSubject }[] = [];
const parts = () => ({
  database,
  clock,
  people,
  onWithdrawn: async (
    _tx: unknown,
    _viewer: unknown,
    input: { personId: string; subject: ConsentSubject },
  ) => {
    stopped.push(input);
  },
});

before(async () => {
  setting = await testSetting();
  ({ database, owner, area } = setting);
  practitioner = area.viewers['custody-practitioner'];
  cookie = area.cookies['custody-practitioner'];
  people = createPeople({
    clock,
    tabs: [],
    pictureSources: [consentPicture()],
    personChanged: async () => {},
    relationshipSources: [
      {
        name: 'custody',
        find: async (_tx, viewer, ids) =>
          new Map(
            viewer.workerId === practitioner.workerId ? ids.map((id) => [id, 'detained in your suite']) : [],
          ),
      },
    ],
  });
  web = await testServer({
    database,
    clock,
    register: (server) =>
      registerConsentRoutes(server, {
        ...parts(),
        alreadyShared: async () => new Map(),
        services: async () => [
          { id: '0198f000-0000-7000-8000-000000000001', name: 'Rivermead alcohol service' },
        ],
      }),
  });
});
after(async () => {
  await web.close();
  await setting.close();
});
beforeEach(async () => {
  clock.set('2026-11-24T09:12:00Z');
  stopped.length = 0;
  cal = await addPerson('Callum', '1992-08-17');
  ty = await addPerson('Tyrell', '2011-08-17');
});

async function addPerson(givenName: string, birthDate: string): Promise<string> {
  const person = await database.transaction(databaseContext(area.system), (tx) =>
    people.create(tx, area.system, {
      source: 'custody feed',
      givenName,
      familyName: 'Brennan',
      birthDate: Temporal.PlainDate.from(birthDate),
    }),
  );
  return person.id;
}
const statuses = (personId: string) =>
  database.transaction(databaseContext(practitioner), (tx) =>
    consentStatuses(tx, practitioner, personId, clock.now()),
  );
async function state(personId: string, key: string): Promise<string> {
  const found = (await statuses(personId)).find((entry) => subjectKey(entry.subject) === key);
  return `${found?.state ?? 'none'}${found?.extent ? ` ${found.extent}` : ''}`;
}
const save = (
  personId: string,
  form: Record<string, string | string[]>,
  extra: Record<string, string> = {},
) => web.post(cookie, `/people/${personId}/consent/decisions`, { how: 'spoken', ...form, ...extra });

test('at first nothing is asked, and the page says so on every line', async () => {
  for (const status of await statuses(cal)) assert.equal(status.words, 'Not asked yet');
  const page = await web.get(cookie, `/people/${cal}/consent`);
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /Nothing asked yet\./);
  assert.doesNotMatch(page.body, /Refused \d/);
});

test('several things agreed to in one conversation are saved with one press', async () => {
  const answer = await save(cal, {
    'answer-being-seen': 'given',
    'answer-share-police': 'given:recommendation-and-needs',
    'answer-share-gp': 'given:all-relevant',
    'answer-contact-after-release': 'given:text',
    'answer-evaluation': 'refused',
    'name-new-service': 'rivermead alcohol service',
    'answer-new-service': 'given:all-relevant',
    'name-new-family': 'Aoife, sister',
    'answer-new-family': 'given:recommendation-and-needs',
    present: ['interpreter', 'solicitor'],
    language: 'Irish',
  });
  assert.equal(answer.statusCode, 303);
  assert.equal(answer.headers.location, `/people/${cal}/consent?saved=7`);
  assert.equal(await state(cal, 'share-police'), 'given recommendation-and-needs');
  assert.equal(await state(cal, 'share-court'), 'not-asked');
  assert.equal(await state(cal, 'evaluation'), 'refused');
  assert.equal(await state(cal, 'share-service-0198f000-0000-7000-8000-000000000001'), 'given all-relevant');
  assert.equal(await state(cal, 'share-family-aoife-sister'), 'given recommendation-and-needs');
  const page = await web.get(cookie, answer.headers.location ?? '');
  assert.match(page.body, /Saved: 7 decisions/);
  assert.match(page.body, /in Irish, with interpreter, solicitor there/);
  const audit = await database.transaction(databaseContext(area.system), (tx) =>
    tx
      .selectFrom('audit_event')
      .select('detail')
      .where('person_id', '=', cal)
      .where('subject_kind', '=', 'consent decision')
      .execute(),
  );
  assert.equal(audit.length, 7);
});

test('pressing the button twice records once', async () => {
  const form = { 'answer-being-seen': 'given', _key: randomUUID() };
  assert.equal((await save(cal, form)).statusCode, 303);
  assert.equal((await save(cal, form)).statusCode, 303);
  const rows = await database.transaction(databaseContext(practitioner), (tx) =>
    tx.selectFrom('consent_decision').select('id').where('person_id', '=', cal).execute(),
  );
  assert.equal(rows.length, 1);
});

test('taking it back stops what has not gone, and refusing the first time stops nothing', async () => {
  await save(cal, { 'answer-share-police': 'given:all-relevant', 'answer-share-court': 'refused' });
  assert.deepEqual(stopped, []);
  clock.set('2026-11-24T10:00:00Z');
  await save(cal, { 'answer-share-police': 'withdrawn' });
  assert.deepEqual(stopped, [{ personId: cal, subject: { kind: 'share', recipient: 'police' } }]);
  assert.equal(await state(cal, 'share-police'), 'withdrawn');
});

test('what was never agreed cannot be taken back, and nothing of that form is saved', async () => {
  const answer = await save(cal, { 'answer-share-police': 'withdrawn', 'answer-being-seen': 'given' });
  assert.equal(answer.statusCode, 422);
  assert.match(answer.body, /nothing was agreed that could be taken back/);
  assert.equal(await state(cal, 'being-seen'), 'not-asked');
});

test('an agreement is asked for again after a year', async () => {
  await save(cal, { 'answer-share-gp': 'given:all-relevant' });
  clock.set('2027-11-24T09:11:59Z');
  assert.equal(await state(cal, 'share-gp'), 'given all-relevant');
  clock.set('2027-11-24T09:12:00Z');
  assert.equal(await state(cal, 'share-gp'), 'expired');
});

test('a 15-year-old agrees when found to understand, and an appropriate adult never agrees for them', async () => {
  const line = { 'answer-share-police': 'given:recommendation-only' };
  const adult = await save(ty, line, { holder: 'appropriate-adult', holderName: 'Jo Marsh' });
  assert.equal(adult.statusCode, 422);
  assert.match(adult.body, /They cannot agree or refuse for Tyrell/);
  const untested = await save(ty, line, { holder: 'person' });
  assert.match(untested.body, /whether Tyrell understood well enough to decide/);
  const understood = {
    holder: 'person',
    competence: 'yes',
    competenceShownBy: 'Said back what would happen',
  };
  assert.equal((await save(ty, line, understood)).statusCode, 303);
  assert.equal(await state(ty, 'share-police'), 'given recommendation-only');
});

test('a young person and a parent who disagree are a conflict, and the page says to talk with both', async () => {
  await save(ty, { 'answer-share-police': 'refused' }, { holder: 'person' });
  await save(
    ty,
    { 'answer-share-police': 'given:all-relevant' },
    { holder: 'parental-responsibility', holderName: 'Dee Brennan, mother' },
  );
  assert.equal(await state(ty, 'share-police'), 'conflict');
  assert.match((await web.get(cookie, `/people/${ty}/consent`)).body, /Two different answers: Police/);
});

test('nobody agrees for an adult', async () => {
  const answer = await save(
    cal,
    { 'answer-share-gp': 'given:all-relevant' },
    { holder: 'parental-responsibility', holderName: 'Mother' },
  );
  assert.equal(answer.statusCode, 422);
  assert.match(answer.body, /Nobody else can agree or refuse for Callum/);
});

const capacity = {
  about: 'share-police',
  whyDoubted: 'Drunk, could not say back what was asked',
  supportTried: 'Plain words, water, waited half an hour',
  understand: 'yes',
  retain: 'no',
  useOrWeigh: 'not-asked',
  communicate: 'yes',
  canWait: 'yes',
  lookAgainInHours: '3',
};

test('somebody who is drunk is asked later: a yes waits, a no is taken', async () => {
  const saved = await web.post(cookie, `/people/${cal}/consent/capacity`, capacity);
  assert.equal(saved.statusCode, 303);
  const page = await web.get(cookie, `/people/${cal}/consent`);
  assert.match(page.body, /Waiting: look again 12:12/);
  const yes = await save(cal, { 'answer-share-police': 'given:all-relevant' });
  assert.equal(yes.statusCode, 422);
  assert.match(yes.body, /decided to wait until Callum can make this decision/);
  assert.equal(
    (await save(cal, { 'answer-share-gp': 'given:all-relevant' })).statusCode,
    303,
    'only that one decision waits',
  );
  assert.equal((await save(cal, { 'answer-share-police': 'refused' })).statusCode, 303);
  clock.set('2026-11-24T12:30:00Z');
  await web.post(cookie, `/people/${cal}/consent/capacity`, {
    ...capacity,
    retain: 'yes',
    useOrWeigh: 'yes',
  });
  assert.equal((await save(cal, { 'answer-share-police': 'given:all-relevant' })).statusCode, 303);
  assert.equal(await state(cal, 'share-police'), 'given all-relevant');
});

test('an unfinished assessment is shown again with what was typed', async () => {
  const answer = await web.post(cookie, `/people/${cal}/consent/capacity`, { ...capacity, canWait: 'no' });
  assert.equal(answer.statusCode, 422);
  assert.match(answer.body, /Say whether an impairment of the mind or brain is the cause/);
  assert.match(answer.body, /could not say back/);
});

test('an assessment is about one decision the page knows, and never about somebody under 16', async () => {
  const other = await web.post(cookie, `/people/${cal}/consent/capacity`, { ...capacity, about: 'anything' });
  assert.equal(other.statusCode, 422);
  assert.match(other.body, /Choose the decision it is about/);
  const young = await web.post(cookie, `/people/${ty}/consent/capacity`, capacity);
  assert.match(young.body, /Tyrell is under 16/);
});

test('a decision entered by mistake is struck out with its reason, kept, and no longer counts', async () => {
  await save(cal, { 'answer-share-gp': 'given:all-relevant' });
  const page = await web.get(cookie, `/people/${cal}/consent`);
  const path = /\/people\/[0-9a-f-]+\/consent\/decisions\/[0-9a-f-]+\/mistake/.exec(page.body)?.[0] ?? '';
  assert.equal((await web.get(cookie, path)).statusCode, 200);
  assert.equal((await web.post(cookie, path, {})).statusCode, 422);
  assert.equal((await web.post(cookie, path, { reason: 'Meant for another person' })).statusCode, 303);
  assert.equal(await state(cal, 'share-gp'), 'not-asked');
  const later = await web.get(cookie, `/people/${cal}/consent`);
  assert.match(later.body, /Entered by mistake: Meant for another person/);
  assert.equal((await web.post(cookie, path, { reason: 'Again' })).statusCode, 409);
  assert.equal(stopped.length, 1, 'what waited because of it is stopped');
});

test('decisions can be added to and never changed or deleted', async () => {
  await save(cal, { 'answer-share-gp': 'refused' });
  await assert.rejects(
    database.transaction(databaseContext(practitioner), (tx) =>
      tx.updateTable('consent_decision').set({ decision: 'given' }).where('person_id', '=', cal).execute(),
    ),
    /permission denied/,
  );
  await assert.rejects(
    database.transaction(databaseContext(practitioner), (tx) =>
      tx.deleteFrom('consent_decision').where('person_id', '=', cal).execute(),
    ),
    /permission denied/,
  );
});

test('somebody with no relationship to the person sees no consent and records none', async () => {
  for (const role of ['navigator', 'lead'] as const) {
    assert.equal((await web.get(area.cookies[role], `/people/${cal}/consent`)).statusCode, 404, role);
    const answer = await web.post(area.cookies[role], `/people/${cal}/consent/decisions`, {
      'answer-being-seen': 'given',
    });
    assert.equal(answer.statusCode, 404, role);
  }
  assert.equal((await web.get(area.cookies.commissioner, `/people/${cal}/consent`)).statusCode, 403);
  const outsider = await recordDecision(
    parts(),
    area.viewers.navigator,
    { ...blank, personId: cal },
    { reference: null, key: randomUUID() },
  );
  assert.ok(!outsider.ok && outsider.refusal.code === 'not-found');
});

const blank: Omit<DecisionInput, 'personId'> = {
  decided: [{ subject: { kind: 'being-seen' }, decision: 'given', extent: null }],
  holder: 'person',
  holderName: null,
  competence: 'not-asked',
  competenceShownBy: null,
  how: 'spoken',
  present: [],
  language: 'English',
  format: 'ordinary',
  partnerRecords: false,
};

test('a form without its token records nothing', async () => {
  const answer = await save(cal, { 'answer-being-seen': 'given', _csrf: 'wrong' });
  assert.equal(answer.statusCode, 403);
  assert.equal(await state(cal, 'being-seen'), 'not-asked');
});

test('a form with nothing chosen says so', async () => {
  const answer = await save(cal, {});
  assert.equal(answer.statusCode, 422);
  assert.match(answer.body, /Choose an answer on at least one line/);
});

test('the picture of need shows who may have what, with four shapes and when it was agreed', async () => {
  await save(cal, {
    'answer-share-police': 'given:recommendation-and-needs',
    'answer-share-gp': 'given:all-relevant',
    'answer-evaluation': 'refused',
  });
  const lines = await database.transaction(databaseContext(practitioner), (tx) =>
    Promise.resolve(
      consentPicture().consent?.({ tx, viewer: practitioner, personId: cal, now: clock.now() }),
    ),
  );
  const said = (lines ?? []).map((line) => [
    line.status.shape,
    line.status.text,
    line.what,
    line.source.text,
  ]);
  assert.deepEqual(said.slice(1, 4), [
    ['part', 'Investigator, CPS', 'Recommendation and needs only', 'Agreed 09:12'],
    ['none', 'Court', 'Not asked yet', 'Ask at court'],
    ['none', 'Probation', 'Not asked yet', 'Ask when you talk'],
  ]);
  assert.deepEqual(said.at(-1), ['stop', 'Use in evaluation', 'Nothing', 'Refused 09:12']);
});

test('one subject can be asked about by itself, and another area’s record answers not asked', async () => {
  await save(cal, { 'answer-share-gp': 'given:all-relevant' });
  const elsewhere = await testArea(database, owner, 'Another area');
  const ask = (viewer: SignedInViewer) =>
    database.transaction(databaseContext(viewer), (tx) =>
      consentFor(tx, viewer, cal, { kind: 'share', recipient: 'gp' }, clock.now()),
    );
  assert.equal((await ask(practitioner)).state, 'given');
  assert.equal((await ask(elsewhere.viewers['custody-practitioner'])).state, 'not-asked');
});
