import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ItemAnswer } from './instrument.ts';
import { asPosted, mergeAnswers } from './merge-answers.ts';
import type { PostedAnswers } from './merge-answers.ts';
import { answersFromJson, answersToJson, codeOf, settledAnswers } from './recorded-answer.ts';
import type { RecordedAnswers } from './recorded-answer.ts';

const at = Temporal.Instant.from('2026-11-24T09:12:00Z');
const answers: readonly ItemAnswer[] = [
  { kind: 'value', value: '0' },
  { kind: 'value', value: '3' },
  { kind: 'declined' },
  { kind: 'unknown' },
  { kind: 'not-asked' },
];
const items = ['1', '2', '3'];
const page = fc
  .tuple(
    ...items.map(() =>
      fc.record({ answer: fc.constantFrom(...answers), note: fc.constantFrom('', 'Tired.') }),
    ),
  )
  .map((given): PostedAnswers => new Map(given.map((one, index) => [items[index] ?? '', one])));

function save(latest: RecordedAnswers, base: PostedAnswers, posted: PostedAnswers, by: string) {
  return mergeAnswers({ latest, base, posted, by, at });
}

test('what two people answer at once is in the record, as an answer or as the other answer', () => {
  fc.assert(
    fc.property(page, page, page, (shown, one, two) => {
      const start = save(new Map(), new Map(), shown, 'Before').answers;
      const base = asPosted(start);
      const first = save(start, base, one, 'Hannah').answers;
      const both = save(first, base, two, 'Sanjay').answers;
      for (const item of items) {
        const before = codeOf(base.get(item)?.answer);
        const held = both.get(item);
        const kept = [codeOf(held?.answer), ...(held?.other ? [codeOf(held.other.answer)] : [])];
        for (const code of [codeOf(one.get(item)?.answer), codeOf(two.get(item)?.answer)])
          if (code !== before)
            assert.ok(kept.includes(code), `${item}: ${code} is not in ${kept.join(', ')}`);
      }
    }),
  );
});

test('a page on which nothing was touched changes nothing', () => {
  fc.assert(
    fc.property(page, page, (shown, one) => {
      const start = save(new Map(), new Map(), shown, 'Before').answers;
      const base = asPosted(start);
      const first = save(start, base, one, 'Hannah').answers;
      const again = save(first, base, base, 'Sanjay');
      assert.equal(again.changed, false);
      assert.deepEqual(again.answers, first);
    }),
  );
});

test('a question that two people answered differently counts for nothing', () => {
  const one: PostedAnswers = new Map([['1', { answer: { kind: 'value', value: '3' }, note: '' }]]);
  const two: PostedAnswers = new Map([['1', { answer: { kind: 'value', value: '0' }, note: '' }]]);
  const first = save(new Map(), new Map(), one, 'Hannah').answers;
  const both = save(first, new Map(), two, 'Sanjay');
  assert.deepEqual(both.disputed, ['1']);
  assert.equal(settledAnswers(both.answers).has('1'), false);
});

test('two notes beside one answer are joined with their names', () => {
  const note = (text: string): PostedAnswers =>
    new Map([['1', { answer: { kind: 'declined' } as const, note: text }]]);
  const first = save(new Map(), new Map(), note('Looked away.'), 'Hannah').answers;
  const both = save(first, new Map(), note('Asked later.'), 'Sanjay').answers;
  assert.match(both.get('1')?.note ?? '', /Looked away/);
  assert.match(both.get('1')?.note ?? '', /Asked later/);
});

test('recorded answers come back from the database as they went in', () => {
  fc.assert(
    fc.property(page, (shown) => {
      const recorded = save(new Map(), new Map(), shown, 'Hannah').answers;
      assert.deepEqual(answersFromJson(JSON.parse(JSON.stringify(answersToJson(recorded)))), recorded);
    }),
  );
});
