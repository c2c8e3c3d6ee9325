import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { inclusionProof, merkleRoot, rootFromProof } from './merkle.ts';

const leafOf = (data: Uint8Array) =>
  createHash('sha256')
    .update(Buffer.from([0]))
    .update(data)
    .digest();

test('the empty tree has the hash of nothing (RFC 6962 2.1)', () => {
  assert.equal(
    merkleRoot([]).toString('hex'),
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
});

test('a tree of one empty leaf has the root that RFC 6962 implementations publish', () => {
  assert.equal(
    merkleRoot([leafOf(new Uint8Array())]).toString('hex'),
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  );
});

test('the eight published test leaves give the published root', () => {
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  assert.equal(
    merkleRoot(inputs.map((hex) => leafOf(Buffer.from(hex, 'hex')))).toString('hex'),
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  );
});

test('every leaf of every tree proves its place, and no other leaf does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 8 }), { minLength: 1, maxLength: 70 }),
      fc.nat(),
      (data, at) => {
        const leaves = data.map(leafOf);
        const index = at % leaves.length;
        const leaf = leaves[index] ?? Buffer.alloc(0);
        const proof = inclusionProof(leaves, index);
        assert.deepEqual(rootFromProof(leaf, index, leaves.length, proof), merkleRoot(leaves));
        const other = leafOf(Buffer.from('another'));
        assert.notDeepEqual(rootFromProof(other, index, leaves.length, proof), merkleRoot(leaves));
      },
    ),
  );
});
