import assert from 'node:assert/strict';
import test from 'node:test';
import { loadInstrumentLibrary } from './instrument-library.ts';
import type { Instrument } from './instrument.ts';
import { readPlainAnswers } from './read-answers.ts';
import { scoreAnswers } from './score-answers.ts';
import type { ScoreResult } from './score-result.ts';

const library = loadInstrumentLibrary({ packs: ['non-commercial'] });

function instrument(name: string): Instrument {
  const found = library.find(name);
  assert.ok(found.ok, name);
  return found.value;
}

function score(name: string, given: object): ScoreResult {
  const read = readPlainAnswers(instrument(name), given);
  assert.ok(read.ok, read.ok ? '' : read.refusal.message);
  const result = scoreAnswers(instrument(name), read.value, {});
  assert.ok(result.ok);
  return result.value;
}

const row = (points: readonly unknown[]): object =>
  Object.fromEntries(points.map((point, index) => [String(index + 1), point]));
const label = (result: ScoreResult, bandSet: string): string | undefined =>
  result.bands.find((band) => band.bandSet === bandSet)?.label;

test('AUDIT falls in the UK bands on both sides of every edge', () => {
  const expected: readonly [readonly number[], number, string][] = [
    [[1, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1, 'Lower risk'],
    [[4, 3, 0, 0, 0, 0, 0, 0, 0, 0], 7, 'Lower risk'],
    [[4, 4, 0, 0, 0, 0, 0, 0, 0, 0], 8, 'Increasing risk'],
    [[4, 4, 3, 0, 0, 0, 0, 0, 4, 0], 15, 'Increasing risk'],
    [[4, 4, 4, 0, 0, 0, 0, 0, 4, 0], 16, 'Higher risk'],
    [[4, 4, 4, 3, 0, 0, 0, 0, 2, 2], 19, 'Higher risk'],
    [[4, 4, 4, 4, 0, 0, 0, 0, 4, 0], 20, 'Possible dependence'],
    [[4, 4, 4, 4, 4, 4, 4, 4, 4, 4], 40, 'Possible dependence'],
  ];
  for (const [answers, total, band] of expected) {
    const result = score('audit', row(answers));
    assert.equal(result.score, total);
    assert.equal(label(result, 'audit-uk'), band);
  }
});

test('AUDIT: "never" to question 1 lets 2 to 8 go unasked, but 9 and 10 are always asked', () => {
  assert.equal(score('audit', { 1: 0, 9: 4, 10: 2 }).score, 6);
  const open = score('audit', { 1: 0, 9: 4 });
  assert.equal(open.score, null);
  assert.deepEqual(open.completeness.missing, ['10']);
});

test('AUDIT: 0 on questions 2 and 3 lets 4 to 8 go unasked; an answer that was given still counts', () => {
  assert.equal(score('audit', { 1: 2, 2: 0, 3: 0, 9: 0, 10: 0 }).score, 2);
  assert.equal(score('audit', { 1: 2, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0, 7: 3, 8: 0, 9: 0, 10: 0 }).score, 5);
  assert.equal(score('audit', { 1: 2, 2: 0, 3: 0, 7: 3, 9: 0, 10: 0 }).score, null);
  assert.equal(score('audit', { 1: 2, 2: 0, 3: 1, 9: 0, 10: 0 }).score, null);
  assert.equal(score('audit', { 2: 0, 9: 0, 10: 0 }).score, null);
});

test('AUDIT questions 9 and 10 have no 1 or 3', () => {
  assert.equal(readPlainAnswers(instrument('audit'), { 9: 1 }).ok, false);
  assert.equal(readPlainAnswers(instrument('audit'), { 10: 3 }).ok, false);
});

test('DAST-10 reverses item 3 and falls in the published bands', () => {
  const none = row(['no', 'no', 'yes', 'no', 'no', 'no', 'no', 'no', 'no', 'no']);
  const all = row(['yes', 'yes', 'no', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes']);
  assert.equal(score('dast-10', none).score, 0);
  assert.equal(score('dast-10', all).score, 10);
  const bands = [
    'None',
    'Low',
    'Low',
    'Moderate',
    'Moderate',
    'Moderate',
    'Substantial',
    'Substantial',
    'Substantial',
    'Severe',
    'Severe',
  ];
  const order = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'];
  for (const [count, band] of bands.entries()) {
    const heavier = Object.fromEntries(order.slice(0, count).map((id) => [id, id === '3' ? 'no' : 'yes']));
    const result = score('dast-10', { ...none, ...heavier });
    assert.equal(result.score, count);
    assert.equal(label(result, 'dast-10-published'), band, String(count));
  }
});

test('DAST-10 item 3 takes only words, because 1 could mean either', () => {
  assert.equal(readPlainAnswers(instrument('dast-10'), { 3: 1 }).ok, false);
  assert.equal(readPlainAnswers(instrument('dast-10'), { 3: false }).ok, true);
});

test('CORE-10 reverses items 2 and 3, and no others', () => {
  const same = (words: string): ScoreResult => score('core-10', row(Array.from({ length: 10 }, () => words)));
  assert.equal(same('Not at all').score, 8);
  assert.equal(same('Most or all the time').score, 32);
  const points = same('Not at all').contributions.map((one) => one.points);
  assert.deepEqual(points, [0, 4, 4, 0, 0, 0, 0, 0, 0, 0]);
});

test('CORE-10 shows both published band sets and the cut-off of 11', () => {
  const expected: readonly [number, string, string, string][] = [
    [5, 'Below the clinical cut-off', 'Non-clinical', 'Healthy'],
    [6, 'Below the clinical cut-off', 'Non-clinical', 'Low level'],
    [10, 'Below the clinical cut-off', 'Non-clinical', 'Low level'],
    [11, 'At or above the clinical cut-off', 'Mild', 'Mild'],
    [14, 'At or above the clinical cut-off', 'Mild', 'Mild'],
    [15, 'At or above the clinical cut-off', 'Moderate', 'Mild'],
    [16, 'At or above the clinical cut-off', 'Moderate', 'Moderate'],
    [20, 'At or above the clinical cut-off', 'Moderate to severe', 'Moderate'],
    [21, 'At or above the clinical cut-off', 'Moderate to severe', 'Moderately severe'],
    [25, 'At or above the clinical cut-off', 'Severe', 'Moderately severe'],
    [26, 'At or above the clinical cut-off', 'Severe', 'Severe'],
  ];
  for (const [total, cut, first, second] of expected) {
    const points = Array.from({ length: 10 }, (_one, index) => Math.max(0, Math.min(4, total - index * 4)));
    const result = score('core-10', row(points));
    assert.equal(result.score, total);
    assert.equal(label(result, 'core-10-cut-11'), cut);
    assert.equal(label(result, 'core-10-11-15-20-25'), first, String(total));
    assert.equal(label(result, 'core-10-11-16-21-26'), second, String(total));
  }
});

test('CORE-10: a plan to end life opens a safety conversation even when only that was answered', () => {
  assert.equal(score('core-10', { 6: 'Only occasionally' }).prompts[0]?.kind, 'safety-conversation');
});

test('AQ-10 counts agreement with 1, 7, 8 and 10 and disagreement with the rest', () => {
  const agree = score('aq-10', row(Array.from({ length: 10 }, () => 'Slightly agree')));
  assert.equal(agree.score, 4);
  assert.deepEqual(
    agree.contributions.map((one) => one.points),
    [1, 0, 0, 0, 0, 0, 1, 1, 0, 1],
  );
  assert.equal(score('aq-10', row(Array.from({ length: 10 }, () => 'definitely-disagree'))).score, 6);
});

test('AQ-10: 6 is positive for NICE and not for the printed form, and both are shown', () => {
  const six = score('aq-10', row(Array.from({ length: 10 }, () => 'definitely-disagree')));
  assert.equal(label(six, 'aq-10-nice-6'), 'At or above the cut-off');
  assert.equal(label(six, 'aq-10-form-7'), 'Not more than 6');
  assert.match(six.notes.join(' '), /learning disability/);
  assert.equal(readPlainAnswers(instrument('aq-10'), { 1: 1 }).ok, false);
});
