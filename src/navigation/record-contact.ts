import { auditActor, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { ensureEpisode, type People, type Person } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { contactText, type ContactHow, type ContactResult } from './contact.ts';
import { contactPointsOf } from './contact-store.ts';
import { finishFollowUp } from './follow-up-store.ts';
import { supportTopics } from './live-topics.ts';
import { judgeContact } from './safe-contact.ts';

/** What the person decided about contact after release, as the consent module answers it. */
export interface ContactDecision {
  readonly state: 'given' | 'refused' | 'withdrawn' | 'expired' | 'not-asked' | 'conflict';
  readonly words: string;
}

/** Asks, for several people at once, what they decided about contact after release. Given by app.ts. */
export type ContactDecisions = (
  tx: Tx,
  viewer: SignedInViewer,
  personIds: readonly string[],
  now: Temporal.Instant,
  /** The same people when they are read already. */
  known?: ReadonlyMap<string, Person>,
) => Promise<ReadonlyMap<string, ContactDecision>>;

export interface RecordContactParts {
  readonly people: People;
  readonly contactDecisions?: ContactDecisions | undefined;
}

export interface NewContact {
  readonly personId: string;
  readonly how: ContactHow;
  readonly result: ContactResult;
  readonly at: Temporal.Instant;
  readonly contactPointId?: string | null;
  readonly note?: string | null;
  readonly followUpId?: string | null;
  /** Why it was done although the person said it is not safe, or did not agree. */
  readonly againstWhy?: string | null;
}

export type RecordContactRefusal = 'not-found' | 'not-safe' | 'not-agreed' | 'in-the-future';

/**
 * Writes down a contact that was made or tried. What the person said is not safe is refused with the words to read;
 * it is kept only with a reason, which stays with the contact, goes to the audit and to the lead. Speaking with the
 * person finishes the call it was made for.
 */
export async function recordContact(
  parts: RecordContactParts,
  tx: Tx,
  viewer: SignedInViewer,
  input: NewContact,
  now: Temporal.Instant,
  reference: string | null = null,
): Promise<Outcome<{ readonly id: string }, RecordContactRefusal>> {
  const opened = await parts.people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  const personId = opened.person.id;
  if (Temporal.Instant.compare(input.at, now) > 0)
    return refused('in-the-future', 'The contact must be now or in the past', 'at');
  const against = await objection(parts, tx, viewer, personId, input, now);
  const why = input.againstWhy?.trim() ?? '';
  if (against !== null && why === '') return refused(against.code, against.words, 'contact');
  const episode = await ensureEpisode(
    tx,
    viewer,
    personId,
    { firstContactPoint: 'community', identifiedBy: 'service' },
    now,
  );
  const followUp = await ownFollowUp(tx, personId, input.followUpId ?? null);
  const row = await tx
    .insertInto('contact_log')
    .values({
      area_id: viewer.areaId,
      person_id: personId,
      episode_id: episode.id,
      at: input.at,
      how: input.how,
      result: input.result,
      contact_point_id: input.contactPointId ?? null,
      note: input.note?.trim() || null,
      against_why: against === null ? null : why,
      against_what: against?.words ?? null,
      follow_up_id: followUp,
      recorded_by: viewer.workerId,
      recorded_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (followUp !== null && input.result === 'reached') await finishFollowUp(tx, viewer, followUp, input.at);
  await recordAudit(tx, now, auditActor(viewer, reference), {
    action: 'created',
    personId,
    subjectKind: 'contact',
    subjectId: row.id,
    detail: {
      contact: contactText(input.how, input.result),
      ...(against === null ? {} : { against: against.code }),
    },
  });
  await touch(tx, supportTopics(personId, viewer.workerId));
  return done({ id: row.id });
}

async function objection(
  parts: RecordContactParts,
  tx: Tx,
  viewer: SignedInViewer,
  personId: string,
  input: NewContact,
  now: Temporal.Instant,
): Promise<{ readonly code: 'not-safe' | 'not-agreed'; readonly words: string } | null> {
  const points = (await contactPointsOf(tx, viewer, [personId])).get(personId) ?? [];
  const verdict = judgeContact(points, input);
  if (verdict.answer === 'may-not') return { code: 'not-safe', words: verdict.words };
  // Somebody who comes of their own accord is not "contacted": a meeting needs no agreement to contact.
  if (input.how === 'meeting' || parts.contactDecisions === undefined) return null;
  const decision = (await parts.contactDecisions(tx, viewer, [personId], now)).get(personId);
  if (decision?.state !== 'refused' && decision?.state !== 'withdrawn') return null;
  return { code: 'not-agreed', words: decision.words };
}

/** The call this contact was made for, when it is this person's. */
async function ownFollowUp(tx: Tx, personId: string, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const row = await tx
    .selectFrom('follow_up')
    .select('id')
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .forUpdate()
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Adds words to a contact that is already in the log; what was written first stays as it is. */
export async function addToContact(
  parts: RecordContactParts,
  tx: Tx,
  viewer: SignedInViewer,
  input: { readonly personId: string; readonly contactId: string; readonly note: string },
  now: Temporal.Instant,
  reference: string | null = null,
): Promise<Outcome<{ readonly id: string }, 'not-found' | 'needs-words'>> {
  const opened = await parts.people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  if (input.note.trim() === '') return refused('needs-words', 'Write what you want to add', 'note');
  const first = await tx
    .selectFrom('contact_log')
    .select(['id', 'person_id', 'episode_id', 'how', 'result'])
    .where('id', '=', input.contactId)
    .where('person_id', '=', opened.person.id)
    .where('adds_to', 'is', null)
    .executeTakeFirst();
  if (first === undefined) return refused('not-found', 'There is no such contact.');
  const row = await tx
    .insertInto('contact_log')
    .values({
      area_id: viewer.areaId,
      person_id: first.person_id,
      episode_id: first.episode_id,
      at: now,
      how: first.how,
      result: first.result,
      note: input.note.trim(),
      adds_to: first.id,
      recorded_by: viewer.workerId,
      recorded_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordAudit(tx, now, auditActor(viewer, reference), {
    action: 'changed',
    personId: first.person_id,
    subjectKind: 'contact',
    subjectId: first.id,
    detail: { addition: row.id },
  });
  await touch(tx, supportTopics(first.person_id, viewer.workerId));
  return done({ id: row.id });
}
