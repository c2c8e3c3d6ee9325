import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import type { TestContext } from 'node:test';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { z } from 'zod';
import { dateField } from '../forms/time-fields.ts';
import { formErrors, parseForm, textField } from '../forms/form.ts';
import type { ServerOptions } from './build-server.ts';
import { cookieHeader, testServer, tokenIn } from './test-server.ts';

const fields = {
  name: textField(z.string('Enter a name')),
  born: dateField({ called: 'date of birth', limit: 'past' }),
};

/** A server with a form, a route that fails, one for programs and one that is not public. */
async function served(t: TestContext, options: Partial<ServerOptions> = {}) {
  const { app, log } = await testServer({
    viewFolders: [join(import.meta.dirname, 'test-views')],
    ...options,
  });
  t.after(() => app.close());
  // Stands where the session layer will.
  app.addHook('onRequest', async (request) => {
    const session = request.headers['x-test-session'];
    if (typeof session === 'string') request.sessionKey = session;
  });
  const open = { permission: 'public' };
  app.get('/form', { config: open }, async (_request, reply) => reply.page('test-form.njk'));
  app.post('/form', { config: open }, async (request, reply) => {
    const outcome = parseForm(fields, request.body, { now: Temporal.Instant.from('2026-11-24T09:12:00Z') });
    if (!outcome.ok) return reply.page('test-form.njk', formErrors(outcome), 422);
    return reply.redirect(`/saved/${outcome.values.born.toString()}`, 303);
  });
  app.get('/fails', { config: open }, async () => {
    throw new Error('Key (name)=(Callum Brennan) already exists');
  });
  app.post('/api/fails', { config: { permission: 'public', csrf: 'token-api' } }, async () => {
    throw new Error('Key (name)=(Callum Brennan) already exists');
  });
  app.post('/api/events', { config: { permission: 'public', csrf: 'token-api' } }, async () => ({
    ok: true,
  }));
  app.get('/record/:id', { config: { permission: 'record.read' } }, async () => 'a record');
  return { app, log };
}

const good = { name: 'Callum', 'born-day': '17', 'born-month': '8', 'born-year': '1992' };

function post(fieldsAndToken: Record<string, string>, headers: Record<string, string> = {}): InjectOptions {
  return {
    method: 'POST',
    url: '/form',
    payload: new URLSearchParams(fieldsAndToken).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  };
}

test('a route that does not say who may use it cannot be added', async (t) => {
  const { app } = await served(t);
  assert.throws(
    () => app.get('/open-to-all', async () => 'oops'),
    /GET \/open-to-all declares no permission/,
  );
});

test('every route is listed with what it asks of the viewer', async (t) => {
  const { app } = await served(t);
  const found = app.routes().find((route) => route.url === '/record/:id' && route.method === 'GET');
  assert.equal(found?.permission, 'record.read');
  assert.ok(app.routes().every((route) => route.permission !== ''));
});

test('a route that is not public is closed when there is nobody to ask, and sends people to sign in', async (t) => {
  const { app } = await served(t);
  const page = await app.inject('/record/7?tab=consent');
  assert.equal(page.statusCode, 303);
  assert.equal(page.headers.location, '/sign-in?to=%2Frecord%2F7%3Ftab%3Dconsent');
  const program = await app.inject({ url: '/record/7', headers: { accept: 'application/json' } });
  assert.equal(program.statusCode, 401);
});

test('what a viewer may not see looks the same as what does not exist', async (t) => {
  const { app } = await served(t, { authorise: async () => 'not-found' });
  const hidden = await app.inject('/record/7');
  const absent = await app.inject('/no-such-page');
  assert.equal(hidden.statusCode, 404);
  const blank = (body: string) =>
    body.replaceAll(/nonce="[^"]*"|name="csp-nonce" content="[^"]*"|tl-num">[A-Z2-9]{8}/g, '');
  assert.equal(blank(hidden.body), blank(absent.body));
});

test('a role that may not is told so, and one that may gets the page', async (t) => {
  const { app } = await served(t, { authorise: async () => 'forbidden' });
  const refused = await app.inject('/record/7');
  assert.equal(refused.statusCode, 403);
  assert.match(refused.body, /You cannot open this page/);
  const { app: open } = await served(t, { authorise: async () => undefined });
  assert.equal((await open.inject('/record/7')).body, 'a record');
});

async function openForm(app: FastifyInstance, headers: Record<string, string> = {}) {
  const page = await app.inject({ url: '/form', headers });
  return { token: tokenIn(page.body), cookie: cookieHeader(page) };
}

test('a form is accepted with the token of its own browser, and only then', async (t) => {
  const { app } = await served(t);
  const { token, cookie } = await openForm(app);
  const other = await openForm(app);
  const cases: [string, Record<string, string>, Record<string, string>, number][] = [
    ['its own token', { _csrf: token }, { cookie }, 303],
    ['no token', {}, { cookie }, 403],
    ['no cookie', { _csrf: token }, {}, 403],
    ['the token of another browser', { _csrf: other.token }, { cookie }, 403],
    [
      'a token that was changed',
      { _csrf: `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}` },
      { cookie },
      403,
    ],
    ['an empty token', { _csrf: '' }, { cookie }, 403],
    ['a token of another shape', { _csrf: 'a.b.c' }, { cookie }, 403],
  ];
  for (const [what, extra, headers, status] of cases) {
    const answer = await app.inject(post({ ...good, ...extra }, headers));
    assert.equal(answer.statusCode, status, what);
  }
});

test('a form belongs to the session it was opened in', async (t) => {
  const { app } = await served(t);
  const before = await openForm(app);
  const mine = await openForm(app, { 'x-test-session': 'first-session' });
  assert.equal(mine.cookie, '', 'nobody who is signed in needs the cookie');
  const send = async (token: string, session: string, cookie = '') => {
    const headers = { 'x-test-session': session, ...(cookie !== '' && { cookie }) };
    return (await app.inject(post({ ...good, _csrf: token }, headers))).statusCode;
  };
  assert.equal(await send(mine.token, 'first-session'), 303);
  assert.equal(await send(mine.token, 'second-session'), 403, 'after another user signed in');
  assert.equal(await send(before.token, 'first-session', before.cookie), 403, 'opened before sign-in');
});

test('a request that another website started is refused whatever it carries', async (t) => {
  const { app } = await served(t);
  const { token, cookie } = await openForm(app);
  const cases: [Record<string, string>, number][] = [
    [{ 'sec-fetch-site': 'same-origin' }, 303],
    [{ 'sec-fetch-site': 'none' }, 303],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: 'http://localhost:80', host: 'localhost:80' }, 303],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
  ];
  for (const [headers, status] of cases) {
    const answer = await app.inject(post({ ...good, _csrf: token }, { cookie, ...headers }));
    assert.equal(answer.statusCode, status, JSON.stringify(headers));
  }
});

test('a program with its own token needs no form, and no other route lets it in', async (t) => {
  const { app } = await served(t);
  const headers = { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' };
  const allowed = await app.inject({ method: 'POST', url: '/api/events', payload: '{}', headers });
  assert.equal(allowed.statusCode, 200);
});

test('a form with mistakes is shown again with what was typed and the errors at the top', async (t) => {
  const { app } = await served(t);
  const { token, cookie } = await openForm(app);
  const key = '0192f0c1-2222-7333-8444-555566667777';
  const typed = { ...good, name: '', 'born-month': '13', _csrf: token, _key: key };
  const answer = await app.inject(post(typed, { cookie }));
  assert.equal(answer.statusCode, 422);
  assert.match(answer.body, /<title>Error: A form/);
  assert.match(answer.body, /<a href="#name">\s*Enter a name/);
  assert.match(answer.body, /<a href="#born-day">\s*Date of birth must be a real date/);
  assert.match(answer.body, /id="born-month"[^>]*value="13"/);
  assert.match(answer.body, new RegExp(`name="_key" value="${key}"`), 'the key stays the same');
});

test('a failure shows a reference that the log knows, and nothing of what went wrong', async (t) => {
  const { app, log } = await served(t);
  const requests: InjectOptions[] = [{ url: '/fails' }, { method: 'POST', url: '/api/fails', payload: {} }];
  for (const request of requests) {
    const answer = await app.inject(request);
    assert.equal(answer.statusCode, 500);
    const reference = String(answer.headers['x-reference']);
    assert.match(reference, /^[A-HJKMNP-Z2-9]{8}$/);
    assert.ok(answer.body.includes(reference));
    assert.doesNotMatch(answer.body, /Callum|already exists|\.ts|    at /);
    assert.ok(log.some((line) => line.includes(reference) && line.includes('"fault":"Error"')));
  }
  const problem = await app.inject({ method: 'POST', url: '/api/fails', payload: {} });
  assert.match(String(problem.headers['content-type']), /application\/problem\+json/);
  assert.doesNotMatch(log.join(''), /Callum|already exists/);
});

test('the log has the pattern of the address and neither its ids nor its query', async (t) => {
  const { app, log } = await served(t, { authorise: async () => undefined });
  await app.inject('/record/brennan-callum?q=suicidal');
  const line = log.find((entry) => entry.includes('/record/:id'));
  assert.ok(line);
  const fields = Object.keys(JSON.parse(line)).toSorted();
  assert.deepEqual(fields, ['level', 'method', 'ms', 'msg', 'reference', 'route', 'status', 'time']);
  assert.doesNotMatch(log.join(''), /brennan|suicidal/);
});

test('no page is kept by the browser, and each has its own nonce that its scripts carry', async (t) => {
  const { app } = await served(t);
  const nonces = new Set<string>();
  for (const url of ['/form', '/form', '/no-such-page', '/fails']) {
    const page = await app.inject(url);
    assert.equal(page.headers['cache-control'], 'no-store', url);
    const policy = String(page.headers['content-security-policy']);
    const nonce = /script-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    assert.ok(nonce.length >= 20);
    nonces.add(nonce);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval/);
    const inline = [...page.body.matchAll(/<script(?![^>]*\bsrc=)[^>]*>/g)].map(([tag]) => tag);
    assert.ok(inline.length > 0);
    for (const tag of inline) assert.ok(tag.includes(`nonce="${nonce}"`), tag);
    assert.doesNotMatch(page.body, /\sstyle="|\son[a-z]+="/, 'no style or event attributes');
    assert.equal(page.headers['x-content-type-options'], 'nosniff');
  }
  assert.equal(nonces.size, 4);
});

test('style sheets and scripts are kept for a year under an address that changes with them', async (t) => {
  const { app } = await served(t);
  const page = await app.inject('/form');
  const addresses = [...page.body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(
    (match) => match[1] ?? '',
  );
  assert.ok(addresses.length >= 4);
  for (const url of addresses) {
    const file = await app.inject(url);
    assert.equal(file.statusCode, 200, url);
    assert.equal(file.headers['cache-control'], 'public, max-age=31536000, immutable');
  }
  const css = await app.inject(addresses.find((url) => url.endsWith('nhsuk-frontend.min.css')) ?? '');
  assert.doesNotMatch(css.body, /https?:\/\/assets/, 'nothing is fetched from elsewhere');
  const climbing = await app.inject('/assets/x/../../../package.json');
  assert.equal(climbing.statusCode, 404);
});

test('too many requests, too long a text and a kind we cannot read are answered in words', async (t) => {
  const { app } = await served(t, { requestsPerMinute: 4 });
  const { token, cookie } = await openForm(app);
  const long = await app.inject(post({ ...good, name: 'a'.repeat(300_000), _csrf: token }, { cookie }));
  assert.equal(long.statusCode, 413);
  assert.match(long.body, /too large/);
  const kind = await app.inject(post({}, { cookie, 'content-type': 'application/x-unknown' }));
  assert.equal(kind.statusCode, 415);
  await app.inject('/form');
  const many = await app.inject('/form');
  assert.equal(many.statusCode, 429);
  assert.match(many.body, /Too many requests/);
  assert.equal((await app.inject('/health/live')).statusCode, 200, 'health is not counted');
  const another = await app.inject({ url: '/form', headers: { 'x-test-session': 'someone-else' } });
  assert.equal(another.statusCode, 200, 'another session from the same address is counted by itself');
});

test('a program is told which field is wrong without its content', async (t) => {
  const { app } = await served(t);
  const schema = { body: z.object({ forename: z.string().max(3) }) };
  app.post('/api/people', { config: { permission: 'public', csrf: 'token-api' }, schema }, async () => ({}));
  const answer = await app.inject({ method: 'POST', url: '/api/people', payload: { forename: 'Callum' } });
  assert.equal(answer.statusCode, 400);
  assert.equal(answer.json<{ errors: { field: string }[] }>().errors[0]?.field, '/forename');
  assert.doesNotMatch(answer.body, /Callum/);
});

test('readiness says what is not ready, and metrics count by pattern', async (t) => {
  const { app } = await served(t, {
    authorise: async () => undefined,
    readiness: {
      database: async () => 1,
      queue: async () => {
        throw new Error('away');
      },
    },
  });
  const ready = await app.inject('/health/ready');
  assert.equal(ready.statusCode, 503);
  assert.deepEqual(ready.json<{ checks: unknown }>().checks, { database: 'ready', queue: 'not ready' });
  await app.inject('/record/7');
  const metrics = await app.inject('/metrics');
  assert.match(metrics.body, /http_requests_total\{method="GET",route="\/record\/:id",status="200"\} 1/);
  assert.match(
    metrics.body,
    /http_request_seconds_bucket\{method="GET",route="\/record\/:id",le="\+Inf"\} 1/,
  );
  assert.match(metrics.body, /event_loop_lag_seconds \d/);
  const elsewhere = await app.inject({ url: '/metrics', remoteAddress: '10.1.2.3' });
  assert.equal(elsewhere.statusCode, 404);
});

test('a header cannot pretend to be another address', async (t) => {
  const { app } = await served(t);
  const pretended = await app.inject({
    url: '/metrics',
    remoteAddress: '10.1.2.3',
    headers: { 'x-forwarded-for': '127.0.0.1' },
  });
  assert.equal(pretended.statusCode, 404);
});
