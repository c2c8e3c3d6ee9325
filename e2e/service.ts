import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { freePort } from '../src/access/test-browser.ts';

// The real program for a journey: src/main.ts as a process of its own, on a free port, with a data folder, a database
// server and a demonstration area of its own. Nothing of ours is imported into the test but the address.

const root = join(import.meta.dirname, '..');
const READY_WITHIN_MS = 90_000;
const run = promisify(execFile);

/** One running installation. */
export interface Service {
  readonly address: string;
  /** Tells the custody port what happened, as the police feed does, and gives its answer. */
  tell(events: readonly CustodyEvent[]): Promise<FeedAnswer>;
  /** Takes a file in by `npm run ingest`, beside the running service, and gives the line it prints. */
  takeIn(fileName: string, content: string): Promise<Readonly<Record<string, unknown>>>;
  stop(): Promise<void>;
}

export type CustodyEvent = Readonly<Record<string, unknown>>;

export interface FeedAnswer {
  readonly accepted: number;
  readonly repeated: number;
  readonly quarantined: number;
  readonly events: readonly { readonly outcome: string; readonly issues: readonly unknown[] }[];
}

/** Starts the program and waits until it says that it is ready. Call `stop` in the test's `after`. */
export async function startService(): Promise<Service> {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-journey-'));
  const port = await freePort();
  const address = `http://127.0.0.1:${String(port)}`;
  const environment = {
    ...process.env,
    NODE_ENV: 'test',
    DATA_DIR: dataDir,
    PORT: String(port),
    BASE_URL: address,
    DATABASE_URL: '',
  };
  const child = spawn(process.execPath, [join(root, 'src/main.ts')], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  const said: string[] = [];
  const lines = createInterface({ input: child.stderr });
  const ready = new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line);
      if (line.startsWith('Throughline is ready')) resolve();
    });
    void ended.then(() => reject(new Error(`the program ended before it was ready:\n${said.join('\n')}`)));
    setTimeout(
      () => reject(new Error(`not ready after 90 seconds:\n${said.join('\n')}`)),
      READY_WITHIN_MS,
    ).unref();
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
    await rm(dataDir, { recursive: true, force: true });
  };
  await ready.catch(async (fault: unknown) => {
    await stop();
    throw fault;
  });
  let token: string | undefined;
  return {
    address,
    tell: async (events) => {
      token ??= await feedToken(address, dataDir);
      const answer = await fetch(`${address}/api/custody-events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ events }),
      });
      assert.equal(answer.status, 200, 'the custody port takes the events');
      return (await answer.json()) as FeedAnswer;
    },
    takeIn: async (fileName, content) => {
      const file = join(dataDir, fileName);
      await writeFile(file, content);
      const { stdout } = await run(process.execPath, [join(root, 'src/ingest.ts'), file], {
        cwd: root,
        env: environment,
      });
      return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    },
    stop,
  };
}

/** A token of the custody feed, by client credentials from the provider that the program brings. */
async function feedToken(address: string, dataDir: string): Promise<string> {
  const keys = JSON.parse(readFileSync(join(dataDir, 'identity.json'), 'utf8')) as { feedSecret: string };
  const answer = await fetch(`${address}/identity/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`custody-feed:${keys.feedSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'custody-events' }),
  });
  assert.equal(answer.status, 200, 'the provider gives the feed a token');
  return ((await answer.json()) as { access_token: string }).access_token;
}
