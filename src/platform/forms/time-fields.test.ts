import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import { dateField, dateParts, dateTimeField, dateTimeParts, readTime, timeField } from './time-fields.ts';

const now = Temporal.Instant.from('2026-11-24T09:12:00Z');
const born = dateField({ called: 'date of birth', limit: 'past' });

function typedDate(day: string, month: string, year: string): Record<string, string> {
  return { 'dob-day': day, 'dob-month': month, 'dob-year': year };
}

test('a date is read as people write it', () => {
  for (const month of ['8', '08', 'August', 'aug']) {
    const read = born(typedDate('17', month, '1992'), 'dob', { now });
    assert.ok(read.ok);
    assert.equal(read.value.toString(), '1992-08-17');
  }
});

test('a wrong date says what is wrong and which box to go to', () => {
  const cases: [string, string, string, string, string][] = [
    ['', '', '', 'Enter the date of birth', 'day'],
    ['17', '', '1992', 'Date of birth must include a month', 'month'],
    ['', '8', '', 'Date of birth must include a day and year', 'day'],
    ['31', '2', '1992', 'Date of birth must be a real date', 'day'],
    ['29', '2', '2025', 'Date of birth must be a real date', 'day'],
    ['17', '13', '1992', 'Date of birth must be a real date', 'day'],
    ['17', 'Augtember1', '1992', 'Date of birth must be a real date', 'month'],
    ['17', '8', '92', 'Year must include 4 numbers', 'year'],
    ['25', '11', '2026', 'Date of birth must be today or in the past', 'day'],
  ];
  for (const [day, month, year, message, part] of cases)
    assert.deepEqual(born(typedDate(day, month, year), 'dob', { now }), { ok: false, message, part });
});

test('a date that may be left out may be left out, and not half filled in', () => {
  const optional = dateField({ called: 'last contact', optional: true });
  assert.deepEqual(optional({}, 'dob', { now }), { ok: true, value: undefined });
  assert.equal(optional(typedDate('3', '', ''), 'dob', { now }).ok, false);
});

test('today is London’s day, also after midnight in summer', () => {
  const justAfterMidnight = Temporal.Instant.from('2026-07-01T23:30:00Z');
  assert.ok(born(typedDate('2', '7', '2026'), 'dob', { now: justAfterMidnight }).ok);
});

test('a time is read as people write it', () => {
  const cases: [string, string | undefined][] = [
    ['14:02', '14:02:00'],
    ['1402', '14:02:00'],
    ['9.05', '09:05:00'],
    ['905', '09:05:00'],
    ['2:02pm', '14:02:00'],
    ['12:10 am', '00:10:00'],
    ['24:00', undefined],
    ['14:60', undefined],
    ['13:00 pm', undefined],
    ['soon', undefined],
  ];
  for (const [text, expected] of cases) assert.equal(readTime(text)?.toString(), expected, text);
  assert.deepEqual(timeField({ called: 'time of the last drink' })({ t: 'x' }, 't', { now }), {
    ok: false,
    message: 'Time of the last drink must be a time, like 14:02',
  });
});

function seen(day: string, month: string, year: string, time: string, at = now) {
  const typed = { 's-day': day, 's-month': month, 's-year': year, 's-time': time };
  return dateTimeField({ called: 'time they were seen', limit: 'past' })(typed, 's', { now: at });
}

test('the hour that comes twice is the later one once it has been, and the earlier one before', () => {
  const after = seen('25', '10', '2026', '01:30', Temporal.Instant.from('2026-10-25T05:00:00Z'));
  assert.ok(after.ok);
  assert.equal(after.value.toString(), '2026-10-25T01:30:00Z');
  const between = seen('25', '10', '2026', '01:30', Temporal.Instant.from('2026-10-25T00:45:00Z'));
  assert.ok(between.ok);
  assert.equal(between.value.toString(), '2026-10-25T00:30:00Z');
});

test('the hour that the clocks skip is refused, and so is the future', () => {
  const skipped = seen('29', '3', '2026', '01:30');
  assert.ok(!skipped.ok);
  assert.match(skipped.message, /clocks went forward/);
  const ahead = seen('24', '11', '2026', '09:13');
  assert.ok(!ahead.ok);
  assert.equal(ahead.part, 'time');
});

test('a field filled with a moment or a date gives the same back', () => {
  const minutes = fc.integer({ min: 0, max: 60 * 24 * 400 });
  fc.assert(
    fc.property(minutes, (before) => {
      const at = now.subtract({ minutes: before });
      const parts = dateTimeParts(at);
      const read = seen(parts.day, parts.month, parts.year, parts.time);
      assert.ok(read.ok);
      // In the hour that comes twice the text is the same for two moments, an hour apart.
      assert.ok(Math.abs(at.until(read.value).total('minutes')) % 60 === 0);
      assert.deepEqual(dateTimeParts(read.value), parts);
    }),
  );
  const parts = dateParts(Temporal.PlainDate.from('1992-08-17'));
  const read = born(typedDate(parts.day, parts.month, parts.year), 'dob', { now });
  assert.ok(read.ok && read.value.toString() === '1992-08-17');
});
