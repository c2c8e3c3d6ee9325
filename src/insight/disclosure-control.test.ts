import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { cellText, showCount, showParts, showShare } from './disclosure-control.ts';

test('one to four people are never shown, nobody is shown as nobody', () => {
  assert.deepEqual(
    [0, 1, 4, 5, 7, 8].map((count) => cellText(showCount(count))),
    ['0', '*', '*', '5', '5', '10'],
  );
});

test('a single hidden part takes a second with it, the smallest that is left', () => {
  assert.deepEqual(showParts([3, 40, 12, 0]).map(cellText), ['*', '40', 'c', '0']);
  assert.deepEqual(showParts([3, 2, 40]).map(cellText), ['*', '*', '40']);
  assert.deepEqual(showParts([10, 40]).map(cellText), ['10', '40']);
});

test('no part that is small is ever shown, and never is exactly one part hidden beside a shown one', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 9 }), (counts) => {
      const shown = showParts(counts);
      for (const [index, count] of counts.entries()) {
        if (count > 0 && count < 5) assert.notEqual(shown[index]?.kind, 'count');
      }
      const hidden = shown.filter((cell) => cell.kind !== 'count').length;
      const others = counts.filter((count) => count >= 5).length;
      if (others > 0) assert.notEqual(hidden, 1);
    }),
  );
});

test('a share is of rounded counts, and is not given when either is hidden', () => {
  assert.equal(showShare(showCount(12), showCount(48)), 20);
  assert.equal(showShare(showCount(3), showCount(48)), null);
  assert.equal(showShare(showCount(0), showCount(0)), null);
});
