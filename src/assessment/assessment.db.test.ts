import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { databaseContext, type SignedInViewer } from '../access/index.ts';
import type { TestArea } from '../access/test-area.ts';
import { testSetting, type TestSetting } from '../access/test-setting.ts';
import { testServer, type TestServer } from '../access/test-server.ts';
import { fixedClock } from '../platform/clock.ts';
import { saveDraft } from '../platform/forms/drafts.ts';
import { countQueries, type Database, type Tx } from '../platform/database.ts';
import { createPeople, moveRecords, needKinds, registerPeopleRoutes, type People } from '../people/index.ts';
import {
  assessmentPicture,
  confirmedNeedWriter,
  currentAssessment,
  needsOf,
  recordNeeds,
  registerAssessmentRoutes,
  safetyPlanOf,
  saveSafetyPlan,
} from './index.ts';
import { needHistory } from './need-store.ts';

const clock = fixedClock('2026-11-24T09:12:00Z');
const signed: string[] = [];
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
    tabs: [],
    pictureSources: [assessmentPicture()],
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
    register: (server) => {
      registerPeopleRoutes(server, { database, clock, people });
      registerAssessmentRoutes(server, {
        database,
        clock,
        people,
        onSigned: async (_tx, _viewer, { personId }) => {
          signed.push(personId);
        },
      });
    },
  });
});
after(async () => {
  await web.close();
  await setting.close();
});

async function newPerson(givenName: string): Promise<string> {
  const person = await database.transaction(databaseContext(area.system), (tx) =>
    people.create(tx, area.system, { source: 'custody feed', givenName, familyName: 'Doyle' }),
  );
  return person.id;
}

function asHannah<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return database.transaction(databaseContext(hannah.viewer), work);
}

test('several needs are recorded in one save, and a kind nobody asked about stays not asked', async () => {
  const personId = await newPerson('Callum');
  const url = `/people/${personId}/needs`;
  const saved = await web.post(hannah.cookie, url, {
    pointOfContact: 'custody',
    'answer-housing': 'value:found',
    'detail-housing': 'Sofa surfing since August',
    'services-housing': 'waiting',
    'wantsHelp-housing': 'yes',
    'answer-drugs': 'declined',
    'answer-exploitation': 'value:no-need',
    'answer-gambling': 'not-asked',
  });
  assert.equal(saved.statusCode, 303);
  const needs = await asHannah((tx) => needsOf(tx, hannah.viewer, personId));
  assert.deepEqual(needs.map(({ kind, answer }) => `${kind} ${answer}`).sort(), [
    'drugs declined',
    'exploitation no-need',
    'housing found',
  ]);
  const picture = await web.get(hannah.cookie, `/people/${personId}`);
  assert.match(picture.body, /1 found, 1 declined, 23 not asked yet/);
  assert.match(picture.body, /Sofa surfing since August/);
  assert.match(picture.body, /Told Hannah Osei/);
  assert.match(picture.body, /Waiting for a service/);
  assert.match(picture.body, /Drugs 09:12/);
});

test('each change of a need is a version, and the one before stays readable', async () => {
  const personId = await newPerson('Aoife');
  const url = `/people/${personId}/needs`;
  await web.post(hannah.cookie, url, { 'answer-alcohol': 'value:found', 'detail-alcohol': 'Most days' });
  await web.post(sanjay.cookie, url, {
    'answer-alcohol': 'value:found',
    'detail-alcohol': 'Every day, shaking',
    'version-alcohol': '1',
  });
  const [need] = await asHannah((tx) => needsOf(tx, hannah.viewer, personId));
  assert.equal(need?.version, 2);
  const page = await web.get(hannah.cookie, url);
  assert.match(page.body, /Need found\. Most days/);
  // The same again is no version, unless it was asked again.
  await web.post(sanjay.cookie, url, {
    'answer-alcohol': 'value:found',
    'detail-alcohol': 'Every day, shaking',
    'version-alcohol': '2',
  });
  assert.equal((await asHannah((tx) => needsOf(tx, hannah.viewer, personId)))[0]?.version, 2);
  await web.post(sanjay.cookie, url, {
    'answer-alcohol': 'value:found',
    'detail-alcohol': 'Every day, shaking',
    'version-alcohol': '2',
    still: 'alcohol',
  });
  assert.equal((await asHannah((tx) => needsOf(tx, hannah.viewer, personId)))[0]?.version, 3);
});

test('two people who answer the same need differently both see both answers, and the rest is saved', async () => {
  const personId = await newPerson('Mark');
  const url = `/people/${personId}/needs`;
  await web.post(sanjay.cookie, url, { 'answer-debt': 'x', 'answer-benefits': 'value:no-need' });
  const late = await web.post(hannah.cookie, url, {
    'answer-benefits': 'value:found',
    'detail-benefits': 'Stopped in October',
    'version-benefits': '0',
    'answer-housing': 'value:no-need',
  });
  assert.equal(late.statusCode, 409);
  assert.match(late.body, /Asked, no need/);
  assert.match(late.body, /Stopped in October/);
  const needs = await asHannah((tx) => needsOf(tx, hannah.viewer, personId));
  assert.deepEqual(needs.map(({ kind, answer }) => `${kind} ${answer}`).sort(), [
    'benefits no-need',
    'housing no-need',
  ]);
  const version = /name="version-benefits" value="(\d+)"/.exec(late.body)?.[1] ?? '';
  await web.post(hannah.cookie, url, {
    'answer-benefits': 'value:found',
    'detail-benefits': 'Stopped in October',
    'version-benefits': version,
  });
  const settled = await asHannah((tx) => needsOf(tx, hannah.viewer, personId));
  assert.equal(settled.find(({ kind }) => kind === 'benefits')?.answer, 'found');
});

test('words typed beside an answer left at not asked are not dropped: the page asks', async () => {
  const personId = await newPerson('Grace');
  const posted = await web.post(hannah.cookie, `/people/${personId}/needs`, {
    'answer-trauma': 'not-asked',
    'detail-trauma': 'Does not sleep',
  });
  assert.equal(posted.statusCode, 422);
  assert.match(posted.body, /Say whether trauma is a need/);
  assert.match(posted.body, /Does not sleep/);
});

test('a need confirmed from a screening keeps its evidence', async () => {
  const personId = await newPerson('Yusuf');
  const screeningId = crypto.randomUUID();
  await asHannah((tx) =>
    confirmedNeedWriter({ clock, people })(tx, hannah.viewer, {
      personId,
      kind: 'alcohol',
      because: 'AUDIT-C 11 of 12: increasing or higher risk',
      screeningId,
      saidBy: 'Sanjay Mistry',
    }),
  );
  const [need] = await asHannah((tx) => needsOf(tx, hannah.viewer, personId));
  assert.equal(need?.screeningId, screeningId);
  assert.equal(need.basis, 'screened');
  assert.equal(need.saidBy.saidBy, 'Sanjay Mistry');
});

test('a half-filled page left in a draft does not hide a need that was recorded since, nor take it back', async () => {
  const personId = await newPerson('Leon');
  const url = `/people/${personId}/needs`;
  const field = (body: string, name: string): string =>
    new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(body)?.[1] ?? '';
  await asHannah((tx) =>
    saveDraft(
      tx,
      { ownerId: hannah.viewer.workerId, form: 'needs', subject: personId },
      {
        'answer-alcohol': 'not-asked',
        'version-alcohol': '0',
        'answer-benefits': 'value:found',
        'version-benefits': '0',
      },
      0,
      clock.now(),
    ),
  );
  await web.post(sanjay.cookie, url, { 'answer-alcohol': 'value:found', 'answer-benefits': 'value:no-need' });
  const { body } = await web.get(hannah.cookie, url);
  assert.match(body, /name="answer-alcohol"[^>]*value="value:found" checked/);
  assert.equal(field(body, 'version-alcohol'), '1');
  assert.match(body, /name="answer-benefits"[^>]*value="value:found" checked/);
  assert.equal(
    field(body, 'version-benefits'),
    '0',
    'what was typed keeps its version, so both answers are shown',
  );
});

test('signing freezes a version with name, role and time; a correction needs a reason and the old one stays', async () => {
  const personId = await newPerson('Leah');
  const url = `/people/${personId}/assessment`;
  const early = await web.post(hannah.cookie, url, { formulation: 'Low mood since the move', sign: 'yes' });
  assert.equal(early.statusCode, 422);
  assert.match(early.body, /before you sign/);
  assert.match(early.body, /Low mood since the move/);
  const first = { formulation: 'Low mood since the move', plan: 'GP this week', opened: '0' };
  assert.equal((await web.post(hannah.cookie, url, { ...first, sign: 'yes' })).statusCode, 303);
  const now = await asHannah((tx) => currentAssessment(tx, hannah.viewer, personId));
  assert.equal(now?.status, 'signed');
  assert.deepEqual(now.signedBy, {
    name: 'Hannah Osei',
    role: 'Liaison and diversion, custody',
    registration: null,
  });
  assert.equal(now.signedAt.toString(), '2026-11-24T09:12:00Z');
  assert.ok(signed.includes(personId));
  const second = { ...first, opened: '1', formulation: 'Low mood since the move, and hearing loss' };
  const silent = await web.post(hannah.cookie, url, { ...second, sign: 'yes' });
  assert.equal(silent.statusCode, 422);
  assert.match(silent.body, /Say why the signed assessment is corrected/);
  // Others read the signed version while the correction is a draft.
  await web.post(hannah.cookie, url, { ...second, reason: 'Hearing left out' });
  assert.equal((await asHannah((tx) => currentAssessment(tx, hannah.viewer, personId)))?.version, 1);
  await web.post(hannah.cookie, url, { ...second, opened: '2', reason: 'Hearing left out', sign: 'yes' });
  const corrected = await asHannah((tx) => currentAssessment(tx, hannah.viewer, personId));
  assert.equal(corrected?.version, 2);
  assert.match(corrected.formulation, /hearing loss/);
  const page = await web.get(hannah.cookie, url);
  const old = [...page.body.matchAll(/href="([^"]*assessment\/versions\/[^"]*)"/g)].at(-1)?.[1] ?? '';
  const before = await web.get(hannah.cookie, old);
  assert.match(before.body, /Replaced by version 2/);
  assert.doesNotMatch(before.body, /hearing loss/);
  await assert.rejects(
    asHannah((tx) =>
      tx.updateTable('assessment_version').set({ reason: 'x' }).where('person_id', '=', personId).execute(),
    ),
    /permission denied/,
  );
});

test('two people who write under different headings both have their words in the record', async () => {
  const personId = await newPerson('Ines');
  const url = `/people/${personId}/assessment`;
  await web.post(sanjay.cookie, url, { formulation: 'Withdrawing from alcohol', opened: '0' });
  const late = await web.post(hannah.cookie, url, { strengths: 'Close to her sister', opened: '0' });
  assert.equal(late.headers.location, url);
  const now = await asHannah((tx) => currentAssessment(tx, hannah.viewer, personId));
  assert.equal(now?.formulation, 'Withdrawing from alcohol');
  assert.equal(now.strengths, 'Close to her sister');
});

test('two people who write under one heading see both texts, and the one who chooses loses neither', async () => {
  const personId = await newPerson('Dafydd');
  const url = `/people/${personId}/assessment`;
  await web.post(sanjay.cookie, url, { formulation: 'Drinks to sleep.', opened: '0' });
  await web.post(sanjay.cookie, url, { formulation: 'Drinks to sleep, since the army.', opened: '1' });
  const late = await web.post(hannah.cookie, url, { formulation: 'Drinks when alone.', opened: '1' });
  const both = String(late.headers.location);
  assert.match(both, /\/assessment\/both\//);
  const page = await web.get(hannah.cookie, both);
  assert.match(page.body, /since the army/);
  assert.match(page.body, /when alone/);
  const start = /<textarea[^>]*name="formulation"[^>]*>([^<]*)</.exec(page.body)?.[1] ?? '';
  assert.match(start, /since the army/);
  assert.match(start, /when alone/);
  // Not chosen yet: the record still says what was saved first, and the page leads back to both.
  const waiting = await asHannah((tx) => currentAssessment(tx, hannah.viewer, personId));
  assert.equal(waiting?.formulation, 'Drinks to sleep, since the army.');
  assert.match((await web.get(hannah.cookie, url)).body, /Two texts to settle/);
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? '';
  await web.post(hannah.cookie, url, {
    opened: field('opened'),
    aside: field('aside'),
    disputed: field('disputed'),
    formulation: start,
    use: 'mine',
  });
  assert.doesNotMatch((await web.get(hannah.cookie, url)).body, /Two texts to settle/);
  const chosen = await asHannah((tx) => currentAssessment(tx, hannah.viewer, personId));
  assert.equal(chosen?.formulation, 'Drinks when alone.');
  const kept = await asHannah((tx) =>
    tx.selectFrom('assessment_version').select('content').where('person_id', '=', personId).execute(),
  );
  assert.ok(kept.some(({ content }) => JSON.stringify(content).includes('since the army')));
});

test('pressing Sign twice signs once', async () => {
  const personId = await newPerson('Tomasz');
  const url = `/people/${personId}/assessment`;
  const form = {
    _key: crypto.randomUUID(),
    formulation: 'Grief',
    plan: 'Chaplain',
    opened: '0',
    sign: 'yes',
  };
  const presses = await Promise.all([web.post(hannah.cookie, url, form), web.post(hannah.cookie, url, form)]);
  assert.deepEqual(
    presses.map(({ statusCode }) => statusCode),
    [303, 303],
  );
  const rows = await asHannah((tx) =>
    tx.selectFrom('assessment_version').select('id').where('person_id', '=', personId).execute(),
  );
  assert.equal(rows.length, 1);
});

test('what somebody typed and did not save is in the boxes again when they come back', async () => {
  const personId = await newPerson('Sinead');
  await asHannah((tx) =>
    tx
      .insertInto('draft')
      .values({
        owner_id: hannah.viewer.workerId,
        form: 'assessment',
        subject: personId,
        content: JSON.stringify({ ownWords: 'I just want to go home', opened: '0' }),
      })
      .execute(),
  );
  const mine = await web.get(hannah.cookie, `/people/${personId}/assessment`);
  assert.match(mine.body, /I just want to go home/);
  assert.match(mine.body, /did not save it to the record/);
  const theirs = await web.get(sanjay.cookie, `/people/${personId}/assessment`);
  assert.doesNotMatch(theirs.body, /I just want to go home/);
});

test('a safety plan is kept in versions, printed without what staff must know, and is never a score', async () => {
  const personId = await newPerson('Marta');
  const url = `/people/${personId}/safety-plan`;
  const plan = {
    warningSigns: 'Told I may not see my daughters',
    whatHelps: 'Ringing Aoife',
    people: 'Aoife, my sister',
    opened: '0',
    writtenWith: 'with-person',
    copyGiven: 'value:yes',
  };
  assert.equal((await web.post(hannah.cookie, url, plan)).statusCode, 303);
  await web.post(hannah.cookie, url, { ...plan, whatHelps: 'Ringing Aoife, radio on', opened: '1' });
  const now = await asHannah((tx) => safetyPlanOf(tx, hannah.viewer, personId));
  assert.equal(now?.version, 2);
  assert.equal(now.whatHelps, 'Ringing Aoife, radio on');
  assert.equal(now.by, 'Hannah Osei');
  const page = await web.get(hannah.cookie, url);
  const copies = [...page.body.matchAll(/href="([^"]*safety-plan\/versions\/[^"]*)"/g)].map(
    (match) => match[1] ?? '',
  );
  const first = await web.get(hannah.cookie, copies.at(-1) ?? '');
  assert.match(first.body, /My safety plan/);
  assert.match(first.body, /There is a newer plan/);
  assert.doesNotMatch(first.body, /class="tl-banner"/);
  assert.doesNotMatch(page.body, /score of|low risk|medium risk|high risk/i);
  const empty = await web.post(hannah.cookie, url, { opened: '2' });
  assert.equal(empty.statusCode, 422);
});

test('two people who write one safety plan see both texts, and nothing is lost', async () => {
  const personId = await newPerson('Noor');
  const url = `/people/${personId}/safety-plan`;
  await web.post(sanjay.cookie, url, { whatHelps: 'Radio on', opened: '0' });
  const late = await web.post(hannah.cookie, url, { whatHelps: 'Being told the time', opened: '0' });
  const page = await web.get(hannah.cookie, String(late.headers.location));
  assert.match(page.body, /Radio on/);
  assert.match(page.body, /Being told the time/);
  // Somebody else's later save does not hide that two texts wait to be settled.
  await web.post(sanjay.cookie, url, { whatHelps: 'Radio on, tea', opened: '1' });
  assert.match((await web.get(hannah.cookie, url)).body, /Two texts to settle/);
  const aside = /name="aside" value="([^"]*)"/.exec(page.body)?.[1] ?? '';
  const choice = { aside, disputed: 'whatHelps', whatHelps: 'x', opened: '2', use: 'theirs' };
  await web.post(hannah.cookie, url, choice);
  assert.doesNotMatch((await web.get(hannah.cookie, url)).body, /Two texts to settle/);
  const plan = await asHannah((tx) => safetyPlanOf(tx, hannah.viewer, personId));
  assert.equal(plan?.whatHelps, 'Radio on, tea');
  assert.equal(plan.version, 2);
});

test('a plan of seven months ago is flagged on the picture of need, and so is a need without a plan', async () => {
  const personId = await newPerson('Ruth');
  const matters = async () => (await web.get(hannah.cookie, `/people/${personId}`)).body;
  await asHannah((tx) =>
    recordNeeds({ clock, people }, tx, hannah.viewer, {
      personId,
      entries: [
        {
          kind: 'self-harm',
          answer: 'found',
          basis: 'told-us',
          saidBy: 'Sanjay Mistry',
          pointOfContact: 'custody',
          detail: 'Thoughts if charged, no plan told',
        },
      ],
    }),
  );
  assert.match(await matters(), /Write a safety plan together/);
  assert.match(await matters(), /Thoughts if charged, no plan told/);
  clock.set('2026-04-24T09:12:00Z');
  await asHannah((tx) =>
    saveSafetyPlan({ clock, people }, tx, hannah.viewer, {
      personId,
      text: {
        warningSigns: 'Alone at night',
        whatHelps: 'Ringing my brother',
        people: '',
        professionals: '',
        keepingSafe: '',
        othersDo: '',
      },
      openedVersion: 0,
      writtenWith: 'with-person',
      copyGiven: 'not-asked',
    }),
  );
  clock.set('2026-11-24T09:12:00Z');
  const page = await matters();
  assert.match(page, /Go through the safety plan again/);
  assert.doesNotMatch(page, /Write a safety plan together/);
  assert.match(page, /Safety plan is 7 months old\./);
  assert.match(page, /Alone at night/);
});

test('what was told at 23:20 and typed at 01:04 shows when it was told, and what was seen before stays on the page', async () => {
  const personId = await newPerson('Nadia');
  const told = (detail: string, basis: 'observed' | 'told-us', saidAt?: Temporal.Instant) =>
    asHannah((tx) =>
      recordNeeds({ clock, people }, tx, hannah.viewer, {
        personId,
        entries: [
          {
            kind: 'self-harm',
            answer: 'found',
            basis,
            saidBy: 'S Mistry, nurse',
            pointOfContact: 'custody',
            detail,
            ...(saidAt !== undefined && { saidAt }),
          },
        ],
      }),
    );
  const before = clock.now();
  clock.set('2026-04-24T09:12:00Z');
  await told('Cut her arm in the cell', 'observed');
  clock.set('2026-11-25T00:30:00Z');
  await told('Quiet, would not talk', 'told-us');
  clock.set('2026-11-25T01:04:00Z');
  await told('Thoughts of ending her life', 'told-us', Temporal.Instant.from('2026-11-24T23:20:00Z'));
  const [newest, earlier] = await asHannah((tx) => needHistory(tx, hannah.viewer, personId));
  assert.equal(newest?.saidBy.at.toString(), '2026-11-24T23:20:00Z');
  assert.equal(newest.recordedAt.toString(), '2026-11-25T01:04:00Z');
  assert.equal(earlier?.saidBy.at.toString(), '2026-11-25T00:30:00Z');
  const page = (await web.get(hannah.cookie, `/people/${personId}`)).body;
  assert.match(page, /yesterday 23:20 · 2 hours old/, 'the age counts from when it was said');
  assert.match(page, /Thoughts of ending her life/, 'what was typed last is what stands');
  assert.match(page, /Has done before<\/dt><dd>Cut her arm in the cell.*2026 · 7 months old/);
  clock.set('2026-11-25T01:10:00Z');
  await told('Calmer', 'told-us', Temporal.Instant.from('2026-11-25T05:00:00Z'));
  const [ahead] = await asHannah((tx) => needHistory(tx, hannah.viewer, personId));
  assert.equal(
    ahead?.saidBy.at.toString(),
    '2026-11-25T01:10:00Z',
    'a time ahead of the clock counts as now',
  );
  clock.set(before.toString());
});

test('somebody without a relationship finds no needs, assessment or plan, and a forged form is refused', async () => {
  const personId = await newPerson('Owen');
  for (const page of ['needs', 'assessment', 'safety-plan']) {
    const url = `/people/${personId}/${page}`;
    assert.equal((await web.get(area.cookies.navigator, url)).statusCode, 404, page);
    assert.equal(
      (
        await web.post(area.cookies.navigator, url, {
          formulation: 'x',
          whatHelps: 'x',
          'answer-housing': 'declined',
        })
      ).statusCode,
      404,
      page,
    );
    assert.equal((await web.post(hannah.cookie, url, { _csrf: 'forged' })).statusCode, 403, page);
    assert.equal((await web.get(area.cookies.commissioner, url)).statusCode, 403, page);
  }
});

test('the needs page costs the same queries for 5 needs as for all of them in two versions', async () => {
  const record = async (personId: string, count: number, detail: string) =>
    asHannah((tx) =>
      recordNeeds({ clock, people }, tx, hannah.viewer, {
        personId,
        entries: needKinds.slice(0, count).map(({ key }) => ({
          kind: key,
          answer: 'found' as const,
          basis: 'told-us' as const,
          saidBy: 'Hannah Osei',
          pointOfContact: 'custody' as const,
          detail,
        })),
      }),
    );
  const few = await newPerson('Five');
  const many = await newPerson('Fifty');
  await record(few, 5, 'first');
  await record(many, needKinds.length, 'first');
  await record(many, needKinds.length, 'second');
  const cost = async (url: string) => (await countQueries(() => web.get(hannah.cookie, url))).queries.length;
  assert.equal(await cost(`/people/${many}/needs`), await cost(`/people/${few}/needs`));
  assert.equal(await cost(`/people/${many}`), await cost(`/people/${few}`));
});

test('two records that are one person keep both histories, and the newest answer stands', async () => {
  const [from, to] = [await newPerson('Kit'), await newPerson('Christopher')];
  const post = (personId: string, page: string, form: Record<string, string>) =>
    web.post(hannah.cookie, `/people/${personId}/${page}`, form);
  await post(to, 'needs', { 'answer-housing': 'value:no-need' });
  await post(to, 'safety-plan', { whatHelps: 'Music', opened: '0' });
  await post(to, 'assessment', { formulation: 'First record', plan: 'GP', opened: '0', sign: 'yes' });
  clock.set('2026-11-24T09:30:00Z');
  await post(from, 'needs', { 'answer-housing': 'value:found' });
  await post(from, 'safety-plan', { whatHelps: 'Walking', opened: '0' });
  await post(from, 'assessment', { formulation: 'Second record', plan: 'GP', opened: '0', sign: 'yes' });
  await asHannah((tx) => moveRecords(tx, hannah.viewer, { from, to }));
  const needs = await asHannah((tx) => needsOf(tx, hannah.viewer, to));
  assert.deepEqual(
    needs.map(({ kind, answer }) => [kind, answer]),
    [['housing', 'found']],
  );
  assert.equal((await asHannah((tx) => safetyPlanOf(tx, hannah.viewer, to)))?.whatHelps, 'Walking');
  const current = await asHannah((tx) => currentAssessment(tx, hannah.viewer, to));
  assert.equal(current?.formulation, 'Second record');
  assert.match((await web.get(hannah.cookie, `/people/${to}/needs`)).body, /Asked, no need/);
  clock.set('2026-11-24T09:40:00Z');
  await post(to, 'needs', { 'answer-housing': 'declined', 'version-housing': '1' });
  assert.equal((await asHannah((tx) => needsOf(tx, hannah.viewer, to)))[0]?.answer, 'declined');
  clock.set('2026-11-24T09:12:00Z');
});
