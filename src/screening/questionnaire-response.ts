import { z } from 'zod';
import { declined, notAsked, unknownAnswer } from '../platform/answer.ts';
import { done, refused } from '../platform/result.ts';
import type { Instrument, ItemAnswer, ItemAnswers } from './instrument.ts';
import { codingSchema } from './questionnaire.ts';
import type { InstrumentItem } from './questionnaire.ts';
import { findItem, readAnswer, refuseSecondAnswer, refuseUnknownItem } from './read-answers.ts';
import type { AnswerOutcome } from './read-answers.ts';

/** FHIR extension that says why there is no value (R4 `data-absent-reason`). */
export const DATA_ABSENT_REASON = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

const extensionSchema = z.looseObject({ url: z.string(), valueCode: z.string().optional() });

const answerSchema = z.looseObject({
  valueBoolean: z.boolean().optional(),
  valueDecimal: z.number().optional(),
  valueInteger: z.number().optional(),
  valueString: z.string().optional(),
  valueCoding: codingSchema.optional(),
  extension: z.array(extensionSchema).optional(),
  get item(): z.ZodOptional<z.ZodArray<typeof itemSchema>> {
    return z.array(itemSchema).optional();
  },
});

const itemSchema = z.looseObject({
  linkId: z.string(),
  answer: z.array(answerSchema).optional(),
  extension: z.array(extensionSchema).optional(),
  get item(): z.ZodOptional<z.ZodArray<typeof itemSchema>> {
    return z.array(itemSchema).optional();
  },
});
type ResponseItem = z.infer<typeof itemSchema>;
type ResponseAnswer = z.infer<typeof answerSchema>;

const responseSchema = z.looseObject({
  resourceType: z.literal('QuestionnaireResponse'),
  questionnaire: z.string().optional(),
  item: z.array(itemSchema).optional(),
});

/** Whether a value from outside says it is a QuestionnaireResponse. */
export function isQuestionnaireResponse(value: unknown): boolean {
  return z.looseObject({ resourceType: z.literal('QuestionnaireResponse') }).safeParse(value).success;
}

const absence: ReadonlyMap<string, ItemAnswer> = new Map<string, ItemAnswer>([
  ['asked-declined', declined],
  ['asked-unknown', unknownAnswer],
  ['unknown', unknownAnswer],
  ['not-asked', notAsked],
]);

function absentReason(extensions: ResponseItem['extension']): string | undefined {
  return extensions?.find((extension) => extension.url === DATA_ABSENT_REASON)?.valueCode;
}

function readValue(
  instrument: Instrument,
  item: InstrumentItem,
  answer: ResponseAnswer,
): AnswerOutcome<ItemAnswer> {
  const coding = answer.valueCoding;
  const systems = item.options.flatMap((option) => option.system ?? []);
  // A code from another code system is a different answer, even when it is spelled the same; its words may match.
  const foreign = coding?.system !== undefined && systems.length > 0 && !systems.includes(coding.system);
  const given =
    (foreign ? coding.display : (coding?.code ?? coding?.display)) ??
    answer.valueBoolean ??
    answer.valueDecimal ??
    answer.valueInteger ??
    answer.valueString;
  return readAnswer(instrument, item, given ?? (coding === undefined ? '' : (coding.code ?? '')));
}

function readItem(
  instrument: Instrument,
  item: InstrumentItem,
  raw: ResponseItem,
): AnswerOutcome<ItemAnswer> {
  const first = raw.answer?.[0];
  if ((raw.answer?.length ?? 0) > 1) return refuseSecondAnswer(item);
  const reason = absentReason(raw.extension) ?? absentReason(first?.extension);
  if (reason !== undefined) {
    const absent = absence.get(reason);
    return absent === undefined
      ? refused(
          'answer-not-allowed',
          `Item ${item.linkId} gives the reason “${reason}”, which is not one of ${[...absence.keys()].join(', ')}.`,
          item.linkId,
        )
      : done(absent);
  }
  return first === undefined ? done(notAsked) : readValue(instrument, item, first);
}

/** Whether the response says it answers this instrument; one that does not say is taken at its word. */
function answersThis(instrument: Instrument, canonical: string | undefined): boolean {
  if (canonical === undefined) return true;
  const [url = '', version] = canonical.split('|');
  if (url === instrument.url) return version === undefined || version === instrument.version;
  const tail = (url.split('/').at(-1) ?? '').toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return tail === instrument.name.replaceAll('-', '');
}

/**
 * Reads a FHIR R4 QuestionnaireResponse. An item without an answer is `not-asked`; a `data-absent-reason` of
 * asked-declined or asked-unknown is kept as such. Refuses, naming the item, an unknown linkId, a second answer,
 * a value the item does not allow, and a response to another instrument or version.
 */
export function readQuestionnaireResponse(instrument: Instrument, json: unknown): AnswerOutcome<ItemAnswers> {
  const parsed = responseSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refused(
      'not-answers',
      `This is not a QuestionnaireResponse: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`,
    );
  }
  if (!answersThis(instrument, parsed.data.questionnaire))
    return refused(
      'other-instrument',
      `This answers ${(parsed.data.questionnaire ?? '').slice(0, 200)}, not ${instrument.canonical}.`,
    );
  const answers = new Map<string, ItemAnswer>();
  const queue: ResponseItem[] = [...(parsed.data.item ?? [])];
  for (let raw = queue.shift(); raw !== undefined; raw = queue.shift()) {
    queue.push(...(raw.item ?? []), ...(raw.answer ?? []).flatMap((answer) => answer.item ?? []));
    const item = findItem(instrument, raw.linkId);
    if (item === undefined) {
      // A group or a display text carries no answer of its own; its children are read like any others.
      const silent = instrument.silentLinkIds.includes(raw.linkId) || raw.item !== undefined;
      if (raw.answer === undefined && silent) continue;
      return refuseUnknownItem(instrument, raw.linkId);
    }
    if (answers.has(item.linkId)) return refuseSecondAnswer(item);
    const read = readItem(instrument, item, raw);
    if (!read.ok) return read;
    answers.set(item.linkId, read.value);
  }
  return done(answers);
}

/** A FHIR R4 QuestionnaireResponse as Throughline writes it. */
export interface QuestionnaireResponse {
  readonly resourceType: 'QuestionnaireResponse';
  readonly questionnaire: string;
  readonly status: 'in-progress' | 'completed';
  readonly authored: string;
  readonly item: readonly QuestionnaireResponseItem[];
}
export interface QuestionnaireResponseItem {
  readonly linkId: string;
  readonly text: string;
  readonly extension?: readonly { readonly url: string; readonly valueCode: string }[];
  readonly answer?: readonly Record<string, unknown>[];
}

const reasonCodes = {
  'not-asked': 'not-asked',
  declined: 'asked-declined',
  unknown: 'asked-unknown',
} as const;

function valueOf(item: InstrumentItem, value: string | number | boolean): Record<string, unknown> {
  if (item.type === 'choice') {
    const option = item.options.find((candidate) => candidate.code === value);
    const system = option?.system === undefined ? {} : { system: option.system };
    return { valueCoding: { ...system, code: String(value), display: option?.label ?? String(value) } };
  }
  if (item.type === 'boolean') return { valueBoolean: value };
  if (item.type === 'integer') return { valueInteger: value };
  return item.type === 'decimal' ? { valueDecimal: value } : { valueString: value };
}

/**
 * Writes answers as a FHIR R4 QuestionnaireResponse in the instrument's order. Every item is there: one without a
 * value says why with `data-absent-reason`.
 */
export function toQuestionnaireResponse(
  instrument: Instrument,
  answers: ItemAnswers,
  at: { readonly authored: Temporal.Instant; readonly status: 'in-progress' | 'completed' },
): QuestionnaireResponse {
  return {
    resourceType: 'QuestionnaireResponse',
    questionnaire: instrument.canonical,
    status: at.status,
    authored: at.authored.toString(),
    item: instrument.items.map((item) => {
      const answer = answers.get(item.linkId) ?? notAsked;
      const base = { linkId: item.linkId, text: item.text };
      return answer.kind === 'value'
        ? { ...base, answer: [valueOf(item, answer.value)] }
        : { ...base, extension: [{ url: DATA_ABSENT_REASON, valueCode: reasonCodes[answer.kind] }] };
    }),
  };
}
