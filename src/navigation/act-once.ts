import type { FastifyReply, FastifyRequest } from 'fastify';
import { databaseContext, viewerOf, type SignedInViewer } from '../access/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Clock } from '../platform/clock.ts';
import { keyOf, onceOnly, type KeyedResult } from '../platform/forms/idempotency.ts';
import { refused, type Outcome, type Refusal } from '../platform/result.ts';

/** A refusal on its way out of a transaction: nothing of a refused act is kept, not even its form's key. */
class RefusedAct extends Error {
  readonly refusal: Refusal<string>;
  constructor(refusal: Refusal<string>) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** What an act is given. */
export interface ActScope {
  readonly tx: Tx;
  readonly viewer: SignedInViewer;
  readonly now: Temporal.Instant;
  readonly reference: string;
}

/**
 * Carries out what a form asks, once for the form's key: a second press leads where the first did. A refused act
 * leaves the key free, so that the same form can be corrected and sent again.
 */
export async function actOnce<R extends KeyedResult, Code extends string>(
  parts: { readonly database: Database; readonly clock: Clock },
  request: FastifyRequest,
  work: (scope: ActScope) => Promise<Outcome<R, Code>>,
): Promise<Outcome<R, Code | 'no-key' | 'key-used'>> {
  const viewer = viewerOf(request);
  const key = keyOf(request.body);
  if (key === undefined) return refused('no-key', 'This form was not complete. Open the page again.');
  const now = parts.clock.now();
  try {
    return await parts.database.transaction(databaseContext(viewer), async (tx) => {
      const once = await onceOnly(tx, key, request.url, async () => {
        const outcome = await work({ tx, viewer, now, reference: request.reference });
        if (!outcome.ok) throw new RefusedAct(outcome.refusal);
        return outcome.value;
      });
      return once.ok ? { ok: true as const, value: once.value.result } : once;
    });
  } catch (fault) {
    // Every code in it came from this work's own closed set.
    if (fault instanceof RefusedAct) return { ok: false, refusal: fault.refusal as Refusal<Code> };
    throw fault;
  }
}

const statuses: Readonly<Record<string, number>> = {
  'no-key': 400,
  'key-used': 400,
  'needs-reason': 422,
  'needs-receiver': 422,
  'needs-words': 422,
  'not-for-you': 403,
  'not-safe': 422,
  'not-agreed': 422,
};

/** The page for a refusal that has no form to go back to. What may not be seen is not found. */
export async function refuseAct(reply: FastifyReply, refusal: Refusal<string>): Promise<FastifyReply> {
  return refusal.code === 'not-found'
    ? reply.missing()
    : reply.refusal(refusal, statuses[refusal.code] ?? 409);
}

/** Back to the list the button was on, when it says so; never to an address from outside. */
export function backTo(body: unknown, otherwise: string): string {
  const back = typeof body === 'object' && body !== null && 'back' in body ? body.back : undefined;
  return back === 'today' || back === 'handovers' || back === 'team' ? `/${back}` : otherwise;
}
