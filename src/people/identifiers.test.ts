import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import {
  asnInPncStyle,
  formatNhsNumber,
  readAsn,
  readCro,
  readIdentifier,
  readNhsNumber,
  readPnc,
  readPostcode,
  readUkPhone,
} from './index.ts';

const data = process.env['THROUGHLINE_SHARED_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
const vectorFile = resolve(data, 'identifiers/justice_identifier_vectors.csv');

test('every published PNC, CRO and arrest summons vector is read as its source says', (t) => {
  if (!existsSync(vectorFile)) return t.skip('needs ../shared/data');
  const rows = readFileSync(vectorFile, 'utf8').trim().split('\n').slice(1);
  assert.ok(rows.length >= 28);
  for (const row of rows) {
    const [type = '', input = '', expected = '', canonical = ''] = row.split(',');
    if (type === 'ASN_CHECK') {
      assert.equal(readAsn(input.slice(0, -1) + expected).valid, true, row);
      assert.equal(readAsn(input).valid, input.endsWith(expected), row);
      if (canonical.includes('/')) assert.equal(asnInPncStyle(readAsn(input).canonical ?? ''), canonical);
    } else {
      const read = type === 'PNC' ? readPnc(input, 2026) : readCro(input);
      assert.equal(read.valid, expected === 'true', row);
      if (read.valid) assert.equal(read.canonical, canonical, row);
      else assert.notEqual(read.reason, null, row);
      assert.equal(read.received, input);
    }
  }
});

test('an NHS number is ten digits whose last digit fits, with or without spaces', () => {
  for (const number of [
    '9000000009',
    '9434765919',
    '9912003888',
    '6700028191',
    '943 476 5919',
    '943-476-5919',
  ])
    assert.equal(readNhsNumber(number, 'live-and-test').valid, true, number);
  for (const number of [
    '4857773456',
    '9912003890',
    '1234567890',
    '9000000015',
    '',
    '943476591',
    'ABC4765919',
  ])
    assert.equal(readNhsNumber(number, 'live-and-test').valid, false, number);
  assert.equal(readNhsNumber('943 476 5919', 'live').canonical, '9434765919');
  assert.equal(formatNhsNumber('9434765919'), '943 476 5919');
});

test('one digit ten times over is not taken as an NHS number although its check digit fits', () => {
  for (const digit of '0123456789') assert.equal(readNhsNumber(digit.repeat(10), 'live').valid, false);
});

test('NHS numbers kept for testing are refused in a live area', () => {
  assert.equal(readNhsNumber('9000000009', 'live').valid, false);
  assert.match(readNhsNumber('9000000009', 'live').reason ?? '', /testing/);
});

test('any single wrong digit in an NHS number is noticed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 }), (place, shift) => {
      const digits = '9434765919'.split('');
      digits[place] = String((Number(digits[place]) + shift) % 10);
      return !readNhsNumber(digits.join(''), 'live').valid;
    }),
  );
});

test('a PNC number with a two digit year is put in the century that has happened', () => {
  assert.equal(readPnc('67/9893091D', 2026).canonical, '1967/9893091D');
  assert.equal(readPnc('67/9893091D', 2070).canonical, '2067/9893091D');
  assert.equal(readPnc(' 02 / 73319z ', 2026).canonical, '2002/0073319Z');
});

test('a wrong letter keeps what was read, so that a person can look again', () => {
  const read = readPnc('92/123456A', 2026);
  assert.equal(read.valid, false);
  assert.equal(read.canonical, '1992/0123456A');
  assert.match(read.reason ?? '', /letter/);
});

test('the CRO number that stands for none is not a CRO number', () => {
  assert.equal(readCro('000000/00Z').valid, false);
});

test('an arrest summons number reads the same with slashes and without, and with a top-level code', () => {
  assert.equal(readAsn('97/0000/00/123456K').canonical, '9700000000000123456K');
  assert.equal(readAsn('97/0000/00/123456K').valid, true);
  const withTop = readAsn('971000000000001234560Z');
  assert.equal(withTop.canonical, null); // one digit too many
  const letter = 'ZABCDEFGHJKLMNPQRTUVWXY'[Number(BigInt('00009700000123456') % 23n)];
  assert.equal(readAsn(`97100000000000123456${letter}`).valid, true);
});

test('a postcode is read in any spacing and case', () => {
  assert.equal(readPostcode('m14 5tq').canonical, 'M14 5TQ');
  assert.equal(readPostcode('M145TQ').outcode, 'M14');
  assert.equal(readPostcode('ec1a1bb').canonical, 'EC1A 1BB');
  assert.equal(readPostcode('GIR0AA').valid, true);
  for (const wrong of ['', 'M14', 'QQQ 1AA', 'M14 5T', 'MI4 STQ'])
    assert.equal(readPostcode(wrong).valid, false);
});

test('no fixed abode is a readable postcode that must never match people', () => {
  for (const postcode of ['ZZ99 3VZ', 'zz993vz', 'NF1 1NF', 'NF11FA', 'ZZ99 3WZ']) {
    const read = readPostcode(postcode);
    assert.equal(read.valid, true, postcode);
    assert.equal(read.placeholder, true, postcode);
    assert.equal(read.outcode, null);
  }
  assert.match(readPostcode('ZZ993VZ').reason ?? '', /no fixed abode/);
});

test('a phone number is kept as given and put in one form', () => {
  const read = readUkPhone('(07700) 900 123');
  assert.deepEqual(read, {
    received: '(07700) 900 123',
    canonical: '+447700900123',
    valid: true,
    reason: null,
    line: 'mobile',
  });
  for (const same of ['+44 7700 900123', '0044 7700 900123', '+44 (0)7700 900123', '07700-900-123'])
    assert.equal(readUkPhone(same).canonical, '+447700900123', same);
  assert.equal(readUkPhone('0161 496 0123').line, 'landline');
  assert.equal(readUkPhone('0800 496 0123').line, 'non-geographic');
  assert.equal(readUkPhone('+48 512 345 678').line, 'abroad');
  for (const wrong of ['', '7700900123', '0770', 'ask Dee', '07700 900 1234'])
    assert.equal(readUkPhone(wrong).valid, false, wrong);
});

test('reading the canonical form again changes nothing', () => {
  const context = { currentYear: 2026, nhsNumbers: 'live-and-test' } as const;
  const samples = [
    ['nhs', '943 476 5919'],
    ['pnc', '02/73319Z'],
    ['cro', '65656/91H'],
    ['asn', '97/0000/00/123456K'],
    ['phone', '07700 900123'],
    ['email', ' Dee@Example.org '],
    ['local', 'ab 12'],
  ] as const;
  for (const [kind, text] of samples) {
    const once = readIdentifier(kind, text, context).canonical;
    assert.notEqual(once, null);
    assert.equal(readIdentifier(kind, once ?? '', context).canonical, once);
  }
});
