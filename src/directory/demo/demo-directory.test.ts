import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { needKinds } from '../../people/index.ts';
import { answered, notAsked } from '../../platform/answer.ts';
import { districtOfPostcode, districts } from '../places.ts';
import { rankServices } from '../rank-services.ts';
import { freshnessOf } from '../rank-practical.ts';
import { greaterManchesterFile, readDemoDirectory } from './demo-directory.ts';
import { greaterManchesterPage } from './write-greater-manchester.ts';

const reading = readDemoDirectory();
const { listings } = reading;
const today = Temporal.PlainDate.from('2026-11-20');

test('the demonstration directory is valid Open Referral UK 3.0, with 60 to 80 services', () => {
  assert.deepEqual(
    reading.reasons.map((reason) => `${reason.path} ${reason.code}`),
    [],
  );
  assert.equal(reading.status, 'valid');
  assert.ok(listings.length >= 60 && listings.length <= 80, `${listings.length}`);
  assert.equal(new Set(listings.map((one) => one.name)).size, listings.length);
});

test('the file is what its hand-written rows say', () => {
  assert.equal(readFileSync(greaterManchesterFile, 'utf8'), greaterManchesterPage());
});

test('every need has at least two running services, and every district has a place with a door', () => {
  const running = listings.filter((one) => one.status === 'active');
  for (const { key } of needKinds)
    assert.ok(running.filter((one) => one.needs.includes(key)).length >= 2, key);
  const found = new Set(
    running.flatMap((one) => one.locations).map((place) => districtOfPostcode(place.postcode ?? '')),
  );
  for (const district of districts) assert.ok(found.has(district), district);
});

test('there are services for under 18s, women, men and those who served, full ones, stale ones and several languages', () => {
  const some = (what: string, found: boolean): void => assert.ok(found, what);
  some(
    'under 18 only',
    listings.some((one) => one.maxAge !== undefined && one.maxAge < 18),
  );
  some(
    'women',
    listings.some((one) => one.onlyFor.includes('women')),
  );
  some(
    'men',
    listings.some((one) => one.onlyFor.includes('men')),
  );
  some(
    'served',
    listings.some((one) => one.onlyFor.includes('armed-forces-community')),
  );
  some(
    'full',
    listings.some((one) => one.capacity === 'full'),
  );
  some(
    'closed',
    listings.some((one) => one.status === 'temporarily-closed'),
  );
  some(
    'no wait',
    listings.some((one) => one.waitingTimeDays === 0),
  );
  some(
    'long wait',
    listings.some((one) => (one.waitingTimeDays ?? 0) > 80),
  );
  some(
    'never verified',
    listings.some((one) => one.assuredDate === undefined),
  );
  assert.deepEqual(new Set(listings.map((one) => freshnessOf(one, today).key)), new Set([0, 1, 2]));
  assert.ok(new Set(listings.flatMap((one) => one.languages)).size >= 10);
});

test('no number, address or page of the demonstration can be anybody’s', () => {
  for (const one of listings) {
    for (const phone of one.phones) assert.match(phone.number, /^0161 496 0\d{3}$/);
    assert.match(one.email ?? '', /@[a-z-]+[a-z]\.example$/);
    assert.match(one.url ?? '', /^https:\/\/[a-z-]+[a-z]\.example\//);
    for (const place of one.locations)
      if (place.kind === 'physical') assert.ok(districtOfPostcode(place.postcode ?? ''), one.name);
  }
});

test('a man of 34 in Salford who wants help with drinking is shown Rivermead first, and the reasons', () => {
  const [first] = rankServices(
    listings,
    {
      need: 'alcohol',
      otherNeeds: [],
      age: answered(34),
      gender: answered('man'),
      armedForces: notAsked,
      district: answered('Salford'),
      accessNeeds: [],
    },
    { tracks: new Map(), tried: [] },
    today,
  );
  assert.equal(first?.listing.name, 'Rivermead alcohol service');
  assert.deepEqual(
    first.reasons.map((reason) => reason.words),
    [
      'Helps with alcohol',
      'Takes people from 18',
      'Serves Salford',
      'Verified 11 days ago',
      'Wait of about 7 days',
      'About 1 km away',
    ],
  );
});

test('a young woman of 16 is never offered an adults’ or men’s service as fitting', () => {
  for (const { key } of needKinds) {
    const ranked = rankServices(
      listings,
      {
        need: key,
        otherNeeds: [],
        age: answered(16),
        gender: answered('woman'),
        armedForces: answered(false),
        district: answered('Oldham'),
        accessNeeds: [],
      },
      { tracks: new Map(), tried: [] },
      today,
    );
    for (const { fit, listing } of ranked.filter((one) => one.fit !== 'does-not-fit')) {
      assert.ok((listing.minAge ?? 0) <= 16, `${fit} ${listing.name}`);
      assert.ok(!listing.onlyFor.includes('men'), listing.name);
    }
  }
});
