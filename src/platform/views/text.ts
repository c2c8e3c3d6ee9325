import nunjucks from 'nunjucks';
import { tone } from './shapes.ts';

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
function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Typed lines as paragraphs, escaped. */
export function paragraphs(text: string): nunjucks.runtime.SafeString {
  const blocks = text.split(/\n\s*\n/).filter((block) => block.trim() !== '');
  const html = blocks.map((block) => `<p>${escapeHtml(block.trim()).replaceAll('\n', '<br>')}</p>`);
  return new nunjucks.runtime.SafeString(html.join(''));
}

interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: string | { readonly text: string };
}

/** Choices as the official macros take them: a hint is an object there. */
function withHints(items: readonly Choice[]): unknown[] {
  return items.map((item) =>
    typeof item.hint === 'string' ? { ...item, hint: { text: item.hint } } : { ...item },
  );
}

/** One box ticked arrives as a text, several as a list. */
export function asList(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined || value === '') return [];
  return typeof value === 'string' ? [value] : value;
}

/** Filters on text, by the name templates use. */
export const textFilters = { nhsNumber, counted, paragraphs, withHints, asList, tone } as const;
