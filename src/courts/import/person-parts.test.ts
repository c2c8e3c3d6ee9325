import assert from 'node:assert/strict';
import test from 'node:test';
import { courtCodeOf, greaterManchesterCourts, knownCourt } from '../court-codes.ts';
import { remandStatus } from './court-parts.ts';
import { parseCourtDate, parseCourtTime, parseDayAndTime, parseInstant } from './court-times.ts';
import { fieldsOf, readingLog } from './fields.ts';
import { addressAt, nameFromParts, nameFromWhole, sexAt } from './person-parts.ts';

test('a name on one line is split by its capitals, and a single word is a family name', () => {
  const parts = (whole: string): unknown[] => {
    const { title, given, family } = nameFromWhole(whole);
    return [title, given, family];
  };
  assert.deepEqual(parts('Mr Tomasz Jan KOWALCZYK'), ['Mr', ['Tomasz', 'Jan'], 'KOWALCZYK']);
  assert.deepEqual(parts('MRS Grace DE LA CRUZ'), ['MRS', ['Grace'], 'DE LA CRUZ']);
  assert.deepEqual(parts('MR CHRIS FAULKNER'), ['MR', ['CHRIS'], 'FAULKNER']);
  assert.deepEqual(parts("Siân O'Hanlon"), [undefined, ['Siân'], "O'Hanlon"]);
  assert.deepEqual(parts('ADEYEMI'), [undefined, [], 'ADEYEMI']);
});

test('name parts as sent are kept beside the whole line, and nothing sent is no name', () => {
  const none = { title: undefined, given: [undefined, undefined], family: undefined };
  assert.equal(nameFromParts(undefined, none), undefined);
  assert.equal(nameFromParts('Ms Mei NGUYEN', none)?.parts, 'guessed');
  const sent = nameFromParts(undefined, { title: 'Ms', given: ['Mei', undefined], family: 'Nguyen' });
  assert.deepEqual(sent, {
    received: 'Ms Mei Nguyen',
    title: 'Ms',
    given: ['Mei'],
    family: 'Nguyen',
    parts: 'as-sent',
  });
});

test('sex is kept as sent beside its meaning; an unknown code is reported, even one that is a word programs use', () => {
  for (const [sent, mapped, issues] of [
    ['M', 'male', 0],
    ['FEMALE', 'female', 0],
    ['N', 'not-known', 0],
    ['constructor', 'not-known', 1],
  ] as const) {
    const log = readingLog();
    assert.deepEqual(sexAt(fieldsOf({ sex: sent }, '', log), 'sex'), { received: sent, mapped });
    assert.equal(log.issues.length, issues);
  }
});

test('a postcode is put in form, a stand-in means no fixed abode, and one that is none is left out and reported', () => {
  const address = (pcode: string): [string | undefined, boolean | undefined, number] => {
    const log = readingLog();
    const found = addressAt(fieldsOf({ line1: '4 Mill Brow', pcode }, 'def_addr', log), ['line1'], 'pcode');
    return [found?.postcode, found?.noFixedAbode, log.issues.length];
  };
  assert.deepEqual(address('m1 1ae'), ['M1 1AE', false, 0]);
  assert.deepEqual(address('NF1 1FA'), [undefined, true, 0]);
  assert.deepEqual(address('ZZ99 3VZ'), [undefined, true, 0]);
  assert.deepEqual(address('12 LARCH'), [undefined, false, 1]);
});

test('dates and times are read as the courts write them, and impossible ones are not', () => {
  assert.equal(parseCourtDate('26/10/2020')?.toString(), '2020-10-26');
  assert.equal(parseCourtDate('2020-10-26')?.toString(), '2020-10-26');
  assert.equal(parseCourtDate('31/06/2020'), undefined);
  assert.equal(parseCourtTime('9:30')?.toString(), '09:30:00');
  assert.equal(parseCourtTime('24:00'), undefined);
  const when = (text: string): string => {
    const found = parseDayAndTime(text);
    return `${found?.day.toString() ?? '-'} ${found?.time?.toString() ?? '-'}`;
  };
  assert.equal(when('2026-06-15T09:00:00.000Z'), '2026-06-15 10:00:00', 'summer time');
  assert.equal(when('2026-12-15T09:00:00.000Z'), '2026-12-15 09:00:00');
  assert.equal(when('2026-06-15T00:00:00.000Z'), '2026-06-15 -', 'midnight UTC is "no time given"');
  assert.equal(when('2026-11-23T10:00:00'), '2026-11-23 10:00:00');
  assert.equal(when('2018-10-24 10:00:00'), '2018-10-24 10:00:00');
  assert.equal(when('soon'), '- -');
  assert.equal(parseInstant('1611149702333')?.toString(), '2021-01-20T13:35:02.333Z');
});

test('bail is read by its code, else by its words', () => {
  assert.equal(remandStatus('C', undefined), 'custody');
  assert.equal(remandStatus(undefined, 'Unconditional bail'), 'unconditional-bail');
  assert.equal(remandStatus('?', 'Remanded on conditional bail'), 'conditional-bail');
  assert.equal(remandStatus('0hs9', 'words nobody knows'), 'other');
});

test('the courts of Greater Manchester are known by five characters or seven', () => {
  assert.equal(courtCodeOf('b06an00'), 'B06AN');
  assert.equal(courtCodeOf('SHF'), undefined);
  assert.equal(knownCourt('C06MM00')?.tier, 'crown');
  assert.equal(knownCourt('B10JQ00'), undefined);
  assert.equal(new Set(greaterManchesterCourts.map((court) => court.code)).size, 8);
});
