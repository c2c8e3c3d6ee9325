/**
 * How well blocking and scoring find who is who, on public sets with known truth. Prints, per set, the share
 * of true pairs that blocking lets through (nothing later can do better), and precision, recall and F1 of the
 * pairs at three weights. FEBRL 4 and historical_50k are kept for acceptance and are never read here.
 * Run: npm run bench, or node bench/matching-accuracy.ts. Data: ../shared/data or THROUGHLINE_SHARED_DATA.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Frequency, MatchIdentifier, MatchRecord } from '../src/matching/index.ts';
import { keysToFind, keysToStore, model, prepareRecord, scorePrepared } from '../src/matching/index.ts';

interface Labelled {
  readonly id: string;
  readonly truth: string;
  readonly record: MatchRecord;
}

const data = process.env['THROUGHLINE_SHARED_DATA'] ?? resolve(import.meta.dirname, '../../shared/data');
const folder = resolve(data, 'record-linkage');

function rowsOf(file: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const names = header.split(',').map((name) => name.trim());
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, (cells[i] ?? '').trim()]));
  });
}

function dateOf(text: string): Temporal.PlainDate[] {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text) ?? [];
  if (year === undefined) return [];
  try {
    return [
      Temporal.PlainDate.from(
        { year: Number(year), month: Number(month), day: Number(day) },
        { overflow: 'reject' },
      ),
    ];
  } catch {
    return []; // these sets hold impossible dates on purpose
  }
}

function febrl(file: string, withNumber: boolean): readonly Labelled[] {
  return rowsOf(file).map((row) => {
    const identifiers: MatchIdentifier[] =
      withNumber && row['soc_sec_id'] ? [{ kind: 'local', value: row['soc_sec_id'] }] : [];
    return {
      id: row['rec_id'] ?? '',
      truth: (row['rec_id'] ?? '').split('-')[1] ?? '',
      record: {
        names: [{ given: [row['given_name'] ?? ''], family: row['surname'] ?? '', kind: 'current' }],
        birthDates: dateOf(row['date_of_birth'] ?? ''),
        sex: null,
        postcodes: row['postcode'] ? [row['postcode']] : [],
        identifiers,
      },
    };
  });
}

function splink(file: string): readonly Labelled[] {
  return rowsOf(file).map((row) => ({
    id: row['unique_id'] ?? '',
    truth: row['cluster'] ?? '',
    record: {
      names: [{ given: [row['first_name'] ?? ''], family: row['surname'] ?? '', kind: 'current' }],
      birthDates: dateOf(row['dob'] ?? ''),
      sex: null,
      postcodes: [],
      identifiers: row['email'] ? [{ kind: 'email', value: row['email'].toLowerCase() }] : [],
    },
  }));
}

function frequencyOf(people: readonly ReturnType<typeof prepareRecord>[]): Frequency {
  const counts = new Map<string, number>();
  const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const person of people) {
    for (const name of person.names) {
      count(`forename|${name.given[0] ?? ''}`);
      count(`surname|${name.family.join('')}`);
    }
    for (const { full } of person.postcodes) count(`postcode|${full}`);
  }
  return (field, value) => {
    const seen = counts.get(`${field}|${value}`);
    return seen === undefined ? undefined : seen / people.length;
  };
}

interface ScoredPair {
  readonly weight: number;
  readonly isTrue: boolean;
}

function measure(name: string, people: readonly Labelled[]): void {
  const prepared = people.map((person) => prepareRecord(person.record));
  const frequency = frequencyOf(prepared);
  const index = new Map<string, number[]>();
  let storedKeys = 0;
  for (const [i, person] of people.entries()) {
    for (const { kind, key } of keysToStore(person.record)) {
      storedKeys++;
      if (kind === 'name-text') continue;
      const holders = index.get(key);
      if (holders === undefined) index.set(key, [i]);
      else holders.push(i);
    }
  }
  const pairs = new Map<string, ScoredPair>();
  let candidates = 0;
  const started = performance.now();
  for (const [i, person] of people.entries()) {
    const found = new Set(keysToFind(person.record).flatMap(({ key }) => index.get(key) ?? []));
    candidates += found.size - 1;
    for (const j of found) {
      if (j === i) continue;
      const pairKey = i < j ? `${i}-${j}` : `${j}-${i}`;
      const [probe, candidate] = [prepared[i], prepared[j]];
      if (pairs.has(pairKey) || probe === undefined || candidate === undefined) continue;
      const { weight } = scorePrepared(candidate, probe, { frequency, people: people.length });
      pairs.set(pairKey, { weight, isTrue: person.truth === people[j]?.truth });
    }
  }
  const seconds = (performance.now() - started) / 1000;
  const sizes = new Map<string, number>();
  for (const person of people) sizes.set(person.truth, (sizes.get(person.truth) ?? 0) + 1);
  const truePairs = [...sizes.values()].reduce((total, size) => total + (size * (size - 1)) / 2, 0);
  const all = [...pairs.values()];
  const letThrough = all.filter((pair) => pair.isTrue).length;
  console.log(
    `${name}: ${people.length} records, ${truePairs} true pairs; blocking recall ${percent(letThrough / truePairs)}, ` +
      `${(candidates / people.length).toFixed(1)} candidates and ${(storedKeys / people.length).toFixed(0)} keys a record, ` +
      `${Math.round(people.length / seconds)} look-ups/s`,
  );
  report('same (20 bits and over)', all, truePairs, model.sameFrom);
  report('even odds (0 bits and over)', all, truePairs, 0);
  report('a person is asked (-10 bits and over)', all, truePairs, model.possibleFrom);
}

function report(label: string, pairs: readonly ScoredPair[], truePairs: number, from: number): void {
  const linked = pairs.filter((pair) => pair.weight >= from);
  const right = linked.filter((pair) => pair.isTrue).length;
  const precision = linked.length === 0 ? 1 : right / linked.length;
  const recall = right / truePairs;
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  console.log(
    `  ${label.padEnd(40)} precision ${percent(precision)}  recall ${percent(recall)}  F1 ${percent(f1)}`,
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

if (!existsSync(folder)) {
  console.log('matching accuracy: needs ../shared/data');
} else {
  console.log(`Model ${model.name}`);
  for (const set of ['dataset1', 'dataset2', 'dataset3']) {
    measure(`FEBRL ${set}, with the number`, febrl(resolve(folder, `febrl/${set}.csv`), true));
    measure(`FEBRL ${set}, without it`, febrl(resolve(folder, `febrl/${set}.csv`), false));
  }
  measure('Splink fake_1000', splink(resolve(folder, 'splink/fake_1000.csv')));
}
