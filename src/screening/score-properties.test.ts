import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import { answered, declined, notAsked, unknownAnswer } from '../platform/answer.ts';
import { enablement } from './enable-when.ts';
import { loadInstrumentLibrary } from './instrument-library.ts';
import { scoredItems } from './instrument.ts';
import type { Instrument, ItemAnswer, ItemAnswers } from './instrument.ts';
import { scoreAnswers } from './score-answers.ts';
import type { ScoreResult } from './score-result.ts';

// Packs are scored by the same code, so they are held to the same properties.
const off = loadInstrumentLibrary();
const library = loadInstrumentLibrary({ packs: off.packs.map((pack) => pack.name) });
const instruments = library.entries.map((entry) => entry.instrument);
const anyInstrument = fc.constantFrom(...instruments);

function result(instrument: Instrument, answers: ItemAnswers): ScoreResult {
  const scored = scoreAnswers(instrument, answers);
  assert.ok(scored.ok, scored.ok ? '' : scored.refusal.message);
  return scored.value;
}

/** A full set: every item has one of its own options, or a number in its range. */
function fullSet(instrument: Instrument): fc.Arbitrary<ReadonlyMap<string, ItemAnswer>> {
  const given = instrument.items.map((item): fc.Arbitrary<string | number> => {
    if (item.type === 'choice') return fc.constantFrom(...item.options.map((option) => option.code));
    const tenths = item.type === 'decimal' ? 10 : 1;
    const range = { min: (item.min ?? 0) * tenths, max: (item.max ?? 0) * tenths };
    return fc.integer(range).map((number) => number / tenths);
  });
  return fc
    .tuple(...given)
    .map(
      (values) =>
        new Map(instrument.items.map((item, index) => [item.linkId, answered(values[index] ?? '')])),
    );
}

const anySet = anyInstrument.chain((instrument) =>
  fullSet(instrument).map((answers) => ({ instrument, answers })),
);

test('a full set of answers always has a score, inside the stated range, in one band of each set', () => {
  fc.assert(
    fc.property(anySet, ({ instrument, answers }) => {
      const scored = result(instrument, answers);
      assert.equal(scored.completeness.complete, true);
      for (const [index, one] of scored.scores.entries()) {
        assert.ok(
          one.score !== null && one.score >= one.min && one.score <= one.max,
          `${one.scoring} ${one.score}`,
        );
        assert.equal(one.bands.length, instrument.scorings[index]?.bandSets.length);
      }
    }),
    { numRuns: 1500 },
  );
});

test('no instrument gives a score, a band or a national score from an incomplete set', () => {
  const absent = fc.constantFrom<ItemAnswer | undefined>(undefined, notAsked, declined, unknownAnswer);
  fc.assert(
    fc.property(
      anySet.chain(({ instrument, answers }) => {
        // An item that a published rule skips may be absent; take away one that is needed.
        const { skipped } = result(instrument, answers).completeness;
        const needed = instrument.items
          .filter((item) => item.required)
          .map((item) => item.linkId)
          .filter((linkId) => !skipped.includes(linkId));
        return fc.record({
          instrument: fc.constant(instrument),
          answers: fc.constant(answers),
          gone: fc.subarray(needed, { minLength: 1 }),
          absent,
        });
      }),
      ({ instrument, answers, gone, absent }) => {
        const part = new Map(answers);
        for (const linkId of gone)
          if (absent === undefined) part.delete(linkId);
          else part.set(linkId, absent);
        const scored = result(instrument, part);
        // AUDIT alone lets items go unasked by what the others say; then each absent one must be named as skipped.
        if (instrument.name === 'audit' && scored.completeness.complete) {
          assert.deepEqual(scored.completeness.skipped, gone);
          return;
        }
        assert.equal(scored.completeness.complete, false);
        assert.deepEqual(scored.bands, []);
        for (const one of scored.scores) {
          assert.equal(one.score, null);
          assert.equal(one.mhsds, null);
        }
      },
    ),
    { numRuns: 1500 },
  );
});

test('the order in which answers were given does not matter', () => {
  fc.assert(
    fc.property(
      anySet.chain(({ instrument, answers }) =>
        fc.record({
          instrument: fc.constant(instrument),
          answers: fc.constant(answers),
          shuffled: fc.shuffledSubarray([...answers], { minLength: answers.size, maxLength: answers.size }),
        }),
      ),
      ({ instrument, answers, shuffled }) => {
        assert.deepEqual(result(instrument, new Map(shuffled)), result(instrument, answers));
      },
    ),
    { numRuns: 500 },
  );
});

test('a heavier answer to one item never lowers the score', () => {
  fc.assert(
    fc.property(anySet, fc.nat(), fc.nat(), ({ instrument, answers }, itemPick, optionPick) => {
      const scoring = instrument.scorings[0];
      assert.ok(scoring);
      const scored = scoredItems(instrument, scoring).filter(
        (item) => enablement(item, instrument.items, answers) === 'enabled',
      );
      const item = scored[itemPick % Math.max(1, scored.length)];
      if (item === undefined) return;
      const given = answers.get(item.linkId);
      const now = item.options.find((option) => given?.kind === 'value' && option.code === given.value);
      const heavier = item.options.filter(
        (option) => option.points !== null && typeof now?.points === 'number' && option.points >= now.points,
      );
      const next = heavier[optionPick % Math.max(1, heavier.length)];
      if (next === undefined) return;
      const before = result(instrument, answers);
      const after = result(instrument, new Map([...answers, [item.linkId, answered(next.code)]]));
      for (const [index, one] of after.scores.entries()) {
        const earlier = before.scores[index]?.score;
        assert.ok(one.score !== null && earlier !== null && earlier !== undefined && one.score >= earlier);
      }
    }),
    { numRuns: 1500 },
  );
});

test('the contributions add up to the score wherever the scoring is a sum', () => {
  fc.assert(
    fc.property(anySet, ({ instrument, answers }) => {
      if (instrument.scorings[0]?.method !== 'sum') return;
      const scored = result(instrument, answers);
      const sum = scored.contributions.reduce((total, one) => total + (one.points ?? 0), 0);
      assert.equal(sum, scored.score);
    }),
    { numRuns: 500 },
  );
});
