import assert from 'node:assert/strict';
import test from 'node:test';
import { isNeedKind, needKinds, needLabel } from './need-kinds.ts';

test('the needs vocabulary has no key and no label twice, and every key is kebab-case', () => {
  assert.equal(new Set(needKinds.map((kind) => kind.key)).size, needKinds.length);
  assert.equal(new Set(needKinds.map((kind) => kind.label)).size, needKinds.length);
  for (const kind of needKinds) assert.match(kind.key, /^[a-z]+(-[a-z]+)*$/);
});

test('every need has a label and a plain description that is a sentence', () => {
  for (const kind of needKinds) {
    assert.equal(needLabel(kind.key), kind.label);
    assert.match(kind.description, /^[A-Z].*\.$/);
  }
});

test('a word outside the vocabulary is not a need', () => {
  assert.equal(isNeedKind('housing'), true);
  assert.equal(isNeedKind('Housing'), false);
  assert.equal(isNeedKind('constructor'), false);
});
