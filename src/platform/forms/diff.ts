/** A stretch of text that both versions have, or only one of them. */
export interface TextPart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Words with the white space and the punctuation that follows them, so that joined parts give the text back. */
function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}’']+|\s+|[^\p{L}\p{N}’'\s]/gu) ?? [];
}

// Beyond this the table would hold millions of cells; long texts are then compared line by line.
const LARGEST = 1500;

function join(parts: readonly TextPart[]): TextPart[] {
  const joined: { kind: TextPart['kind']; text: string }[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last !== undefined && last.kind === part.kind) last.text += part.text;
    else joined.push({ ...part });
  }
  return joined;
}

/** The longest common subsequence, by the textbook table; `a` and `b` have no common start or end left. */
function differences(a: readonly string[], b: readonly string[]): TextPart[] {
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => table[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const parts: TextPart[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const before = a[i] ?? '';
    const after = b[j] ?? '';
    if (before === after) {
      parts.push({ kind: 'same', text: before });
      i++;
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      parts.push({ kind: 'removed', text: before });
      i++;
    } else {
      parts.push({ kind: 'added', text: after });
      j++;
    }
  }
  parts.push(...a.slice(i).map((text) => ({ kind: 'removed', text }) as const));
  parts.push(...b.slice(j).map((text) => ({ kind: 'added', text }) as const));
  return parts;
}

/**
 * What was added and removed from `before` to `after`, word by word. The `same` and `removed` parts give
 * `before` back, the `same` and `added` parts give `after`.
 */
export function diffWords(before: string, after: string): readonly TextPart[] {
  let a = words(before);
  let b = words(after);
  if (a.length > LARGEST || b.length > LARGEST) {
    a = before.split(/(?<=\n)/);
    b = after.split(/(?<=\n)/);
  }
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const head = a.slice(0, start).map((text) => ({ kind: 'same', text }) as const);
  const tail = a.slice(a.length - end).map((text) => ({ kind: 'same', text }) as const);
  return join([
    ...head,
    ...differences(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...tail,
  ]);
}
