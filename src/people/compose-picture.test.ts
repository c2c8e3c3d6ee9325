import assert from 'node:assert/strict';
import test from 'node:test';
import { joinTopics, orderMatters } from './compose-picture.ts';
import type { MatterLine } from './picture.ts';

const line = (what: string, rest: Partial<MatterLine> = {}): MatterLine => ({
  when: 'Now',
  by: 10,
  urgency: 'now',
  what,
  source: { text: `source of ${what}` },
  ...rest,
});
const whats = (lines: readonly MatterLine[]) => lines.map(({ what }) => what);

test('an alert that says now stands before a charge decision in ten minutes', () => {
  const decision = line('Charge decision', { by: 5 });
  const alert = line('Suicidal thoughts', { by: 0, topic: 'safety' });
  assert.deepEqual(whats(orderMatters([decision, alert])), ['Suicidal thoughts', 'Charge decision']);
});

test('an alert, a screening answer and an old safety plan are one line that leads to the conversation', () => {
  const joined = joinTopics([
    line('Suicidal thoughts', { topic: 'safety', act: { href: '/plan', text: 'Open safety plan' } }),
    line('Talk about safety', { topic: 'safety', act: { href: '/screening', text: 'Safety conversation' } }),
    line('Charge decision'),
    line('Go through the plan', { topic: 'safety', urgency: 'soon' }),
  ]);
  assert.deepEqual(whats(joined), ['Suicidal thoughts', 'Charge decision']);
  assert.equal(
    joined[0]?.source.text,
    'source of Suicidal thoughts · Talk about safety · Go through the plan',
  );
  assert.equal(joined[0]?.act?.href, '/screening');
});

test('an old safety plan without an alert stands by itself, and two alerts of other kinds stay two', () => {
  const lines = [
    line('Chest pain'),
    line('Pregnant, 20 weeks'),
    line('Go through the plan', { topic: 'safety', urgency: 'soon' }),
  ];
  assert.deepEqual(joinTopics(lines), lines);
});
