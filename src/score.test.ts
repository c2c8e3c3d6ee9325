import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import test from 'node:test';
import { scoreCommand } from './score.ts';

/** Runs the command on a file whose text is given. */
function run(args: readonly string[], text = ''): { code: number; out: readonly string[]; err: string } {
  const out: string[] = [];
  const err: string[] = [];
  const code = scoreCommand(args, {
    read: (file) => {
      if (file === 'missing.json') throw new Error('no such file');
      return text;
    },
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out, err: err.join('\n') };
}

test('a plain object of answers is scored on one line', () => {
  const { code, out } = run(
    ['PHQ9', 'a.json'],
    '{"1":3,"q2":"Several days","3":2,"4":"2","5":0,"6":1,"7":0,"8":0,"item9":0}',
  );
  assert.equal(code, 0);
  assert.equal(out.length, 1);
  const result = JSON.parse(out[0] ?? '');
  assert.equal(result.score, 9);
  assert.equal(result.bands[0].label, 'Mild');
  assert.equal(result.completeness.complete, true);
});

test('an array gives one line each; a bad element says why and the rest goes on', () => {
  const response = {
    resourceType: 'QuestionnaireResponse',
    item: [{ linkId: '1', answer: [{ valueInteger: 1 }] }],
  };
  const { code, out } = run(
    ['gad-2', 'a.json'],
    JSON.stringify([{ 1: 3, 2: 3 }, { 1: 9 }, response, { 1: 'declined', 2: null }, 'text']),
  );
  assert.equal(code, 1);
  const lines = out.map((line) => JSON.parse(line));
  assert.deepEqual(
    lines.map((line) => line.score ?? line.error?.code ?? null),
    [6, 'answer-not-allowed', null, null, 'not-answers'],
  );
  assert.equal(lines[1].error.item, '1');
  assert.deepEqual(lines[3].completeness.declined, ['1']);
  assert.deepEqual(
    lines.map((line) => line.index),
    [0, 1, 2, 3, 4],
  );
});

test('a file that cannot be read ends with 1, wrong usage with 2', () => {
  assert.equal(run(['phq-9', 'missing.json']).code, 1);
  assert.equal(run(['phq-9', 'a.json'], '{"1":').code, 1);
  assert.equal(run(['phq-9', 'a.json'], '{"1":7}').code, 1);
  for (const args of [
    [],
    ['phq-9'],
    ['no-such-tool', 'a.json'],
    ['phq-9', 'a.json', 'b.json'],
    ['--nonsense'],
    ['--list', 'phq-9'],
    ['phq-9', 'a.json', '--age', 'old'],
    ['phq-9', 'a.json', '--pack', 'none-such'],
  ])
    assert.equal(run(args, '{}').code, 2, args.join(' '));
});

test('--list names every instrument with version and licence; --describe gives items and allowed answers', () => {
  const list = run(['--list']);
  assert.equal(list.code, 0);
  const lines = list.out.map((line) => JSON.parse(line));
  for (const line of lines) assert.ok(line.name && line.version && line.licence.verdict && line.licence.text);
  assert.ok(lines.some((line) => line.name === 'cows' && line.licence.verdict === 'ship'));
  const described = run(['k10', '--describe']);
  assert.equal(described.code, 0);
  const { items } = JSON.parse(described.out.join('\n'));
  assert.equal(items.length, 10);
  assert.deepEqual(
    items[0].allowed.map((option: { points: number }) => option.points),
    [1, 2, 3, 4, 5],
  );
});

test('the described answers of every item are accepted by code, by label and, where stated, by number', () => {
  const entries = run(['--list']).out.map((line) => JSON.parse(line));
  for (const { name, pack } of entries) {
    const switches = pack === undefined ? [] : ['--pack', pack];
    const { items } = JSON.parse(run([name, '--describe', ...switches]).out.join('\n'));
    const tried: { item: string; given: unknown; label: string }[] = [];
    for (const { item, allowed, numbersAccepted } of items)
      for (const { code, label, points } of allowed) {
        const byNumber = points === null || !numbersAccepted ? [] : [points];
        for (const given of [code, label, ...byNumber]) tried.push({ item, given, label });
      }
    assert.ok(tried.length > 0, name);
    const file = JSON.stringify(tried.map(({ item, given }) => ({ [item]: given })));
    const { code, out } = run([name, 'a.json', ...switches], file);
    assert.equal(code, 0, name);
    for (const [index, { item, given, label }] of tried.entries()) {
      const { contributions } = JSON.parse(out[index] ?? '');
      const scored = contributions.find((one: { item: string }) => one.item === item);
      assert.equal(scored.answer, label, `${name} ${item} ${String(given)}`);
    }
  }
});

test('an instrument in a pack is refused until the pack is switched on for the run', () => {
  const answers = JSON.stringify({ 1: 0, 9: 0, 10: 0 });
  const off = run(['AUDIT', 'a.json'], answers);
  assert.equal(off.code, 2);
  assert.match(off.err, /pack “non-commercial”, which is switched off/);
  const on = run(['AUDIT', 'a.json', '--pack', 'non-commercial'], answers);
  assert.equal(on.code, 0);
  assert.equal(JSON.parse(on.out[0] ?? '').score, 0);
});

test('the program reads standard input and prints nothing but JSON', () => {
  const program = join(import.meta.dirname, 'score.ts');
  const done = spawnSync(process.execPath, [program, 'phq-2', '-'], {
    input: '{"1":1,"2":1}',
    encoding: 'utf8',
  });
  assert.equal(done.status, 0, done.stderr);
  assert.equal(JSON.parse(done.stdout).score, 2);
  assert.equal(done.stderr, '');
});
