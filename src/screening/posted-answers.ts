import { done, refused } from '../platform/result.ts';
import type { Outcome } from '../platform/result.ts';
import { oneText } from '../platform/forms/form.ts';
import type { Typed } from '../platform/forms/form.ts';
import type { Instrument, ItemAnswer } from './instrument.ts';
import type { PostedAnswer, PostedAnswers } from './merge-answers.ts';
import type { InstrumentItem } from './questionnaire.ts';
import { readAnswer } from './read-answers.ts';
import { isCondition, isSetting } from './screening-words.ts';
import type { Condition, Setting } from './screening-words.ts';

/** Everything one page of a screening posts. */
export interface PostedPage {
  readonly answers: PostedAnswers;
  readonly setting: Setting;
  readonly conditions: readonly Condition[];
}

// Long enough for what somebody says, short enough to be a note.
const NOTE_AT_MOST = 4000;

/** The name of the field that asks one question. */
export function fieldOf(linkId: string): string {
  return `q-${linkId}`;
}

/**
 * Reads a page's fields: `q-LINKID` posts "value:CODE", "unknown", "declined" or "not-asked"; a question without
 * options posts its text in `q-LINKID-value`; `note-LINKID` is what was said. Nothing posted is not asked, never no.
 * Refuses, naming the field, an answer that the question does not allow.
 */
export function readPostedPage(instrument: Instrument, typed: Typed): Outcome<PostedPage, 'not-an-answer'> {
  const answers = new Map<string, PostedAnswer>();
  for (const item of instrument.items) {
    const name = fieldOf(item.linkId);
    const answer = readItem(instrument, item, oneText(typed, name), oneText(typed, `${name}-value`));
    if (answer === undefined)
      return refused(
        'not-an-answer',
        `Choose one of the answers to question ${item.number ?? item.linkId}`,
        name,
      );
    const note = oneText(typed, `note-${item.linkId}`).replaceAll('\r\n', '\n').slice(0, NOTE_AT_MOST);
    answers.set(item.linkId, { answer, note });
  }
  const setting = oneText(typed, 'setting');
  const conditions = typed['conditions'] ?? [];
  return done({
    answers,
    setting: isSetting(setting) ? setting : 'not-recorded',
    conditions: (typeof conditions === 'string' ? conditions.split(',') : conditions).filter(isCondition),
  });
}

function readItem(
  instrument: Instrument,
  item: InstrumentItem,
  posted: string,
  text: string,
): ItemAnswer | undefined {
  if (posted === 'declined' || posted === 'unknown') return { kind: posted };
  const value = posted.startsWith('value:') ? posted.slice('value:'.length) : text;
  if (value === '') return { kind: 'not-asked' };
  if (item.options.length === 0 && item.type === 'boolean') {
    return value === 'true' || value === 'false' ? { kind: 'value', value: value === 'true' } : undefined;
  }
  const read = readAnswer(instrument, item, value);
  return read.ok ? read.value : undefined;
}

/** The fields of a page as they are kept with a save, to compare what the same page sends next. */
export function postedFields(instrument: Instrument, typed: Typed): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const { linkId } of instrument.items)
    for (const name of [fieldOf(linkId), `${fieldOf(linkId)}-value`, `note-${linkId}`]) {
      const text = oneText(typed, name);
      if (text !== '' && text !== 'not-asked') kept[name] = text;
    }
  kept['setting'] = oneText(typed, 'setting');
  const conditions = typed['conditions'] ?? [];
  kept['conditions'] = typeof conditions === 'string' ? conditions : conditions.join(',');
  return kept;
}
