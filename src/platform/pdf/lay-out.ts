import type { PlacedLine, Strip } from './flow.ts';
import type {
  HeadingLevel,
  PrintedBlock,
  PrintedCallout,
  PrintedKey,
  PrintedTable,
  PrintedText,
} from './printed-document.ts';
import { sheet, TEXT_WIDTH, type as faces, type Ink, type Type } from './sheet.ts';
import { addNode, type Role, type StructureNode } from './structure.ts';
import { breakLines, type Line, type Measure } from './text-lines.ts';
import type { Weight } from './typeface.ts';

const GAP = 7;
const BULLET_INDENT = 15;
const BOX_PADDING = 11;
const CELL_GAP = 12;

interface Style {
  readonly face: Type;
  readonly weight?: Weight;
  readonly colour?: Ink;
}

/** Where a text stands: its left edge and its width, in points. */
interface Column {
  readonly x: number;
  readonly width: number;
}

const fullWidth: Column = { x: sheet.left, width: TEXT_WIDTH };

/** Turns blocks into strips, and grows the structure tree in the same order. */
export function layOutBlocks(
  blocks: readonly PrintedBlock[],
  root: StructureNode,
  measure: Measure,
): readonly Strip[] {
  return blocks.flatMap((block, index) => {
    const strips = layOutBlock(block, root, measure);
    const before = spaceAfter(blocks[index - 1], block);
    return before === undefined
      ? strips
      : strips.map((strip, line) => (line === 0 ? { ...strip, before } : strip));
  });
}

/** A text stands close under its own heading and well clear of a frame; elsewhere each block has its own space. */
function spaceAfter(previous: PrintedBlock | undefined, block: PrintedBlock): number | undefined {
  const runningText = block.kind === 'paragraph' || block.kind === 'bullets';
  if (previous?.kind === 'heading' && runningText) return 2;
  if (previous?.kind === 'callout' && block.kind !== 'heading') return 14;
  return undefined;
}

function layOutBlock(block: PrintedBlock, root: StructureNode, measure: Measure): readonly Strip[] {
  switch (block.kind) {
    case 'heading':
      return heading(block.level, block.text, root, fullWidth, measure);
    case 'paragraph':
      return text(
        block.text,
        addNode(root, 'P'),
        fullWidth,
        block.quiet === true ? { face: faces.small, colour: 'quiet' } : { face: faces.body },
        measure,
        block.quiet === true ? 2 : GAP,
      );
    case 'bullets':
      return bullets(block.items, root, measure);
    case 'keys':
      return keys(block.rows, root, measure);
    case 'callout':
      return callout(block, root, measure);
    case 'table':
      return table(block, root, measure);
    case 'rule':
      return [rule()];
  }
}

const headingRole: Readonly<Record<HeadingLevel, Role>> = { 1: 'H1', 2: 'H2', 3: 'H3' };
const headingFace: Readonly<Record<HeadingLevel, Type>> = { 1: faces.h1, 2: faces.h2, 3: faces.h3 };
const headingSpace: Readonly<Record<HeadingLevel, number>> = { 1: 12, 2: 15, 3: 11 };

function heading(
  level: HeadingLevel,
  words: string,
  parent: StructureNode,
  column: Column,
  measure: Measure,
): readonly Strip[] {
  const style: Style = { face: headingFace[level], weight: 'bold' };
  const strips = text(
    words,
    addNode(parent, headingRole[level]),
    column,
    style,
    measure,
    headingSpace[level],
  );
  return strips.map((strip) => ({ ...strip, withNext: true }));
}

/** A paragraph, one strip for each line. No line of it stands alone on a page. */
function text(
  words: PrintedText,
  node: StructureNode,
  column: Column,
  style: Style,
  measure: Measure,
  before: number,
): readonly Strip[] {
  const lines = breakLines(words, column.width, style.face.size, measure, style.weight);
  return lines.map((line, index) => ({
    height: style.face.lead,
    before: index === 0 ? before : 0,
    lines: [placed(line, node, column.x, 0, style)],
    rules: [],
    withNext: lines.length > 1 && (index === 0 || index === lines.length - 2),
  }));
}

function placed(line: Line, node: StructureNode, x: number, top: number, style: Style): PlacedLine {
  const { size, lead } = style.face;
  // The baseline that centres the capitals of this size in their lead.
  return { line, node, x, baseline: top + lead / 2 + size * 0.36, size, colour: style.colour ?? 'text' };
}

function bullets(items: readonly PrintedText[], root: StructureNode, measure: Measure): readonly Strip[] {
  const list = addNode(root, 'L');
  const style: Style = { face: faces.body };
  const column: Column = { x: sheet.left + BULLET_INDENT, width: TEXT_WIDTH - BULLET_INDENT };
  return items.flatMap((item, place) => {
    const entry = addNode(list, 'LI');
    const label = addNode(entry, 'Lbl');
    const body = addNode(entry, 'LBody');
    const [mark] = breakLines('\u2022', BULLET_INDENT, style.face.size, measure);
    const strips = text(item, body, column, style, measure, place === 0 ? 3 : 1.5);
    return strips.map((strip, index) =>
      index === 0 && mark !== undefined
        ? { ...strip, lines: [placed(mark, label, sheet.left + 3, 0, style), ...strip.lines] }
        : strip,
    );
  });
}

/** A key-value list is a table whose rows are named by their keys: readers say key and value together. */
function keys(rows: readonly PrintedKey[], root: StructureNode, measure: Measure): readonly Strip[] {
  const body = addNode(addNode(root, 'Table'), 'TBody');
  const widest = rows.reduce((width, row) => Math.max(width, measure(row.key, 'plain', faces.body.size)), 0);
  const keyWidth = Math.min(Math.max(widest, 48), TEXT_WIDTH / 3);
  const quiet: Style = { face: faces.body, colour: 'quiet' };
  const value: Column = {
    x: sheet.left + keyWidth + CELL_GAP,
    width: TEXT_WIDTH - keyWidth - CELL_GAP,
  };
  return rows.flatMap((row, index) => {
    const line = addNode(body, 'TR');
    return rowStrips(
      [
        cell(row.key, addNode(line, 'TH', 'Row'), { x: sheet.left, width: keyWidth }, quiet, measure),
        cell(row.value, addNode(line, 'TD'), value, { face: faces.body }, measure),
      ],
      { before: index === 0 ? 9 : 0, padding: 1.5, ruled: false },
    );
  });
}

interface Cell {
  readonly lines: readonly Line[];
  readonly node: StructureNode;
  readonly x: number;
  readonly style: Style;
}

function cell(words: PrintedText, node: StructureNode, column: Column, style: Style, measure: Measure): Cell {
  const lines = breakLines(words, column.width, style.face.size, measure, style.weight);
  return { lines, node, x: column.x, style };
}

interface RowForm {
  readonly before: number;
  readonly padding: number;
  readonly ruled: boolean;
  readonly header?: Strip;
}

/** The tallest row that is kept whole, in lines; a taller one is cut into strips of this many. */
const ROW_LINES = 30;

function rowStrips(cells: readonly Cell[], form: RowForm): readonly Strip[] {
  const count = Math.max(1, ...cells.map((each) => each.lines.length));
  const strips: Strip[] = [];
  for (let from = 0; from < count; from += ROW_LINES) {
    const to = Math.min(count, from + ROW_LINES);
    const last = to === count;
    const above = from === 0 ? form.padding : 0;
    const lead = Math.max(...cells.map((each) => each.style.face.lead));
    const height = above + (to - from) * lead + (last ? form.padding : 0);
    strips.push({
      height,
      before: from === 0 ? form.before : 0,
      lines: cells.flatMap((each) =>
        each.lines
          .slice(from, to)
          .map((line, index) => placed(line, each.node, each.x, above + index * lead, each.style)),
      ),
      rules:
        form.ruled && last
          ? [{ x: sheet.left, y: height, width: TEXT_WIDTH, colour: 'line', thickness: 0.75 }]
          : [],
      withNext: false,
      ...(form.header === undefined ? {} : { header: form.header }),
    });
  }
  return strips;
}

function table(block: PrintedTable, root: StructureNode, measure: Measure): readonly Strip[] {
  const whole = addNode(root, 'Table');
  const shares = block.columns.reduce((sum, column) => sum + column.share, 0);
  const room = TEXT_WIDTH - CELL_GAP * (block.columns.length - 1);
  let x: number = sheet.left;
  const columns: Column[] = block.columns.map((column) => {
    const placedColumn = { x, width: (room * column.share) / shares };
    x += placedColumn.width + CELL_GAP;
    return placedColumn;
  });
  const columnAt = (index: number): Column => columns[index] ?? fullWidth;
  const headRow = addNode(addNode(whole, 'THead'), 'TR');
  const headStyle: Style = { face: faces.small, weight: 'bold', colour: 'quiet' };
  const headCells = block.columns.map((column, index) =>
    cell(column.heading, addNode(headRow, 'TH', 'Column'), columnAt(index), headStyle, measure),
  );
  const [head] = rowStrips(headCells, { before: 9, padding: 3.5, ruled: true });
  if (head === undefined) return [];
  const header: Strip = {
    ...head,
    withNext: true,
    rules: head.rules.map((line) => ({ ...line, colour: 'strongLine' as const, thickness: 1 })),
  };
  const body = addNode(whole, 'TBody');
  const rows = block.rows.flatMap((row) => {
    const line = addNode(body, 'TR');
    const cells = row.map((words, index) => {
      const style: Style = index === 0 ? { face: faces.body, weight: 'bold' } : { face: faces.body };
      const node = index === 0 ? addNode(line, 'TH', 'Row') : addNode(line, 'TD');
      return cell(words, node, columnAt(index), style, measure);
    });
    return rowStrips(cells, { before: 0, padding: 5, ruled: true, header });
  });
  return [header, ...rows];
}

/** A frame that stands whole on one page whenever a page can hold it. */
function callout(block: PrintedCallout, root: StructureNode, measure: Measure): readonly Strip[] {
  const part = addNode(root, 'Div');
  const column: Column = { x: sheet.left + BOX_PADDING, width: TEXT_WIDTH - 2 * BOX_PADDING };
  const box = {};
  const space = (before: number): Strip => ({
    height: BOX_PADDING,
    before,
    lines: [],
    rules: [],
    withNext: true,
  });
  const inside = [
    ...heading(block.level, block.heading, part, column, measure).map((strip) => ({ ...strip, before: 0 })),
    ...block.paragraphs.flatMap((words, index) =>
      text(words, addNode(part, 'P'), column, { face: faces.body }, measure, index === 0 ? 2 : GAP),
    ),
  ];
  const strips = [space(14), ...inside.map((strip) => ({ ...strip, withNext: true })), space(0)];
  return strips.map((strip, index) => ({ ...strip, box, withNext: index < strips.length - 1 }));
}

function rule(): Strip {
  return {
    height: 10,
    before: 9,
    lines: [],
    rules: [{ x: sheet.left, y: 4, width: TEXT_WIDTH, colour: 'strongLine', thickness: 0.75 }],
    withNext: true,
  };
}
