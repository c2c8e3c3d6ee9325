import { auditActor, workerIdOf, type Viewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Tx } from '../platform/database.ts';
import type { MatchedKind } from './match-store.ts';
import type { ScoredMatch } from './score-match.ts';

/** A human's answer to "is this the same person?". */
export interface MatchAnswer {
  readonly personId: string;
  readonly otherKind: MatchedKind;
  readonly otherId: string;
  readonly decision: 'same' | 'different';
  readonly score: ScoredMatch;
  readonly reason?: string;
}

/**
 * Records what somebody decided, with the evidence they saw. Decisions are never changed: a later one about the
 * same pair takes its place, and both stay readable. Only people decide: the system is refused with a fault.
 */
export async function decideMatch(
  tx: Tx,
  viewer: Viewer,
  answer: MatchAnswer,
  now: Temporal.Instant,
): Promise<void> {
  const decidedBy = workerIdOf(viewer);
  if (decidedBy === null)
    throw new Error('Only a person who works here decides that two records are one person');
  await tx
    .insertInto('match_decision')
    .values({
      area_id: viewer.areaId,
      person_id: answer.personId,
      other_kind: answer.otherKind,
      other_id: answer.otherId,
      decision: answer.decision,
      decided_by: decidedBy,
      decided_at: now,
      model: answer.score.model,
      weight: answer.score.weight,
      evidence: JSON.stringify(answer.score.waterfall),
      reason: answer.reason ?? null,
    })
    .execute();
  await recordAudit(tx, now, auditActor(viewer), {
    action: 'changed',
    personId: answer.personId,
    subjectKind: `match with ${answer.otherKind}`,
    subjectId: answer.otherId,
    detail: { decision: answer.decision, model: answer.score.model },
  });
}
