import { auditActor, databaseContext, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { displayName, findPeople, type People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { when } from '../platform/views/dates.ts';
import { legalReasonWords, type LegalReasonKind } from './legal-reason.ts';
import { categoryLabels, recipientName, type ItemCategory } from './recipient.ts';
import { recipientOf } from './sharing-store.ts';

export type ReviewOutcome = 'agreed' | 'more-information' | 'not-agreed';

const reviewWords: Readonly<Record<ReviewOutcome, string>> = {
  agreed: 'Agreed',
  'more-information': 'More information asked for',
  'not-agreed': 'Not agreed',
};

/** One recorded reason, for the page of whoever reviews them or opens the person's record. */
export interface LegalReasonRow {
  readonly id: string;
  readonly personId: string;
  readonly personName: string;
  readonly to: string;
  readonly reason: string;
  readonly what: string;
  readonly whatHappened: string;
  readonly whoIsAtRisk: string;
  readonly least: string;
  readonly asked: string;
  readonly advisedBy: string;
  readonly told: string;
  readonly law: string | null;
  readonly decided: string;
  readonly lasts: string;
  readonly review: { readonly text: string; readonly shape: 'done' | 'wait' | 'now' } | null;
}

const askedWords = {
  'asked-and-refused': 'Asked, and refused',
  'not-asked': 'Not asked',
  'not-able-to-decide': 'Not able to decide',
} as const;
const toldWords = { yes: 'Told', 'not-yet': 'Not told yet', no: 'Not told' } as const;
const PAGE = 100;

/**
 * Recorded reasons, newest first, at most 100: of one person, or of the whole area for review. Reviewers see all of
 * their area; whose name is shown is decided by the caller. Three queries, however many rows.
 */
export async function findLegalReasons(
  tx: Tx,
  viewer: SignedInViewer,
  personId: string | null,
  now: Temporal.Instant,
  mayName: (ids: readonly string[]) => Promise<(id: string) => boolean>,
): Promise<readonly LegalReasonRow[]> {
  let query = tx
    .selectFrom('legal_reason as l')
    .innerJoin('worker as w', 'w.id', 'l.decided_by')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('legal_reason_review as r')
          .innerJoin('worker as rw', 'rw.id', 'r.reviewed_by')
          .select(['r.outcome', 'r.note', 'r.reviewed_at', 'rw.name as reviewer'])
          .whereRef('r.legal_reason_id', '=', 'l.id')
          .orderBy('r.reviewed_at', 'desc')
          .limit(1)
          .as('review'),
      (join) => join.onTrue(),
    )
    .selectAll('l')
    .select(['w.name as worker', 'review.outcome', 'review.note', 'review.reviewed_at', 'review.reviewer'])
    .where('l.area_id', '=', viewer.areaId);
  if (personId !== null) query = query.where('l.person_id', '=', personId);
  const rows = await query.orderBy('l.decided_at', 'desc').limit(PAGE).execute();
  const ids = [...new Set(rows.map((row) => row.person_id))];
  const named = await mayName(ids);
  const people = await findPeople(tx, viewer, ids.filter(named));
  return rows.map((row) => {
    const person = people.get(row.person_id);
    const asked = askedWords[row.consent_sought as keyof typeof askedWords];
    const told = toldWords[row.person_told as keyof typeof toldWords];
    return {
      id: row.id,
      personId: row.person_id,
      personName: person === undefined ? 'Name not shown to you' : displayName(person),
      to: recipientName(recipientOf(row)),
      reason: legalReasonWords[row.reason as LegalReasonKind],
      what: row.categories.map((category) => categoryLabels[category as ItemCategory]).join(', '),
      whatHappened: row.what_happened,
      whoIsAtRisk: row.who_is_at_risk,
      least: row.least_that_would_do,
      asked: row.why_not_asked === null ? asked : `${asked}: ${row.why_not_asked}`,
      advisedBy: row.advised_by,
      told: row.why_not_told === null ? told : `${told}: ${row.why_not_told}`,
      law: row.law,
      decided: `${row.worker}, ${when(row.decided_at, now)}`,
      lasts: Temporal.Instant.compare(row.ends_at, now) > 0 ? `Until ${when(row.ends_at, now)}` : 'Ended',
      review: reviewOf(row, now),
    };
  });
}

function reviewOf(
  row: {
    readonly outcome: string | null;
    readonly note: string | null;
    readonly reviewed_at: Temporal.Instant | null;
    readonly reviewer: string | null;
  },
  now: Temporal.Instant,
): LegalReasonRow['review'] {
  if (row.outcome === null || row.reviewed_at === null) return null;
  const outcome = row.outcome as ReviewOutcome;
  const note = row.note === null ? '' : `. ${row.note}`;
  return {
    text: `${reviewWords[outcome]}, ${row.reviewer ?? ''} ${when(row.reviewed_at, now)}${note}`,
    shape: outcome === 'agreed' ? 'done' : outcome === 'not-agreed' ? 'now' : 'wait',
  };
}

/** Writes what the reviewer thinks. Reviewing is never deciding again: what went has gone. */
export async function reviewLegalReason(
  parts: { readonly database: Database; readonly clock: Clock; readonly people: People },
  viewer: SignedInViewer,
  input: { readonly id: string; readonly outcome: ReviewOutcome; readonly note: string | null },
  reference: string | null,
): Promise<Outcome<true, 'not-found' | 'own-decision' | 'note-needed'>> {
  if (input.outcome !== 'agreed' && input.note === null)
    return refused('note-needed', 'Say what you want to know, or why you do not agree');
  const now = parts.clock.now();
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const row = await tx
      .selectFrom('legal_reason')
      .select(['id', 'person_id', 'decided_by'])
      .where('id', '=', input.id)
      .executeTakeFirst();
    if (row === undefined) return refused('not-found', 'This is not there.');
    // A lead may also have decided it: somebody else looks.
    if (row.decided_by === viewer.workerId)
      return refused('own-decision', 'You recorded this yourself. Somebody else has to look at it.');
    await tx
      .insertInto('legal_reason_review')
      .values({
        area_id: viewer.areaId,
        person_id: row.person_id,
        legal_reason_id: row.id,
        outcome: input.outcome,
        note: input.note,
        reviewed_at: now,
        reviewed_by: viewer.workerId,
      })
      .execute();
    await recordAudit(tx, now, auditActor(viewer, reference), {
      action: 'changed',
      personId: row.person_id,
      subjectKind: 'legal reason',
      subjectId: row.id,
      detail: { reviewed: input.outcome },
    });
    return done(true);
  });
}
