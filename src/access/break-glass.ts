import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import { writeToOutbox } from '../platform/outbox.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { auditActor } from './audit-actor.ts';
import type { RecordAccessAudit } from './audit-port.ts';
import {
  findBreakGlass,
  liveBreakGlass,
  privacyOfficers,
  saveBreakGlass,
  saveReview,
} from './break-glass-store.ts';
import type { BreakGlassReason, ReviewOutcome } from './break-glass-words.ts';
import { databaseContext, type SignedInViewer, type Viewer } from './viewer.ts';

/** What this module asks of the people module, which stands above it: app.ts passes it in. */
export interface BreakGlassPeople {
  /** Names of these people, as far as they exist in the viewer's area. Not a right to open them. */
  names(tx: Tx, viewer: Viewer, personIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Of these people, the ones the viewer may open already. */
  mayOpen(tx: Tx, viewer: Viewer, personIds: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
}

export interface BreakGlassParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: RecordAccessAudit;
  readonly people: BreakGlassPeople;
  /** How long a record stays open. One hour unless the area decides otherwise. */
  readonly breakGlassMinutes: number;
  readonly baseUrl: string;
}

export interface BreakGlassRequest {
  readonly personId: string;
  readonly reason: BreakGlassReason;
  readonly explanation: string;
  readonly reference: string;
}

/**
 * Opens one person's record for one worker for a limited time, with a reason (domain.md 6.5). Written down, and the
 * privacy officer is told that it happened, without who the person is. Asking again while it is open changes nothing.
 */
export async function openByBreakGlass(
  parts: BreakGlassParts,
  viewer: SignedInViewer,
  request: BreakGlassRequest,
): Promise<Outcome<'opened' | 'open-already', 'not-found'>> {
  const now = parts.clock.now();
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const known = await parts.people.names(tx, viewer, [request.personId]);
    if (!known.has(request.personId)) return refused('not-found', 'There is no such record.');
    // A second press waits here for the first and then finds the record open.
    await tx.selectFrom('session').select('id').where('id', '=', viewer.sessionId).forUpdate().execute();
    if ((await liveBreakGlass(tx, viewer, [request.personId], now)).size > 0) return done('open-already');
    const expiresAt = now.add({ minutes: parts.breakGlassMinutes });
    const id = await saveBreakGlass(tx, viewer, { ...request, openedAt: now, expiresAt });
    await parts.audit(tx, now, auditActor(viewer, request.reference), {
      action: 'break-glass',
      personId: request.personId,
      subjectKind: 'person',
      subjectId: id,
      detail: { reason: request.reason, until: expiresAt.toString() },
    });
    for (const email of await privacyOfficers(tx, viewer.areaId, now)) {
      await writeToOutbox(
        tx,
        {
          areaId: viewer.areaId,
          // Deliberately nobody: an alert carries no patient identity (domain.md 6.5).
          personId: null,
          channel: 'email',
          recipient: email,
          template: 'break-glass-notice',
          content: { worker: viewer.name, reason: request.reason, review: `${parts.baseUrl}/access-review` },
          causedBy: `break-glass ${id}`,
        },
        now,
      );
    }
    return done('opened');
  });
}

/**
 * The privacy officer's judgement of one opening. It can be judged again only while it waits for more information;
 * nobody judges their own.
 */
export async function reviewBreakGlass(
  parts: BreakGlassParts,
  viewer: SignedInViewer,
  review: {
    readonly id: string;
    readonly outcome: ReviewOutcome;
    readonly note: string;
    readonly reference: string;
  },
): Promise<Outcome<null, 'not-found' | 'reviewed-already' | 'your-own'>> {
  const now = parts.clock.now();
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const opening = await findBreakGlass(tx, viewer, review.id, 'for update');
    if (opening === undefined) return refused('not-found', 'There is no such access.');
    if (opening.workerId === viewer.workerId)
      return refused(
        'your-own',
        'You opened this record yourself, so another privacy officer must review it.',
      );
    if (opening.outcome !== null && opening.outcome !== 'more-information')
      return refused('reviewed-already', `${opening.reviewedBy ?? 'Somebody'} has reviewed this already.`);
    await saveReview(tx, viewer, review, now);
    await parts.audit(tx, now, auditActor(viewer, review.reference), {
      action: 'changed',
      personId: opening.personId,
      subjectKind: 'break-glass',
      subjectId: review.id,
      detail: { outcome: review.outcome },
    });
    return done(null);
  });
}
