import assert from 'node:assert/strict';
import test from 'node:test';
import { withClient } from '../src/platform/postgres/index.ts';
import { testDatabase } from '../src/platform/test-database.ts';
import { schemaTypes } from './db-types.ts';

test('generated types say what the driver gives: Temporal, numbers that fit, text for money, words for enums', async (t) => {
  const { ownerUrl, drop } = await testDatabase();
  t.after(drop);
  await withClient(ownerUrl, (client) =>
    client.query(`
      create type sample_mood as enum ('calm', 'upset');
      create table sample_types (
        id uuid primary key default uuidv7(),
        seen_at timestamptz not null default now(),
        born date,
        called time,
        big bigint not null,
        amount numeric not null,
        detail jsonb not null,
        mood sample_mood not null,
        place text not null check (place in ('cell', 'court')),
        moments timestamptz[] not null,
        words text[] not null
      )`),
  );
  const text = await schemaTypes(ownerUrl);
  const table = /export interface SampleTypes \{([^}]*)\}/.exec(text)?.[1];
  assert.deepEqual(
    table
      ?.trim()
      .split('\n')
      .map((line) => line.trim()),
    [
      'amount: NumericColumn;',
      'big: Bigint;',
      'born: PlainDateColumn | null;',
      'called: PlainTimeColumn | null;',
      'detail: JsonColumn;',
      'id: Generated<string>;',
      'moments: ArrayType<Timestamptz>;',
      'mood: SampleMood;',
      'place: string;',
      'seen_at: Generated<Timestamptz>;',
      'words: string[];',
    ],
  );
  assert.match(text, /export type SampleMood = 'calm' \| 'upset';/);
  assert.match(text, /import type \{[^}]*Timestamptz[^}]*\} from '\.\.\/src\/platform\/pg-types\.ts';/);
  assert.doesNotMatch(text, /schema_migration|\bDate\b/);
});
