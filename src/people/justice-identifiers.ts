import type { IdentifierReading } from './identifiers.ts';

// The check alphabet of PNC, CRO and arrest summons numbers leaves out I, O and S (standards.md 1.1).
const CHECK_LETTERS = 'ZABCDEFGHJKLMNPQRTUVWXY';

function checkLetter(digits: string): string {
  return CHECK_LETTERS[Number(BigInt(digits) % 23n)] ?? '';
}

function reading(received: string, canonical: string, letterFits: boolean): IdentifierReading {
  return letterFits
    ? { received, canonical, valid: true, reason: null }
    : { received, canonical, valid: false, reason: 'The letter does not fit the number: check it' };
}

function unreadable(received: string, reason: string): IdentifierReading {
  return { received, canonical: null, valid: false, reason };
}

/**
 * Reads a Police National Computer number into `YYYY/NNNNNNNL`. A year of two digits is put in the
 * century that is not in the future of `currentYear` (an offender record cannot be opened next year).
 * The letter is (two year digits then seven serial digits) modulo 23. Source: standards.md 1.1.
 */
export function readPnc(received: string, currentYear: number): IdentifierReading {
  const text = received.toUpperCase().replace(/\s/g, '');
  const match = text.includes('/')
    ? /^(\d{4}|\d{2})\/(\d{1,7})([A-Z])$/.exec(text)
    : (/^(\d{4})(\d{7})([A-Z])$/.exec(text) ?? /^(\d{2})(\d{1,7})([A-Z])$/.exec(text));
  const [, year, shortSerial, letter] = match ?? [];
  if (year === undefined || shortSerial === undefined)
    return unreadable(received, 'A PNC number looks like 2002/0073319Z');
  const serial = shortSerial.padStart(7, '0');
  const canonical = `${year.length === 4 ? year : fullYear(Number(year), currentYear)}/${serial}${letter}`;
  return reading(received, canonical, checkLetter(year.slice(-2) + serial) === letter);
}

function fullYear(twoDigits: number, currentYear: number): number {
  const thisCentury = currentYear - (currentYear % 100) + twoDigits;
  return thisCentury > currentYear ? thisCentury - 100 : thisCentury;
}

/**
 * Reads a Criminal Records Office number: `NNNNNN/YYL` with the serial padded to six, or the older
 * file form `SFYY/N…L`, whose serial is not padded. `000000/00Z` is what systems send for "none".
 */
export function readCro(received: string): IdentifierReading {
  const text = received.toUpperCase().replace(/\s/g, '');
  const [, sfYear, sfSerial, sfLetter] = /^SF(\d{2})\/?(\d{1,6})([A-Z])$/.exec(text) ?? [];
  if (sfYear !== undefined && sfSerial !== undefined)
    return reading(
      received,
      `SF${sfYear}/${sfSerial}${sfLetter}`,
      checkLetter(sfYear + sfSerial) === sfLetter,
    );
  const [, shortSerial, year, letter] = /^(\d{1,6})\/?(\d{2})([A-Z])$/.exec(text) ?? [];
  if (shortSerial === undefined || year === undefined)
    return unreadable(received, 'A CRO number looks like 065656/91H or SF05/482703J');
  const serial = shortSerial.padStart(6, '0');
  if (/^0+$/.test(serial)) return unreadable(received, 'This number stands for no CRO number');
  return reading(received, `${serial}/${year}${letter}`, checkLetter(year + serial) === letter);
}

/**
 * Reads an arrest summons number into its unbroken form: year, force, unit, system, eleven digits and
 * a letter (20 characters), or 21 with a top-level code after the year. The slashed form that PNC prints
 * is taken as well. The letter is worked out over force, system, year and sequence in that order; the unit
 * and the top-level code take no part, and a force or system with a letter in it ("FF") is left out
 * (agrees with every published vector).
 */
export function readAsn(received: string): IdentifierReading {
  const text = received.toUpperCase().replace(/\s/g, '');
  const match =
    /^(\d{2})\/([A-Z0-9]?)([A-Z0-9]{2})([A-Z0-9]{2})\/([A-Z0-9]{2})\/(\d{1,11})([A-Z])$/.exec(text) ??
    /^(\d{2})()([A-Z0-9]{2})([A-Z0-9]{2})([A-Z0-9]{2})(\d{11})([A-Z])$/.exec(text) ??
    /^(\d{2})([A-Z0-9])([A-Z0-9]{2})([A-Z0-9]{2})([A-Z0-9]{2})(\d{11})([A-Z])$/.exec(text);
  if (match === null)
    return unreadable(received, 'An arrest summons number has 20 or 21 characters and ends in a letter');
  const [, year = '', top = '', force = '', unit = '', system = '', shortSerial = '', letter = ''] = match;
  const serial = shortSerial.padStart(11, '0');
  const numbers = [force, system, year, serial].filter((part) => /^\d+$/.test(part)).join('');
  return reading(
    received,
    `${year}${top}${force}${unit}${system}${serial}${letter}`,
    checkLetter(numbers) === letter,
  );
}

/** An arrest summons number the way PNC prints it, "97/0000/00/123456K"; anything else comes back as it is. */
export function asnInPncStyle(canonical: string): string {
  const [, year, unit, system, serial, letter] =
    /^(\d{2})([A-Z0-9]{4,5})([A-Z0-9]{2})(\d{11})([A-Z])$/.exec(canonical) ?? [];
  if (serial === undefined) return canonical;
  return `${year}/${unit}/${system}/${Number(serial)}${letter}`;
}
