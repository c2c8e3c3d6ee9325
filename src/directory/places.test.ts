import assert from 'node:assert/strict';
import test from 'node:test';
import { areaCovers, districtCentres, districtOfPostcode, districts, distanceKm } from './places.ts';

test('a postcode is placed in its district by its first half, however it is typed', () => {
  assert.equal(districtOfPostcode('M27 8XE'), 'Salford');
  assert.equal(districtOfPostcode('m278xe'), 'Salford');
  assert.equal(districtOfPostcode('OL1'), 'Oldham');
  assert.equal(districtOfPostcode('OL10 1XP'), 'Rochdale');
  assert.equal(districtOfPostcode('SW1A 1AA'), undefined);
  assert.equal(districtOfPostcode(''), undefined);
});

test('distances are those on the map, and the same both ways', () => {
  const manchesterToWigan = distanceKm(districtCentres.Manchester, districtCentres.Wigan);
  assert.ok(manchesterToWigan > 24 && manchesterToWigan < 29, `${manchesterToWigan}`);
  for (const a of districts)
    for (const b of districts) {
      const there = distanceKm(districtCentres[a], districtCentres[b]);
      assert.equal(there, distanceKm(districtCentres[b], districtCentres[a]));
      assert.equal(there === 0, a === b);
    }
});

test('Greater Manchester is not Manchester, and Bury is not Salisbury', () => {
  assert.equal(areaCovers('Greater Manchester', 'Wigan'), 'covers');
  assert.equal(areaCovers('City of Manchester', 'Wigan'), 'elsewhere');
  assert.equal(areaCovers('City of Manchester', 'Manchester'), 'covers');
  assert.equal(areaCovers('Salisbury', 'Bury'), 'unknown');
  assert.equal(areaCovers('Bolton and Wigan', 'Wigan'), 'covers');
});
