import { readAsn, readCro, readPnc } from './justice-identifiers.ts';
import { parse as parsePostcode } from 'postcode';

export { readAsn, readCro, readPnc, asnInPncStyle } from './justice-identifiers.ts';

/**
 * What was received and what we make of it. The text as received is always kept: a number that
 * fails its check is still something somebody wrote down, and may be read again by a person.
 */
export interface IdentifierReading {
  readonly received: string;
  /** The one form that is stored and compared; null when the text cannot be read as this kind. */
  readonly canonical: string | null;
  readonly valid: boolean;
  /** Plain words when not valid, or when valid but with something to know; otherwise null. */
  readonly reason: string | null;
}

/** A postcode; a placeholder is readable and may be stored, and must never be used to match people. */
export interface PostcodeReading extends IdentifierReading {
  readonly placeholder: boolean;
  /** The part before the space ("M14"); null for a placeholder or when not valid. */
  readonly outcode: string | null;
}

/** A telephone number, with what kind it is when that can be told from the number alone. */
export interface PhoneReading extends IdentifierReading {
  readonly line: 'mobile' | 'landline' | 'non-geographic' | 'abroad' | null;
}

/** Whether the invented 999 and 900 ranges are taken: never in a live area, always in tests and demonstrations. */
export type NhsNumberRange = 'live' | 'live-and-test';

const valid = (received: string, canonical: string): IdentifierReading => ({
  received,
  canonical,
  valid: true,
  reason: null,
});
const invalid = (received: string, reason: string, canonical: string | null = null): IdentifierReading => ({
  received,
  canonical,
  valid: false,
  reason,
});

/**
 * Reads an NHS number: ten digits, modulus 11 check (NHS Data Dictionary; standards.md 1.1). Spaces and
 * hyphens are taken out. Ten equal digits pass the arithmetic but are what people type to get past a form.
 * Valid means well formed: it does not mean verified with the Personal Demographics Service.
 */
export function readNhsNumber(received: string, range: NhsNumberRange): IdentifierReading {
  const digits = received.replace(/[\s-]/g, '');
  if (!/^\d{10}$/.test(digits)) return invalid(received, 'An NHS number has 10 digits');
  if (/^(\d)\1{9}$/.test(digits))
    return invalid(received, 'The same digit 10 times is not an NHS number', digits);
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(digits[i]) * (10 - i);
  const check = 11 - (sum % 11);
  if (check === 10 || (check === 11 ? 0 : check) !== Number(digits[9]))
    return invalid(received, 'The last digit does not fit the others: check the number', digits);
  if (range === 'live' && /^9(99|00)/.test(digits))
    return invalid(received, 'This NHS number is from a range kept for testing', digits);
  return valid(received, digits);
}

/** An NHS number as people read it, 3-3-4: "999 417 2085". Anything that is not ten digits comes back as it is. */
export function formatNhsNumber(canonical: string): string {
  return canonical.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3');
}

// The expression the Ministry of Justice uses (standards.md 1.1). It shuts out ZZ99, which is handled first.
const postcodeShape = /^([A-Z][A-HJ-Y]?\d[A-Z\d]? ?\d[A-Z]{2}|GIR ?0A{2})$/;

/**
 * Reads a postcode into "OUT IN", upper case. ZZ99 codes (NHS: no fixed abode, abroad, not known) and
 * NF1 1NF or NF1 1FA (police and court feeds: no fixed abode) are placeholders: hundreds of people
 * carry them, so they say nothing about who somebody is.
 */
export function readPostcode(received: string): PostcodeReading {
  const compact = received.toUpperCase().replace(/[\s.-]/g, '');
  const spaced = `${compact.slice(0, -3)} ${compact.slice(-3)}`;
  if (/^ZZ99\d[A-Z]{2}$/.test(compact) || compact === 'NF11NF' || compact === 'NF11FA') {
    const reason =
      compact === 'ZZ993VZ' || compact.startsWith('NF1')
        ? 'Means no fixed abode: never used to match people'
        : 'A stand-in for a postcode: never used to match people';
    return { ...valid(received, spaced), reason, placeholder: true, outcode: null };
  }
  const parsed = parsePostcode(compact);
  if (compact === 'GIR0AA') return { ...valid(received, 'GIR 0AA'), placeholder: false, outcode: 'GIR' };
  if (!parsed.valid || !postcodeShape.test(spaced))
    return { ...invalid(received, 'This is not a full UK postcode'), placeholder: false, outcode: null };
  return { ...valid(received, parsed.postcode), placeholder: false, outcode: parsed.outcode };
}

/**
 * Reads a telephone number. What was given is kept, because "ask for Dee, after 6" is often part of it;
 * the canonical form is international without spaces ("+447700900123"). Numbers without a country
 * code are read as UK numbers (Ofcom National Telephone Numbering Plan).
 */
export function readUkPhone(received: string): PhoneReading {
  const outOfPlan = (reason: string): PhoneReading => ({ ...invalid(received, reason), line: null });
  const compact = received.replace(/^\s*tel:/i, '').replace(/[\s().\-/]/g, '');
  if (!/^\+?\d+$/.test(compact)) return outOfPlan('A phone number has digits only');
  const international = compact.startsWith('00') ? `+${compact.slice(2)}` : compact;
  if (international.startsWith('+') && !international.startsWith('+44')) {
    return /^\+[1-9]\d{6,14}$/.test(international)
      ? { ...valid(received, international), line: 'abroad' }
      : outOfPlan('This is not a complete phone number');
  }
  const national = international.startsWith('+44')
    ? international.slice(3).replace(/^0/, '')
    : international.replace(/^0/, '');
  if (!international.startsWith('+') && !international.startsWith('0'))
    return outOfPlan('A UK phone number starts with 0 or +44');
  // Ten digits after the 0; a few 01 areas still have nine.
  if (!/^([1235789]\d{9}|1\d{8})$/.test(national)) return outOfPlan('A UK phone number has 11 digits');
  return { ...valid(received, `+44${national}`), line: lineOf(national) };
}

function lineOf(national: string): PhoneReading['line'] {
  if (/^7([1-57-9]|624)/.test(national)) return 'mobile';
  return /^[12]/.test(national) ? 'landline' : 'non-geographic';
}

/** The kinds of number a person may carry; `local` is a number another system gave, compared only as text. */
export type IdentifierKind =
  | 'nhs'
  | 'pnc'
  | 'cro'
  | 'asn'
  | 'prison'
  | 'crn'
  | 'custody-number'
  | 'defendant'
  | 'local'
  | 'email'
  | 'phone';

/**
 * Reads an identifier of any kind into its canonical form. Kinds without a published check are trimmed
 * and put in one case. `currentYear` settles the century of a PNC number written with two digits.
 */
export function readIdentifier(
  kind: IdentifierKind,
  received: string,
  context: { readonly currentYear: number; readonly nhsNumbers: NhsNumberRange },
): IdentifierReading {
  if (kind === 'nhs') return readNhsNumber(received, context.nhsNumbers);
  if (kind === 'pnc') return readPnc(received, context.currentYear);
  if (kind === 'cro') return readCro(received);
  if (kind === 'asn') return readAsn(received);
  if (kind === 'phone') return readUkPhone(received);
  if (kind === 'email') {
    const address = received.trim().toLowerCase();
    return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)
      ? valid(received, address)
      : invalid(received, 'This is not an email address');
  }
  const text = received.trim().toUpperCase().replace(/\s+/g, '');
  return text === '' ? invalid(received, 'No number was given') : valid(received, text);
}
