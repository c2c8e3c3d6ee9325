// Runs one of the project's TypeScript programs on the Node the project pins, installing what is missing first.
// This file, start.mjs and install.mjs are the only ones that must also run on an old Node (18 or later).
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, projectNode, projectRoot } from './install.mjs';

/** Runs a program of the project in the project's folder and ends as it ends; signals reach it. */
export function runProgram(script, args) {
  ensureInstalled();
  const child = spawn(projectNode(), [script, ...args], { cwd: projectRoot, stdio: 'inherit' });
  // Ctrl-C in a terminal goes to the program as well, so it may hear the same signal twice.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm runs us through a shell, and some shells die of a signal to npm without passing it on. Then our parent is
  // gone, and whoever stopped npm meant the program.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 200);
  if (process.env.npm_lifecycle_event === undefined) clearInterval(watch);
  child.on('error', (error) => {
    console.error(`${script} could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [script, ...args] = process.argv.slice(2);
  if (!script) {
    console.error('Usage: node scripts/run.mjs FILE.ts [ARGUMENT …]');
    process.exit(2);
  }
  runProgram(script, args);
}
