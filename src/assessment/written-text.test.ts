import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { joinTexts } from './written-text.ts';

const keys = ['formulation', 'plan'] as const;
const words = fc.constantFrom(
  '',
  'Sleeps badly.',
  'Drinks alone.',
  'Ring Aoife.',
  'Sleeps badly. Drinks alone.',
);
const text = fc.record({ formulation: words, plan: words });
const side = (who: string, written: { formulation: string; plan: string }) => ({
  who,
  note: '',
  text: written,
});

test('every heading that somebody changed is in the joined text or set beside the other', () => {
  fc.assert(
    fc.property(text, text, text, (start, theirs, mine) => {
      const joined = joinTexts(keys, start, side('Sanjay', theirs), side('Hannah', mine));
      const disputed = new Map(joined.conflicts.map(({ key, conflict }) => [key, conflict]));
      for (const key of keys) {
        const conflict = disputed.get(key);
        if (conflict !== undefined) {
          assert.equal(conflict.theirs.text, theirs[key]);
          assert.equal(conflict.mine.text, mine[key]);
        } else if (mine[key] !== start[key]) assert.equal(joined.text[key], mine[key]);
        else assert.equal(joined.text[key], theirs[key]);
      }
    }),
  );
});

test('the text that is in the record stays under a heading where two people disagree', () => {
  const joined = joinTexts(
    keys,
    { formulation: '', plan: '' },
    side('Sanjay', { formulation: 'Drinks alone.', plan: '' }),
    side('Hannah', { formulation: 'Sleeps badly.', plan: 'Ring Aoife.' }),
  );
  assert.equal(joined.text.formulation, 'Drinks alone.');
  assert.equal(joined.text.plan, 'Ring Aoife.');
  assert.deepEqual(
    joined.conflicts.map(({ key }) => key),
    ['formulation'],
  );
});
