import { XMLParser } from 'fast-xml-parser';
import type { Repair } from './file-content.ts';
import { type DamagedCase, salvageXml } from './salvage-xml.ts';
import { xmlFault } from './xml-fault.ts';

export interface XmlReading {
  readonly root: string;
  readonly tree: Readonly<Record<string, unknown>>;
  readonly repairs: readonly Repair[];
  readonly damagedCases: readonly DamagedCase[];
}

export type XmlOutcome =
  | { readonly ok: true; readonly reading: XmlReading }
  | { readonly ok: false; readonly code: 'document-type' | 'damaged'; readonly reason: string };

// Text stays text (case numbers have leading zeros), attributes carry nothing we read, and only the
// predefined and numeric entities are decoded: a document type, which could declare others or fetch
// files, is refused before the reader sees it.
const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: true,
  processEntities: true,
  htmlEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/**
 * Reads XML without ever following it anywhere. Damage inside one case costs that case; a file that
 * stops early gives what came before. Refuses a document type declaration and what cannot be salvaged.
 */
export function readXml(sent: string): XmlOutcome {
  const received = withoutOpenTail(withoutOpenTail(sent, '<!--', '-->'), '<![CDATA[', ']]>');
  const bare = received.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, '');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(bare)) {
    return {
      ok: false,
      code: 'document-type',
      reason:
        'The file declares a document type, which court messages never do and which could be used to reach other files. Ask the sender for the message without it.',
    };
  }
  const { text, repairs } = repairCharacters(received);
  const fault = xmlFault(text);
  if (fault === undefined) return parsed(text, repairs, []);

  const salvaged = salvageXml(text);
  if (!salvaged || (salvaged.cases === 0 && salvaged.damagedCases.length === 0)) {
    return {
      ok: false,
      code: 'damaged',
      reason: `The XML is damaged: ${fault} Ask the sender for it again.`,
    };
  }
  const cut = salvaged.closedEarly
    ? [
        {
          code: 'file-cut-short',
          message: `The file is damaged or stops early: ${fault} What was complete has been read. Ask the sender for it again.`,
        },
      ]
    : [];
  return parsed(salvaged.text, [...repairs, ...cut], salvaged.damagedCases);
}

function parsed(text: string, repairs: readonly Repair[], damagedCases: readonly DamagedCase[]): XmlOutcome {
  let tree: unknown;
  try {
    tree = parser.parse(text);
  } catch {
    // The reader stops at 100 levels and at names that are dangerous as properties.
    return {
      ok: false,
      code: 'damaged',
      reason: 'The XML is nested too deeply or holds names that are not safe to read.',
    };
  }
  const entries = Object.entries(tree as Record<string, unknown>);
  const [root, content] = entries[0] ?? [];
  if (root === undefined || entries.length > 1) {
    return { ok: false, code: 'damaged', reason: 'The XML does not have exactly one outermost element.' };
  }
  const inner = typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {};
  return { ok: true, reading: { root, tree: inner, repairs, damagedCases } };
}

/**
 * Drops a comment or CDATA section that never ends. What follows is inside it anyway, and looking for the
 * end of thousands of them would take time with the square of the file.
 */
function withoutOpenTail(text: string, open: string, close: string): string {
  const at = text.indexOf(open, text.lastIndexOf(close) + 1);
  return at === -1 ? text : text.slice(0, at);
}

function repairCharacters(received: string): { text: string; repairs: readonly Repair[] } {
  const repairs: Repair[] = [];
  const printable = received.replace(/[^\P{Cc}\t\n\r]+/gu, ' ');
  if (printable !== received) {
    repairs.push({
      code: 'control-characters',
      message: 'Characters that XML does not allow were replaced by spaces.',
    });
  }
  const text = printable.replace(
    /<!\[CDATA\[[\s\S]*?\]\]>|&(?!(?:[A-Za-z]\w{1,31}|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)/g,
    (found) => (found === '&' ? '&amp;' : found),
  );
  if (text !== printable) {
    repairs.push({
      code: 'bare-ampersand',
      message: 'An “&” that was not written as XML asks was read as an “&”.',
    });
  }
  return { text, repairs };
}
