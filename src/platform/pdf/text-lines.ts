import { drawable, type Weight } from './typeface.ts';
import { runsOf, type PrintedText } from './printed-document.ts';

/** A stretch of one line in one weight, with its place from the left edge of the line in points. */
export interface Segment {
  readonly drawn: string;
  readonly actual?: string;
  readonly weight: Weight;
  readonly x: number;
}

export type Line = readonly Segment[];

/** The width in points of a text in one weight and size. */
export type Measure = (text: string, weight: Weight, size: number) => number;

interface Word {
  text: string;
  weight: Weight;
  /** Stands against the word before it, with no space: a change of weight inside a word. */
  glued: boolean;
}

const graphemes = new Intl.Segmenter('en-GB', { granularity: 'grapheme' });

/**
 * Breaks a text into lines no wider than `width` points. Lines break at spaces and at line ends in the text;
 * a word wider than a whole line is broken between letters, so that nothing ever runs off the paper. Each
 * line that continues ends in a space, so that a reader who takes the text out gets separate words.
 */
export function breakLines(
  text: PrintedText,
  width: number,
  size: number,
  measure: Measure,
  weight: Weight = 'plain',
): readonly Line[] {
  const paragraphs = splitWords(text, weight);
  return paragraphs.flatMap((words) => fillLines(words, width, size, measure));
}

/** Words, one list for each line the writer ended. */
function splitWords(text: PrintedText, weight: Weight): Word[][] {
  const lines: Word[][] = [[]];
  let afterSpace = true;
  for (const run of runsOf(text)) {
    const own: Weight = run.bold === true ? 'bold' : weight;
    for (const part of run.text.normalize('NFC').split(/(\r?\n|[ \t]+)/)) {
      if (part === '') continue;
      if (/^\r?\n$/.test(part)) {
        lines.push([]);
        afterSpace = true;
      } else if (/^[ \t]+$/.test(part)) afterSpace = true;
      else {
        const line = lines.at(-1);
        line?.push({ text: part, weight: own, glued: !afterSpace && line.length > 0 });
        afterSpace = false;
      }
    }
  }
  return lines;
}

function fillLines(words: readonly Word[], width: number, size: number, measure: Measure): Line[] {
  const lines: Word[][] = [];
  let current: Word[] = [];
  const widthOf = (some: readonly Word[]): number =>
    place(some, size, measure).reduce(
      (end, segment) => Math.max(end, segment.x + measure(segment.drawn.trimEnd(), segment.weight, size)),
      0,
    );
  for (const group of gluedGroups(words)) {
    if (widthOf([...current, ...group]) <= width) current = [...current, ...group];
    else {
      if (current.length > 0) lines.push(current);
      const pieces = widthOf(group) <= width ? [group] : breakWord(group, width, size, measure);
      lines.push(...pieces.slice(0, -1));
      current = pieces.at(-1) ?? [];
    }
  }
  if (current.length > 0 || lines.length === 0) lines.push(current);
  return lines.map((line, index) => place(line, size, measure, index < lines.length - 1));
}

/** Words that must stay on one line together because no space stands between them. */
function gluedGroups(words: readonly Word[]): Word[][] {
  const groups: Word[][] = [];
  for (const word of words) {
    if (word.glued) groups.at(-1)?.push(word);
    else groups.push([word]);
  }
  return groups;
}

/** One over-long word, cut between letters. Never between a letter and its accent. */
function breakWord(group: readonly Word[], width: number, size: number, measure: Measure): Word[][] {
  const pieces: Word[][] = [];
  for (const word of group) {
    let piece = '';
    for (const { segment } of graphemes.segment(word.text)) {
      if (piece !== '' && measure(drawable(piece + segment).drawn, word.weight, size) > width) {
        pieces.push([{ text: piece, weight: word.weight, glued: false }]);
        piece = segment;
      } else piece += segment;
    }
    if (piece !== '') pieces.push([{ text: piece, weight: word.weight, glued: false }]);
  }
  return pieces;
}

/** Joins the words of a line into as few segments as possible and gives each its place. */
function place(words: readonly Word[], size: number, measure: Measure, continues = false): Segment[] {
  const joined: { text: string; weight: Weight }[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    const space = last === undefined || word.glued ? '' : ' ';
    if (last?.weight === word.weight) last.text += space + word.text;
    else {
      if (last !== undefined) last.text += space;
      joined.push({ text: word.text, weight: word.weight });
    }
  }
  const end = joined.at(-1);
  if (continues && end !== undefined) end.text += ' ';
  let x = 0;
  return joined.map(({ text, weight }) => {
    const segment = { ...drawable(text), weight, x };
    x += measure(segment.drawn, weight, size);
    return segment;
  });
}
