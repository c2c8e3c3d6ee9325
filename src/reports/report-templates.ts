// What a report holds, for each recipient and moment (domain.md 1.6, 1.7). Data: a new edition is a new entry with a
// later date, and the old one stays, because signed reports name it.

/** Who a report of this module is for. */
export type ReportRecipient = 'custody-officer' | 'investigator' | 'prosecutor' | 'court';

/** The moment it is for. The words are those of sharing's purposes. */
export type ReportPurpose =
  | 'care-in-custody'
  | 'charge-decision'
  | 'out-of-court-disposal'
  | 'bail'
  | 'case-management'
  | 'sentence'
  | 'court-information';

/** The sections a practitioner writes. Treatment requirements and a psychiatric report are answers, not texts. */
export type SectionKey =
  'recommendation' | 'risk' | 'needs' | 'taking-part' | 'arranged' | 'sources' | 'not-available';

export interface TemplateSection {
  readonly key: SectionKey;
  /** Above the box that is written in. */
  readonly label: string;
  /** In the report itself. */
  readonly heading: string;
  /** Read as a list, one line each. */
  readonly listed: boolean;
  readonly rows: number;
}

export interface ReportTemplate {
  /** Kept with each report: "charge-investigator-1". */
  readonly key: string;
  readonly recipient: ReportRecipient;
  readonly purpose: ReportPurpose;
  /** "Report to the investigator". */
  readonly title: string;
  /** After "For": "charge decision". */
  readonly moment: string;
  /** Finishes "To DC Price, …". */
  readonly before: string;
  readonly sections: readonly TemplateSection[];
  /** Suitability for treatment requirements is for sentence only (Sentencing Act 2020, Schedule 9). */
  readonly treatmentRequirements: boolean;
  /** Whether a psychiatric report is suggested, and on which question. Courts only. */
  readonly psychiatricReport: boolean;
  /** What the decision can be, for the question asked back. */
  readonly decisions: readonly { readonly key: string; readonly text: string }[];
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  readonly source: string;
}

const recommendation: TemplateSection = {
  key: 'recommendation',
  label: 'Recommendation',
  heading: 'Recommendation',
  listed: false,
  rows: 4,
};
const needs: TemplateSection = {
  key: 'needs',
  label: 'Needs the decision should know about',
  heading: 'Needs',
  listed: false,
  rows: 4,
};
const takingPart = (where: 'interview' | 'the hearing' | 'custody'): TemplateSection => ({
  key: 'taking-part',
  label: where === 'custody' ? 'Talking and taking part' : `Taking part in ${where}`,
  heading: where === 'custody' ? 'Talking and taking part' : `Taking part in ${where}`,
  listed: true,
  rows: 3,
});
const arranged: TemplateSection = {
  key: 'arranged',
  label: 'What is arranged',
  heading: 'What is arranged',
  listed: false,
  rows: 2,
};
const sources: readonly TemplateSection[] = [
  { key: 'sources', label: 'What we looked at', heading: 'What we looked at', listed: false, rows: 2 },
  { key: 'not-available', label: 'Not available', heading: 'Not available', listed: false, rows: 2 },
];
const keepingSafe: TemplateSection = {
  key: 'risk',
  label: 'Keeping safe in custody',
  heading: 'Keeping safe in custody',
  listed: true,
  rows: 3,
};

const police = [recommendation, needs, takingPart('interview'), arranged, ...sources];
const court = [recommendation, needs, takingPart('the hearing'), arranged, ...sources];

const chargeDecisions = [
  { key: 'charged', text: 'Charged' },
  { key: 'out-of-court', text: 'Out-of-court disposal' },
  { key: 'no-further-action', text: 'No further action' },
  { key: 'released-bail', text: 'Released on bail, still being investigated' },
  { key: 'released-under-investigation', text: 'Released under investigation' },
  { key: 'other', text: 'Something else' },
];
const courtDecisions = [
  { key: 'bail', text: 'Bail' },
  { key: 'remand', text: 'Remanded in custody' },
  { key: 'adjourned', text: 'Put off to another day' },
  { key: 'sentence-custody', text: 'Sentenced: custody' },
  { key: 'sentence-community', text: 'Sentenced: community or suspended sentence order' },
  { key: 'sentence-treatment', text: 'Sentenced with a treatment requirement' },
  { key: 'sentence-other', text: 'Sentenced: fine, discharge or other' },
  { key: 'discontinued', text: 'Discontinued or dismissed' },
  { key: 'other', text: 'Something else' },
];
const careDecisions = [
  { key: 'care-plan-changed', text: 'The care plan was changed' },
  { key: 'care-plan-kept', text: 'The care plan stays as it is' },
  { key: 'appropriate-adult', text: 'An appropriate adult was called' },
  { key: 'other', text: 'Something else' },
];

const SPECIFICATION =
  'NHS England, liaison and diversion standard service specification 2019; disclosure matrix and report fields of domain.md 1.6 and 1.7';
const plain = {
  treatmentRequirements: false,
  psychiatricReport: false,
  effectiveFrom: '2019-04-01',
  effectiveTo: null,
  source: SPECIFICATION,
} as const;

/** Every edition of every template. */
export const reportTemplates: readonly ReportTemplate[] = [
  {
    ...plain,
    key: 'custody-care-1',
    recipient: 'custody-officer',
    purpose: 'care-in-custody',
    title: 'Report to the custody officer',
    moment: 'care in custody',
    before: 'for care in custody',
    sections: [recommendation, keepingSafe, takingPart('custody'), arranged, ...sources],
    decisions: careDecisions,
  },
  {
    ...plain,
    key: 'charge-investigator-1',
    recipient: 'investigator',
    purpose: 'charge-decision',
    title: 'Report to the investigator',
    moment: 'charge decision',
    before: 'before the charge decision',
    sections: police,
    decisions: chargeDecisions,
  },
  {
    ...plain,
    key: 'charge-prosecutor-1',
    recipient: 'prosecutor',
    purpose: 'charge-decision',
    title: 'Report to the prosecutor',
    moment: 'charge decision',
    before: 'before the charge decision',
    sections: police,
    decisions: chargeDecisions,
  },
  {
    ...plain,
    key: 'out-of-court-investigator-1',
    recipient: 'investigator',
    purpose: 'out-of-court-disposal',
    title: 'Report to the investigator',
    moment: 'out-of-court disposal',
    before: 'before an out-of-court disposal',
    sections: police,
    decisions: chargeDecisions,
  },
  {
    ...plain,
    key: 'out-of-court-prosecutor-1',
    recipient: 'prosecutor',
    purpose: 'out-of-court-disposal',
    title: 'Report to the prosecutor',
    moment: 'out-of-court disposal',
    before: 'before an out-of-court disposal',
    sections: police,
    decisions: chargeDecisions,
  },
  {
    ...plain,
    key: 'court-bail-1',
    recipient: 'court',
    purpose: 'bail',
    title: 'Report to the court',
    moment: 'bail',
    before: 'before the bail decision',
    sections: court,
    psychiatricReport: true,
    decisions: courtDecisions,
  },
  {
    ...plain,
    key: 'court-case-management-1',
    recipient: 'court',
    purpose: 'case-management',
    title: 'Report to the court',
    moment: 'case management',
    before: 'for case management',
    sections: court,
    psychiatricReport: true,
    decisions: courtDecisions,
  },
  {
    ...plain,
    key: 'court-sentence-1',
    recipient: 'court',
    purpose: 'sentence',
    title: 'Report to the court',
    moment: 'sentence',
    before: 'before sentence',
    sections: court,
    treatmentRequirements: true,
    psychiatricReport: true,
    decisions: courtDecisions,
  },
  {
    ...plain,
    key: 'court-information-1',
    recipient: 'court',
    purpose: 'court-information',
    title: 'Report to the court',
    moment: 'information only',
    before: 'for information',
    sections: court,
    psychiatricReport: true,
    decisions: courtDecisions,
  },
];

/** The template a report was started with, whatever its dates. Throws for a key that never was. */
export function templateOf(key: string): ReportTemplate {
  const found = reportTemplates.find((template) => template.key === key);
  if (found === undefined) throw new Error(`There is no report template ${key}`);
  return found;
}

/** The templates in force on a London date, in the order they are offered. */
export function templatesOn(date: Temporal.PlainDate): readonly ReportTemplate[] {
  return reportTemplates.filter(
    (template) =>
      Temporal.PlainDate.compare(Temporal.PlainDate.from(template.effectiveFrom), date) <= 0 &&
      (template.effectiveTo === null ||
        Temporal.PlainDate.compare(date, Temporal.PlainDate.from(template.effectiveTo)) < 0),
  );
}

/** The template for a recipient and a purpose on a date, or null when there is none for that pair. */
export function templateFor(
  recipient: ReportRecipient,
  purpose: ReportPurpose,
  date: Temporal.PlainDate,
): ReportTemplate | null {
  return (
    templatesOn(date).find((template) => template.recipient === recipient && template.purpose === purpose) ??
    null
  );
}
