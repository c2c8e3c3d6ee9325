/**
 * What may stand on a printed paper. The model is small on purpose: everything in it has a place in the
 * structure tree of the PDF, so that a paper which can be written can also be read aloud.
 */
export interface PrintedDocument {
  /** The name of the paper, shown in the reader's title bar. */
  readonly title: string;
  /** Who answers for it: a person and their service. */
  readonly author: string;
  /** One line about the paper for the reader's properties window. No personal data. */
  readonly subject: string;
  readonly language: 'en-GB';
  /** Who sends it and how it is marked. Read once at the start; printed on every page. */
  readonly headerLines: readonly string[];
  readonly printed: Printed;
  readonly blocks: readonly PrintedBlock[];
}

/** The foot of every page. The instant is also the creation date of the file, which keeps its bytes stable. */
export interface Printed {
  readonly by: string;
  readonly at: Temporal.Instant;
  /** What the holder must do with the paper: "Confidential health record. Destroy after use." */
  readonly note: string;
}

/** A stretch of text in one weight. */
export interface PrintedRun {
  readonly text: string;
  readonly bold?: boolean;
}

export type PrintedText = string | readonly PrintedRun[];

export type HeadingLevel = 1 | 2 | 3;

export type PrintedBlock =
  | { readonly kind: 'heading'; readonly level: HeadingLevel; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: PrintedText; readonly quiet?: boolean }
  | { readonly kind: 'bullets'; readonly items: readonly PrintedText[] }
  | { readonly kind: 'keys'; readonly rows: readonly PrintedKey[] }
  | PrintedCallout
  | PrintedTable
  | { readonly kind: 'rule' };

/** One line of a key-value list: "Person", "Callum Brennan, born 17 August 1992". */
export interface PrintedKey {
  readonly key: string;
  readonly value: PrintedText;
}

/** A boxed part that must be seen first, such as the recommendation. */
export interface PrintedCallout {
  readonly kind: 'callout';
  readonly level: HeadingLevel;
  readonly heading: string;
  readonly paragraphs: readonly PrintedText[];
}

/** A table whose first column names the row. Every row has one cell for each column. */
export interface PrintedTable {
  readonly kind: 'table';
  readonly columns: readonly PrintedColumn[];
  readonly rows: readonly (readonly PrintedText[])[];
}

export interface PrintedColumn {
  readonly heading: string;
  /** Width as a share of the table: 2 is twice as wide as 1. */
  readonly share: number;
}

/** The runs of a text, whichever way it was written. */
export function runsOf(text: PrintedText): readonly PrintedRun[] {
  return typeof text === 'string' ? [{ text }] : text;
}

/**
 * The faults that would make a paper unreadable for some readers: headings that skip a level (ISO 14289-1,
 * 7.4), a table row that does not fill its columns, an empty title. They are mistakes of the program that
 * wrote the paper, not of its user, so they are thrown.
 */
export function assertReadable(document: PrintedDocument): void {
  if (document.title.trim() === '') throw new Error('A printed document needs a title');
  let level = 0;
  for (const block of document.blocks) {
    if (block.kind === 'heading' || block.kind === 'callout') {
      if (block.level > level + 1)
        throw new Error(`A heading of level ${block.level} follows level ${level}: a level is skipped`);
      level = block.level;
    }
    if (block.kind === 'table' && block.rows.some((row) => row.length !== block.columns.length))
      throw new Error('A table row does not have one cell for each column');
  }
}

/** Every text of a paper that reaches the page, header and foot included. */
export function textsOf(document: PrintedDocument): readonly string[] {
  const texts = [document.title, ...document.headerLines, document.printed.by, document.printed.note];
  const add = (text: PrintedText): void => {
    for (const run of runsOf(text)) texts.push(run.text);
  };
  for (const block of document.blocks) {
    switch (block.kind) {
      case 'heading':
      case 'paragraph':
        add(block.text);
        break;
      case 'bullets':
        block.items.forEach(add);
        break;
      case 'keys':
        for (const row of block.rows) {
          add(row.key);
          add(row.value);
        }
        break;
      case 'callout':
        add(block.heading);
        block.paragraphs.forEach(add);
        break;
      case 'table':
        for (const column of block.columns) add(column.heading);
        for (const row of block.rows) row.forEach(add);
        break;
      case 'rule':
        break;
    }
  }
  return texts;
}
