import { auditActor, databaseContext, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { shortName, type People } from '../people/index.ts';
import { LONDON, type Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import { onceOrRefused } from '../platform/forms/keyed-act.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { statusOf, type ConsentStatus } from './consent-statuses.ts';
import {
  addDecisions,
  findCapacity,
  findDecisions,
  type ConsentHow,
  type NewDecision,
} from './consent-store.ts';
import {
  extentCovers,
  subjectKey,
  subjectWords,
  type ConsentExtent,
  type ConsentSubject,
} from './consent-subject.ts';
import { whoDecides, type SaidToDecide, type WhoDecidesRefusal } from './who-decides.ts';

/** Called in the same transaction whenever less may go than before; app.ts connects it to sharing.stopUnsent. */
export type OnWithdrawn = (
  tx: Tx,
  viewer: SignedInViewer,
  narrowed: { readonly personId: string; readonly subject: ConsentSubject },
) => Promise<void>;

export interface RecordDecisionParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly people: People;
  readonly onWithdrawn: OnWithdrawn;
}

/** One thing that was decided in a conversation. */
export interface Decided {
  readonly subject: ConsentSubject;
  readonly decision: 'given' | 'refused' | 'withdrawn';
  /** For sharing that was agreed; otherwise null. */
  readonly extent: ConsentExtent | null;
  readonly contactHow?: 'ring-or-text' | 'text' | 'ring' | null;
}

/** One conversation, in which several things may be decided. */
export interface DecisionInput {
  readonly personId: string;
  readonly decided: readonly Decided[];
  readonly holder: SaidToDecide;
  readonly holderName: string | null;
  readonly competence: 'yes' | 'no' | 'not-sure' | 'not-asked';
  readonly competenceShownBy: string | null;
  readonly how: ConsentHow;
  /** Who else was there: "interpreter", "appropriate adult", "mother". */
  readonly present: readonly string[];
  readonly language: string;
  readonly format: NewDecision['format'];
  /** Whether what other services told us goes on too, for everything agreed to in this conversation. */
  readonly partnerRecords: boolean;
  /** When it was said; now when absent. */
  readonly decidedAt?: Temporal.Instant;
}

export type DecisionRefusal =
  'not-found' | 'nothing-chosen' | 'name-missing' | 'nothing-to-take-back' | WhoDecidesRefusal;

/** What was recorded, and what no longer may go because of it. */
export interface DecisionsRecorded {
  readonly recorded: number;
  readonly narrowed: readonly ConsentSubject[];
}

// An agreement is asked for again after a year: long enough for a case to end, short enough to be remembered.
// To be confirmed by each area's information governance lead.
const STANDS_FOR = Temporal.Duration.from({ years: 1 });

/**
 * Records what was decided in one conversation, in one transaction of its own; pressing twice records once.
 * Refuses what nobody may decide for the person (who-decides.ts). Whatever narrows stops what has not gone.
 */
export async function recordDecision(
  parts: RecordDecisionParts,
  viewer: SignedInViewer,
  input: DecisionInput,
  request: { readonly reference: string | null; readonly key: string },
): Promise<Outcome<DecisionsRecorded, DecisionRefusal | 'key-used'>> {
  let narrowed: readonly ConsentSubject[] = [];
  const once = await onceOrRefused(
    parts.database,
    databaseContext(viewer),
    { key: request.key, route: 'consent.record' },
    async (tx): Promise<Outcome<{ recorded: number }, DecisionRefusal>> => {
      const outcome = await recordDecisionIn(tx, parts, viewer, input, request.reference);
      if (!outcome.ok) return outcome;
      narrowed = outcome.value.narrowed;
      return done({ recorded: outcome.value.recorded });
    },
  );
  return once.ok ? done({ recorded: once.value.result.recorded, narrowed }) : once;
}

/** The same inside a caller's transaction: an offer of contact in custody records that the person agreed to be seen. */
export async function recordDecisionIn(
  tx: Tx,
  parts: Omit<RecordDecisionParts, 'database'>,
  viewer: SignedInViewer,
  input: DecisionInput,
  reference: string | null,
): Promise<Outcome<DecisionsRecorded, DecisionRefusal>> {
  const now = parts.clock.now();
  const opened = await parts.people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'This record cannot be opened.');
  if (input.decided.length === 0)
    return refused('nothing-chosen', 'Choose an answer on at least one line', 'subjects');
  const { person } = opened;
  // The same lock as a disclosure takes: a withdrawal and a sending never pass each other.
  await tx.selectFrom('person').select('id').where('id', '=', person.id).forUpdate().execute();
  const earlier = await findDecisions(tx, viewer, person.id);
  const capacity = await findCapacity(tx, viewer, person.id);
  const moment = { birthDate: person.birthDate, now };
  const decidedAt = input.decidedAt ?? now;
  const rows: NewDecision[] = [];
  const before = new Map<string, ConsentStatus>();
  for (const entry of input.decided) {
    const key = subjectKey(entry.subject);
    if (isNamed(entry.subject) && subjectName(entry.subject) === '')
      return refused('name-missing', 'Enter the name of the service or person', `name-${key}`);
    const status = statusOf(entry.subject, earlier, moment);
    before.set(key, status);
    if (entry.decision === 'withdrawn' && status.state === 'not-asked')
      return refused(
        'nothing-to-take-back',
        `${subjectWords(entry.subject)}: nothing was agreed that could be taken back. Choose “Refused”.`,
        key,
      );
    const who = whoDecides({
      birthDate: person.birthDate,
      name: shortName(person),
      now: decidedAt,
      decision: entry.decision,
      holder: input.holder,
      holderName: input.holderName,
      competence: input.competence,
      competenceShownBy: input.competenceShownBy,
      capacity: capacity.get(key)?.outcome ?? null,
    });
    if (!who.ok) return who;
    rows.push(rowFor(entry, input, who.value, decidedAt));
  }
  const ids = await addDecisions(tx, viewer, person.id, rows, now);
  const later = await findDecisions(tx, viewer, person.id);
  const narrowed: ConsentSubject[] = [];
  for (const { subject } of input.decided) {
    const was = before.get(subjectKey(subject));
    if (was !== undefined && isNarrower(was, statusOf(subject, later, moment))) narrowed.push(subject);
  }
  for (const subject of narrowed) await parts.onWithdrawn(tx, viewer, { personId: person.id, subject });
  await recordAudit(
    tx,
    now,
    auditActor(viewer, reference),
    ...rows.map((row, index) => ({
      action: 'created' as const,
      personId: person.id,
      subjectKind: 'consent decision',
      subjectId: ids[index] ?? null,
      detail: { about: subjectKey(row.subject), decision: row.decision, holder: row.holder },
    })),
  );
  await touch(tx, [`person:${person.id}`]);
  return done({ recorded: rows.length, narrowed });
}

function rowFor(
  entry: Decided,
  input: DecisionInput,
  who: Pick<NewDecision, 'holder' | 'competence'>,
  decidedAt: Temporal.Instant,
): NewDecision {
  const shared = entry.subject.kind === 'share' && entry.decision === 'given';
  return {
    subject: entry.subject,
    decision: entry.decision,
    // Agreed without saying how much is the least there is.
    extent: shared ? (entry.extent ?? 'recommendation-only') : null,
    partnerRecords: shared && input.partnerRecords,
    contactHow:
      entry.subject.kind === 'contact-after-release' && entry.decision === 'given'
        ? (entry.contactHow ?? null)
        : null,
    holder: who.holder,
    holderName: input.holderName,
    competence: who.competence,
    competenceShownBy: input.competenceShownBy,
    how: input.how,
    present: input.present,
    language: input.language,
    format: input.format,
    decidedAt,
    expiresAt:
      entry.decision === 'given' ? decidedAt.toZonedDateTimeISO(LONDON).add(STANDS_FOR).toInstant() : null,
  };
}

/** Less may go than before: no longer agreed, a smaller extent, or no partner records any more. */
function isNarrower(was: ConsentStatus, is: ConsentStatus): boolean {
  if (was.state !== 'given') return false;
  if (is.state !== 'given') return true;
  if (was.partnerRecords && !is.partnerRecords) return true;
  if (was.contactHow !== is.contactHow) return true;
  return was.extent !== null && is.extent !== null && !extentCovers(is.extent, was.extent);
}

function isNamed(subject: ConsentSubject): boolean {
  return subject.kind === 'share' && (subject.recipient === 'service' || subject.recipient === 'family');
}

function subjectName(subject: ConsentSubject): string {
  return subject.kind === 'share' ? (subject.name ?? '').trim() : '';
}
