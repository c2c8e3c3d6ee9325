import assert from 'node:assert/strict';
import test from 'node:test';
import { ageAndSource, ageOf, type FactSource } from './age-and-source.ts';
import { factLimits, limitFor } from './fact-limits.ts';

const now = Temporal.Instant.from('2026-11-24T09:12:00Z');
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

function line(fact: Omit<FactSource, 'now'>): string {
  return ageAndSource({ ...fact, now }).line;
}

test('a fact of today shows its clock time and no age', () => {
  assert.equal(line({ basis: 'told-us', by: null, at: at('2026-11-24T08:55:00Z') }), 'Told us · 08:55');
  assert.equal(
    line({ basis: 'screened', by: 'H Osei', at: at('2026-11-24T09:10:00Z') }),
    'Screened, H Osei · 09:10',
  );
});

test('a fact of last night says yesterday, the clock time and how many hours old it is', () => {
  assert.equal(
    line({ basis: 'told-us', by: 'S Mistry, nurse', at: at('2026-11-23T23:20:00Z') }),
    'Told S Mistry, nurse · yesterday 23:20 · 10 hours old',
  );
});

test('an older fact shows its date and its age', () => {
  assert.equal(
    line({ basis: 'observed', by: null, at: at('2026-05-02T13:00:00Z') }),
    'Observed · 2 May 2026 · 7 months old',
  );
});

test("a partner's record says as of", () => {
  assert.equal(
    line({ basis: 'partner-record', by: 'GP record', at: at('2026-11-24T08:57:00Z') }),
    'GP record · as of 08:57',
  );
  assert.equal(
    line({ basis: 'partner-record', by: 'GP record', at: at('2026-09-03T08:57:00Z') }),
    'GP record · as of 3 September 2026 · 82 days old',
  );
});

test('a fact past its limit is flagged old and says whom to check with', () => {
  const fact = {
    basis: 'diagnosed',
    by: 'Op COURAGE record',
    at: at('2025-11-20T10:00:00Z'),
    now,
    limit: limitFor('mental-health'),
    checkWith: 'Cal',
  } as const;
  const second = ageAndSource(fact);
  assert.equal(second.old, true);
  assert.equal(second.check, '12 months, check with Cal');
  assert.equal(second.line, 'Diagnosed, Op COURAGE record · 20 November 2025 · 12 months, check with Cal');
  const { checkWith: _unnamed, ...nameless } = fact;
  assert.equal(ageAndSource(nameless).check, '12 months, check again');
});

test('a fact is old at the moment its limit ends and not a minute before', () => {
  const told = { basis: 'told-us', by: null, at: at('2026-11-24T01:12:00Z') } as const;
  const limit = Temporal.Duration.from('PT8H');
  assert.equal(ageAndSource({ ...told, limit, now }).old, true);
  assert.equal(ageAndSource({ ...told, limit, now: now.subtract({ minutes: 1 }) }).old, false);
  assert.equal(ageAndSource({ ...told, limit: null, now }).old, false);
});

test('today is the London day: a quarter past midnight in summer is today', () => {
  const summer = at('2026-07-01T07:00:00Z');
  const early = ageAndSource({ basis: 'told-us', by: null, at: at('2026-06-30T23:15:00Z'), now: summer });
  assert.equal(early.line, 'Told us · 00:15');
});

test('ages use the unit a person would use', () => {
  assert.equal(ageOf(at('2026-11-24T09:11:30Z'), now), '0 minutes');
  assert.equal(ageOf(at('2026-11-24T09:11:00Z'), now), '1 minute');
  assert.equal(ageOf(at('2026-11-24T08:12:00Z'), now), '1 hour');
  assert.equal(ageOf(at('2026-11-22T09:00:00Z'), now), '2 days');
  assert.equal(ageOf(at('2026-08-20T09:00:00Z'), now), '3 months');
  assert.equal(ageOf(at('2023-10-01T09:00:00Z'), now), '3 years');
});

test('a time ahead of the clock is shown without an age', () => {
  assert.equal(
    line({ basis: 'partner-record', by: 'GP record', at: at('2026-11-25T09:00:00Z') }),
    'GP record · as of 25 November 2026',
  );
});

test('every limit is a length a calendar can add, and says who must confirm it', () => {
  for (const each of factLimits) {
    const limit = limitFor(each.kind);
    assert.ok(limit === null || limit.sign > 0);
    assert.match(each.source, /to be confirmed/i);
  }
  assert.equal(new Set(factLimits.map((each) => each.kind)).size, factLimits.length);
});
