import { auditActor, databaseContext, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { serviceById } from '../directory/index.ts';
import { ensureEpisode, type NeedKind } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import { onceOnly } from '../platform/forms/idempotency.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { coverOf } from './letter.ts';
import type { ReferralParts } from './parts.ts';
import { referralById, referralRules } from './referral-store.ts';
import { addEvent, lockPersonAndReferral } from './referral-writes.ts';
import { topicsOf } from './referral-topics.ts';

/**
 * Starts a referral from needs on the record to a service of the directory. Nothing leaves: it waits for whoever
 * started it to read the letter and send it. A second press finds the first one's referral.
 */
export async function draftReferral(
  parts: ReferralParts,
  viewer: SignedInViewer,
  input: {
    readonly personId: string;
    readonly serviceId: string;
    readonly needs: readonly NeedKind[];
    readonly key: string;
    readonly reference: string;
  },
): Promise<Outcome<{ readonly referralId: string }, 'not-found' | 'no-need' | 'no-service' | 'key-used'>> {
  const now = parts.clock.now();
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const opened = await parts.people.open(tx, viewer, input.personId);
    if (opened === null) return refused('not-found', 'There is no such record.');
    const { person } = opened;
    if (input.needs.length === 0)
      return refused('no-need', 'Choose at least one need the service is to help with.', 'need');
    const service = await serviceById(tx, viewer, input.serviceId);
    if (service === null || service.gone)
      return refused('no-service', 'That service is no longer in the directory. Choose another.');
    const made = await onceOnly(tx, input.key, 'draft-referral', async () => {
      const episode = await ensureEpisode(
        tx,
        viewer,
        person.id,
        { firstContactPoint: 'community', identifiedBy: 'other' },
        now,
      );
      const row = await tx
        .insertInto('referral')
        .values({
          area_id: viewer.areaId,
          person_id: person.id,
          episode_id: episode.id,
          service_id: service.id,
          service_name: service.name,
          needs: [...input.needs],
          cover: coverOf(person, input.needs),
          owner_id: viewer.workerId,
          owner_name: viewer.name,
          team_id: viewer.teamId,
          referred_by: viewer.workerId,
          created_at: now,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const whose = { id: row.id, personId: person.id, serviceId: service.id };
      await addEvent(tx, viewer, whose, { what: 'drafted', at: now });
      await recordAudit(tx, now, auditActor(viewer, input.reference), {
        action: 'created',
        personId: person.id,
        subjectKind: 'referral',
        subjectId: row.id,
        detail: { serviceId: service.id },
      });
      await touch(tx, topicsOf({ ...whose, ownerId: viewer.workerId, teamId: viewer.teamId }));
      return { referralId: row.id };
    });
    return made.ok ? done({ referralId: made.value.result.referralId }) : made;
  });
}

/** Keeps what the writer typed into a draft. Refuses once it is sent: what was read is not changed afterwards. */
export async function writeDraft(
  parts: ReferralParts,
  viewer: SignedInViewer,
  input: {
    readonly personId: string;
    readonly referralId: string;
    readonly needs: readonly NeedKind[];
    readonly wants: string | null;
    readonly support: string | null;
    readonly reference: string;
  },
): Promise<Outcome<void, 'not-found' | 'not-now' | 'no-need'>> {
  const now = parts.clock.now();
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const opened = await parts.people.open(tx, viewer, input.personId);
    if (opened === null) return refused('not-found', 'There is no such record.');
    await lockPersonAndReferral(tx, opened.person.id, input.referralId);
    const rules = await referralRules(tx, londonDate(now));
    const referral = await referralById(tx, viewer, input.referralId, rules);
    if (referral === null || referral.personId !== opened.person.id)
      return refused('not-found', 'There is no such referral.');
    if (referral.standing.state !== 'draft')
      return refused('not-now', 'This referral has been sent. What was sent cannot be changed.');
    if (input.needs.length === 0)
      return refused('no-need', 'Choose at least one need the service is to help with.', 'need');
    await tx
      .updateTable('referral')
      .set({
        needs: [...input.needs],
        wants: input.wants,
        support: input.support,
        kind: input.support === null ? 'referral' : 'supported-referral',
        cover: coverOf(opened.person, input.needs),
      })
      .where('id', '=', referral.id)
      .execute();
    await recordAudit(tx, now, auditActor(viewer, input.reference), {
      action: 'changed',
      personId: referral.personId,
      subjectKind: 'referral',
      subjectId: referral.id,
      detail: { what: 'draft' },
    });
    return done(undefined);
  });
}
