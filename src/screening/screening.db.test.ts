import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { databaseContext, type SignedInViewer } from '../access/index.ts';
import type { TestArea } from '../access/test-area.ts';
import { testSetting, type TestSetting } from '../access/test-setting.ts';
import { testServer, type TestServer } from '../access/test-server.ts';
import { fixedClock } from '../platform/clock.ts';
import { countQueries, type Database } from '../platform/database.ts';
import { loadAssets } from '../platform/http/assets.ts';
import { createViews } from '../platform/views/environment.ts';
import { createPeople, type People } from '../people/index.ts';
import {
  latestScores,
  loadInstrumentLibrary,
  recordScreening,
  registerScreeningRoutes,
  screeningPicture,
  screeningsOf,
  type ConfirmedNeed,
} from './index.ts';

const clock = fixedClock('2026-11-24T09:12:00Z');
const library = loadInstrumentLibrary();
const confirmed: ConfirmedNeed[] = [];
let setting: TestSetting;
let database: Database;
let area: TestArea;
let people: People;
let web: TestServer;
let hannah: { viewer: SignedInViewer; cookie: string };
let sanjay: { viewer: SignedInViewer; cookie: string };

before(async () => {
  setting = await testSetting();
  ({ database, area } = setting);
  people = createPeople({
    clock,
    tabs: [{ key: 'screening', text: 'Screening', href: (id) => `/people/${id}/screening` }],
    pictureSources: [screeningPicture({ library })],
    personChanged: async () => {},
    relationshipSources: [
      {
        name: 'custody',
        find: async (_tx, viewer, ids) =>
          new Map(
            viewer.role === 'navigator' ? [] : ids.map((id) => [id, 'detained in your suite'] as const),
          ),
      },
    ],
  });
  hannah = await area.worker('Hannah Osei', 'custody-practitioner');
  sanjay = await area.worker('Sanjay Mistry', 'custody-healthcare');
  web = await testServer({
    database,
    clock,
    register: (server) =>
      registerScreeningRoutes(server, {
        database,
        clock,
        people,
        library,
        views: createViews(loadAssets()),
        onNeedConfirmed: async (_tx, _viewer, need) => {
          confirmed.push(need);
        },
      }),
  });
});
after(async () => {
  await web.close();
  await setting.close();
});

async function newPerson(givenName: string): Promise<string> {
  const person = await database.transaction(databaseContext(area.system), (tx) =>
    people.create(tx, area.system, {
      source: 'custody feed',
      givenName,
      familyName: 'Brennan',
      birthDate: Temporal.PlainDate.from('1992-08-17'),
    }),
  );
  return person.id;
}

function read<T>(
  work: (tx: Parameters<Parameters<Database['transaction']>[1]>[0]) => Promise<T>,
): Promise<T> {
  return database.transaction(databaseContext(hannah.viewer), work);
}

const phq = (answers: Readonly<Record<number, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(answers).map(([item, answer]) => [`q-${item}`, answer]));
const all = (code: string): Record<number, string> =>
  Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((item) => [item, `value:${code}`]));

/** Saves as the script does while somebody answers. */
async function autosave(
  cookie: string,
  personId: string,
  content: Record<string, string>,
): Promise<{ status: number; body: { version: number; panel: string } }> {
  const page = await web.get(cookie, `/people/${personId}/screening/phq-9`);
  const token = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const response = await web.server.inject({
    method: 'PUT',
    url: `/people/${personId}/screening/phq-9`,
    cookies: { throughline_session: cookie },
    headers: { 'x-csrf-token': token, 'sec-fetch-site': 'same-origin' },
    payload: { version: 0, content },
  });
  return { status: response.statusCode, body: response.json() };
}

test('a half-done screening has no score, and a part of the answers is never added up', async () => {
  const personId = await newPerson('Callum');
  const answers = { ...all('2'), 8: 'declined', 9: 'value:0' };
  const saved = await autosave(hannah.cookie, personId, { page: crypto.randomUUID(), ...phq(answers) });
  assert.equal(saved.status, 200);
  assert.match(saved.body.panel, /8 of 9 answered\. No score until all are answered/);
  const [screening] = await read((tx) => screeningsOf(tx, hannah.viewer, personId));
  assert.equal(screening?.score, null);
  assert.equal(screening.status, 'part-done');
  assert.equal(screening.answers.get('8')?.answer.kind, 'declined');
  assert.deepEqual(screening.bands, []);
});

test('the score appears when the last question is answered, with its bands and where they come from', async () => {
  const personId = await newPerson('Aoife');
  const saved = await autosave(hannah.cookie, personId, {
    page: crypto.randomUUID(),
    ...phq({ ...all('1'), 9: 'value:0' }),
  });
  assert.match(saved.body.panel, /all 9 answered/);
  assert.match(saved.body.panel, /tl-score__n">8</);
  assert.match(saved.body.panel, /Mild/);
  assert.match(saved.body.panel, /Kroenke/);
  assert.match(saved.body.panel, /One line of evidence, not a decision/);
});

test('a screening begun by the nurse is gone on with by the practitioner, and nothing is asked twice', async () => {
  const personId = await newPerson('Mark');
  await autosave(sanjay.cookie, personId, {
    page: crypto.randomUUID(),
    ...phq({ 1: 'value:2', 2: 'value:1' }),
  });
  const page = await web.get(hannah.cookie, `/people/${personId}/screening/phq-9`);
  assert.match(page.body, /id="q-1-2" value="value:2" checked/);
  assert.match(page.body, /to Sanjay Mistry\. No need to ask again/);
});

test('two practitioners on one screening each keep what they asked', async () => {
  const personId = await newPerson('Grace');
  const [one, other] = [crypto.randomUUID(), crypto.randomUUID()];
  // Both pages were opened empty.
  await autosave(hannah.cookie, personId, { page: one, ...phq({ 1: 'value:2' }) });
  await autosave(sanjay.cookie, personId, { page: other, ...phq({ 3: 'value:1' }) });
  await autosave(hannah.cookie, personId, { page: one, ...phq({ 1: 'value:3', 2: 'value:0' }) });
  const screenings = await read((tx) => screeningsOf(tx, hannah.viewer, personId));
  assert.equal(screenings.length, 1);
  const given = [...(screenings[0]?.answers ?? [])].flatMap(([item, { answer, by }]) =>
    answer.kind === 'value' ? [`${item}=${answer.value} ${by}`] : [],
  );
  assert.deepEqual(given.sort(), ['1=3 Hannah Osei', '2=0 Hannah Osei', '3=1 Sanjay Mistry']);
});

test('two different answers to one question at once are both kept, and neither counts until one is chosen', async () => {
  const personId = await newPerson('Yusuf');
  const nothingBut = (answer: string) => phq({ ...all('1'), 9: 'value:0', 4: answer });
  await autosave(hannah.cookie, personId, { page: crypto.randomUUID(), ...nothingBut('value:3') });
  const late = await autosave(sanjay.cookie, personId, {
    page: crypto.randomUUID(),
    ...nothingBut('value:0'),
  });
  assert.match(late.body.panel, /Two answers at once/);
  assert.match(late.body.panel, /8 of 9 answered/);
  const [screening] = await read((tx) => screeningsOf(tx, hannah.viewer, personId));
  assert.equal(screening?.score, null);
  const page = await web.get(hannah.cookie, `/people/${personId}/screening/phq-9`);
  assert.match(page.body, /Two people answered differently/);
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? '';
  const settled = await web.post(hannah.cookie, `/people/${personId}/screening/phq-9`, {
    page: field('page'),
    opened: field('opened'),
    version: field('version'),
    settle: 'other:4',
    ...nothingBut('value:3'),
  });
  assert.equal(settled.statusCode, 303);
  const [after] = await read((tx) => screeningsOf(tx, hannah.viewer, personId));
  assert.equal(after?.score, 7);
  assert.equal(after.answers.get('4')?.other, null);
});

test('an answer about self-harm opens a safety conversation whatever the total, until it is recorded as had', async () => {
  const personId = await newPerson('Leah');
  const finished = await web.post(hannah.cookie, `/people/${personId}/screening/phq-9`, {
    page: crypto.randomUUID(),
    finish: 'yes',
    setting: 'cell',
    conditions: ['intoxicated', 'interpreter'],
    ...phq({ ...all('0'), 9: 'value:1' }),
  });
  assert.equal(finished.statusCode, 303);
  const address = String(finished.headers.location);
  const result = await web.get(hannah.cookie, address);
  assert.match(result.body, /Talk about safety now/);
  assert.match(result.body, new RegExp(`/people/${personId}/safety-plan`));
  assert.match(result.body, /In a cell\. Intoxicated, with an interpreter/);
  const matters = () =>
    read((tx) =>
      Promise.resolve(
        screeningPicture({ library }).mattersNow?.({
          tx,
          viewer: hannah.viewer,
          personId,
          now: clock.now(),
        }) ?? [],
      ),
    );
  assert.equal((await matters()).length, 1);
  const untold = await web.post(hannah.cookie, `${address}/safety-conversation`, {
    decision: 'not-possible',
  });
  assert.equal(untold.statusCode, 422);
  assert.match(untold.body, /Say why it was not possible/);
  await web.post(hannah.cookie, `${address}/safety-conversation`, { decision: 'had' });
  assert.deepEqual(await matters(), []);
  assert.match((await web.get(hannah.cookie, address)).body, /Safety conversation had, Hannah Osei/);
});

test('a safety question without an answer is not taken as no', async () => {
  const personId = await newPerson('Ines');
  const saved = await autosave(hannah.cookie, personId, {
    page: crypto.randomUUID(),
    ...phq({ ...all('0'), 9: 'declined' }),
  });
  assert.match(saved.body.panel, /Safety not answered/);
});

test('a suggested need is recorded only when a person confirms it, and once', async () => {
  const personId = await newPerson('Dafydd');
  const finished = await web.post(hannah.cookie, `/people/${personId}/screening/phq-9`, {
    page: crypto.randomUUID(),
    finish: 'yes',
    ...phq({ ...all('2'), 9: 'value:0' }),
  });
  const address = String(finished.headers.location);
  const before = confirmed.length;
  assert.match((await web.get(hannah.cookie, address)).body, /Because: PHQ-9 16 of 27: moderately severe/);
  assert.equal(confirmed.length, before);
  const key = crypto.randomUUID();
  const press = () =>
    web.post(hannah.cookie, `${address}/suggestions`, {
      need: 'mental-health',
      decision: 'added',
      _key: key,
    });
  const presses = await Promise.all([press(), press()]);
  assert.deepEqual(
    presses.map(({ statusCode }) => statusCode),
    [303, 303],
  );
  assert.deepEqual(
    confirmed.slice(before).map(({ kind, because }) => [kind, because]),
    [['mental-health', 'PHQ-9 16 of 27: moderately severe']],
  );
  const stray = await web.post(hannah.cookie, `${address}/suggestions`, {
    need: 'housing',
    decision: 'added',
  });
  assert.equal(stray.statusCode, 409);
});

test('pressing Finish twice finishes one screening', async () => {
  const personId = await newPerson('Tomasz');
  const form = {
    _key: crypto.randomUUID(),
    page: crypto.randomUUID(),
    finish: 'yes',
    ...phq({ ...all('0') }),
  };
  const url = `/people/${personId}/screening/phq-9`;
  const [first, second] = await Promise.all([
    web.post(hannah.cookie, url, form),
    web.post(hannah.cookie, url, form),
  ]);
  assert.equal(first?.statusCode, 303);
  assert.equal(second?.headers.location, first.headers.location);
  assert.equal((await read((tx) => screeningsOf(tx, hannah.viewer, personId))).length, 1);
});

test('an earlier answer is offered with its age, never copied, and confirmed in one press', async () => {
  const personId = await newPerson('Sinead');
  await read((tx) =>
    recordScreening({ clock, people, library }, tx, hannah.viewer, {
      personId,
      instrument: 'PHQ-9',
      answers: { 1: 2, 2: 1, 3: 0, 4: 0, 5: 0, 6: 0, 7: 0, 8: 0, 9: 0 },
      setting: 'cell',
      finish: true,
    }),
  );
  clock.set('2026-11-30T10:00:00Z');
  try {
    const url = `/people/${personId}/screening/phq-9`;
    const page = await web.get(hannah.cookie, url);
    assert.match(page.body, /Still right, use it/);
    assert.match(page.body, /id="q-1-not-asked" value="not-asked" checked/);
    await web.post(hannah.cookie, url, { page: crypto.randomUUID(), reuse: '1' });
    const [newest] = await read((tx) => screeningsOf(tx, hannah.viewer, personId));
    assert.deepEqual(newest?.answers.get('1')?.answer, { kind: 'value', value: '2' });
    assert.equal(newest.answers.get('1')?.confirmedFrom?.toString(), '2026-11-24T09:12:00Z');
    assert.equal(newest.answers.get('2')?.answer.kind ?? 'not-asked', 'not-asked');
    // About safety now: never offered from before.
    await web.post(hannah.cookie, url, { page: crypto.randomUUID(), reuse: '9' });
    const [still] = await read((tx) => screeningsOf(tx, hannah.viewer, personId));
    assert.equal(still?.answers.get('9')?.answer.kind ?? 'not-asked', 'not-asked');
  } finally {
    clock.set('2026-11-24T09:12:00Z');
  }
});

test('a half-done screening of last week is not gone on with', async () => {
  const personId = await newPerson('Marta');
  await autosave(hannah.cookie, personId, { page: crypto.randomUUID(), ...phq({ 1: 'value:2' }) });
  clock.set('2026-12-01T09:12:00Z');
  try {
    const page = await web.get(hannah.cookie, `/people/${personId}/screening/phq-9`);
    assert.match(page.body, /id="q-1-not-asked" value="not-asked" checked/);
    assert.match(page.body, /name="opened" value=""/);
  } finally {
    clock.set('2026-11-24T09:12:00Z');
  }
});

test('a finished screening is corrected only with a reason, and the answers before stay in its history', async () => {
  const personId = await newPerson('Noor');
  const url = `/people/${personId}/screening/phq-9`;
  const finished = await web.post(hannah.cookie, url, {
    page: crypto.randomUUID(),
    finish: 'yes',
    ...phq(all('0')),
  });
  const address = String(finished.headers.location);
  const id = address.split('/').at(-1) ?? '';
  const change = { page: crypto.randomUUID(), correct: id, opened: id, version: '1', finish: 'yes' };
  const silent = await web.post(hannah.cookie, url, { ...change, ...phq({ ...all('0'), 2: 'value:3' }) });
  assert.equal(silent.statusCode, 422);
  assert.match(silent.body, /Say why the answers are changed/);
  await web.post(hannah.cookie, url, {
    ...change,
    reason: 'Misheard the second answer',
    ...phq({ ...all('0'), 2: 'value:3' }),
  });
  const scores = await read((tx) => latestScores(tx, hannah.viewer, personId));
  assert.equal(scores.get('phq-9')?.score, 3);
  assert.equal(scores.get('phq-9')?.version, 2);
  const page = await web.get(hannah.cookie, address);
  assert.match(page.body, /Version 1: score 0/);
  assert.match(page.body, /Misheard the second answer/);
  await assert.rejects(
    read((tx) =>
      tx.updateTable('screening_version').set({ score: 0 }).where('screening_id', '=', id).execute(),
    ),
    /permission denied/,
  );
});

test('somebody without a relationship finds no screening, and a form without its token is refused', async () => {
  const personId = await newPerson('Owen');
  const navigator = area.cookies.navigator;
  assert.equal((await web.get(navigator, `/people/${personId}/screening`)).statusCode, 404);
  const posted = await web.post(navigator, `/people/${personId}/screening/phq-9`, {
    page: crypto.randomUUID(),
    ...phq({ 1: 'value:1' }),
  });
  assert.equal(posted.statusCode, 404);
  const forged = await web.post(hannah.cookie, `/people/${personId}/screening/phq-9`, { _csrf: 'forged' });
  assert.equal(forged.statusCode, 403);
  assert.equal((await web.get(null, `/people/${personId}/screening`)).statusCode, 303);
});

test('an answer the question does not allow is refused at its question, and nothing is written', async () => {
  const personId = await newPerson('Ruth');
  const posted = await web.post(hannah.cookie, `/people/${personId}/screening/phq-9`, {
    page: crypto.randomUUID(),
    ...phq({ 1: 'value:7' }),
  });
  assert.equal(posted.statusCode, 422);
  assert.match(posted.body, /Choose one of the answers to question 1/);
  assert.deepEqual(await read((tx) => screeningsOf(tx, hannah.viewer, personId)), []);
});

test('the list of screenings costs the same queries for 5 as for 50', async () => {
  const few = await newPerson('Five');
  const many = await newPerson('Fifty');
  for (const [personId, count] of [
    [few, 5],
    [many, 50],
  ] as const)
    for (let at = 0; at < count; at += 1) {
      clock.set(Temporal.Instant.from('2026-11-24T09:12:00Z').add({ minutes: at }));
      const saved = await read((tx) =>
        recordScreening({ clock, people, library }, tx, hannah.viewer, {
          personId,
          instrument: 'gad-7',
          answers: { 1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1 },
          setting: 'cell',
          finish: true,
        }),
      );
      assert.ok(saved.ok);
    }
  const cost = async (personId: string) =>
    (await countQueries(() => web.get(hannah.cookie, `/people/${personId}/screening`))).queries.length;
  assert.equal(await cost(many), await cost(few));
  clock.set('2026-11-24T09:12:00Z');
});
