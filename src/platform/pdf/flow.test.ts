import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import { paginate, type Page, type Strip } from './flow.ts';

const TOP = 50;
const BOTTOM = 250;

function strip(height: number, part: Partial<Strip> = {}): Strip {
  return { height, before: 5, lines: [], rules: [], withNext: false, ...part };
}

function pageOf(pages: readonly Page[], wanted: Strip): number {
  return pages.findIndex((page) => page.some(({ strip }) => strip === wanted));
}

const lay = (strips: readonly Strip[]): readonly Page[] => paginate(strips, TOP, TOP, BOTTOM);

test('a heading goes to the next page with its text', () => {
  const heading = strip(20, { withNext: true });
  const text = strip(20);
  const pages = lay([strip(170), heading, text]);
  assert.deepEqual([pageOf(pages, heading), pageOf(pages, text)], [1, 1]);
});

test('a boxed recommendation that a page can hold is not cut', () => {
  const box = {};
  const parts = [30, 30, 30].map((height, index) => strip(height, { box, withNext: index < 2 }));
  const pages = lay([strip(150), ...parts]);
  assert.deepEqual(
    parts.map((part) => pageOf(pages, part)),
    [1, 1, 1],
  );
});

test('what is longer than a page is cut where the page ends, and nothing of it is lost', () => {
  const parts = Array.from({ length: 12 }, (_, index) => strip(30, { withNext: index < 11 }));
  const pages = lay([strip(40), ...parts]);
  assert.equal(pageOf(pages, parts[0] ?? strip(0)), 0);
  assert.equal(pages.flat().length, 13);
});

test('a table says its header again at the top of each page it reaches', () => {
  const header = strip(15, { withNext: true });
  const rows = Array.from({ length: 15 }, () => strip(30, { before: 0, header }));
  const pages = lay([header, ...rows]);
  assert.ok(pages.length > 1);
  for (const [number, page] of pages.entries()) {
    assert.equal(page[0]?.strip, header);
    assert.equal(page[0]?.repeated, number > 0);
  }
});

test('every strip is printed once, in order, and none runs off its page or over another', () => {
  const strips = fc.array(
    fc
      .record({ height: fc.integer({ min: 1, max: 200 }), withNext: fc.boolean() })
      .map((part) => strip(part.height, part)),
  );
  fc.assert(
    fc.property(strips, (all) => {
      const pages = lay(all);
      assert.deepEqual(
        pages.flat().map((placed) => placed.strip),
        all,
      );
      for (const page of pages) {
        let end = TOP;
        for (const { strip, top } of page) {
          assert.ok(top >= end);
          end = top + strip.height;
        }
        assert.ok(end <= BOTTOM);
      }
    }),
  );
});
