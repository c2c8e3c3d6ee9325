import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import { answered, declined, notAsked, unknownAnswer } from '../platform/answer.ts';
import { loadInstrumentLibrary } from './instrument-library.ts';
import type { Instrument, ItemAnswer } from './instrument.ts';
import {
  DATA_ABSENT_REASON,
  readQuestionnaireResponse,
  toQuestionnaireResponse,
} from './questionnaire-response.ts';

const library = loadInstrumentLibrary();
const authored = Temporal.Instant.from('2026-03-02T02:14:00Z');

function instrument(name: string): Instrument {
  const found = library.find(name);
  assert.ok(found.ok, name);
  return found.value;
}

const response = (item: unknown, more: object = {}): unknown => ({
  resourceType: 'QuestionnaireResponse',
  status: 'completed',
  item,
  ...more,
});

function refusalOf(
  name: string,
  json: unknown,
): { code: string; field: string | undefined; message: string } {
  const read = readQuestionnaireResponse(instrument(name), json);
  assert.ok(!read.ok);
  return { code: read.refusal.code, field: read.refusal.field, message: read.refusal.message };
}

test('answers written as a QuestionnaireResponse are read back the same, with all four kinds', () => {
  const all = fc.constantFrom(...library.entries.map((entry) => entry.instrument));
  fc.assert(
    fc.property(
      all.chain((one) =>
        fc
          .tuple(
            ...one.items.map((item) =>
              fc.constantFrom<ItemAnswer>(
                notAsked,
                declined,
                unknownAnswer,
                ...item.options.map((option) => answered(option.code)),
                ...(item.max === undefined ? [] : [answered(item.max)]),
              ),
            ),
          )
          .map((answers) => ({ one, answers })),
      ),
      ({ one, answers }) => {
        const given = new Map(one.items.map((item, index) => [item.linkId, answers[index] ?? notAsked]));
        const written = toQuestionnaireResponse(one, given, { authored, status: 'completed' });
        const read = readQuestionnaireResponse(one, JSON.parse(JSON.stringify(written)));
        assert.ok(read.ok, read.ok ? '' : read.refusal.message);
        assert.deepEqual(read.value, given);
      },
    ),
    { numRuns: 500 },
  );
});

test('a declined answer leaves with the FHIR reason asked-declined, not as an empty answer', () => {
  const written = toQuestionnaireResponse(instrument('phq-2'), new Map([['1', declined]]), {
    authored,
    status: 'in-progress',
  });
  assert.deepEqual(written.item[0]?.extension, [{ url: DATA_ABSENT_REASON, valueCode: 'asked-declined' }]);
  assert.deepEqual(written.item[1]?.extension, [{ url: DATA_ABSENT_REASON, valueCode: 'not-asked' }]);
  assert.equal(written.questionnaire, 'https://throughline.example/fhir/Questionnaire/phq-2|1.0.0');
});

test('coded, whole-number, decimal and yes/no answers are all understood, inside groups too', () => {
  const phq = readQuestionnaireResponse(
    instrument('phq-2'),
    response([
      {
        linkId: 'any-group',
        item: [
          { linkId: '1', answer: [{ valueCoding: { code: '2' } }] },
          { linkId: '2', answer: [{ valueInteger: 3 }] },
        ],
      },
      { linkId: 'introduction', text: 'Over the last 2 weeks' },
    ]),
  );
  assert.ok(phq.ok);
  assert.deepEqual(
    [...phq.value],
    [
      ['1', answered('2')],
      ['2', answered('3')],
    ],
  );
  const ptsd = readQuestionnaireResponse(
    instrument('pc-ptsd-5'),
    response([
      { linkId: 'gate', answer: [{ valueBoolean: true }] },
      { linkId: '1', answer: [{ valueDecimal: 1 }] },
      { linkId: '2', answer: [{ valueString: 'No' }] },
    ]),
  );
  assert.ok(ptsd.ok);
  assert.deepEqual([...ptsd.value.values()], [answered('yes'), answered('yes'), answered('no')]);
});

test('a code from another code system counts only by its words', () => {
  const system = 'http://loinc.org';
  const answer = (code: string, display: string): unknown =>
    response([{ linkId: '1', answer: [{ valueCoding: { system, code, display } }] }]);
  const read = readQuestionnaireResponse(instrument('phq-9'), answer('LA6569-3', 'Several days'));
  assert.ok(read.ok);
  assert.deepEqual(read.value.get('1'), answered('1'));
  assert.equal(refusalOf('phq-9', answer('1', 'Almost always')).code, 'answer-not-allowed');
});

test('an unknown item, a second answer and a value out of range are refused, naming the item', () => {
  assert.equal(refusalOf('phq-9', response([{ linkId: '44', answer: [{ valueInteger: 1 }] }])).field, '44');
  assert.equal(refusalOf('phq-9', response([{ linkId: '44' }])).code, 'unknown-item');
  const two = response([{ linkId: '1', answer: [{ valueInteger: 1 }, { valueInteger: 2 }] }]);
  assert.equal(refusalOf('phq-9', two).code, 'answered-twice');
  const again = response([
    { linkId: '1', answer: [{ valueInteger: 1 }] },
    { linkId: '1', answer: [{ valueInteger: 1 }] },
  ]);
  assert.equal(refusalOf('phq-9', again).code, 'answered-twice');
  const high = refusalOf('phq-9', response([{ linkId: '1', answer: [{ valueInteger: 4 }] }]));
  assert.equal(high.code, 'answer-not-allowed');
  assert.match(high.message, /0 Not at all/);
  assert.equal(refusalOf('phq-9', response([{ linkId: '1', answer: [{}] }])).code, 'answer-not-allowed');
  assert.equal(refusalOf('phq-9', response('nonsense')).code, 'not-answers');
});

test('an unfamiliar reason for no answer is refused rather than taken as not asked', () => {
  const extension = [{ url: DATA_ABSENT_REASON, valueCode: 'masked' }];
  assert.equal(refusalOf('phq-9', response([{ linkId: '1', extension }])).code, 'answer-not-allowed');
});

test('a response to another instrument or version is refused', () => {
  const questionnaire = 'https://throughline.example/fhir/Questionnaire/gad-7|1.0.0';
  assert.equal(refusalOf('phq-9', response([], { questionnaire })).code, 'other-instrument');
  const newer = 'https://throughline.example/fhir/Questionnaire/phq-9|2.0.0';
  assert.equal(refusalOf('phq-9', response([], { questionnaire: newer })).code, 'other-instrument');
  assert.equal(
    readQuestionnaireResponse(instrument('phq-9'), response([], { questionnaire: 'PHQ9' })).ok,
    true,
  );
});

test('no damaged response crashes the reader', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (item, answer) => {
      readQuestionnaireResponse(instrument('phq-9'), response(item));
      readQuestionnaireResponse(instrument('phq-9'), response([{ linkId: '1', answer: [answer] }]));
    }),
    { numRuns: 500 },
  );
});
