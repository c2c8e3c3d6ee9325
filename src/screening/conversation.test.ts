import assert from 'node:assert/strict';
import test from 'node:test';
import { answered, declined } from '../platform/answer.ts';
import { ageText, conversationOf } from './conversation.ts';
import type { Conversation, EarlierAnswers } from './conversation.ts';
import { loadInstrumentLibrary } from './instrument-library.ts';
import type { Instrument, ItemAnswer, ItemAnswers } from './instrument.ts';
import { scoreChange } from './score-change.ts';

const library = loadInstrumentLibrary();
const now = Temporal.Instant.from('2026-03-30T01:30:00Z');

function instrument(name: string): Instrument {
  const found = library.find(name);
  assert.ok(found.ok, name);
  return found.value;
}

function ask(name: string, answers: ItemAnswers, earlier: readonly EarlierAnswers[] = []): Conversation {
  return conversationOf(instrument(name), { answers, earlier, now });
}

function before(name: string, at: string, answers: readonly [string, ItemAnswer][]): EarlierAnswers {
  return {
    canonical: instrument(name).canonical,
    answeredAt: Temporal.Instant.from(at),
    answers: new Map(answers),
  };
}

const none: ItemAnswers = new Map();

test('a page gets the items in the form’s order, with the options as printed and three other answers', () => {
  const page = ask('gad-7', none);
  const items = page.sections.flatMap((section) => section.items);
  assert.deepEqual(
    items.map((item) => item.number),
    ['1', '2', '3', '4', '5', '6', '7'],
  );
  assert.deepEqual(
    items[0]?.options.map((option) => option.label),
    ['Not at all', 'Several days', 'More than half the days', 'Nearly every day'],
  );
  assert.deepEqual(
    items[0]?.alternatives.map((one) => one.kind),
    ['declined', 'unknown', 'not-asked'],
  );
  assert.ok(items.every((item) => item.current.kind === 'not-asked'));
  assert.deepEqual(page.progress, { settled: 0, of: 7 });
});

test('an earlier answer is offered with its age, and never becomes the current one', () => {
  const page = ask('phq-9', none, [
    before('phq-9', '2026-03-18T10:00:00Z', [['1', answered('0')]]),
    before('phq-9', '2026-03-25T10:00:00Z', [['1', answered('2')]]),
  ]);
  const item = page.sections[0]?.items[0];
  assert.equal(item?.current.kind, 'not-asked');
  assert.equal(item?.previous?.text, 'More than half the days');
  assert.equal(item?.previous?.ageText, '5 days ago');
  assert.equal(item?.previous?.offerable, true);
});

test('an answer older than the period the form asks about is shown but not offered', () => {
  const page = ask('phq-9', none, [before('phq-9', '2026-03-10T10:00:00Z', [['1', answered('2')]])]);
  assert.equal(page.sections[0]?.items[0]?.previous?.offerable, false);
  assert.match(page.sections[0]?.items[0]?.previous?.reason ?? '', /last 2 weeks.*Ask again/);
});

test('the safety item is asked afresh every time', () => {
  const page = ask('phq-9', none, [before('phq-9', '2026-03-29T10:00:00Z', [['9', answered('0')]])]);
  const item = page.sections[0]?.items[8];
  assert.equal(item?.opensSafetyConversation, true);
  assert.equal(item?.previous?.text, 'Not at all');
  assert.equal(item?.previous?.offerable, false);
});

test('withdrawal observations and refusals are never offered from before', () => {
  const cows = ask('cows', none, [before('cows', '2026-03-30T00:30:00Z', [['1', answered('2')]])]);
  assert.equal(cows.sections[0]?.items[0]?.previous?.offerable, false);
  const phq = ask('phq-9', none, [before('phq-9', '2026-03-29T10:00:00Z', [['1', declined]])]);
  assert.equal(phq.sections[0]?.items[0]?.previous?.text, 'Declined');
  assert.equal(phq.sections[0]?.items[0]?.previous?.offerable, false);
});

test('an answer on another version, and one from the future, are not offered', () => {
  const other = {
    ...before('phq-9', '2026-03-29T10:00:00Z', [['1', answered('1')]]),
    canonical: `${instrument('phq-9').url}|0.9.0`,
  };
  assert.equal(ask('phq-9', none, [other]).sections[0]?.items[0]?.previous?.offerable, false);
  const future = before('phq-9', '2026-04-29T10:00:00Z', [['1', answered('1')]]);
  assert.equal(ask('phq-9', none, [future]).sections[0]?.items[0]?.previous, null);
});

test('PC-PTSD-5 asks its five questions only after a yes, and waits while the trauma question is open', () => {
  const states = (answers: ItemAnswers): readonly string[] =>
    ask('pc-ptsd-5', answers).sections.flatMap((section) => section.items.map((item) => item.state));
  assert.deepEqual(states(none), ['ask', 'waiting', 'waiting', 'waiting', 'waiting', 'waiting']);
  assert.deepEqual(
    states(new Map([['gate', answered('yes')]])),
    Array.from({ length: 6 }, () => 'ask'),
  );
  assert.deepEqual(
    states(new Map([['gate', answered('no')]])).slice(1),
    Array.from({ length: 5 }, () => 'not-needed'),
  );
  assert.deepEqual(
    states(new Map([['gate', declined]])).slice(1),
    Array.from({ length: 5 }, () => 'waiting'),
  );
  assert.deepEqual(ask('pc-ptsd-5', new Map([['gate', answered('no')]])).progress, { settled: 1, of: 1 });
});

test('a skeleton says that its wording is not held', () => {
  assert.equal(ask('wsas', none).wordingHeld, false);
  assert.equal(ask('phq-9', none).wordingHeld, true);
});

test('the age of an answer counts London days, across the clock change', () => {
  // 30 March 2026, 02:30 in London, the night after the clocks went forward.
  const page = ask('phq-9', none, [before('phq-9', '2026-03-28T23:30:00Z', [['1', answered('1')]])]);
  assert.equal(page.sections[0]?.items[0]?.previous?.ageInDays, 2);
  assert.deepEqual([0, 1, 2, 59, 61, 800].map(ageText), [
    'today',
    'yesterday',
    '2 days ago',
    '59 days ago',
    '2 months ago',
    '2 years ago',
  ]);
});

test('a fall of 6 on PHQ-9 and of 4 on GAD-7 is reliable; one point less is not', () => {
  for (const [name, scoring, points] of [
    ['phq-9', 'phq-9-sum', 6],
    ['gad-7', 'gad-7-sum', 4],
  ] as const) {
    const { canonical } = instrument(name);
    const change = (fall: number): unknown => {
      const outcome = scoreChange(
        instrument(name),
        { canonical, scoring, score: 18 },
        { canonical, scoring, score: 18 - fall },
      );
      assert.ok(outcome.ok);
      return [outcome.value.direction, outcome.value.reliable];
    };
    assert.deepEqual(change(points), ['better', true]);
    assert.deepEqual(change(points - 1), ['better', false]);
    assert.deepEqual(change(-points), ['worse', true]);
  }
});

test('two scorings of one tool, and an incomplete one, are never subtracted', () => {
  const k10 = instrument('k10');
  const point = (scoring: string, score: number | null) => ({ canonical: k10.canonical, scoring, score });
  const rival = scoreChange(k10, point('k10-0-40', 20), point('k10-10-50', 25));
  assert.ok(!rival.ok);
  assert.equal(rival.refusal.code, 'not-comparable');
  const incomplete = scoreChange(k10, point('k10-0-40', 20), point('k10-0-40', null));
  assert.ok(!incomplete.ok);
  assert.equal(incomplete.refusal.code, 'incomplete');
  const unpublished = scoreChange(k10, point('k10-0-40', 20), point('k10-0-40', 10));
  assert.ok(unpublished.ok);
  assert.equal(unpublished.value.reliable, null);
});
