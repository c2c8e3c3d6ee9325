import assert from 'node:assert/strict';
import test from 'node:test';
import { isNeedKind } from '../people/index.ts';
import { loadInstrumentLibrary } from './instrument-library.ts';
import { readPlainAnswers } from './read-answers.ts';
import { scoreAnswers } from './score-answers.ts';
import { suggestNeeds, suggestionRules } from './suggest-needs.ts';

const library = loadInstrumentLibrary({ packs: ['non-commercial'] });

function suggestionsFor(name: string, given: Readonly<Record<string, unknown>>) {
  const found = library.find(name);
  assert.ok(found.ok);
  const answers = readPlainAnswers(found.value, given);
  assert.ok(answers.ok);
  const result = scoreAnswers(found.value, answers.value);
  assert.ok(result.ok);
  return suggestNeeds(found.value.shortName, result.value);
}

test('every rule names an instrument, a scoring of it and a kind of the vocabulary that exist', () => {
  for (const rule of suggestionRules) {
    const found = library.find(rule.instrument);
    assert.ok(found.ok, rule.instrument);
    const scoring = found.value.scorings.find(({ name }) => name === rule.scoring);
    assert.ok(scoring !== undefined, `${rule.instrument} ${rule.scoring}`);
    assert.ok(rule.atLeast > scoring.min && rule.atLeast <= scoring.max, rule.scoring);
    assert.ok(isNeedKind(rule.need));
  }
});

test('below the published cut-off nothing is suggested, and at it one need is, with the reason', () => {
  const seven = (first: number) => ({ 1: first, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1 });
  assert.deepEqual(suggestionsFor('gad-7', seven(1)), []);
  const [suggestion] = suggestionsFor('gad-7', seven(2));
  assert.equal(suggestion?.need, 'mental-health');
  assert.equal(suggestion.because, 'GAD-7 8 of 21: mild');
});

test('an incomplete questionnaire suggests nothing, except the conversation a safety answer opens', () => {
  assert.deepEqual(suggestionsFor('phq-9', { 1: 3, 2: 3, 3: 3, 4: 3, 5: 3, 6: 3, 7: 3, 8: 3 }), []);
  assert.deepEqual(
    suggestionsFor('phq-9', { 9: 1 }).map(({ need }) => need),
    ['self-harm'],
  );
});
