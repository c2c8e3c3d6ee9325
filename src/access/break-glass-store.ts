import type { Tx } from '../platform/database.ts';
import { londonDate } from '../platform/clock.ts';
import {
  breakGlassReasons,
  isBreakGlassReason,
  isReviewOutcome,
  type ReviewOutcome,
} from './break-glass-words.ts';
import type { SignedInViewer } from './viewer.ts';

/** Of these people, the ones this worker has opened with a reason that is still within its time limit. */
export async function liveBreakGlass(
  tx: Tx,
  viewer: SignedInViewer,
  personIds: readonly string[],
  now: Temporal.Instant,
): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await tx
    .selectFrom('break_glass')
    .select('person_id')
    .where('worker_id', '=', viewer.workerId)
    .where('person_id', 'in', [...personIds])
    .where('expires_at', '>', now)
    .execute();
  return new Set(rows.map((row) => row.person_id));
}

/** Keeps one opening and answers its id. */
export async function saveBreakGlass(
  tx: Tx,
  viewer: SignedInViewer,
  opening: {
    readonly personId: string;
    readonly reason: string;
    readonly explanation: string;
    readonly openedAt: Temporal.Instant;
    readonly expiresAt: Temporal.Instant;
  },
): Promise<string> {
  const row = await tx
    .insertInto('break_glass')
    .values({
      area_id: viewer.areaId,
      worker_id: viewer.workerId,
      session_id: viewer.sessionId,
      person_id: opening.personId,
      reason: opening.reason,
      explanation: opening.explanation,
      opened_at: opening.openedAt,
      expires_at: opening.expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** E-mail addresses of the area's privacy officers. */
export async function privacyOfficers(
  tx: Tx,
  areaId: string,
  now: Temporal.Instant,
): Promise<readonly string[]> {
  const today = londonDate(now);
  const rows = await tx
    .selectFrom('worker')
    .innerJoin('worker_role', 'worker_role.worker_id', 'worker.id')
    .select('worker.email')
    .distinct()
    .where('worker.area_id', '=', areaId)
    .where('worker.active', '=', true)
    .where('worker_role.role', '=', 'privacy-officer')
    .where('worker_role.valid_from', '<=', today)
    .where((where) =>
      where.or([where('worker_role.valid_to', 'is', null), where('worker_role.valid_to', '>=', today)]),
    )
    .orderBy('worker.email')
    .execute();
  return rows.flatMap((row) => (row.email === null ? [] : [row.email]));
}

/** One opening, as the privacy officer judges it. */
export interface BreakGlass {
  readonly id: string;
  readonly personId: string;
  readonly workerId: string;
  readonly workerName: string;
  readonly reason: string;
  readonly explanation: string;
  readonly openedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  readonly outcome: ReviewOutcome | null;
  readonly note: string | null;
  readonly reviewedAt: Temporal.Instant | null;
  readonly reviewedBy: string | null;
}

function openings(tx: Tx, viewer: SignedInViewer) {
  return tx
    .selectFrom('break_glass')
    .innerJoin('worker', 'worker.id', 'break_glass.worker_id')
    .leftJoin('worker as reviewer', 'reviewer.id', 'break_glass.reviewed_by')
    .select([
      'break_glass.id',
      'break_glass.person_id',
      'break_glass.worker_id',
      'worker.name as worker_name',
      'break_glass.reason',
      'break_glass.explanation',
      'break_glass.opened_at',
      'break_glass.expires_at',
      'break_glass.review_outcome',
      'break_glass.review_note',
      'break_glass.reviewed_at',
      'reviewer.name as reviewer_name',
    ])
    .where('break_glass.area_id', '=', viewer.areaId);
}

type OpeningRow = Awaited<ReturnType<ReturnType<typeof openings>['executeTakeFirstOrThrow']>>;

function fromRow(row: OpeningRow): BreakGlass {
  const outcome = row.review_outcome;
  return {
    id: row.id,
    personId: row.person_id,
    workerId: row.worker_id,
    workerName: row.worker_name,
    reason: isBreakGlassReason(row.reason) ? breakGlassReasons[row.reason] : row.reason,
    explanation: row.explanation,
    openedAt: row.opened_at,
    expiresAt: row.expires_at,
    outcome: outcome !== null && isReviewOutcome(outcome) ? outcome : null,
    note: row.review_note,
    reviewedAt: row.reviewed_at,
    reviewedBy: row.reviewer_name,
  };
}

/** What nobody has settled yet, oldest first: at most 200, the page says when there are more. */
export async function waitingBreakGlass(tx: Tx, viewer: SignedInViewer): Promise<readonly BreakGlass[]> {
  const rows = await openings(tx, viewer)
    .where((where) =>
      where.or([
        where('break_glass.reviewed_at', 'is', null),
        where('break_glass.review_outcome', '=', 'more-information'),
      ]),
    )
    .orderBy('break_glass.opened_at')
    .limit(200)
    .execute();
  return rows.map(fromRow);
}

/** The last twenty that were settled. */
export async function settledBreakGlass(tx: Tx, viewer: SignedInViewer): Promise<readonly BreakGlass[]> {
  const rows = await openings(tx, viewer)
    .where('break_glass.review_outcome', 'in', ['justified', 'not-justified'])
    .orderBy('break_glass.reviewed_at', 'desc')
    .limit(20)
    .execute();
  return rows.map(fromRow);
}

/** One opening, in the viewer's area. `for update` when it is about to be judged. */
export async function findBreakGlass(
  tx: Tx,
  viewer: SignedInViewer,
  id: string,
  lock: 'for update' | 'no lock',
): Promise<BreakGlass | undefined> {
  let query = openings(tx, viewer).where('break_glass.id', '=', id);
  if (lock === 'for update') query = query.forUpdate('break_glass');
  const row = await query.executeTakeFirst();
  return row === undefined ? undefined : fromRow(row);
}

/** Keeps the judgement. */
export async function saveReview(
  tx: Tx,
  viewer: SignedInViewer,
  review: { readonly id: string; readonly outcome: ReviewOutcome; readonly note: string },
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('break_glass')
    .set({
      reviewed_by: viewer.workerId,
      reviewed_at: now,
      review_outcome: review.outcome,
      review_note: review.note === '' ? null : review.note,
    })
    .where('id', '=', review.id)
    .where('area_id', '=', viewer.areaId)
    .execute();
}
