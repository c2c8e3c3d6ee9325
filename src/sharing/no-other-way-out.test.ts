import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import test from 'node:test';

// There is one decision point, and no other way out: whoever writes a message to somebody outside, or makes a link that
// opens without an account, calls discloseItems in the same file, so that what goes was decided item by item.

const src = join(import.meta.dirname, '..');

/** What makes something leave: the outbox, written through its function or past it, and links without an account. */
const waysOut: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: 'writes an outbound message',
    pattern:
      /\bwriteToOutbox\s*\(|insertInto\(\s*['"`]outbound_message['"`]|insert\s+into\s+outbound_message/i,
  },
  {
    what: 'makes a single-purpose link',
    pattern:
      /\bmakeLink\s*\(|insertInto\(\s*['"`]single_purpose_link['"`]|insert\s+into\s+single_purpose_link/i,
  },
];

/**
 * Files that may do it without a disclosure, each with why. A file is added here only when nothing about a person
 * leaves, or what leaves goes to the person themselves; anything else calls discloseItems.
 */
const allowed: Readonly<Record<string, string>> = {
  'platform/outbox.ts': 'The outbox itself: whoever calls writeToOutbox is judged where they call it.',
  'access/break-glass.ts': 'Tells the privacy officer that there is something to look at; names nobody.',
  'navigation/chase-handovers.ts': 'Tells a lead’s mailbox how many handovers wait; names nobody.',
};

interface WayOut {
  readonly file: string;
  readonly what: string;
  readonly decides: boolean;
}

/** Every way out in these texts, and whether the file that has it also discloses. */
function findWaysOut(files: ReadonlyMap<string, string>): readonly WayOut[] {
  return [...files].flatMap(([file, text]) =>
    waysOut
      .filter((way) => way.pattern.test(text))
      .map((way) => ({ file, what: way.what, decides: /\bdiscloseItems\s*\(/.test(text) })),
  );
}

function sources(): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      // Invented data of tests and demonstrations is written as if it had been sent; nothing leaves by it.
      .filter((file) => !/(^|\/)(test-|demo)/.test(file))
      .map((file) => [relative(src, join(src, file)), readFileSync(join(src, file), 'utf8')]),
  );
}

test('whatever leaves was decided by the one decision point', () => {
  const faults = findWaysOut(sources())
    .filter((way) => !way.decides && !Object.hasOwn(allowed, way.file))
    .map((way) => `${way.file} ${way.what} without discloseItems`);
  assert.deepEqual(faults, []);
});

test('a file that sends without deciding would be found', () => {
  const found = findWaysOut(
    new Map([
      ['letters/send.ts', "tx.insertInto('outbound_message').values({})"],
      ['letters/outbox.ts', 'await writeToOutbox(tx, letter, now)'],
      ['letters/link.ts', 'sql`insert into single_purpose_link (token_hash) values (1)`'],
      ['reports/send.ts', "await discloseItems(tx, viewer, x); tx.insertInto(\n'single_purpose_link')"],
      ['reports/read.ts', "tx.selectFrom('outbound_message')"],
    ]),
  );
  assert.deepEqual(
    found.map((way) => [way.file, way.decides]),
    [
      ['letters/send.ts', false],
      ['letters/outbox.ts', false],
      ['letters/link.ts', false],
      ['reports/send.ts', true],
    ],
  );
});

test('a file that is allowed still sends something: the list does not outlive its reason', () => {
  const files = new Set(findWaysOut(sources()).map((way) => way.file));
  assert.deepEqual(
    Object.keys(allowed).filter((file) => !files.has(file)),
    [],
  );
});

test('only the sharing module writes disclosures', () => {
  const writers = [...sources()]
    .filter(([, text]) => /insertInto\(\s*['"`]disclosure(_item)?['"`]/.test(text))
    .map(([file]) => file);
  assert.deepEqual(writers, ['sharing/disclose-items.ts']);
});
