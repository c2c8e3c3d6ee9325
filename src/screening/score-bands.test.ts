import assert from 'node:assert/strict';
import test from 'node:test';
import { labels, row, score } from './score-testing.ts';

/** A row of n answers that adds up to total, each at most `highest`. */
function adding(total: number, n: number, highest: number): readonly number[] {
  const points: number[] = [];
  for (let left = total; points.length < n; left -= points.at(-1) ?? 0) points.push(Math.min(left, highest));
  return points;
}

/** Every edge of the published bands, written from the papers and not from the content files. */
const edges: readonly [string, number, number, string, readonly [number, string][]][] = [
  [
    'phq-2',
    2,
    3,
    'phq-2-cut-3',
    [
      [0, 'Below the cut-off'],
      [2, 'Below the cut-off'],
      [3, 'At or above the cut-off'],
      [6, 'At or above the cut-off'],
    ],
  ],
  [
    'phq-2',
    2,
    3,
    'phq-2-cut-2',
    [
      [1, 'Below the cut-off'],
      [2, 'At or above the cut-off'],
    ],
  ],
  [
    'phq-9',
    9,
    3,
    'phq-9-severity',
    [
      [0, 'Minimal'],
      [4, 'Minimal'],
      [5, 'Mild'],
      [9, 'Mild'],
      [10, 'Moderate'],
      [14, 'Moderate'],
      [15, 'Moderately severe'],
      [19, 'Moderately severe'],
      [20, 'Severe'],
      [27, 'Severe'],
    ],
  ],
  [
    'gad-2',
    2,
    3,
    'gad-2-cut-3',
    [
      [2, 'Below the cut-off'],
      [3, 'At or above the cut-off'],
    ],
  ],
  [
    'gad-7',
    7,
    3,
    'gad-7-severity',
    [
      [0, 'Minimal'],
      [4, 'Minimal'],
      [5, 'Mild'],
      [9, 'Mild'],
      [10, 'Moderate'],
      [14, 'Moderate'],
      [15, 'Severe'],
      [21, 'Severe'],
    ],
  ],
  [
    'audit-c',
    3,
    4,
    'audit-c-uk-5',
    [
      [0, 'Lower risk'],
      [3, 'Lower risk'],
      [4, 'Lower risk'],
      [5, 'Increasing or higher risk'],
      [12, 'Increasing or higher risk'],
    ],
  ],
  [
    'k6',
    6,
    4,
    'k6-13-and-5',
    [
      [0, 'Low'],
      [4, 'Low'],
      [5, 'Moderate'],
      [12, 'Moderate'],
      [13, 'Severe'],
      [24, 'Severe'],
    ],
  ],
  [
    'k6',
    6,
    4,
    'k6-abs',
    [
      [12, 'Below the cut-off'],
      [13, 'At or above the cut-off'],
    ],
  ],
  [
    'ciwa-ar',
    10,
    7,
    'ciwa-ar-8-15',
    [
      [7, 'Under 8'],
      [8, '8 to 14'],
      [14, '8 to 14'],
      [15, '15 or more'],
    ],
  ],
  [
    'ciwa-ar',
    10,
    7,
    'ciwa-ar-asam-2020',
    [
      [9, 'Under 10'],
      [10, '10 to 18'],
      [18, '10 to 18'],
      [19, '19 or more'],
    ],
  ],
  [
    'ciwa-ar',
    10,
    7,
    'ciwa-ar-16-25',
    [
      [15, '15 or less'],
      [16, '16 to 24'],
      [24, '16 to 24'],
      [25, '25 or more'],
    ],
  ],
];

for (const [name, items, highest, bandSet, expected] of edges)
  test(`${name} falls in the published band of ${bandSet} on both sides of every edge`, () => {
    for (const [total, label] of expected) {
      const result = score(name, row(adding(total, items, highest)));
      assert.equal(result.score, total);
      assert.equal(labels(result)[bandSet], label, `${name} ${total}`);
    }
  });

test('COWS adds its uneven answers and falls in the published bands', () => {
  const rows: readonly [readonly number[], number, string][] = [
    [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0, 'Below 5'],
    [[4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 4, 'Below 5'],
    [[4, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], 5, 'Mild'],
    [[4, 3, 5, 0, 0, 0, 0, 0, 0, 0, 0], 12, 'Mild'],
    [[4, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0], 13, 'Moderate'],
    [[4, 4, 5, 5, 4, 2, 0, 0, 0, 0, 0], 24, 'Moderate'],
    [[4, 4, 5, 5, 4, 2, 1, 0, 0, 0, 0], 25, 'Moderately severe'],
    [[4, 4, 5, 5, 4, 4, 5, 4, 1, 0, 0], 36, 'Moderately severe'],
    [[4, 4, 5, 5, 4, 4, 5, 4, 2, 0, 0], 37, 'Severe'],
    [[4, 4, 5, 5, 4, 4, 5, 4, 4, 4, 5], 48, 'Severe'],
  ];
  for (const [answers, total, label] of rows) {
    const result = score('cows', row(answers));
    assert.equal(result.score, total);
    assert.equal(labels(result)['cows-published'], label);
  }
});

test('K10 is scored both ways: 0 to 40 for the national data set, 10 to 50 for the published bands', () => {
  const lowest = score('k10', row(Array.from({ length: 10 }, () => 1)));
  assert.deepEqual(
    lowest.scores.map((one) => [one.scoring, one.score]),
    [
      ['k10-0-40', 0],
      ['k10-10-50', 10],
    ],
  );
  const highest = score('k10', row(Array.from({ length: 10 }, () => 5)));
  assert.equal(highest.score, 40);
  assert.equal(highest.scores[1]?.score, 50);
  assert.deepEqual(highest.scores[0]?.mhsds, { snomedCode: '720211004', score: 40 });
  assert.equal(highest.scores[1]?.mhsds, null);
});

test('K10 bands differ by the set used, and each is named', () => {
  const expected: readonly [number, string, string][] = [
    [15, 'Low', 'Likely to be well'],
    [16, 'Moderate', 'Likely to be well'],
    [19, 'Moderate', 'Likely to be well'],
    [20, 'Moderate', 'Mild'],
    [21, 'Moderate', 'Mild'],
    [22, 'High', 'Mild'],
    [24, 'High', 'Mild'],
    [25, 'High', 'Moderate'],
    [29, 'High', 'Moderate'],
    [30, 'Very high', 'Severe'],
    [50, 'Very high', 'Severe'],
  ];
  for (const [total, abs, clinical] of expected) {
    const answers = adding(total - 10, 10, 4).map((point) => point + 1);
    const result = score('k10', row(answers));
    assert.equal(result.scores[1]?.score, total);
    assert.equal(labels(result)['k10-abs'], abs, `ABS ${total}`);
    assert.equal(labels(result)['k10-clinical'], clinical, `clinical ${total}`);
  }
});
