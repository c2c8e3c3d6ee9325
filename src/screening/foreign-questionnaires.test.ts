import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { loadInstrumentLibrary } from './instrument-library.ts';
import { readInstrument } from './instrument.ts';
import { isQuestionnaireResponse, readQuestionnaireResponse } from './questionnaire-response.ts';
import { readQuestionnaire } from './questionnaire.ts';

const sharedData =
  process.env['THROUGHLINE_SHARED_DATA'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const folder = join(sharedData, 'fhir-questionnaires');

function jsonFiles(): readonly (readonly [string, unknown])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8'))] as const);
}

test('every foreign questionnaire is read, or refused with a reason; none crashes', (t) => {
  if (!existsSync(folder)) return t.skip('needs ../shared/data');
  const files = jsonFiles();
  assert.ok(files.length > 300);
  for (const [file, json] of files) {
    const read = readQuestionnaire(json);
    if (!read.ok) assert.ok(read.refusal.message.length > 20, file);
  }
});

test('no foreign questionnaire becomes an instrument without metadata that records its licence', (t) => {
  if (!existsSync(folder)) return t.skip('needs ../shared/data');
  for (const [file, json] of jsonFiles()) assert.equal(readInstrument(json, {}).ok, false, file);
});

test('a foreign response is never taken for PHQ-9 answers in part: it is refused whole', (t) => {
  if (!existsSync(folder)) return t.skip('needs ../shared/data');
  const phq9 = loadInstrumentLibrary().find('phq-9');
  assert.ok(phq9.ok);
  let responses = 0;
  for (const [file, json] of jsonFiles()) {
    if (!isQuestionnaireResponse(json)) continue;
    responses += 1;
    const read = readQuestionnaireResponse(phq9.value, json);
    if (read.ok) assert.equal([...read.value.values()].filter((one) => one.kind === 'value').length, 0, file);
  }
  assert.ok(responses > 50);
});
