import assert from 'node:assert/strict';
import test from 'node:test';
import { answered, declined, notAsked, unknownAnswer } from '../platform/answer.ts';
import type { ItemAnswer } from './instrument.ts';
import { readPlainAnswers } from './read-answers.ts';
import { scoreAnswers } from './score-answers.ts';
import { instrument, labels, row, score } from './score-testing.ts';

test('the COWS pulse answer has no 3, and the CIWA-Ar orientation answer stops at 4', () => {
  assert.deepEqual(
    instrument('cows').items[0]?.options.map((option) => option.points),
    [0, 1, 2, 4],
  );
  assert.equal(readPlainAnswers(instrument('cows'), { 1: 3 }).ok, false);
  assert.equal(readPlainAnswers(instrument('ciwa-ar'), { 10: 5 }).ok, false);
  assert.equal(readPlainAnswers(instrument('ciwa-ar'), { 9: 7, 10: 4 }).ok, true);
});

test('a K10 answer of 0 is refused, because the form prints 1 to 5', () => {
  const read = readPlainAnswers(instrument('k10'), { 1: 0 });
  assert.equal(read.ok, false);
});

test('PC-PTSD-5: no traumatic event ends the screen with a score of 0', () => {
  const result = score('pc-ptsd-5', { gate: 'no' });
  assert.equal(result.score, 0);
  assert.equal(result.completeness.complete, true);
  assert.deepEqual(result.completeness.skipped, ['1', '2', '3', '4', '5']);
});

test('PC-PTSD-5: a declined or unasked trauma question is not "no", so there is no score', () => {
  for (const gate of ['declined', 'unknown', 'not-asked', null]) {
    const result = score('pc-ptsd-5', { gate });
    assert.equal(result.score, null, String(gate));
    assert.equal(result.completeness.of, 6);
  }
  assert.equal(score('pc-ptsd-5', { 1: 'yes', 2: 'yes', 3: 'yes', 4: 'yes', 5: 'yes' }).score, null);
});

test('PC-PTSD-5: three yes reaches the sensitive cut-off, four reaches both', () => {
  const expected: readonly [number, boolean, boolean][] = [
    [2, false, false],
    [3, true, false],
    [4, true, true],
    [5, true, true],
  ];
  for (const [yes, sensitive, balanced] of expected) {
    const answers = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [n, n <= yes]));
    const result = score('pc-ptsd-5', { gate: true, ...answers });
    assert.equal(result.score, yes);
    assert.equal(labels(result)['pc-ptsd-5-cut-3'] === 'At or above the cut-off', sensitive);
    assert.equal(labels(result)['pc-ptsd-5-cut-4'] === 'At or above the cut-off', balanced);
  }
});

test('PHQ-9 item 9 opens a safety conversation however low the total', () => {
  const result = score('phq-9', row([0, 0, 0, 0, 0, 0, 0, 0, 1]));
  assert.equal(result.score, 1);
  assert.equal(labels(result)['phq-9-severity'], 'Minimal');
  assert.deepEqual(
    result.prompts.map((prompt) => [prompt.kind, prompt.item]),
    [['safety-conversation', '9']],
  );
});

test('PHQ-9 item 9 opens a safety conversation when nothing else was answered', () => {
  const result = score('phq-9', { 9: 2 });
  assert.equal(result.score, null);
  assert.equal(result.prompts[0]?.kind, 'safety-conversation');
});

test('a severe PHQ-9 with item 9 "not at all" opens no safety conversation of its own', () => {
  const result = score('phq-9', row([3, 3, 3, 3, 3, 3, 3, 3, 0]));
  assert.equal(result.score, 24);
  assert.deepEqual(result.prompts, []);
});

test('a declined item 9 asks for safety to be raised another way', () => {
  const result = score('phq-9', { ...row([1, 1, 1, 1, 1, 1, 1, 1]), 9: 'declined' });
  assert.equal(result.score, null);
  assert.equal(result.prompts[0]?.kind, 'safety-not-answered');
  assert.match(result.prompts[0]?.reason ?? '', /declined/);
});

test('a positive PHQ-2, GAD-2 or AUDIT-C suggests the full questionnaire', () => {
  assert.deepEqual(
    score('phq-2', row([1, 2])).prompts.map((prompt) => prompt.instrument),
    ['phq-9'],
  );
  assert.deepEqual(
    score('gad-2', row([3, 0])).prompts.map((prompt) => prompt.instrument),
    ['gad-7'],
  );
  assert.deepEqual(
    score('audit-c', row([4, 1, 0])).prompts.map((prompt) => prompt.instrument),
    ['audit'],
  );
  assert.deepEqual(score('audit-c', row([4, 0, 0])).prompts, []);
});

test('the three ways of having no answer are told apart', () => {
  const answers = new Map<string, ItemAnswer>([
    ['1', answered('2')],
    ['2', declined],
    ['3', unknownAnswer],
    ['4', notAsked],
  ]);
  const result = scoreAnswers(instrument('gad-7'), answers);
  assert.ok(result.ok);
  assert.deepEqual(result.value.completeness, {
    complete: false,
    answered: 1,
    of: 7,
    missing: ['4', '5', '6', '7'],
    declined: ['2'],
    unknown: ['3'],
    skipped: [],
  });
  assert.equal(result.value.score, null);
  assert.deepEqual(result.value.bands, []);
});

test('under 16, the result says the form was written for adults', () => {
  assert.match(score('phq-9', row([1, 1, 1, 1, 1, 1, 1, 1, 0]), { age: 15 }).notes.join(' '), /Under 16/);
  assert.doesNotMatch(
    score('phq-9', row([1, 1, 1, 1, 1, 1, 1, 1, 0]), { age: 16 }).notes.join(' '),
    /Under 16/,
  );
});

test('WSAS: when work does not apply, the mean of the other four stands in', () => {
  assert.equal(score('wsas', { 1: 'not-applicable', 2: 4, 3: 4, 4: 4, 5: 4 }).score, 20);
  const result = score('wsas', { 1: 'Does not apply', 2: 8, 3: 8, 4: 1, 5: 0 });
  assert.equal(result.score, 21.25);
  assert.equal(labels(result)['wsas-mundt-2002'], 'Above 20');
  assert.equal(score('wsas', { 2: 4, 3: 4, 4: 4, 5: 4 }).score, null);
});

test('an answer that the item does not allow is refused with the item and what it allows', () => {
  const wrong: readonly unknown[] = [4, -1, 1.5, '7', 'sometimes', '', {}, [], true, Number.NaN];
  for (const value of wrong) {
    const read = readPlainAnswers(instrument('phq-9'), { 3: value });
    assert.ok(!read.ok, JSON.stringify(value));
    assert.equal(read.refusal.code, 'answer-not-allowed');
    assert.equal(read.refusal.field, '3');
    assert.deepEqual(read.refusal.allowed, [
      '0 Not at all',
      '1 Several days',
      '2 More than half the days',
      '3 Nearly every day',
    ]);
  }
});

test('an item that does not exist and an item answered twice are refused', () => {
  const unknown = readPlainAnswers(instrument('phq-9'), { 10: 1 });
  assert.ok(!unknown.ok);
  assert.equal(unknown.refusal.code, 'unknown-item');
  const twice = readPlainAnswers(instrument('phq-9'), { 1: 1, q1: 1 });
  assert.ok(!twice.ok);
  assert.equal(twice.refusal.code, 'answered-twice');
});

test('each answer says what it added', () => {
  const result = score('gad-7', row([0, 1, 2, 3, 0, 1, 2]));
  assert.deepEqual(
    result.contributions.map((one) => one.points),
    [0, 1, 2, 3, 0, 1, 2],
  );
  assert.equal(result.contributions[0]?.answer, 'Not at all');
});
