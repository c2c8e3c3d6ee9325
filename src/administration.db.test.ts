import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import {
  databaseContext,
  defaultLimits,
  registerAdministrationRoutes,
  roles,
  viewerOf,
  type Role,
} from './access/index.ts';
import { testArea, type TestArea } from './access/test-area.ts';
import { testSetting, type TestSetting } from './access/test-setting.ts';
import { testServer, type TestServer } from './access/test-server.ts';
import { recordAudit } from './audit/index.ts';
import { fixedClock } from './platform/clock.ts';
import { countQueries, type Database } from './platform/database.ts';

const clock = fixedClock('2026-11-24T09:12:00Z');
let setting: TestSetting;
let database: Database;
let owner: Database;
let area: TestArea;
let elsewhere: TestArea;
let web: TestServer;
let wen: string;

before(async () => {
  setting = await testSetting();
  ({ database, owner, area } = setting);
  elsewhere = await testArea(database, owner, 'Another area');
  wen = area.cookies.administrator;
  web = await testServer({
    database,
    clock,
    register: (server) => {
      registerAdministrationRoutes(server, {
        database,
        clock,
        audit: recordAudit,
        limits: defaultLimits,
        workerIssuer: 'https://identity.example',
        baseUrl: 'http://127.0.0.1:3000',
      });
      server.get('/who', { config: { permission: 'signed-in' } }, (request, reply) =>
        reply.send(viewerOf(request)),
      );
    },
  });
});
after(async () => {
  await web.close();
  await setting.close();
});

const pages = ['', '/workers', '/workers/new', '/sites', '/teams', '/sessions', '/connections'].map(
  (page) => `/administration${page}`,
);

test('administration is open to administrators and to nobody else', async () => {
  for (const role of Object.keys(roles) as Role[]) {
    for (const page of pages) {
      const answer = await web.get(area.cookies[role], page);
      assert.equal(answer.statusCode, role === 'administrator' ? 200 : 403, `${role} ${page}`);
    }
  }
  for (const page of pages) assert.equal((await web.get(null, page)).statusCode, 303, page);
});

test('every link on the start page leads somewhere', async () => {
  const start = await web.get(wen, '/administration');
  const links = [...start.body.matchAll(/href="(\/administration\/[^"]+)"/g)].map((match) => match[1] ?? '');
  assert.ok(links.length >= 5);
  for (const link of links) assert.equal((await web.get(wen, link)).statusCode, 200, link);
});

function dates(name: string, day: string): Record<string, string> {
  const [year = '', month = '', date = ''] = day.split('-');
  return { [`${name}-year`]: year, [`${name}-month`]: month, [`${name}-day`]: date };
}

test('somebody new is added, is given a role with dates, and the change is written down', async () => {
  const added = await web.post(wen, '/administration/workers/new', {
    name: 'Grace Okafor',
    subject: '555012345678',
    email: 'grace.okafor@northmoor.example',
  });
  assert.equal(added.statusCode, 303);
  const page = added.headers.location ?? '';
  const id = page.split('/').at(-1) ?? '';
  assert.match((await web.get(wen, page)).body, /No roles yet/);
  const form = { role: 'custody-practitioner', siteId: area.suiteId, ...dates('validFrom', '2026-11-24') };
  assert.equal((await web.post(wen, `${page}/roles`, form)).statusCode, 303);
  assert.match((await web.get(wen, page)).body, /Longsight custody/);
  assert.equal((await web.post(wen, `${page}/roles`, form)).statusCode, 409, 'the same role twice');
  const again = await web.post(wen, '/administration/workers/new', {
    name: 'Another',
    subject: '555012345678',
  });
  assert.equal(again.statusCode, 409);
  assert.match(again.body, /set up already/);
  const events = await database.transaction(databaseContext(area.system), (tx) =>
    tx
      .selectFrom('audit_event')
      .select(['action', 'actor'])
      .where('subject_id', '=', id)
      .orderBy('xid')
      .execute(),
  );
  assert.deepEqual(events, [
    { action: 'created', actor: 'Worker administrator' },
    { action: 'changed', actor: 'Worker administrator' },
  ]);
});

test('a form that is not complete says what is missing and keeps what was typed', async () => {
  const answer = await web.post(wen, '/administration/workers/new', { name: 'Half Done', email: 'nowhere' });
  assert.equal(answer.statusCode, 422);
  assert.match(answer.body, /Enter their identity number/);
  assert.match(answer.body, /Enter an e-mail address like/);
  assert.match(answer.body, /value="Half Done"/);
});

test('a role that is ended opens nothing with the next request', async () => {
  const { viewer, cookie } = await area.worker('Luca Bianchi', 'navigator');
  assert.equal((await web.get(cookie, '/who')).statusCode, 200);
  const path = `/administration/workers/${viewer.workerId}/roles/${viewer.workerRoleId}/end`;
  assert.equal((await web.post(wen, path)).statusCode, 303);
  assert.equal((await web.get(cookie, '/who')).statusCode, 303);
});

test('stopping somebody from signing in ends their sessions at once', async () => {
  const { viewer, cookie } = await area.worker('Nadia Rahman', 'lead');
  const path = `/administration/workers/${viewer.workerId}/active`;
  assert.equal((await web.post(wen, path, { active: 'false' })).statusCode, 303);
  assert.equal((await web.get(cookie, '/who')).statusCode, 303);
  const session = await database.transaction(databaseContext(area.system), (tx) =>
    tx
      .selectFrom('session')
      .select(['end_reason', 'ended_by'])
      .where('id', '=', viewer.sessionId)
      .executeTakeFirstOrThrow(),
  );
  assert.deepEqual(session, { end_reason: 'administrator', ended_by: area.viewers.administrator.workerId });
  await web.post(wen, path, { active: 'true' });
  assert.equal(
    (await web.get(cookie, '/who')).statusCode,
    303,
    'letting them back in does not open the old session',
  );
});

test('an administrator ends one session, or all of a worker’s', async () => {
  const { viewer, cookie } = await area.worker('Femi Laurent', 'lead');
  const second = await database.transaction(databaseContext(area.system), (tx) =>
    tx
      .insertInto('session')
      .values({
        token_hash: Buffer.from('another machine'),
        worker_id: viewer.workerId,
        worker_role_id: viewer.workerRoleId,
        last_seen_at: clock.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  assert.match((await web.get(wen, '/administration/sessions')).body, /Femi Laurent/);
  const path = `/administration/workers/${viewer.workerId}/end-sessions`;
  await web.post(wen, path, { session: second.id });
  assert.equal((await web.get(cookie, '/who')).statusCode, 200, 'only the one that was named');
  await web.post(wen, path);
  assert.equal((await web.get(cookie, '/who')).statusCode, 303);
});

test('nobody changes their own roles or stops themselves', async () => {
  const self = area.viewers.administrator;
  const page = `/administration/workers/${self.workerId}`;
  const role = { role: 'lead', ...dates('validFrom', '2026-11-24') };
  assert.equal((await web.post(wen, `${page}/roles`, role)).statusCode, 409);
  assert.equal((await web.post(wen, `${page}/roles/${self.workerRoleId}/end`)).statusCode, 409);
  assert.equal((await web.post(wen, `${page}/active`, { active: 'false' })).statusCode, 409);
  assert.equal((await web.get(wen, '/who')).json<{ role: string }>().role, 'administrator');
});

test('what belongs to another area is not found and not changed', async () => {
  const far = elsewhere.viewers.lead;
  const page = `/administration/workers/${far.workerId}`;
  const role = { role: 'lead', ...dates('validFrom', '2026-11-24') };
  assert.equal((await web.get(wen, page)).statusCode, 404);
  assert.equal((await web.post(wen, `${page}/roles`, role)).statusCode, 404);
  assert.equal((await web.post(wen, `${page}/active`, { active: 'false' })).statusCode, 404);
  assert.equal((await web.post(wen, `${page}/end-sessions`)).statusCode, 404);
  assert.equal((await web.post(wen, `${page}/roles/${far.workerRoleId}/end`)).statusCode, 404);
  assert.equal(
    (await web.post(wen, `/administration/sites/${elsewhere.suiteId}`, { open: 'false' })).statusCode,
    404,
  );
  const mine = await area.worker('Eve Turner', 'lead');
  const borrowed = { ...role, siteId: elsewhere.suiteId };
  const given = await web.post(wen, `/administration/workers/${mine.viewer.workerId}/roles`, borrowed);
  assert.equal(given.statusCode, 404, 'nor is its site given to one of ours');
  assert.equal((await web.get(elsewhere.cookies.lead, '/who')).statusCode, 200);
});

test('sites are added, closed and opened again; a name or a code is used once', async () => {
  const form = { name: 'Bury custody', shortName: 'Bury', kind: 'custody-suite', code: '06BY' };
  assert.equal((await web.post(wen, '/administration/sites', form)).statusCode, 303);
  assert.match((await web.post(wen, '/administration/sites', form)).body, /this name already/);
  const other = await web.post(wen, '/administration/sites', { ...form, name: 'Bolton custody' });
  assert.match(other.body, /Bury custody has this code already/);
  const site = await database.transaction(databaseContext(area.system), (tx) =>
    tx.selectFrom('site').selectAll().where('name', '=', 'Bury custody').executeTakeFirstOrThrow(),
  );
  assert.equal(site.opened_on.toString(), '2026-11-24');
  await web.post(wen, `/administration/sites/${site.id}`, { open: 'false' });
  assert.match((await web.get(wen, '/administration/sites')).body, /Closed 24 November 2026/);
  await web.post(wen, `/administration/sites/${site.id}`, { open: 'true' });
  assert.doesNotMatch((await web.get(wen, '/administration/sites')).body, /Closed 24 November 2026/);
});

test('a team is added to one of the area’s organisations', async () => {
  const organisation = (where: TestArea) =>
    database.transaction(databaseContext(where.system), (tx) =>
      tx
        .selectFrom('organisation')
        .select('id')
        .where('area_id', '=', where.areaId)
        .executeTakeFirstOrThrow(),
    );
  const form = { name: 'Night cover', kind: 'custody-ld' };
  const far = await organisation(elsewhere);
  const near = await organisation(area);
  const path = '/administration/teams';
  assert.equal((await web.post(wen, path, { ...form, organisationId: far.id })).statusCode, 409);
  assert.equal((await web.post(wen, path, { ...form, organisationId: near.id })).statusCode, 303);
  assert.match((await web.get(wen, path)).body, /Night cover/);
});

test('a computer is marked as shared, and unmarked', async () => {
  const shared = await web.post(wen, '/administration/this-computer', { shared: 'true' });
  const cookie = shared.cookies.find((each) => each.name === 'throughline_shared_computer');
  assert.equal(cookie?.value, '1');
  assert.equal(cookie.httpOnly, true);
  const not = await web.post(wen, '/administration/this-computer', { shared: 'false' });
  assert.equal(not.cookies.find((each) => each.name === 'throughline_shared_computer')?.value, '');
});

test('the lists cost the same queries for fifty workers as for five', async () => {
  const count = async (page: string) => (await countQueries(() => web.get(wen, page))).queries.length;
  const lists = ['/administration/workers', '/administration/sessions'];
  const few = await Promise.all(lists.map(count));
  for (let i = 0; i < 50; i += 1) await area.worker(`Worker ${String(i)}`, 'navigator');
  assert.deepEqual(await Promise.all(lists.map(count)), few);
});
