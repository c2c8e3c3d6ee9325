import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { loadInstrumentLibrary } from './instrument-library.ts';
import type { Instrument } from './instrument.ts';
import { readPlainAnswers } from './read-answers.ts';
import { scoreAnswers } from './score-answers.ts';
import type { ScoreResult, ScoringContext } from './score-result.ts';

const sharedData =
  process.env['THROUGHLINE_SHARED_DATA'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'data');

function news2(): Instrument {
  const found = loadInstrumentLibrary().find('NEWS2');
  assert.ok(found.ok);
  return found.value;
}
const instrument = news2();

/** Someone well, breathing air: a score of 0. */
const well = {
  'respiratory-rate': 16,
  spo2: 97,
  'air-or-oxygen': 'air',
  systolic: 125,
  pulse: 72,
  consciousness: 'alert',
  temperature: 36.8,
};

function score(change: object, context: ScoringContext = {}): ScoreResult {
  const read = readPlainAnswers(instrument, { ...well, ...change });
  assert.ok(read.ok, read.ok ? '' : read.refusal.message);
  const result = scoreAnswers(instrument, read.value, context);
  assert.ok(result.ok);
  return result.value;
}

function pointsOf(item: string, change: object): number | null | undefined {
  return score(change).contributions.find((one) => one.item === item)?.points;
}

/** Both sides of every edge of RCP chart 1: measurement, points. */
const chart: readonly [string, readonly [number, number][]][] = [
  [
    'respiratory-rate',
    [
      [8, 3],
      [9, 1],
      [11, 1],
      [12, 0],
      [20, 0],
      [21, 2],
      [24, 2],
      [25, 3],
    ],
  ],
  [
    'spo2',
    [
      [91, 3],
      [92, 2],
      [93, 2],
      [94, 1],
      [95, 1],
      [96, 0],
      [100, 0],
    ],
  ],
  [
    'systolic',
    [
      [90, 3],
      [91, 2],
      [100, 2],
      [101, 1],
      [110, 1],
      [111, 0],
      [219, 0],
      [220, 3],
    ],
  ],
  [
    'pulse',
    [
      [40, 3],
      [41, 1],
      [50, 1],
      [51, 0],
      [90, 0],
      [91, 1],
      [110, 1],
      [111, 2],
      [130, 2],
      [131, 3],
    ],
  ],
  [
    'temperature',
    [
      [35, 3],
      [35.1, 1],
      [36, 1],
      [36.1, 0],
      [38, 0],
      [38.1, 1],
      [39, 1],
      [39.1, 2],
    ],
  ],
];

for (const [item, edges] of chart)
  test(`NEWS2 scores ${item} as RCP chart 1 does, on both sides of every edge`, () => {
    for (const [measured, points] of edges) {
      assert.equal(pointsOf(item, { [item]: measured }), points, `${item} ${measured}`);
      assert.equal(score({ [item]: measured }).score, points);
    }
  });

test('NEWS2 scale 2 is scored on air and on oxygen at every edge', () => {
  const edges: readonly [number, number, number][] = [
    [83, 3, 3],
    [84, 2, 2],
    [85, 2, 2],
    [86, 1, 1],
    [87, 1, 1],
    [88, 0, 0],
    [92, 0, 0],
    [93, 0, 1],
    [94, 0, 1],
    [95, 0, 2],
    [96, 0, 2],
    [97, 0, 3],
    [100, 0, 3],
  ];
  for (const [spo2, onAir, onOxygen] of edges) {
    const scale = { 'spo2-scale': 'scale-2', spo2 };
    assert.equal(pointsOf('spo2', { ...scale, 'air-or-oxygen': 'air' }), onAir, `${spo2} on air`);
    assert.equal(pointsOf('spo2', { ...scale, 'air-or-oxygen': 'oxygen' }), onOxygen, `${spo2} on oxygen`);
    assert.equal(score({ ...scale, 'air-or-oxygen': 'oxygen' }).score, onOxygen + 2);
  }
});

test('scale 1 is used unless a decision for scale 2 is recorded', () => {
  for (const scale of ['scale-1', 'not-asked', 'unknown', 'declined'])
    assert.equal(pointsOf('spo2', { 'spo2-scale': scale, spo2: 90 }), 3, scale);
});

test('new confusion, voice, pain and unresponsive each score 3', () => {
  assert.equal(score({}).score, 0);
  for (const consciousness of ['confusion', 'voice', 'pain', 'unresponsive'])
    assert.equal(score({ consciousness }).score, 3);
});

test('a 3 in one parameter asks for urgent review though the total is low, and while others are missing', () => {
  const red = score({ systolic: 88 });
  assert.equal(red.score, 3);
  assert.deepEqual(
    red.prompts.map((prompt) => [prompt.kind, prompt.item]),
    [['urgent-review', 'systolic']],
  );
  const partial = score({ systolic: 88, pulse: null });
  assert.equal(partial.score, null);
  assert.equal(partial.prompts[0]?.kind, 'urgent-review');
  assert.deepEqual(score({ 'respiratory-rate': 22 }).prompts, []);
});

test('a missing parameter leaves NEWS2 incomplete, never 0', () => {
  for (const item of Object.keys(well)) {
    const result = score({ [item]: 'declined' });
    assert.equal(result.score, null, item);
    assert.deepEqual(result.bands, []);
    assert.deepEqual(result.completeness.declined, [item]);
  }
});

test('NEWS2 thresholds are 1, 5 and 7', () => {
  const label = (change: object): string | undefined => score(change).bands[0]?.label;
  assert.equal(label({}), 'Low (0)');
  assert.equal(label({ pulse: 91 }), 'Low (1 to 4)');
  assert.equal(label({ pulse: 111, 'respiratory-rate': 21 }), 'Low (1 to 4)');
  assert.equal(label({ pulse: 131, 'respiratory-rate': 21 }), 'Medium (5 to 6)');
  assert.equal(label({ pulse: 131, 'respiratory-rate': 25 }), 'Medium (5 to 6)');
  assert.equal(label({ pulse: 131, 'respiratory-rate': 25, temperature: 38.5 }), 'High (7 or more)');
  const worst = score({
    'respiratory-rate': 30,
    spo2: 80,
    'air-or-oxygen': 'oxygen',
    systolic: 70,
    pulse: 150,
    consciousness: 'pain',
    temperature: 34,
  });
  assert.equal(worst.score, 20);
});

test('there is no NEWS2 score under 16 or in pregnancy', () => {
  assert.equal(score({}, { age: 15 }).score, null);
  assert.equal(score({}, { age: 15 }).applicable, false);
  assert.match(score({}, { age: 15 }).notes.join(' '), /under 16/);
  assert.equal(score({}, { age: 16 }).score, 0);
  assert.equal(score({}, { pregnant: true }).score, null);
  assert.match(score({}, { pregnant: true }).notes.join(' '), /pregnancy/);
});

test('a measurement no body can have is refused with the range', () => {
  for (const [item, measured] of [
    ['spo2', 101],
    ['temperature', 368],
    ['pulse', -4],
    ['systolic', 12.5],
  ] as const) {
    const read = readPlainAnswers(instrument, { [item]: measured });
    assert.ok(!read.ok, item);
    assert.match(read.refusal.message, /number from \d+ to \d+/);
  }
});

test('NEWS2 adds up as the published NEWS model does where the two agree', (t) => {
  const file = join(sharedData, 'news2-clinical-scores', 'gdl2', 'NEWS.v1.test.yml');
  if (!existsSync(file)) return t.skip('needs ../shared/data');
  const cases = readFileSync(file, 'utf8')
    .split(/^\s*- id: /m)
    .slice(1);
  let compared = 0;
  for (const text of cases) {
    const [given = '', expected = ''] = text.split('expected_output:');
    const number = (name: string): number => Number(new RegExp(`\\|${name}: ([\\d.]+),`).exec(given)?.[1]);
    const total = Number(/Total score: (\d+)/.exec(expected)?.[1]);
    const alert = /AVPU Observation: local::at\d+\|(\w+)/.exec(given)?.[1];
    const oxygen = /Oxygen therapy: \d+\|local::at\d+\|(\w+)/.exec(given)?.[1];
    if (!Number.isInteger(total) || alert === undefined || oxygen === undefined) continue;
    const result = score({
      'respiratory-rate': number('Respiration rate'),
      spo2: number('SaO2'),
      'air-or-oxygen': oxygen === 'Absent' ? 'air' : 'oxygen',
      systolic: number('Systolic'),
      pulse: number('Rate'),
      consciousness: alert === 'Alert' ? 'alert' : 'pain',
      temperature: number('Temperature'),
    });
    assert.equal(result.score, total, text.slice(0, 60));
    compared += 1;
  }
  assert.ok(compared >= 7, `${compared} cases compared`);
});
