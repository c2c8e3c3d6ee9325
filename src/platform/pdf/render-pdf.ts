import { dateLong } from '../views/dates.ts';
import PdfFile from 'pdfkit';
import { LONDON } from '../clock.ts';
import { paginate, type Page, type Strip } from './flow.ts';
import { layOutBlocks } from './lay-out.ts';
import { paintPages, type Furniture } from './paint.ts';
import { assertReadable, textsOf, type PrintedDocument } from './printed-document.ts';
import { sheet, TEXT_WIDTH, type, type Ink } from './sheet.ts';
import { addNode, type StructureNode } from './structure.ts';
import { breakLines, type Line, type Measure } from './text-lines.ts';
import { fontBytes, missingLetters } from './typeface.ts';

const FOOT_TOP = sheet.height - 54;

/**
 * Writes a paper as an accessible PDF: tagged, in reading order, with its language, its title and its own
 * typeface (ISO 14289-1, PDF/UA). The same document gives the same bytes, so the hash of a signed version
 * stays true; the moment in `printed.at` is the only time in the file. Throws when headings skip a level or
 * a table row does not fill its columns: those are mistakes of the program.
 */
export async function renderPdf(document: PrintedDocument): Promise<Buffer> {
  assertReadable(document);
  const missing = missingLetters(textsOf(document));
  const pdf = newFile(document);
  const measure: Measure = (text, weight, size) => pdf.font(weight).fontSize(size).widthOfString(text);
  const root: StructureNode = { role: 'Document', children: [] };
  const strips = [
    ...headerStrips(document, root, measure),
    ...layOutBlocks([...document.blocks, ...lettersNote(missing)], root, measure),
  ];
  const pages = paginate(strips, sheet.top, sheet.top + 8, sheet.height - sheet.bottom);
  const bytes = collect(pdf);
  paintPages(pdf, pages, root, (page) => furniture(document, pages, page, measure));
  pdf.end();
  return bytes;
}

/**
 * The letters of a paper that it cannot print, each once, empty for nearly every name. Ask before signing:
 * they are printed as boxes with a sentence at the end that says so, and keep their true text for screen
 * readers and search.
 */
export function unprintableLetters(document: PrintedDocument): readonly string[] {
  return missingLetters(textsOf(document));
}

function newFile(document: PrintedDocument): PDFKit.PDFDocument {
  const at = new Date(document.printed.at.epochMilliseconds);
  const options = {
    autoFirstPage: false,
    size: [sheet.width, sheet.height],
    margin: 0,
    font: '', // The default would put Helvetica, which is not embedded, into every file.
    pdfVersion: '1.7',
    subset: 'PDF/UA', // The library knows it; its published types do not yet.
    tagged: true,
    lang: document.language,
    displayTitle: true,
    info: {
      Title: document.title,
      Author: document.author,
      Subject: document.subject,
      Creator: 'Throughline',
      Producer: 'Throughline',
      CreationDate: at,
      ModDate: at,
    },
  };
  const pdf = new PdfFile(options as unknown as PDFKit.PDFDocumentOptions);
  pdf.registerFont('plain', fontBytes('plain'));
  pdf.registerFont('bold', fontBytes('bold'));
  return pdf;
}

/** All bytes of the file, once it has been ended. */
function collect(pdf: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
}

/** The header lines as they are read, once, at the start of the paper. */
function headerStrips(document: PrintedDocument, root: StructureNode, measure: Measure): readonly Strip[] {
  return document.headerLines.flatMap((words) => {
    const node = addNode(root, 'P');
    return quietLines(words, TEXT_WIDTH, measure).map((line) => ({
      height: type.small.lead,
      before: 0,
      lines: [{ line, node, x: sheet.left, baseline: 9, size: type.small.size, colour: 'quiet' as const }],
      rules: [],
      withNext: true,
    }));
  });
}

/** What stands at the edges of each page and is not read: who printed it, which page, and how it is marked. */
function furniture(
  document: PrintedDocument,
  pages: readonly Page[],
  page: number,
  measure: Measure,
): Furniture {
  const { size, lead } = type.small;
  const lines: { line: Line; x: number; baseline: number; size: number; colour: Ink }[] = [];
  const add = (line: Line, x: number, baseline: number): void => {
    lines.push({ line, x, baseline, size, colour: 'quiet' });
  };
  const number = `Page ${page + 1} of ${pages.length}`;
  const numberWidth = measure(number, 'plain', size);
  const [numberLine] = quietLines(number, TEXT_WIDTH, measure);
  if (numberLine !== undefined) add(numberLine, sheet.left + TEXT_WIDTH - numberWidth, FOOT_TOP + 14);
  const foot = `Printed by ${document.printed.by}, ${printedAt(document.printed.at)}. ${document.printed.note}`;
  quietLines(foot, TEXT_WIDTH - numberWidth - 24, measure).forEach((line, index) => {
    add(line, sheet.left, FOOT_TOP + 14 + index * lead);
  });
  if (page > 0) {
    const running = [document.title, ...document.headerLines].join(' \u00b7 ');
    const [line] = quietLines(running, TEXT_WIDTH, measure);
    if (line !== undefined) add(line, sheet.left, 40);
  }
  const rules = [{ x: sheet.left, y: FOOT_TOP, width: TEXT_WIDTH, colour: 'line' as const, thickness: 0.75 }];
  if (page > 0) rules.push({ x: sheet.left, y: 50, width: TEXT_WIDTH, colour: 'line', thickness: 0.75 });
  return { lines, rules };
}

function quietLines(words: string, width: number, measure: Measure): readonly Line[] {
  return breakLines(words, width, type.small.size, measure);
}

function printedAt(at: Temporal.Instant): string {
  const london = at.toZonedDateTimeISO(LONDON);
  const day = dateLong(london);
  return `${day} ${london.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

function lettersNote(missing: readonly string[]): PrintedDocument['blocks'] {
  if (missing.length === 0) return [];
  return [
    {
      kind: 'paragraph',
      quiet: true,
      text: 'Some letters cannot be printed here and are shown as a box. The record has them in full.',
    },
  ];
}
