import * as fc from 'fast-check';
import { needKinds } from '../people/index.ts';
import { present } from './json-reading.ts';
import { splitTerms } from './needs-from-terms.ts';
import { serviceCapacities, serviceGroups } from './service-listing.ts';
import type { ServiceListing } from './service-listing.ts';

/** Any listing a feed could give us, for property tests: every field present or not, texts trimmed as reading does. */
const words = fc
  .string({ minLength: 1, maxLength: 30 })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const email = fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}\.example$/);
const url = fc.stringMatching(/^https:\/\/[a-z]{1,12}\.example\/[a-z]{0,8}$/);
const day = fc
  .integer({ min: 0, max: 9000 })
  .map((days) => Temporal.PlainDate.from('2010-01-01').add({ days }));
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => `${part}`.padStart(2, '0')).join(':'));
const optional = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model).map(present);

const term = fc
  .tuple(words, optional({ taxonomy: maybe(words), code: maybe(words), uri: maybe(url) }))
  .map(([name, rest]) => ({ name, ...rest }));
const location = fc
  .tuple(
    fc.constantFrom('physical' as const, 'postal' as const, 'virtual' as const),
    maybe(
      fc.record({
        lines: fc.array(words, { minLength: 1, maxLength: 2 }),
        town: words,
        county: words,
        postcode: words,
      }),
    ),
    maybe(
      fc.record({
        lat: fc.double({ min: 49, max: 61.5, noNaN: true }),
        lon: fc.double({ min: -11, max: 2.5, noNaN: true }),
      }),
    ),
    fc.uniqueArray(words, { maxLength: 3 }),
    optional({ name: maybe(words) }),
  )
  .map(([kind, address, position, accessibility, name]) => ({
    kind,
    ...(address ?? { lines: [] }),
    ...position,
    accessibility,
    ...name,
  }));
const schedule = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU', '2TU', '-1FR')),
    optional({
      frequency: maybe(fc.constantFrom('WEEKLY' as const, 'MONTHLY' as const)),
      interval: maybe(fc.integer({ min: 1, max: 4 })),
      opensAt: maybe(clock),
      closesAt: maybe(clock),
      validFrom: maybe(day),
      validTo: maybe(day),
      description: maybe(words),
      attending: maybe(words),
      notes: maybe(words),
    }),
  )
  .map(([days, rest]) => ({ days, ...rest }));

/** A listing with all that the standard and a worker need, so that it is published as valid. */
export const listingArbitrary: fc.Arbitrary<ServiceListing> = fc
  .record({
    base: fc.record({
      externalId: fc.uuid(),
      name: words,
      description: words,
      email,
      status: fc.constantFrom(
        'active' as const,
        'inactive' as const,
        'defunct' as const,
        'temporarily-closed' as const,
      ),
      onlyFor: fc.subarray([...serviceGroups]),
      languages: fc.uniqueArray(words, { maxLength: 3 }),
      locations: fc.array(location, { maxLength: 2 }),
      schedules: fc.array(schedule, { maxLength: 2 }),
    }),
    organisation: fc
      .tuple(fc.uuid(), words, words, optional({ url: maybe(url), email: maybe(email) }))
      .map(([externalId, name, description, rest]) => ({ externalId, name, description, ...rest })),
    phones: fc.uniqueArray(
      fc.tuple(words, optional({ description: maybe(words) })).map(([number, rest]) => ({ number, ...rest })),
      { maxLength: 2, selector: (phone) => phone.number },
    ),
    needs: fc.subarray(needKinds.map((kind) => kind.key)),
    terms: fc.array(term, { maxLength: 3 }),
    ages: fc
      .tuple(maybe(fc.integer({ min: 0, max: 60 })), maybe(fc.integer({ min: 60, max: 120 })))
      .map(([minAge, maxAge]) => present({ minAge, maxAge })),
    costs: fc.array(
      fc.record({ option: words }).chain((cost) =>
        optional({
          amount: maybe(fc.integer({ min: 0, max: 500 })),
          currency: maybe(fc.constant('GBP')),
          description: maybe(words),
        }).map((rest) => ({ ...cost, ...rest })),
      ),
      { maxLength: 2 },
    ),
    areas: fc.array(
      fc
        .tuple(words, optional({ extent: maybe(words), extentType: maybe(words), uri: maybe(url) }))
        .map(([name, rest]) => ({ name, ...rest })),
      { maxLength: 3 },
    ),
    rest: optional({
      url: maybe(url),
      eligibility: maybe(words),
      interpretation: maybe(words),
      fees: maybe(words),
      waitingTimeDays: maybe(fc.integer({ min: 0, max: 800 })),
      capacity: maybe(fc.constantFrom(...serviceCapacities)),
      howToRefer: maybe(words),
      alert: maybe(words),
      assuredDate: maybe(day),
      assuredBy: maybe(email),
      lastModified: maybe(
        fc
          .integer({ min: 0, max: 2_000_000_000 })
          .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000)),
      ),
    }),
  })
  .map(({ base, organisation, phones, needs, terms, ages, costs, areas, rest }) => {
    const read = splitTerms(terms);
    return {
      ...base,
      organisation,
      phones,
      // as reading gives them: in the vocabulary's order, with what the source's own terms name
      needs: needKinds
        .map((kind) => kind.key)
        .filter((key) => needs.includes(key) || read.needs.includes(key)),
      terms: read.terms,
      costs,
      areas,
      ...ages,
      ...rest,
    };
  });
