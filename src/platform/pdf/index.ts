export { renderPdf, unprintableLetters } from './render-pdf.ts';
export type {
  HeadingLevel,
  Printed,
  PrintedBlock,
  PrintedCallout,
  PrintedColumn,
  PrintedDocument,
  PrintedKey,
  PrintedRun,
  PrintedTable,
  PrintedText,
} from './printed-document.ts';
