import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { editDistance, jaroWinkler } from './index.ts';

test('Jaro-Winkler gives the published values', () => {
  const published: readonly (readonly [string, string, number])[] = [
    ['MARTHA', 'MARHTA', 0.9611],
    ['DWAYNE', 'DUANE', 0.84],
    ['DIXON', 'DICKSONX', 0.8133],
    ['JELLYFISH', 'SMELLYFISH', 0.8963],
    ['CRATE', 'TRACE', 0.7333],
    ['ABC', 'XYZ', 0],
    ['', 'ABC', 0],
  ];
  for (const [a, b, value] of published)
    assert.ok(Math.abs(jaroWinkler(a, b) - value) < 0.0001, `${a} ${b}: ${jaroWinkler(a, b)}`);
});

test('two neighbouring letters changed over count as one edit', () => {
  assert.equal(editDistance('callum', 'calulm', 3), 1);
  assert.equal(editDistance('ca', 'abc', 3), 3); // optimal string alignment, not full Damerau
  assert.equal(editDistance('kitten', 'sitting', 3), 3);
  assert.equal(editDistance('brennan', 'brenan', 1), 1);
  assert.equal(editDistance('', 'ab', 5), 2);
});

test('a distance above the limit is answered as limit plus one', () => {
  assert.equal(editDistance('kitten', 'sitting', 2), 3);
  assert.equal(editDistance('a', 'abcdef', 2), 3);
});

test('both measures are the same from either side, and perfect only for equal words', () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      assert.equal(editDistance(a, b, 4), editDistance(b, a, 4));
      assert.equal(editDistance(a, b, 4) === 0, a === b);
      const similarity = jaroWinkler(a, b);
      assert.ok(similarity >= 0 && similarity <= 1);
      assert.ok(Math.abs(similarity - jaroWinkler(b, a)) < 1e-9);
    }),
  );
});
