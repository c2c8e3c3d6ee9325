import { randomUUID } from 'node:crypto';
import type { Database, DatabaseContext, Tx } from '../database.ts';
import { done } from '../result.ts';
import type { Outcome, Refusal } from '../result.ts';
import { keyOf, onceOnly } from './idempotency.ts';
import type { KeyedResult } from './idempotency.ts';

/** Leaves the transaction, so that a refused act keeps nothing: not even its key, which may then be used again. */
class ActRefused extends Error {
  readonly refusal: Refusal<string>;
  constructor(refusal: Refusal<string>) {
    super('refused');
    this.refusal = refusal;
  }
}

/**
 * Carries out a use case once for the key of its form, in a transaction of its own. A second press, also one at the
 * same moment, waits and gets the first one's result, with `again` true. A refusal rolls everything back, the key
 * too, so that the form can be put right and sent again. Refuses `key-used` for a key of another route.
 */
export async function onceOrRefused<R extends KeyedResult, Code extends string>(
  database: Database,
  context: DatabaseContext,
  form: { readonly key: string; readonly route: string },
  work: (tx: Tx) => Promise<Outcome<R, Code>>,
): Promise<Outcome<{ readonly result: R; readonly again: boolean }, Code | 'key-used'>> {
  try {
    return await database.transaction(context, (tx) =>
      onceOnly(tx, form.key, form.route, async () => {
        const outcome = await work(tx);
        if (!outcome.ok) throw new ActRefused(outcome.refusal);
        return outcome.value;
      }),
    );
  } catch (thrown) {
    // The code came out of `work`, whose codes are Code.
    if (thrown instanceof ActRefused) return { ok: false, refusal: thrown.refusal as Refusal<Code> };
    throw thrown;
  }
}

/** The same for a form as it was posted, when it does not matter whether it was pressed before. */
export async function keyedAct<R extends KeyedResult, Code extends string>(
  database: Database,
  context: DatabaseContext,
  form: { readonly body: unknown; readonly route: string },
  work: (tx: Tx) => Promise<Outcome<R, Code>>,
): Promise<Outcome<R, Code | 'key-used'>> {
  const key = keyOf(form.body) ?? randomUUID();
  const once = await onceOrRefused(database, context, { key, route: form.route }, work);
  return once.ok ? done(once.value.result) : once;
}
