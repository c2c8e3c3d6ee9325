import { createHash } from 'node:crypto';

/**
 * A UUID that is always the same for the same words (RFC 9562, version 8: our own construction, SHA-256 cut to size).
 * The parts of a listing have no id of their own with us; a published file must give them one that does not change
 * from one publication to the next.
 */
export function derivedId(...words: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 32);
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The id itself when it is a UUID, else one derived from it: version 1 feeds and our own may use other ids. */
export function uuidFor(kind: string, id: string): string {
  return uuidPattern.test(id) ? id : derivedId(kind, id);
}
