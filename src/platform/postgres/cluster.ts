import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, openSync, closeSync } from 'node:fs';
import { readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import type { ServerUser } from './server-user.ts';

/** The role that owns the cluster. The application never signs in as it. */
export const SUPERUSER = 'postgres';
const MAJOR_VERSION = '18';
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/** The cluster's own folder inside the data directory. */
export function clusterDirectory(home: string): string {
  return join(home, 'cluster');
}

/** The server's log. */
export function logFile(home: string): string {
  return join(home, 'postgres.log');
}

/** The superuser's random secret, made on first use and kept beside the data, readable by its owner only. */
export function superuserSecret(home: string): string {
  const file = join(home, 'superuser.secret');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  if (existsSync(clusterDirectory(home)))
    throw new Error(
      `The data in ${clusterDirectory(home)} is there, but its secret ${file} is missing. Put it back, or move the data away.`,
    );
  const secret = randomBytes(24).toString('base64url');
  writeFileSync(file, secret, { mode: 0o600 });
  return secret;
}

/**
 * Makes the cluster when there is none: checksums, the built-in C.UTF-8 order (so that other binaries can
 * take the data over without rebuilding text indexes), SCRAM for every connection. It is made aside and
 * moved into place, so that a start killed half way leaves nothing that looks finished.
 */
export function ensureCluster(home: string, binaries: Binaries, user: ServerUser, secret: string): void {
  const cluster = clusterDirectory(home);
  if (existsSync(cluster)) {
    const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
    if (version !== MAJOR_VERSION)
      throw new Error(
        `The data in ${cluster} was written by PostgreSQL ${version}; this program runs ${MAJOR_VERSION}. It was not touched.`,
      );
    return;
  }
  const unfinished = join(home, 'cluster.unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const secretDirectory = mkdtempSync(join(tmpdir(), 'throughline-'));
  const secretFile = join(secretDirectory, 'secret');
  try {
    writeFileSync(secretFile, secret, { mode: 0o600 });
    if (user.switched)
      for (const path of [unfinished, secretDirectory, secretFile]) chownSync(path, user.uid, user.gid);
    const made = spawnSync(
      binaries.initdb,
      [
        `--pgdata=${unfinished}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${secretFile}`,
        '--auth=scram-sha-256',
        '--data-checksums',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { encoding: 'utf8', cwd: '/', env: serverEnvironment(), ...asUser(user) },
    );
    if (made.error) throw made.error;
    if (made.status !== 0)
      throw new Error(`PostgreSQL could not prepare ${cluster}:\n${made.stderr || made.stdout}`);
  } finally {
    rmSync(secretDirectory, { recursive: true, force: true });
  }
  renameSync(unfinished, cluster);
}

/** What `postmaster.pid` says about a running server. */
export interface ServerRecord {
  readonly pid: number;
  readonly port: number;
}

/** Reads `postmaster.pid`; undefined when there is none, or it is only half written. */
export function serverRecord(home: string): ServerRecord | undefined {
  try {
    const lines = readFileSync(join(clusterDirectory(home), 'postmaster.pid'), 'utf8').split('\n');
    const record = { pid: Number(lines[0]), port: Number(lines[3]) };
    return record.pid > 0 && record.port > 0 ? record : undefined;
  } catch {
    return undefined;
  }
}

/** How a start of the server went so far. */
export interface Launched {
  readonly pid: number;
  /** True once the process has ended. */
  ended(): boolean;
}

/**
 * Starts the server on 127.0.0.1 only. It gets a session of its own, so that Ctrl-C reaches the application
 * first, and its log is a file, so that it outlives us without writing into a broken pipe.
 */
export function launch(
  home: string,
  binaries: Binaries,
  user: ServerUser,
  port: number,
  durable: boolean,
): Launched {
  const log = logFile(home);
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) truncateSync(log);
  const output = openSync(log, 'a', 0o600);
  chmodSync(log, 0o600);
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    password_encryption: 'scram-sha-256',
    logging_collector: 'off',
    log_line_prefix: '%m [%p] ',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    // Parameters can hold personal data: the server's log never shows them.
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
  const child = spawn(
    binaries.postgres,
    [
      '-D',
      clusterDirectory(home),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    {
      cwd: '/',
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', output, output],
      ...asUser(user),
    },
  );
  closeSync(output);
  let ended = false;
  child.on('exit', () => (ended = true));
  child.on('error', () => (ended = true));
  child.unref();
  return { pid: child.pid ?? 0, ended: () => ended };
}

function asUser(user: ServerUser): { uid?: number; gid?: number } {
  return user.switched ? { uid: user.uid, gid: user.gid } : {};
}

/** Nothing of ours (PGHOST, PGDATA, LC_ALL) may steer the server. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}
