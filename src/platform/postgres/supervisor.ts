import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { serverBinaries } from './binaries.ts';
import {
  SUPERUSER,
  clusterDirectory,
  ensureCluster,
  launch,
  logFile,
  serverRecord,
  superuserSecret,
} from './cluster.ts';
import type { ServerRecord } from './cluster.ts';
import { hold, leave, processIdentity, tryLock, unlock, withLock } from './holders.ts';
import { blockedAt, serverUser } from './server-user.ts';

/** What to start. */
export interface StartOptions {
  /** Where the data lives; made when missing. */
  readonly dataDir: string;
  readonly log: (line: string) => void;
  /** The port on 127.0.0.1; without it, a free one is chosen and remembered. */
  readonly port?: number;
  /** False only for tests: the server then does not wait for the disk. */
  readonly durable?: boolean;
}

/** A server that answers. */
export interface RunningPostgres {
  /** For setting up databases and roles only. */
  readonly superuserUrl: string;
  /** True when the server was already running: left by a killed process, or shared with a living one. */
  readonly adopted: boolean;
  /** Stops the server, unless another living process of this folder still uses it. */
  readonly stop: () => Promise<void>;
}

/** Recovery after a power cut replays the log before the first connection. */
const READY_WITHIN_MS = 60_000;
/** Beyond the highest process number of any system. */
const NO_PROCESS = 2 ** 31 - 2;
const STOP_WITHIN_MS = 30_000;

/**
 * Starts this folder's PostgreSQL, or adopts the one that already runs on it. Refuses, with what to do, when
 * the folder belongs to another account, or the server cannot start.
 */
export async function startPostgres(options: StartOptions): Promise<RunningPostgres> {
  const home = prepareHome(options);
  const mark = hold(home);
  try {
    return await withLock(home, () => startHere(home, mark, options));
  } catch (error) {
    leave(home, mark);
    throw error;
  }
}

async function startHere(home: string, mark: string, options: StartOptions): Promise<RunningPostgres> {
  const secret = superuserSecret(home);
  const url = (port: number): string => `postgres://${SUPERUSER}:${secret}@127.0.0.1:${port}/postgres`;
  const running = ownServer(home);
  if (
    running !== undefined &&
    (await becomesReady(url(running.port), home, () => !isOurs(home, running.pid)))
  ) {
    options.log(`PostgreSQL was already running here (process ${running.pid}); using it.`);
    return handle(home, mark, url(running.port), true);
  }
  const user = serverUser(clusterDirectory(home));
  const binaries = serverBinaries(home, user, options.log);
  if (!existsSync(clusterDirectory(home))) options.log(`Preparing a new database in ${home}.`);
  ensureCluster(home, binaries, user, secret);
  clearReusedRecord(home);
  // Three attempts: the port may be taken in between, or the children of a killed server may still be leaving.
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const port = options.port ?? (await choosePort(home));
    const launched = launch(home, binaries, user, port, options.durable ?? true);
    if (await becomesReady(url(port), home, () => launched.ended())) {
      writeFileSync(join(home, 'port'), String(port));
      options.log(`PostgreSQL is ready on 127.0.0.1:${port}, data in ${home}.`);
      return handle(home, mark, url(port), false);
    }
    await sleep(attempt * 500);
  }
  throw new Error(`PostgreSQL did not start. The end of ${logFile(home)}:\n${endOfLog(home)}`);
}

/**
 * The folder that holds data, secret and log. When root starts us in a place that no other account may pass
 * through (a 0700 home), the data goes to /var/lib/throughline, and a note in its place says so.
 */
function prepareHome({ dataDir, log }: StartOptions): string {
  const wanted = resolve(dataDir);
  mkdirSync(wanted, { recursive: true });
  const home = realpathSync(wanted);
  const owner = statSync(home).uid;
  const uid = process.getuid?.();
  if (uid !== undefined && uid !== 0 && owner !== uid)
    throw new Error(
      `The folder ${home} belongs to another account (${owner}). Start as that account, or move the folder away.`,
    );
  const user = serverUser(clusterDirectory(home));
  if (!user.switched) return home;
  chmodSync(home, 0o711);
  const blocked = blockedAt(home, user);
  if (blocked === undefined) return home;
  const elsewhere = join(
    '/var/lib/throughline',
    createHash('sha256').update(home).digest('hex').slice(0, 12),
  );
  mkdirSync(elsewhere, { recursive: true, mode: 0o711 });
  chmodSync('/var/lib/throughline', 0o711);
  chmodSync(elsewhere, 0o711);
  writeFileSync(join(home, 'moved-to.txt'), `${elsewhere}\n`);
  log(
    `PostgreSQL does not run as root, and ${user.name} cannot pass through ${blocked}: data is in ${elsewhere}.`,
  );
  return elsewhere;
}

/** The server this folder's postmaster.pid names, when that process really is this folder's server. */
function ownServer(home: string): ServerRecord | undefined {
  const record = serverRecord(home);
  return record !== undefined && isOurs(home, record.pid) ? record : undefined;
}

function isOurs(home: string, pid: number): boolean {
  return commandOf(pid)?.includes(`-D ${clusterDirectory(home)} `) ?? false;
}

/** The command line of a running process; undefined when it does not run, or may not be read. */
function commandOf(pid: number): string | undefined {
  if (processIdentity(pid) === undefined) return undefined;
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return undefined;
  }
}

/**
 * The number in postmaster.pid may belong to another program by now (the machine or container was restarted),
 * or to a dead server nobody has collected (a container without init); the server would refuse to start over
 * either. Only the number is replaced, by one no process has: the rest of the file is the server's own guard
 * against left-over children on the same data.
 */
function clearReusedRecord(home: string): void {
  const record = serverRecord(home);
  if (record === undefined || commandOf(record.pid)?.includes('postgres') === true) return;
  const file = join(clusterDirectory(home), 'postmaster.pid');
  const [, ...rest] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, [NO_PROCESS, ...rest].join('\n'));
}

/** Connects until the server answers; false when it ended first. Throws when it answers but is not ours. */
async function becomesReady(url: string, home: string, ended: () => boolean): Promise<boolean> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    if (ended()) return false;
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ data_directory: string }>('show data_directory');
      if (rows[0]?.data_directory === clusterDirectory(home)) return true;
      throw new Error(
        `Another PostgreSQL answers on the port of ${home}: ${rows[0]?.data_directory ?? '?'}.`,
      );
    } catch (error) {
      if (!isNotReadyYet(error)) throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
    await sleep(15);
  }
  throw new Error(`PostgreSQL did not answer in ${READY_WITHIN_MS / 1000} seconds:\n${endOfLog(home)}`);
}

/** Refused, reset, starting up (57P03), shutting down (57P01): worth another try. A wrong secret is not. */
function isNotReadyYet(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P03'].includes(code) ||
    /terminated unexpectedly|timeout expired/.test(error.message)
  );
}

async function choosePort(home: string): Promise<number> {
  const file = join(home, 'port');
  const remembered = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return (remembered > 0 ? await freePort(remembered) : undefined) ?? (await freePort(0)) ?? 0;
}

/** The port when nothing listens on it (0 asks the system for one). */
async function freePort(port: number): Promise<number | undefined> {
  const { promise, resolve: settle } = Promise.withResolvers<number | undefined>();
  const probe = createServer();
  probe.once('error', () => settle(undefined));
  probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
    const address = probe.address();
    probe.close(() => settle(typeof address === 'object' && address !== null ? address.port : undefined));
  });
  return await promise;
}

function handle(home: string, mark: string, superuserUrl: string, adopted: boolean): RunningPostgres {
  // A process that ends without calling stop (an uncaught fault, process.exit) still takes its server along.
  const pid = serverRecord(home)?.pid ?? 0;
  const onExit = (): void => stopAtExit(home, mark, pid);
  process.on('exit', onExit);
  let stopping: Promise<void> | undefined;
  return {
    superuserUrl,
    adopted,
    stop: () => {
      process.off('exit', onExit);
      // Somebody may have deleted the whole folder under a running server: end that server all the same.
      stopping ??= existsSync(home)
        ? withLock(home, async () => {
            const server = leave(home, mark).length > 0 ? undefined : ownServer(home);
            if (server !== undefined) await shutDown(server.pid);
          })
        : shutDown(pid);
      return stopping;
    },
  };
}

/** SIGINT is PostgreSQL's fast shutdown: running statements end, committed work is kept. */
async function shutDown(pid: number): Promise<void> {
  if (processIdentity(pid) === undefined) return;
  process.kill(pid, 'SIGINT');
  if (await ends(pid, STOP_WITHIN_MS)) return;
  process.kill(pid, 'SIGQUIT');
  await ends(pid, STOP_WITHIN_MS);
}

async function ends(pid: number, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    if (processIdentity(pid) === undefined) return true;
    await sleep(10);
  }
  return false;
}

/** In an exit handler nothing may wait for events: the same as stop, with short pauses that block. */
function stopAtExit(home: string, mark: string, pid: number): void {
  const folderGone = !existsSync(home);
  if (!folderGone && (leave(home, mark).length > 0 || !tryLock(home))) return;
  try {
    if (!folderGone && ownServer(home) === undefined) return;
    process.kill(pid, 'SIGINT');
    const pause = new Int32Array(new SharedArrayBuffer(4));
    for (let waited = 0; waited < 5_000 && processIdentity(pid) !== undefined; waited += 10)
      Atomics.wait(pause, 0, 0, 10);
  } catch {
    // It has ended already.
  } finally {
    if (!folderGone) unlock(home);
  }
}

function endOfLog(home: string): string {
  try {
    return readFileSync(logFile(home), 'utf8').split('\n').slice(-15).join('\n');
  } catch {
    return '(no log was written)';
  }
}
