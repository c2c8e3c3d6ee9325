import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import swagger from '@fastify/swagger';
import Fastify from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
} from 'fastify-type-provider-zod';
import fc from 'fast-check';
import { databaseContext } from '../../access/index.ts';
import { loadBoard } from '../load-board.ts';
import { unplacedStays, staysAt, staysOfPeople } from '../stay-store.ts';
import { boardModel } from '../suite-board.ts';
import { testCustody, TOKEN, type TestCustody } from '../test-custody.ts';
import { registerCustodyEventRoutes } from './custody-event-routes.ts';
import { detectCustodyFormat, parseCustodyEvents } from './parse-custody-events.ts';

let custody: TestCustody;
before(async () => {
  custody = await testCustody();
});
after(() => custody.close());

const arrived = (custodyNumber: string, rest: Readonly<Record<string, unknown>> = {}) => ({
  eventId: `${custodyNumber}-1`,
  force: '06',
  custodyNumber,
  kind: 'arrived',
  happenedAt: '2026-11-24T08:40:00Z',
  suite: { code: '06LS' },
  place: '14',
  legalBasis: 'pace-arrest',
  person: { givenName: 'Kwame', familyName: 'Asante', birthDate: '1981-03-02', sex: 'male' },
  ...rest,
});

async function stays(custodyNumber: string) {
  return custody.database.transaction({ kind: 'system', area: custody.area.areaId }, (tx) =>
    tx.selectFrom('detention').selectAll().where('custody_number', '=', custodyNumber).execute(),
  );
}
async function issues(code: string): Promise<number> {
  const rows = await custody.database.transaction({ kind: 'system', area: custody.area.areaId }, (tx) =>
    tx.selectFrom('data_quality_issue').select('id').where('code', '=', code).execute(),
  );
  return rows.length;
}
/** The row of one custody number as the practitioner sees it, without the ids that differ by nature. */
async function rowOf(custodyNumber: string): Promise<unknown> {
  const viewer = custody.area.viewers['custody-practitioner'];
  return custody.database.transaction(databaseContext(viewer), async (tx) => {
    const now = custody.clock.now();
    const all = await staysAt(tx, viewer, custody.area.suiteId, now.subtract({ hours: 12 }));
    const stay = all.find((each) => each.custodyNumber === custodyNumber);
    assert.ok(stay);
    const entries = await loadBoard(custody.parts, tx, viewer, [stay], now);
    const text = JSON.stringify(
      boardModel(entries, {
        filter: stay.endedAt === null ? 'everyone' : 'left',
        privacy: false,
        viewerId: viewer.workerId,
        siteName: 'Longsight',
        now,
      }),
    );
    return JSON.parse(text.replaceAll(stay.id, 'stay').replaceAll(stay.personId, 'person')) as unknown;
  });
}

test('an arrival puts a new person on the board, with an episode', async () => {
  const received = await custody.feed(arrived('06LS/1/26'));
  assert.deepEqual(
    [received.accepted, received.repeated, received.quarantined, received.people],
    [1, 0, 0, 1],
  );
  const [stay] = await stays('06LS/1/26');
  assert.equal(stay?.site_id, custody.area.suiteId);
  assert.equal(stay?.place, '14');
  const episode = await custody.database.transaction({ kind: 'system', area: custody.area.areaId }, (tx) =>
    tx
      .selectFrom('episode')
      .selectAll()
      .where('person_id', '=', stay?.person_id ?? '')
      .execute(),
  );
  assert.deepEqual(
    episode.map((each) => [each.first_contact_point, each.identified_by]),
    [['custody', 'custody-feed']],
  );
});

test('the same event twice is taken once', async () => {
  assert.equal((await custody.feed(arrived('06LS/2/26'))).accepted, 1);
  assert.equal((await custody.feed(arrived('06LS/2/26'))).repeated, 1);
  assert.equal((await stays('06LS/2/26')).length, 1);
});

test('the same event without an id is known by what it says', async () => {
  const { eventId: _, ...anonymous } = arrived('06LS/3/26');
  assert.equal((await custody.feed(anonymous)).accepted, 1);
  assert.equal((await custody.feed(anonymous)).repeated, 1);
});

test('the same event many times at once makes one person', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => custody.feed(arrived('06LS/4/26'))));
  assert.equal(
    all.reduce((sum, each) => sum + each.accepted, 0),
    1,
  );
  assert.equal(
    all.reduce((sum, each) => sum + each.repeated, 0),
    7,
  );
  assert.equal((await stays('06LS/4/26')).length, 1);
});

test('eight different events of one new number at once make one stay', async () => {
  await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      custody.feed({
        ...arrived('06LS/5/26'),
        eventId: `e${index}`,
        kind: index === 0 ? 'arrived' : 'review-done',
        happenedAt: `2026-11-24T08:4${index}:00Z`,
      }),
    ),
  );
  assert.equal((await stays('06LS/5/26')).length, 1);
});

test('an event before its arrival makes the stay, and the arrival completes it', async () => {
  await custody.feed({
    eventId: 'cell',
    force: '06',
    custodyNumber: '06LS/6/26',
    kind: 'moved-cell',
    happenedAt: '2026-11-24T09:00:00Z',
    suite: { code: '06LS' },
    place: '9',
  });
  const [early] = await stays('06LS/6/26');
  assert.equal(early?.arrived_at, null);
  assert.match(JSON.stringify(await rowOf('06LS/6/26')), /Name not given/);
  await custody.feed(arrived('06LS/6/26'));
  const [late] = await stays('06LS/6/26');
  assert.equal(late?.person_id, early?.person_id);
  assert.equal(late?.arrived_at?.toString(), '2026-11-24T08:40:00Z');
  assert.equal(late?.place, '9', 'the later cell holds');
  assert.match(JSON.stringify(await rowOf('06LS/6/26')), /Kwame Asante/);
});

test('an id that comes again with other content is put aside loudly, and the first one holds', async () => {
  await custody.feed(arrived('06LS/7/26'));
  const again = await custody.feed(arrived('06LS/7/26', { place: '2' }));
  assert.equal(again.quarantined, 1);
  assert.equal((await stays('06LS/7/26'))[0]?.place, '14');
  assert.equal(await issues('event-id-used-again'), 1);
});

test('fields that cannot be read are put aside with an issue, and the person stands on the board', async () => {
  const received = await custody.feed(
    arrived('06LS/8/26', {
      place: { cell: 4 },
      colour: 'blue',
      person: { givenName: 'Ana', familyName: 'Duarte', birthDate: '31/02/1990', shoeSize: 41 },
      happenedAt: 'this morning',
    }),
  );
  assert.equal(received.accepted, 1);
  assert.deepEqual(received.issues.map((issue) => `${issue.path} ${issue.code}`).toSorted(), [
    'colour unknown-field',
    'happenedAt no-time',
    'happenedAt not-readable',
    'person.birthDate not-readable',
    'person.shoeSize unknown-field',
    'place not-readable',
  ]);
  assert.match(JSON.stringify(await rowOf('06LS/8/26')), /Ana Duarte/);
});

test('somebody in a suite we do not know is on the list of people to place, until somebody places them', async () => {
  const received = await custody.feed(arrived('06ZZ/9/26', { suite: { code: 'NOWHERE' } }));
  assert.deepEqual(
    received.issues.map((issue) => issue.code),
    ['unknown-suite'],
  );
  const viewer = custody.area.viewers['custody-practitioner'];
  const waiting = () =>
    custody.database.transaction(databaseContext(viewer), (tx) => unplacedStays(tx, viewer));
  const [stay] = await waiting();
  assert.equal(stay?.custodyNumber, '06ZZ/9/26');
  const page = await custody.web.get(custody.area.cookies['custody-practitioner'], '/suites/unplaced');
  assert.match(page.body, /Kwame Asante/);
  const placed = await custody.web.post(custody.area.cookies['custody-practitioner'], '/suites/unplaced', {
    stay: stay?.id ?? '',
    site: custody.area.suiteId,
  });
  assert.equal(placed.statusCode, 303);
  assert.equal((await waiting()).length, 0);
  assert.match(JSON.stringify(await rowOf('06ZZ/9/26')), /Kwame Asante/);
});

test('any order of a stay’s events gives the same row on the board', async () => {
  const story = (number: string) =>
    [
      arrived(number),
      { kind: 'detention-authorised', happenedAt: '2026-11-24T08:50:00Z' },
      {
        kind: 'identity-corrected',
        happenedAt: '2026-11-24T08:55:00Z',
        person: { familyName: 'Asante-Boateng' },
      },
      { kind: 'moved-cell', happenedAt: '2026-11-24T09:00:00Z', place: '7' },
      {
        kind: 'appropriate-adult-needed',
        happenedAt: '2026-11-24T09:01:00Z',
        detail: { needed: 'no', reason: 'Custody officer' },
      },
      {
        kind: 'charge-decision-due',
        happenedAt: '2026-11-24T09:02:00Z',
        detail: { at: '2026-11-24T11:15:00Z' },
      },
      {
        kind: 'charge-decision-due',
        happenedAt: '2026-11-24T09:11:00Z',
        detail: { at: '2026-11-24T10:30:00Z' },
      },
      {
        kind: 'alert',
        happenedAt: '2026-11-24T09:03:00Z',
        detail: { what: 'Insulin due 12:00', urgency: 'soon' },
      },
    ].map((event, index) => ({
      force: '06',
      custodyNumber: number,
      suite: { code: '06LS' },
      ...event,
      eventId: `s${index}`,
    }));
  let count = 0;
  await custody.feed(story('06LS/S0/26'));
  const expected = await rowOf('06LS/S0/26');
  assert.match(JSON.stringify(expected), /Kwame Asante-Boateng/);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }), async (order) => {
      const number = `06LS/S${(count += 1)}/26`;
      const events = story(number);
      for (const index of order) await custody.feed(events[index]);
      assert.deepEqual(withoutMatches(await rowOf(number)), withoutMatches(expected));
    }),
    { numRuns: 12 },
  );
});

/** The invented people of this test look like each other, and are rightly suggested to one another. */
function withoutMatches(row: unknown): unknown {
  return JSON.parse(
    JSON.stringify(row, (key, value: unknown) => (key === 'act' ? undefined : value)).replaceAll(
      'Not checked yet',
      'Not known to us',
    ),
  );
}

test('a feed ends a stay once, and says so once', async () => {
  custody.ended.length = 0;
  await custody.feed([
    arrived('06LS/10/26'),
    {
      eventId: 'c',
      force: '06',
      custodyNumber: '06LS/10/26',
      kind: 'charged',
      happenedAt: '2026-11-24T09:00:00Z',
    },
    {
      eventId: 'b',
      force: '06',
      custodyNumber: '06LS/10/26',
      kind: 'bailed',
      happenedAt: '2026-11-24T09:05:00Z',
      detail: { courtCode: 'B06IS', courtDate: '2026-12-01' },
    },
  ]);
  assert.deepEqual(
    custody.ended.map((told) => [told.how, told.courtSiteId, told.courtDate?.toString()]),
    [['charged-bailed', custody.area.courtId, '2026-12-01']],
  );
});

test('somebody without a custody number is not lost, and a word about nobody is put aside', async () => {
  const { custodyNumber: _, ...noNumber } = arrived('x');
  const received = await custody.feed([
    { ...noNumber, eventId: 'no-number', person: { givenName: 'Ines', familyName: 'Alvarado' } },
    { kind: 'review-done', happenedAt: '2026-11-24T09:00:00Z' },
    'not an event',
  ]);
  assert.deepEqual([received.accepted, received.quarantined], [1, 2]);
});

test('files are recognised and read: one object, a list, or a line each, a bad line alone put aside', () => {
  const now = custody.clock.now();
  const bytes = (text: string) => new TextEncoder().encode(text);
  const one = JSON.stringify(arrived('a'));
  for (const text of [one, `[${one}]`, `{"events":[${one}]}`, `${one}\n${one}\n`])
    assert.equal(detectCustodyFormat(bytes(text)), true, text.slice(0, 20));
  for (const text of ['', '<xml/>', '[]', '{"hearing":{}}', '{"kind":"something"}'])
    assert.equal(detectCustodyFormat(bytes(text)), false, text);
  const lines = parseCustodyEvents(bytes(`${one}\n{broken\n${one}\n`), now);
  assert.equal(lines.events.length, 2);
  assert.deepEqual(
    lines.issues.map((issue) => issue.path),
    ['line 2'],
  );
});

test('the interface asks for a token, takes a batch, and answers for each event', async () => {
  const send = (headers: Record<string, string>, payload: unknown) =>
    custody.web.server.inject({
      method: 'POST',
      url: '/api/custody-events',
      headers: { 'content-type': 'application/json', ...headers },
      payload: JSON.stringify(payload),
    });
  assert.equal((await send({}, arrived('06LS/11/26'))).statusCode, 401);
  const authorization = `Bearer ${TOKEN}`;
  const answer = await send({ authorization }, { events: [arrived('06LS/11/26'), arrived('06LS/11/26')] });
  assert.equal(answer.statusCode, 200, answer.body);
  const body = answer.json<{ accepted: number; repeated: number; events: { outcome: string }[] }>();
  assert.deepEqual([body.accepted, body.repeated], [1, 1]);
  assert.deepEqual(
    body.events.map((event) => event.outcome),
    ['accepted', 'repeated'],
  );
});

test('the interface describes itself from the same schema that reads it', async () => {
  const server = Fastify();
  server.setSerializerCompiler(serializerCompiler);
  await server.register(swagger, {
    openapi: {
      info: { title: 'Throughline', version: '1' },
      components: {
        securitySchemes: {
          clientCredentials: {
            type: 'oauth2',
            flows: {
              clientCredentials: { tokenUrl: '/token', scopes: { 'custody-events': 'Custody events' } },
            },
          },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  registerCustodyEventRoutes(server, { ...custody.parts, verifyApiToken: async () => null });
  await server.ready();
  const text = JSON.stringify(server.swagger());
  await server.close();
  assert.match(text, /\/api\/custody-events/);
  for (const word of ['custodyNumber', 'appropriate-adult-arrived', 'quarantined', 'happenedAt'])
    assert.ok(text.includes(word), word);
});

test('the people of a stay can be read back by person', async () => {
  const [row] = await stays('06LS/1/26');
  const viewer = custody.area.viewers.lead;
  const found = await custody.database.transaction(databaseContext(viewer), (tx) =>
    staysOfPeople(tx, viewer, [row?.person_id ?? '']),
  );
  assert.deepEqual(
    found.map((stay) => stay.siteName),
    ['Longsight custody'],
  );
});
