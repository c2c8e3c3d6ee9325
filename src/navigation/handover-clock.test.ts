import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { acceptBy, callDates, type HandoverRule } from './handover-clock.ts';

const instant = (text: string) => Temporal.Instant.from(text);
const rule = (countsFrom: HandoverRule['countsFrom'], minutes: number): HandoverRule => ({
  toKind: 'navigation',
  countsFrom,
  minutes,
  chaseAgainMinutes: 60,
  status: 'to-be-confirmed',
  source: 'a test',
});
const nobodyLeft = { leftAt: null, hearing: null };

test('a navigator has four hours from the moment the person leaves, and no clock before', () => {
  const four = rule('leaving', 240);
  const madeAt = instant('2026-11-24T09:00:00Z');
  assert.equal(acceptBy(four, { madeAt, ...nobodyLeft }), null);
  const left = acceptBy(four, { madeAt, leftAt: instant('2026-11-24T10:30:00Z'), hearing: null });
  assert.equal(left?.toString(), '2026-11-24T14:30:00Z');
});

test('four hours are four hours in the night the clocks go back', () => {
  const left = instant('2026-10-25T00:30:00Z'); // 01:30 British Summer Time, for the first time
  const due = acceptBy(rule('leaving', 240), { madeAt: left, leftAt: left, hearing: null });
  assert.equal(due?.toString(), '2026-10-25T04:30:00Z');
});

test('the court has until half an hour before the hearing, or before 10:00 when only the day is known', () => {
  const before = rule('hearing', -30);
  const madeAt = instant('2026-07-01T20:00:00Z');
  assert.equal(
    acceptBy(before, { madeAt, leftAt: null, hearing: instant('2026-07-02T13:15:00Z') })?.toString(),
    '2026-07-02T12:45:00Z',
  );
  // 09:30 in summer is 08:30 in universal time.
  assert.equal(
    acceptBy(before, { madeAt, leftAt: null, hearing: Temporal.PlainDate.from('2026-07-02') })?.toString(),
    '2026-07-02T08:30:00Z',
  );
  assert.equal(acceptBy(before, { madeAt, ...nobodyLeft })?.toString(), '2026-07-02T08:30:00Z');
});

test('a handover made after its own deadline is due at once, never in the past', () => {
  const madeAt = instant('2026-07-02T09:45:00Z');
  const due = acceptBy(rule('hearing', -30), {
    madeAt,
    leftAt: null,
    hearing: instant('2026-07-02T10:00:00Z'),
  });
  assert.equal(due?.toString(), madeAt.toString());
});

test('day 1 is the day after release in London, also just before midnight', () => {
  const dates = callDates(instant('2026-06-30T23:30:00Z'), [28, 1, 7]); // 00:30 on 1 July in London
  assert.deepEqual(
    dates.map((call) => `${call.day} ${call.dueOn.toString()}`),
    ['1 2026-07-02', '7 2026-07-08', '28 2026-07-29'],
  );
});

test('no call is due before the release or twice on one day', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }),
      fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 6 }),
      (ms, days) => {
        const released = Temporal.Instant.fromEpochMilliseconds(ms);
        const dates = callDates(released, days).map((call) => call.dueOn.toString());
        assert.equal(new Set(dates).size, dates.length);
        const on = released.toZonedDateTimeISO('Europe/London').toPlainDate().toString();
        for (const date of dates) assert.ok(date >= on);
      },
    ),
  );
});
