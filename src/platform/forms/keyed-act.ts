import { randomUUID } from 'node:crypto';
import type { Database, DatabaseContext, Tx } from '../database.ts';
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
 * Carries out what a form asks for, once for its key, in a transaction of its own. A second press, also one at the
 * same moment, waits and gets the first one's result. A refusal rolls everything back, so that the form can be put
 * right and sent again with the same key.
 */
export async function keyedAct<R extends KeyedResult, Code extends string>(
  database: Database,
  context: DatabaseContext,
  form: { readonly body: unknown; readonly route: string },
  work: (tx: Tx) => Promise<Outcome<R, Code>>,
): Promise<Outcome<R, Code | 'key-used'>> {
  const key = keyOf(form.body) ?? randomUUID();
  try {
    return await database.transaction(context, async (tx) => {
      const once = await onceOnly(tx, key, form.route, async () => {
        const outcome = await work(tx);
        if (!outcome.ok) throw new ActRefused(outcome.refusal);
        return outcome.value;
      });
      return once.ok ? { ok: true as const, value: once.value.result } : once;
    });
  } catch (thrown) {
    // The code came out of `work`, whose codes are Code.
    if (thrown instanceof ActRefused) return { ok: false, refusal: thrown.refusal as Refusal<Code> };
    throw thrown;
  }
}
