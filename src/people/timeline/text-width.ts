// The widths of Arial in thousandths of its size, which is what a page shows where the NHS typeface is not
// licensed. Letters outside the table count as wide, and the gap between items takes up small differences.
const WIDTHS: readonly (readonly [string, number])[] = [
  ["'", 191],
  ['ijl', 222],
  ['|!I.,:;/\\[] tf·', 278],
  ['()r-`"', 355],
  ['*^', 400],
  ['_', 556],
  ['cksvxyzJ', 500],
  ['abdeghnopqu0123456789$£?', 556],
  ['FTZ', 611],
  ['+<>=~', 584],
  ['ABEKPSVXY&', 667],
  ['CDHNRUw', 722],
  ['GOQ', 778],
  ['mM', 833],
  ['%', 889],
  ['W', 944],
  ['@…', 1015],
];
const widthOf = new Map(
  WIDTHS.flatMap(([letters, width]) => Array.from(letters, (one) => [one, width] as const)),
);
/** For letters not in the table: wide enough for accented capitals. */
const OTHER = 780;
/** Letters of other scripts may be as wide as they are high. */
const FULL = 1000;
const BOLD = 1.12;

/** How wide a text is drawn, in drawing units: an estimate from above. */
export function textWidth(text: string, size: number, bold = false): number {
  let thousandths = 0;
  for (const letter of text)
    thousandths += widthOf.get(letter) ?? ((letter.codePointAt(0) ?? 0) > 0x24f ? FULL : OTHER);
  return (thousandths * size * (bold ? BOLD : 1)) / 1000;
}

/** The text, or as much of it as fits followed by an ellipsis. The list carries it in full. */
export function fitText(text: string, width: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text;
  const letters = [...new Intl.Segmenter('en-GB').segment(text)].map((part) => part.segment);
  while (letters.length > 0 && textWidth(`${letters.join('').trimEnd()}…`, size, bold) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}
