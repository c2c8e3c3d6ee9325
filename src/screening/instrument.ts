import { z } from 'zod';
import type { Answer } from '../platform/answer.ts';
import { done, refused } from '../platform/result.ts';
import type { Outcome } from '../platform/result.ts';
import { readQuestionnaire } from './questionnaire.ts';
import type { InstrumentItem, QuestionnaireContent, QuestionnaireRefusal } from './questionnaire.ts';

/**
 * The answer to one item: the code of a chosen option, a number, yes/no, or text; or one of the three
 * answers that are not a value. An item that is absent from the map counts as `not-asked`.
 */
export type ItemAnswer = Answer<string | number | boolean>;
export type ItemAnswers = ReadonlyMap<string, ItemAnswer>;

const bandSchema = z.strictObject({
  min: z.number(),
  max: z.number(),
  label: z.string().min(1),
  meaning: z.string().min(1),
});

const bandSetSchema = z.strictObject({
  name: z.string().min(1),
  title: z.string().min(1),
  source: z.string().min(1),
  bands: z.array(bandSchema).min(1),
});

const scoringSchema = z.strictObject({
  name: z.string().min(1),
  title: z.string().min(1),
  /** `sum`, or the name of a function registered for this instrument's canonical address. */
  method: z.string().min(1),
  /** Items that are asked but carry no points (a gate question). */
  unscoredItems: z.array(z.string()).default([]),
  /** Added to the points of each item: K10 answers print 1 to 5, and MHSDS takes 0 to 4. */
  offsetPerItem: z.number().int(),
  min: z.number().int(),
  max: z.number().int(),
  direction: z.enum(['higher-is-worse', 'higher-is-better']),
  source: z.string().min(1),
  mhsds: z
    .strictObject({ snomedCode: z.string(), min: z.number(), max: z.number(), source: z.string() })
    .optional(),
  reliableChange: z.strictObject({ points: z.number().positive(), source: z.string().min(1) }).optional(),
  bandSets: z.array(bandSetSchema),
});

const metadataSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  shortName: z.string().min(1),
  about: z.string().min(1),
  /** Whether the person answers, or the practitioner observes. */
  answeredBy: z.enum(['person', 'practitioner']),
  licence: z.strictObject({
    verdict: z.enum(['ship', 'ship-nc', 'skeleton']),
    text: z.string().min(1),
    notice: z.string().min(1),
    source: z.string().min(1),
  }),
  wordingSource: z.string().min(1),
  scorings: z.array(scoringSchema).min(1),
  /** Items where 1 can mean either answer: only words or codes are accepted. */
  wordsOnlyItems: z.array(z.string()).default([]),
  safetyItems: z.array(
    z.strictObject({
      linkId: z.string(),
      atLeast: z.number(),
      prompt: z.string().min(1),
      source: z.string().min(1),
    }),
  ),
  next: z.array(
    z.strictObject({
      scoring: z.string(),
      atLeast: z.number(),
      instrument: z.string(),
      reason: z.string().min(1),
      source: z.string().min(1),
    }),
  ),
  applicability: z.strictObject({
    /** Whole years. */
    minimumAge: z.number().int().nonnegative().optional(),
    maximumAge: z.number().int().positive().optional(),
    ageNote: z.string().min(1),
    notInPregnancy: z.boolean().default(false),
    /** True where a score outside these limits would mislead: there is then no score. */
    noScoreOutside: z.boolean().default(false),
    exclusions: z.array(z.string().min(1)),
  }),
  /** For how many days an earlier answer may be offered to confirm; 0 means never. */
  carryForward: z.strictObject({ days: z.number().int().nonnegative(), reason: z.string().min(1) }),
  limits: z.array(z.string().min(1)),
});

export type InstrumentMetadata = z.infer<typeof metadataSchema>;
export type Scoring = z.infer<typeof scoringSchema>;
export type BandSet = z.infer<typeof bandSetSchema>;
export type LicenceVerdict = InstrumentMetadata['licence']['verdict'];

/** A published tool in one version and language: what is asked, how it is scored, and on what licence. */
export interface Instrument extends QuestionnaireContent, InstrumentMetadata {
  /** `url|version`: what an answer is stored with. */
  readonly canonical: string;
}

export type InstrumentRefusal = QuestionnaireRefusal | 'no-licence' | 'bad-metadata';

/** The item's own points, lowest and highest; an option without points ("does not apply") is left out. */
function pointRange(item: InstrumentItem): { min: number; max: number } | undefined {
  const points = item.options.flatMap((option) => (option.points === null ? [] : [option.points]));
  return points.length === 0 ? undefined : { min: Math.min(...points), max: Math.max(...points) };
}

/** The items that carry points under one scoring, in order. */
export function scoredItems(
  instrument: Pick<Instrument, 'items'>,
  scoring: Pick<Scoring, 'unscoredItems'>,
): readonly InstrumentItem[] {
  return instrument.items.filter((item) => !scoring.unscoredItems.includes(item.linkId));
}

function scoringFault(content: QuestionnaireContent, scoring: Scoring): string | undefined {
  let min = 0;
  let max = 0;
  let measured = false;
  for (const item of scoredItems(content, scoring)) {
    const range = pointRange(item);
    if (range === undefined) {
      if (scoring.method === 'sum') return `item ${item.linkId} is scored but its answers carry no points`;
      measured = true; // A measurement gets its points from the named function, which its own tests hold to the range.
      continue;
    }
    min += range.min + scoring.offsetPerItem;
    max += range.max + scoring.offsetPerItem;
  }
  if (!measured && (min !== scoring.min || max !== scoring.max))
    return `${scoring.name} states ${scoring.min} to ${scoring.max}, but its items reach ${min} to ${max}`;
  if (scoring.mhsds !== undefined && (scoring.mhsds.min > scoring.min || scoring.mhsds.max < scoring.max))
    return `${scoring.name} reaches outside the MHSDS range ${scoring.mhsds.min} to ${scoring.mhsds.max}`;
  for (const set of scoring.bandSets)
    for (let score = scoring.min; score <= scoring.max; score += 1) {
      const hits = set.bands.filter((band) => band.min <= score && score <= band.max).length;
      if (hits !== 1) return `band set ${set.name} names ${hits} bands for a score of ${score}`;
    }
  return undefined;
}

/**
 * Joins a FHIR R4 Questionnaire with its metadata into an instrument.
 * Refuses one without a recorded licence (domain.md section 5), and one whose stated range, bands or MHSDS
 * range do not match what its items can reach.
 */
export function readInstrument(
  questionnaire: unknown,
  metadata: unknown,
): Outcome<Instrument, InstrumentRefusal> {
  const content = readQuestionnaire(questionnaire);
  if (!content.ok) return content;
  const { title, url, version } = content.value;
  const licence = z.looseObject({ licence: z.unknown() }).safeParse(metadata);
  if (!licence.success || licence.data.licence === undefined || licence.data.licence === null)
    return refused('no-licence', `${title} has no recorded licence, so it cannot be used.`);
  const parsed = metadataSchema.safeParse(metadata);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path.join('.') ?? '';
    const code = path.startsWith('licence') ? 'no-licence' : 'bad-metadata';
    return refused(
      code,
      `${title}: the metadata is not complete at ${path || 'the top'}: ${issue?.message ?? ''}.`,
    );
  }
  const meta = parsed.data;
  const known = new Set(content.value.items.map((item) => item.linkId));
  const named = [
    ...meta.safetyItems.map((item) => item.linkId),
    ...meta.wordsOnlyItems,
    ...meta.scorings.flatMap((scoring) => scoring.unscoredItems),
  ];
  const stray = named.find((linkId) => !known.has(linkId));
  if (stray !== undefined)
    return refused('bad-metadata', `${title}: the metadata names item ${stray}, which does not exist.`);
  for (const scoring of meta.scorings) {
    const fault = scoringFault(content.value, scoring);
    if (fault !== undefined) return refused('inconsistent', `${title}: ${fault}.`);
  }
  return done({ ...content.value, ...meta, canonical: `${url}|${version}` });
}

/** The scoring an instrument is reported under; its rivals follow it in `scorings`. */
export function primaryScoring(instrument: Instrument): Scoring {
  const first = instrument.scorings[0];
  if (first === undefined) throw new Error(`${instrument.name} has no scoring`);
  return first;
}
