import { auditActor, databaseContext, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { onceOnly } from '../platform/forms/idempotency.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { lockedStayOf } from './change-stay.ts';
import type { CustodyParts } from './custody-parts.ts';
import { recordStayEvents } from './record-stay-events.ts';
import type { AdultAnswer, StayEventKind, StayOutcome } from './stay.ts';
import type { NewStayEvent } from './stay-writes.ts';
import { courtsOf } from './suite-store.ts';

/** Asked before somebody leaves, in plain words (domain.md 8.11). */
export const leavingQuestions = {
  phone: 'Do you have your phone, and is it charged?',
  medicine: 'Do you have the medicine you need for the next few days?',
  'way-home': 'Do you have a way to get where you are going?',
  'safe-tonight': 'Do you have somewhere safe to stay tonight?',
} as const;
export type LeavingQuestion = keyof typeof leavingQuestions;

/** How a stay ended, and what was asked before. */
export interface EndStayInput {
  readonly outcome: StayOutcome;
  readonly at: Temporal.Instant;
  readonly courtSiteId: string | null;
  readonly courtDate: Temporal.PlainDate | null;
  readonly checks: Readonly<Partial<Record<LeavingQuestion, AdultAnswer>>>;
}

const endedBy: Readonly<Record<StayOutcome, StayEventKind>> = {
  'charged-bailed': 'bailed',
  'charged-remanded': 'transferred',
  'released-bail': 'bailed',
  'released-under-investigation': 'released',
  'no-further-action': 'released',
  'community-resolution': 'released',
  'voluntary-left': 'left',
  transferred: 'transferred',
  other: 'released',
};

/** True for the outcomes that lead to a court, whose day is then asked. */
export function leadsToCourt(outcome: StayOutcome): boolean {
  return outcome === 'charged-bailed' || outcome === 'charged-remanded';
}

export type EndStayRefusal = 'not-found' | 'already-left' | 'no-such-court' | 'before-arrival' | 'key-used';

/**
 * Records how somebody left: charged, released, moved. Tells whoever takes over (`onEnded`) in the same transaction,
 * so that nobody leaves without the next worker knowing.
 */
export async function endStay(
  parts: Pick<CustodyParts, 'database' | 'clock' | 'people' | 'onEnded' | 'onCharged'>,
  viewer: SignedInViewer,
  request: { readonly key: string; readonly reference: string },
  personId: string,
  input: EndStayInput,
): Promise<Outcome<{ readonly siteId: string | null }, EndStayRefusal>> {
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const stay = await lockedStayOf(parts, tx, viewer, personId);
    if (stay === null) return refused('not-found', 'This person has no stay in custody');
    const once = stay.endedAt === null ? null : stay.outcome;
    if (once !== null && once === input.outcome)
      return refused('already-left', 'It is already recorded that this person left');
    if (Temporal.Instant.compare(input.at, stay.arrivedAt ?? stay.firstEventAt) < 0)
      return refused('before-arrival', 'This person arrived after that time. Check the time they left', 'at');
    const toCourt = leadsToCourt(input.outcome);
    if (toCourt && input.courtSiteId !== null) {
      const courts = await courtsOf(tx, viewer);
      if (!courts.some((court) => court.id === input.courtSiteId))
        return refused('no-such-court', 'Choose a court from the list', 'court');
    }
    const now = parts.clock.now();
    const kept = await onceOnly(tx, request.key, 'custody.end-stay', async () => {
      const court = {
        ...(toCourt && input.courtSiteId !== null && { courtSiteId: input.courtSiteId }),
        ...(toCourt && input.courtDate !== null && { courtDate: input.courtDate.toString() }),
      };
      const events: NewStayEvent[] = [];
      if (toCourt && stay.chargedAt === null)
        events.push({
          kind: 'charged',
          happenedAt: input.at,
          source: viewer.name,
          detail: { remanded: input.outcome === 'charged-remanded', ...court },
        });
      events.push({
        kind: endedBy[input.outcome],
        happenedAt: input.at,
        source: viewer.name,
        detail: { outcome: input.outcome, ...court },
      });
      await recordStayEvents(parts, tx, viewer, stay, events, now);
      const checks = Object.entries(input.checks);
      if (checks.length > 0)
        await tx
          .insertInto('leaving_check')
          .values(
            checks.map(([question, answer]) => ({
              area_id: viewer.areaId,
              person_id: stay.personId,
              detention_id: stay.id,
              question,
              answer,
              recorded_at: now,
              recorded_by: viewer.workerId,
            })),
          )
          .execute();
      await recordAudit(tx, now, auditActor(viewer, request.reference), {
        action: 'changed',
        personId: stay.personId,
        subjectKind: 'stay in custody',
        subjectId: stay.id,
        detail: { ended: input.outcome },
      });
      return { siteId: stay.siteId };
    });
    return kept.ok ? done({ siteId: kept.value.result.siteId }) : kept;
  });
}
