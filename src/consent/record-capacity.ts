import { auditActor, databaseContext, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { shortName, type People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { onceOnly } from '../platform/forms/idempotency.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { assessCapacity, type CapacityAnswers, type CapacityOutcome } from './assess-capacity.ts';
import { sixteenOrOver } from './consent-status.ts';
import { consentStatuses } from './consent-statuses.ts';
import { subjectKey } from './consent-subject.ts';

export interface CapacityInput {
  readonly personId: string;
  /** The decision it is about, by subject key: capacity is for one decision at one time. */
  readonly subjectKey: string;
  readonly whyDoubted: string;
  readonly answers: CapacityAnswers;
  /** When to look again if it can wait, in hours from now. */
  readonly lookAgainInHours: number;
}

/**
 * Records one assessment of capacity. Refuses for somebody under 16 (the Act does not apply: Gillick competence is
 * recorded with the decision), and a test that is not finished.
 */
export async function recordCapacity(
  parts: { readonly database: Database; readonly clock: Clock; readonly people: People },
  viewer: SignedInViewer,
  input: CapacityInput,
  request: { readonly reference: string | null; readonly key: string },
): Promise<
  Outcome<
    { readonly outcome: CapacityOutcome },
    | 'not-found'
    | 'under-16'
    | 'unknown-decision'
    | 'unfinished'
    | 'support-needed'
    | 'cause-needed'
    | 'consult'
    | 'key-used'
  >
> {
  const now = parts.clock.now();
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const opened = await parts.people.open(tx, viewer, input.personId);
    if (opened === null) return refused('not-found', 'This record cannot be opened.');
    const { person } = opened;
    if (person.birthDate !== null && !sixteenOrOver(person.birthDate, now))
      return refused(
        'under-16',
        `${shortName(person)} is under 16. Record with each decision whether it was understood.`,
      );
    const known = await consentStatuses(tx, viewer, person.id, now);
    if (!known.some((status) => subjectKey(status.subject) === input.subjectKey))
      return refused('unknown-decision', 'Choose the decision it is about', 'about');
    const assessed = assessCapacity(input.answers);
    if (!assessed.ok) return assessed;
    const { answers } = input;
    const once = await onceOnly(tx, request.key, 'consent.capacity', async () => {
      const row = await tx
        .insertInto('capacity_assessment')
        .values({
          area_id: viewer.areaId,
          person_id: person.id,
          subject_key: input.subjectKey,
          why_doubted: input.whyDoubted,
          can_understand: answers.understand,
          can_retain: answers.retain,
          can_use_or_weigh: answers.useOrWeigh,
          can_communicate: answers.communicate,
          because_of_impairment: answers.becauseOfImpairment,
          impairment: answers.impairment,
          support_tried: answers.supportTried ?? 'Nothing yet',
          can_wait: answers.canWait,
          consulted: answers.consulted,
          outcome: assessed.value,
          look_again_at: assessed.value === 'deferred' ? now.add({ hours: input.lookAgainInHours }) : null,
          assessed_at: now,
          assessed_by: viewer.workerId,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await recordAudit(tx, now, auditActor(viewer, request.reference), {
        action: 'created',
        personId: person.id,
        subjectKind: 'capacity assessment',
        subjectId: row.id,
        detail: { about: input.subjectKey },
      });
      await touch(tx, [`person:${person.id}`]);
      return { outcome: assessed.value };
    });
    return once.ok ? done(once.value.result) : once;
  });
}
