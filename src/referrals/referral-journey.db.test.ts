import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { LightMyRequestResponse } from 'fastify';
import { databaseContext } from '../access/index.ts';
import { countQueries } from '../platform/database.ts';
import type { Person } from '../people/index.ts';
import type { ServiceSummary } from '../directory/index.ts';
import { arrangedFor, referralsOf } from './index.ts';
import { referralWorld, type ReferralWorld } from './test-referrals.ts';

let world: ReferralWorld;
before(async () => {
  world = await referralWorld();
});
after(() => world.close());

const cookie = (): string => world.area.cookies.navigator;

/** Chooses a service for a person and answers the draft's page. */
async function draft(person: Person, service: ServiceSummary, need = 'alcohol'): Promise<string> {
  const chosen = await world.web.post(cookie(), `/people/${person.id}/referrals`, {
    service: service.id,
    need,
  });
  assert.equal(chosen.statusCode, 303, chosen.body);
  return chosen.headers.location ?? '';
}

async function send(page: string): Promise<LightMyRequestResponse> {
  const letter = await world.web.get(cookie(), page);
  const mark = /name="mark" value="([^"]*)"/.exec(letter.body)?.[1] ?? '';
  return world.web.post(cookie(), `${page}/send`, { mark });
}

/** A referral that was agreed to and sent; answers its page and its link. */
async function sent(
  person: Person,
  service: ServiceSummary,
): Promise<{ page: string; link: string; id: string }> {
  await world.decide(person.id, service, 'given');
  const page = await draft(person, service);
  assert.equal((await send(page)).statusCode, 303);
  const link = /value="http:\/\/127\.0\.0\.1:3000(\/a\/[^"]+)"/.exec(
    (await world.web.get(cookie(), page)).body,
  )?.[1];
  assert.ok(link !== undefined);
  return { page, link, id: page.split('/').at(-1) ?? '' };
}

/** A browser without an account: keeps the cookies it is given, and takes form tokens from the start page. */
function phone() {
  const cookies: Record<string, string> = {};
  const keep = (response: LightMyRequestResponse): LightMyRequestResponse => {
    for (const given of response.cookies) cookies[given.name] = given.value;
    return response;
  };
  const get = async (url: string) => keep(await world.web.server.inject({ method: 'GET', url, cookies }));
  return {
    get,
    async post(url: string, form: Readonly<Record<string, string>> = {}) {
      const page = await get('/form-for-tests');
      const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? '';
      return keep(
        await world.web.server.inject({
          method: 'POST',
          url,
          cookies,
          headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
          payload: new URLSearchParams({ _csrf: field('_csrf'), _key: field('_key'), ...form }).toString(),
        }),
      );
    },
  };
}

function standingOf(person: Person) {
  const viewer = world.area.viewers.navigator;
  return world.database.transaction(databaseContext(viewer), async (tx) => {
    const [newest] = await referralsOf(tx, viewer, person.id, world.clock.now());
    return newest?.standing;
  });
}

test('from a need to the first appointment attended, without the service having an account', async () => {
  world.clock.set('2026-11-24T09:12:00Z');
  const person = await world.person('Denise', 'Whitlock', 'alcohol', 'housing');
  const service = await world.service('alcohol');
  let interactions = 0;

  const ranked = await world.web.get(cookie(), `/people/${person.id}/refer?need=alcohol`);
  interactions += 1;
  assert.equal(ranked.statusCode, 200);
  assert.match(ranked.body, new RegExp(service.name));
  assert.match(ranked.body, /Helps with alcohol/);

  const page = await draft(person, service);
  interactions += 1;
  const unasked = await world.web.get(cookie(), page);
  assert.match(unasked.body, /Cannot be sent/);
  assert.doesNotMatch(unasked.body, /name="mark"/);
  // Without agreement nothing leaves, also when the button is pressed by other means.
  assert.equal((await world.web.post(cookie(), `${page}/send`, { mark: 'x' })).statusCode, 409);

  assert.equal(
    (
      await world.web.post(cookie(), `${page}/consent`, {
        decision: 'given',
        how: 'spoken',
        language: 'English',
      })
    ).statusCode,
    303,
  );
  interactions += 1;
  const letter = await world.web.get(cookie(), page);
  assert.match(letter.body, /Denise Whitlock/);
  assert.match(letter.body, /46, Manchester/);
  assert.match(letter.body, /Wants to cut down/);
  assert.match(letter.body, /Safe to text. Do not ring./);
  assert.match(letter.body, /Not known whether a message is safe: leave none./);
  assert.equal((await send(page)).statusCode, 303);
  interactions += 1;
  assert.ok(interactions <= 12);

  const waiting = await world.web.get(cookie(), page);
  assert.match(waiting.body, /Sent 09:12, not opened yet/);
  assert.doesNotMatch(waiting.body, /tl-status--done[^>]*>[^]*?Sent 09:12/);
  const link = /value="http:\/\/127\.0\.0\.1:3000(\/a\/[^"]+)"/.exec(waiting.body)?.[1] ?? '';

  const mail = await world.database.transaction(databaseContext(world.area.system), (tx) =>
    tx
      .selectFrom('outbound_message')
      .selectAll()
      .where('person_id', '=', person.id)
      .executeTakeFirstOrThrow(),
  );
  assert.equal(mail.recipient, service.email);
  const words = JSON.stringify(mail.content);
  assert.ok(words.includes(link));
  assert.doesNotMatch(words, /Denise|Whitlock|alcohol|drink|health/i);

  // A scanner follows the link: nothing is received, nothing but initials and the need is shown.
  const scanned = await world.web.server.inject({ method: 'GET', url: link });
  assert.equal(scanned.statusCode, 200);
  assert.match(scanned.body, /DW: alcohol/);
  assert.doesNotMatch(scanned.body, /Denise|Whitlock|07700/);
  assert.equal((await standingOf(person))?.state, 'sent');

  const nia = phone();
  world.clock.set('2026-11-24T09:29:00Z');
  assert.equal((await nia.post(`${link}/open`)).statusCode, 303);
  assert.equal((await standingOf(person))?.state, 'received');
  const opened = await nia.get(link);
  assert.match(opened.body, /Can you help Denise Whitlock\?/);
  assert.match(opened.body, /What Denise agreed to tell you/);
  assert.doesNotMatch(opened.body, /Housing/);

  assert.equal(
    (await nia.post(`${link}/answer`, { answer: 'offer' })).headers.location,
    `${link}/answers/offer`,
  );
  const wrong = await nia.post(`${link}/answers/offer`, {
    'day-day': '27',
    'day-month': '11',
    'day-year': '2026',
    time: 'half',
    place: 'Blossom Street',
  });
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /Time must be a time/);
  assert.match(wrong.body, /Blossom Street/);
  // The boxes are named as the form is read, and keep what was typed.
  assert.match(wrong.body, /name="day-day"[^>]*value="27"/);
  const offer = {
    'day-day': '27',
    'day-month': '11',
    'day-year': '2026',
    time: '10:30am',
    place: 'Blossom Street, ask for Nia',
  };
  assert.equal((await nia.post(`${link}/answers/offer`, offer)).headers.location, `${link}/done`);
  // The phone sends it again.
  assert.equal((await nia.post(`${link}/answers/offer`, offer)).headers.location, `${link}/done`);
  assert.match(
    (await nia.get(`${link}/done`)).body,
    /Friday 27 November, 10:30, Blossom Street, ask for Nia/,
  );
  assert.deepEqual(
    world.news
      .filter((one) => one.personId === person.id)
      .map((one) => [one.change, one.startsAt.toString()]),
    [['offered', '2026-11-27T10:30:00Z']],
  );
  const early = await nia.post(`${link}/answers/attendance`, { code: '5' });
  assert.equal(early.statusCode, 422);
  assert.match(early.body, /has not been yet/);

  world.clock.set('2026-11-27T17:00:00Z');
  assert.match((await nia.get(link)).body, /Tell us whether Denise came/);
  assert.equal((await nia.post(`${link}/answers/attendance`, { code: '5' })).statusCode, 303);
  const standing = await standingOf(person);
  assert.equal(standing?.state, 'first-attended');
  assert.equal(standing.firstSeenAt?.toString(), '2026-11-27T17:00:00Z');
  assert.equal(world.news.at(-1)?.change, 'attended');
  assert.equal(world.news.at(-1)?.code, '5');

  const audit = await world.database.transaction(databaseContext(world.area.system), (tx) =>
    tx
      .selectFrom('audit_event')
      .select(['actor', 'action'])
      .where('person_id', '=', person.id)
      .where('actor', 'like', '%by link%')
      .execute(),
  );
  assert.ok(audit.length >= 6, 'every use of the link is in the audit under the link');
});

test('pressed twice, choosing makes one referral and sending makes one disclosure', async () => {
  world.clock.set('2026-11-24T09:12:00Z');
  const person = await world.person('Marta', 'Kowalczyk', 'alcohol');
  const service = await world.service('alcohol');
  await world.decide(person.id, service, 'given');
  const _key = '0197a000-0000-7000-8000-000000000001';
  const form = { service: service.id, need: 'alcohol', _key };
  const [first, second] = await Promise.all([
    world.web.post(cookie(), `/people/${person.id}/referrals`, form),
    world.web.post(cookie(), `/people/${person.id}/referrals`, form),
  ]);
  assert.equal(first.headers.location, second.headers.location);
  const page = first.headers.location ?? '';
  const both = await Promise.all([send(page), send(page)]);
  assert.deepEqual(
    both.map((response) => response.statusCode),
    [303, 303],
  );
  const counts = await world.database.transaction(databaseContext(world.area.system), async (tx) => ({
    disclosures: (await tx.selectFrom('disclosure').select('id').where('person_id', '=', person.id).execute())
      .length,
    links: (
      await tx.selectFrom('single_purpose_link').select('id').where('person_id', '=', person.id).execute()
    ).length,
    mails: (await tx.selectFrom('outbound_message').select('id').where('person_id', '=', person.id).execute())
      .length,
  }));
  assert.deepEqual(counts, { disclosures: 1, links: 1, mails: 1 });
});

test('when the record changed after the letter was read, nothing goes and the new letter is shown', async () => {
  const person = await world.person('Samir', 'Hossain', 'alcohol');
  const service = await world.service('alcohol');
  await world.decide(person.id, service, 'given');
  const page = await draft(person, service);
  const read = await world.web.get(cookie(), page);
  const mark = /name="mark" value="([^"]*)"/.exec(read.body)?.[1] ?? '';
  await world.web.post(cookie(), `${page}/draft`, { need: 'alcohol', wants: 'Mornings are easier' });
  const tried = await world.web.post(cookie(), `${page}/send`, { mark });
  assert.equal(tried.headers.location, `${page}?changed=yes`);
  assert.equal((await standingOf(person))?.state, 'draft');
  assert.match((await world.web.get(cookie(), `${page}?changed=yes`)).body, /Nothing was sent/);
});

test('a changed, shortened or invented token opens nothing, and says nothing', async () => {
  const person = await world.person('Colette', 'Brady', 'alcohol');
  const { link } = await sent(person, await world.service('alcohol'));
  const token = link.slice(3);
  const other = token.startsWith('A') ? 'B' : 'A';
  for (const wrong of [
    `${other}${token.slice(1)}`,
    token.slice(0, 42),
    `${token}A`,
    token.toUpperCase(),
    'x',
    encodeURIComponent("' or 1=1"),
  ]) {
    const answer = await phone().get(`/a/${wrong}`);
    assert.equal(answer.statusCode, 404, wrong);
    assert.doesNotMatch(answer.body, /Colette|Brady|CB|alcohol/, wrong);
    assert.equal((await phone().post(`/a/${wrong}/open`)).statusCode, 404, wrong);
  }
  // Without pressing Open, no other page of the link tells more.
  for (const path of ['/done', '/answers/offer', '/answers/decline'])
    assert.doesNotMatch((await phone().get(`${link}${path}`)).body, /Colette|Brady/);
  assert.equal((await phone().post(`${link}/answers/decline`, { reason: 'full' })).statusCode, 200);
  assert.equal((await standingOf(person))?.state, 'sent');
});

test('an expired link tells whom to ring and nothing about the person, and a reminder opens it again', async () => {
  world.clock.set('2026-11-24T09:12:00Z');
  const person = await world.person('Aaron', 'Gill', 'alcohol');
  const { link, page } = await sent(person, await world.service('alcohol'));
  world.clock.set('2026-12-10T09:12:00Z');
  const gone = await phone().get(link);
  assert.equal(gone.statusCode, 410);
  assert.match(gone.body, /has run out/);
  assert.doesNotMatch(gone.body, /Aaron|Gill|AG|alcohol/);
  const mine = await world.web.get(cookie(), '/referrals');
  assert.match(mine.body, /Aaron Gill/);
  assert.match(mine.body, /working days late/);
  assert.equal((await world.web.post(cookie(), `${page}/steps`, { step: 'chase' })).statusCode, 303);
  assert.equal((await phone().get(link)).statusCode, 200);
  const again = await world.web.post(cookie(), `${page}/steps`, { step: 'chase' });
  assert.equal(again.statusCode, 409);
  assert.match(again.body, /reminded today already/);
  world.clock.set('2026-11-24T09:12:00Z');
});

test('when the person withdraws, the link closes, the waiting e-mail is cancelled and the referral says why', async () => {
  const person = await world.person('Gemma', 'Lyle', 'alcohol');
  const service = await world.service('alcohol');
  const { link, page } = await sent(person, service);
  await world.decide(person.id, service, 'withdrawn');
  const closed = await phone().get(link);
  assert.equal(closed.statusCode, 410);
  assert.match(closed.body, /has been closed/);
  const mail = await world.database.transaction(databaseContext(world.area.system), (tx) =>
    tx
      .selectFrom('outbound_message')
      .select(['cancelled_at'])
      .where('person_id', '=', person.id)
      .executeTakeFirstOrThrow(),
  );
  assert.ok(mail.cancelled_at !== null);
  assert.match((await world.web.get(cookie(), page)).body, /withdrew their agreement/);
});

test('a service declines with a reason, and the referral comes back to whoever made it', async () => {
  const person = await world.person('Ola', 'Adeyinka', 'alcohol');
  const { link, page } = await sent(person, await world.service('alcohol'));
  const nia = phone();
  await nia.post(`${link}/open`);
  await nia.post(`${link}/answers/decline`, { reason: 'out-of-area', note: 'Try Rivermead' });
  const standing = await standingOf(person);
  assert.equal(standing?.state, 'declined');
  assert.equal(standing.waitingOn, 'us');
  const shown = (await world.web.get(cookie(), page)).body;
  assert.match(shown, /They live outside our area: Try Rivermead/);
  assert.match(shown, /Try another service/);
  assert.equal(
    (await world.web.post(cookie(), `${page}/steps`, { step: 'move-on', note: 'Told her' })).statusCode,
    303,
  );
  assert.equal((await standingOf(person))?.state, 'moved-on');
});

test('a question and its answer stand on the same link', async () => {
  const person = await world.person('Peter', 'Nuttall', 'alcohol');
  const { link, page } = await sent(person, await world.service('alcohol'));
  const nia = phone();
  await nia.post(`${link}/open`);
  await nia.post(`${link}/answers/ask`, { question: 'Can he climb stairs?' });
  assert.match((await world.web.get(cookie(), page)).body, /Can he climb stairs\?/);
  await world.web.post(cookie(), `${page}/steps`, { step: 'answer-question', body: 'Yes, with a rail.' });
  assert.match((await nia.get(link)).body, /Yes, with a rail\./);
  assert.equal((await standingOf(person))?.waitingOn, 'service');
});

test('a partner sees what was sent to their service and nothing of another service', async () => {
  const mine = await world.service('alcohol');
  const theirs = await world.service('housing');
  assert.notEqual(mine.id, theirs.id);
  const person = await world.person('Jordan', 'Lee', 'alcohol');
  const { id, page } = await sent(person, mine);
  const unsent = await draft(await world.person('Kim', 'Unsent', 'alcohol'), mine);
  const nia = await world.partner('Nia Rees', mine.id);
  const tom = await world.partner('Tom Hale', theirs.id);
  const nobody = world.area.cookies['partner-worker'];

  assert.match((await world.web.get(nia.cookie, '/referrals-to-us')).body, /Jordan Lee/);
  assert.doesNotMatch((await world.web.get(nia.cookie, '/referrals-to-us')).body, /Unsent/);
  for (const stranger of [tom.cookie, nobody]) {
    assert.doesNotMatch((await world.web.get(stranger, '/referrals-to-us')).body, /Jordan/);
    for (const path of ['', '/done', '/answers/offer'])
      assert.equal((await world.web.get(stranger, `/referrals-to-us/${id}${path}`)).statusCode, 404, path);
    assert.equal(
      (await world.web.post(stranger, `/referrals-to-us/${id}/answers/decline`, { reason: 'full' }))
        .statusCode,
      404,
    );
  }
  assert.equal(
    (await world.web.get(nia.cookie, `/referrals-to-us/${unsent.split('/').at(-1)}`)).statusCode,
    404,
  );
  // A partner has no way to the record itself.
  assert.equal((await world.web.get(nia.cookie, page)).statusCode, 403);
  assert.equal((await world.web.get(nia.cookie, `/referrals-to-us/${id}`)).statusCode, 200);
  assert.equal((await standingOf(person))?.state, 'received');
  assert.equal(
    (await world.web.post(nia.cookie, `/referrals-to-us/${id}/answer`, { answer: 'accept' })).statusCode,
    303,
  );
  assert.equal((await standingOf(person))?.state, 'accepted');

  // The database itself holds a partner to their service, whatever the code asks.
  const rows = (viewer: typeof nia.viewer) =>
    world.database.transaction(databaseContext(viewer), async (tx) => ({
      referrals: (await tx.selectFrom('referral').select('id').where('id', '=', id).execute()).length,
      events:
        (await tx.selectFrom('referral_event').select('id').where('referral_id', '=', id).execute()).length >
        0,
      people: (await tx.selectFrom('person').select('id').execute()).length,
    }));
  assert.deepEqual(await rows(nia.viewer), { referrals: 1, events: true, people: 0 });
  assert.deepEqual(await rows(tom.viewer), { referrals: 0, events: false, people: 0 });
});

test('staff of another role, a justice reader and a stranger are kept out of the pages', async () => {
  const person = await world.person('Ines', 'Moreau', 'alcohol');
  const { page } = await sent(person, await world.service('alcohol'));
  for (const role of ['justice-reader', 'commissioner', 'administrator'] as const)
    assert.equal((await world.web.get(world.area.cookies[role], page)).statusCode, 403, role);
  assert.equal((await world.web.get(null, page)).statusCode, 303);
  const without = await world.web.server.inject({
    method: 'POST',
    url: `${page}/steps`,
    payload: { step: 'lost' },
    cookies: { throughline_session: cookie() },
  });
  assert.equal(without.statusCode, 403);
});

test('what is arranged is told to reports in one line', async () => {
  const person = await world.person('Lena', 'Fox', 'alcohol');
  const service = await world.service('alcohol');
  await sent(person, service);
  const viewer = world.area.viewers.navigator;
  const arranged = await world.database.transaction(databaseContext(viewer), (tx) =>
    arrangedFor(tx, viewer, person.id, world.clock.now()),
  );
  assert.deepEqual(
    arranged.map((one) => one.words),
    [`Referred to ${service.name} for alcohol. Sent 09:12, not opened yet.`],
  );
});

test('the list of referrals asks the database as often for many as for few', async () => {
  const service = await world.service('alcohol');
  const { viewer, cookie: theirs } = await world.area.worker('Ruth Ogden', 'navigator');
  const make = async (count: number) => {
    for (let i = 0; i < count; i += 1) {
      const person = await world.person(`Person${i}`, 'Many', 'alcohol');
      await world.web.post(theirs, `/people/${person.id}/referrals`, {
        service: service.id,
        need: 'alcohol',
      });
    }
  };
  await make(5);
  const few = await countQueries(() => world.web.get(theirs, '/referrals'));
  await make(20);
  const many = await countQueries(() => world.web.get(theirs, '/referrals'));
  assert.equal(few.value.statusCode, 200);
  assert.equal((many.value.body.match(/Many/g) ?? []).length, 25);
  assert.equal(many.queries.length, few.queries.length);
  assert.ok(viewer.workerId.length > 0);
});
