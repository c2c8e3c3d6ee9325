import { answered, declined, notAsked, unknownAnswer } from '../platform/answer.ts';
import { done, refused } from '../platform/result.ts';
import type { Outcome, Refusal } from '../platform/result.ts';
import type { Instrument, ItemAnswer, ItemAnswers } from './instrument.ts';
import type { InstrumentItem } from './questionnaire.ts';

export type AnswerRefusalCode =
  'not-answers' | 'unknown-item' | 'answered-twice' | 'answer-not-allowed' | 'other-instrument';

/** Which item was refused (its linkId stands in `field`), and what may stand there instead. */
export interface AnswerRefusal extends Refusal<AnswerRefusalCode> {
  readonly allowed?: readonly string[];
}
export type AnswerOutcome<T> = Exclude<Outcome<T, AnswerRefusalCode>, { ok: false }> | AnswerRefused;
export interface AnswerRefused {
  readonly ok: false;
  readonly refusal: AnswerRefusal;
}

const alternatives: ReadonlyMap<string, ItemAnswer> = new Map<string, ItemAnswer>([
  ['declined', declined],
  ['askeddeclined', declined],
  ['unknown', unknownAnswer],
  ['askedunknown', unknownAnswer],
  ['notknown', unknownAnswer],
  ['notasked', notAsked],
]);

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** What may be answered to an item, in words: "0 Not at all", "yes Yes". */
function allowedAnswers(item: InstrumentItem): readonly string[] {
  if (item.type === 'choice')
    return item.options.map((option) =>
      option.code === option.label ? option.code : `${option.code} ${option.label}`,
    );
  if (item.type === 'boolean') return ['true', 'false'];
  if (item.type !== 'integer' && item.type !== 'decimal') return ['text'];
  const { min, max, unit } = item;
  const range = min === undefined || max === undefined ? '' : ` from ${min} to ${max}`;
  return [
    `${item.type === 'integer' ? 'a whole number' : 'a number'}${range}${unit === undefined ? '' : ` ${unit}`}`,
  ];
}

function notAllowed(item: InstrumentItem, given: unknown): AnswerRefused {
  const allowed = allowedAnswers(item);
  const shown = typeof given === 'string' || typeof given === 'number' ? `“${String(given)}”` : 'This';
  return {
    ok: false,
    refusal: {
      code: 'answer-not-allowed',
      message: `${shown.slice(0, 80)} is not an answer to item ${item.linkId}. Allowed: ${allowed.join('; ')}.`,
      field: item.linkId,
      allowed,
    },
  };
}

function choiceCode(
  item: InstrumentItem,
  given: string | number | boolean,
  wordsOnly: boolean,
): string | undefined {
  const codes = item.options.map((option) => option.code);
  if (typeof given === 'boolean') return codes.find((code) => code === (given ? 'yes' : 'no'));
  const text = String(given).trim();
  const byCode = codes.find((code) => code.toLowerCase() === text.toLowerCase());
  if (byCode !== undefined) return byCode;
  if (typeof given === 'string') {
    const byLabel = item.options.filter((option) => plain(option.label) === plain(text));
    if (byLabel.length === 1 && plain(text) !== '') return byLabel[0]?.code;
  }
  // A bare number means the points the form prints beside the answer, where only one answer has them.
  if (wordsOnly || !/^\d+(\.\d+)?$/.test(text)) return undefined;
  const byPoints = item.options.filter((option) => option.points === Number(text));
  return byPoints.length === 1 ? byPoints[0]?.code : undefined;
}

/**
 * Reads one answer as people and programs write it: an option's code, label or printed number, yes/no as
 * true/false, "declined", "unknown", "not-asked", or null for not asked. Anything else is refused, with what is
 * allowed: an answer is never rounded or guessed.
 */
export function readAnswer(
  instrument: Pick<Instrument, 'wordsOnlyItems'>,
  item: InstrumentItem,
  given: unknown,
): AnswerOutcome<ItemAnswer> {
  if (given === null || given === undefined) return done(notAsked);
  if (typeof given !== 'string' && typeof given !== 'number' && typeof given !== 'boolean')
    return notAllowed(item, given);
  if (item.type === 'choice') {
    const code = choiceCode(item, given, instrument.wordsOnlyItems.includes(item.linkId));
    if (code !== undefined) return done(answered(code));
  }
  if (typeof given === 'string') {
    const alternative = alternatives.get(plain(given));
    if (alternative !== undefined) return done(alternative);
  }
  if (item.type === 'boolean' && typeof given === 'boolean') return done(answered(given));
  if ((item.type === 'integer' || item.type === 'decimal') && typeof given !== 'boolean') {
    const number = typeof given === 'string' && given.trim() === '' ? Number.NaN : Number(given);
    const whole = item.type === 'decimal' || Number.isInteger(number);
    if (
      whole &&
      number >= (item.min ?? -Infinity) &&
      number <= (item.max ?? Infinity) &&
      Number.isFinite(number)
    )
      return done(answered(number));
  }
  if ((item.type === 'string' || item.type === 'text') && typeof given === 'string')
    return done(answered(given));
  return notAllowed(item, given);
}

/** Finds an item by its linkId, or by its printed number as "9", "q9", "Q 9" or "item9". */
export function findItem(instrument: Pick<Instrument, 'items'>, key: string): InstrumentItem | undefined {
  const wanted = key.trim().toLowerCase();
  const exact = instrument.items.find((item) => item.linkId.toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  const number = /^(?:q|item|question)?[\s._-]*0*(\d+)$/.exec(wanted)?.[1];
  return number === undefined ? undefined : instrument.items.find((item) => item.number === number);
}

/** Refuses a key that names no item of this instrument. */
export function refuseUnknownItem(
  instrument: Pick<Instrument, 'items' | 'shortName'>,
  key: string,
): AnswerRefused {
  const allowed = instrument.items.map((item) => item.linkId);
  return {
    ok: false,
    refusal: {
      code: 'unknown-item',
      message: `${instrument.shortName} has no item “${key.slice(0, 80)}”. Its items are ${allowed.join(', ')}.`,
      field: key,
      allowed,
    },
  };
}

/** Refuses a second answer to one item. */
export function refuseSecondAnswer(item: InstrumentItem): AnswerRefused {
  return {
    ok: false,
    refusal: {
      code: 'answered-twice',
      message: `Item ${item.linkId} is answered twice. Give one answer.`,
      field: item.linkId,
    },
  };
}

/** Reads a plain object of item to answer. Refuses an unknown item and an answer the item does not allow. */
export function readPlainAnswers(instrument: Instrument, given: unknown): AnswerOutcome<ItemAnswers> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return refused('not-answers', 'Give an object of item to answer, or a FHIR QuestionnaireResponse.');
  const answers = new Map<string, ItemAnswer>();
  for (const [key, value] of Object.entries(given)) {
    const item = findItem(instrument, key);
    if (item === undefined) return refuseUnknownItem(instrument, key);
    if (answers.has(item.linkId)) return refuseSecondAnswer(item);
    const answer = readAnswer(instrument, item, value);
    if (!answer.ok) return answer;
    answers.set(item.linkId, answer.value);
  }
  return done(answers);
}

/**
 * Checks answers that already are four-way answers, and gives each choice its own code (2 becomes "2").
 * Refuses an unknown item and a value the item does not allow.
 */
export function checkAnswers(instrument: Instrument, given: ItemAnswers): AnswerOutcome<ItemAnswers> {
  const answers = new Map<string, ItemAnswer>();
  for (const [linkId, answer] of given) {
    const item = instrument.items.find((candidate) => candidate.linkId === linkId);
    if (item === undefined) return refuseUnknownItem(instrument, linkId);
    const wordsItem = item.type === 'string' || item.type === 'text';
    if (answer.kind !== 'value' || (wordsItem && typeof answer.value === 'string')) {
      answers.set(linkId, answer);
      continue;
    }
    const read = readAnswer(instrument, item, answer.value);
    if (!read.ok) return read;
    if (read.value.kind !== 'value') return notAllowed(item, answer.value);
    answers.set(linkId, read.value);
  }
  return done(answers);
}
