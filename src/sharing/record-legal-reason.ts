import { auditActor, databaseContext, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { foundUnable } from '../consent/index.ts';
import type { People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { onceOnly } from '../platform/forms/idempotency.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { LONGEST_HOURS, type LegalReasonKind } from './legal-reason.ts';
import { consentSubjectOf, type ItemCategory, type Recipient } from './recipient.ts';

/** What must be thought through before anything goes without consent (domain.md 6.2). */
export interface LegalReasonInput {
  readonly personId: string;
  readonly recipient: Recipient;
  readonly reason: LegalReasonKind;
  readonly whatHappened: string;
  readonly whoIsAtRisk: string;
  readonly consentSought: 'asked-and-refused' | 'not-asked' | 'not-able-to-decide';
  readonly whyNotAsked: string | null;
  readonly leastThatWouldDo: string;
  readonly categories: readonly ItemCategory[];
  readonly law: string | null;
  readonly advisedBy: string;
  readonly personTold: 'yes' | 'not-yet' | 'no';
  readonly whyNotTold: string | null;
  /** How long it lasts, in hours from now: at most a week. */
  readonly lastsHours: number;
}

export type LegalReasonRefusal =
  | 'not-found'
  | 'name-needed'
  | 'why-not-asked'
  | 'why-not-told'
  | 'law-needed'
  | 'capacity-needed'
  | 'never-sent'
  | 'too-long'
  | 'key-used';

/** Whether the thinking is complete. Pure: the same rules stand as checks on the table. */
function checkLegalReason(
  input: LegalReasonInput,
): Outcome<true, Exclude<LegalReasonRefusal, 'not-found' | 'key-used'>> {
  const { recipient } = input;
  if ((recipient.kind === 'service' || recipient.kind === 'family') && (recipient.name ?? '') === '')
    return refused('name-needed', 'Enter the name of the service or person', 'recipientName');
  if (input.categories.includes('declined-answer'))
    return refused('never-sent', 'An answer that was not given is never sent', 'categories');
  if (input.consentSought === 'not-asked' && input.whyNotAsked === null)
    return refused('why-not-asked', 'Say why the person was not asked', 'whyNotAsked');
  if (input.reason === 'best-interests' && input.consentSought !== 'not-able-to-decide')
    return refused(
      'capacity-needed',
      'Best interests count only when the person was found not able to decide this',
      'consentSought',
    );
  if ((input.reason === 'court-order' || input.reason === 'statutory-duty') && input.law === null)
    return refused('law-needed', 'Name the order or the law', 'law');
  if (input.personTold !== 'yes' && input.whyNotTold === null)
    return refused('why-not-told', 'Say why the person has not been told', 'whyNotTold');
  if (input.lastsHours < 1 || input.lastsHours > LONGEST_HOURS)
    return refused('too-long', 'A reason lasts from 1 hour to 7 days', 'lastsHours');
  return done(true);
}

/** Records it, once for each press. It opens only what it names, only for this recipient, only while it lasts. */
export async function recordLegalReason(
  parts: { readonly database: Database; readonly clock: Clock; readonly people: People },
  viewer: SignedInViewer,
  input: LegalReasonInput,
  request: { readonly reference: string | null; readonly key: string },
): Promise<Outcome<{ readonly id: string }, LegalReasonRefusal>> {
  const checked = checkLegalReason(input);
  if (!checked.ok) return checked;
  const now = parts.clock.now();
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const opened = await parts.people.open(tx, viewer, input.personId);
    if (opened === null) return refused('not-found', 'This record cannot be opened.');
    const personId = opened.person.id;
    if (
      input.reason === 'best-interests' &&
      !(await foundUnable(tx, viewer, personId, consentSubjectOf(input.recipient)))
    )
      return refused(
        'capacity-needed',
        'No assessment found the person not able to decide this. Assess capacity on the consent page first',
        'reason',
      );
    const once = await onceOnly(tx, request.key, 'sharing.legal-reason', async () => {
      const row = await tx
        .insertInto('legal_reason')
        .values({
          area_id: viewer.areaId,
          person_id: personId,
          recipient_kind: input.recipient.kind,
          service_id: input.recipient.serviceId ?? null,
          recipient_name: input.recipient.name ?? null,
          reason: input.reason,
          what_happened: input.whatHappened,
          who_is_at_risk: input.whoIsAtRisk,
          consent_sought: input.consentSought,
          why_not_asked: input.whyNotAsked,
          least_that_would_do: input.leastThatWouldDo,
          categories: [...input.categories],
          law: input.law,
          advised_by: input.advisedBy,
          person_told: input.personTold,
          why_not_told: input.whyNotTold,
          decided_at: now,
          ends_at: now.add({ hours: input.lastsHours }),
          decided_by: viewer.workerId,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await recordAudit(tx, now, auditActor(viewer, request.reference), {
        action: 'created',
        personId,
        subjectKind: 'legal reason',
        subjectId: row.id,
        detail: { to: input.recipient.kind, reason: input.reason, categories: [...input.categories] },
      });
      await touch(tx, [`person:${personId}`]);
      return { id: row.id };
    });
    return once.ok ? done({ id: once.value.result.id }) : once;
  });
}
