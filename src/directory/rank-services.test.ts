import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import { needKinds } from '../people/index.ts';
import { answered, declined, notAsked, unknownAnswer } from '../platform/answer.ts';
import type { Answer } from '../platform/answer.ts';
import { listingArbitrary } from './listing-arbitrary.ts';
import { districts } from './places.ts';
import { rankServices } from './rank-services.ts';
import type { RankedService } from './rank-services.ts';
import type { ServiceListing } from './service-listing.ts';
import { accessNeeds } from './service-seeker.ts';
import type { ServiceExperience, ServiceSeeker, TriedOutcome } from './service-seeker.ts';

const today = Temporal.PlainDate.from('2026-03-02');
const nothingTried: ServiceExperience = { tracks: new Map(), tried: [] };

const seeker: ServiceSeeker = {
  need: 'housing',
  otherNeeds: [],
  age: answered(34),
  gender: answered('man'),
  armedForces: notAsked,
  district: answered('Salford'),
  accessNeeds: [],
};

const listing: ServiceListing = {
  externalId: 'a',
  name: 'Weaver Street housing advice',
  status: 'active',
  phones: [],
  needs: ['housing'],
  terms: [],
  onlyFor: [],
  languages: [],
  costs: [],
  locations: [],
  areas: [{ name: 'Salford' }],
  schedules: [],
  assuredDate: Temporal.PlainDate.from('2026-02-20'),
};

const words = (ranked: RankedService | undefined): readonly string[] =>
  (ranked?.reasons ?? []).map((reason) => reason.words);
const rankOne = (changes: Partial<ServiceListing>, who: Partial<ServiceSeeker> = {}): RankedService => {
  const [ranked] = rankServices([{ ...listing, ...changes }], { ...seeker, ...who }, nothingTried, today);
  assert.ok(ranked);
  return ranked;
};

const answer = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<Answer<T>> =>
  fc.oneof(values.map(answered), fc.constantFrom(notAsked, declined, unknownAnswer));
const needKey = fc.constantFrom(...needKinds.map((kind) => kind.key));
const seekerArbitrary: fc.Arbitrary<ServiceSeeker> = fc.record({
  need: needKey,
  otherNeeds: fc.array(needKey, { maxLength: 3 }),
  age: answer(fc.integer({ min: 10, max: 95 })),
  gender: answer(fc.constantFrom('woman' as const, 'man' as const, 'another' as const)),
  armedForces: answer(fc.boolean()),
  district: answer(fc.constantFrom(...districts)),
  accessNeeds: fc.subarray([...accessNeeds]),
});
const experienceFor = (listings: readonly ServiceListing[]): fc.Arbitrary<ServiceExperience> =>
  fc
    .record({
      tried: fc.array(
        fc.record({
          externalId: fc.constantFrom('none', ...listings.map((one) => one.externalId)),
          outcome: fc.constantFrom<TriedOutcome>(
            'completed',
            'stopped-going',
            'declined-by-service',
            'waiting',
          ),
          on: fc.integer({ min: 0, max: 900 }).map((days) => today.subtract({ days })),
        }),
        { maxLength: 4 },
      ),
      counts: fc.array(fc.nat({ max: 20 }), { minLength: 3, maxLength: 3 }),
    })
    .map(({ tried, counts }) => {
      const [accepted = 0, refused = 0, missed = 0] = counts;
      const track = {
        answered: accepted + refused,
        accepted,
        firstDue: accepted,
        firstAttended: Math.max(0, accepted - missed),
      };
      return { tried, tracks: new Map(listings.slice(0, 2).map((one) => [one.externalId, track])) };
    });
const scene = fc
  .tuple(
    fc.uniqueArray(listingArbitrary, { minLength: 1, maxLength: 8, selector: (one) => one.externalId }),
    seekerArbitrary,
  )
  .chain(([listings, who]) => fc.tuple(fc.constant(listings), fc.constant(who), experienceFor(listings)));

test('the order is the same whatever the order given, and nobody is dropped', () => {
  fc.assert(
    fc.property(scene, fc.nat(), ([listings, who, experience], turn) => {
      const ids = (given: readonly ServiceListing[]): readonly string[] =>
        rankServices(given, who, experience, today).map((one) => one.listing.externalId);
      const at = turn % listings.length;
      const expected = ids(listings);
      assert.equal(expected.length, listings.length);
      assert.deepEqual(ids(listings.toReversed()), expected);
      assert.deepEqual(ids([...listings.slice(at), ...listings.slice(0, at)]), expected);
    }),
  );
});

test('services alike in everything but their id still have one order', () => {
  fc.assert(
    fc.property(
      listingArbitrary,
      seekerArbitrary,
      fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 }),
      (one, who, ids) => {
        const alike = ids.map((externalId) => ({ ...one, externalId }));
        assert.deepEqual(
          rankServices(alike, who, nothingTried, today).map((ranked) => ranked.listing.externalId),
          ['a', 'b', 'c', 'd'],
        );
      },
    ),
  );
});

test('fit never loses to alphabet: renaming every service changes no place between unequal fits', () => {
  fc.assert(
    fc.property(scene, ([listings, who, experience]) => {
      const order = { fits: 0, 'may-fit': 1, 'does-not-fit': 2 };
      const first = rankServices(listings, who, experience, today);
      // the best gets the last name of the alphabet, the worst the first
      const renamed = first.map((one, at) => ({
        ...one.listing,
        name: `${String.fromCodePoint(0x7a - at)} service`,
      }));
      for (const ranking of [first, rankServices(renamed, who, experience, today)]) {
        const fits = ranking.map((one) => order[one.fit]);
        assert.deepEqual(
          fits,
          fits.toSorted((a, b) => a - b),
        );
      }
      const ids = (ranking: readonly RankedService[]) =>
        new Map(ranking.map((one) => [one.listing.externalId, order[one.fit]]));
      assert.deepEqual(ids(rankServices(renamed, who, experience, today)), ids(first));
    }),
  );
});

test('stale never beats fresh at equal fit, whatever its name, wait or distance', () => {
  fc.assert(
    fc.property(
      listingArbitrary,
      seekerArbitrary,
      fc.integer({ min: 0, max: 80 }),
      fc.integer({ min: 130, max: 4000 }),
      fc.nat({ max: 400 }),
      (drawn, who, freshDays, staleDays, wait) => {
        const fresh: ServiceListing = {
          ...drawn,
          externalId: 'fresh',
          name: 'Zinc Street',
          assuredDate: today.subtract({ days: freshDays }),
          waitingTimeDays: wait + 30,
        };
        const stale: ServiceListing = {
          ...drawn,
          externalId: 'stale',
          name: 'Alder Street',
          assuredDate: today.subtract({ days: staleDays }),
          waitingTimeDays: wait,
          locations: [...drawn.locations, { kind: 'virtual', lines: [], accessibility: [] }],
        };
        const ranked = rankServices([stale, fresh], who, nothingTried, today);
        assert.equal(ranked[0]?.listing.externalId, 'fresh');
      },
    ),
  );
});

test('a service excluded by age is never offered as fitting, and says so', () => {
  fc.assert(
    fc.property(scene, fc.integer({ min: 10, max: 95 }), ([listings, who, experience], age) => {
      for (const ranked of rankServices(listings, { ...who, age: answered(age) }, experience, today)) {
        const { minAge, maxAge } = ranked.listing;
        if ((minAge === undefined || age >= minAge) && (maxAge === undefined || age <= maxAge)) continue;
        assert.equal(ranked.fit, 'does-not-fit');
        assert.ok(ranked.reasons.some((reason) => reason.about === 'age' && reason.effect === 'excludes'));
      }
    }),
  );
});

test('every service that does not fit says why, and every one that fits says what it helps with', () => {
  fc.assert(
    fc.property(scene, ([listings, who, experience]) => {
      for (const ranked of rankServices(listings, who, experience, today)) {
        const effects = ranked.reasons.map((reason) => reason.effect);
        assert.equal(ranked.fit === 'does-not-fit', effects.includes('excludes'));
        if (ranked.fit === 'fits') {
          assert.ok(ranked.listing.needs.includes(who.need));
          assert.ok(!effects.includes('check'));
        }
      }
    }),
  );
});

test('the reasons are said in plain words', () => {
  const ranked = rankOne({
    minAge: 18,
    assuredDate: Temporal.PlainDate.from('2025-12-01'),
    waitingTimeDays: 21,
    locations: [{ kind: 'physical', lines: [], postcode: 'M27 8XE', accessibility: [] }],
  });
  assert.equal(ranked.fit, 'fits');
  assert.deepEqual(words(ranked), [
    'Helps with housing',
    'Takes people from 18',
    'Serves Salford',
    'Verified 3 months ago: check first',
    'Wait of about 3 weeks',
    'About 1 km away',
  ]);
});

test('both age limits include the year they name', () => {
  const fit = (age: number): string => rankOne({ minAge: 18, maxAge: 25 }, { age: answered(age) }).fit;
  assert.deepEqual([17, 18, 25, 26].map(fit), ['does-not-fit', 'fits', 'fits', 'does-not-fit']);
});

test('an age, gender or service record that was not asked is a question, not a no', () => {
  for (const age of [notAsked, declined, unknownAnswer])
    assert.equal(rankOne({ minAge: 18 }, { age }).fit, 'may-fit');
  assert.equal(rankOne({ onlyFor: ['women'] }, { gender: notAsked }).fit, 'may-fit');
  assert.equal(rankOne({ onlyFor: ['women'] }, { gender: answered('another') }).fit, 'may-fit');
  assert.equal(rankOne({ onlyFor: ['women'] }, { gender: answered('woman') }).fit, 'fits');
  assert.equal(rankOne({ onlyFor: ['women'] }, { gender: answered('man') }).fit, 'does-not-fit');
  assert.equal(rankOne({ onlyFor: ['armed-forces-community'] }).fit, 'may-fit');
  assert.equal(
    rankOne({ onlyFor: ['armed-forces-community'] }, { armedForces: answered(false) }).fit,
    'does-not-fit',
  );
});

test('closed services are not offered, full ones are to be asked first', () => {
  for (const status of ['inactive', 'defunct', 'temporarily-closed'] as const)
    assert.equal(rankOne({ status }).fit, 'does-not-fit');
  assert.equal(rankOne({ status: 'unknown' }).fit, 'may-fit');
  assert.equal(rankOne({ capacity: 'full' }).fit, 'may-fit');
});

test('a service for another district only is excluded; words we do not know are to be checked', () => {
  assert.equal(rankOne({ areas: [{ name: 'Wigan' }] }).fit, 'does-not-fit');
  assert.equal(rankOne({ areas: [{ name: 'Wigan' }, { name: 'Greater Manchester' }] }).fit, 'fits');
  assert.equal(rankOne({ areas: [{ name: 'The Dales estate' }] }).fit, 'may-fit');
  assert.equal(rankOne({ areas: [] }).fit, 'fits');
});

test('a place that says it has no step-free entrance does not count as step-free', () => {
  const at = (accessibility: string) =>
    rankOne(
      { locations: [{ kind: 'physical', lines: [], accessibility: [accessibility] }] },
      { accessNeeds: ['step-free'] },
    );
  assert.equal(at('Step-free entrance and lift').fit, 'fits');
  assert.equal(at('There is no step-free entrance').fit, 'may-fit');
});

test('what this person tried before changes the order and is told with its date', () => {
  const other = { ...listing, externalId: 'b', name: 'Zetland Road housing' };
  const tried = (outcome: TriedOutcome): readonly RankedService[] =>
    rankServices(
      [listing, other],
      seeker,
      {
        tracks: new Map(),
        tried: [{ externalId: 'a', outcome, on: Temporal.PlainDate.from('2025-01-10') }],
      },
      today,
    );
  const stopped = tried('stopped-going');
  assert.deepEqual(
    stopped.map((one) => one.listing.externalId),
    ['b', 'a'],
  );
  assert.ok(words(stopped[1]).includes('They stopped going (1 year ago)'));
  assert.equal(tried('completed')[0]?.listing.externalId, 'a');
  assert.equal(tried('declined-by-service')[1]?.fit, 'may-fit');
});

test('a service that took and kept people we sent comes before one that did not', () => {
  const other = { ...listing, externalId: 'b', name: 'Zetland Road housing' };
  const ranked = rankServices(
    [listing, other],
    seeker,
    {
      tried: [],
      tracks: new Map([
        ['a', { answered: 10, accepted: 2, firstDue: 2, firstAttended: 1 }],
        ['b', { answered: 10, accepted: 9, firstDue: 8, firstAttended: 7 }],
      ]),
    },
    today,
  );
  assert.equal(ranked[0]?.listing.externalId, 'b');
  assert.ok(words(ranked[0]).includes('Accepted 9 of 10 referrals from us'));
});
