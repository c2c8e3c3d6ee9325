// npm run check: everything CI asks besides the tests, two at a time. Exits with 1 when any check fails.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** What to do about a failure, when the output does not say. */
  readonly hint?: string;
}

/** A program of an installed package. Run by this Node, because the machine's own may be too old for it. */
const tool = (path: string, ...args: string[]): readonly [string, ...string[]] => [
  process.execPath,
  join('node_modules', path),
  ...args,
];

// Files, exports and packages are used through the program that joins the modules: without it, nothing is.
const unjudged = existsSync(join(root, 'src', 'main.ts')) ? [] : ['--exclude', 'files,exports,dependencies'];

// The slowest first, so that the quick ones fill the second place beside it.
const checks: readonly Check[] = [
  { name: 'lint', command: tool('oxlint/bin/oxlint', '--type-aware') },
  { name: 'generated types', command: [process.execPath, 'scripts/db-types.ts', '--check'] },
  {
    name: 'format',
    command: tool(
      'prettier/bin/prettier.cjs',
      '--check',
      '--cache',
      '--cache-location=var/prettier-cache',
      '.',
    ),
    hint: 'npm run format',
  },
  { name: 'unused code', command: tool('knip/bin/knip.js', '--no-config-hints', ...unjudged) },
  { name: 'types', command: tool('typescript/bin/tsc') },
  { name: 'architecture', command: [process.execPath, '--test', 'src/architecture.test.ts'] },
];

/** Runs one check; its output is kept, and shown only when it fails. */
async function passes({ name, command, hint }: Check): Promise<boolean> {
  const start = performance.now();
  const [program, ...args] = command;
  const { promise, resolve } = Promise.withResolvers<number>();
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.on('error', (error) => (output += error.message));
  child.on('close', (code) => resolve(code ?? 1));
  const code = await promise;
  running.delete(child);
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(5);
  console.log(`${code === 0 ? '✔' : '✖'} ${name.padEnd(16)} ${seconds} s`);
  if (code !== 0) {
    console.log(output.trimEnd().replaceAll(/^/gm, '    '));
    if (hint !== undefined) console.log(`    Put it right with: ${hint}`);
  }
  return code === 0;
}

const running = new Set<ReturnType<typeof spawn>>();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    for (const child of running) child.kill(signal);
    process.exitCode = 1;
    waiting.length = 0;
  });

const waiting = [...checks];
let failed = false;
await Promise.all(
  [1, 2].map(async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift())
      if (!(await passes(check))) failed = true;
  }),
);
if (failed) process.exitCode = 1;
