import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadProviderKeys } from '../src/access/index.ts';

// The whole program as a stranger starts it (`npm start` runs scripts/start.mjs), in a data folder of its own.

const root = join(import.meta.dirname, '..');
const READY_WITHIN_MS = 120_000;

/** A program that was started, with everything it started itself. */
export interface Program {
  readonly base: string;
  /** Milliseconds until /health/ready answered 200. */
  readonly readyAfter: number;
  /** Every process of the tree now, the database server's among them. */
  processes(): readonly number[];
  /** Ends it as Ctrl-C would, and waits. */
  stop(): Promise<void>;
  /** kill -9 for every process of the tree; answers how many there were. */
  kill(): Promise<number>;
}

export interface ProgramOptions {
  readonly dataDir: string;
  readonly port: number;
  /** When given, this many milliseconds after the start everything is killed, ready or not. */
  readonly killAfter?: number;
}

/** Starts the program and waits until it is ready. Null when it was killed on the way, as asked. */
export async function startProgram(options: ProgramOptions): Promise<Program | null> {
  const base = `http://127.0.0.1:${String(options.port)}`;
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(options.port),
      HOST: '127.0.0.1',
      DATA_DIR: options.dataDir,
      BASE_URL: base,
      DEMONSTRATION: 'true',
      NODE_ENV: 'development',
      RUN: 'both',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (part: Buffer) => {
    said = `${said}${part.toString()}`.slice(-4000);
  });
  const processes = (): readonly number[] => treeOf(child.pid ?? 0, options.dataDir);
  const program = (): Program => ({
    base,
    readyAfter: performance.now() - started,
    processes,
    stop: () => stop(child, processes),
    kill: () => killAll(child, processes),
  });
  while (performance.now() - started < READY_WITHIN_MS) {
    if (options.killAfter !== undefined && performance.now() - started >= options.killAfter) {
      await killAll(child, processes);
      return null;
    }
    if (child.exitCode !== null) throw new Error(`The program ended while starting:\n${said}`);
    if (await isReady(base)) return program();
    await sleep(20);
  }
  await killAll(child, processes);
  throw new Error(`The program was not ready within ${String(READY_WITHIN_MS / 1000)} seconds:\n${said}`);
}

async function isReady(base: string): Promise<boolean> {
  try {
    const answer = await fetch(`${base}/health/ready`, { signal: AbortSignal.timeout(3_000) });
    await answer.body?.cancel();
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** A process and all that descend from it, and the folder's database server with its own, whoever adopted it. */
function treeOf(pid: number, dataDir: string): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state !== 'Z') parents.set(Number(name), Number(parent));
    } catch {
      // It has ended meanwhile.
    }
  }
  const found = new Set<number>([pid, ...postmaster(dataDir)].filter((one) => parents.has(one)));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const [one, parent] of parents) if (found.has(parent)) found.add(one);
  }
  return [...found];
}

/** The server's number stands in its own file; a wrong or half written one names nobody. */
function postmaster(dataDir: string): readonly number[] {
  for (const folder of readdirSync(dataDir, { recursive: true, withFileTypes: true })) {
    if (folder.name !== 'postmaster.pid') continue;
    try {
      const pid = Number(readFileSync(join(folder.parentPath, folder.name), 'utf8').split('\n')[0]);
      const command = readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8');
      if (command.includes(dataDir)) return [pid];
    } catch {
      // Not running.
    }
  }
  return [];
}

async function killAll(child: ChildProcess, processes: () => readonly number[]): Promise<number> {
  let killed = 0;
  // Twice: what was started between looking and killing is found the second time.
  for (let again = 0; again < 2; again += 1) {
    for (const pid of processes()) {
      try {
        process.kill(pid, 'SIGKILL');
        killed += 1;
      } catch {
        // It has ended already.
      }
    }
    await sleep(20);
  }
  child.stderr?.destroy();
  return killed;
}

async function stop(child: ChildProcess, processes: () => readonly number[]): Promise<void> {
  child.kill('SIGTERM');
  const until = performance.now() + 30_000;
  while (performance.now() < until && processes().length > 0) await sleep(50);
  if (processes().length > 0) await killAll(child, processes);
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const probe = createServer();
  probe.once('error', reject);
  probe.listen({ port: 0, host: '127.0.0.1' }, () => {
    const address = probe.address();
    probe.close(() => {
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('No port was given'));
    });
  });
  return promise;
}

/** The custody feed's token, by client credentials from the embedded provider. */
export async function feedToken(base: string, dataDir: string): Promise<string> {
  const { feedSecret } = loadProviderKeys(dataDir);
  const answer = await fetch(`${base}/identity/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`custody-feed:${feedSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'custody-events' }),
  });
  if (answer.status !== 200) throw new Error(`The feed got no token: ${String(answer.status)}`);
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return token;
}
