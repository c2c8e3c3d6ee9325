import type { FastifyReply, FastifyRequest } from 'fastify';
import { databaseContext, viewerOf, type SignedInViewer } from '../access/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Clock } from '../platform/clock.ts';
import { keyOf, type KeyedResult } from '../platform/forms/idempotency.ts';
import { keyedAct } from '../platform/forms/keyed-act.ts';
import { refused, type Outcome, type Refusal } from '../platform/result.ts';

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
  if (keyOf(request.body) === undefined)
    return refused('no-key', 'This form was not complete. Open the page again.');
  const now = parts.clock.now();
  return keyedAct(parts.database, databaseContext(viewer), { body: request.body, route: request.url }, (tx) =>
    work({ tx, viewer, now, reference: request.reference }),
  );
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
