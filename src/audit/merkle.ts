import { createHash } from 'node:crypto';

// The Merkle tree of RFC 6962 section 2.1: leaves are hashed with the prefix 0x00 (record-audit.ts does it), inner
// nodes with 0x01, so that an inner node can never pass for a leaf.

const NODE = Buffer.from([1]);

function hashPair(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

/** The largest power of two smaller than n (n > 1). */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The root over leaf hashes in order. An empty list has the hash of nothing, as RFC 6962 says. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest();
  // Level by level: an odd node moves up unchanged, which is the same tree as the recursive definition.
  let level = [...leaves];
  while (level.length > 1) {
    const next: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i];
      const right = level[i + 1];
      if (left === undefined) continue;
      next.push(right === undefined ? left : hashPair(left, right));
    }
    level = next;
  }
  return level[0] ?? createHash('sha256').digest();
}

/** What proves that leaf `index` stands in the tree: its siblings from the bottom up (RFC 6962 section 2.1.1). */
export function inclusionProof(leaves: readonly Buffer[], index: number): Buffer[] {
  if (index < 0 || index >= leaves.length) throw new RangeError('There is no leaf at that place');
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return index < k
    ? [...inclusionProof(leaves.slice(0, k), index), merkleRoot(leaves.slice(k))]
    : [...inclusionProof(leaves.slice(k), index - k), merkleRoot(leaves.slice(0, k))];
}

/** The root that a leaf and its proof lead to, for a tree of `size` leaves. */
export function rootFromProof(leaf: Buffer, index: number, size: number, proof: readonly Buffer[]): Buffer {
  if (size === 1) return leaf;
  const k = split(size);
  const sibling = proof.at(-1);
  if (sibling === undefined) throw new RangeError('The proof is too short for a tree of that size');
  const rest = proof.slice(0, -1);
  return index < k
    ? hashPair(rootFromProof(leaf, index, k, rest), sibling)
    : hashPair(sibling, rootFromProof(leaf, index - k, size - k, rest));
}
