import type { BlockingKey } from './blocking-keys.ts';
import { KeySet, keysToFind } from './blocking-keys.ts';
import type { MatchIdentifier } from './match-record.ts';
import { forenameKeys, nameWords, normaliseName, soundKey } from './name-keys.ts';
import { readAsn, readCro, readNhsNumber, readPnc, readPostcode } from '../people/index.ts';

/** A birth date as far as it was typed. */
export type SoughtBirth =
  | { readonly known: 'date'; readonly date: Temporal.PlainDate }
  | { readonly known: 'month'; readonly year: number; readonly month: number }
  | { readonly known: 'year'; readonly year: number }
  | { readonly known: 'age'; readonly fromYear: number; readonly toYear: number };

/** What a worker typed into the search box, taken apart. */
export interface SearchQuery {
  readonly typed: string;
  readonly nameTokens: readonly string[];
  /** Normalised, for the trigram search; empty when no name was typed. */
  readonly nameText: string;
  readonly birth: SoughtBirth | null;
  readonly postcode: string | null;
  readonly identifiers: readonly MatchIdentifier[];
  /** Rows of the key table to look up. */
  readonly keys: readonly BlockingKey[];
  /** Plain words about what was typed and could not be used as it stands. */
  readonly notes: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthWord = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';

/**
 * Takes a line from the search box apart: names in any order, a date of birth in any usual form (day first),
 * a year, an age, a postcode and numbers. Nothing is refused: what cannot be read stays a name.
 * `today` settles two-digit years (a birth is never in the future) and ages; it is the London date.
 */
export function parseSearchQuery(typed: string, today: Temporal.PlainDate): SearchQuery {
  const notes: string[] = [];
  const rest = new Remaining(typed);
  const identifiers = takeIdentifiers(rest, today, notes);
  const postcode = takePostcode(rest, notes);
  const birth = takeBirth(rest, today, notes);
  const nameTokens = nameWords(rest.text);
  if (birth !== null && birth.known !== 'date' && nameTokens.length === 0)
    notes.push('Add a name: too many people share a year of birth');
  const keys = keysFor(nameTokens, birth, postcode, identifiers);
  return {
    typed,
    nameTokens,
    nameText: normaliseName(rest.text),
    birth,
    postcode,
    identifiers,
    keys,
    notes,
  };
}

/** The text that has not been understood yet. */
class Remaining {
  text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Takes the first place where the pattern fits and `use` accepts it; the text then closes up. */
  take(pattern: RegExp, use: (match: RegExpExecArray) => boolean): boolean {
    const match = pattern.exec(this.text);
    if (match === null || !use(match)) return false;
    this.text = `${this.text.slice(0, match.index)} ${this.text.slice(match.index + match[0].length)}`;
    return true;
  }
}

function takeIdentifiers(rest: Remaining, today: Temporal.PlainDate, notes: string[]): MatchIdentifier[] {
  const found: MatchIdentifier[] = [];
  const accept = (
    kind: MatchIdentifier['kind'],
    word: string,
    read: { readonly canonical: string | null; readonly valid: boolean; readonly reason: string | null },
  ): boolean => {
    if (read.canonical === null) return false;
    if (read.valid) found.push({ kind, value: read.canonical });
    else notes.push(`${read.canonical} looks like ${word}. ${read.reason ?? ''}`.trim());
    return true;
  };
  // The longest shapes first, so that no number is taken for a part of another.
  rest.take(
    /\b(\d{2}\/[A-Z0-9]{4,5}\/[A-Z0-9]{2}\/\d{1,11}[A-Z]|\d{2}[A-Z0-9]{6,7}\d{11}[A-Z])\b/i,
    ([text]) => accept('asn', 'an arrest summons number', readAsn(text)),
  );
  rest.take(/\b(SF\d{2}\/?\d{1,6}[A-Z]|\d{1,6}\/\d{2}[A-Z])\b/i, ([text]) =>
    accept('cro', 'a CRO number', readCro(text)),
  );
  rest.take(/\b(\d{4}|\d{2})\/\d{1,7}[A-Z]\b|\b\d{5,11}[A-Z]\b/i, ([text]) =>
    accept('pnc', 'a PNC number', readPnc(text, today.year)),
  );
  rest.take(/\b\d{3}[ -]?\d{3}[ -]?\d{4}\b/, ([text]) =>
    accept('nhs', 'an NHS number', readNhsNumber(text, 'live-and-test')),
  );
  return found;
}

function takePostcode(rest: Remaining, notes: string[]): string | null {
  let postcode: string | null = null;
  rest.take(/\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/i, ([text]) => {
    const read = readPostcode(text);
    if (read.placeholder) notes.push(`${read.canonical ?? text} means no fixed abode: it finds nobody`);
    else postcode = read.canonical;
    return read.valid;
  });
  return postcode;
}

function takeBirth(rest: Remaining, today: Temporal.PlainDate, notes: string[]): SoughtBirth | null {
  let birth: SoughtBirth | null = null;
  const date = (year: string, month: number, day: string): boolean => {
    const full = fullYear(year, today.year);
    try {
      const read = Temporal.PlainDate.from({ year: full, month, day: Number(day) }, { overflow: 'reject' });
      if (Temporal.PlainDate.compare(read, today) > 0) {
        notes.push(`${read.toString()} is in the future`);
        return true;
      }
      birth = { known: 'date', date: read };
    } catch {
      notes.push(`There is no such date as ${day}/${month}/${full}`);
      birth = { known: 'year', year: full };
    }
    return true;
  };
  const inMonth = (year: string, month: number): boolean => {
    if (month < 1 || month > 12) return false;
    birth = { known: 'month', year: fullYear(year, today.year), month };
    return true;
  };
  const attempts: (() => boolean)[] = [
    () => rest.take(/\b(\d{4})-(\d{1,2})-(\d{1,2})\b/, ([, y = '', m, d = '']) => date(y, Number(m), d)),
    () =>
      rest.take(/\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b/, ([, d = '', m, y = '']) =>
        date(y, Number(m), d),
      ),
    () => rest.take(/\b(\d{2})(\d{2})((?:19|20)\d{2})\b/, ([, d = '', m, y = '']) => date(y, Number(m), d)),
    () =>
      rest.take(
        new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? ?${monthWord} ?(\\d{4}|\\d{2})\\b`, 'i'),
        ([, d = '', m = '', y = '']) => date(y, monthNumber(m), d),
      ),
    () =>
      rest.take(new RegExp(`\\b${monthWord} (\\d{4})\\b`, 'i'), ([, m = '', y = '']) =>
        inMonth(y, monthNumber(m)),
      ),
    () => rest.take(/\b(\d{1,2})\/(\d{4})\b/, ([, m, y = '']) => inMonth(y, Number(m))),
    () =>
      rest.take(/\b(?:born(?: in)?|dob|b\.?) ?'?(\d{4}|\d{2})\b/i, ([, y = '']) => {
        birth = { known: 'year', year: fullYear(y, today.year) };
        return true;
      }),
    () =>
      rest.take(/\b(?:aged?|about) (\d{1,3})\b|\b(\d{1,3}) ?(?:yo|years? old|yrs)\b/i, ([, a, b]) => {
        const age = Number(a ?? b);
        birth = { known: 'age', fromYear: today.year - age - 1, toYear: today.year - age };
        return age <= 120;
      }),
    () =>
      rest.take(/\b(1[89]\d{2}|20\d{2})\b/, ([text]) => {
        if (Number(text) > today.year) return false;
        birth = { known: 'year', year: Number(text) };
        return true;
      }),
  ];
  attempts.some((attempt) => attempt());
  rest.text = rest.text.replace(/\b(?:born|dob|d\.o\.b\.?|aged?)\b:?/gi, ' ');
  return birth;
}

function monthNumber(word: string): number {
  return months.indexOf(word.slice(0, 3).toLowerCase()) + 1;
}

function fullYear(text: string, thisYear: number): number {
  const year = Number(text);
  if (text.length === 4) return year;
  const thisCentury = thisYear - (thisYear % 100) + year;
  return thisCentury > thisYear ? thisCentury - 100 : thisCentury;
}

function keysFor(
  tokens: readonly string[],
  birth: SoughtBirth | null,
  postcode: string | null,
  identifiers: readonly MatchIdentifier[],
): readonly BlockingKey[] {
  const keys = new KeySet();
  if (tokens.length === 0 && birth?.known === 'date') keys.add('birth-date', birth.date.toString());
  // Workers type the surname first or last: either end may be the surname.
  const orders = tokens.length > 1 ? [tokens, [...tokens].reverse()] : [tokens];
  for (const order of orders) {
    const family = order.at(-1) ?? '';
    const found = keysToFind({
      names: family === '' ? [] : [{ given: order.slice(0, -1), family, kind: 'as-received' }],
      birthDates: birth?.known === 'date' ? [birth.date] : [],
      sex: null,
      postcodes: postcode === null ? [] : [postcode],
      identifiers,
    });
    for (const { kind, key } of found) keys.add(kind, key.slice(kind.length + 1));
    const first = order[0] ?? '';
    if (tokens.length < 2 || birth === null) continue;
    for (const key of forenameKeys(first)) {
      // Typed names are often right when the typed date is not: the pair of names is looked up as well.
      keys.add('name', key, soundKey(family));
      for (const year of yearsOf(birth)) keys.add('name-year', key, soundKey(family), String(year));
    }
    for (const year of yearsOf(birth))
      keys.add('prefix-birth-year', first.slice(0, 2), family.slice(0, 2), String(year));
  }
  return keys.list();
}

function yearsOf(birth: SoughtBirth): readonly number[] {
  if (birth.known === 'date') return [birth.date.year];
  if (birth.known === 'age') return [birth.fromYear, birth.toYear];
  return [birth.year];
}
