import assert from 'node:assert/strict';
import test from 'node:test';
import type { MatchRecord } from './index.ts';
import { keysToStore, parseSearchQuery } from './index.ts';

const today = Temporal.PlainDate.from('2026-11-24');
const parse = (typed: string) => parseSearchQuery(typed, today);

const callum: MatchRecord = {
  names: [{ given: ['Callum', 'James'], family: 'Brennan', kind: 'current' }],
  birthDates: [Temporal.PlainDate.from('1992-08-17')],
  sex: 'male',
  postcodes: ['M14 5TQ'],
  identifiers: [
    { kind: 'nhs', value: '9994172085' },
    { kind: 'pnc', value: '2002/0073319Z' },
  ],
};
const filed = new Set(keysToStore(callum).map(({ key }) => key));

test('whatever a worker types about Callum Brennan finds him', () => {
  for (const typed of [
    'brennan callum 17/8/92',
    'Callum Brennan 17/08/1992',
    'callum brennan 17-8-1992',
    'BRENNAN, Callum 1992-08-17',
    'cal brennan 17 aug 1992',
    '17th August 1992 brenan',
    'cal brenan born 1992',
    'brennan callum aged 34',
    'callum brennan 8/1992',
    'brennan callum 8/17/92 m14 5tq',
    'callum brennan 17/9/92',
    '999 417 2085',
    '9994172085',
    '02/73319Z',
    '2002/0073319z',
    '17081992',
    'brennan m145tq',
  ])
    assert.ok(
      parse(typed).keys.some(({ key }) => filed.has(key)),
      typed,
    );
});

test('a date is taken day first, and two digits of a year are in the past', () => {
  assert.deepEqual(parse('3/4/27 khan').birth, {
    known: 'date',
    date: Temporal.PlainDate.from('1927-04-03'),
  });
  assert.deepEqual(parse('3/4/26 khan').birth, {
    known: 'date',
    date: Temporal.PlainDate.from('2026-04-03'),
  });
  assert.deepEqual(parse('khan 3.4.1985').birth, {
    known: 'date',
    date: Temporal.PlainDate.from('1985-04-03'),
  });
});

test('a year, a month and an age are kept as what they are', () => {
  assert.deepEqual(parse('born 1992').birth, { known: 'year', year: 1992 });
  assert.deepEqual(parse('khan 1992').birth, { known: 'year', year: 1992 });
  assert.deepEqual(parse('khan august 1992').birth, { known: 'month', year: 1992, month: 8 });
  assert.deepEqual(parse('khan 34yo').birth, { known: 'age', fromYear: 1991, toYear: 1992 });
  assert.deepEqual(parse('born 1992').nameTokens, []);
  assert.match(parse('born 1992').notes.join(), /Add a name/);
});

test('a date that does not exist keeps its year and says so', () => {
  const query = parse('smith 31/2/1990');
  assert.deepEqual(query.birth, { known: 'year', year: 1990 });
  assert.match(query.notes.join(), /no such date/);
});

test('a police number whose letter is wrong is named, and is not looked up', () => {
  const query = parse('92/123456A');
  assert.deepEqual(query.identifiers, []);
  assert.match(query.notes.join(), /looks like a PNC number/);
  assert.deepEqual(query.nameTokens, []);
});

test('numbers of every kind are told apart', () => {
  const kinds = (typed: string) => parse(typed).identifiers.map(({ kind }) => kind);
  assert.deepEqual(kinds('999 417 2085'), ['nhs']);
  assert.deepEqual(kinds('02/73319Z'), ['pnc']);
  assert.deepEqual(kinds('SF05/482703J'), ['cro']);
  assert.deepEqual(kinds('065656/91H'), ['cro']);
  assert.deepEqual(kinds('9700000000000123456K'), ['asn']);
  assert.deepEqual(kinds('97/0000/00/123456K'), ['asn']);
  assert.deepEqual(kinds('brennan 999 417 2085 02/73319Z'), ['pnc', 'nhs']);
});

test('no fixed abode finds nobody, and the page says why', () => {
  const query = parse('smith zz99 3vz');
  assert.equal(query.postcode, null);
  assert.match(query.notes.join(), /no fixed abode/);
  assert.deepEqual(query.nameTokens, ['smith']);
});

test('names keep their apostrophes, accents and hyphens out of the way', () => {
  assert.deepEqual(parse("Siobhán O'Brien-Smith").nameTokens, ['siobhan', 'obrien', 'smith']);
  assert.equal(parse('  ').nameText, '');
  assert.deepEqual(parse('').keys, []);
});
