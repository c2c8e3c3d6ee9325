import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

// For tests only: a browser over HTTP, and the presses that sign somebody in.

/** A port nobody listens on: the provider must know its address before it listens. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready));
  const { port } = probe.address() as AddressInfo;
  await new Promise<unknown>((closed) => probe.close(closed));
  return port;
}

/** What a browser ends up with. */
export interface Page {
  readonly status: number;
  readonly url: string;
  readonly text: string;
}

/** A browser without script at one address: keeps cookies by path, follows redirects, sends forms. */
export function testBrowser(base: string) {
  const jar = new Map<string, { value: string; path: string }>();
  async function step(url: URL, form?: URLSearchParams): Promise<Response> {
    const cookies = [...jar].filter(([, cookie]) => url.pathname.startsWith(cookie.path));
    const answer = await fetch(url, {
      redirect: 'manual',
      method: form === undefined ? 'GET' : 'POST',
      headers: {
        cookie: cookies.map(([name, cookie]) => `${name}=${cookie.value}`).join('; '),
        ...(form === undefined ? {} : { 'sec-fetch-site': 'same-origin', origin: base }),
      },
      ...(form === undefined ? {} : { body: form }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const path = attributes.find((part) => /^path=/i.test(part))?.slice(5) ?? '/';
      if (value === '' || attributes.some((part) => /^expires=Thu, 01 Jan 1970/i.test(part)))
        jar.delete(name);
      else jar.set(name, { value, path });
    }
    return answer;
  }
  return {
    jar,
    cookie: () => jar.get('throughline_session')?.value ?? null,
    /** One answer, redirects not followed. */
    step: (path: string, form?: Record<string, string>) =>
      step(new URL(path, base), form === undefined ? undefined : new URLSearchParams(form)),
    async go(path: string, form?: Record<string, string>, stopAt?: string): Promise<Page> {
      let url = new URL(path, base);
      let answer = await step(url, form === undefined ? undefined : new URLSearchParams(form));
      for (let hops = 0; answer.status >= 300 && answer.status < 400; hops += 1) {
        assert.ok(hops < 10, 'no endless redirects');
        url = new URL(answer.headers.get('location') ?? '', url);
        assert.equal(url.origin, base, 'never to another site');
        if (stopAt !== undefined && url.pathname === stopAt) return { status: 303, url: url.href, text: '' };
        answer = await step(url);
      }
      return { status: answer.status, url: url.href, text: await answer.text() };
    },
  };
}
export type TestBrowser = ReturnType<typeof testBrowser>;

/** The value of a hidden field. */
export function field(page: Page, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? '';
}

/** Presses somebody's button on "Choose who to be". */
export async function choose(at: TestBrowser, page: Page, name: string, stopAt?: string): Promise<Page> {
  const subject = new RegExp(`value="([^"]+)"><strong>${name}<`).exec(page.text)?.[1];
  assert.ok(subject !== undefined, `${name} is offered on ${page.url}: ${page.text.slice(0, 200)}`);
  return at.go(new URL(page.url).pathname, { _csrf: field(page, '_csrf'), as: subject }, stopAt);
}

/** Opens a page and signs in as this invented worker on the way. */
export async function signIn(at: TestBrowser, name: string, path: string): Promise<Page> {
  return choose(at, await at.go(path), name);
}
