import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test from 'node:test';
import type { DirectoryStatus, ReasonCode } from './directory-reason.ts';
import { readDirectoryFile } from './open-referral.ts';

const data = process.env['THROUGHLINE_SHARED_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
const folder = join(data, 'service-directory');
const missing = existsSync(folder) ? false : 'needs ../shared/data';

const files = (ending: RegExp): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .sort();
const read = (file: string) => readDirectoryFile(readFileSync(join(folder, file)));

/**
 * What each published mock is, by what is in it. The folder name is its publisher's use of the file in tests of a
 * whole feed, not a verdict on the file: most files in Warn and Fail are byte for byte those in Default or Test.
 */
const mocks: Readonly<Record<string, readonly [DirectoryStatus, ...ReasonCode[]]>> = {
  'Default/api_details.json': ['valid'],
  'Default/organization.json': ['valid'],
  // published under Default, yet it says page 1 of 10 holding 1 and holds 10; its parts' ids are not UUIDs
  'Default/organization_list.json': ['warning', 'page-size-differs', 'wrong-format', 'missing-required'],
  'Default/service_at_location_full.json': ['valid'],
  'Default/service_at_location_list.json': ['valid'],
  'Default/service_full.json': ['valid'],
  'Default/service_list.json': ['valid'],
  'Default/taxonomy.json': ['valid'],
  'Default/taxonomy_list.json': ['valid'],
  'Default/taxonomy_term.json': ['valid'],
  'Default/taxonomy_term_list.json': ['valid'],
  // reports of the validator about feeds, not directory data
  'Default/dashboard_service_details_response.json': ['failing', 'not-directory-data'],
  'Default/dashboard_services_response.json': ['failing', 'not-directory-data'],

  // the same bytes as Default
  'Warn/api_details.json': ['valid'],
  'Warn/organization_full.json': ['valid'],
  'Warn/service_at_location_list.json': ['valid'],
  'Warn/service_full.json': ['valid'],
  'Warn/service_list.json': ['valid'],
  'Warn/taxonomy.json': ['valid'],
  // page 1 of 10
  'Warn/organization_list.json': ['warning', 'more-pages'],
  'Warn/taxonomy_list.json': ['warning', 'more-pages'],
  // the record and its place have one id
  'Warn/service_at_location_full.json': ['warning', 'shared-id'],
  // no description, which HSDS 3.0 requires of a term, and a web address that is none; the same bytes as in Fail
  'Warn/taxonomy_term.json': ['failing', 'missing-required', 'wrong-format'],
  // one item on two pages, the first of which says it is the last; the term is its own parent
  'Warn/taxonomy_term_list.json': ['warning', 'page-count-differs', 'page-flag-differs', 'parent-cycle'],

  'Fail/api_details.json': ['failing', 'missing-required', 'wrong-format'],
  'Fail/service_full.json': ['failing', 'wrong-format', 'missing-wanted'],
  'Fail/service_list.json': ['failing', 'missing-required', 'wrong-format', 'record-refused', 'shared-id'],
  'Fail/taxonomy_term.json': ['failing', 'missing-required', 'wrong-format'],
  // the same bytes as Warn, so no rule can tell them apart
  'Fail/organization_list.json': ['warning', 'more-pages'],
  'Fail/service_at_location_full.json': ['warning', 'shared-id'],
  // page 1 of 10: the publisher's feed fails because the other nine are not served, which one file cannot show
  'Fail/service_at_location_list.json': ['warning', 'more-pages'],
  // differs from the one in Warn only in a page count that is right
  'Fail/taxonomy_term_list.json': ['warning', 'parent-cycle'],
  // the same bytes as Default or Test
  'Fail/organization_full.json': ['valid'],
  'Fail/taxonomy.json': ['valid'],
  'Fail/taxonomy_list.json': ['valid'],

  'Test/api_details.json': ['valid'],
  'Test/organization_full.json': ['valid'],
  'Test/organization_list.json': ['warning', 'more-pages'],
  'Test/service_at_location_full.json': ['valid'],
  'Test/service_at_location_list.json': ['valid'],
  'Test/service_full.json': ['valid'],
  // 128 records with one id, many with nothing but id, name and status
  'Test/service_list.json': ['warning', 'duplicate-id', 'missing-wanted', 'no-contact', 'page-size-differs'],
  'Test/service_list_data.json': [
    'warning',
    'duplicate-id',
    'missing-wanted',
    'no-contact',
    'envelope-missing',
  ],
  'Test/taxonomy.json': ['valid'],
  'Test/taxonomy_list.json': ['valid'],
  'Test/taxonomy_term.json': ['valid'],
  'Test/taxonomy_term_list.json': ['valid'],
};

test(
  'every published mock is valid, warning or failing for the reasons that are in it',
  { skip: missing },
  () => {
    const published = files(/^oruk\/Mocks\/V3.*\.json$/).map((file) =>
      file.replace(/^oruk\/Mocks\/V3\.0-UK-/, ''),
    );
    assert.deepEqual(published, Object.keys(mocks).sort(), 'every mock has an expectation');
    for (const [file, [status, ...codes]] of Object.entries(mocks)) {
      const reading = read(`oruk/Mocks/V3.0-UK-${file}`);
      assert.equal(reading.status, status, `${file}: ${JSON.stringify(reading.reasons.slice(0, 5))}`);
      for (const code of codes)
        assert.ok(
          reading.reasons.some((reason) => reason.code === code),
          `${file} has the reason ${code}`,
        );
      if (status === 'valid')
        assert.ok(
          reading.reasons.every((reason) => reason.severity === 'note'),
          file,
        );
    }
  },
);

test(
  'every file of the service directory data is classified with a reason a person can act on',
  {
    skip: missing,
  },
  (t) => {
    const all = files(/\.(json|csv)$/);
    assert.ok(all.length > 100);
    const counts = { valid: 0, warning: 0, failing: 0 };
    for (const file of all) {
      const reading = read(file);
      counts[reading.status] += 1;
      if (reading.status !== 'valid') assert.ok(reading.reasons.length > 0, file);
      for (const reason of reading.reasons) assert.ok(reason.message.length > 10, `${file} ${reason.code}`);
    }
    t.diagnostic(`${all.length} files: ${JSON.stringify(counts)}`);
    assert.equal(counts.valid + counts.warning + counts.failing, all.length);
  },
);

test('files that are not UTF-8, not JSON, tables or schemas are told apart', { skip: missing }, () => {
  const firstCode = (file: string) => read(file).reasons[0]?.code;
  assert.equal(firstCode('human-services-v1/US-UK-Integration/openref-output.json'), 'not-utf-8');
  assert.equal(firstCode('hsds-3.0/examples/csv/datapackage.json'), 'not-json');
  assert.equal(firstCode('hsds-3.0/examples/csv/services.csv'), 'tables-not-read');
  assert.equal(firstCode('hsds-3.0/examples/tabular.json'), 'tables-not-read');
  assert.equal(firstCode('hsds-3.0/schema/service.json'), 'not-directory-data');
});

test('a full service of the standard is read with what a worker needs', { skip: missing }, () => {
  const [listing] = read('hsds-3.0/examples/service_full.json').listings;
  assert.ok(listing);
  assert.equal(listing.name, 'Community Counselling');
  assert.equal(listing.organisation?.name, 'Example Organization Inc.');
  assert.equal(listing.status, 'active');
  assert.equal(listing.minAge, 12);
  assert.equal(listing.assuredDate?.toString(), '2005-01-01');
  assert.ok(listing.phones.length > 0);
  assert.ok(listing.schedules.length > 0);
  assert.match(listing.howToRefer ?? '', /GP/);
  // the published position is latitude 100, which is not on Earth: no distance is made of it
  assert.equal(listing.locations[0]?.lat, undefined);
  // "wait_time" is not a number of days
  assert.equal(listing.waitingTimeDays, undefined);
  assert.equal(listing.waitingTimeText, 'wait_time');
});
