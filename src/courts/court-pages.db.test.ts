import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { sql } from 'kysely';
import { databaseContext } from '../access/index.ts';
import { testServer, type TestServer } from '../access/test-server.ts';
import { countQueries } from '../platform/database.ts';
import {
  courtRelationships,
  courtsPicture,
  ingestCourtMessage,
  nextHearings,
  registerCourtRoutes,
  type CourtConsent,
  type CourtParts,
  type HearingReport,
} from './index.ts';
import { inventedCase, inventedCases, inventedList } from './import/invented-court-list.ts';
import { bytesOf, testCourts, type TestCourts } from './test-courts.ts';

let courts: TestCourts;
let server: TestServer;
let parts: CourtParts;
const consents = new Map<string, CourtConsent>();
const reports = new Map<string, HearingReport>();

before(async () => {
  courts = await testCourts((clock) => [courtRelationships({ clock })]);
  parts = {
    database: courts.database,
    clock: courts.clock,
    people: courts.people,
    reportsForHearing: async () => reports,
    consentToCourt: async () => consents,
    handoversTo: async () => [],
    possiblyToday: async () => [],
    links: {
      startReport: (personId, appearanceId) => `/people/${personId}/reports/new?hearing=${appearanceId}`,
      openReport: (reportId) => `/reports/${reportId}`,
      askConsent: (personId) => `/people/${personId}/consent`,
      offerContact: (personId) => `/people/${personId}/contact`,
    },
  };
  server = await testServer({
    database: courts.database,
    clock: courts.clock,
    register: (instance) => registerCourtRoutes(instance, parts),
  });
});
after(async () => {
  await server.close();
  await courts.close();
});

const cookie = (role: 'court-practitioner' | 'lead' | 'custody-practitioner' | 'navigator') =>
  courts.area.cookies[role];
const take = (text: string) => ingestCourtMessage(courts, courts.area.system, bytesOf(text), 'list.xml');
const board = (query = '') => `/courts/${courts.area.courtId}${query}`;

async function appearance(caseNumber: string, day: string): Promise<string> {
  const rows = await courts.rows(sql<{ id: string }>`
    select a.id from court_appearance a join court_sitting s on s.hearing_id = a.hearing_id
    where a.said ->> 'caseNumber' = ${caseNumber} and s.day = ${day}::date`);
  return rows[0]?.id ?? '';
}

async function personOf(appearanceId: string): Promise<string | null> {
  const rows = await courts.rows(
    sql<{ person_id: string | null }>`select person_id from court_appearance where id = ${appearanceId}`,
  );
  return rows[0]?.person_id ?? null;
}

// Case 1 of the invented list is Oluwaseun or another; the name is given so that the record can be the same person.
const known = (day: string, caseNumber: string, pcode = 'M14 5TQ') =>
  inventedList(
    [
      inventedCase(1, {
        caseno: caseNumber,
        def_name: 'Ms Rhiannon PUGH',
        def_dob: '03/05/2002',
        pcode,
      }).replace(
        /<def_name_elements>.*?<\/def_name_elements>/s,
        '<def_name_elements><title>Ms</title><forename1>Rhiannon</forename1><forename2/><forename3/><surname>PUGH</surname></def_name_elements>',
      ),
    ],
    day,
  );

test('somebody we know is suggested with the evidence, and the record is not used until a person confirms', async () => {
  const personId = await courts.know('Rhiannon', 'Pugh', '2002-05-03', { postcode: 'M14 5TQ' });
  await take(known('24/11/2026', '2600001111'));
  const id = await appearance('2600001111', '2026-11-24');
  const page = await server.get(cookie('court-practitioner'), board());
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /Rhiannon Pugh/);
  assert.match(page.body, /Same person, to confirm/);
  assert.match(page.body, /Do not use our record yet/);
  assert.doesNotMatch(page.body, new RegExp(personId));
  assert.equal(await personOf(id), null);

  const compare = await server.get(cookie('court-practitioner'), `/courts/appearances/${id}/match`);
  assert.match(compare.body, /3 May 2002/);
  assert.match(compare.body, /M14 5TQ/);
  const answer = await server.post(cookie('court-practitioner'), `/courts/appearances/${id}/match`, {
    personId,
    decision: 'same',
  });
  assert.equal(answer.statusCode, 303);
  assert.equal(await personOf(id), personId);
  const after = await server.get(cookie('court-practitioner'), board());
  assert.match(after.body, new RegExp(`/people/${personId}"`));
  assert.match(after.body, /Confirmed by Worker court-practitioner/);

  const viewer = courts.area.viewers['court-practitioner'];
  const opened = await courts.database.transaction(databaseContext(viewer), (tx) =>
    courts.people.open(tx, viewer, personId),
  );
  assert.equal(opened?.relationship.because, 'listed in your court');
  const other = await courts.area.worker(
    'Another Practitioner',
    'court-practitioner',
    courts.area.otherCourtId,
  );
  const closed = await courts.database.transaction(databaseContext(other.viewer), (tx) =>
    courts.people.open(tx, other.viewer, personId),
  );
  assert.equal(closed, null);

  await take(known('02/12/2026', '2600001111'));
  assert.equal(
    await personOf(await appearance('2600001111', '2026-12-02')),
    personId,
    'remembered for the next list',
  );
  const next = await courts.database.transaction(databaseContext(viewer), (tx) =>
    nextHearings(tx, viewer, [personId], courts.clock.now()),
  );
  assert.equal(next.get(personId)?.day.toString(), '2026-11-24');
  const scope = { viewer, personId, now: courts.clock.now() };
  const source = courtsPicture(parts);
  const drawn = await courts.database.transaction(databaseContext(viewer), async (tx) => ({
    where: await source.where?.({ ...scope, tx }),
    timeline: await source.timeline?.({ ...scope, tx }),
  }));
  assert.match(drawn.where?.place ?? '', /Listed today, Manchester Magistrates’ Court, courtroom 1, 10:00/);
  assert.equal(drawn.timeline?.length, 2);
});

test('somebody ruled out is not suggested again on a later list under the same number', async () => {
  const personId = await courts.know('Rhiannon', 'Pughe', '2002-05-03', { postcode: 'OL1 1AA' });
  const list = (day: string) => known(day, '2600002222', 'OL1 1AA');
  await take(list('25/11/2026'));
  const id = await appearance('2600002222', '2026-11-25');
  const suggested = await courts.rows(
    sql<{ person_id: string }>`select person_id from court_match_suggestion where appearance_id = ${id}`,
  );
  assert.ok(suggested.some((row) => row.person_id === personId));
  await server.post(cookie('court-practitioner'), `/courts/appearances/${id}/match`, {
    personId,
    decision: 'different',
  });
  await take(list('26/11/2026'));
  const later = await courts.rows(sql<{ person_id: string }>`
    select person_id from court_match_suggestion where appearance_id = ${await appearance('2600002222', '2026-11-26')}`);
  assert.ok(later.every((row) => row.person_id !== personId));
});

test('a confirmation taken back is taken back on the lists that remembered it', async () => {
  const personId = await courts.know('Tomasz', 'Kowalczyk', '1979-02-11', { postcode: 'M1 1AE' });
  const list = (day: string) =>
    inventedList(
      [
        inventedCase(1, {
          caseno: '2600003333',
          def_name: 'Mr Tomasz KOWALCZYK',
          def_dob: '11/02/1979',
          pcode: 'M1 1AE',
        }).replace(
          /<def_name_elements>.*?<\/def_name_elements>/s,
          '<def_name_elements><forename1>Tomasz</forename1><surname>KOWALCZYK</surname></def_name_elements>',
        ),
      ],
      day,
    );
  await take(list('03/12/2026'));
  const first = await appearance('2600003333', '2026-12-03');
  const decide = (decision: string) =>
    server.post(cookie('lead'), `/courts/appearances/${first}/match`, { personId, decision });
  await decide('same');
  await take(list('04/12/2026'));
  const second = await appearance('2600003333', '2026-12-04');
  assert.equal(await personOf(second), personId);
  await decide('different');
  assert.equal(await personOf(first), null);
  assert.equal(await personOf(second), null);
});

test('not sure yet settles nothing and is shown', async () => {
  const personId = await courts.know('Mohammed', 'Iqbal', '1990-01-15');
  const list = inventedList(
    [
      inventedCase(1, { caseno: '2600004444', def_name: 'Mr Mohammed IQBAL', def_dob: '15/01/1990' }).replace(
        /<def_name_elements>.*?<\/def_name_elements>/s,
        '<def_name_elements><forename1>Mohammed</forename1><surname>IQBAL</surname></def_name_elements>',
      ),
    ],
    '27/11/2026',
  );
  await take(list);
  const id = await appearance('2600004444', '2026-11-27');
  await server.post(cookie('court-practitioner'), `/courts/appearances/${id}/match`, {
    personId,
    decision: 'unsure',
  });
  const page = await server.get(cookie('court-practitioner'), board('?day=2026-11-27'));
  assert.match(page.body, /Worker court-practitioner was not sure/);
  assert.equal(await personOf(id), null);
});

test('the name of somebody under 18 is held on the court day, with and without a match', async () => {
  await take(
    inventedList(
      [inventedCase(19, { def_name: 'Miss Zoé HELDNAME' }).replaceAll('<forename1>', '<forename1>Zoé')],
      '30/11/2026',
    ),
  );
  const page = await server.get(cookie('court-practitioner'), board('?day=2026-11-30'));
  assert.match(page.body, /Name held, under 18/);
  assert.doesNotMatch(page.body, /Zoé|HELDNAME|Heldname/);
  const form = await server.get(cookie('court-practitioner'), `${board('/requests/new')}?day=2026-11-30`);
  assert.doesNotMatch(form.body, /Zoé|HELDNAME|Heldname/);
});

test('somebody who became known to us after the list came is found when it is looked at again', async () => {
  await take(
    inventedList(
      [
        inventedCase(6, { caseno: '2600006666', def_name: 'Ms Edith SANDHU', def_dob: '21/03/1988' }).replace(
          /<def_name_elements>.*?<\/def_name_elements>/s,
          '<def_name_elements><forename1>Edith</forename1><surname>SANDHU</surname></def_name_elements>',
        ),
      ],
      '14/12/2026',
    ),
  );
  const personId = await courts.know('Edith', 'Sandhu', '1988-03-21');
  const before = await server.get(cookie('court-practitioner'), board('?day=2026-12-14'));
  assert.match(before.body, /Not known to us/);
  assert.equal((await server.post(cookie('court-practitioner'), board('/look-again'))).statusCode, 303);
  const after = await server.get(cookie('court-practitioner'), board('?day=2026-12-14'));
  assert.match(after.body, /Check match/);
  assert.doesNotMatch(after.body, new RegExp(personId));
});

test('somebody who is on no list is added by hand once, and we look whether we know them', async () => {
  const personId = await courts.know('Kieran', 'Walsh', '1998-04-30');
  const form = {
    givenName: 'Kieran',
    familyName: 'Walsh',
    'birthDate-day': '30',
    'birthDate-month': '4',
    'birthDate-year': '1998',
    room: '6',
    time: '10:30',
    _key: '0195f000-0000-4000-8000-000000000002',
  };
  const url = board('/add?day=2026-12-15');
  assert.equal((await server.get(cookie('court-practitioner'), url)).statusCode, 200);
  assert.equal((await server.post(cookie('court-practitioner'), url, { familyName: '' })).statusCode, 422);
  await server.post(cookie('court-practitioner'), url, form);
  assert.equal((await server.post(cookie('court-practitioner'), url, form)).statusCode, 303);
  const page = await server.get(cookie('court-practitioner'), board('?day=2026-12-15'));
  assert.equal(page.body.match(/tl-court__name">Kieran Walsh/g)?.length, 1);
  assert.match(page.body, /Courtroom 6/);
  const found = await courts.rows(
    sql<{ person_id: string }>`select person_id from court_match_suggestion where person_id = ${personId}`,
  );
  assert.equal(found.length, 1);
});

test('offence words never reach the court day or the match page', async () => {
  await take(inventedList(inventedCases(3), '01/12/2026'));
  const page = await server.get(cookie('court-practitioner'), board('?day=2026-12-01'));
  assert.match(page.body, /Courtroom 1/);
  const id = await appearance('2600000001', '2026-12-01');
  const match = await server.get(cookie('court-practitioner'), `/courts/appearances/${id}/match`);
  for (const body of [page.body, match.body])
    assert.doesNotMatch(body, /Theft|assault|Criminal|invented matter/i);
});

test('another court’s practitioner, custody and a navigator cannot open a court’s day, its matches or its requests', async () => {
  await take(inventedList([inventedCase(2)], '08/12/2026'));
  const id = await appearance('2600000002', '2026-12-08');
  const other = await courts.area.worker('Elsewhere', 'court-practitioner', courts.area.otherCourtId);
  for (const url of [board(), `/courts/appearances/${id}/match`, board('/requests/new')])
    assert.equal((await server.get(other.cookie, url)).statusCode, 404, url);
  assert.equal((await server.post(other.cookie, `/courts/appearances/${id}/record`)).statusCode, 404);
  for (const role of ['custody-practitioner', 'navigator'] as const)
    assert.equal((await server.get(cookie(role), board())).statusCode, 403);
  assert.equal((await server.get(cookie('lead'), board())).statusCode, 200);
});

test('somebody we do not know gets a record when contact is offered, once however often it is pressed', async () => {
  await take(
    inventedList(
      [inventedCase(5, { def_name: 'Ms Ines FERREIRA-NEW', caseno: '2600005555', def_dob: '09/09/1983' })],
      '09/12/2026',
    ),
  );
  const id = await appearance('2600005555', '2026-12-09');
  const [first, second] = await Promise.all([
    server.post(cookie('court-practitioner'), `/courts/appearances/${id}/record`),
    server.post(cookie('court-practitioner'), `/courts/appearances/${id}/record`),
  ]);
  assert.equal(first.statusCode, 303);
  assert.equal(first.headers.location, second.headers.location);
  assert.equal(first.headers.location, `/people/${await personOf(id)}/contact`);
});

test('what the court asks is written down once, taken by one, answered, and a form without its token is refused', async () => {
  const url = board('/requests');
  const form = {
    about: 'Courtroom 6, no name yet',
    question: 'Does anyone need a psychiatric report today?',
    askedBy: 'District Judge’s clerk',
    neededBy: '15:00',
    _key: '0195f000-0000-4000-8000-000000000001',
  };
  assert.equal(
    (await server.post(cookie('court-practitioner'), url, { ...form, _csrf: 'wrong' })).statusCode,
    403,
  );
  const sent = await Promise.all([
    server.post(cookie('court-practitioner'), url, form),
    server.post(cookie('court-practitioner'), url, form),
  ]);
  assert.deepEqual(
    sent.map((reply) => reply.statusCode),
    [303, 303],
  );
  const rows = await courts.rows(sql<{ id: string }>`select id from court_request`);
  assert.equal(rows.length, 1);
  const id = rows[0]?.id ?? '';
  const page = await server.get(cookie('court-practitioner'), board());
  assert.match(page.body, /I will answer/);
  assert.equal(
    (await server.post(cookie('court-practitioner'), `/courts/requests/${id}/take`)).statusCode,
    303,
  );
  const late = await server.post(cookie('lead'), `/courts/requests/${id}/take`);
  assert.equal(late.statusCode, 409);
  assert.match(late.body, /Worker court-practitioner has said they will answer this/);
  assert.equal(
    (await server.post(cookie('court-practitioner'), `/courts/requests/${id}/answer`, {})).statusCode,
    422,
  );
  const answered = await server.post(cookie('court-practitioner'), `/courts/requests/${id}/answer`, {
    answer: 'Nobody today.',
    answeredTo: 'Clerk',
  });
  assert.equal(answered.statusCode, 303);
  assert.doesNotMatch(
    (await server.get(cookie('court-practitioner'), board())).body,
    /psychiatric report today/,
  );
});

test('a court day of 300 people asks the database as often as one of 5', async () => {
  await take(inventedList(inventedCases(5), '10/12/2026'));
  await take(inventedList(inventedCases(300), '11/12/2026'));
  const count = async (day: string) =>
    (await countQueries(() => server.get(cookie('court-practitioner'), board(`?day=${day}`)))).queries.length;
  const few = await count('2026-12-10');
  assert.equal(await count('2026-12-11'), few);
});

test('a day without a list says so, and a day that is no day is today', async () => {
  assert.match(
    (await server.get(cookie('court-practitioner'), board('?day=2027-01-01'))).body,
    /No list for this day yet/,
  );
  assert.equal((await server.get(cookie('court-practitioner'), board('?day=2026-13-45'))).statusCode, 200);
});
