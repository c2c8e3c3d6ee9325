import { z } from 'zod';
import { auditActor, databaseContext, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { recordDecisionIn } from '../consent/index.ts';
import type { Tx } from '../platform/database.ts';
import { onceOnly } from '../platform/forms/idempotency.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { notSeenReasons, type NotSeenReason } from './contact.ts';
import type { CustodyParts } from './custody-parts.ts';
import { touchStay } from './record-stay-events.ts';
import { latestStay } from './stay-store.ts';

const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);

/** One offer and what came of it. */
export const offerContactSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('accepted'), tryAgainAt: z.null(), words: z.null(), note: z.null() }),
  z.object({
    outcome: z.literal('declined'),
    words: z.string().trim().min(1).max(500).nullable(),
    note: z.null(),
    tryAgainAt: instant.nullable(),
  }),
  z.object({
    outcome: z.literal('not-seen'),
    reason: z.enum(Object.keys(notSeenReasons) as [NotSeenReason, ...NotSeenReason[]]),
    words: z.null(),
    note: z.string().trim().min(1).max(300).nullable(),
    tryAgainAt: instant.nullable(),
  }),
]);
export type OfferContactInput = z.output<typeof offerContactSchema>;

/**
 * Records that contact was offered, and what came of it. A refusal has no other consequence and never stops a later
 * offer (domain.md 1.6). Whoever makes the offer takes the person, if nobody has.
 */
export async function offerContact(
  parts: Pick<CustodyParts, 'database' | 'clock' | 'people'>,
  viewer: SignedInViewer,
  request: { readonly key: string; readonly reference: string },
  personId: string,
  input: OfferContactInput,
): Promise<Outcome<{ readonly personId: string; readonly outcome: string }, 'not-found' | 'key-used'>> {
  const { database, clock, people } = parts;
  return database.transaction(databaseContext(viewer), async (tx) => {
    const opened = await people.open(tx, viewer, personId);
    if (opened === null) return refused('not-found', 'There is no such person');
    const id = opened.person.id;
    const now = clock.now();
    const once = await onceOnly(tx, request.key, 'custody.offer-contact', async () => {
      const stay = await latestStay(tx, viewer, id);
      const current = stay !== null && stay.endedAt === null ? stay : null;
      await tx
        .insertInto('contact_offer')
        .values({
          area_id: viewer.areaId,
          person_id: id,
          detention_id: current?.id ?? stay?.id ?? null,
          offered_at: now,
          entered_at: now,
          outcome: input.outcome,
          reason: input.outcome === 'not-seen' ? input.reason : null,
          note: input.note,
          words: input.words,
          try_again_at: input.tryAgainAt,
          offered_by: viewer.workerId,
          offered_by_name: viewer.name,
        })
        .execute();
      if (current !== null && current.assignedTo === null)
        await tx
          .updateTable('detention')
          .set({ assigned_to: viewer.workerId })
          .where('id', '=', current.id)
          .where('assigned_to', 'is', null)
          .execute();
      if (input.outcome === 'accepted') await agreedToBeSeen(parts, tx, viewer, id, request.reference);
      await recordAudit(tx, now, auditActor(viewer, request.reference), {
        action: 'created',
        personId: id,
        subjectKind: 'offer of contact',
        subjectId: stay?.id ?? null,
        detail: { outcome: input.outcome },
      });
      await touchStay(tx, { siteId: stay?.siteId ?? null, personId: id });
      return { personId: id, outcome: input.outcome };
    });
    return once.ok
      ? done({ personId: once.value.result.personId, outcome: once.value.result.outcome })
      : once;
  });
}

/**
 * Agreeing to the offer is agreeing to be seen, and is asked once (product promise 1). Whoever is under 16 decides it
 * on the consent page, where competence is recorded: this writes nothing for them.
 */
async function agreedToBeSeen(
  parts: Pick<CustodyParts, 'clock' | 'people'>,
  tx: Tx,
  viewer: SignedInViewer,
  personId: string,
  reference: string,
): Promise<void> {
  await recordDecisionIn(
    tx,
    { clock: parts.clock, people: parts.people, onWithdrawn: async () => {} },
    viewer,
    {
      personId,
      decided: [{ subject: { kind: 'being-seen' }, decision: 'given', extent: null }],
      holder: 'person',
      holderName: null,
      competence: 'not-asked',
      competenceShownBy: null,
      how: 'spoken',
      present: [],
      language: 'English',
      format: 'ordinary',
      partnerRecords: false,
    },
    reference,
  );
}
