import test from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LONDON, londonDate, londonSeconds } from './clock.ts';

function expected(at: Temporal.Instant): string {
  const zoned = at.toZonedDateTimeISO(LONDON);
  return `${zoned.toPlainDate().toString()} ${String(zoned.hour * 3600 + zoned.minute * 60 + zoned.second)}`;
}

function found(at: Temporal.Instant): string {
  return `${londonDate(at).toString()} ${String(londonSeconds(at))}`;
}

test('The London date and time of any moment are those of the zone, also before 1970', () => {
  const moments = fc.integer({
    min: Temporal.Instant.from('1830-01-01T00:00Z').epochMilliseconds,
    max: Temporal.Instant.from('2090-01-01T00:00Z').epochMilliseconds,
  });
  fc.assert(
    fc.property(moments, (milliseconds) => {
      const at = Temporal.Instant.fromEpochMilliseconds(milliseconds);
      assert.equal(found(at), expected(at));
    }),
    { numRuns: 2_000 },
  );
});

test('Around every change of the clocks since 1970 the London date and time are right to the second', () => {
  let at = Temporal.Instant.from('1970-01-01T00:00Z').toZonedDateTimeISO(LONDON);
  let changes = 0;
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.year > 2037) break;
    for (const seconds of [-86_400, -3_600, -1_800, -1, 0, 1, 1_799, 1_800, 3_599, 3_600, 86_400]) {
      const near = next.toInstant().add({ seconds });
      assert.equal(found(near), expected(near));
    }
    changes += 1;
    at = next;
  }
  assert.ok(changes > 100);
});

test('An hour first asked about just before the clocks change answers rightly just after it', () => {
  const before = Temporal.Instant.from('2026-03-29T00:59:59.999Z');
  const after = Temporal.Instant.from('2026-03-29T01:00:00Z');
  assert.equal(londonSeconds(before), 59 * 60 + 59);
  assert.equal(londonSeconds(after), 2 * 3600);
});
