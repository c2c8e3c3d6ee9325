import { Writable } from 'node:stream';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { fixedClock } from '../clock.ts';
import { createViews } from '../views/environment.ts';
import { loadAssets } from './assets.ts';
import { buildServer } from './build-server.ts';
import type { ServerOptions } from './build-server.ts';
import { createLogger } from './log.ts';

/** A server as it runs, with the clock at 09:12 on Tuesday 24 November 2026 and its log in hand. For tests. */
export async function testServer(
  options: Partial<ServerOptions> & { readonly viewFolders?: readonly string[] } = {},
): Promise<{ app: FastifyInstance; log: string[] }> {
  const log: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(chunk.toString('utf8'));
      done();
    },
  });
  const assets = loadAssets();
  const app = await buildServer({
    clock: fixedClock('2026-11-24T09:12:00Z'),
    assets,
    views: createViews(assets, options.viewFolders ?? []),
    csrfSecret: 'a secret that is only ever used in tests',
    secureCookies: false,
    logger: createLogger({ destination }),
    chrome: () => ({
      serviceName: 'Throughline',
      organisation: 'Greater Manchester liaison and diversion',
      navigation: [{ href: '/board', text: 'Suite board', current: true }],
      account: { text: 'Hannah Osei, Longsight', links: [{ href: '/lock', text: 'Lock' }] },
      search: { action: '/search', label: 'Find a person', placeholder: 'Find a person' },
      demo: true,
    }),
    ...options,
  });
  return { app, log };
}

/** The cookies a response set, as the next request sends them. */
export function cookieHeader(response: LightMyRequestResponse): string {
  return response.cookies.map((cookie) => `${cookie.name}=${cookie.value}`).join('; ');
}

/** The CSRF token in a page. */
export function tokenIn(page: string): string {
  const found = /name="_csrf" value="([^"]+)"/.exec(page)?.[1];
  if (found === undefined) throw new Error('the page has no CSRF token');
  return found;
}
