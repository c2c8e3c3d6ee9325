import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { detentionClock, type CustodyFact } from '../index.ts';
import { arrived, at, simple, type Bare } from './test-clock-facts.ts';

// What may happen on a long stay, at random: minutes after 08:00 of the first day.
const moment = fc.integer({ min: 0, max: 5000 });
const clockTime = (minute: number) => at('08:00').add({ minutes: minute });
const stay = fc.array(
  fc.tuple(
    moment,
    fc.constantFrom<Bare>(
      { kind: 'detention-authorised' },
      { kind: 'review-done' },
      { kind: 'superintendent-authority', totalHours: 36, indictable: true },
      { kind: 'superintendent-authority', totalHours: 30, indictable: true },
      { kind: 'warrant-issued', forHours: 36 },
      { kind: 'warrant-extended', forHours: 24 },
      { kind: 'taken-to-hospital', visit: 'a', reason: 'treatment' },
      { kind: 'back-from-hospital', visit: 'a' },
      { kind: 'bailed' },
      { kind: 'answered-bail' },
      { kind: 'arrived-after-bail-arrest' },
      { kind: 'further-arrest' },
      { kind: 'arrived', area: 'wanting' },
    ),
  ),
  { maxLength: 14 },
);
const factsFrom = (happenings: readonly (readonly [number, Bare])[]): CustodyFact[] => [
  arrived('08:00'),
  simple('08:30', 'detention-authorised'),
  ...happenings.map(([minute, bare]) => ({
    ...bare,
    happenedAt: clockTime(minute),
    enteredAt: clockTime(minute),
  })),
];

test('adding time at hospital never brings the limit or the next review nearer', () => {
  fc.assert(
    fc.property(stay, moment, moment, moment, (happenings, one, other, nowMinute) => {
      const facts = factsFrom(happenings);
      const now = clockTime(nowMinute);
      const visit: CustodyFact[] = [
        {
          kind: 'taken-to-hospital',
          visit: 'b',
          reason: 'treatment',
          happenedAt: clockTime(Math.min(one, other)),
          enteredAt: now,
        },
        {
          kind: 'back-from-hospital',
          visit: 'b',
          happenedAt: clockTime(Math.max(one, other)),
          enteredAt: now,
        },
      ];
      const before = detentionClock(facts, now);
      const after = detentionClock([...facts, ...visit], now);
      for (const key of ['endsAt', 'nextReviewDue'] as const) {
        const [a, b] = [before[key], after[key]];
        if (a !== null && b !== null) assert.ok(Temporal.Instant.compare(b, a) >= 0, key);
      }
      assert.ok(Temporal.Duration.compare(after.elapsed, before.elapsed) <= 0);
    }),
    { numRuns: 500 },
  );
});

test('elapsed time is never below zero, and without new facts the clock never runs backwards', () => {
  fc.assert(
    fc.property(stay, moment, moment, (happenings, a, b) => {
      const facts = factsFrom(happenings);
      const earlier = detentionClock(facts, clockTime(Math.min(a, b))).elapsed.total('minutes');
      const later = detentionClock(facts, clockTime(Math.max(a, b))).elapsed.total('minutes');
      assert.ok(earlier >= 0);
      assert.ok(later >= earlier);
    }),
    { numRuns: 500 },
  );
});

test('the order in which facts are entered does not matter', () => {
  const shuffled = stay.chain((happenings) =>
    fc.tuple(
      fc.constant(happenings),
      fc.shuffledSubarray(factsFrom(happenings), { minLength: happenings.length + 2 }),
    ),
  );
  fc.assert(
    fc.property(shuffled, moment, ([happenings, mixed], minute) => {
      const now = clockTime(minute);
      assert.deepEqual(
        JSON.parse(JSON.stringify(detentionClock(mixed, now))),
        JSON.parse(JSON.stringify(detentionClock(factsFrom(happenings), now))),
      );
    }),
    { numRuns: 300 },
  );
});
