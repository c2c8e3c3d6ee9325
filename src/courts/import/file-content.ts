import { readJson } from './json-text.ts';
import { readXml, type XmlReading } from './safe-xml.ts';

/** Something put right while reading; always told. */
export interface Repair {
  readonly code: string;
  readonly message: string;
}

/** What a file holds, before anyone asks what it means. Decided by its bytes, never by its name. */
export type FileContent =
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-large'; readonly reason: string }
  | { readonly kind: 'binary'; readonly what: string }
  | { readonly kind: 'json'; readonly value: unknown; readonly repairs: readonly Repair[] }
  | ({ readonly kind: 'xml' } & XmlReading)
  | {
      readonly kind: 'damaged';
      readonly syntax: 'xml' | 'json';
      readonly code: 'document-type' | 'damaged';
      readonly reason: string;
      readonly head: string;
    }
  | { readonly kind: 'text'; readonly head: string };

/** Ten times the largest list seen; more is not a court message and would only fill the memory. */
export const LARGEST_FILE_BYTES = 64 * 1024 * 1024;

const binaryMarks: readonly (readonly [string, string])[] = [
  ['%PDF', 'a PDF'],
  ['PK\u0003\u0004', 'a ZIP archive or an Office document'],
  ['\u001f\u008b', 'a compressed file'],
  ['\u0089PNG', 'an image'],
  ['\u00ff\u00d8\u00ff', 'an image'],
];

/** Reads a file's bytes into JSON, XML or text. Never throws; refuses above {@link LARGEST_FILE_BYTES}. */
export function readFileContent(bytes: Uint8Array): FileContent {
  if (bytes.length > LARGEST_FILE_BYTES)
    return { kind: 'too-large', reason: 'The file is larger than any court message (64 MB).' };
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  const mark = binaryMarks.find(([prefix]) => start.startsWith(prefix));
  if (mark) return { kind: 'binary', what: mark[1] };
  const { text, repairs } = decode(bytes);
  return contentOfText(text, repairs);
}

/** The same for text that was inside an envelope. */
export function contentOfText(received: string, repairs: readonly Repair[] = []): FileContent {
  const text = received.replace(/^\ufeff/, '').trim();
  const head = text.slice(0, 2_000);
  if (text === '') return { kind: 'empty' };
  if (text.startsWith('<')) {
    const outcome = readXml(text);
    if (!outcome.ok)
      return { kind: 'damaged', syntax: 'xml', code: outcome.code, reason: outcome.reason, head };
    return { kind: 'xml', ...outcome.reading, repairs: [...repairs, ...outcome.reading.repairs] };
  }
  if (text.startsWith('{') || text.startsWith('[')) {
    const outcome = readJson(text);
    if (!outcome.ok)
      return { kind: 'damaged', syntax: 'json', code: 'damaged', reason: outcome.reason, head };
    return { kind: 'json', value: outcome.value, repairs: [...repairs, ...outcome.repairs] };
  }
  return { kind: 'text', head };
}

function decode(bytes: Uint8Array): { text: string; repairs: readonly Repair[] } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), repairs: [] };
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: new TextDecoder('utf-16be').decode(bytes), repairs: [] };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), repairs: [] };
  } catch {
    // Libra exports from older machines come in Windows-1252; it gives every byte a character.
    return {
      text: new TextDecoder('windows-1252').decode(bytes),
      repairs: [
        {
          code: 'not-utf-8',
          message: 'The file is not UTF-8. It was read as Windows text, so accents in names may be wrong.',
        },
      ],
    };
  }
}
