/** How often a value occurs among the people of the area, as a share of all (0 to 1); undefined when not counted. */
export type Frequency = (field: 'forename' | 'surname' | 'postcode', value: string) => number | undefined;

/** A named, versioned set of weights in bits: one more bit, twice the odds. Logged with every decision. */
export interface MatchModel {
  readonly name: string;
  /** Log2 of the odds that two records taken at random are one person. */
  readonly prior: number;
  /** Bands a worker sees. */
  readonly sameFrom: number;
  readonly possibleFrom: number;
  /** A cluster whose members fall below this should be looked at again (MoJ: split below 14). */
  readonly splitBelow: number;
  readonly twin: number;
  readonly manual: number;
  readonly names: {
    readonly exact: number;
    readonly reversed: number;
    readonly variant: number;
    readonly aliasExact: number;
    readonly aliasClose: number;
    readonly oneExactOneClose: number;
    readonly close: number;
    readonly sound: number;
    readonly partOfSurname: number;
    readonly singleExact: number;
    readonly singleShared: number;
    readonly surnameOnly: number;
    readonly forenameOnly: number;
    readonly none: number;
    readonly middleShared: number;
    readonly middleInitial: number;
    readonly middleDiffers: number;
  };
  readonly birthDate: {
    readonly exact: number;
    readonly newYearsDay: number;
    readonly alias: number;
    readonly swapped: number;
    readonly onePartOff: number;
    readonly sameYear: number;
    readonly nearYear: number;
    readonly withinFiveYears: number;
    readonly none: number;
  };
  readonly postcode: {
    readonly rare: number;
    readonly usual: number;
    readonly common: number;
    readonly outcode: number;
    readonly none: number;
  };
  readonly identifier: {
    readonly pncAndCro: number;
    readonly national: number;
    readonly core: number;
    readonly contact: number;
    readonly oneDigitOut: number;
    readonly differs: number;
  };
  readonly sex: { readonly same: number; readonly differs: number };
  /** Shares the name weights were set at; a rarer name says more, a commoner one less. */
  readonly usualShare: { readonly forename: number; readonly surname: number; readonly postcode: number };
  /** How far rarity may move a name's weight, in bits. */
  readonly rarity: { readonly least: number; readonly most: number };
}

/**
 * The model in use. Weights are set by hand near those of the Ministry of Justice's model of February 2026
 * (performance.md 1.1); the levels that model does not have (variant spellings, day and month changed
 * over, one part of a date out, single names) are set between their neighbours.
 */
export const model: MatchModel = {
  name: 'throughline-1 2026-11',
  prior: -21.8,
  sameFrom: 20,
  possibleFrom: -10,
  splitBelow: 14,
  twin: -5,
  manual: 166,
  names: {
    exact: 17.1,
    reversed: 14,
    variant: 13,
    aliasExact: 11.5,
    aliasClose: 9.1,
    oneExactOneClose: 11.5,
    close: 7.3,
    sound: 5.5,
    partOfSurname: 9.5,
    singleExact: 9,
    singleShared: 5,
    surnameOnly: 2.8,
    forenameOnly: 1,
    none: -7.9,
    middleShared: 6.2,
    middleInitial: 2,
    middleDiffers: -2,
  },
  birthDate: {
    exact: 13.9,
    newYearsDay: 9.5,
    alias: 9.7,
    swapped: 9,
    onePartOff: 7,
    sameYear: 4.2,
    nearYear: 3.3,
    withinFiveYears: -4.4,
    none: -8.6,
  },
  postcode: { rare: 15.1, usual: 12, common: 5.3, outcode: 5.25, none: -2.3 },
  identifier: { pncAndCro: 29.9, national: 21.7, core: 14.5, contact: 9, oneDigitOut: 5, differs: -14 },
  sex: { same: 0.9, differs: -2 },
  usualShare: { forename: 0.009, surname: 0.0008, postcode: 0.00018 },
  rarity: { least: -8, most: 5 },
};

export type Band = 'same' | 'possible' | 'none';

/** The band of a weight: 20 bits and over "same", -10 to 20 "possible", below that none (performance.md 1.1). */
export function bandOf(weight: number, used: MatchModel = model): Band {
  if (weight >= used.sameFrom) return 'same';
  return weight >= used.possibleFrom ? 'possible' : 'none';
}
