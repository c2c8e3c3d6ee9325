import { compareBirthDates, compareIdentifiers, comparePostcodes } from './compare-facts.ts';
import { compareMiddleNames, compareNames } from './compare-names.ts';
import type { Band, Frequency, MatchModel } from './match-model.ts';
import { bandOf, model as currentModel } from './match-model.ts';
import type { MatchRecord, PreparedRecord } from './match-record.ts';
import { prepareRecord } from './match-record.ts';
import {
  birthDateSentence,
  identifierSentence,
  middleNameSentence,
  nameSentence,
  postcodeSentence,
  summarise,
} from './match-words.ts';

/** One step of the waterfall: what was compared, how it came out, and what it weighs in bits. */
export interface WaterfallStep {
  readonly field:
    | 'starting-point'
    | 'name'
    | 'middle-name'
    | 'birth-date'
    | 'postcode'
    | 'identifier'
    | 'sex'
    | 'rule'
    | 'decision';
  readonly comparison: string;
  readonly bits: number;
  /** Plain words for the screen. */
  readonly sentence: string;
}

export interface ScoredMatch {
  /** Bits: log2 of the odds that both are one person. The sum of the waterfall. */
  readonly weight: number;
  readonly band: Band;
  /** The pips on the screen: three, two or one; null when the band is none. */
  readonly likeness: 'same' | 'likely' | 'possible' | null;
  readonly waterfall: readonly WaterfallStep[];
  /** "Name and year of birth agree. Address differs." */
  readonly evidence: string;
  readonly model: string;
}

export interface ScoreOptions {
  readonly frequency?: Frequency;
  readonly model?: MatchModel;
  /**
   * How many people are on file. Two records taken at random are then one person once in that many; without it
   * the model's own starting point is used, which is right for tens of millions and cautious for one area.
   */
  readonly people?: number;
  /** What a person decided about these two before; it always wins. */
  readonly decided?: 'same' | 'different';
}

// Between the twin weight and "same": above this a worker sees "likely", else "possible".
const LIKELY_ABOVE = -5;

/**
 * How likely it is that two records are one person, and why. Only ever a suggestion: a person confirms
 * every match, whatever the weight (standards.md 1.15). Weights in bits, near the Ministry of Justice's
 * (performance.md 1.1). Name and birth date alone never reach "same".
 */
export function scoreMatch(
  candidate: MatchRecord,
  probe: MatchRecord,
  options: ScoreOptions = {},
): ScoredMatch {
  return scorePrepared(prepareRecord(candidate), prepareRecord(probe), options);
}

/** The same on records made ready before, for comparing one probe with many candidates. */
export function scorePrepared(
  candidate: PreparedRecord,
  probe: PreparedRecord,
  options: ScoreOptions = {},
): ScoredMatch {
  const model = options.model ?? currentModel;
  const name = compareNames(candidate, probe, model, options.frequency);
  const middle = compareMiddleNames(name, model);
  const birth = compareBirthDates(candidate, probe, model);
  const postcode = comparePostcodes(candidate, probe, model, options.frequency);
  const identifier = compareIdentifiers(candidate, probe, model);

  const steps: WaterfallStep[] = [
    {
      field: 'starting-point',
      comparison: 'any two people',
      bits: options.people === undefined ? model.prior : -Math.log2(Math.max(2, options.people)),
      sentence: 'Any two records are most often two people',
    },
    { field: 'name', comparison: name.comparison, bits: name.bits, sentence: nameSentence(name) },
  ];
  if (middle.comparison !== 'not-recorded')
    steps.push({ field: 'middle-name', ...middle, sentence: middleNameSentence(middle.comparison) });
  steps.push(
    {
      field: 'birth-date',
      comparison: birth.comparison,
      bits: birth.bits,
      sentence: birthDateSentence(birth),
    },
    { field: 'postcode', ...postcode, sentence: postcodeSentence(postcode.comparison) },
    {
      field: 'identifier',
      comparison: identifier.comparison,
      bits: identifier.bits,
      sentence: identifierSentence(identifier),
    },
  );
  if (
    (candidate.sex === 'female' || candidate.sex === 'male') &&
    (probe.sex === 'female' || probe.sex === 'male')
  ) {
    const same = candidate.sex === probe.sex;
    steps.push({
      field: 'sex',
      comparison: same ? 'same' : 'differs',
      bits: same ? model.sex.same : model.sex.differs,
      sentence: same ? 'Sex agrees' : 'Sex differs',
    });
  }

  // What the numbers alone would get wrong about families. A number of one's own settles it.
  const sharesNumber = identifier.shared.some((kind) => kind !== 'phone' && kind !== 'email');
  if (!sharesNumber) {
    const rule = familyRule({
      name,
      birth,
      postcode,
      contactShared: identifier.shared.length > 0,
      total: sum(steps),
      model,
    });
    if (rule !== null) steps.push(rule);
  }
  if (options.decided !== undefined) {
    const same = options.decided === 'same';
    steps.push({
      field: 'decision',
      comparison: options.decided,
      bits: same ? model.manual : -model.manual,
      sentence: same ? 'A worker decided this is the same person' : 'A worker decided these are two people',
    });
  }

  const weight = Math.round(sum(steps) * 100) / 100;
  const band = bandOf(weight, model);
  return {
    weight,
    band,
    likeness: likenessOf(weight, band),
    waterfall: steps,
    evidence: summarise(steps),
    model: model.name,
  };
}

function sum(steps: readonly WaterfallStep[]): number {
  return steps.reduce((total, step) => total + step.bits, 0);
}

function likenessOf(weight: number, band: Band): ScoredMatch['likeness'] {
  if (band === 'none') return null;
  if (band === 'same') return 'same';
  return weight > LIKELY_ABOVE ? 'likely' : 'possible';
}

interface FamilyFacts {
  readonly name: ReturnType<typeof compareNames>;
  readonly birth: ReturnType<typeof compareBirthDates>;
  readonly postcode: ReturnType<typeof comparePostcodes>;
  /** A phone number or email address is shared; families share those too, so it is no number of one's own. */
  readonly contactShared: boolean;
  readonly total: number;
  readonly model: MatchModel;
}

/**
 * Twins: surname, birth date and address agree, forename does not; forced to the twin weight, or when the
 * forenames are nearly alike (Jayden and Kayden, or a slip of the pen) held just under "same", so that
 * a person looks. Parent and child: one name and address, years of birth far apart; held under "same" too.
 * A mere name and birth date are held there as well (standards.md 1.15).
 */
function familyRule({
  name,
  birth,
  postcode,
  contactShared,
  total,
  model,
}: FamilyFacts): WaterfallStep | null {
  const bornTogether = ['exact', 'new-years-day', 'alias', 'swapped', 'one-part-off'].includes(
    birth.comparison,
  );
  const hold = (comparison: string, sentence: string): WaterfallStep => ({
    field: 'rule',
    comparison,
    bits: Math.min(0, model.sameFrom - 1 - total),
    sentence,
  });

  if (bornTogether && postcode.comparison === 'shared' && name.candidate !== null && name.probe !== null) {
    if (['surname-only', 'none'].includes(name.comparison))
      return {
        field: 'rule',
        comparison: 'possible-twin',
        bits: Math.min(0, model.twin - total),
        sentence: 'Could be a twin, or a relative at the same address',
      };
    if (name.comparison === 'alias-exact' && total >= model.sameFrom)
      return hold('other-name', 'Only a name used at another time agrees');
    if (forenamesDiffer(name) && (name.comparison !== 'variant' || total >= model.sameFrom))
      return hold('near-forename', 'Forenames are nearly alike: could be a twin');
  }
  if (total < model.sameFrom) return null;
  if (birth.yearsApart !== null && birth.yearsApart >= 12)
    return hold('parent-and-child', `Born ${birth.yearsApart} years apart: could be parent and child`);
  if (!contactShared && !['shared', 'same-district'].includes(postcode.comparison))
    return hold('name-and-birth-date-only', 'Only name and date of birth agree');
  return null;
}

function forenamesDiffer({ comparison, candidate, probe }: FamilyFacts['name']): boolean {
  return (
    comparison !== 'reversed' &&
    candidate?.given[0] !== probe?.given[0] &&
    candidate?.given.join('') !== probe?.given.join('')
  );
}
