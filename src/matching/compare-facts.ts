import { withSwappedParts } from './blocking-keys.ts';
import type { Frequency, MatchModel } from './match-model.ts';
import type { MatchIdentifier, PreparedRecord } from './match-record.ts';
import { editDistance } from './similarity.ts';

export type BirthDateComparison =
  | 'exact'
  | 'new-years-day'
  | 'alias'
  | 'swapped'
  | 'one-part-off'
  | 'same-year'
  | 'near-year'
  | 'within-five-years'
  | 'none'
  | 'not-recorded';

export interface BirthDateResult {
  readonly comparison: BirthDateComparison;
  readonly bits: number;
  /** Whole years between the two years of birth of the pair that says most; null when one is missing. */
  readonly yearsApart: number | null;
}

/** The best pair out of all birth dates ever given; the first of each list is the current one. */
export function compareBirthDates(
  candidate: PreparedRecord,
  probe: PreparedRecord,
  model: MatchModel,
): BirthDateResult {
  let best: BirthDateResult = { comparison: 'not-recorded', bits: 0, yearsApart: null };
  for (const [i, a] of candidate.birthDates.entries()) {
    for (const [j, b] of probe.birthDates.entries()) {
      const result = compareDatePair(a, b, i > 0 || j > 0, model);
      if (best.yearsApart === null || result.bits > best.bits) best = result;
    }
  }
  return best;
}

function compareDatePair(
  a: Temporal.PlainDate,
  b: Temporal.PlainDate,
  alias: boolean,
  model: MatchModel,
): BirthDateResult {
  const weights = model.birthDate;
  const yearsApart = Math.abs(a.year - b.year);
  const result = (comparison: BirthDateComparison, bits: number): BirthDateResult => ({
    comparison,
    bits,
    yearsApart,
  });
  if (a.equals(b)) {
    // 1 January is what is written down for people who were never told their birthday.
    if (a.month === 1 && a.day === 1) return result('new-years-day', weights.newYearsDay);
    return alias ? result('alias', weights.alias) : result('exact', weights.exact);
  }
  if (withSwappedParts(a).some((date) => date.equals(b))) return result('swapped', weights.swapped);
  if (isOnePartOff(a, b)) return result('one-part-off', weights.onePartOff);
  if (yearsApart === 0) return result('same-year', weights.sameYear);
  // Same decade written, last digit near: MoJ's "first three digits of the year".
  if (Math.floor(a.year / 10) === Math.floor(b.year / 10) && yearsApart <= 2)
    return result('near-year', weights.nearYear);
  if (yearsApart <= 5) return result('within-five-years', weights.withinFiveYears);
  return result('none', weights.none);
}

/** One slip of the pen: a day, month or year out by one, one digit wrong, or two digits changed over. */
function isOnePartOff(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  const days = Math.abs(a.until(b, { largestUnit: 'days' }).days);
  if (days <= 1) return true;
  return editDistance(digitsOf(a), digitsOf(b), 1) <= 1;
}
function digitsOf(date: Temporal.PlainDate): string {
  return date.toString().replaceAll('-', '');
}

export interface PostcodeResult {
  readonly comparison: 'shared' | 'same-district' | 'none' | 'not-recorded';
  readonly bits: number;
}

/** Any postcode ever lived at, against any. A postcode that many people give (a hostel) says less. */
export function comparePostcodes(
  candidate: PreparedRecord,
  probe: PreparedRecord,
  model: MatchModel,
  frequency?: Frequency,
): PostcodeResult {
  const weights = model.postcode;
  if (candidate.postcodes.length === 0 || probe.postcodes.length === 0)
    return { comparison: 'not-recorded', bits: 0 };
  let best: PostcodeResult = { comparison: 'none', bits: weights.none };
  for (const a of candidate.postcodes) {
    for (const b of probe.postcodes) {
      if (a.full === b.full) {
        const bits = sharedPostcodeBits(frequency?.('postcode', a.full), model);
        if (bits > best.bits) best = { comparison: 'shared', bits };
      } else if (a.outcode !== null && a.outcode === b.outcode && weights.outcode > best.bits) {
        best = { comparison: 'same-district', bits: weights.outcode };
      }
    }
  }
  return best;
}

function sharedPostcodeBits(share: number | undefined, model: MatchModel): number {
  if (share === undefined || share <= 0) return model.postcode.usual;
  const bits = model.postcode.usual + Math.log2(model.usualShare.postcode / share);
  return Math.min(model.postcode.rare, Math.max(model.postcode.common, bits));
}

export interface IdentifierResult {
  readonly comparison: 'shared' | 'one-digit-out' | 'differs' | 'not-recorded';
  readonly bits: number;
  /** The kinds that agree; the evidence names them. */
  readonly shared: readonly MatchIdentifier['kind'][];
  readonly differing: readonly MatchIdentifier['kind'][];
}

const contactKinds: readonly MatchIdentifier['kind'][] = ['phone', 'email'];
const nationalKinds: readonly MatchIdentifier['kind'][] = ['nhs', 'pnc', 'cro'];
// One person may well have several of these, so two different ones say nothing against.
const manyPerPerson: readonly MatchIdentifier['kind'][] = [
  'asn',
  'custody-number',
  'defendant',
  'phone',
  'email',
];

/** Numbers, kind by kind: any shared number of a kind counts for it; with none shared, a difference counts against once. */
export function compareIdentifiers(
  candidate: PreparedRecord,
  probe: PreparedRecord,
  model: MatchModel,
): IdentifierResult {
  const weights = model.identifier;
  const shared: MatchIdentifier['kind'][] = [];
  const differing: MatchIdentifier['kind'][] = [];
  let near = false;
  for (const kind of new Set(candidate.identifiers.map((identifier) => identifier.kind))) {
    const mine = candidate.identifiers.filter((identifier) => identifier.kind === kind);
    const theirs = probe.identifiers.filter((identifier) => identifier.kind === kind);
    if (theirs.length === 0) continue;
    if (mine.some((a) => theirs.some((b) => a.value === b.value))) shared.push(kind);
    else if (mine.some((a) => theirs.some((b) => editDistance(a.value, b.value, 1) <= 1))) near = true;
    else if (!manyPerPerson.includes(kind)) differing.push(kind);
  }
  let bits = 0;
  if (shared.includes('pnc') && shared.includes('cro')) bits = weights.pncAndCro;
  else if (shared.some((kind) => nationalKinds.includes(kind))) bits = weights.national;
  else if (shared.some((kind) => !contactKinds.includes(kind))) bits = weights.core;
  else if (shared.length > 0) bits = weights.contact;
  else if (near) bits = weights.oneDigitOut;
  if (shared.includes('nhs') && shared.some((kind) => kind === 'pnc' || kind === 'cro'))
    bits = Math.max(bits, weights.pncAndCro);
  if (differing.length > 0) bits += weights.differs;
  if (shared.length > 0) return { comparison: 'shared', bits, shared, differing };
  if (near) return { comparison: 'one-digit-out', bits, shared, differing };
  return { comparison: differing.length > 0 ? 'differs' : 'not-recorded', bits, shared, differing };
}
