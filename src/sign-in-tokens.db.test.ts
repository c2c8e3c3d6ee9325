import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';
import { createApiTokens, DEMONSTRATION_ISSUER, loadProviderKeys, refuseApiToken } from './access/index.ts';
import type { TestArea } from './access/test-area.ts';
import { signIn, testBrowser } from './access/test-browser.ts';
import type { TestServer } from './access/test-server.ts';
import { systemClock as clock } from './platform/clock.ts';
import type { Database } from './platform/database.ts';
import { testIdentity } from './test-identity.ts';

// Tokens that programs bring: a feed's access token, and the provider's own word that somebody signed out.

let identity: Awaited<ReturnType<typeof testIdentity>>;
let database: Database;
let keys: ReturnType<typeof loadProviderKeys>;
let area: TestArea;
let web: TestServer;
let base: string;

before(async () => {
  identity = await testIdentity(clock, (server, { database, oidc }) => {
    const tokens = createApiTokens({ database, clock, oidc });
    server.get('/who', { config: { permission: 'signed-in' } }, (_request, reply) => reply.send('here'));
    server.post(
      '/api/custody-events',
      { config: { permission: 'public', csrf: 'token-api' } },
      async (request, reply) => {
        const viewer = await tokens.verify(request, 'custody-events');
        return viewer.ok ? reply.send(viewer.value) : refuseApiToken(reply, viewer.refusal);
      },
    );
  });
  ({ database, area, keys, web, base } = identity);
  await identity.owner.transaction({ kind: 'system', area: null }, (tx) =>
    tx
      .insertInto('api_client')
      .values({
        area_id: area.areaId,
        issuer: DEMONSTRATION_ISSUER,
        client_id: 'custody-feed',
        name: 'Custody feed',
        scopes: ['custody-events'],
      })
      .execute(),
  );
});
after(() => identity.close());

async function feedToken(scope = 'custody-events', secret = keys.feedSecret): Promise<Response> {
  return fetch(`${base}/identity/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`custody-feed:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  });
}

function sendEvent(token: string | null): Promise<Response> {
  return fetch(`${base}/api/custody-events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: '{}',
  });
}

async function sign(claims: JWTPayload, header: { typ?: string } = {}): Promise<string> {
  const jwk = keys.jwks.keys[0] as JWK;
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: jwk.kid ?? '', ...header })
    .setIssuer(`${base}/identity`)
    .setIssuedAt()
    .sign(await importJWK(jwk, 'RS256'));
}

test('the custody feed gets a token with its secret and is known by it', async () => {
  const { access_token: token } = (await (await feedToken()).json()) as { access_token: string };
  const answer = await sendEvent(token);
  assert.equal(answer.status, 200, await answer.clone().text());
  assert.deepEqual(await answer.json(), { kind: 'system', areaId: area.areaId, actor: 'Custody feed' });
});

test('a feed with the wrong secret gets no token', async () => {
  assert.equal((await feedToken('custody-events', 'not the secret of the feed, by far')).status, 401);
});

test('a call without a token, or with one that is not for this interface, is refused', async () => {
  const now = Math.floor(clock.now().epochMilliseconds / 1000);
  const right = { aud: `${base}/api`, client_id: 'custody-feed', scope: 'custody-events', exp: now + 60 };
  const at = { typ: 'at+jwt' };
  assert.equal((await sendEvent(await sign(right, at))).status, 200, 'the one that is right');
  assert.equal((await sendEvent(null)).status, 401);
  assert.match((await sendEvent(null)).headers.get('www-authenticate') ?? '', /^Bearer/);
  const wrong: [string, JWTPayload, number][] = [
    ['expired', { ...right, exp: now - 60 }, 401],
    ['no expiry', { aud: right.aud, client_id: right.client_id, scope: right.scope }, 401],
    ['for somewhere else', { ...right, aud: 'https://elsewhere.example' }, 401],
    ['without the scope', { ...right, scope: 'other' }, 403],
    ['of a client nobody set up', { ...right, client_id: 'stranger' }, 403],
  ];
  for (const [what, claims, status] of wrong)
    assert.equal((await sendEvent(await sign(claims, at))).status, status, what);
  assert.equal((await sendEvent(await sign(right))).status, 401, 'an ID token is not an access token');
  const [head = '', body = ''] = (await sign(right, at)).split('.');
  assert.equal(
    (await sendEvent(`${head}.${body}.${Buffer.from('forged').toString('base64url')}`)).status,
    401,
  );
  const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
  assert.equal((await sendEvent(`${none}.${body}.x`)).status, 401, 'unsigned');
});

// Back-channel logout --------------------------------------------------------------------------------------------

const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
function logout(token: string): Promise<Response> {
  return fetch(`${base}/sign-in/back-channel-logout`, {
    method: 'POST',
    body: new URLSearchParams({ logout_token: token }),
  });
}

test('signing out at the provider ends the sessions here, once for each logout token', async () => {
  const { workerId } = area.viewers.lead;
  const { subject } = await database.transaction({ kind: 'system', area: area.areaId }, (tx) =>
    tx.selectFrom('worker').select('subject').where('id', '=', workerId).executeTakeFirstOrThrow(),
  );
  const at = testBrowser(base);
  await signIn(at, 'Worker lead', '/who');
  const claims: JWTPayload = { aud: 'throughline', sub: subject, jti: 'one', events };
  const wrong: JWTPayload[] = [
    { ...claims, events: {} },
    { ...claims, nonce: 'n' },
    { ...claims, aud: 'another-client' },
    { aud: 'throughline', jti: 'two', events },
  ];
  for (const each of wrong) assert.equal((await logout(await sign(each))).status, 400);
  assert.equal((await web.get(at.cookie(), '/who')).statusCode, 200, 'a wrong token ends nothing');
  const token = await sign(claims);
  assert.equal((await logout(token)).status, 200);
  assert.equal((await web.get(at.cookie(), '/who')).statusCode, 303);
  const reasons = await database.transaction({ kind: 'system', area: area.areaId }, (tx) =>
    tx.selectFrom('session').select('end_reason').where('worker_id', '=', workerId).execute(),
  );
  assert.deepEqual(new Set(reasons.map((row) => row.end_reason)), new Set(['provider']));
  assert.equal((await logout(token)).status, 400, 'the same token again');
});

test('the keys of the embedded provider are the same after a restart', () => {
  assert.deepEqual(loadProviderKeys(identity.dataDir), keys);
});
