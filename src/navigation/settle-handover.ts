import { auditActor, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { People } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome, type Refusal } from '../platform/result.ts';
import { assignmentsOf, assignTo, endAssignment } from './caseload-store.ts';
import { startCalls } from './follow-up-store.ts';
import { acceptBy } from './handover-clock.ts';
import {
  decideHandover,
  isOutside,
  type Handover,
  type HandoverAct,
  type HandoverRefusal,
  type Receiver,
} from './handover.ts';
import { isReceiver, lockHandover, saveHandover } from './handover-store.ts';
import { handoverTopics, supportTopics } from './live-topics.ts';
import { handoverRule } from './rule-store.ts';

/** Why a handover was not settled. `not-found` is also what somebody is told who may not see the person. */
export type SettleRefusal = HandoverRefusal | 'not-found' | 'not-for-you';

/** What every one of these use cases is given. */
export interface SettleScope {
  readonly people: People;
  readonly tx: Tx;
  readonly viewer: SignedInViewer;
  readonly now: Temporal.Instant;
  readonly reference: string | null;
}

const notFound: Refusal<'not-found'> = { code: 'not-found', message: 'There is no such handover.' };

/**
 * Takes a person over. The receiver (their worker, team or court) or a lead may; for a prison or another area
 * whoever may open the record writes down who received it there. The person goes onto the worker's caseload and,
 * after a release, the calls of days 1, 7 and 28 are set. Of two who press at once one wins, and the other is told
 * who has it.
 */
export async function acceptHandover(
  scope: SettleScope,
  input: { readonly handoverId: string; readonly receivedBy?: string },
): Promise<Outcome<Handover, SettleRefusal>> {
  const { tx, viewer, now } = scope;
  const allowed = await openForReceiver(scope, input.handoverId);
  if (!allowed.ok) return allowed;
  const act: HandoverAct = {
    kind: 'accept',
    at: now,
    by: viewer.workerId,
    name: viewer.name,
    ...(input.receivedBy === undefined ? {} : { receivedBy: input.receivedBy }),
  };
  const decided = decideHandover(allowed.value, act);
  if (!decided.ok) return decided;
  const handover = decided.value;
  const why = isOutside(handover.to.kind) ? (handover.settledName ?? '') : undefined;
  await saveHandover(tx, viewer, handover, {
    kind: 'accepted',
    at: now,
    byName: viewer.name,
    ...(why === undefined ? {} : { why }),
  });
  const before = isOutside(handover.to.kind)
    ? []
    : await putOnCaseload(scope, handover, `Accepted from ${handover.fromName}`);
  await startCalls(tx, viewer, handover, now);
  await finish(scope, handover, 'accepted', before);
  return decided;
}

/** Sends a handover back with a reason: it is visibly with its sender and the lead again. */
export async function returnHandover(
  scope: SettleScope,
  input: { readonly handoverId: string; readonly why: string },
): Promise<Outcome<Handover, SettleRefusal>> {
  const { tx, viewer, now } = scope;
  const allowed = await openForReceiver(scope, input.handoverId);
  if (!allowed.ok) return allowed;
  const decided = decideHandover(allowed.value, {
    kind: 'return',
    at: now,
    by: viewer.workerId,
    name: viewer.name,
    why: input.why,
  });
  if (!decided.ok) return decided;
  await saveHandover(tx, viewer, decided.value, {
    kind: 'returned',
    at: now,
    byName: viewer.name,
    why: input.why.trim(),
  });
  await finish(scope, decided.value, 'returned', []);
  return decided;
}

/** The sender, or a lead, keeps the person after all: nobody else has to answer. They are on the keeper's caseload. */
export async function keepHandover(
  scope: SettleScope,
  input: { readonly handoverId: string },
): Promise<Outcome<Handover, SettleRefusal>> {
  const { tx, viewer, now } = scope;
  const allowed = await openForSender(scope, input.handoverId);
  if (!allowed.ok) return allowed;
  const decided = decideHandover(allowed.value, {
    kind: 'keep',
    at: now,
    by: viewer.workerId,
    name: viewer.name,
  });
  if (!decided.ok) return decided;
  await saveHandover(tx, viewer, decided.value, { kind: 'kept', at: now, byName: viewer.name });
  const before = await putOnCaseload(scope, decided.value, 'Kept after handing over');
  await startCalls(tx, viewer, decided.value, now);
  await finish(scope, decided.value, 'kept', before);
  return decided;
}

/** The sender, or a lead, gives a handover that waits or came back to somebody else; its clock begins anew. */
export async function sendHandoverOn(
  scope: SettleScope,
  input: { readonly handoverId: string; readonly to: Receiver },
): Promise<Outcome<Handover, SettleRefusal>> {
  const { tx, viewer, now } = scope;
  const allowed = await openForSender(scope, input.handoverId);
  if (!allowed.ok) return allowed;
  const before = allowed.value;
  const rule = await handoverRule(tx, viewer, input.to.kind, now);
  // Counted from now: the new receiver has not had the time that is gone.
  const due = acceptBy(rule, { madeAt: now, leftAt: before.leftAt === null ? null : now, hearing: null });
  const decided = decideHandover(before, { kind: 'send-on', at: now, to: input.to, acceptBy: due });
  if (!decided.ok) return decided;
  await saveHandover(tx, viewer, decided.value, { kind: 'sent-on', at: now, byName: viewer.name });
  await finish(scope, decided.value, 'sent on', []);
  await touch(tx, handoverTopics(before));
  return decided;
}

/** Locks the handover and decides whether this viewer may answer it. */
async function openForReceiver(
  scope: SettleScope,
  handoverId: string,
): Promise<Outcome<Handover, SettleRefusal>> {
  const { tx, viewer, people } = scope;
  const handover = await lockHandover(tx, viewer, handoverId);
  if (handover === null) return { ok: false, refusal: notFound };
  const answers = isReceiver(handover, viewer) || viewer.role === 'lead';
  // Somebody of the receiving team may know who was first, although the person is no longer theirs to open.
  if (answers && handover.state !== 'waiting') return done(handover);
  const opened = await people.open(tx, viewer, handover.personId);
  if (opened === null) return { ok: false, refusal: notFound };
  if (answers || isOutside(handover.to.kind)) return done(handover);
  return refused('not-for-you', 'This was handed to somebody else. They, or a lead, can answer it.');
}

/** Locks the handover and decides whether this viewer may take it back or send it on. */
async function openForSender(
  scope: SettleScope,
  handoverId: string,
): Promise<Outcome<Handover, SettleRefusal>> {
  const { tx, viewer, people } = scope;
  const handover = await lockHandover(tx, viewer, handoverId);
  if (handover === null) return { ok: false, refusal: notFound };
  const opened = await people.open(tx, viewer, handover.personId);
  if (opened === null) return { ok: false, refusal: notFound };
  const mine =
    handover.fromWorkerId === viewer.workerId ||
    (handover.fromTeamId !== null && handover.fromTeamId === viewer.teamId) ||
    handover.settledBy === viewer.workerId;
  if (mine || viewer.role === 'lead') return done(handover);
  return refused('not-for-you', 'Only who handed over, or a lead, can do this.');
}

/** Answers the workers who had the person before, whose lists change. */
async function putOnCaseload(
  scope: SettleScope,
  handover: Handover,
  why: string,
): Promise<readonly string[]> {
  const { tx, viewer, now } = scope;
  const kind = handover.to.kind === 'court' ? 'court' : 'navigator';
  const { before } = await assignTo(
    tx,
    viewer,
    {
      personId: handover.personId,
      workerId: viewer.workerId,
      teamId: viewer.teamId,
      kind,
      why,
      handoverId: handover.id,
    },
    now,
  );
  // The court's part ends when the community has the person.
  if (kind === 'navigator' && handover.fromWorkerId !== null && handover.state === 'accepted') {
    const court = (await assignmentsOf(tx, viewer, handover.personId)).find(
      (entry) => entry.kind === 'court' && entry.workerId === handover.fromWorkerId,
    );
    if (court !== undefined) await endAssignment(tx, viewer, court.id, `Handed over to ${viewer.name}`, now);
  }
  return before === null ? [] : [before];
}

async function finish(
  scope: SettleScope,
  handover: Handover,
  what: string,
  alsoTold: readonly string[],
): Promise<void> {
  const { tx, viewer, now } = scope;
  await recordAudit(tx, now, auditActor(viewer, scope.reference), {
    action: 'changed',
    personId: handover.personId,
    subjectKind: 'handover',
    subjectId: handover.id,
    detail: { what, to: handover.to.kind },
  });
  await touch(tx, [...handoverTopics(handover), ...supportTopics(handover.personId, ...alsoTold)]);
}
