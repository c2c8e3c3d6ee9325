import assert from 'node:assert/strict';
import test from 'node:test';
import { readerByLink } from './audit-actor.ts';

test('a reader by link is named without the number of the link', () => {
  assert.equal(readerByLink('DC Aled Price, by link 0190f3a0'), 'DC Aled Price');
  assert.equal(readerByLink('Hannah Osei'), null);
  assert.equal(readerByLink('Custody feed'), null);
});
