import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { systemClock, type Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { loadAssets } from '../platform/http/assets.ts';
import { buildServer } from '../platform/http/build-server.ts';
import { createViews } from '../platform/views/environment.ts';
import { accountLinks, addSessions, authorise, SESSION_COOKIE } from './session-layer.ts';
import { defaultLimits, type SessionLimits } from './session.ts';

// For tests only: the real server, with sessions, permissions and form tokens on, and the routes under test.

export interface TestServerOptions {
  readonly database: Database;
  readonly clock?: Clock;
  readonly limits?: SessionLimits;
  /** Adds the routes under test. */
  register(server: FastifyInstance): void | Promise<void>;
}

/** A cookie is one of `testArea().cookies`, or null for somebody who is not signed in. */
export interface TestServer {
  readonly server: FastifyInstance;
  get(cookie: string | null, url: string): Promise<LightMyRequestResponse>;
  /**
   * Sends a form as a browser would: a page with a form is opened first, and its token and key go with it. A value
   * of several is sent several times. Fields named `_csrf` and `_key` in `form` take the place of the page's.
   */
  post(
    cookie: string | null,
    url: string,
    form?: Readonly<Record<string, string | readonly string[]>>,
  ): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

const FORM_PAGE = '/form-for-tests';

/** Builds the server. Close it in `after`, before the database. */
export async function testServer(options: TestServerOptions): Promise<TestServer> {
  const clock = options.clock ?? systemClock;
  const assets = loadAssets();
  const server = await buildServer({
    clock,
    assets,
    views: createViews(assets),
    csrfSecret: 'a secret of tests only, at least 32 characters',
    secureCookies: false,
    authorise,
    // A test may ask more often than a person does.
    requestsPerMinute: 100_000,
    chrome: (request) => ({
      serviceName: 'Throughline',
      organisation: 'Northmoor Health',
      navigation: [],
      demo: true,
      ...(request.viewer === null
        ? {}
        : { account: { text: request.viewer.name, links: accountLinks(request) } }),
    }),
  });
  addSessions(server, { database: options.database, clock, limits: options.limits ?? defaultLimits });
  server.get(FORM_PAGE, { config: { permission: 'public' } }, (_request, reply) =>
    reply.page('parts/form-keys.njk'),
  );
  await options.register(server);
  await server.ready();

  // Awaited here: `inject` begins only when it is awaited, which must happen inside a caller's countQueries.
  const get = async (cookie: string | null, url: string) => {
    const cookies = cookie === null ? {} : { [SESSION_COOKIE]: cookie };
    return await server.inject({ method: 'GET', url, cookies });
  };

  return {
    server,
    get,
    async post(cookie, url, form = {}) {
      const page = await get(cookie, FORM_PAGE);
      const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? '';
      const body = new URLSearchParams({ _csrf: field('_csrf'), _key: field('_key') });
      for (const [name, value] of Object.entries(form)) {
        body.delete(name);
        for (const each of typeof value === 'string' ? [value] : value) body.append(name, each);
      }
      const cookies: Record<string, string> = {};
      if (cookie !== null) cookies[SESSION_COOKIE] = cookie;
      for (const given of page.cookies) cookies[given.name] = given.value;
      return await server.inject({
        method: 'POST',
        url,
        cookies,
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
        payload: body.toString(),
      });
    },
    close: () => server.close(),
  };
}
