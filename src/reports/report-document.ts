import {
  psychiatricQuestions,
  treatmentRequirements,
  treatmentSteps,
  type ReportContent,
} from './report-content.ts';
import type { ReportTemplate, SectionKey } from './report-templates.ts';

/** A stretch of text in one weight. */
export interface ReportRun {
  readonly text: string;
  readonly bold: boolean;
}

export type ReportBlock =
  | { readonly kind: 'text'; readonly runs: readonly ReportRun[] }
  | { readonly kind: 'bullets'; readonly items: readonly string[] };

export interface ReportSection {
  readonly heading: string;
  readonly blocks: readonly ReportBlock[];
}

/** What the reader reads, word for word: frozen when it is signed, drawn on screen and printed from the same value. */
export interface ReportDocument {
  readonly format: 1;
  readonly marking: string;
  readonly title: string;
  readonly keys: readonly { readonly key: string; readonly text: string }[];
  readonly recommendation: readonly string[];
  readonly sections: readonly ReportSection[];
  readonly author: string;
  readonly ask: { readonly lead: string; readonly text: string };
}

/** What the document says besides what was written. */
export interface DocumentFacts {
  readonly marking: string;
  readonly personLine: string;
  readonly whereLine: string;
  readonly recipientName: string;
  readonly author: string;
  /** On what the sharing rests, as a sentence: "Callum Brennan agreed to this report." */
  readonly basisLine: string;
}

/**
 * Makes the document from what was written, leaving out every section that may not go. Empty sections are not drawn:
 * an empty heading would read as "none".
 */
export function composeDocument(
  template: ReportTemplate,
  content: ReportContent,
  closed: ReadonlySet<SectionKey>,
  facts: DocumentFacts,
): ReportDocument {
  const text = (key: SectionKey): string => (closed.has(key) ? '' : (content.sections[key] ?? '').trim());
  const sections: ReportSection[] = [];
  for (const section of template.sections) {
    if (section.key === 'recommendation' || section.key === 'not-available') continue;
    if (section.key === 'sources') {
      const looked = lookedAt(text('sources'), text('not-available'));
      if (looked !== null) sections.push(looked);
      continue;
    }
    const written = text(section.key);
    if (written === '') continue;
    sections.push({
      heading: section.heading,
      blocks: section.listed
        ? [{ kind: 'bullets', items: listItems(written) }]
        : paragraphsOf(written).map(plainText),
    });
  }
  if (!closed.has('recommendation')) {
    const insertAt = sections.findIndex((section) => section.heading === 'What we looked at');
    const extra = [...treatmentSection(content), ...psychiatricSection(content)];
    sections.splice(insertAt < 0 ? sections.length : insertAt, 0, ...extra);
  }
  sections.push({
    heading: 'Limits',
    blocks: [
      plainText(
        `Screening, not diagnosis. No opinion on guilt. ${facts.basisLine} Do not copy it further without asking us.`,
      ),
    ],
  });
  return {
    format: 1,
    marking: facts.marking,
    title: template.title,
    keys: [
      { key: 'Person', text: facts.personLine },
      { key: 'Where', text: facts.whereLine },
      { key: 'For', text: `${facts.recipientName}, ${template.moment}` },
    ],
    recommendation: paragraphsOf(text('recommendation')),
    sections,
    author: facts.author,
    ask: {
      lead: 'What did you decide?',
      text: 'One question, when you have: it tells us if this helped.',
    },
  };
}

/** Every word of a document, for searching it. */
export function documentText(document: ReportDocument): string {
  return [
    document.title,
    ...document.keys.map((row) => row.text),
    ...document.recommendation,
    ...document.sections.flatMap((section) => [
      section.heading,
      ...section.blocks.flatMap((block) =>
        block.kind === 'bullets' ? block.items : block.runs.map((run) => run.text),
      ),
    ]),
    document.author,
  ].join('\n');
}

/** Lines of their own, or the sentences of one line: "Deaf in left ear: sit on his right. Read documents aloud." */
export function listItems(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const parts = lines.length > 1 ? lines : (lines[0] ?? '').split(/(?<=[.!?])\s+(?=\p{Lu})/u);
  return parts
    .map((part) =>
      part
        .trim()
        .replace(/^[-•*]\s*/, '')
        .replace(/\.$/, ''),
    )
    .filter((part) => part !== '');
}

function paragraphsOf(text: string): readonly string[] {
  return text
    .split(/\n+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function plainText(text: string): ReportBlock {
  return { kind: 'text', runs: [{ text, bold: false }] };
}

function lookedAt(consulted: string, notAvailable: string): ReportSection | null {
  if (consulted === '' && notAvailable === '') return null;
  const runs: ReportRun[] = [];
  if (consulted !== '') runs.push({ text: paragraphsOf(consulted).join(' '), bold: false });
  if (notAvailable !== '')
    runs.push(
      { text: `${consulted === '' ? '' : ' '}Not available: `, bold: true },
      { text: paragraphsOf(notAvailable).join(' '), bold: false },
    );
  return { heading: 'What we looked at', blocks: [{ kind: 'text', runs }] };
}

/** Only the requirements somebody has considered, with the steps taken and the next one that is missing. */
function treatmentSection(content: ReportContent): readonly ReportSection[] {
  const lines = treatmentRequirements.flatMap((requirement) => {
    const steps = content.treatment[requirement.key];
    if (steps.length === 0) return [];
    const taken = treatmentSteps.filter((step) => steps.includes(step.key));
    const missing = treatmentSteps.filter((step) => !steps.includes(step.key));
    const yet =
      missing.length === 0 ? '' : `. Not yet: ${missing.map((step) => lower(step.label)).join(', ')}`;
    return [`${requirement.label}: ${taken.map((step) => lower(step.label)).join(', ')}${yet}`];
  });
  return lines.length === 0
    ? []
    : [{ heading: 'Treatment requirements', blocks: [{ kind: 'bullets', items: lines }] }];
}

function psychiatricSection(content: ReportContent): readonly ReportSection[] {
  const { suggested, question, detail } = content.psychiatric;
  if (suggested === null) return [];
  if (suggested === 'no')
    return [
      { heading: 'Psychiatric report', blocks: [plainText('We do not suggest one from what we saw.')] },
    ];
  const asked = psychiatricQuestions.find((known) => known.key === question);
  const words = [
    asked === undefined || asked.key === 'other' ? 'Suggested' : `Suggested, on ${lower(asked.text)}`,
    detail,
  ].filter((part) => part !== '');
  return [{ heading: 'Psychiatric report', blocks: [plainText(`${words.join('. ').replace(/\.$/, '')}.`)] }];
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
