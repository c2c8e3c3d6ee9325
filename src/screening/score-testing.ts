// For the tests of this module: scores plain answers on the instruments that come with Throughline.
import assert from 'node:assert/strict';
import { loadInstrumentLibrary } from './instrument-library.ts';
import type { Instrument } from './instrument.ts';
import { readPlainAnswers } from './read-answers.ts';
import { scoreAnswers } from './score-answers.ts';
import type { ScoreResult, ScoringContext } from './score-result.ts';

const library = loadInstrumentLibrary();

/** An instrument by name; the test fails without it. */
export function instrument(name: string): Instrument {
  const found = library.find(name);
  assert.ok(found.ok, name);
  return found.value;
}

/** The result of scoring a plain object of item to answer. */
export function score(name: string, given: object, context: ScoringContext = {}): ScoreResult {
  const read = readPlainAnswers(instrument(name), given);
  assert.ok(read.ok, read.ok ? '' : read.refusal.message);
  const result = scoreAnswers(instrument(name), read.value, context);
  assert.ok(result.ok);
  return result.value;
}

/** Answers 1, 2, 3, … from a row of printed numbers. */
export const row = (points: readonly number[]): object =>
  Object.fromEntries(points.map((point, index) => [String(index + 1), point]));

/** The label of each band set. */
export function labels(result: ScoreResult): Readonly<Record<string, string>> {
  return Object.fromEntries(result.bands.map((band) => [band.bandSet, band.label]));
}
