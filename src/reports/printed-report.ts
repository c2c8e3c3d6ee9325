import type { Printed, PrintedBlock, PrintedDocument } from '../platform/pdf/index.ts';
import type { ReportDocument } from './report-document.ts';

/** The words a paper carries about the version it is: "Version 2. Replaces version 1." */
export interface PaperVersion {
  readonly number: number;
  readonly handedTo: string | null;
  readonly replacedBy: number | null;
}

/** The signed document as a paper. The same version, hand-over and moment give the same bytes (src/platform/pdf). */
export function printedReport(
  document: ReportDocument,
  version: PaperVersion,
  printed: Omit<Printed, 'note'>,
): PrintedDocument {
  const blocks: PrintedBlock[] = [{ kind: 'heading', level: 1, text: document.title }];
  if (version.replacedBy !== null)
    blocks.push({
      kind: 'paragraph',
      text: [{ text: `Version ${version.replacedBy} has replaced this one. Do not use it.`, bold: true }],
    });
  blocks.push({ kind: 'keys', rows: document.keys.map((row) => ({ key: row.key, value: row.text })) });
  if (document.recommendation.length > 0)
    blocks.push({
      kind: 'callout',
      level: 2,
      heading: 'Recommendation',
      paragraphs: document.recommendation,
    });
  for (const section of document.sections) {
    blocks.push({ kind: 'heading', level: 2, text: section.heading });
    for (const block of section.blocks) {
      blocks.push(
        block.kind === 'bullets'
          ? { kind: 'bullets', items: block.items }
          : { kind: 'paragraph', text: block.runs.map((run) => ({ text: run.text, bold: run.bold })) },
      );
    }
  }
  blocks.push(
    { kind: 'paragraph', text: [{ text: document.author, bold: true }] },
    { kind: 'rule' },
    {
      kind: 'paragraph',
      text: [
        { text: `${document.ask.lead} `, bold: true },
        { text: 'Tell the person who gave you this paper.' },
      ],
    },
  );
  const handed = version.handedTo === null ? '' : `Handed to ${version.handedTo}. `;
  return {
    title: document.title,
    author: document.author,
    subject: 'Report of the liaison and diversion service',
    language: 'en-GB',
    headerLines: [document.marking],
    printed: { ...printed, note: `Version ${version.number}. ${handed}Keep it safe and do not copy it.` },
    blocks,
  };
}
