import { z } from 'zod';
import { done, refused } from '../platform/result.ts';
import type { Outcome } from '../platform/result.ts';

/** FHIR extension that carries the points of an answer option (R4 `ordinalValue`). */
const ORDINAL_VALUE = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';
const MIN_VALUE = 'http://hl7.org/fhir/StructureDefinition/minValue';
const MAX_VALUE = 'http://hl7.org/fhir/StructureDefinition/maxValue';
const UNIT = 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit';
const ITEM_CONTROL = 'http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl';

const extensionSchema = z.looseObject({
  url: z.string(),
  valueDecimal: z.number().optional(),
  valueInteger: z.number().optional(),
  valueCoding: z.looseObject({ code: z.string().optional(), display: z.string().optional() }).optional(),
  valueCodeableConcept: z
    .looseObject({ coding: z.array(z.looseObject({ code: z.string().optional() })).optional() })
    .optional(),
});

export const codingSchema = z.looseObject({
  system: z.string().optional(),
  code: z.string().optional(),
  display: z.string().optional(),
  extension: z.array(extensionSchema).optional(),
});

const enableWhenSchema = z.looseObject({
  question: z.string(),
  operator: z.enum(['exists', '=', '!=', '>', '<', '>=', '<=']),
  answerBoolean: z.boolean().optional(),
  answerDecimal: z.number().optional(),
  answerInteger: z.number().int().optional(),
  answerString: z.string().optional(),
  answerCoding: codingSchema.optional(),
});

const answerOptionSchema = z.looseObject({
  valueCoding: codingSchema.optional(),
  valueInteger: z.number().int().optional(),
  valueString: z.string().optional(),
  extension: z.array(extensionSchema).optional(),
});

const rawItemSchema = z.looseObject({
  linkId: z.string().min(1),
  prefix: z.string().optional(),
  text: z.string().optional(),
  type: z.string(),
  required: z.boolean().optional(),
  repeats: z.boolean().optional(),
  maxLength: z.number().int().positive().optional(),
  extension: z.array(extensionSchema).optional(),
  enableWhen: z.array(enableWhenSchema).optional(),
  enableBehavior: z.enum(['all', 'any']).optional(),
  answerOption: z.array(answerOptionSchema).optional(),
  answerValueSet: z.string().optional(),
  get item(): z.ZodOptional<z.ZodArray<typeof rawItemSchema>> {
    return z.array(rawItemSchema).optional();
  },
});
type RawItem = z.infer<typeof rawItemSchema>;

const questionnaireSchema = z.looseObject({
  resourceType: z.literal('Questionnaire'),
  url: z.url(),
  version: z.string().min(1),
  title: z.string().min(1),
  status: z.enum(['draft', 'active', 'retired', 'unknown']),
  language: z.string().min(2),
  description: z.string().optional(),
  copyright: z.string().min(1),
  effectivePeriod: z.object({ start: z.iso.date(), end: z.iso.date().optional() }),
  item: z.array(rawItemSchema).min(1),
});

/** One permitted answer, in the order the form prints it. `points` is null when the answer carries none. */
export interface AnswerOption {
  readonly code: string;
  readonly label: string;
  readonly system: string | undefined;
  readonly points: number | null;
}

export type ItemType = 'choice' | 'boolean' | 'integer' | 'decimal' | 'string' | 'text';
export type EnableWhen = z.infer<typeof enableWhenSchema>;

/** One question of an instrument, flattened; `section` is the text of the group it stands in. */
export interface InstrumentItem {
  readonly linkId: string;
  /** The number the form prints ("9"), when it prints one. */
  readonly number: string | undefined;
  readonly text: string;
  readonly help: string | undefined;
  readonly section: string | undefined;
  readonly type: ItemType;
  readonly required: boolean;
  readonly options: readonly AnswerOption[];
  /** For numbers: the smallest and largest that can be entered, and the unit in words ("mmHg"). */
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly unit: string | undefined;
  readonly enableWhen: readonly EnableWhen[];
  readonly enableBehaviour: 'all' | 'any';
}

/** The part of a FHIR R4 Questionnaire that Throughline asks and scores. */
export interface QuestionnaireContent {
  readonly url: string;
  readonly version: string;
  readonly title: string;
  readonly status: 'draft' | 'active' | 'retired' | 'unknown';
  readonly language: string;
  readonly description: string | undefined;
  readonly copyright: string;
  readonly effectiveFrom: Temporal.PlainDate;
  readonly effectiveTo: Temporal.PlainDate | undefined;
  readonly introduction: readonly string[];
  readonly items: readonly InstrumentItem[];
  /** linkIds of groups and display texts, which take no answer. */
  readonly silentLinkIds: readonly string[];
}

export type QuestionnaireRefusal = 'not-a-questionnaire' | 'unsupported' | 'inconsistent';

const itemTypes: readonly string[] = ['choice', 'boolean', 'integer', 'decimal', 'string', 'text'];

function isItemType(type: string): type is ItemType {
  return itemTypes.includes(type);
}

function isHelp(item: RawItem): boolean {
  return (item.extension ?? []).some(
    (extension) =>
      extension.url === ITEM_CONTROL &&
      (extension.valueCodeableConcept?.coding ?? []).some((coding) => coding.code === 'help'),
  );
}

function optionsOf(item: RawItem): readonly AnswerOption[] {
  return (item.answerOption ?? []).map((option) => {
    const extensions = [...(option.extension ?? []), ...(option.valueCoding?.extension ?? [])];
    const ordinal = extensions.find((extension) => extension.url === ORDINAL_VALUE);
    const code = option.valueCoding?.code ?? option.valueInteger?.toString() ?? option.valueString ?? '';
    return {
      code,
      label: option.valueCoding?.display ?? code,
      system: option.valueCoding?.system,
      points: ordinal?.valueDecimal ?? ordinal?.valueInteger ?? option.valueInteger ?? null,
    };
  });
}

function limitOf(item: RawItem, url: string): number | undefined {
  const limit = item.extension?.find((extension) => extension.url === url);
  return limit?.valueDecimal ?? limit?.valueInteger;
}

interface Walk {
  readonly items: InstrumentItem[];
  readonly introduction: string[];
  readonly silentLinkIds: string[];
  readonly faults: string[];
}

function walkItem(raw: RawItem, section: string | undefined, walk: Walk): void {
  if (raw.type === 'group' || raw.type === 'display') walk.silentLinkIds.push(raw.linkId);
  if (raw.type === 'group') {
    for (const child of raw.item ?? []) walkItem(child, raw.text ?? section, walk);
    return;
  }
  if (raw.type === 'display') {
    if (raw.text !== undefined) walk.introduction.push(raw.text);
    return;
  }
  if (!isItemType(raw.type)) {
    walk.faults.push(`item ${raw.linkId} has the type ${raw.type}, which is not supported yet`);
    return;
  }
  if (raw.repeats === true) walk.faults.push(`item ${raw.linkId} repeats, which is not supported yet`);
  if (raw.answerValueSet !== undefined)
    walk.faults.push(`item ${raw.linkId} takes its answers from a value set, which is not supported yet`);
  if (raw.text === undefined) walk.faults.push(`item ${raw.linkId} has no text`);
  const children = raw.item ?? [];
  walk.silentLinkIds.push(
    ...children.filter((child) => child.type === 'display').map((child) => child.linkId),
  );
  const question = children.find((child) => child.type !== 'display');
  if (question !== undefined)
    walk.faults.push(`item ${question.linkId} is nested under a question, which is not supported yet`);
  const options = optionsOf(raw);
  if (raw.type === 'choice' && options.length === 0)
    walk.faults.push(`item ${raw.linkId} has no answer options`);
  if (options.some((option) => option.code === ''))
    walk.faults.push(`item ${raw.linkId} has an answer option without a code`);
  if (new Set(options.map((option) => option.code)).size !== options.length)
    walk.faults.push(`item ${raw.linkId} has two answer options with one code`);
  const unit = raw.extension?.find((extension) => extension.url === UNIT)?.valueCoding;
  walk.items.push({
    linkId: raw.linkId,
    number: raw.prefix,
    text: raw.text ?? '',
    help: children.find(isHelp)?.text,
    section,
    type: raw.type,
    required: raw.required ?? false,
    options,
    min: limitOf(raw, MIN_VALUE),
    max: limitOf(raw, MAX_VALUE),
    unit: unit?.display ?? unit?.code,
    enableWhen: raw.enableWhen ?? [],
    enableBehaviour: raw.enableBehavior ?? 'any',
  });
}

/**
 * Reads the subset of a FHIR R4 Questionnaire that Throughline supports.
 * Refuses, naming the item, what it cannot ask faithfully: it never drops a feature in silence.
 */
export function readQuestionnaire(json: unknown): Outcome<QuestionnaireContent, QuestionnaireRefusal> {
  const parsed = questionnaireSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue === undefined ? '' : ` at ${issue.path.join('.') || 'the top'}: ${issue.message}`;
    return refused('not-a-questionnaire', `This is not a complete R4 Questionnaire${where}.`);
  }
  const raw = parsed.data;
  const walk: Walk = { items: [], introduction: [], silentLinkIds: [], faults: [] };
  for (const item of raw.item) walkItem(item, undefined, walk);
  if (walk.faults.length > 0) return refused('unsupported', `${raw.title}: ${walk.faults.join('; ')}.`);
  const linkIds = walk.items.map((item) => item.linkId);
  if (new Set(linkIds).size !== linkIds.length)
    return refused('inconsistent', `${raw.title}: two items share one linkId.`);
  if (linkIds.length === 0) return refused('inconsistent', `${raw.title}: there is nothing to answer.`);
  const dangling = walk.items
    .flatMap((item) => item.enableWhen.map((condition) => condition.question))
    .find((question) => !linkIds.includes(question));
  if (dangling !== undefined)
    return refused('inconsistent', `${raw.title}: a condition names item ${dangling}, which does not exist.`);
  const { start, end } = raw.effectivePeriod;
  return done({
    url: raw.url,
    version: raw.version,
    title: raw.title,
    status: raw.status,
    language: raw.language,
    description: raw.description,
    copyright: raw.copyright,
    effectiveFrom: Temporal.PlainDate.from(start),
    effectiveTo: end === undefined ? undefined : Temporal.PlainDate.from(end),
    introduction: walk.introduction,
    items: walk.items,
    silentLinkIds: walk.silentLinkIds,
  });
}
