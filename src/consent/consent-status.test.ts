import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { consentState, type DatedDecision } from './consent-status.ts';
import {
  extentCovers,
  extents,
  standardSubjects,
  subjectKey,
  type ConsentExtent,
} from './consent-subject.ts';

const now = Temporal.Instant.from('2026-11-24T09:12:00Z');
const adult = { birthDate: Temporal.PlainDate.from('1992-08-17'), now };
const child = { birthDate: Temporal.PlainDate.from('2011-08-17'), now };
const runs = { numRuns: 10_000 };

function decision(given: Partial<DatedDecision> = {}): DatedDecision {
  return {
    id: 'a',
    decision: 'given',
    holder: 'person',
    competence: 'presumed',
    decidedAt: now.subtract({ hours: 1 }),
    expiresAt: null,
    extent: 'all-relevant',
    partnerRecords: false,
    ...given,
  };
}
const hoursAgo = (hours: number) => now.subtract({ hours });

const anyDecision: fc.Arbitrary<DatedDecision> = fc.record({
  id: fc.uuid(),
  decision: fc.constantFrom('given' as const, 'refused' as const, 'withdrawn' as const),
  holder: fc.constantFrom('person' as const, 'parental-responsibility' as const),
  competence: fc.constantFrom(
    'presumed' as const,
    'gillick-competent' as const,
    'not-gillick-competent' as const,
    'not-sure' as const,
  ),
  // Few different times, so that two decisions often fall on one instant.
  decidedAt: fc.integer({ min: -2, max: 12 }).map(hoursAgo),
  expiresAt: fc.option(fc.integer({ min: -5, max: 5 }).map(hoursAgo), { nil: null }),
  extent: fc.option(fc.constantFrom(...extents), { nil: null }),
  partnerRecords: fc.boolean(),
});
const anyMoment = fc.record({
  birthDate: fc.option(
    fc
      .constantFrom('1992-08-17', '2011-08-17', '2010-11-24', '2010-11-25')
      .map((text) => Temporal.PlainDate.from(text)),
    { nil: null },
  ),
  now: fc.constant(now),
});

test('what nobody asked is not asked, and never a no', () => {
  assert.equal(consentState([], adult).state, 'not-asked');
});

test('agreeing, refusing, taking back and running out are four different states', () => {
  assert.equal(consentState([decision()], adult).state, 'given');
  assert.equal(consentState([decision({ decision: 'refused' })], adult).state, 'refused');
  assert.equal(consentState([decision({ decision: 'withdrawn' })], adult).state, 'withdrawn');
  assert.equal(consentState([decision({ expiresAt: now })], adult).state, 'expired');
});

test('somebody who refused and later agreed has agreed', () => {
  const decisions = [decision({ decision: 'refused', decidedAt: hoursAgo(8) }), decision()];
  assert.equal(consentState(decisions, adult).state, 'given');
});

test('the order in which decisions were entered makes no difference', () => {
  fc.assert(
    fc.property(
      fc
        .array(anyDecision, { maxLength: 6 })
        .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      anyMoment,
      ([entered, shuffled], moment) => {
        const strip = ({ state, extent, partnerRecords }: ReturnType<typeof consentState>) => ({
          state,
          extent,
          partnerRecords,
        });
        assert.deepEqual(strip(consentState(entered, moment)), strip(consentState(shuffled, moment)));
      },
    ),
    runs,
  );
});

test('a person who takes it back now shares nothing, whatever was decided before', () => {
  fc.assert(
    fc.property(fc.array(anyDecision, { maxLength: 6 }), anyMoment, (earlier, moment) => {
      const past = earlier.filter((entry) => Temporal.Instant.compare(entry.decidedAt, now) <= 0);
      const back = decision({ decision: 'withdrawn', decidedAt: now, competence: 'not-sure' });
      assert.notEqual(consentState([...past, back], moment).state, 'given');
    }),
    runs,
  );
});

test('a refusal or withdrawal by anybody never widens what may go', () => {
  fc.assert(
    fc.property(fc.array(anyDecision, { maxLength: 6 }), anyDecision, anyMoment, (earlier, last, moment) => {
      const closing: DatedDecision = {
        ...last,
        decision: last.decision === 'given' ? 'withdrawn' : last.decision,
        decidedAt: now,
      };
      const before = consentState(earlier, moment);
      const after = consentState([...earlier, closing], moment);
      if (after.state !== 'given') return;
      assert.equal(before.state, 'given');
      assert.ok(covers(before.extent, after.extent));
      assert.ok(before.partnerRecords || !after.partnerRecords);
    }),
    runs,
  );
});

function covers(was: ConsentExtent | null, is: ConsentExtent | null): boolean {
  return was === is || (was !== null && is !== null && extentCovers(was, is));
}

test('of two answers at one moment the narrower counts', () => {
  const wide = decision({ extent: 'all-relevant' });
  const narrow = decision({ extent: 'recommendation-only' });
  assert.equal(consentState([wide, narrow], adult).extent, 'recommendation-only');
  assert.equal(consentState([wide, decision({ decision: 'refused' })], adult).state, 'refused');
});

test('under 16, a yes from the young person and a no from a parent is a conflict, whoever spoke last', () => {
  const yes = decision({ competence: 'gillick-competent' });
  const no = decision({ holder: 'parental-responsibility', decision: 'refused', decidedAt: hoursAgo(3) });
  assert.equal(consentState([yes, no], child).state, 'conflict');
  const parentYes = decision({ holder: 'parental-responsibility' });
  const childNo = decision({ decision: 'refused', competence: 'not-sure', decidedAt: hoursAgo(9) });
  assert.equal(consentState([parentYes, childNo], child).state, 'conflict');
});

test('under 16, a yes that was not understood opens nothing', () => {
  assert.equal(consentState([decision({ competence: 'not-gillick-competent' })], child).state, 'not-asked');
  assert.equal(consentState([decision({ competence: 'presumed' })], child).state, 'not-asked');
});

test('under 16, parental responsibility can agree, to no more than the young person agreed to', () => {
  const parent = decision({ holder: 'parental-responsibility' });
  assert.equal(consentState([parent], child).state, 'given');
  const own = decision({ competence: 'gillick-competent', extent: 'recommendation-only' });
  assert.equal(consentState([parent, own], child).extent, 'recommendation-only');
});

test('a parent’s agreement runs out at midnight at the start of the 16th birthday in London', () => {
  const birthDate = Temporal.PlainDate.from('2010-06-15');
  const parent = decision({
    holder: 'parental-responsibility',
    decidedAt: Temporal.Instant.from('2026-05-01T10:00Z'),
  });
  // British Summer Time: midnight is 23:00 UTC the day before.
  assert.equal(
    consentState([parent], { birthDate, now: Temporal.Instant.from('2026-06-14T22:59:59Z') }).state,
    'given',
  );
  assert.equal(
    consentState([parent], { birthDate, now: Temporal.Instant.from('2026-06-14T23:00:00Z') }).state,
    'expired',
  );
});

test('a parent cannot agree for an adult, nor stop one', () => {
  assert.equal(consentState([decision({ holder: 'parental-responsibility' })], adult).state, 'expired');
  const no = decision({ holder: 'parental-responsibility', decision: 'refused', decidedAt: now });
  assert.equal(consentState([decision(), no], adult).state, 'given');
});

test('while nobody knows how old somebody is, they are treated as young until judged able', () => {
  const unknown = { birthDate: null, now };
  assert.equal(consentState([decision({ competence: 'presumed' })], unknown).state, 'not-asked');
  assert.equal(consentState([decision({ competence: 'gillick-competent' })], unknown).state, 'given');
});

test('adults are asked about probation, under 18s about youth justice, and both while the age is not known', () => {
  const keys = (birth: string | null) =>
    standardSubjects(
      birth === null ? null : Temporal.PlainDate.from(birth),
      Temporal.PlainDate.from('2026-11-24'),
    ).map(subjectKey);
  assert.ok(
    keys('2008-11-24').includes('share-probation') && !keys('2008-11-24').includes('share-youth-justice'),
  );
  assert.ok(
    keys('2008-11-25').includes('share-youth-justice') && !keys('2008-11-25').includes('share-probation'),
  );
  assert.ok(keys(null).includes('share-probation') && keys(null).includes('share-youth-justice'));
});
