import { auditActor, workerIdOf, type Viewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { subjectKey } from '../consent/index.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { decide, type DecideInput } from './decide.ts';
import { consentSubjectOf } from './recipient.ts';

export interface DiscloseInput extends DecideInput {
  readonly episodeId: string | null;
  /** What is sent: 'report', 'referral', 'letter' … */
  readonly what: string;
  /** The report version or the referral: also the subject of a single-purpose link to it. */
  readonly subjectId: string;
  readonly channel: 'on-screen' | 'link' | 'print' | 'message';
  /** The request's reference for the audit, when there is one. */
  readonly reference?: string | null;
}

/**
 * Writes that these items are made available to this recipient, deciding each again inside the transaction and under
 * the person's lock, so that a withdrawal a moment before counts. Refuses the whole when one item may not go. Must be
 * called in the transaction that makes the link, the message, the print or the page; the outbound message carries
 * `disclosure:<id>` as its cause, so that a withdrawal can stop it.
 */
export async function discloseItems(
  tx: Tx,
  viewer: Viewer,
  input: DiscloseInput,
): Promise<Outcome<{ readonly disclosureId: string }, 'not-allowed'>> {
  const { personId, recipient, now } = input;
  await tx.selectFrom('person').select('id').where('id', '=', personId).forUpdate().execute();
  const decisions = await decide(tx, viewer, input);
  const held = decisions.filter((decision) => decision.answer === 'may-not');
  if (held.length > 0 || decisions.length === 0) {
    return refused(
      'not-allowed',
      decisions.length === 0
        ? 'Nothing was chosen to share.'
        : `Nothing was sent. ${held.length === 1 ? 'One thing' : `${held.length} things`} may no longer go: ${held.map((entry) => entry.item.label).join(', ')}.`,
    );
  }
  const row = await tx
    .insertInto('disclosure')
    .values({
      area_id: viewer.areaId,
      person_id: personId,
      episode_id: input.episodeId,
      recipient_kind: recipient.kind,
      service_id: recipient.serviceId ?? null,
      recipient_name: recipient.name ?? null,
      consent_key: subjectKey(consentSubjectOf(recipient)),
      purpose: input.purpose,
      what: input.what,
      subject_id: input.subjectId,
      channel: input.channel,
      disclosed_at: now,
      disclosed_by: workerIdOf(viewer),
      disclosed_by_name: auditActor(viewer).actor,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('disclosure_item')
    .values(
      decisions.map((decision) => ({
        area_id: viewer.areaId,
        person_id: personId,
        disclosure_id: row.id,
        item_key: decision.item.key,
        category: decision.item.category,
        need_kind: decision.item.needKind ?? null,
        label: decision.item.label,
        source: decision.item.source ?? null,
        answer: decision.answer,
        basis: decision.basis,
        reason: decision.reason,
        rule_id: decision.ruleId,
        legal_reason_id: decision.legalReasonId,
      })),
    )
    .execute();
  await recordAudit(tx, now, auditActor(viewer, input.reference ?? null), {
    action: 'disclosed',
    personId,
    subjectKind: input.what,
    subjectId: input.subjectId,
    detail: {
      disclosure: row.id,
      to: recipient.kind,
      ...(recipient.serviceId === undefined ? {} : { service: recipient.serviceId }),
      purpose: input.purpose,
      channel: input.channel,
      categories: [...new Set(decisions.map((decision) => decision.item.category))].sort(),
      bases: [...new Set(decisions.map((decision) => decision.basis))].sort(),
    },
  });
  await touch(tx, [`person:${personId}`]);
  return done({ disclosureId: row.id });
}
