import { asList } from '../platform/views/text.ts';
import { oneText, type Typed } from '../platform/forms/form.ts';
import type { ReportTemplate, SectionKey } from './report-templates.ts';

/** The community order requirements of Sentencing Act 2020, Schedule 9, Parts 9 to 11. */
export const treatmentRequirements = [
  { key: 'mhtr', label: 'Mental health treatment requirement' },
  { key: 'drr', label: 'Drug rehabilitation requirement' },
  { key: 'atr', label: 'Alcohol treatment requirement' },
] as const;

/** How far suitability has been taken, in order (domain.md 4.9). A step that is not ticked says nothing. */
export const treatmentSteps = [
  { key: 'considered', label: 'Considered' },
  { key: 'screened', label: 'Screened' },
  { key: 'lead-agreed', label: 'Clinical lead agreed' },
  { key: 'consented', label: 'Person consented' },
  { key: 'recommended', label: 'Recommended' },
] as const;

/** The questions a psychiatric report can be asked to answer. */
export const psychiatricQuestions = [
  { key: 'fitness-to-plead', text: 'Fitness to plead or stand trial' },
  { key: 'treatment-disposal', text: 'Whether a hospital order or treatment would be suitable' },
  { key: 'mental-state-then', text: 'Mental state at the time of the alleged offence' },
  { key: 'other', text: 'Another question' },
] as const;

export type TreatmentKey = (typeof treatmentRequirements)[number]['key'];
export type TreatmentStep = (typeof treatmentSteps)[number]['key'];

/** What the practitioner wrote and ticked. Stored with each signed version; the document is made from it. */
export interface ReportContent {
  readonly sections: Readonly<Partial<Record<SectionKey, string>>>;
  /** Has the person heard what it says? Null: nobody has said. */
  readonly heard: 'yes' | 'not-yet' | null;
  readonly treatment: Readonly<Record<TreatmentKey, readonly TreatmentStep[]>>;
  readonly psychiatric: {
    readonly suggested: 'yes' | 'no' | null;
    readonly question: string | null;
    readonly detail: string;
  };
}

// A section is part of a one-page report. Longer text is kept as typed and refused when it is signed.
const LONGEST = 4000;

/** Reads what was posted or kept as a draft. Unknown answers are left out; nothing is turned into a "no". */
export function readContent(template: ReportTemplate, typed: Typed): ReportContent {
  const sections: Partial<Record<SectionKey, string>> = {};
  for (const section of template.sections) {
    sections[section.key] = oneText(typed, section.key).replaceAll('\r\n', '\n').slice(0, LONGEST);
  }
  const heard = oneText(typed, 'heard');
  const steps = (key: TreatmentKey): readonly TreatmentStep[] => {
    const ticked = asList(typed[key]);
    return template.treatmentRequirements
      ? treatmentSteps.map((step) => step.key).filter((step) => ticked.includes(step))
      : [];
  };
  const suggested = oneText(typed, 'psychiatric');
  const question = oneText(typed, 'psychiatric-question');
  return {
    sections,
    heard: heard === 'yes' || heard === 'not-yet' ? heard : null,
    treatment: { mhtr: steps('mhtr'), drr: steps('drr'), atr: steps('atr') },
    psychiatric: {
      suggested: template.psychiatricReport && (suggested === 'yes' || suggested === 'no') ? suggested : null,
      question: psychiatricQuestions.some((known) => known.key === question) ? question : null,
      detail: oneText(typed, 'psychiatric-detail').slice(0, 500),
    },
  };
}

/** The same as a form posts it, to fill the boxes again. */
export function typedContent(content: ReportContent): Typed {
  return {
    ...content.sections,
    heard: content.heard ?? '',
    mhtr: content.treatment.mhtr,
    drr: content.treatment.drr,
    atr: content.treatment.atr,
    psychiatric: content.psychiatric.suggested ?? '',
    'psychiatric-question': content.psychiatric.question ?? '',
    'psychiatric-detail': content.psychiatric.detail,
  };
}

/** A mistake in what was written, at its field. */
export interface ContentMistake {
  readonly field: string;
  readonly message: string;
}

/**
 * What must be right before signing. A treatment requirement is recommended only when it was screened, the clinical
 * lead agreed and the person consented, before sentence (domain.md 4.9); an MHTR is for people of 18 and over.
 */
export function contentMistakes(
  content: ReportContent,
  about: { readonly shortName: string; readonly isChild: boolean | 'not-known' },
): readonly ContentMistake[] {
  const mistakes: ContentMistake[] = [];
  const written = Object.values(content.sections).some((text) => text !== '');
  if (!written) mistakes.push({ field: 'recommendation', message: 'Write at least one section' });
  if (content.heard === null)
    mistakes.push({ field: 'heard', message: `Say whether ${about.shortName} has heard what it says` });
  for (const requirement of treatmentRequirements) {
    const steps = content.treatment[requirement.key];
    if (!steps.includes('recommended')) continue;
    const missing = treatmentSteps.filter((step) => !steps.includes(step.key)).map((step) => step.label);
    if (missing.length > 0)
      mistakes.push({
        field: requirement.key,
        message: `${requirement.label}: recommend it only when it is also ${missing.map((label) => label.toLowerCase()).join(', ')}`,
      });
    if (requirement.key === 'mhtr' && about.isChild === true)
      mistakes.push({
        field: 'mhtr',
        message: 'A mental health treatment requirement is for people of 18 and over',
      });
  }
  if (content.psychiatric.suggested === 'yes' && content.psychiatric.question === null)
    mistakes.push({
      field: 'psychiatric-question',
      message: 'Choose the question the psychiatric report should answer',
    });
  return mistakes;
}
