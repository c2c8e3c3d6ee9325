// npm test [-- PATH … | --node-option …]: every test, or those under the paths given. One database server
// serves them all; journeys in a browser run one after the other, everything else two files at a time.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { globSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { startTestServer } from '../src/platform/test-database.ts';

const root = join(import.meta.dirname, '..');
const options = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const paths = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));

/** The test files among `src`, `scripts` and `e2e`, relative to the project, that the paths given ask for. */
function testFiles(): readonly string[] {
  const all = globSync('{src,scripts,e2e,bench}/**/*.test.ts', { cwd: root }).toSorted();
  if (paths.length === 0) return all;
  return paths.flatMap((path) => {
    // npm starts us in the project's folder, but says where it was called.
    const place = relative(root, resolve(process.env['INIT_CWD'] ?? root, path));
    const found = all.filter((file) => file === place || file.startsWith(`${place}/`) || place === '');
    if (found.length > 0) return found;
    const exists = statSync(join(root, place), { throwIfNoEntry: false }) !== undefined;
    console.error(exists ? `There are no tests in ${path}.` : `There is no ${path}.`);
    return process.exit(2);
  });
}

/** Runs the files with node --test, whose own report is what is printed; gives its exit code. */
async function run(title: string, files: readonly string[], concurrency: number): Promise<number> {
  if (interrupted) return 1;
  if (files.length === 0) return 0;
  console.log(`\n${title}\n`);
  const child = spawn(
    process.execPath,
    ['--test', `--test-concurrency=${concurrency}`, ...options, ...files],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, THROUGHLINE_TEST_POSTGRES: server.superuserUrl },
    },
  );
  current = child;
  await once(child, 'exit');
  return child.exitCode ?? 1;
}

// A signal ends the test files first, and then, below, the server.
let current: ChildProcess | undefined;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    interrupted = true;
    current?.kill(signal);
  });

const files = testFiles();
const isJourney = (file: string): boolean => file.startsWith('e2e');
const server = await startTestServer(() => undefined);
try {
  const rules = await run(
    'Rules, database and routes',
    files.filter((file) => !isJourney(file)),
    2,
  );
  const journeys = await run('Journeys in a browser', files.filter(isJourney), 1);
  process.exitCode = Math.max(rules, journeys);
} finally {
  await server.stop();
}
