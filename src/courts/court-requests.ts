import { auditActor, databaseContext, type SignedInViewer, type Viewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import { onceOnly } from '../platform/forms/idempotency.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { mayUseCourt } from './court-access.ts';
import { listedPerson } from './match-store.ts';

export interface RequestParts {
  readonly database: Database;
  readonly clock: Clock;
}

/** A question of the court, in its words, and where it stands. */
export interface CourtRequest {
  readonly id: string;
  readonly siteId: string;
  readonly appearanceId: string | null;
  readonly personId: string | null;
  readonly about: string | null;
  readonly question: string;
  readonly askedBy: string;
  readonly askedAt: Temporal.Instant;
  readonly neededBy: Temporal.Instant;
  readonly reportWanted: boolean;
  readonly takenBy: string | null;
  readonly takenByName: string | null;
  readonly takenAt: Temporal.Instant | null;
  readonly answer: string | null;
  readonly answeredTo: string | null;
  readonly answeredByName: string | null;
  readonly answeredAt: Temporal.Instant | null;
}

function select(tx: Tx) {
  return tx
    .selectFrom('court_request as q')
    .leftJoin('worker as t', 't.id', 'q.taken_by')
    .leftJoin('worker as w', 'w.id', 'q.answered_by')
    .select([
      'q.id',
      'q.site_id as siteId',
      'q.appearance_id as appearanceId',
      'q.person_id as personId',
      'q.about',
      'q.question',
      'q.asked_by as askedBy',
      'q.asked_at as askedAt',
      'q.needed_by as neededBy',
      'q.report_wanted as reportWanted',
      'q.taken_by as takenBy',
      't.name as takenByName',
      'q.taken_at as takenAt',
      'q.answer',
      'q.answered_to as answeredTo',
      'w.name as answeredByName',
      'q.answered_at as answeredAt',
    ]);
}

/** What a court asked and wants by the end of this day: the open ones of any day, and those answered on it. */
export async function requestsOfCourt(
  tx: Tx,
  _viewer: Viewer,
  siteId: string,
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<readonly CourtRequest[]> {
  return select(tx)
    .where('q.site_id', '=', siteId)
    .where('q.needed_by', '<', to)
    .where((eb) => eb.or([eb('q.answered_at', 'is', null), eb('q.answered_at', '>=', from)]))
    .orderBy('q.needed_by')
    .limit(100)
    .execute();
}

/** What the court is waiting for about one person. */
export async function openRequestsAbout(
  tx: Tx,
  _viewer: Viewer,
  personId: string,
): Promise<readonly CourtRequest[]> {
  return select(tx)
    .where('q.person_id', '=', personId)
    .where('q.answered_at', 'is', null)
    .orderBy('q.needed_by')
    .limit(20)
    .execute();
}

/** One request of a court the viewer works at. */
export async function findRequest(tx: Tx, viewer: Viewer, id: string): Promise<CourtRequest | null> {
  const row = await select(tx).where('q.id', '=', id).executeTakeFirst();
  return row === undefined || !mayUseCourt(viewer, row.siteId) ? null : row;
}

/** What somebody at court asked for, as the practitioner wrote it down. */
export interface NewCourtRequest {
  readonly siteId: string;
  readonly appearanceId: string | null;
  /** Whom it is about when it is nobody on the list: "Courtroom 6, no name yet". */
  readonly about: string | null;
  readonly question: string;
  readonly askedBy: string;
  readonly neededBy: Temporal.Instant;
  readonly reportWanted: boolean;
}

/** Writes down what the court asked. Refuses a court that is not the viewer's and a person not on its list. */
export function recordCourtRequest(
  parts: RequestParts,
  viewer: SignedInViewer,
  input: NewCourtRequest & { readonly key: string; readonly reference: string },
): Promise<Outcome<{ requestId: string }, 'not-found' | 'key-used'>> {
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    if (!mayUseCourt(viewer, input.siteId)) return refused('not-found', 'This is not a court you work at.');
    const listed =
      input.appearanceId === null
        ? null
        : await listedPerson(tx, viewer, input.appearanceId, { lock: false });
    if (input.appearanceId !== null && listed?.siteId !== input.siteId)
      return refused('not-found', 'That person is not on a list of this court.');
    const now = parts.clock.now();
    const once = await onceOnly(tx, input.key, 'court-request', async () => {
      const row = await tx
        .insertInto('court_request')
        .values({
          area_id: viewer.areaId,
          site_id: input.siteId,
          appearance_id: input.appearanceId,
          person_id: listed?.personId ?? null,
          about: input.about,
          question: input.question,
          asked_by: input.askedBy,
          asked_at: now,
          needed_by: input.neededBy,
          report_wanted: input.reportWanted,
          recorded_by: viewer.workerId,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await recordAudit(tx, now, auditActor(viewer, input.reference), {
        action: 'created',
        personId: listed?.personId ?? null,
        subjectKind: 'court request',
        subjectId: row.id,
        detail: { reportWanted: input.reportWanted },
      });
      await touchRequest(tx, input.siteId, listed?.personId ?? null);
      return { requestId: row.id };
    });
    return once.ok ? done(once.value.result) : once;
  });
}

/** "I will answer": the first who says so has it, and the second is told who. */
export function takeCourtRequest(
  parts: RequestParts,
  viewer: SignedInViewer,
  input: { readonly requestId: string; readonly reference: string },
): Promise<Outcome<CourtRequest, 'not-found' | 'taken' | 'answered'>> {
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const now = parts.clock.now();
    const request = await lockRequest(tx, viewer, input.requestId);
    if (request === null) return refused('not-found', 'This is not a request of a court you work at.');
    if (request.answeredAt !== null)
      return refused('answered', `${request.answeredByName ?? 'Somebody'} has answered this already.`);
    if (request.takenBy === viewer.workerId) return done(request);
    if (request.takenBy !== null)
      return refused('taken', `${request.takenByName ?? 'Somebody else'} has said they will answer this.`);
    await tx
      .updateTable('court_request')
      .set({ taken_by: viewer.workerId, taken_at: now })
      .where('id', '=', request.id)
      .execute();
    await recordAudit(tx, now, auditActor(viewer, input.reference), {
      action: 'changed',
      personId: request.personId,
      subjectKind: 'court request',
      subjectId: request.id,
      detail: { taken: true },
    });
    await touchRequest(tx, request.siteId, request.personId);
    return done({ ...request, takenBy: viewer.workerId, takenByName: viewer.name, takenAt: now });
  });
}

/** Records what was answered and to whom. Refused once it is answered: the first answer is what the court heard. */
export function answerCourtRequest(
  parts: RequestParts,
  viewer: SignedInViewer,
  input: {
    readonly requestId: string;
    readonly answer: string;
    readonly answeredTo: string;
    readonly reference: string;
  },
): Promise<Outcome<CourtRequest, 'not-found' | 'answered'>> {
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const now = parts.clock.now();
    const request = await lockRequest(tx, viewer, input.requestId);
    if (request === null) return refused('not-found', 'This is not a request of a court you work at.');
    if (request.answeredAt !== null)
      return refused('answered', `${request.answeredByName ?? 'Somebody'} has answered this already.`);
    await tx
      .updateTable('court_request')
      .set({
        answer: input.answer,
        answered_to: input.answeredTo,
        answered_by: viewer.workerId,
        answered_at: now,
        taken_by: request.takenBy ?? viewer.workerId,
        taken_at: request.takenAt ?? now,
      })
      .where('id', '=', request.id)
      .execute();
    await recordAudit(tx, now, auditActor(viewer, input.reference), {
      action: 'changed',
      personId: request.personId,
      subjectKind: 'court request',
      subjectId: request.id,
      detail: { answered: true },
    });
    await touchRequest(tx, request.siteId, request.personId);
    return done({ ...request, answer: input.answer, answeredAt: now });
  });
}

async function lockRequest(tx: Tx, viewer: Viewer, id: string): Promise<CourtRequest | null> {
  await tx.selectFrom('court_request').select('id').where('id', '=', id).forUpdate().execute();
  return findRequest(tx, viewer, id);
}

async function touchRequest(tx: Tx, siteId: string, personId: string | null): Promise<void> {
  await touch(tx, [`court:${siteId}`, ...(personId === null ? [] : [`person:${personId}`])]);
}
