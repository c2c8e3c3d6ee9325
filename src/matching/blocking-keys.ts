import type { MatchRecord, PreparedName, PreparedRecord } from './match-record.ts';
import { prepareRecord } from './match-record.ts';
import { forenameKeys, soundKey } from './name-keys.ts';

/**
 * The access paths of the narrow key table (performance.md 1.4). Every path is text compared by
 * equality, so that one B-tree serves them all. `name-text` is the exception: it is the normalised name
 * that the search box compares by trigrams.
 */
export type KeyKind =
  | 'identifier'
  | 'birth-date'
  | 'birth-date-surname'
  | 'birth-date-forename'
  | 'part-date-name'
  | 'postcode-birth-date'
  | 'postcode-surname'
  | 'postcode-forename'
  | 'birth-date-prefix'
  | 'prefix-birth-year'
  | 'name-year'
  | 'name'
  | 'name-no-birth-date'
  | 'name-text';

/** One row of `person_key`. The key begins with its kind, so that it can be looked up by itself. */
export interface BlockingKey {
  readonly kind: KeyKind;
  readonly key: string;
}

/** Collects keys once each. */
export class KeySet {
  readonly #keys = new Map<string, BlockingKey>();

  add(kind: KeyKind, ...parts: readonly string[]): void {
    const key = `${kind}|${parts.join('|')}`;
    this.#keys.set(key, { kind, key });
  }

  list(): readonly BlockingKey[] {
    return [...this.#keys.values()];
  }
}

/**
 * The keys a person is filed under: every alias, birth date, postcode and number they were ever known by.
 * About 15 rows for a plain record.
 */
export function keysToStore(record: MatchRecord): readonly BlockingKey[] {
  const prepared = prepareRecord(record);
  const keys = new KeySet();
  addKeys(keys, prepared, false);
  for (const name of prepared.names) {
    const text = [...name.given, ...name.family].join(' ');
    keys.add('name-text', text);
  }
  // Only the search box asks for a date by itself; a match never does, since hundreds share one.
  for (const date of prepared.birthDates) keys.add('birth-date', date.toString());
  return keys.list();
}

/**
 * The keys a record is looked up by: the same, and on top of them what may have gone wrong on either side:
 * day and month changed over, forename and surname changed over. Widening only the question keeps the table narrow.
 */
export function keysToFind(record: MatchRecord): readonly BlockingKey[] {
  const keys = new KeySet();
  addKeys(keys, prepareRecord(record), true);
  return keys.list();
}

function addKeys(keys: KeySet, record: PreparedRecord, asking: boolean): void {
  for (const { kind, value } of record.identifiers) keys.add('identifier', kind, value);
  const dates = asking ? record.birthDates.flatMap(withSwappedParts) : record.birthDates;
  for (const name of record.names) {
    const orders = asking ? [name, { ...name, given: name.family, family: name.given }] : [name];
    for (const order of orders) {
      addNameKeys(keys, order, record, asking);
      for (const date of dates) addDatedKeys(keys, order, date);
    }
  }
  for (const { full } of record.postcodes) {
    for (const date of dates) keys.add('postcode-birth-date', full, date.toString());
    for (const name of record.names) {
      for (const word of surnameWords(name)) keys.add('postcode-surname', full, soundKey(word));
      for (const key of forenameKeys(forenames(name)[0] ?? '')) keys.add('postcode-forename', full, key);
    }
  }
}

/** A person with one name is filed under it as forename and as surname. */
function surnameWords(name: PreparedName): readonly string[] {
  return withJoined(name.family.length > 0 ? name.family : name.given);
}
function forenames(name: PreparedName): readonly string[] {
  return withJoined(name.given.length > 0 ? name.given : name.family);
}

/** "Cla rke" and "Abdul Rahman" are filed under the joined word as well. */
function withJoined(words: readonly string[]): readonly string[] {
  return words.length > 1 ? [...words, words.join('')] : words;
}

function addDatedKeys(keys: KeySet, name: PreparedName, date: Temporal.PlainDate): void {
  const [year = '', month = '', day = ''] = date.toString().split('-');
  for (const word of surnameWords(name)) {
    const surname = soundKey(word);
    keys.add('birth-date-surname', date.toString(), surname);
    // With one part of the date left out at a time, any error within one part still meets.
    for (const part of [`${year}-${month}-`, `${year}--${day}`, `-${month}-${day}`])
      for (const key of forenameKeys(forenames(name)[0] ?? ''))
        keys.add('part-date-name', part, surname, key);
  }
  for (const word of forenames(name))
    for (const key of forenameKeys(word)) keys.add('birth-date-forename', date.toString(), key);
  const first = forenames(name)[0] ?? '';
  const last = (name.family.length > 0 ? name.family : name.given).at(-1) ?? '';
  // The beginning of either name with the date: for a misspelling that changes how the word sounds.
  keys.add('birth-date-prefix', date.toString(), first.slice(0, 2));
  keys.add('birth-date-prefix', date.toString(), last.slice(0, 2));
  keys.add('prefix-birth-year', first.slice(0, 2), last.slice(0, 2), year);
  for (const key of forenameKeys(first)) keys.add('name-year', key, soundKey(last), year);
}

/** Names alone: only for records without a birth date, on either side; otherwise every John Smith would come. */
function addNameKeys(keys: KeySet, name: PreparedName, record: PreparedRecord, asking: boolean): void {
  const dated = record.birthDates.length > 0;
  for (const word of surnameWords(name)) {
    for (const key of forenameKeys(forenames(name)[0] ?? '')) {
      const pair = [key, soundKey(word)];
      if (!asking || !dated) keys.add('name', ...pair);
      if (asking || !dated) keys.add('name-no-birth-date', ...pair);
    }
  }
}

/** The date itself and, when it is a date, the one with day and month changed over. */
export function withSwappedParts(date: Temporal.PlainDate): readonly Temporal.PlainDate[] {
  if (date.day > 12 || date.day === date.month) return [date];
  return [date, Temporal.PlainDate.from({ year: date.year, month: date.day, day: date.month })];
}
