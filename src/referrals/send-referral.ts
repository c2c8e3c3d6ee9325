import { auditActor, databaseContext, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { serviceById } from '../directory/index.ts';
import { londonDate } from '../platform/clock.ts';
import { touch } from '../platform/live/touch.ts';
import { writeToOutbox } from '../platform/outbox.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { discloseItems } from '../sharing/index.ts';
import { composeLetter, itemOf, serviceRecipient } from './compose-letter.ts';
import { linkMessage } from './link-message.ts';
import type { ReferralParts } from './parts.ts';
import { newLink } from './referral-link.ts';
import { move } from './referral.ts';
import { referralById, referralRules } from './referral-store.ts';
import { addEvent, lockPersonAndReferral } from './referral-writes.ts';
import { topicsOf } from './referral-topics.ts';
import { dueAfter } from './working-days.ts';

export type SendRefusal =
  'not-found' | 'not-now' | 'changed' | 'nothing-may-go' | 'not-allowed' | 'no-service';

/**
 * Sends a referral: what may go is decided again now, recorded as a disclosure, and the service gets a link, all in
 * one transaction. `mark` says which letter the sender read: when the record or the consent changed since, nothing
 * goes and the new letter is shown. A second press finds it sent.
 */
export async function sendReferral(
  parts: ReferralParts,
  viewer: SignedInViewer,
  input: {
    readonly personId: string;
    readonly referralId: string;
    readonly mark: string;
    readonly reference: string;
  },
): Promise<Outcome<{ readonly emailed: boolean }, SendRefusal>> {
  const now = parts.clock.now();
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const opened = await parts.people.open(tx, viewer, input.personId);
    if (opened === null) return refused('not-found', 'There is no such record.');
    await lockPersonAndReferral(tx, opened.person.id, input.referralId);
    const rules = await referralRules(tx, londonDate(now));
    const referral = await referralById(tx, viewer, input.referralId, rules);
    if (referral === null || referral.personId !== opened.person.id)
      return refused('not-found', 'There is no such referral.');
    const service = await serviceById(tx, viewer, referral.serviceId);
    const email = service?.email ?? null;
    // Pressed twice: it is sent, which is what was wanted.
    if (referral.events.some((event) => event.what === 'sent')) return done({ emailed: email !== null });
    const moved = move(referral.standing.state, 'sent');
    if (!moved.ok) return moved;
    if (service === null || service.gone)
      return refused('no-service', 'That service is no longer in the directory. Choose another.');
    const letter = await composeLetter(
      tx,
      viewer,
      opened.person,
      { ...referral, referrer: viewer.name },
      now,
    );
    if (!letter.goes.some((line) => line.category === 'need'))
      return refused('nothing-may-go', 'Nothing about the need may go to this service yet. Ask first.');
    if (letter.mark !== input.mark)
      return refused('changed', 'The record changed since you read the letter. Read it again, then send it.');
    const disclosed = await discloseItems(tx, viewer, {
      personId: referral.personId,
      episodeId: referral.episodeId,
      recipient: serviceRecipient(referral),
      purpose: 'referral',
      what: 'referral',
      subjectId: referral.id,
      items: letter.goes.map(itemOf),
      channel: 'link',
      relatedNeeds: referral.needs,
      reference: input.reference,
      now,
    });
    if (!disclosed.ok) return refused('not-allowed', disclosed.refusal.message);
    await tx
      .updateTable('referral')
      .set({
        letter: JSON.stringify(letter.goes),
        sent_at: now,
        disclosure_id: disclosed.value.disclosureId,
      })
      .where('id', '=', referral.id)
      .execute();
    await addEvent(tx, viewer, referral, { what: 'sent', at: now });
    const expiresAt = dueAfter(now, rules['link-open']);
    const link = await newLink(tx, parts.linkSecret);
    await tx
      .insertInto('single_purpose_link')
      .values({
        id: link.id,
        area_id: viewer.areaId,
        token_hash: link.tokenHash,
        purpose: 'answer-referral',
        subject_id: referral.id,
        person_id: referral.personId,
        recipient_name: referral.serviceName,
        created_by: viewer.workerId,
        created_at: now,
        expires_at: expiresAt,
      })
      .execute();
    if (email !== null)
      await writeToOutbox(
        tx,
        linkMessage(parts, {
          areaId: viewer.areaId,
          personId: referral.personId,
          referralId: referral.id,
          to: email,
          token: link.token,
          expiresAt,
          reminder: false,
        }),
        now,
      );
    await recordAudit(tx, now, auditActor(viewer, input.reference), {
      action: 'changed',
      personId: referral.personId,
      subjectKind: 'referral',
      subjectId: referral.id,
      detail: { what: 'sent', serviceId: referral.serviceId, linkId: link.id, lines: letter.goes.length },
    });
    await touch(tx, topicsOf(referral));
    return done({ emailed: email !== null });
  });
}
