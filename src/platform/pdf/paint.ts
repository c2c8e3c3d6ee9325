import type { Page, PlacedLine, PlacedRule, PlacedStrip } from './flow.ts';
import { ink, sheet, TEXT_WIDTH } from './sheet.ts';
import type { StructureNode } from './structure.ts';

/** What stands at the edge of a page: always artifacts. */
export interface Furniture {
  readonly lines: readonly Omit<PlacedLine, 'node'>[];
  readonly rules: readonly PlacedRule[];
}

type Pdf = PDFKit.PDFDocument;
type Elements = ReadonlyMap<StructureNode, PDFKit.PDFStructureElement>;

/**
 * Paints pages in reading order. Everything painted is either content of one place in the structure tree or
 * marked as an artifact; a text that goes on over a page turn is one place with content on both pages.
 */
export function paintPages(
  pdf: Pdf,
  pages: readonly Page[],
  root: StructureNode,
  furnitureOf: (page: number) => Furniture,
): void {
  const elements = plantTree(pdf, root);
  pages.forEach((page, number) => {
    pdf.addPage();
    const edge = furnitureOf(number);
    artifact(pdf, 'Pagination', () => {
      edge.rules.forEach((rule) => paintRule(pdf, rule, 0));
      edge.lines.forEach((line) => paintLine(pdf, line, 0));
    });
    paintFrames(pdf, page);
    paintContent(pdf, page, elements);
  });
}

/** Builds the structure tree of the file; content is hung on it as it is painted. */
function plantTree(pdf: Pdf, root: StructureNode): Elements {
  const elements = new Map<StructureNode, PDFKit.PDFStructureElement>();
  const grow = (node: StructureNode): PDFKit.PDFStructureElement => {
    const element = pdf.struct(node.role, headerOf(node));
    if (node.role === 'L') numberAsBullets(element);
    for (const child of node.children) element.add(grow(child));
    elements.set(node, element);
    return element;
  };
  pdf.addStructure(grow(root));
  return elements;
}

/** What a table header heads. The library knows `scope`; its published types do not yet. */
function headerOf(node: StructureNode): { title?: string; scope?: string } {
  return node.scope === undefined ? {} : { scope: node.scope };
}

/** Says that the labels of a list are discs (ISO 14289-1, 7.6), which the library has no option for. */
function numberAsBullets(element: PDFKit.PDFStructureElement): void {
  const { dictionary } = element as unknown as { dictionary: { data: Record<string, unknown> } };
  dictionary.data['A'] = { O: 'List', ListNumbering: 'Disc' };
}

function artifact(pdf: Pdf, type: 'Pagination' | 'Layout', paint: () => void): void {
  pdf.markContent('Artifact', { type });
  paint();
  pdf.endMarkedContent();
}

/** The frames behind boxed strips: one for each unbroken stretch on this page. */
function paintFrames(pdf: Pdf, page: Page): void {
  const stretches: { box: object; top: number; bottom: number }[] = [];
  for (const { strip, top } of page) {
    const last = stretches.at(-1);
    if (strip.box === undefined) continue;
    if (last?.box === strip.box) last.bottom = top + strip.height;
    else stretches.push({ box: strip.box, top, bottom: top + strip.height });
  }
  for (const { top, bottom } of stretches)
    artifact(pdf, 'Layout', () => {
      pdf.lineWidth(1.5).strokeColor(ink.box);
      pdf.rect(sheet.left, top, TEXT_WIDTH, bottom - top).stroke();
    });
}

function paintContent(pdf: Pdf, page: Page, elements: Elements): void {
  let open: StructureNode | undefined;
  const close = (): void => {
    if (open !== undefined) pdf.endMarkedContent();
    open = undefined;
  };
  for (const placed of page) {
    if (placed.repeated) {
      close();
      paintRepeated(pdf, placed);
      continue;
    }
    for (const line of placed.strip.lines) {
      if (line.node === undefined) continue;
      if (line.node !== open) {
        close();
        const content = pdf.markStructureContent(line.node.role);
        elements.get(line.node)?.add(content);
        open = line.node;
      }
      paintLine(pdf, line, placed.top);
    }
    if (placed.strip.rules.length > 0) {
      close();
      artifact(pdf, 'Layout', () => {
        placed.strip.rules.forEach((rule) => paintRule(pdf, rule, placed.top));
      });
    }
  }
  close();
}

function paintRepeated(pdf: Pdf, { strip, top }: PlacedStrip): void {
  artifact(pdf, 'Pagination', () => {
    strip.lines.forEach((line) => paintLine(pdf, line, top));
    strip.rules.forEach((rule) => paintRule(pdf, rule, top));
  });
}

function paintLine(pdf: Pdf, placed: Omit<PlacedLine, 'node'>, top: number): void {
  for (const segment of placed.line) {
    if (segment.actual !== undefined) pdf.markContent('Span', { actual: segment.actual });
    pdf
      .font(segment.weight)
      .fontSize(placed.size)
      .fillColor(ink[placed.colour])
      .text(segment.drawn, placed.x + segment.x, top + placed.baseline, {
        lineBreak: false,
        baseline: 'alphabetic',
      });
    if (segment.actual !== undefined) pdf.endMarkedContent();
  }
}

function paintRule(pdf: Pdf, rule: PlacedRule, top: number): void {
  pdf.lineWidth(rule.thickness).strokeColor(ink[rule.colour]);
  pdf
    .moveTo(rule.x, top + rule.y)
    .lineTo(rule.x + rule.width, top + rule.y)
    .stroke();
}
