import { auditActor, workerIdOf, type Viewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { communicationNeeds, openAlerts } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { assignmentOf } from './caseload-store.ts';
import { contactPointsOf } from './contact-store.ts';
import {
  decideHandover,
  hasReceiver,
  isOutside,
  type HandoverKind,
  type HandoverLine,
  type Receiver,
} from './handover.ts';
import { acceptBy } from './handover-clock.ts';
import { lockHandover, saveHandover, writeHandoverEvent } from './handover-store.ts';
import { handoverTopics } from './live-topics.ts';
import { handoverRule } from './rule-store.ts';
import { SAFE_CONTACT_SOURCE, safeContactWarning } from './safe-contact.ts';
import { startCalls } from './follow-up-store.ts';

/** What a handover says when it is made. */
export interface NewHandover {
  readonly personId: string;
  readonly episodeId: string;
  /** Absent: whoever the viewer is; a feed has none. */
  readonly fromWorker?: string | null;
  readonly to: {
    readonly kind: HandoverKind;
    readonly siteId?: string;
    readonly teamId?: string;
    readonly workerId?: string;
    /** The prison or the other area's service. */
    readonly name?: string;
  };
  /** Why it is handed over, in a sentence the receiver acts on. */
  readonly reason: string;
  /** What matters, each line with its source. Absent: alerts, communication needs and safe contact, as recorded. */
  readonly what?: readonly HandoverLine[];
  /** Lines the sender adds in their own name. */
  readonly addLines?: readonly HandoverLine[];
  /** Absent: from handover_rule. */
  readonly acceptBy?: Temporal.Instant;
  /** When the person left, and how ("released on bail"); starts the clock and the calls. */
  readonly left?: { readonly at: Temporal.Instant; readonly how: string };
  /** Nobody has to leave anywhere first: the clock counts from now, and no calls after release are set. */
  readonly startsNow?: boolean;
  readonly hearing?: Temporal.Instant | Temporal.PlainDate;
  /** What made it, for example "stay 0197…": the same cause again finds the handover there is. */
  readonly cause?: string;
}

export type CreateHandoverRefusal = 'needs-reason' | 'needs-receiver';

/**
 * Hands a person over. The caller has decided that the viewer may do so for this person (by hand: through
 * `people.open`; custody: because the stay is theirs). Without a named receiver a release goes to the navigator who
 * has the person already, else to the area's navigators. A handover to the navigators that was made before the
 * person left gets its clock started instead of a second one being made.
 */
export async function createHandover(
  tx: Tx,
  viewer: Viewer,
  input: NewHandover,
  now: Temporal.Instant,
  reference: string | null = null,
): Promise<Outcome<{ readonly id: string; readonly created: boolean }, CreateHandoverRefusal>> {
  if (input.reason.trim() === '') return refused('needs-reason', 'Enter why you hand over', 'reason');
  await tx.selectFrom('person').select('id').where('id', '=', input.personId).forUpdate().execute();
  const existing = await findSame(tx, viewer, input);
  if (existing !== null) {
    if (input.left !== undefined) await startClock(tx, viewer, existing, input.left, now);
    return done({ id: existing, created: false });
  }
  const to = await receiverOf(tx, viewer, input);
  if (!hasReceiver(to)) return refused('needs-receiver', 'Choose who should receive it', 'to');
  const rule = await handoverRule(tx, viewer, to.kind, now);
  const leftAt = input.left?.at ?? null;
  const due =
    input.acceptBy ??
    acceptBy(rule, {
      madeAt: now,
      leftAt: input.startsNow === true ? now : leftAt,
      hearing: input.hearing ?? null,
    });
  const recorded = input.what ?? (await recordedLines(tx, viewer, input.personId));
  const what = [...(input.addLines ?? []), ...recorded];
  const fromName = auditActor(viewer).actor;
  const row = await tx
    .insertInto('handover')
    .values({
      area_id: viewer.areaId,
      person_id: input.personId,
      episode_id: input.episodeId,
      from_worker_id: input.fromWorker === undefined ? workerIdOf(viewer) : input.fromWorker,
      from_team_id: viewer.kind === 'system' || viewer.kind === 'link' ? null : viewer.teamId,
      from_name: fromName,
      to_kind: to.kind,
      to_site_id: to.siteId,
      to_team_id: to.teamId,
      to_worker_id: to.workerId,
      to_name: to.name,
      reason: input.reason.trim(),
      what: JSON.stringify(what.map((line) => ({ ...line, at: line.at?.toString() ?? null }))),
      cause: input.cause ?? null,
      made_at: now,
      accept_by: due,
      left_at: leftAt,
      left_how: input.left?.how ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const event = { kind: 'made', at: now, byName: fromName, why: input.reason.trim() };
  await writeHandoverEvent(tx, viewer, { id: row.id, personId: input.personId }, event);
  await recordAudit(tx, now, auditActor(viewer, reference), {
    action: 'created',
    personId: input.personId,
    subjectKind: 'handover',
    subjectId: row.id,
    detail: { to: to.kind, acceptBy: due?.toString() ?? null },
  });
  await touch(
    tx,
    handoverTopics({ personId: input.personId, to, fromWorkerId: workerIdOf(viewer), settledBy: null }),
  );
  return done({ id: row.id, created: true });
}

/** The handover this event has made already, or the one to the navigators that waits for the person to leave. */
async function findSame(tx: Tx, viewer: Viewer, input: NewHandover): Promise<string | null> {
  if (input.cause !== undefined) {
    const same = await tx
      .selectFrom('handover')
      .select('id')
      .where('area_id', '=', viewer.areaId)
      .where('cause', '=', input.cause)
      .where('to_kind', '=', input.to.kind)
      .executeTakeFirst();
    if (same !== undefined) return same.id;
  }
  if (input.left === undefined || input.to.kind !== 'navigation') return null;
  const early = await tx
    .selectFrom('handover')
    .select('id')
    .where('person_id', '=', input.personId)
    .where('episode_id', '=', input.episodeId)
    .where('to_kind', '=', 'navigation')
    .where('left_at', 'is', null)
    .where('state', 'in', ['waiting', 'accepted'])
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return early?.id ?? null;
}

async function receiverOf(tx: Tx, viewer: Viewer, input: NewHandover): Promise<Receiver> {
  const to: Receiver = {
    kind: input.to.kind,
    siteId: input.to.siteId ?? null,
    teamId: input.to.teamId ?? null,
    workerId: input.to.workerId ?? null,
    name: input.to.name?.trim() ?? null,
  };
  if (hasReceiver(to) || isOutside(to.kind)) return to;
  if (to.kind === 'navigation') {
    const has = await assignmentOf(tx, viewer, input.personId, 'navigator');
    if (has !== null) return { ...to, workerId: has.workerId, teamId: has.teamId };
  }
  const team = await tx
    .selectFrom('team')
    .select('id')
    .where('area_id', '=', viewer.areaId)
    .where('kind', '=', to.kind === 'court' ? 'court-ld' : 'navigation')
    .orderBy('name')
    .limit(1)
    .executeTakeFirst();
  if (team !== undefined) return { ...to, teamId: team.id };
  // An area without such a team still has a lead: nobody falls between.
  const lead = await tx
    .selectFrom('team')
    .select('id')
    .where('area_id', '=', viewer.areaId)
    .where('kind', '=', 'lead')
    .orderBy('name')
    .limit(1)
    .executeTakeFirst();
  return { ...to, teamId: lead?.id ?? null };
}

/** What is on the record that a receiver must know before the first contact. */
async function recordedLines(tx: Tx, viewer: Viewer, personId: string): Promise<readonly HandoverLine[]> {
  const alerts = (await openAlerts(tx, viewer, [personId])).get(personId) ?? [];
  const talking = (await communicationNeeds(tx, viewer, [personId])).get(personId) ?? [];
  const points = (await contactPointsOf(tx, viewer, [personId])).get(personId) ?? [];
  const warning = safeContactWarning(points);
  return [
    ...alerts.map((alert) => ({
      text: alert.what,
      source: alert.saidBy,
      at: alert.recordedAt,
      urgency: alert.urgency,
    })),
    ...(warning === null
      ? []
      : [
          {
            text: warning,
            source: SAFE_CONTACT_SOURCE,
            at: null,
            urgency: 'soon' as const,
          },
        ]),
    ...talking.map((need) => ({
      text: need.what,
      source: need.saidBy,
      at: need.recordedAt,
      urgency: 'note' as const,
    })),
  ];
}

async function startClock(
  tx: Tx,
  viewer: Viewer,
  id: string,
  left: { readonly at: Temporal.Instant; readonly how: string },
  now: Temporal.Instant,
): Promise<void> {
  const handover = await lockHandover(tx, viewer, id);
  if (handover === null || handover.leftAt !== null) return;
  const rule = await handoverRule(tx, viewer, handover.to.kind, now);
  const due = acceptBy(rule, { madeAt: handover.madeAt, leftAt: left.at, hearing: null });
  if (due === null) return;
  const decided = decideHandover(handover, {
    kind: 'start-clock',
    leftAt: left.at,
    leftHow: left.how,
    acceptBy: due,
  });
  if (!decided.ok) return;
  const byName = auditActor(viewer).actor;
  await saveHandover(tx, viewer, decided.value, { kind: 'clock-started', at: now, byName, why: left.how });
  if (decided.value.state === 'accepted') await startCalls(tx, viewer, decided.value, now);
  await recordAudit(tx, now, auditActor(viewer), {
    action: 'changed',
    personId: handover.personId,
    subjectKind: 'handover',
    subjectId: id,
    detail: { clockStarted: due.toString() },
  });
  await touch(tx, handoverTopics(decided.value));
}
