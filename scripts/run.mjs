// Runs one of the project's TypeScript programs on the Node the project pins, installing what is missing first.
// This file and install.mjs are the only ones that must also run on an old Node (18 or later).
import { spawn } from 'node:child_process';
import { ensureInstalled, projectNode, projectRoot } from './install.mjs';

const [script, ...args] = process.argv.slice(2);
if (!script) {
  console.error('Usage: node scripts/run.mjs FILE.ts [ARGUMENT …]');
  process.exit(2);
}
ensureInstalled();
const child = spawn(projectNode(), [script, ...args], { cwd: projectRoot, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
