import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// Several processes of one folder share its server: the web process, an import, a test file. Each leaves a
// file naming itself; whoever leaves last stops the server. A lock file makes starting and stopping single
// file. A process is named by its number and its moment of birth, because numbers are used again.

const LOCK_WAIT_MS = 90_000;
let counter = 0;

/** What tells a running process from a later one with the same number; undefined when it does not run. */
export function processIdentity(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name (field 2) may hold spaces and brackets, so count from its closing bracket: state, then 19 on.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z') return undefined;
      return `${pid} ${fields[19]} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
    }
    return `${pid} ${execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()}`;
  } catch {
    return undefined;
  }
}

function isRunning(identity: string): boolean {
  const pid = Number(identity.split(' ')[0]);
  return pid > 0 && processIdentity(pid) === identity;
}

function ownIdentity(): string {
  return processIdentity(process.pid) ?? `${process.pid} unknown`;
}

/** Leaves this process's mark in the folder; returns the mark's name, to be handed to `leave`. */
export function hold(home: string): string {
  const directory = join(home, 'holders');
  mkdirSync(directory, { recursive: true });
  counter += 1;
  const mark = `${process.pid}-${counter}`;
  writeFileSync(join(directory, mark), ownIdentity());
  return mark;
}

/** Takes this mark away and clears those of dead processes; returns the numbers of the processes that remain. */
export function leave(home: string, mark: string): readonly number[] {
  const directory = join(home, 'holders');
  rmSync(join(directory, mark), { force: true });
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    const identity = readIfPresent(path);
    if (identity !== undefined && isRunning(identity)) return [Number(name.split('-')[0])];
    rmSync(path, { force: true });
    return [];
  });
}

/** Runs `work` while no other process starts or stops this folder's server. Refuses after 90 seconds. */
export async function withLock<T>(home: string, work: () => Promise<T>): Promise<T> {
  const until = performance.now() + LOCK_WAIT_MS;
  while (!tryLock(home)) {
    if (performance.now() > until)
      throw new Error(
        `Process ${readIfPresent(lockFile(home))?.split(' ')[0] ?? '?'} has been starting or stopping the ` +
          `database in ${home} for more than ${LOCK_WAIT_MS / 1000} seconds. End it and start again.`,
      );
    await sleep(20);
  }
  try {
    return await work();
  } finally {
    unlock(home);
  }
}

function lockFile(home: string): string {
  return join(home, 'lock');
}

/** Takes the lock when it is free or its owner is dead. */
export function tryLock(home: string): boolean {
  const file = lockFile(home);
  const mine = join(home, `lock.${process.pid}-${(counter += 1)}`);
  try {
    // Written whole and then linked into place, so that nobody ever reads half an owner.
    writeFileSync(mine, ownIdentity());
    linkSync(mine, file);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(mine, { force: true });
  }
  const owner = readIfPresent(file);
  if (owner !== undefined && !isRunning(owner)) removeStale(home, owner);
  return false;
}

/** Moves a dead owner's lock away; when it turns out to be a living one's, taken meanwhile, puts it back. */
function removeStale(home: string, dead: string): void {
  const aside = join(home, `lock.stale.${process.pid}`);
  try {
    renameSync(lockFile(home), aside);
    if (readIfPresent(aside) !== dead) linkSync(aside, lockFile(home));
  } catch {
    // Somebody else was faster; the next attempt sees what is there.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Gives the lock back. */
export function unlock(home: string): void {
  rmSync(lockFile(home), { force: true });
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
