import type { DirectoryReason, ReasonCode } from './directory-reason.ts';
import { numberOf } from './json-reading.ts';
import type { JsonObject } from './json-reading.ts';

/** The page envelope of version 3 (`contents`) and of version 1 (`content`, Spring's words). */
const envelopes = {
  3: {
    total: 'total_items',
    pages: 'total_pages',
    page: 'page_number',
    size: 'size',
    first: 'first_page',
    last: 'last_page',
    empty: 'empty',
  },
  1: {
    total: 'totalElements',
    pages: 'totalPages',
    page: 'number',
    size: 'size',
    first: 'first',
    last: 'last',
    empty: 'empty',
  },
} as const;

/**
 * Checks that a page says the truth about itself: counts, flags, and whether it is the whole list.
 * A contradiction is a warning, never failing: the records in hand are still what they are. A reader that walks
 * all pages of a feed may leave out the reason `more-pages`.
 */
export function checkPage(
  page: JsonObject,
  items: readonly unknown[],
  version: 1 | 3,
): readonly DirectoryReason[] {
  const names = envelopes[version];
  const reasons: DirectoryReason[] = [];
  const say = (path: string, code: ReasonCode, message: string): void => {
    reasons.push({ path, code, message, severity: 'warning' });
  };
  const numbers = [names.total, names.pages, names.page, names.size];
  const flags = [names.first, names.last, names.empty];
  const absent = [...numbers, ...flags].filter((name) => page[name] === undefined || page[name] === null);
  if (absent.length > 0)
    say('', 'envelope-missing', `the page does not say ${absent.join(', ')}: there may be more`);
  for (const name of numbers)
    if (!absent.includes(name) && numberOf(page, name) === undefined)
      say(name, 'wrong-type', `${name} must be a number`);
  for (const name of flags)
    if (!absent.includes(name) && typeof page[name] !== 'boolean')
      say(name, 'wrong-type', `${name} must be true or false`);

  const [total, pages, number, size] = numbers.map((name) => numberOf(page, name));
  // version 1 publishers give the page size asked for here, version 3 the number of records in this page
  if (version === 3 && size !== undefined && size !== items.length)
    say(names.size, 'page-size-differs', `the page says it holds ${size} and holds ${items.length}`);
  if (total !== undefined && pages === 1 && total !== items.length)
    say(names.total, 'page-count-differs', `the only page holds ${items.length} of ${total}`);
  if (total !== undefined && pages !== undefined && pages > 1 && total < pages)
    say(names.pages, 'page-count-differs', `${total} in all cannot fill ${pages} pages`);

  const last = page[names.last];
  // version 3 counts pages from 1, version 1 from 0
  const ordinal = number === undefined ? undefined : version === 3 ? number : number + 1;
  if (ordinal !== undefined && pages !== undefined && typeof last === 'boolean' && pages > 0) {
    if (last !== ordinal >= pages)
      say(
        names.last,
        'page-flag-differs',
        `page ${ordinal} of ${pages} says it is ${last ? '' : 'not '}the last`,
      );
  }
  const empty = page[names.empty];
  if (typeof empty === 'boolean' && empty !== (items.length === 0))
    say(
      names.empty,
      'page-flag-differs',
      `the page says it is ${empty ? '' : 'not '}empty and holds ${items.length}`,
    );
  if (last === false)
    say('', 'more-pages', `this is page ${ordinal ?? '?'} of ${pages ?? '?'}: the other pages are not here`);
  return reasons;
}
