import { xmlFault } from './xml-fault.ts';

/** A case element that could not be read, taken out so that the rest could be. */
export interface DamagedCase {
  /** Counting every case in the file from 0. */
  readonly index: number;
  readonly reason: string;
  readonly received: string;
}

/** What could be saved of a damaged list. */
export interface SalvagedXml {
  readonly text: string;
  readonly cases: number;
  readonly damagedCases: readonly DamagedCase[];
  /** True when elements outside the cases had to be closed by us. */
  readonly closedEarly: boolean;
}

/**
 * Takes the damaged `<case>` elements out of a list and closes what the damage left open, so that
 * every complete case can still be read in its own session. Undefined when that does not help.
 */
export function salvageXml(text: string): SalvagedXml | undefined {
  const damagedCases: DamagedCase[] = [];
  const kept: string[] = [];
  let cases = 0;
  let from = 0;
  for (const [index, piece] of casePieces(text).entries()) {
    kept.push(text.slice(from, piece.start));
    from = piece.end;
    const received = text.slice(piece.start, piece.end);
    const fault = piece.closed ? xmlFault(received) : 'it has no end.';
    if (fault === undefined) {
      kept.push(received);
      cases += 1;
    } else {
      damagedCases.push({
        index,
        reason: `This case is damaged: ${fault} It was set aside and the rest of the list was read. Ask the sender for it again.`,
        received: received.slice(0, 20_000),
      });
    }
  }
  kept.push(text.slice(from));
  const rest = kept.join('');
  if (xmlFault(rest) === undefined) return { text: rest, cases, damagedCases, closedEarly: false };
  const closed = closeElements(rest);
  if (xmlFault(closed) === undefined) return { text: closed, cases, damagedCases, closedEarly: true };
  return undefined;
}

interface CasePiece {
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
}

function casePieces(text: string): CasePiece[] {
  const starts = [...text.matchAll(/<case(?:\s[^>]*)?>/g)].map((match) => match.index);
  return starts.map((start, index) => {
    const limit = starts[index + 1] ?? text.length;
    // Looked for inside this piece only: a file of openings without ends must not be scanned once for each.
    const piece = text.slice(start, limit);
    const close = piece.indexOf('</case>');
    if (close !== -1) return { start, end: start + close + '</case>'.length, closed: true };
    // No end of its own: it reaches to the next case, or to the end of the list it stands in.
    const listEnd = piece.indexOf('</cases>');
    return { start, end: listEnd === -1 ? limit : start + listEnd, closed: false };
  });
}

/** Closes open elements, and drops closing tags that close nothing and a tag cut in half. */
function closeElements(text: string): string {
  const out: string[] = [];
  const open: string[] = [];
  let rootClosed = false;
  for (const match of text.matchAll(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[^<>]*>|<|[^<]+/g)) {
    const piece = match[0];
    if (rootClosed) break;
    const tag = /^<(\/?)([A-Za-z_][\w:.-]*)[^<>]*?(\/?)>$/.exec(piece);
    if (piece.startsWith('<!--') || piece.startsWith('<![CDATA[') || piece.startsWith('<?')) out.push(piece);
    else if (!piece.startsWith('<')) {
      // Text outside the root would make the document unreadable.
      if (open.length > 0 || piece.trim() === '') out.push(piece);
    } else if (tag) {
      const [, closing, name = '', empty] = tag;
      if (closing === '/') {
        const at = open.lastIndexOf(name);
        if (at === -1) continue;
        while (open.length > at) out.push(`</${open.pop() ?? name}>`);
        rootClosed = open.length === 0;
      } else {
        out.push(piece);
        if (empty !== '/') open.push(name);
      }
    }
  }
  while (open.length > 0) out.push(`</${open.pop() ?? ''}>`);
  return out.join('');
}
