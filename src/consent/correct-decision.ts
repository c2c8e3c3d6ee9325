import { auditActor, databaseContext, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { strikeOut } from './consent-store.ts';
import { subjectKey } from './consent-subject.ts';
import type { RecordDecisionParts } from './record-decision.ts';

/**
 * Strikes out a decision that was entered by mistake (the wrong person, the wrong line). The entry stays readable with
 * the reason. Stops what has not gone about that subject, whatever the entry said: it rested on a wrong record.
 */
export async function correctDecision(
  parts: RecordDecisionParts,
  viewer: SignedInViewer,
  input: { readonly personId: string; readonly decisionId: string; readonly reason: string },
  reference: string | null,
): Promise<Outcome<true, 'not-found' | 'already-struck-out'>> {
  const now = parts.clock.now();
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const opened = await parts.people.open(tx, viewer, input.personId);
    if (opened === null) return refused('not-found', 'This record cannot be opened.');
    const personId = opened.person.id;
    await tx.selectFrom('person').select('id').where('id', '=', personId).forUpdate().execute();
    const subject = await strikeOut(tx, viewer, { ...input, personId }, now);
    if (subject === null)
      return refused('already-struck-out', 'This entry is not there, or was already struck out.');
    await parts.onWithdrawn(tx, viewer, { personId, subject });
    await recordAudit(tx, now, auditActor(viewer, reference), {
      action: 'changed',
      personId,
      subjectKind: 'consent decision',
      subjectId: input.decisionId,
      detail: { about: subjectKey(subject), struckOut: true },
    });
    await touch(tx, [`person:${personId}`]);
    return done(true);
  });
}
