import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import { detectDirectoryFormat } from './detect-format.ts';
import { listingArbitrary } from './listing-arbitrary.ts';
import { readDirectory, readDirectoryFile } from './open-referral.ts';
import type { DirectoryReading } from './open-referral.ts';
import { waitingDaysFrom, waitingWords } from './waiting-time.ts';
import { writeDirectory, writeService } from './write-open-referral.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const codes = (reading: DirectoryReading): readonly string[] => reading.reasons.map((reason) => reason.code);

const organisation = {
  id: '0d1f6f9e-6a55-4c1e-9d55-3f1b8b9f2a01',
  name: 'Quarry Bank Advice',
  description: 'Free advice',
};
const service = {
  id: '0d1f6f9e-6a55-4c1e-9d55-3f1b8b9f2a02',
  name: 'Quarry Bank debt advice',
  description: 'Help with debt',
  email: 'hello@quarrybank.example',
  status: 'active',
  organization: organisation,
};

test('a listing written as Open Referral UK 3.0 is valid and is read back as the same listing', () => {
  fc.assert(
    fc.property(listingArbitrary, (listing) => {
      const reading = readDirectory(plain(writeService(listing)));
      assert.equal(reading.status, 'valid', JSON.stringify(reading.reasons));
      assert.deepEqual(plain(reading.listings), plain([listing]));
    }),
    { numRuns: 300 },
  );
});

test('a whole directory is one valid page, and is written the same twice', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(listingArbitrary, { maxLength: 5, selector: (listing) => listing.externalId }),
      (listings) => {
        const page = writeDirectory(listings);
        const reading = readDirectory(plain(page));
        const unexpected = reading.reasons.filter(
          // two drawn organisations or services may by chance be told to share an id or differ in it
          (reason) => reason.severity !== 'note' && reason.code !== 'shared-id',
        );
        assert.deepEqual(unexpected, []);
        assert.equal(reading.listings.length, listings.length);
        assert.equal(JSON.stringify(page), JSON.stringify(writeDirectory(listings)));
      },
    ),
    { numRuns: 50 },
  );
});

test('no JSON value whatever makes the reader fall over', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const reading = readDirectory(json);
      assert.ok(['valid', 'warning', 'failing'].includes(reading.status));
    }),
    { numRuns: 500 },
  );
});

test('a damaged listing is read or refused with a reason, and never makes the reader fall over', () => {
  const damage = fc.constantFrom<unknown>(null, '', 0, -1, 1e308, true, [], {}, [null], [[]], 'x', { id: 3 });
  fc.assert(
    fc.property(
      listingArbitrary,
      fc.array(fc.tuple(fc.nat(), damage), { minLength: 1, maxLength: 6 }),
      (listing, hits) => {
        const json: unknown = plain(writeDirectory([listing, listing]));
        for (const [at, value] of hits) mutate(json, at, value);
        const reading = readDirectory(json);
        for (const reason of reading.reasons) {
          assert.equal(typeof reason.path, 'string');
          assert.notEqual(reason.message, '');
        }
        if (reading.format.shape === 'list' && reading.format.kind === 'service')
          assert.ok(reading.listings.length + reading.refused > 0, 'every record is listed or refused');
        if (reading.refused > 0) assert.equal(reading.status, 'failing');
      },
    ),
    { numRuns: 500 },
  );
});

/** Puts a value at the nth place of a JSON tree, counted depth first. */
function mutate(json: unknown, at: number, value: unknown): void {
  const places: [Record<string, unknown>, string][] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      places.push([node as Record<string, unknown>, key]);
      walk((node as Record<string, unknown>)[key]);
    }
  };
  walk(json);
  const place = places[at % Math.max(places.length, 1)];
  // a copy, so that no value that was put in is damaged in its turn
  if (place !== undefined) place[0][place[1]] = structuredClone(value);
}

test('an object that contains itself is read, not followed for ever', () => {
  const loop: Record<string, unknown> = { ...organisation, website: 'https://quarrybank.example' };
  loop['services'] = [{ ...service, organization: loop }];
  assert.ok(codes(readDirectory(loop)).includes('nested-too-deep'));
});

test('bytes that are no UTF-8 and text that is no JSON are failing with their reason', () => {
  assert.deepEqual(codes(readDirectoryFile(new Uint8Array([0x7b, 0x93, 0x7d]))), ['not-utf-8']);
  assert.deepEqual(codes(readDirectoryFile(new TextEncoder().encode('{"id": '))), ['not-json']);
  assert.deepEqual(codes(readDirectoryFile(new TextEncoder().encode('id,name\n1,x\n'))), ['tables-not-read']);
});

test('one id given twice gives one listing, the later changed, and a warning', () => {
  const older = { ...service, name: 'Old name', last_modified: '2025-01-01T00:00:00Z' };
  const newer = { ...service, name: 'New name', last_modified: '2026-01-01T00:00:00Z' };
  for (const list of [
    [older, newer],
    [newer, older],
  ]) {
    const reading = readDirectory(list);
    assert.equal(reading.status, 'warning');
    assert.ok(codes(reading).includes('duplicate-id'));
    assert.deepEqual(
      reading.listings.map((listing) => listing.name),
      ['New name'],
    );
  }
});

test('a service without its organisation is read with a warning; one without a name is refused', () => {
  const { organization: _, ...alone } = service;
  const without = readDirectory(alone);
  assert.equal(without.status, 'warning');
  assert.equal(without.listings.length, 1);
  const { name: __, ...nameless } = service;
  const refused = readDirectory(nameless);
  assert.equal(refused.status, 'failing');
  assert.equal(refused.refused, 1);
  assert.deepEqual(refused.listings, []);
});

test('terms whose parents go in a circle are told, however long the circle', () => {
  const id = (n: number): string => `0d1f6f9e-6a55-4c1e-9d55-${`${n}`.padStart(12, '0')}`;
  const circle = Array.from({ length: 4000 }, (_, n) => ({
    id: id(n),
    name: 'Term',
    description: 'A term',
    parent_id: id((n + 1) % 4000),
  }));
  const reading = readDirectory(circle);
  assert.equal(reading.reasons.filter((reason) => reason.code === 'parent-cycle').length, 4000);
});

test('crossed or impossible ages are not read, so that nobody is left out by a typing error', () => {
  const crossed = readDirectory({ ...service, minimum_age: 65, maximum_age: 18 });
  assert.equal(crossed.listings[0]?.minAge, undefined);
  assert.ok(codes(crossed).includes('ages-crossed'));
  const impossible = readDirectory({ ...service, minimum_age: -3, maximum_age: 999 });
  assert.equal(impossible.listings[0]?.maxAge, undefined);
});

test('taxonomy terms we know become needs; those we do not know are kept as they came', () => {
  const attribute = (name: string, n: number) => ({
    id: `0d1f6f9e-6a55-4c1e-9d55-00000000000${n}`,
    taxonomy_term: { id: `0d1f6f9e-6a55-4c1e-9d55-00000000001${n}`, name },
  });
  const [listing] = readDirectory({
    ...service,
    attributes: [
      attribute('Debt and money advice', 1),
      attribute('Homelessness', 2),
      attribute('Beekeeping', 3),
    ],
  }).listings;
  assert.deepEqual(listing?.needs, ['housing', 'money-debt']);
  assert.deepEqual(
    listing.terms.map((term) => term.name),
    ['Debt and money advice', 'Homelessness', 'Beekeeping'],
  );
});

test('a version 1 service is detected and read into the same listing', () => {
  const versionOne = {
    id: '1502',
    name: 'Stables Yard carers group',
    description: 'A weekly group',
    status: 'active',
    url: 'https://stablesyard.example',
    organization: {
      id: '9',
      name: 'Stables Yard',
      description: 'Charity',
      url: 'https://stablesyard.example',
    },
    attending_access: 'drop-in',
    service_taxonomies: [{ id: '1', taxonomy: { id: 't1', name: 'Carers', vocabulary: 'esdServiceTypes' } }],
    eligibilities: [
      { id: '1', eligibility: 'female', minimum_age: 18, maximum_age: 65 },
      { id: '2', eligibility: 'female', minimum_age: 16, maximum_age: 70 },
    ],
    service_at_locations: [
      {
        id: '1',
        location: {
          id: '2',
          name: 'The hall',
          latitude: 53.41,
          longitude: -2.16,
          physical_addresses: [
            {
              id: '3',
              address_1: '4 Yard Lane',
              city: 'Stockport',
              state_province: 'Greater Manchester',
              postal_code: 'SK1 3XE',
              country: 'GB',
            },
          ],
          accessibility_for_disabilities: [{ id: '4', accessibility: 'Step-free entrance' }],
        },
      },
    ],
    contacts: [{ id: '1', title: 'Office', phones: [{ id: '1', number: '0161 496 0111' }] }],
    regular_schedules: [
      { id: '1', weekday: 2, opens_at: '10:00', closes_at: '12:00', byday: 'TU', freq: 'WEEKLY' },
    ],
    service_areas: [{ id: '1', service_area: 'Stockport' }],
    languages: [{ id: '1', language: 'English' }],
    cost_options: [],
  };
  const page = {
    totalElements: 1,
    totalPages: 1,
    number: 0,
    size: 50,
    first: true,
    last: true,
    empty: false,
  };
  const reading = readDirectory({ ...page, content: [versionOne] });
  assert.deepEqual(reading.format, { shape: 'list', version: 1, kind: 'service' });
  assert.equal(reading.status, 'valid', JSON.stringify(reading.reasons));
  assert.deepEqual(plain(reading.listings), [
    {
      externalId: '1502',
      name: 'Stables Yard carers group',
      status: 'active',
      phones: [{ number: '0161 496 0111', description: 'Office' }],
      needs: ['family-caring'],
      terms: [{ name: 'Carers', taxonomy: 'esdServiceTypes' }],
      onlyFor: ['women'],
      languages: ['English'],
      costs: [],
      locations: [
        {
          kind: 'physical',
          lines: ['4 Yard Lane'],
          accessibility: ['Step-free entrance'],
          lat: 53.41,
          lon: -2.16,
          name: 'The hall',
          town: 'Stockport',
          county: 'Greater Manchester',
          postcode: 'SK1 3XE',
        },
      ],
      areas: [{ name: 'Stockport' }],
      schedules: [{ days: ['TU'], frequency: 'WEEKLY', opensAt: '10:00', closesAt: '12:00' }],
      minAge: 16,
      maxAge: 70,
      organisation: {
        name: 'Stables Yard',
        externalId: '9',
        description: 'Charity',
        url: 'https://stablesyard.example',
      },
      description: 'A weekly group',
      url: 'https://stablesyard.example',
      eligibility: 'female',
      howToRefer: 'Drop in',
    },
  ]);
  // what was version 1 can be published as version 3
  const [listing] = reading.listings;
  assert.ok(listing);
  const published = readDirectory(plain(writeService(listing)));
  assert.equal(published.status, 'valid', JSON.stringify(published.reasons));
  assert.equal(published.format.shape === 'record' && published.format.version, 3);
});

test('a file is known by its content', () => {
  assert.deepEqual(detectDirectoryFormat(service), { shape: 'record', version: 3, kind: 'service' });
  assert.deepEqual(detectDirectoryFormat([service]), { shape: 'list', version: 3, kind: 'service' });
  assert.deepEqual(detectDirectoryFormat({ contents: [] }), { shape: 'list', version: 3, kind: 'nothing' });
  assert.deepEqual(detectDirectoryFormat({ hello: 'world' }), { shape: 'other', kind: 'unknown' });
  assert.deepEqual(detectDirectoryFormat('text'), { shape: 'other', kind: 'unknown' });
});

test('a record about a person from another system is no place and no service', () => {
  for (const theirs of [
    { id: '1', firstName: 'John', lastName: 'Doe', addresses: [] },
    { id: '1', name: 'Counsel', status: 'QC', attendanceDays: [] },
  ])
    assert.deepEqual(detectDirectoryFormat(theirs), { shape: 'other', kind: 'unknown' });
});

test('a waiting time is read only from words that give one, and is written so that it is read back', () => {
  assert.equal(waitingDaysFrom('About 2 to 3 weeks'), 21);
  assert.equal(waitingDaysFrom('10 working days'), 14);
  assert.equal(waitingDaysFrom('Same day'), 0);
  assert.equal(waitingDaysFrom('It depends on 3 things'), undefined);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9999 }), (days) => waitingDaysFrom(waitingWords(days)) === days),
  );
});
