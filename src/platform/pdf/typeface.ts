import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Arimo (SIL Open Font Licence 1.1) has the widths of Arial, which NHS papers fall back to, and covers
// Latin with every accent in use, Greek, Cyrillic and Hebrew. It is embedded, as PDF/UA asks: the fonts
// every PDF reader is supposed to have cannot write Zieliński.
const files = {
  plain: import.meta.resolve('@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf'),
  bold: import.meta.resolve('@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf'),
} as const;

export type Weight = keyof typeof files;

/** What stands on the page for a letter the typeface does not have. */
const MISSING_LETTER = '\u25A1';

const loaded = new Map<Weight, Buffer>();

/** The bytes of one weight, read once per process. */
export function fontBytes(weight: Weight): Buffer {
  const known = loaded.get(weight);
  if (known !== undefined) return known;
  const bytes = readFileSync(fileURLToPath(files[weight]));
  loaded.set(weight, bytes);
  return bytes;
}

interface Range {
  readonly from: number;
  readonly to: number;
}
let coverage: readonly Range[] | undefined;

/** Whether the typeface has a letter for this code point. */
function hasLetter(codePoint: number): boolean {
  coverage ??= readCoverage(fontBytes('plain'));
  return coverage.some((range) => codePoint >= range.from && codePoint <= range.to);
}

/**
 * The code points a TrueType font maps, from its format 4 `cmap` subtable (OpenType specification, cmap).
 * The PDF library knows them too, but offers no public way to ask, and an unmapped letter would otherwise
 * print as an empty box with nobody told.
 */
function readCoverage(font: Buffer): readonly Range[] {
  const tables = font.readUInt16BE(4);
  for (let table = 0; table < tables; table++) {
    const record = 12 + table * 16;
    if (font.toString('latin1', record, record + 4) !== 'cmap') continue;
    const cmap = font.readUInt32BE(record + 8);
    const subtables = font.readUInt16BE(cmap + 2);
    for (let index = 0; index < subtables; index++) {
      const subtable = cmap + font.readUInt32BE(cmap + 4 + index * 8 + 4);
      if (font.readUInt16BE(subtable) === 4) return readSegments(font, subtable);
    }
  }
  throw new Error('The typeface has no readable table of letters');
}

function readSegments(font: Buffer, subtable: number): readonly Range[] {
  const twice = font.readUInt16BE(subtable + 6);
  const ends = subtable + 14;
  const starts = ends + twice + 2;
  const ranges: Range[] = [];
  for (let offset = 0; offset < twice; offset += 2) {
    const to = font.readUInt16BE(ends + offset);
    const from = font.readUInt16BE(starts + offset);
    if (to !== 0xffff) ranges.push({ from, to });
  }
  return ranges;
}

/** A stretch of text that can be drawn, and what it stands for when it is drawn differently. */
export interface Drawable {
  readonly drawn: string;
  /** The true text, given to screen readers and search when letters are missing; otherwise absent. */
  readonly actual?: string;
}

/**
 * What to draw for a text. Letters are composed first (NFC), so that a name typed with separate accents
 * prints like any other. Words with letters the typeface lacks are drawn with one box per missing letter
 * and keep their true text underneath.
 */
export function drawable(text: string): Drawable {
  const composed = text.normalize('NFC');
  let missing = false;
  let drawn = '';
  for (const letter of composed) {
    if (hasLetter(letter.codePointAt(0) ?? 0)) drawn += letter;
    else {
      missing = true;
      drawn += MISSING_LETTER;
    }
  }
  return missing ? { drawn, actual: composed } : { drawn };
}

/** The letters of these texts that cannot be drawn, each once. */
export function missingLetters(texts: readonly string[]): readonly string[] {
  const missing = new Set<string>();
  for (const text of texts)
    for (const letter of text.normalize('NFC'))
      if (letter !== '\n' && !hasLetter(letter.codePointAt(0) ?? 0)) missing.add(letter);
  return [...missing];
}
