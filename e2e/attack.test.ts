import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { field, signIn, testBrowser, type TestBrowser } from '../src/access/test-browser.ts';
import { arrestOf, bornYearsAgo, type Invented } from './invented-people.ts';
import { startService, type Service } from './service.ts';

// Somebody who wants in, and somebody who is only clumsy, against the running program. Every refusal is a page in plain
// words: no stack, no table, no file of ours, and nobody's name.

const nora: Invented = {
  given: 'Nora',
  family: 'Wrigglesworth',
  preferred: 'Nora',
  born: bornYearsAgo(33),
  sex: 'female',
  street: '4 Mill Brow, Ancoats',
  postcode: 'M4 6BF',
  custodyNumber: '06LS/4533/26',
  cell: '18',
};

let service: Service;
let hannah: TestBrowser;
/** `/people/…`, as Hannah's board links to it. */
let record: string;

before(async () => {
  service = await startService();
  await service.tell(arrestOf(nora));
  hannah = await signedIn('Hannah Osei');
  const board = await hannah.go('/');
  record = new RegExp('href="(/people/[0-9a-f-]{36})"[^>]*>Nora Wrigglesworth').exec(board.text)?.[1] ?? '';
  assert.notEqual(record, '', 'Nora is on the board');
});
after(() => service.stop());

async function signedIn(name: string): Promise<TestBrowser> {
  const browser = testBrowser(service.address);
  await signIn(browser, name, '/');
  return browser;
}

/** That a refusal says what it is in words, and lets nothing out. */
function inPlainWords(text: string): void {
  assert.match(text, /<h1/, 'a page, not a bare line');
  assert.doesNotMatch(
    text,
    /\bat \S+ \(|node_modules|\.ts:\d|select .* from |relation "|syntax error|SQLSTATE|ECONN/i,
  );
  assert.doesNotMatch(text, /Wrigglesworth/);
}

const personPages = [
  '',
  '/timeline',
  '/contact',
  '/consent',
  '/custody',
  '/screening',
  '/screening/phq-9',
  '/needs',
  '/assessment',
  '/safety-plan',
  '/reports',
  '/reports/new',
  '/referrals',
  '/refer',
  '/support',
  '/shared',
  '/share-without-consent',
  '/leave',
  '/identity',
  '/handover',
];

for (const [name, why] of [
  ['Ayesha Rahman', 'works in another suite'],
  ['Maureen Fielding', 'has her at no court'],
  ['Ruth Ogden', 'has her on no caseload'],
  ['Kim Sadler', 'was sent no referral'],
  ['Aled Price', 'was sent no report'],
  ['Beatrix Holm', 'sees counts only'],
  ['Femi Clarke', 'sees who opened it, not what it says'],
  ['Marta Nowak', 'looks after the system'],
] as const)
  test(`no page of the record opens for ${name}, who ${why}`, async () => {
    const stranger = await signedIn(name);
    for (const page of personPages) {
      const answer = await stranger.go(`${record}${page}`);
      assert.ok([403, 404].includes(answer.status), `${page} answers ${String(answer.status)}`);
      inPlainWords(answer.text);
    }
  });

test('without signing in every page of the record leads to signing in, and says nothing', async () => {
  const nobody = testBrowser(service.address);
  for (const page of personPages) {
    const answer = await nobody.step(`${record}${page}`);
    assert.equal(answer.status, 303, page);
    assert.match(answer.headers.get('location') ?? '', /^\/sign-in/);
    assert.doesNotMatch(await answer.text(), /Wrigglesworth/);
  }
});

test('a form that was open before signing out, sent afterwards, changes nothing and says so', async () => {
  const joel = await signedIn('Hannah Osei');
  const old = await joel.go(`${record}/safety-plan`);
  const token = field(old, '_csrf');
  await joel.go('/sign-out', { _csrf: token });
  const answer = await joel.go(`${record}/safety-plan`, {
    _csrf: token,
    _key: field(old, '_key'),
    whatHelps: 'Written by an old tab',
  });
  assert.match(new URL(answer.url).pathname, /^\/(sign-in|identity)/, 'they are asked to sign in');
  assert.doesNotMatch(answer.text, /Wrigglesworth/);
  assert.doesNotMatch((await hannah.go(`${record}/safety-plan`)).text, /Written by an old tab/);
});

test('two presses at once of one button make one contact', async () => {
  const page = await hannah.go(`${record}/contact`);
  const form = {
    _csrf: field(page, '_csrf'),
    _key: field(page, '_key'),
    outcome: 'declined',
    act: 'declined',
    words: 'Not now, thank you',
  };
  const button = /<button[^>]*name="([^"]+)"[^>]*value="([^"]+)"[^>]*>\s*Declined/.exec(page.text);
  if (button !== null) Object.assign(form, { [button[1] ?? '']: button[2] });
  const answers = await Promise.all([1, 2, 3, 4].map(() => hannah.step(`${record}/contact`, form)));
  for (const answer of answers) assert.ok(answer.status < 500, String(answer.status));
  const after_ = await hannah.go(`${record}/contact`);
  const history = after_.text.slice(after_.text.indexOf('Offers so far'));
  assert.equal(history.split('Not now, thank you').length - 1, 1, 'one offer is recorded');
});

test('a form without its token, with somebody else’s, or from another site is refused', async () => {
  const page = await hannah.go(`${record}/safety-plan`);
  const ayesha = await signedIn('Ayesha Rahman');
  const theirs = field(await ayesha.go('/lock'), '_csrf');
  const form = { _key: field(page, '_key'), whatHelps: 'Written by nobody' };
  const cookie = `throughline_session=${hannah.cookie() ?? ''}`;
  for (const [why, headers, body] of [
    ['no token', { 'sec-fetch-site': 'same-origin' }, form],
    ['a token of another session', { 'sec-fetch-site': 'same-origin' }, { ...form, _csrf: theirs }],
    ['another site', { 'sec-fetch-site': 'cross-site' }, { ...form, _csrf: field(page, '_csrf') }],
    ['a neighbouring site', { 'sec-fetch-site': 'same-site' }, { ...form, _csrf: field(page, '_csrf') }],
    ['another origin', { origin: 'https://attacker.example' }, { ...form, _csrf: field(page, '_csrf') }],
  ] as const) {
    const answer = await fetch(`${service.address}${record}/safety-plan`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, ...headers },
      body: new URLSearchParams(body),
    });
    assert.equal(answer.status, 403, why);
    inPlainWords(await answer.text());
  }
  assert.doesNotMatch((await hannah.go(`${record}/safety-plan`)).text, /Written by nobody/);
  const own = await hannah.go(`${record}/safety-plan`, {
    _csrf: field(page, '_csrf'),
    _key: field(page, '_key'),
    whatHelps: 'Written by Hannah',
  });
  assert.match(own.text, /Written by Hannah/, 'the same form, sent as it should be, is taken');
});

test('links that were made up, cut short or changed open nothing', async () => {
  const nobody = testBrowser(service.address);
  for (const token of [
    'A'.repeat(43),
    'short',
    '%00',
    `${'A'.repeat(42)}'`,
    'A'.repeat(5000),
    '..%2f..%2fpeople',
    '%F0%9F%94%91'.repeat(10),
  ])
    for (const door of ['r', 'a']) {
      const answer = await nobody.go(`/${door}/${token}`);
      assert.ok(
        [400, 403, 404, 410, 414].includes(answer.status),
        `/${door}/${token} answers ${String(answer.status)}`,
      );
      assert.doesNotMatch(answer.text, /\bat \S+ \(|node_modules|\.ts:\d|Wrigglesworth/);
    }
});

test('paths that try to climb out or carry what no path carries are answered plainly', async () => {
  for (const path of [
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/etc/passwd',
    '/people/not-an-id',
    "/people/1'%20or%20'1'='1",
    '/people/00000000-0000-7000-8000-000000000000',
    `${record}/screening/..%2f..%2fsecrets`,
    `${record}/screenings/not-an-id`,
    '/courts/appearances/not-an-id/match',
    '/suites/%00',
    '/reports/%F0%9F%94%91',
    `/people?q=${'a'.repeat(3000)}`,
    '/people?q=%00',
    '/courts?day=2026-02-31',
    `/sign-in/start?to=${encodeURIComponent('https://attacker.example')}`,
  ]) {
    const answer = await hannah.step(path);
    assert.ok(answer.status < 500, `${path} answers ${String(answer.status)}`);
    const text = await answer.text();
    assert.doesNotMatch(text, /\bat \S+ \(|node_modules|\.ts:\d|"dependencies"|root:x:/, path);
    assert.doesNotMatch(answer.headers.get('location') ?? '', /^https:\/\/attacker/, path);
  }
});

test('text that is far too long, not text, or of the wrong shape is refused at its field or as a page', async () => {
  const page = await hannah.go(`${record}/safety-plan`);
  const keys = { _csrf: field(page, '_csrf'), _key: field(page, '_key') };
  const long = await hannah.step(`${record}/safety-plan`, { ...keys, whatHelps: 'x'.repeat(300_000) });
  assert.equal(long.status, 413);
  inPlainWords(await long.text());
  const forms: readonly (readonly [string, Record<string, string>])[] = [
    [`${record}/contact`, { act: 'nonsense', outcome: 'nonsense' }],
    [`${record}/needs`, { 'answer-housing': 'value:maybe' }],
    [`${record}/needs`, { 'answer-housing': 'value:found', 'detail-housing': '\u0000\u0007' }],
    [`${record}/screening/audit-c`, { 'q-1': 'value:99' }],
    [`${record}/screening/no-such-thing`, { 'q-1': 'value:1' }],
    [
      `${record}/leave`,
      { how: 'charged-bailed', 'hearing-day': '99', 'hearing-month': '0', 'hearing-year': '-1' },
    ],
    [`${record}/consent/decisions`, { 'being-seen': 'perhaps', constructor: 'x', __proto__: 'y' }],
    [`${record}/reports`, { kind: 'to-the-newspaper' }],
    [`${record}/referrals`, { serviceId: 'not-an-id', need: 'fame' }],
  ];
  for (const [path, form] of forms) {
    const answer = await hannah.step(path, { ...keys, ...form, _key: crypto.randomUUID() });
    assert.ok(answer.status < 500, `${path} ${JSON.stringify(form)} answers ${String(answer.status)}`);
    assert.doesNotMatch(await answer.text(), /\bat \S+ \(|node_modules|\.ts:\d/);
  }
});

test('a body that is no form, or no JSON, or another method is refused in words', async () => {
  const cookie = `throughline_session=${hannah.cookie() ?? ''}`;
  for (const [method, type, body] of [
    ['POST', 'application/json', '{"a":'],
    ['POST', 'application/xml', '<a/>'],
    ['POST', 'multipart/form-data; boundary=x', '--x--'],
    ['PUT', 'application/x-www-form-urlencoded', 'a=b'],
    ['DELETE', 'text/plain', ''],
  ] as const) {
    const answer = await fetch(`${service.address}${record}/safety-plan`, {
      method,
      redirect: 'manual',
      headers: { cookie, 'content-type': type, 'sec-fetch-site': 'same-origin' },
      body,
    });
    assert.ok(
      answer.status >= 400 && answer.status < 500,
      `${method} ${type} answers ${String(answer.status)}`,
    );
    assert.doesNotMatch(await answer.text(), /\bat \S+ \(|node_modules|\.ts:\d/);
  }
});

test('the custody port takes nothing without its own token, and no token but that of the feed', async () => {
  const send = (headers: Record<string, string>, body = '{"events":[]}'): Promise<Response> =>
    fetch(`${service.address}/api/custody-events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const forged = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"scope":"custody-events"}').toString('base64url')}.`;
  for (const headers of [
    {},
    { authorization: 'Bearer nonsense' },
    { authorization: `Bearer ${forged}` },
    { authorization: 'Basic Y3VzdG9keS1mZWVkOmd1ZXNz' },
    { cookie: `throughline_session=${hannah.cookie() ?? ''}` },
  ]) {
    const answer = await send(headers);
    assert.equal(answer.status, 401);
    assert.match(await answer.text(), /token/);
  }
});
