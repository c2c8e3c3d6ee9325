import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import test from 'node:test';

// The rows of the house, lowest first (architecture.md, "The house"; docs/adr/0005 for reports).
// A module imports only from rows above it in this list, and only another module's index.ts.
const rows: readonly (readonly string[])[] = [
  ['platform'],
  ['audit', 'access'],
  ['people'],
  ['matching', 'consent'],
  ['sharing'],
  ['custody', 'healthcare', 'screening', 'assessment', 'directory', 'partners'],
  ['reports'],
  ['courts', 'referrals', 'navigation'],
  ['insight', 'fhir', 'about'],
  // Fills an empty demonstration through the modules' own use cases (docs/adr/0012).
  ['demonstration'],
];
const rowOf = new Map(rows.flatMap((modules, row) => modules.map((module) => [module, row] as const)));
const src = import.meta.dirname;

function sourceFiles(): string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(src, file));
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'(\.{1,2}\/[^']+)'/g)].map((match) => match[1] ?? '');
}

/** Tests of one module stand on the ready-made area and server of another: src/access/test-area.ts and its like. */
function isTestFixture(importer: string, imported: string | undefined): boolean {
  const forTests = importer.endsWith('.test.ts') || /\/test-[^/]+\.ts$/.test(importer);
  return forTests && imported?.startsWith('test-') === true;
}

test('every module imports only from lower rows, and only through index.ts', () => {
  const faults: string[] = [];
  for (const file of sourceFiles()) {
    const here = relative(src, file).split('/');
    const from = here.length > 1 ? here[0] : undefined;
    if (from === undefined) continue; // app.ts and the programs beside it join the modules
    const fromRow = rowOf.get(from);
    if (fromRow === undefined) {
      faults.push(`${relative(src, file)}: ${from} is not a module of the house`);
      continue;
    }
    for (const path of importsOf(file)) {
      const target = relative(src, resolve(dirname(file), path)).split('/');
      const to = target.length > 1 ? target[0] : undefined;
      if (to === undefined) {
        if (!target[0]?.startsWith('..'))
          faults.push(`${relative(src, file)} imports ${target.join('/')}, which joins the modules`);
        continue;
      }
      if (to === from || to === '..') continue;
      const toRow = rowOf.get(to);
      if (toRow === undefined || toRow >= fromRow)
        faults.push(`${relative(src, file)} imports ${to}, which is not on a lower row`);
      else if (to !== 'platform' && target[1] !== 'index.ts' && !isTestFixture(file, target[1]))
        faults.push(`${relative(src, file)} imports ${target.join('/')} instead of ${to}/index.ts`);
    }
  }
  assert.deepEqual(faults, []);
});

test('no module hides its rules in a shared, common or utils folder', () => {
  const folders = readdirSync(src, { recursive: true, encoding: 'utf8' });
  assert.deepEqual(
    folders.filter((file) => /(^|\/)(shared|common|utils|helpers)(\/|\.ts$)/.test(file)),
    [],
  );
});
