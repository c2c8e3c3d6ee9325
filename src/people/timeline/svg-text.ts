const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A text made safe to stand in SVG, as content or as an attribute. Control characters, which XML 1.0 does not
 * allow even when escaped, become spaces: one of them in a name would break the whole page.
 */
export function svgText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** A length with at most one decimal, so that the drawing stays small. */
export function svgNumber(length: number): string {
  return String(Math.round(length * 10) / 10);
}
