import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';
import { done, refused } from '../result.ts';
import type { Outcome } from '../result.ts';
import { oneText, typedBody } from './form.ts';

/** JSON that says where the first attempt led: usually the id of what was made. */
export type KeyedResult = Readonly<Record<string, string | number | boolean | null>>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The key a form carried (`parts/form-keys.njk`). Undefined when it is missing or not a key. */
export function keyOf(body: unknown): string | undefined {
  const key = oneText(typedBody(body), '_key');
  return uuid.test(key) ? key.toLowerCase() : undefined;
}

/**
 * Carries out `work` once for a key, inside the caller's transaction: the key is kept exactly when the work
 * is. A second press waits for the first (the unique index makes it) and gets the first one's result, with
 * `again` true. A key that was used on another route is refused: it is not the same act.
 */
export async function onceOnly<R extends KeyedResult>(
  tx: QueryExecutorProvider,
  key: string,
  route: string,
  work: () => Promise<R>,
): Promise<Outcome<{ readonly result: R; readonly again: boolean }, 'key-used'>> {
  const claimed = await sql<{ key: string }>`
    insert into idempotency_key (key, route, result) values (${key}::uuid, ${route}, null)
    on conflict (key) do nothing returning key::text`.execute(tx);
  if (claimed.rows.length > 0) {
    const result = await work();
    await sql`update idempotency_key set result = ${JSON.stringify(result)}::jsonb where key = ${key}::uuid`.execute(
      tx,
    );
    return done({ result, again: false });
  }
  const first = await sql<{ route: string; result: R }>`
    select route, result from idempotency_key where key = ${key}::uuid`.execute(tx);
  const row = first.rows[0];
  if (row === undefined || row.route !== route)
    return refused('key-used', 'This form was already used for something else. Open it again and send it.');
  return done({ result: row.result, again: true });
}
