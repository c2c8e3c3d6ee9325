import nunjucks from 'nunjucks';

/** 9994172085 as people read it: 999 417 2085. Anything that is not ten digits is shown as it came. */
export function nhsNumber(value: string): string {
  const digits = value.replaceAll(/\s/g, '');
  return /^\d{10}$/.test(digits) ? `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}` : value;
}

/** 1 person, 2 people: the number with the right word. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it, safe inside an element and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Typed lines as paragraphs, escaped. */
export function paragraphs(text: string): nunjucks.runtime.SafeString {
  const blocks = text.split(/\n\s*\n/).filter((block) => block.trim() !== '');
  const html = blocks.map((block) => `<p>${escapeHtml(block.trim()).replaceAll('\n', '<br>')}</p>`);
  return new nunjucks.runtime.SafeString(html.join(''));
}

/** Filters on text, by the name templates use. */
export const textFilters = { nhsNumber, counted, paragraphs } as const;
