import assert from 'node:assert/strict';
import test from 'node:test';
import { readConfig } from './config.ts';

test('without any setting it serves the demonstration on this machine only', () => {
  const config = readConfig({});
  assert.equal(config.baseUrl, 'http://127.0.0.1:3000');
  assert.equal(config.demonstration, true);
  assert.equal(config.oidc, undefined);
});

test('a wrong value stops the start and names itself', () => {
  assert.throws(() => readConfig({ PORT: 'three thousand' }), /PORT/);
  assert.throws(() => readConfig({ DATABASE_URL: 'mysql://x' }), /DATABASE_URL/);
  assert.throws(() => readConfig({ OIDC_ISSUER: 'https://id.example' }), /OIDC_CLIENT_ID/);
});

test('production refuses the demonstration and invented people', () => {
  assert.throws(() => readConfig({ NODE_ENV: 'production', BASE_URL: 'https://x.example' }), /OIDC_ISSUER/);
  assert.throws(
    () =>
      readConfig({
        NODE_ENV: 'production',
        DEMONSTRATION: 'true',
        BASE_URL: 'https://x.example',
        OIDC_ISSUER: 'https://id.example',
        OIDC_CLIENT_ID: 'throughline',
        OIDC_CLIENT_SECRET: 'a-long-enough-secret',
      }),
    /DEMONSTRATION/,
  );
});

test('an empty setting counts as not given', () => {
  assert.equal(readConfig({ PORT: '' }).port, 3000);
});
