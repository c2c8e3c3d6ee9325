import pg from 'pg';
import type { Database } from '../../platform/database.ts';
import { demonstrationAreaOf } from './ground.ts';

/** What the audit holds is never emptied: who saw and did what stays provable, also in a demonstration. */
const KEPT = ['audit_event', 'audit_batch'];
const PLATFORM = ['draft', 'idempotency_key', 'sign_in_attempt', 'used_logout_token'];

/**
 * Empties a database that holds demonstrations only, down to the tables of rules that migrations filled. Refuses when
 * any area in it is not a demonstration.
 */
export async function emptyDemonstration(owner: Database, ownerUrl: string): Promise<void> {
  await demonstrationAreaOf(owner);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    const tables = await tablesOfAreas(client);
    const names = tables.map((table) => pg.escapeIdentifier(table)).join(', ');
    await client.query(`truncate ${names}`);
    // A rule may belong to an area or to all: those of all are the product's own.
    for (const table of await tablesOfRules(client))
      await client.query(`delete from ${pg.escapeIdentifier(table)} where area_id is not null`);
    await client.query(`select set_config('app.viewer_kind', 'system', true)`);
    await client.query('delete from area');
    await client.query('commit');
  } catch (fault) {
    await client.query('rollback');
    throw fault;
  } finally {
    await client.end();
  }
}

/** Tables whose every row belongs to an area, the platform's own, and whatever refers to one of them. */
async function tablesOfAreas(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `with recursive emptied (oid) as (
       select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind = 'r' and not c.relispartition and (c.relname = any($1) or exists (
         select from pg_attribute a where a.attrelid = c.oid and a.attname = 'area_id' and a.attnotnull))
       union
       select f.conrelid from pg_constraint f join emptied on emptied.oid = f.confrelid where f.contype = 'f'
     )
     select c.relname as name from pg_class c join emptied on emptied.oid = c.oid
     where c.relname <> all($2) order by 1`,
    [PLATFORM, KEPT],
  );
  return rows.map((row) => row.name);
}

async function tablesOfRules(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid
     where n.nspname = 'public' and c.relkind = 'r' and not c.relispartition and a.attname = 'area_id'
       and not a.attnotnull and c.relname <> all($1) order by 1`,
    [KEPT],
  );
  return rows.map((row) => row.name);
}
