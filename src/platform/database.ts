import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { DB } from '../../db/schema.ts';
import { arrayLists } from './array-lists.ts';
import { pgTypes } from './pg-types.ts';

/** The generated types of every table (db/schema.ts). */
export type { DB } from '../../db/schema.ts';
/** A transaction whose viewer is set: the only thing that can read or write. */
export type Tx = Transaction<DB>;

/**
 * Who is asking, as the row-level policies understand it (db/migrations/0001-foundation.sql).
 * Without one there is no transaction, and without an area there are no rows.
 */
export interface DatabaseContext {
  readonly kind:
    'staff' | 'system' | 'partner' | 'justice' | 'commissioner' | 'administrator' | 'link' | 'nobody';
  readonly area: string | null;
  readonly worker?: string;
  readonly service?: string;
  /** SHA-256 of a single-purpose link's token, in hex. */
  readonly linkToken?: string;
  /** The one report or referral that link opens. */
  readonly linkSubject?: string;
}

/** The database as the program sees it: transactions with a viewer, nothing else. */
export interface Database {
  /**
   * Runs work in one READ COMMITTED transaction as this viewer. A deadlock or a serialisation failure is tried
   * again, three times at most, so work must have no effect outside the transaction.
   */
  transaction<T>(context: DatabaseContext, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** True when a connection answers; for /health/ready. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly appUrl: string;
  /** Set when appUrl is not the program's own role: every connection switches to this role first. */
  readonly appRole?: string | undefined;
  /** Connections at most. Default 10: two cores serve no more at once (performance.md 2.4). */
  readonly poolSize?: number;
}

const counters = new AsyncLocalStorage<{ queries: string[] }>();

/** The SQL that `work` sent, so that a test can assert that a list of 50 costs what a list of 5 does. */
export async function countQueries<T>(
  work: () => Promise<T>,
): Promise<{ value: T; queries: readonly string[] }> {
  const store = { queries: [] as string[] };
  const value = await counters.run(store, work);
  return { value, queries: store.queries };
}

// Named prepared statements twice the throughput (performance.md 2). A connection keeps at most this many:
// lists of varying length would otherwise fill its memory with plans.
const NAMED_AT_MOST = 400;

/** Makes a connection send parameterised text as a named statement. Kysely calls query(text, values); only that shape changes. */
function nameStatements(client: pg.PoolClient): void {
  const names = new Map<string, string>();
  const plain = client.query.bind(client) as (...args: unknown[]) => unknown;
  const naming = (...args: unknown[]): unknown => {
    const [text, values] = args;
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0 || args.length !== 2)
      return plain(...args);
    let name = names.get(text);
    if (name === undefined && names.size < NAMED_AT_MOST) {
      name = createHash('sha1').update(text).digest('base64url');
      names.set(text, name);
    }
    return name === undefined ? plain(text, values) : plain({ name, text, values });
  };
  client.query = naming as typeof client.query;
}

/** Opens the pool. Nothing is read until a transaction names its viewer. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.appUrl,
    types: pgTypes,
    max: options.poolSize ?? 10,
    // A page that cannot get a connection in five seconds says so instead of hanging.
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    options: '-c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000',
  });
  pool.on('error', () => {
    // An idle connection was lost (the database restarted): the pool opens another when it is asked.
  });
  pool.on('connect', (client) => {
    nameStatements(client);
    if (options.appRole !== undefined) void client.query(`set role ${pg.escapeIdentifier(options.appRole)}`);
  });
  const kysely = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [arrayLists],
    log: (event) => {
      counters.getStore()?.queries.push(event.query.sql);
    },
  });
  return {
    transaction: (context, work) => runTransaction(kysely, context, work),
    isReady: async () => {
      try {
        await pool.query('select 1');
        return true;
      } catch {
        return false;
      }
    },
    close: async () => {
      await kysely.destroy();
    },
  };
}

const TRY_AGAIN = new Set(['40001', '40P01']);

async function runTransaction<T>(
  kysely: Kysely<DB>,
  context: DatabaseContext,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await kysely.transaction().execute(async (tx) => {
        await setContext(tx, context);
        return work(tx);
      });
    } catch (fault) {
      const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
      if (attempt >= 3 || !TRY_AGAIN.has(code)) throw fault;
      await wait(10 * attempt + Math.random() * 20);
    }
  }
}

/** Sets who is asking for the rest of this transaction; also used by commands that bring their own connection. */
export async function setContext(tx: Tx, context: DatabaseContext): Promise<void> {
  await sql`select set_config('app.viewer_kind', ${context.kind}, true),
    set_config('app.area', ${context.area ?? ''}, true),
    set_config('app.worker', ${context.worker ?? ''}, true),
    set_config('app.service', ${context.service ?? ''}, true),
    set_config('app.link_token', ${context.linkToken ?? ''}, true),
    set_config('app.link_subject', ${context.linkSubject ?? ''}, true)`.execute(tx);
}
