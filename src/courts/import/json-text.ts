import type { Repair } from './file-content.ts';

export type JsonOutcome =
  | { readonly ok: true; readonly value: unknown; readonly repairs: readonly Repair[] }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads JSON, and JSON with the damage court systems are known to send: a comma too many, something
 * after the end, or a file that stops early. Each repair is named. Refuses what it would have to guess.
 */
export function readJson(text: string): JsonOutcome {
  if (deeperThan(text, DEEPEST_JSON))
    return { ok: false, reason: 'The JSON is nested more deeply than any court message. It was not read.' };
  const plain = tryParse(text);
  if (plain) return { ...plain, repairs: [] };
  const { repaired, repairs } = repair(text);
  const mended = repairs.length > 0 ? tryParse(repaired) : undefined;
  if (mended) return { ...mended, repairs };
  return { ok: false, reason: 'The JSON is damaged and could not be read. Ask the sender for it again.' };
}

// The deepest court message seen has 14 levels; thousands would exhaust the stack of whatever walks them.
const DEEPEST_JSON = 100;

function deeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inText) {
      if (character === '\\') at += 1;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > limit) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
}

function tryParse(text: string): { ok: true; value: unknown } | undefined {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

type Token = { readonly kind: 'open' | 'close' | 'comma' | 'colon' | 'atom'; readonly text: string };

/** Tokens up to the first place that is no JSON token; `whole` says whether that was the end. */
function tokens(text: string): { list: Token[]; whole: boolean } {
  const list: Token[] = [];
  const pattern =
    /\s*(?:([{[])|([}\]])|(,)|(:)|("[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\d[\d.eE+-]*|true|false|null))/gy;
  let at = 0;
  for (;;) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) break;
    at = pattern.lastIndex;
    const [, open, close, comma, colon, atom] = match;
    if (open !== undefined) list.push({ kind: 'open', text: open });
    else if (close !== undefined) list.push({ kind: 'close', text: close });
    else if (comma !== undefined) list.push({ kind: 'comma', text: comma });
    else if (colon !== undefined) list.push({ kind: 'colon', text: colon });
    else list.push({ kind: 'atom', text: atom ?? '' });
  }
  return { list, whole: text.slice(at).trim() === '' };
}

function repair(text: string): { repaired: string; repairs: Repair[] } {
  const repairs = new Map<string, Repair>();
  const note = (code: string, message: string): void => void repairs.set(code, { code, message });
  const { list, whole } = tokens(text);
  const out: Token[] = [];
  const open: string[] = [];
  let ended = false;

  for (const token of list) {
    const before = out.at(-1)?.kind;
    if (ended) {
      note('text-after-the-end', 'There was something after the end of the message. It was ignored.');
      break;
    }
    if (token.kind === 'comma' && (before === 'comma' || before === 'open' || before === undefined)) {
      note('stray-comma', 'The message had a comma too many. It was ignored.');
      continue;
    }
    if (token.kind === 'close') {
      if (before === 'comma') {
        note('stray-comma', 'The message had a comma too many. It was ignored.');
        out.pop();
      }
      if (open.pop() !== (token.text === '}' ? '{' : '[')) return { repaired: text, repairs: [] };
      ended = open.length === 0;
    }
    if (token.kind === 'open') open.push(token.text);
    // JSON allows no line break inside a text; some senders leave one there.
    const printable = token.text.replace(/\p{Cc}+/gu, ' ');
    if (printable !== token.text)
      note('control-characters', 'Line breaks inside a text were read as spaces.');
    out.push({ kind: token.kind, text: printable });
  }
  if (open.length > 0 && !ended) {
    note(
      'file-cut-short',
      'The message stops early. What was complete has been read. Ask the sender for it again.',
    );
    dropUnfinished(out, open.at(-1) === '{');
    while (open.length > 0) out.push({ kind: 'close', text: open.pop() === '{' ? '}' : ']' });
  } else if (!whole && ended) {
    note('text-after-the-end', 'There was something after the end of the message. It was ignored.');
  }
  return { repaired: out.map((token) => token.text).join(''), repairs: [...repairs.values()] };
}

/** Takes off a trailing comma, colon or name without a value. */
function dropUnfinished(out: Token[], inObject: boolean): void {
  if (out.at(-1)?.kind === 'colon') out.splice(-2);
  else if (inObject && out.at(-1)?.kind === 'atom' && out.at(-2)?.kind !== 'colon') out.pop();
  if (out.at(-1)?.kind === 'comma') out.pop();
}
