import { auditActor, databaseContext, type SignedInViewer, type Viewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { serviceById } from '../directory/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import { writeToOutbox } from '../platform/outbox.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { discloseItems } from '../sharing/index.ts';
import {
  applyAnswer,
  cannotBe,
  isRepeat,
  moveOfAnswer,
  tellOurSide,
  type ServiceAnswer,
} from './answer-referral.ts';
import { serviceRecipient } from './compose-letter.ts';
import { causeOf, linkMessage } from './link-message.ts';
import type { ReferralParts } from './parts.ts';
import { keepLinkOpen, linkOf, linkToken, revokeLinks } from './referral-link.ts';
import { hasEnded, move, type Move } from './referral.ts';
import { referralById, referralRules, referralsOfPerson, type Referral } from './referral-store.ts';
import { addEvent, addMessage, lockPersonAndReferral, lockReferral } from './referral-writes.ts';
import type { WithdrawReason } from './referral-words.ts';
import { topicsOf } from './referral-topics.ts';
import { dueAfter, type ReferralRules } from './working-days.ts';

/** What staff do with a referral after it is drafted. */
export type FollowUp =
  /** They told us by phone or in person. */
  | { readonly kind: 'service-said'; readonly answer: ServiceAnswer }
  | { readonly kind: 'chase' }
  | { readonly kind: 'answer-question'; readonly body: string }
  | { readonly kind: 'agree-appointment' }
  | { readonly kind: 'still-going' }
  | { readonly kind: 'complete'; readonly note: string | null }
  | { readonly kind: 'withdraw'; readonly reason: WithdrawReason }
  | { readonly kind: 'lost'; readonly note: string | null }
  | { readonly kind: 'move-on'; readonly note: string | null };

export type FollowUpRefusal =
  'not-found' | 'not-now' | 'in-the-past' | 'not-yet' | 'no-address' | 'not-allowed' | 'chased-today';

const moveOf: Readonly<Record<Exclude<FollowUp['kind'], 'service-said'>, Move>> = {
  chase: 'chased',
  'answer-question': 'answered',
  'agree-appointment': 'appointment-agreed',
  'still-going': 'engaged',
  complete: 'completed',
  withdraw: 'withdrawn',
  lost: 'lost',
  'move-on': 'moved-on',
};

/** Carries a referral on. Every step is one event, audited; closing it closes its link and stops what has not gone. */
export async function followUpReferral(
  parts: ReferralParts,
  viewer: SignedInViewer,
  input: {
    readonly personId: string;
    readonly referralId: string;
    readonly step: FollowUp;
    readonly reference: string;
  },
): Promise<Outcome<void, FollowUpRefusal>> {
  const now = parts.clock.now();
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const opened = await parts.people.open(tx, viewer, input.personId);
    if (opened === null) return refused('not-found', 'There is no such record.');
    await lockPersonAndReferral(tx, opened.person.id, input.referralId);
    const rules = await referralRules(tx, londonDate(now));
    const referral = await referralById(tx, viewer, input.referralId, rules);
    if (referral === null || referral.personId !== opened.person.id)
      return refused('not-found', 'There is no such referral.');
    const { step } = input;
    if (step.kind === 'service-said')
      return serviceSaid(parts, tx, viewer, referral, step.answer, input.reference, now);
    const what = moveOf[step.kind];
    const repeated = referral.events.at(-1)?.what === what && hasEnded(referral.standing.state);
    if (repeated) return done(undefined);
    const moved = move(referral.standing.state, what);
    if (!moved.ok) return moved;
    const carried = await carryOut(parts, tx, viewer, referral, step, rules, now);
    if (!carried.ok) return carried;
    await recordAudit(tx, now, auditActor(viewer, input.reference), {
      action: 'changed',
      personId: referral.personId,
      subjectKind: 'referral',
      subjectId: referral.id,
      detail: { step: step.kind },
    });
    await touch(tx, topicsOf(referral));
    return done(undefined);
  });
}

async function serviceSaid(
  parts: ReferralParts,
  tx: Tx,
  viewer: SignedInViewer,
  referral: Referral,
  answer: ServiceAnswer,
  reference: string,
  now: Temporal.Instant,
): Promise<Outcome<void, FollowUpRefusal>> {
  const wrong = cannotBe(answer, referral, now);
  if (wrong !== null) return wrong;
  if (isRepeat(referral, answer)) return done(undefined);
  const news = await applyAnswer(tx, viewer, referral, answer, now);
  if (!news.ok) return news;
  await recordAudit(tx, now, auditActor(viewer, reference), {
    action: 'changed',
    personId: referral.personId,
    subjectKind: 'referral',
    subjectId: referral.id,
    detail: { toldUs: moveOfAnswer(answer) },
  });
  await tellOurSide(parts, tx, viewer, referral, answer, news.value, now);
  return done(undefined);
}

async function carryOut(
  parts: ReferralParts,
  tx: Tx,
  viewer: SignedInViewer,
  referral: Referral,
  step: Exclude<FollowUp, { kind: 'service-said' }>,
  rules: ReferralRules,
  now: Temporal.Instant,
): Promise<Outcome<void, FollowUpRefusal>> {
  const add = (rest: {
    readonly reason?: string;
    readonly note?: string | null;
    readonly appointmentId?: string;
  }) => addEvent(tx, viewer, referral, { what: moveOf[step.kind], at: now, ...rest });
  switch (step.kind) {
    case 'chase':
      return chase(parts, tx, viewer, referral, rules, now);
    case 'answer-question': {
      const [need] = referral.needs;
      const disclosed = await discloseItems(tx, viewer, {
        personId: referral.personId,
        episodeId: referral.episodeId,
        recipient: serviceRecipient(referral),
        purpose: 'referral',
        what: 'referral',
        subjectId: referral.id,
        items: [
          {
            key: 'answer',
            category: 'need',
            label: 'Answer to the service’s question',
            ...(need === undefined ? {} : { needKind: need }),
          },
        ],
        channel: 'link',
        relatedNeeds: referral.needs,
        now,
      });
      if (!disclosed.ok) return refused('not-allowed', disclosed.refusal.message, 'body');
      await addMessage(tx, viewer, referral, { direction: 'to-service', body: step.body, now });
      await add({});
      await keepLinkOpen(tx, viewer, referral.id, dueAfter(now, rules['link-open']));
      return done(undefined);
    }
    case 'agree-appointment': {
      const [appointment] = referral.appointments;
      if (appointment === undefined) return refused('not-now', 'No appointment has been offered yet.');
      await add({ appointmentId: appointment.id });
      await parts.onAppointment(tx, viewer, {
        ...appointment,
        change: 'agreed',
        code: null,
        referralId: referral.id,
        appointmentId: appointment.id,
        personId: referral.personId,
        serviceName: referral.serviceName,
        ownerId: referral.ownerId,
        teamId: referral.teamId,
      });
      return done(undefined);
    }
    case 'still-going':
      await add({});
      return done(undefined);
    case 'withdraw':
      await add({ reason: step.reason });
      await stopWhatHasNotGone(tx, viewer, referral, 'the referral was withdrawn', now);
      return done(undefined);
    case 'complete':
    case 'lost':
    case 'move-on':
      await add({ note: step.note });
      await stopWhatHasNotGone(tx, viewer, referral, 'the referral was closed', now);
      return done(undefined);
  }
}

/** Asks the service again, with the same link. Once a day: more is noise. */
async function chase(
  parts: ReferralParts,
  tx: Tx,
  viewer: SignedInViewer,
  referral: Referral,
  rules: ReferralRules,
  now: Temporal.Instant,
): Promise<Outcome<void, FollowUpRefusal>> {
  const last = referral.standing.lastChasedAt;
  if (last !== null && londonDate(last).equals(londonDate(now)))
    return refused('chased-today', 'They were reminded today already. Ring them, or try another service.');
  const link = await linkOf(tx, viewer, referral.id);
  const service = await serviceById(tx, viewer, referral.serviceId);
  const email = service?.email ?? null;
  if (link === null || link.revokedAt !== null || email === null)
    return refused(
      'no-address',
      'There is no e-mail address to send a reminder to. Ring them, then record what they said.',
    );
  const expiresAt = dueAfter(now, rules['link-open']);
  await keepLinkOpen(tx, viewer, referral.id, expiresAt);
  await addEvent(tx, viewer, referral, { what: 'chased', at: now });
  await writeToOutbox(
    tx,
    linkMessage(parts, {
      areaId: viewer.areaId,
      personId: referral.personId,
      referralId: referral.id,
      to: email,
      token: linkToken(parts.linkSecret, link.id),
      expiresAt,
      reminder: true,
    }),
    now,
  );
  return done(undefined);
}

/** Closes a referral's links and cancels its messages that are still waiting. What has gone is not called back. */
async function stopWhatHasNotGone(
  tx: Tx,
  viewer: Viewer,
  referral: Pick<Referral, 'id' | 'personId'>,
  why: string,
  now: Temporal.Instant,
): Promise<void> {
  await revokeLinks(tx, viewer, referral.id, why, now);
  await tx
    .updateTable('outbound_message')
    .set({ cancelled_at: now, cancelled_why: why })
    .where('person_id', '=', referral.personId)
    .where('caused_by', '=', causeOf(referral.id))
    .where('sent_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .execute();
}

/**
 * The person withdrew their agreement to share with a service: every open referral to it is withdrawn, in the
 * transaction of the withdrawal. For consent's onWithdrawn; other subjects are not ours and change nothing.
 */
export async function withdrawReferrals(
  tx: Tx,
  viewer: Viewer,
  withdrawn: {
    readonly personId: string;
    readonly subject: { readonly kind: string; readonly recipient?: string; readonly serviceId?: string };
  },
  now: Temporal.Instant,
): Promise<number> {
  const { subject } = withdrawn;
  if (subject.kind !== 'share' || subject.recipient !== 'service' || subject.serviceId === undefined)
    return 0;
  const rules = await referralRules(tx, londonDate(now));
  const all = await referralsOfPerson(tx, viewer, withdrawn.personId, rules);
  let stopped = 0;
  for (const found of all.filter((one) => one.serviceId === subject.serviceId)) {
    await lockReferral(tx, found.id);
    // Read again under the lock: the service may have answered in between.
    const referral = await referralById(tx, viewer, found.id, rules);
    if (referral === null || !move(referral.standing.state, 'withdrawn').ok) continue;
    await addEvent(tx, viewer, referral, { what: 'withdrawn', at: now, reason: 'consent-withdrawn' });
    await stopWhatHasNotGone(tx, viewer, referral, 'consent was withdrawn', now);
    await recordAudit(tx, now, auditActor(viewer), {
      action: 'changed',
      personId: referral.personId,
      subjectKind: 'referral',
      subjectId: referral.id,
      detail: { step: 'withdrawn', because: 'consent withdrawn' },
    });
    await touch(tx, topicsOf(referral));
    stopped += 1;
  }
  return stopped;
}
