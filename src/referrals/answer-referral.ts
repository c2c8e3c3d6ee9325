import {
  auditActor,
  databaseContext,
  type LinkViewer,
  type SignedInViewer,
  type SystemViewer,
} from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { londonDate } from '../platform/clock.ts';
import { setContext, type Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome, type Refusal } from '../platform/result.ts';
import type { AppointmentNews, ReferralParts } from './parts.ts';
import { markReceipt } from '../sharing/index.ts';
import { keepLinkOpen, markLinkOpened } from './referral-link.ts';
import { move, type Move } from './referral.ts';
import { referralById, referralRules, type Referral } from './referral-store.ts';
import { addAppointment, addEvent, addMessage, lockReferral, type NewEvent } from './referral-writes.ts';
import { wasSeen, type AttendanceCode, type DeclineReason } from './referral-words.ts';
import { topicsOf } from './referral-topics.ts';
import { dueAfter } from './working-days.ts';

/** Who answers: a worker of the service with an account, or whoever holds the link. */
export type AnsweringViewer = SignedInViewer | LinkViewer;

/** What a service can say. */
export type ServiceAnswer =
  | { readonly kind: 'open' }
  | { readonly kind: 'accept' }
  | { readonly kind: 'wait'; readonly howLong: string }
  | { readonly kind: 'decline'; readonly reason: DeclineReason; readonly note: string | null }
  | { readonly kind: 'ask'; readonly question: string }
  | { readonly kind: 'offer'; readonly startsAt: Temporal.Instant; readonly place: string }
  | { readonly kind: 'attendance'; readonly code: AttendanceCode };

/**
 * Records a service's answer. Read and written as the service or the link, so that the database itself holds it to
 * its own referral; what follows on our side (receipt, diary, live pages) is done as the system, in the same
 * transaction. The same answer twice is recorded once. Staff who were told by phone use it too (follow-up-referral.ts).
 */
export async function answerReferral(
  parts: ReferralParts,
  viewer: AnsweringViewer,
  input: { readonly referralId: string; readonly answer: ServiceAnswer; readonly reference: string },
): Promise<Outcome<void, 'not-found' | 'not-now' | 'in-the-past' | 'not-yet'>> {
  const now = parts.clock.now();
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    await lockReferral(tx, input.referralId);
    const rules = await referralRules(tx, londonDate(now));
    const referral = await referralById(tx, viewer, input.referralId, rules);
    if (referral === null || referral.sentAt === null)
      return refused('not-found', 'There is no such referral.');
    if (viewer.kind === 'link' && input.answer.kind === 'open') await markLinkOpened(tx, viewer, now);
    const wrong = cannotBe(input.answer, referral, now);
    if (wrong !== null) return wrong;
    if (isRepeat(referral, input.answer)) return done(undefined);
    const news = await applyAnswer(tx, viewer, referral, input.answer, now);
    if (!news.ok) return news;
    await recordAudit(tx, now, auditActor(viewer, input.reference), {
      action: input.answer.kind === 'open' ? 'viewed' : 'changed',
      personId: referral.personId,
      subjectKind: 'referral',
      subjectId: referral.id,
      detail: { answer: input.answer.kind, serviceId: referral.serviceId },
    });
    await tellOurSide(parts, tx, viewer, referral, input.answer, news.value, now);
    return done(undefined);
  });
}

/** An offer in the past, or attendance before the day: said in words, at the field. */
export function cannotBe(
  answer: ServiceAnswer,
  referral: Referral,
  now: Temporal.Instant,
): { readonly ok: false; readonly refusal: Refusal<'in-the-past' | 'not-yet'> } | null {
  if (answer.kind === 'offer' && Temporal.Instant.compare(answer.startsAt, now) <= 0)
    return refused('in-the-past', 'The appointment must be still to come.', 'day');
  const startsAt = referral.appointments[0]?.startsAt;
  // Cancelling is known before the time; coming is not.
  if (
    answer.kind === 'attendance' &&
    answer.code !== '2' &&
    answer.code !== '4' &&
    startsAt !== undefined &&
    Temporal.Instant.compare(now, startsAt) < 0
  )
    return refused('not-yet', 'The appointment has not been yet. Answer this afterwards.', 'code');
  return null;
}

const moveOf: Readonly<Record<ServiceAnswer['kind'], Move>> = {
  open: 'opened',
  accept: 'accepted',
  wait: 'wait-listed',
  decline: 'declined',
  ask: 'asked',
  offer: 'appointment-offered',
  attendance: 'attended',
};

/** What the answer is as a move; attendance depends on its code. */
export function moveOfAnswer(answer: ServiceAnswer): Move {
  return answer.kind === 'attendance' && !wasSeen(answer.code) ? 'did-not-attend' : moveOf[answer.kind];
}

/** True when the newest thing that happened says exactly this already: a second press, a page sent again. */
export function isRepeat(referral: Referral, answer: ServiceAnswer): boolean {
  const what = moveOfAnswer(answer);
  if (answer.kind === 'open') return !move(referral.standing.state, 'opened').ok;
  const last = referral.events.findLast(
    (event) => event.what !== 'chased' && event.what !== 'appointment-agreed',
  );
  if (last === undefined || last.what !== what) return false;
  switch (answer.kind) {
    case 'accept':
      return true;
    case 'wait':
      return last.note === answer.howLong;
    case 'decline':
      return last.reason === answer.reason;
    case 'ask':
      return last.note === answer.question;
    case 'offer': {
      const [newest] = referral.appointments;
      return newest !== undefined && newest.startsAt.equals(answer.startsAt) && newest.place === answer.place;
    }
    case 'attendance':
      return last.reason === answer.code;
  }
}

/** Writes the answer down, or refuses it where the referral stands. Answers the appointment it was about, if any. */
export async function applyAnswer(
  tx: Tx,
  viewer: AnsweringViewer,
  referral: Referral,
  answer: ServiceAnswer,
  now: Temporal.Instant,
): Promise<Outcome<AppointmentNews | null, 'not-now'>> {
  const what = moveOfAnswer(answer);
  const moved = move(referral.standing.state, what);
  if (!moved.ok) return moved;
  const add = (event: Omit<NewEvent, 'what' | 'at'>): Promise<void> =>
    addEvent(tx, viewer, referral, { what, at: now, ...event });
  switch (answer.kind) {
    case 'open':
    case 'accept':
      await add({});
      return done(null);
    case 'wait':
      await add({ note: answer.howLong });
      return done(null);
    case 'decline':
      await add({ reason: answer.reason, note: answer.note });
      return done(null);
    case 'ask':
      await addMessage(tx, viewer, referral, { direction: 'to-us', body: answer.question, now });
      await add({ note: answer.question });
      return done(null);
    case 'offer': {
      const appointmentId = await addAppointment(tx, viewer, referral, { ...answer, now });
      await add({ appointmentId });
      return done(newsOf(referral, { id: appointmentId, ...answer }, 'offered', null));
    }
    case 'attendance': {
      const [appointment] = referral.appointments;
      if (appointment === undefined) return refused('not-now', 'No appointment has been offered yet.');
      await add({ reason: answer.code, appointmentId: appointment.id });
      const change = wasSeen(answer.code)
        ? 'attended'
        : answer.code === '2' || answer.code === '4'
          ? 'called-off'
          : 'did-not-attend';
      return done(newsOf(referral, appointment, change, answer.code));
    }
  }
}

function newsOf(
  referral: Referral,
  appointment: { readonly id: string; readonly startsAt: Temporal.Instant; readonly place: string },
  change: AppointmentNews['change'],
  code: string | null,
): AppointmentNews {
  return {
    change,
    code,
    referralId: referral.id,
    appointmentId: appointment.id,
    personId: referral.personId,
    serviceName: referral.serviceName,
    startsAt: appointment.startsAt,
    place: appointment.place,
    ownerId: referral.ownerId,
    teamId: referral.teamId,
  };
}

/** What an answer causes on our side: the receipt, the diary, the link's life, the live pages. */
export async function tellOurSide(
  parts: ReferralParts,
  tx: Tx,
  viewer: AnsweringViewer,
  referral: Referral,
  answer: ServiceAnswer,
  news: AppointmentNews | null,
  now: Temporal.Instant,
): Promise<void> {
  const by = viewer.kind === 'link' ? viewer.recipientName : viewer.name;
  // A partner or a link may not write our receipts and diaries: from here on the system does, for the rest of this
  // transaction.
  await setContext(tx, { kind: 'system', area: viewer.areaId });
  const system: SystemViewer = { kind: 'system', areaId: viewer.areaId, actor: by };
  if (referral.disclosureId !== null && viewer.kind !== 'staff')
    await markReceipt(
      tx,
      system,
      referral.disclosureId,
      answer.kind === 'open' ? 'received' : 'read',
      now,
      by,
    );
  const rules = await referralRules(tx, londonDate(now));
  const from = answer.kind === 'offer' ? answer.startsAt : now;
  const lasts =
    answer.kind === 'wait'
      ? dueAfter(dueAfter(now, rules['wait-review']), rules['link-open'])
      : dueAfter(from, rules['link-open']);
  if (answer.kind !== 'open') await keepLinkOpen(tx, system, referral.id, lasts);
  if (news !== null) await parts.onAppointment(tx, system, news);
  await touch(tx, topicsOf(referral));
}
