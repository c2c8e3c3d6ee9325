import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { MatchRecord } from './index.ts';
import { keysToFind, keysToStore, scoreMatch } from './index.ts';

interface Told {
  readonly given?: string;
  readonly family?: string;
  readonly aliases?: readonly (readonly [string, string])[];
  readonly born?: string | readonly string[];
  readonly sex?: 'female' | 'male';
  readonly postcodes?: readonly string[];
  readonly identifiers?: MatchRecord['identifiers'];
}

function person(told: Told): MatchRecord {
  const born = told.born === undefined ? [] : [told.born].flat();
  return {
    names: [
      {
        given: (told.given ?? '').split(' ').filter(Boolean),
        family: told.family ?? '',
        kind: 'current' as const,
      },
      ...(told.aliases ?? []).map(([given, family]) => ({ given: [given], family, kind: 'alias' as const })),
    ],
    birthDates: born.map((date) => Temporal.PlainDate.from(date)),
    sex: told.sex ?? null,
    postcodes: told.postcodes ?? [],
    identifiers: told.identifiers ?? [],
  };
}

/** Each record finds the other in the key table, whichever was there first. */
function findEachOther(a: MatchRecord, b: MatchRecord): boolean {
  const meets = (stored: MatchRecord, asked: MatchRecord) => {
    const filed = new Set(keysToStore(stored).map(({ key }) => key));
    return keysToFind(asked).some(({ key }) => filed.has(key));
  };
  return meets(a, b) && meets(b, a);
}

const callum = person({ given: 'Callum', family: 'Brennan', born: '1992-08-17', postcodes: ['M14 5TQ'] });

test('name, date of birth and address agree: the same person, said in one line', () => {
  const match = scoreMatch(callum, callum);
  assert.equal(match.band, 'same');
  assert.equal(match.likeness, 'same');
  assert.equal(match.evidence, 'Name, date of birth and address agree.');
});

test('the weight is the sum of its waterfall, and the model is named', () => {
  const match = scoreMatch(callum, person({ given: 'Cal', family: 'Brenan', born: '1992-08-17' }));
  const total = match.waterfall.reduce((bits, step) => bits + step.bits, 0);
  assert.ok(Math.abs(total - match.weight) < 0.01);
  assert.match(match.model, /^throughline-\d+ \d{4}-\d{2}$/);
  assert.equal(match.waterfall[0]?.bits, -21.8);
});

test('name and year of birth agree but the address differs: likely, never the same', () => {
  const onFile = person({ given: 'Mohammed', family: 'Iqbal', born: '1990-03-02', postcodes: ['M13 9PL'] });
  const listed = person({ given: 'Mohammed', family: 'Iqbal', born: '1990-11-21', postcodes: ['M8 8EP'] });
  const match = scoreMatch(onFile, listed);
  assert.equal(match.likeness, 'likely');
  assert.equal(match.evidence, 'Name and year of birth agree. Address differs.');
  assert.ok(findEachOther(onFile, listed));
});

test('a name that only sounds the same with a date one day out is possible', () => {
  const onFile = person({ given: 'Leigh', family: 'Karter', born: '1995-06-14' });
  const listed = person({ given: 'Lee', family: 'Carter', born: '1995-06-15' });
  const match = scoreMatch(onFile, listed);
  assert.equal(match.likeness, 'possible');
  assert.match(match.evidence, /Sounds like “Leigh Karter”|nearly the same: “Leigh Karter”/);
  assert.ok(findEachOther(onFile, listed));
});

test('spellings of one name find each other and are never thrown out', () => {
  const pairs: readonly (readonly [string, string, string, string])[] = [
    ['Mohammed', 'Hussain', 'Muhammad', 'Hussein'],
    ['Oluwaseun', 'Adeyemi', 'Seun', 'Adeyemi'],
    ['Piotr', 'Wiśniewski', 'Peter', 'Wisniewski'],
    ['Małgorzata', 'Nowak', 'Gosia', 'Nowak'],
    ['William', "O'Brien", 'Bill', 'O Brien'],
    ['Siobhán', 'Mc Donagh', 'Siobhan', 'McDonagh'],
    ['Yusuf', 'Al-Masri', 'Youssef', 'Masri'],
    ['Chukwuemeka', 'Okafor', 'Emeka', 'Okafor'],
    ['Gurpreet', 'Chaudhry', 'Gurprit', 'Choudhury'],
    ['Jean-Luc', 'Dubois', 'Jean Luc', 'Dubois'],
    ['Abdul Rahman', 'Yusuf', 'Abdulrahman', 'Yusuf'],
    ['Philip', 'Carter', 'Filip', 'Karter'],
    ['Katarzyna', 'Zieliński', 'Kasia', 'Zielinska'],
  ];
  for (const [givenA, familyA, givenB, familyB] of pairs) {
    const a = person({ given: givenA, family: familyA, born: '1988-05-09', postcodes: ['BL1 2AB'] });
    const b = person({ given: givenB, family: familyB, born: '1988-05-09', postcodes: ['OL9 6PQ'] });
    assert.ok(findEachOther(a, b), `${givenA} ${familyA}`);
    assert.notEqual(scoreMatch(a, b).band, 'none', `${givenA} ${familyA}`);
    assert.equal(scoreMatch(a, { ...b, postcodes: a.postcodes }).band !== 'none', true);
  }
});

test('forename and surname the other way round is noticed', () => {
  const swapped = person({ given: 'Brennan', family: 'Callum', born: '1992-08-17', postcodes: ['M14 5TQ'] });
  assert.ok(findEachOther(callum, swapped));
  const match = scoreMatch(callum, swapped);
  assert.equal(match.likeness, 'likely');
  assert.match(match.evidence, /another order/);
});

test('day and month the other way round, and any one slip in the date, still meet', () => {
  const onFile = person({ given: 'Adaeze', family: 'Nwosu', born: '1987-04-09' });
  for (const born of ['1987-09-04', '1987-04-08', '1987-04-29', '1987-05-09', '1978-04-09', '1986-04-09']) {
    const other = person({ given: 'Adaeze', family: 'Nwosu', born });
    assert.ok(findEachOther(onFile, other), born);
    assert.notEqual(scoreMatch(onFile, other).band, 'none', born);
  }
  const match = scoreMatch(onFile, person({ given: 'Adaeze', family: 'Nwosu', born: '1987-09-04' }));
  assert.match(match.evidence, /other way round/);
});

test('a name used before finds the record filed under another', () => {
  const onFile = person({
    given: 'Rhiannon',
    family: 'Pugh',
    aliases: [['Rhiannon', 'Marsh']],
    born: '2002-01-30',
    postcodes: ['M9 4AA'],
  });
  const listed = person({ given: 'Rhiannon', family: 'Marsh', born: '2002-01-30' });
  assert.ok(findEachOther(onFile, listed));
  const match = scoreMatch(onFile, listed);
  assert.equal(match.band, 'possible');
  assert.match(match.evidence, /Another name they have used agrees/);
});

test('a false name with the same police number is put to a person, not thrown out and not joined', () => {
  const pnc = [{ kind: 'pnc', value: '2009/0123456X' }] as const;
  const onFile = person({ given: 'Darren', family: 'Holt', born: '1985-02-11', identifiers: pnc });
  const inCustody = person({ given: 'Kevin', family: 'Marsden', born: '1985-02-11', identifiers: pnc });
  assert.ok(findEachOther(onFile, inCustody));
  const match = scoreMatch(onFile, inCustody);
  assert.equal(match.band, 'possible');
  assert.match(match.evidence, /police number \(PNC\) agree/);
  assert.match(match.evidence, /Name differs/);
});

test('twins are never the same person: surname, date of birth and address agree, forename does not', () => {
  const pairs = [
    ['Aisha', 'Zara'],
    ['Jayden', 'Kayden'],
    ['Marie', 'Maria'],
    ['Daniel', 'Danielle'],
    ['Tom', 'Tim'],
    ['Oluwatobi', 'Oluwatosin'],
  ] as const;
  for (const [one, other] of pairs) {
    const a = person({ given: one, family: 'Achterberg', born: '2001-07-19', postcodes: ['SK4 3XY'] });
    const b = person({ given: other, family: 'Achterberg', born: '2001-07-19', postcodes: ['SK4 3XY'] });
    const frequency = () => 0.000001; // as rare as can be: the strongest case for "same"
    for (const people of [undefined, 200]) {
      const options = people === undefined ? { frequency } : { frequency, people };
      const match = scoreMatch(a, b, options);
      assert.notEqual(match.band, 'same', `${one} and ${other}`);
      // Marie and Maria are two spellings of one name on our list; the rule speaks when it has to hold them.
      if (one !== 'Marie' || people === 200)
        assert.match(match.evidence, /twin/, `${one} and ${other}: ${match.evidence}`);
    }
  }
});

test('twins who share a phone are still two people', () => {
  const phone = [{ kind: 'phone', value: '+447700900123' }] as const;
  const a = person({
    given: 'Aisha',
    family: 'Khan',
    born: '2001-07-19',
    postcodes: ['SK4 3XY'],
    identifiers: phone,
  });
  const b = { ...a, names: [{ given: ['Zara'], family: 'Khan', kind: 'current' as const }] };
  const match = scoreMatch(a, b, { people: 200 });
  assert.equal(match.weight, -5);
  assert.equal(match.band, 'possible');
});

test('father and son with one name at one address are not the same person', () => {
  const father = person({
    given: 'George',
    family: 'Tanner',
    born: '1958-03-12',
    postcodes: ['M40 1AB'],
    sex: 'male',
  });
  for (const born of ['1988-10-02', '1985-03-12', '1978-03-12']) {
    const son = person({ given: 'George', family: 'Tanner', born, postcodes: ['M40 1AB'], sex: 'male' });
    const match = scoreMatch(father, son, { frequency: () => 0.000001, people: 200 });
    assert.notEqual(match.band, 'same', born);
    assert.match(match.evidence, /parent and child|Date of birth differs/);
  }
});

test('name and date of birth alone are never enough', () => {
  const a = person({ given: 'Ines Maria', family: 'Ferreira', born: '1983-08-30', sex: 'female' });
  for (const people of [50, 5_000, 5_000_000]) {
    const match = scoreMatch(a, a, { people, frequency: () => 0.000001 });
    assert.notEqual(match.band, 'same');
    assert.equal(match.likeness, 'likely');
  }
});

test('somebody with no date of birth is found by name, and by nothing less', () => {
  const noDate = person({ given: 'Callum', family: 'Brennan' });
  assert.ok(findEachOther(callum, noDate));
  const match = scoreMatch(callum, noDate);
  assert.equal(match.band, 'possible');
  assert.equal(findEachOther(callum, person({ given: 'Priya', family: 'Sharma' })), false);
});

test('a person with one name only is found under it, as forename or surname', () => {
  const single = person({ family: 'Suharto', born: '1979-11-02' });
  for (const other of [
    person({ given: 'Suharto', born: '1979-11-02' }),
    person({ given: 'Suharto', family: 'Wibowo', born: '1979-11-02' }),
    person({ given: 'Budi', family: 'Suharto', born: '1979-11-02' }),
  ]) {
    assert.ok(findEachOther(single, other));
    assert.notEqual(scoreMatch(single, other).band, 'none');
  }
});

test('no fixed abode and stand-in dates match nobody', () => {
  const a = person({ given: 'Ann', family: 'Reid', born: '1900-01-01', postcodes: ['ZZ99 3VZ'] });
  const b = person({ given: 'Vikram', family: 'Desai', born: '1900-01-01', postcodes: ['zz993vz'] });
  assert.equal(findEachOther(a, b), false);
  assert.equal(scoreMatch(a, b).band, 'none');
  const steps = scoreMatch(a, b).waterfall;
  assert.equal(steps.find(({ field }) => field === 'postcode')?.comparison, 'not-recorded');
  assert.equal(steps.find(({ field }) => field === 'birth-date')?.comparison, 'not-recorded');
});

test('1 January says less than another birthday, because it is what is written when nobody knows', () => {
  const born = (date: string) => person({ given: 'Ahmad', family: 'Zadran', born: date });
  const guessed = scoreMatch(born('1998-01-01'), born('1998-01-01')).weight;
  const known = scoreMatch(born('1998-03-07'), born('1998-03-07')).weight;
  assert.ok(guessed < known);
});

test('a common name weighs less than a rare one', () => {
  const frequency = (_field: string, value: string) =>
    value === 'mohammed' || value === 'khan' ? 0.05 : 0.0001;
  const common = person({ given: 'Mohammed', family: 'Khan', born: '1990-03-02' });
  const rare = person({ given: 'Thaddeus', family: 'Quill', born: '1990-03-02' });
  assert.ok(
    scoreMatch(common, common, { frequency }).weight < scoreMatch(rare, rare, { frequency }).weight - 5,
  );
});

test('what a worker decided wins over every weight, both ways', () => {
  const stranger = person({ given: 'Olena', family: 'Kovalenko', born: '1970-12-25' });
  assert.equal(scoreMatch(callum, stranger, { decided: 'same' }).band, 'same');
  assert.equal(scoreMatch(callum, callum, { decided: 'different' }).band, 'none');
  assert.match(scoreMatch(callum, callum, { decided: 'different' }).evidence, /decided these are two people/);
});

test('two NHS numbers that differ count against, and a shared one counts for, more than a name', () => {
  const nhs = (value: string) => [{ kind: 'nhs', value }] as const;
  const a = { ...callum, identifiers: nhs('9991234567') };
  const b = { ...callum, identifiers: nhs('9997654321') };
  assert.ok(scoreMatch(a, b).weight <= scoreMatch(callum, callum).weight - 13.9);
  assert.ok(scoreMatch(a, a).weight >= scoreMatch(callum, callum).weight + 20);
  assert.match(scoreMatch(a, b).evidence, /NHS number differs/);
});

test('the order in which two records are compared does not change the weight', () => {
  const given = fc.constantFrom('Callum', 'Cal', 'Mohammed', 'Muhammad', 'Aisha', 'Piotr', 'Peter', '');
  const family = fc.constantFrom('Brennan', 'Brenan', 'Khan', 'Nowak', 'Smith-Jones', 'Smith', '');
  const born = fc.constantFrom('1992-08-17', '1992-07-18', '1990-01-01', '1962-08-17');
  const postcode = fc.constantFrom('M14 5TQ', 'M14 6AA', 'BL1 2AB', 'ZZ99 3VZ');
  const anyone = fc
    .tuple(given, family, born, postcode)
    .map(([g, f, b, p]) => person({ given: g, family: f, born: b, postcodes: [p] }));
  fc.assert(
    fc.property(anyone, anyone, (a, b) => {
      assert.equal(scoreMatch(a, b).weight, scoreMatch(b, a).weight);
      if (scoreMatch(a, b).band === 'same') assert.ok(findEachOther(a, b));
    }),
  );
});
