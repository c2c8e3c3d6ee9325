import type { Frequency, MatchModel } from './match-model.ts';
import type { PreparedName, PreparedRecord } from './match-record.ts';
import { soundKey } from './name-keys.ts';
import { areVariants } from './name-variants.ts';
import { jaroWinkler } from './similarity.ts';

export type NameComparison =
  | 'exact'
  | 'alias-exact'
  | 'reversed'
  | 'variant'
  | 'one-exact-one-close'
  | 'alias-close'
  | 'part-of-surname'
  | 'single-exact'
  | 'close'
  | 'sound'
  | 'single-shared'
  | 'surname-only'
  | 'forename-only'
  | 'none'
  | 'not-recorded';

/** How two people's names compare: the best pair out of all the names either has been known by. */
export interface NameResult {
  readonly comparison: NameComparison;
  readonly bits: number;
  readonly candidate: PreparedName | null;
  readonly probe: PreparedName | null;
}

// Jaro-Winkler at or above this is a likely misspelling (performance.md 1.1).
const CLOSE = 0.9;

/** Compares every name of one with every name of the other and keeps the pair that says most. */
export function compareNames(
  candidate: PreparedRecord,
  probe: PreparedRecord,
  model: MatchModel,
  frequency?: Frequency,
): NameResult {
  let best: NameResult = { comparison: 'not-recorded', bits: 0, candidate: null, probe: null };
  for (const a of candidate.names) {
    for (const b of probe.names) {
      const { comparison, bits } = comparePair(a, b, model, frequency);
      if (best.candidate === null || bits > best.bits) best = { comparison, bits, candidate: a, probe: b };
    }
  }
  return best;
}

interface PairResult {
  readonly comparison: NameComparison;
  readonly bits: number;
}

function comparePair(a: PreparedName, b: PreparedName, model: MatchModel, frequency?: Frequency): PairResult {
  const weights = model.names;
  if (isSingle(a) || isSingle(b)) return compareSingle(a, b, model);
  const [givenA, givenB] = [a.given[0] ?? '', b.given[0] ?? ''];
  const [familyA, familyB] = [a.family.join(''), b.family.join('')];
  const alias = a.isAlias || b.isAlias;
  const sameFamily = familyA === familyB;
  // "Abdul Rahman" and "Abdulrahman" are one name written two ways.
  const sameGiven = givenA === givenB || a.given.join('') === b.given.join('');
  const rarity = () => rarityOf(givenA, familyA, model, frequency);

  if (sameFamily && sameGiven)
    return alias
      ? { comparison: 'alias-exact', bits: floor(weights.aliasExact + rarity(), weights) }
      : { comparison: 'exact', bits: floor(weights.exact + rarity(), weights) };
  if (sameWords(a, b)) return { comparison: 'reversed', bits: floor(weights.reversed + rarity(), weights) };
  const middle = sameFamily && (a.given.slice(1).includes(givenB) || b.given.slice(1).includes(givenA));
  if (sameFamily && (middle || areVariants(givenA, givenB)))
    return { comparison: 'variant', bits: floor(weights.variant + rarity() - 1, weights) };

  const closeGiven = sameGiven || areVariants(givenA, givenB) || jaroWinkler(givenA, givenB) >= CLOSE;
  const closeFamily = sameFamily || jaroWinkler(familyA, familyB) >= CLOSE;
  const soundsAlike =
    (closeGiven || soundKey(givenA) === soundKey(givenB)) &&
    (closeFamily || soundKey(familyA) === soundKey(familyB));
  if (closeGiven && closeFamily) {
    if (alias) return { comparison: 'alias-close', bits: weights.aliasClose };
    return sameFamily || sameGiven
      ? { comparison: 'one-exact-one-close', bits: floor(weights.oneExactOneClose + rarity() / 2, weights) }
      : { comparison: 'close', bits: weights.close };
  }
  const shares = a.family.some((word) => word.length > 2 && b.family.includes(word));
  if (closeGiven && shares) return { comparison: 'part-of-surname', bits: weights.partOfSurname };
  if (soundsAlike) return { comparison: 'sound', bits: weights.sound };
  // A name written the other way round and misspelt as well.
  if (jaroWinkler(givenA, familyB) >= CLOSE && jaroWinkler(familyA, givenB) >= CLOSE)
    return { comparison: 'close', bits: weights.close };
  if (sameFamily || closeFamily)
    return { comparison: 'surname-only', bits: Math.max(0, weights.surnameOnly + rarity() / 4) };
  if (sameGiven || closeGiven) return { comparison: 'forename-only', bits: weights.forenameOnly };
  return { comparison: 'none', bits: weights.none };
}

function isSingle(name: PreparedName): boolean {
  return name.given.length === 0 || name.family.length === 0;
}

/** One of the two has one name only: it may be anyone's forename or surname, so it says less. */
function compareSingle(a: PreparedName, b: PreparedName, model: MatchModel): PairResult {
  const wordsA = [...a.given, ...a.family];
  const wordsB = [...b.given, ...b.family];
  const shared = wordsA.some((word) =>
    wordsB.some((other) => word === other || areVariants(word, other) || jaroWinkler(word, other) >= 0.93),
  );
  if (!shared) return { comparison: 'none', bits: model.names.none };
  return isSingle(a) && isSingle(b)
    ? { comparison: 'single-exact', bits: model.names.singleExact }
    : { comparison: 'single-shared', bits: model.names.singleShared };
}

function sameWords(a: PreparedName, b: PreparedName): boolean {
  const sorted = (name: PreparedName) => [...name.given, ...name.family].sort().join(' ');
  return sorted(a) === sorted(b);
}

/** Bits to add for a rare name or take off for a common one; 0 when names are not counted. */
function rarityOf(forename: string, surname: string, model: MatchModel, frequency?: Frequency): number {
  const given = frequency?.('forename', forename);
  const family = frequency?.('surname', surname);
  const bits =
    (given === undefined || given <= 0 ? 0 : Math.log2(model.usualShare.forename / given)) +
    (family === undefined || family <= 0 ? 0 : Math.log2(model.usualShare.surname / family));
  return Math.min(model.rarity.most, Math.max(model.rarity.least, bits));
}

/** However common, an agreeing name never says less than an agreeing surname. */
function floor(bits: number, weights: MatchModel['names']): number {
  return Math.max(bits, weights.surnameOnly);
}

/** Further given names, when both have them and the first ones agree: shared, an initial, or different. */
export function compareMiddleNames(
  result: NameResult,
  model: MatchModel,
): { readonly comparison: 'shared' | 'initial' | 'differs' | 'not-recorded'; readonly bits: number } {
  const a = result.candidate?.given.slice(1) ?? [];
  const b = result.probe?.given.slice(1) ?? [];
  const agree: readonly NameComparison[] = ['exact', 'alias-exact', 'one-exact-one-close', 'variant'];
  if (a.length === 0 || b.length === 0 || !agree.includes(result.comparison))
    return { comparison: 'not-recorded', bits: 0 };
  if (a.some((word) => word.length > 1 && b.some((other) => word === other || areVariants(word, other))))
    return { comparison: 'shared', bits: model.names.middleShared };
  const initial = a.some((word) =>
    b.some((other) => (word.length === 1 || other.length === 1) && word[0] === other[0]),
  );
  if (initial) return { comparison: 'initial', bits: model.names.middleInitial };
  return { comparison: 'differs', bits: model.names.middleDiffers };
}
