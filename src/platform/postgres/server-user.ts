import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The account the server runs under. PostgreSQL refuses root, so root hands over to an unprivileged one. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
  /** True when this process is root and starts the server as somebody else. */
  readonly switched: boolean;
}

/**
 * Who runs the server: ourselves, or (when we are root) the account that already owns the cluster, else
 * `postgres`, else `nobody`. The account must be in the system's list: the server looks its name up.
 */
export function serverUser(clusterDirectory: string): ServerUser {
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? 0, name: String(uid), switched: false };
  const accounts = accountList();
  const owner = ownerOf(clusterDirectory);
  const chosen =
    (owner !== undefined && owner !== 0 ? accounts.find((account) => account.uid === owner) : undefined) ??
    accounts.find((account) => account.name === 'postgres') ??
    accounts.find((account) => account.name === 'nobody') ??
    accountByCommand('nobody');
  if (chosen === undefined)
    throw new Error(
      'PostgreSQL does not run as root, and this machine has neither a "postgres" nor a "nobody" account. ' +
        'Start as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  return { ...chosen, switched: true };
}

interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

function accountList(): readonly Account[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .filter((fields) => fields.length > 3 && Number(fields[2]) > 0)
      .map((fields) => ({ name: fields[0] ?? '', uid: Number(fields[2]), gid: Number(fields[3]) }));
  } catch {
    return [];
  }
}

/** For machines that keep their accounts elsewhere than /etc/passwd (macOS gives `nobody` the id -2 there). */
function accountByCommand(name: string): Account | undefined {
  try {
    const id = (flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
    return { name, uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function ownerOf(path: string): number | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.uid;
}

/**
 * The first directory on the way to `path` that the account may not pass through, such as a home folder of
 * mode 0700; undefined when the way is free. Only asked when the account is not ourselves.
 */
export function blockedAt(path: string, user: ServerUser): string | undefined {
  if (!user.switched) return undefined;
  const ancestors: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    ancestors.unshift(at);
    if (at === dirname(at)) break;
  }
  return ancestors.find((directory) => {
    const found = statSync(directory, { throwIfNoEntry: false });
    if (found === undefined || !found.isDirectory()) return false;
    const execute = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
    return (found.mode & execute) === 0;
  });
}
