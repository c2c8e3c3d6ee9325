import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { returnAddress } from './return-address.ts';

test('after signing in, the page that was asked for is opened', () => {
  assert.equal(returnAddress('/people/0190?tab=consent'), '/people/0190?tab=consent');
  assert.equal(returnAddress('/'), '/');
});

test('a link to the sign-in page cannot lead to another website', () => {
  const elsewhere = [
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example',
    '\\\\elsewhere.example',
    '/\t/elsewhere.example',
    '/./\\elsewhere.example',
    '/..//elsewhere.example',
    'javascript:alert(1)',
    '',
    'today',
    undefined,
    ['/today'],
  ];
  for (const address of elsewhere) assert.equal(returnAddress(address), null, String(address));
});

test('whatever was asked for, a browser stays on our own site', () => {
  const ours = 'https://throughline.example';
  const pieces = fc.array(
    fc.constantFrom('/', '\\', '.', '..', ':', '@', 'a', '//', '%2f', '\t', '?', '#', 'http:'),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        pieces.map((parts) => `/${parts.join('')}`),
      ),
      (asked) => {
        const address = returnAddress(asked);
        if (address !== null) assert.equal(new URL(address, ours).origin, ours);
      },
    ),
  );
});

test('nobody is brought back to signing in or out', () => {
  for (const address of [
    '/sign-in',
    '/sign-in/return?code=x',
    '/lock',
    '/choose-role',
    '/signed-out',
    '/api/x',
  ])
    assert.equal(returnAddress(address), null, address);
  assert.equal(returnAddress('/locksmiths'), '/locksmiths');
});
