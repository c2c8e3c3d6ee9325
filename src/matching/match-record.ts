import { nameWords } from './name-keys.ts';
import type { IdentifierKind } from '../people/index.ts';
import { readPostcode } from '../people/index.ts';

/** One name a person has been known by. `given` in the order told; `family` may be empty for single-name people. */
export interface MatchName {
  readonly given: readonly string[];
  readonly family: string;
  readonly kind: 'current' | 'alias' | 'former' | 'as-received';
}

export interface MatchIdentifier {
  readonly kind: IdentifierKind;
  /** Canonical, and valid: a number that failed its check is not evidence. */
  readonly value: string;
}

/** What is known about a person for the one question "who is this". Every list holds all that was ever told. */
export interface MatchRecord {
  readonly names: readonly MatchName[];
  readonly birthDates: readonly Temporal.PlainDate[];
  readonly sex: 'female' | 'male' | 'other' | null;
  readonly postcodes: readonly string[];
  readonly identifiers: readonly MatchIdentifier[];
}

export interface PreparedName {
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly isAlias: boolean;
  /** As first told, for sentences. */
  readonly shown: string;
}

/** A record made ready for comparing: normalised once, compared many times. */
export interface PreparedRecord {
  readonly names: readonly PreparedName[];
  readonly birthDates: readonly Temporal.PlainDate[];
  readonly sex: MatchRecord['sex'];
  readonly postcodes: readonly { readonly full: string; readonly outcode: string | null }[];
  readonly identifiers: readonly MatchIdentifier[];
}

// Dates that systems write when no date was given (standards.md 1.15).
const standInDates = new Set(['1900-01-01', '1970-01-01']);

/** Normalises a record; stand-in dates and no-fixed-abode postcodes are dropped, since they match everybody. */
export function prepareRecord(record: MatchRecord): PreparedRecord {
  return {
    names: record.names
      .map((name) => ({
        given: name.given.flatMap(nameWords),
        family: nameWords(name.family),
        isAlias: name.kind !== 'current',
        shown: [...name.given, name.family].join(' ').trim(),
      }))
      .filter((name) => name.given.length + name.family.length > 0),
    birthDates: record.birthDates.filter((date) => !standInDates.has(date.toString())),
    sex: record.sex,
    postcodes: record.postcodes.flatMap((text) => {
      const read = readPostcode(text);
      if (read.placeholder) return [];
      const full = (read.canonical ?? text).toUpperCase().replace(/\s/g, '');
      return full === '' ? [] : [{ full, outcode: read.outcode }];
    }),
    identifiers: record.identifiers.filter((identifier) => identifier.value !== ''),
  };
}
