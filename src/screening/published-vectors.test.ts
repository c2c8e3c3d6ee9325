import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { loadInstrumentLibrary } from './instrument-library.ts';
import { readPlainAnswers } from './read-answers.ts';
import { scoreAnswers } from './score-answers.ts';

const sharedData =
  process.env['THROUGHLINE_SHARED_DATA'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const folder = join(sharedData, 'news2-clinical-scores', 'gdl2');
const library = loadInstrumentLibrary();

/** Cases of a GDL test file: the ordinals put in, in order, and the total expected out. */
function cases(file: string): readonly { id: string; points: readonly number[]; total: number }[] {
  return readFileSync(join(folder, file), 'utf8')
    .split(/^\s*- id: /m)
    .slice(1)
    .map((text) => {
      const [given = '', expected = ''] = text.split('expected_output:');
      return {
        id: text.split('\n')[0] ?? '',
        points: [...given.matchAll(/: (\d+)\|local/g)].map((match) => Number(match[1])),
        total: Number(/[Tt]otal score: (\d+)/.exec(expected)?.[1]),
      };
    });
}

// Arithmetic only: the library's bands differ from UK practice for AUDIT-C and CIWA-Ar.
for (const [name, file, items] of [
  ['phq-9', 'PHQ9.v1.test.yml', 9],
  ['gad-7', 'GAD-7.v1.test.yml', 7],
  ['audit-c', 'AUDIT-C.v1.test.yml', 3],
  ['ciwa-ar', 'CIWA-Ar.v1.test.yml', 10],
] as const)
  test(`${name} adds up as the published clinical model does`, (t) => {
    if (!existsSync(join(folder, file))) return t.skip('needs ../shared/data');
    const found = library.find(name);
    assert.ok(found.ok);
    const usable = cases(file).filter((one) => one.points.length === items && Number.isInteger(one.total));
    assert.ok(usable.length >= 3, `${usable.length} usable cases`);
    for (const { id, points, total } of usable) {
      const answers = readPlainAnswers(
        found.value,
        Object.fromEntries(points.map((point, index) => [String(index + 1), point])),
      );
      assert.ok(answers.ok, id);
      const result = scoreAnswers(found.value, answers.value);
      assert.ok(result.ok);
      assert.equal(result.value.score, total, id);
    }
  });
