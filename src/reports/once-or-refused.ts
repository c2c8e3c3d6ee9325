import { databaseContext, type SignedInViewer } from '../access/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import { onceOnly, type KeyedResult } from '../platform/forms/idempotency.ts';
import { refused, type Outcome } from '../platform/result.ts';

class RefusedInside extends Error {}

/**
 * Carries out a use case once for the key of its form, in one transaction. A refusal leaves the transaction and with it
 * the key, so that the corrected form is the first that counts. A second press answers with `again` true.
 */
export async function onceOrRefused<R extends KeyedResult, Code extends string>(
  database: Database,
  viewer: SignedInViewer,
  key: string,
  route: string,
  work: (tx: Tx) => Promise<Outcome<R, Code>>,
): Promise<Outcome<{ readonly result: R; readonly again: boolean }, Code | 'key-used'>> {
  const kept: { refusal?: Outcome<never, Code> } = {};
  const once = await database
    .transaction(databaseContext(viewer), (tx) =>
      onceOnly<R>(tx, key, route, async () => {
        const outcome = await work(tx);
        if (outcome.ok) return outcome.value;
        kept.refusal = outcome;
        throw new RefusedInside();
      }),
    )
    .catch((fault: unknown) => {
      if (fault instanceof RefusedInside) return null;
      throw fault;
    });
  if (once !== null) return once;
  return kept.refusal ?? refused('key-used', 'This form was already used. Open it again and send it.');
}
