import { ageOn, parseCourtDate } from './court-times.ts';
import { cleanText, type Fields, firstTextAt, reportAt, textAt } from './fields.ts';
import type {
  NeutralAddress,
  NeutralIdentifier,
  NeutralName,
  NeutralPhone,
  NeutralSex,
  NeutralYouth,
} from './neutral-hearing.ts';

/** Turns a police identifier into its canonical form, with whether its check letter holds; null when it has no such form. */
export type CanonicalIdentifier = (
  text: string,
) => { readonly canonical: string; readonly valid: boolean } | null;

/** The people module's parsers, passed in so that the import stays pure. */
export interface IdentifierParsers {
  readonly pnc: CanonicalIdentifier;
  readonly cro: CanonicalIdentifier;
}

const titles = new Set([
  'mr',
  'mrs',
  'miss',
  'ms',
  'mx',
  'master',
  'dr',
  'prof',
  'professor',
  'rev',
  'sir',
  'dame',
  'lord',
  'lady',
]);

/**
 * A name out of its parts as sent. `received` is the whole line when the feed has one, else the parts
 * joined in their order. Undefined when nothing was sent.
 */
export function nameFromParts(
  whole: string | undefined,
  parts: {
    readonly title: string | undefined;
    readonly given: readonly (string | undefined)[];
    readonly family: string | undefined;
  },
): NeutralName | undefined {
  const given = parts.given.filter((name) => name !== undefined);
  if (given.length === 0 && parts.family === undefined)
    return whole === undefined ? undefined : nameFromWhole(whole);
  const { title, family } = parts;
  const received = whole ?? [title, ...given, family].filter((part) => part !== undefined).join(' ');
  return { received, title, given, family, parts: 'as-sent' };
}

/**
 * A name out of one line, `MR Abraham LINCOLN`: a title if it starts with one, a family name in
 * capitals at the end if the line mixes cases, else the last word. A guess, and marked as one.
 */
export function nameFromWhole(whole: string): NeutralName {
  const words = cleanText(whole).split(' ');
  const first = words[0] ?? '';
  const title =
    words.length > 1 && titles.has(first.toLowerCase().replace('.', '')) ? words.shift() : undefined;
  const capitals = (word: string): boolean =>
    word.length > 1 && word === word.toUpperCase() && /\p{Lu}/u.test(word);
  const lastOther = words.findLastIndex((word) => !capitals(word));
  // All in capitals: nothing tells the family name but its place.
  const familyFrom = lastOther === -1 || lastOther === words.length - 1 ? words.length - 1 : lastOther + 1;
  return {
    received: cleanText(whole),
    title,
    given: words.slice(0, familyFrom),
    family: words.slice(familyFrom).join(' ') || undefined,
    parts: 'guessed',
  };
}

const sexes = new Map<string, NeutralSex['mapped']>([
  ['m', 'male'],
  ['male', 'male'],
  ['f', 'female'],
  ['female', 'female'],
  ['n', 'not-known'],
  ['ns', 'not-known'],
  ['nk', 'not-known'],
  ['not_specified', 'not-known'],
  ['not_known', 'not-known'],
]);

/** Sex as received (Libra M, F, N; Common Platform MALE, FEMALE, NOT_SPECIFIED) beside what it means. */
export function sexAt(fields: Fields, ...keys: readonly string[]): NeutralSex | undefined {
  const received = firstTextAt(fields, ...keys);
  if (received === undefined) return undefined;
  const mapped = sexes.get(received.toLowerCase());
  if (mapped === undefined) {
    reportAt(fields, keys[0] ?? '', {
      code: 'sex-not-known-code',
      message: 'This sex code is not one we know. It is kept as sent and counts as not known.',
      severity: 'warning',
      received,
    });
  }
  return { received, mapped: mapped ?? 'not-known' };
}

// Dates that stand for "no date" in police and court systems (MoJ person matching drops them too).
const placeholderBirthDates = new Set(['1900-01-01', '1970-01-01']);

/** A date of birth believable on the day of the hearing; any other is reported and left out. */
export function birthDateAt(
  fields: Fields,
  hearingDay: Temporal.PlainDate | undefined,
  ...keys: readonly string[]
): Temporal.PlainDate | undefined {
  const key = keys.find((name) => textAt(fields, name) !== undefined);
  const received = key === undefined ? undefined : textAt(fields, key);
  if (key === undefined || received === undefined) return undefined;
  const leaveOut = (code: string, why: string): undefined => {
    const message = `The date of birth ${why}, so it was left out. Check it with the court before matching.`;
    reportAt(fields, key, { code, message, severity: 'field-quarantined', received });
    return undefined;
  };
  const date = parseCourtDate(received);
  if (!date) return leaveOut('birth-date-not-read', 'could not be read');
  if (placeholderBirthDates.has(date.toString()))
    return leaveOut('birth-date-placeholder', 'is a stand-in for “not known”');
  if (hearingDay) {
    const age = ageOn(date, hearingDay);
    if (age < 0) return leaveOut('birth-date-in-future', 'is after the hearing');
    if (age > 120) return leaveOut('birth-date-too-old', 'would make the person over 120');
  }
  return date;
}

/**
 * Under 18 on the day of the hearing. The court's mark, the date of birth, the age the court gives and
 * a youth panel each suffice; when they disagree the answer is "yes" and the disagreement is reported,
 * because treating a child as an adult does the greater harm.
 */
export function youthOf(
  fields: Fields,
  evidence: {
    readonly marker: boolean | undefined;
    readonly birthDate: Temporal.PlainDate | undefined;
    readonly hearingDay: Temporal.PlainDate | undefined;
    readonly ageGiven: number | undefined;
    readonly youthPanel: boolean;
  },
): NeutralYouth {
  const { marker, birthDate, hearingDay, ageGiven, youthPanel } = evidence;
  const under18 = birthDate && hearingDay ? ageOn(birthDate, hearingDay) < 18 : undefined;
  if (marker !== undefined && under18 !== undefined && marker !== under18) {
    reportAt(fields, '', {
      code: 'youth-marker-disagrees',
      message: marker
        ? 'The court marks this person as a youth and the date of birth says adult. Treated as a youth: check.'
        : 'The date of birth says under 18 and the court does not mark a youth. Treated as a youth: check.',
      severity: 'warning',
    });
  }
  if (marker === true) return { is: 'yes', basis: 'court-marker' };
  if (under18 === true) return { is: 'yes', basis: 'birth-date' };
  if (under18 === false) return { is: 'no', basis: 'birth-date' };
  if (ageGiven !== undefined && ageGiven > 0) return { is: ageGiven < 18 ? 'yes' : 'no', basis: 'age-given' };
  if (youthPanel) return { is: 'yes', basis: 'youth-panel' };
  if (marker === false) return { is: 'no', basis: 'court-marker' };
  return { is: 'unknown', basis: 'none' };
}

const postcodeForm = /^(?:[A-Z][A-HJ-Y]?\d[A-Z\d]? ?\d[A-Z]{2}|GIR ?0A{2})$/i;
// ZZ99 3VZ is the NHS code; police and courts write NF1 1NF or NF1 1FA. None of them is a place.
const noFixedAbodePostcodes = new Set(['ZZ993VZ', 'NF11NF', 'NF11FA']);

/** An address out of numbered lines and a postcode; undefined when nothing was sent. */
export function addressAt(
  fields: Fields | undefined,
  lineKeys: readonly string[],
  ...postcodeKeys: readonly string[]
): NeutralAddress | undefined {
  if (!fields) return undefined;
  const lines = lineKeys.map((key) => textAt(fields, key)).filter((line) => line !== undefined);
  const receivedPostcode = firstTextAt(fields, ...postcodeKeys);
  if (lines.length === 0 && receivedPostcode === undefined) return undefined;
  const joined = receivedPostcode?.toUpperCase().replaceAll(' ', '');
  const standIn = joined !== undefined && noFixedAbodePostcodes.has(joined);
  const wellFormed = joined !== undefined && postcodeForm.test(joined);
  if (joined !== undefined && !standIn && !wellFormed) {
    reportAt(fields, postcodeKeys[0] ?? '', {
      code: 'postcode-not-valid',
      message: 'This is not a postcode by form. The address is kept without it.',
      severity: 'field-quarantined',
      received: receivedPostcode,
    });
  }
  return {
    lines,
    postcode: wellFormed && !standIn ? `${joined.slice(0, -3)} ${joined.slice(-3)}` : undefined,
    receivedPostcode,
    noFixedAbode: standIn || /\bno fixed (?:abode|address)\b|^nfa$/i.test(lines.join(' ')),
  };
}

/** Telephone numbers as received. */
export function phonesAt(fields: Fields | undefined): readonly NeutralPhone[] {
  if (!fields) return [];
  const uses = ['home', 'mobile', 'work'] as const;
  return uses.flatMap((use) => {
    const received = textAt(fields, use);
    return received === undefined ? [] : [{ use, received }];
  });
}

/** A PNC number or CRO number: as received, and canonical when its check letter holds. */
export function policeIdentifierAt(
  fields: Fields,
  key: string,
  type: 'pnc' | 'cro',
  parsers: IdentifierParsers | undefined,
): readonly NeutralIdentifier[] {
  const received = textAt(fields, key);
  if (received === undefined) return [];
  if (!parsers) return [{ type, received, canonical: undefined, valid: 'not-checked' }];
  const found = parsers[type](received);
  if (found?.valid) return [{ type, received, canonical: found.canonical, valid: 'yes' }];
  reportAt(fields, key, {
    code: `${type}-not-valid`,
    message: `The ${type.toUpperCase()} number does not pass its check, so it is not used for matching. It is kept as sent.`,
    severity: 'field-quarantined',
    received,
  });
  return [{ type, received, canonical: undefined, valid: 'no' }];
}

/** Another identifier, with no check of its own, kept as sent. */
export function plainIdentifierAt(
  fields: Fields,
  key: string,
  type: 'crn' | 'asn' | 'hmpps-person',
): readonly NeutralIdentifier[] {
  const received = textAt(fields, key);
  return received === undefined ? [] : [{ type, received, canonical: undefined, valid: 'not-checked' }];
}
