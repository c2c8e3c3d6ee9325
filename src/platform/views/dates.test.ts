import assert from 'node:assert/strict';
import test from 'node:test';
import { age, clock, clockSeconds, dateLong, dateTime, day, dayLong, duration, when } from './dates.ts';
import { counted, nhsNumber } from './text.ts';

const now = Temporal.Instant.from('2026-11-24T09:12:06Z');
const at = (text: string) => Temporal.Instant.from(text);

test('times are London’s, in winter and in summer', () => {
  assert.equal(clock(now), '09:12');
  assert.equal(clock(at('2026-07-01T09:12:00Z')), '10:12');
  assert.equal(clockSeconds(now), '09:12:06');
  assert.equal(day(now), 'Tue 24 Nov');
  assert.equal(dayLong(now), 'Tuesday 24 November');
  assert.equal(dateLong(Temporal.PlainDate.from('1992-08-17')), '17 August 1992');
  assert.equal(dateTime(now), '24 November 2026, 09:12');
  assert.equal(day(at('2026-06-30T23:30:00Z')), 'Wed 1 Jul');
});

test('today is a time, another day is a day and a time, another year says so', () => {
  assert.equal(when(at('2026-11-24T08:20:00Z'), now), '08:20');
  assert.equal(when(at('2026-11-23T23:20:00Z'), now), 'Mon 23 Nov 23:20');
  assert.equal(when(at('2025-11-23T23:20:00Z'), now), '23 November 2025, 23:20');
});

test('the age of a fact is in the largest unit that still says something', () => {
  const cases: [string, string][] = [
    ['2026-11-24T09:12:00Z', 'under a minute'],
    ['2026-11-24T09:11:00Z', '1 minute'],
    ['2026-11-23T23:20:00Z', '9 hours'],
    ['2026-11-22T09:13:00Z', '47 hours'],
    ['2026-11-21T09:00:00Z', '3 days'],
    ['2026-09-12T09:00:00Z', '10 weeks'],
    ['2026-05-02T09:00:00Z', '6 months'],
    ['2025-11-24T09:00:00Z', '12 months'],
    ['2025-03-14T09:00:00Z', '20 months'],
    ['2024-11-20T09:00:00Z', '2 years'],
    ['2026-11-24T10:00:00Z', ''],
  ];
  for (const [from, expected] of cases) assert.equal(age(at(from), now), expected, from);
  assert.equal(age(Temporal.PlainDate.from('2026-11-24'), now), 'today');
  assert.equal(age(Temporal.PlainDate.from('2026-11-23'), now), '1 day');
});

test('a night in which the clocks go back has an hour more', () => {
  const from = at('2026-10-24T21:00:00Z');
  const to = at('2026-10-25T09:00:00Z');
  assert.equal(duration(from.until(to)), '12h 00m');
  assert.equal(duration(Temporal.Duration.from({ minutes: 631, seconds: 59 })), '10h 31m');
  assert.equal(duration(Temporal.Duration.from({ minutes: -5 })), '−0h 05m');
});

test('an NHS number is read in threes and fours, and anything else is left as it came', () => {
  assert.equal(nhsNumber('9994172085'), '999 417 2085');
  assert.equal(nhsNumber('not traced'), 'not traced');
  assert.equal(counted(1, 'person', 'people'), '1 person');
  assert.equal(counted(0, 'person', 'people'), '0 people');
});
