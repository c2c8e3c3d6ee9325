import { workerIdOf, type Viewer } from '../access/index.ts';
import type { Selectable } from 'kysely';
import type { DB, Tx } from '../platform/database.ts';
import type { CapacityOutcome } from './assess-capacity.ts';
import type { DatedDecision } from './consent-status.ts';
import { subjectKey, type ConsentExtent, type ConsentSubject } from './consent-subject.ts';

// All SQL of consent. Decisions are only ever added; row-level security keeps them within the viewer's area.

/** How the person said it, as recorded: spoken is normal in custody. */
export type ConsentHow = 'spoken' | 'written' | 'sign-language' | 'interpreter';

/** One decision as it was recorded. */
export interface RecordedDecision extends DatedDecision {
  readonly subject: ConsentSubject;
  readonly key: string;
  readonly contactHow: 'ring-or-text' | 'text' | 'ring' | null;
  readonly holderName: string | null;
  readonly how: ConsentHow;
  readonly present: readonly string[];
  readonly language: string;
  readonly recordedAt: Temporal.Instant;
  readonly recordedBy: string;
  /** Struck out by a later entry: kept and shown, and no longer counted. */
  readonly struckOut: { readonly reason: string } | null;
}

/** What is written for one decision. */
export interface NewDecision {
  readonly subject: ConsentSubject;
  readonly decision: 'given' | 'refused' | 'withdrawn';
  readonly extent: ConsentExtent | null;
  readonly partnerRecords: boolean;
  readonly contactHow: RecordedDecision['contactHow'];
  readonly holder: DatedDecision['holder'];
  readonly holderName: string | null;
  readonly competence: DatedDecision['competence'];
  readonly competenceShownBy: string | null;
  readonly how: ConsentHow;
  readonly present: readonly string[];
  readonly language: string;
  readonly format: 'ordinary' | 'easy-read' | 'large-print' | 'read-aloud';
  readonly decidedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant | null;
}

/** Every decision of one person, oldest first, with those of records folded into theirs. */
export async function findDecisions(
  tx: Tx,
  viewer: Viewer,
  personId: string,
): Promise<readonly RecordedDecision[]> {
  return (await findDecisionsOf(tx, viewer, [personId])).get(personId) ?? [];
}

/** The same for several people in one query (a whole court list), about everything or about one subject alone. */
export async function findDecisionsOf(
  tx: Tx,
  _viewer: Viewer,
  personIds: readonly string[],
  about: ConsentSubject | null = null,
): Promise<ReadonlyMap<string, readonly RecordedDecision[]>> {
  if (personIds.length === 0) return new Map();
  const ids = [...new Set(personIds)];
  // What strikes a decision out stands under the same subject, so it comes along.
  const rows = await tx
    .selectFrom('consent_decision as d')
    .$if(about !== null, (query) =>
      query.where('d.subject_key', '=', about === null ? '' : subjectKey(about)),
    )
    .innerJoin('worker as w', 'w.id', 'd.recorded_by')
    .innerJoin('person as p', 'p.id', 'd.person_id')
    .selectAll('d')
    .select(['w.name as recorded_by_name', 'p.merged_into as merged_into'])
    .where('d.person_id', 'in', (eb) =>
      eb
        .selectFrom('person')
        .select('id')
        .where((or) => or.or([or('id', 'in', ids), or('merged_into', 'in', ids)])),
    )
    .orderBy('d.decided_at')
    .orderBy('d.id')
    .execute();
  const byPerson = Map.groupBy(rows, (row) => row.merged_into ?? row.person_id);
  return new Map([...byPerson].map(([personId, own]) => [personId, decisionsFrom(own)]));
}

type DecisionRow = Selectable<DB['consent_decision']> & { readonly recorded_by_name: string };

function decisionsFrom(rows: readonly DecisionRow[]): readonly RecordedDecision[] {
  const struck = new Map(
    rows.flatMap((row) => (row.corrects === null ? [] : [[row.corrects, row.correction_reason ?? '']])),
  );
  return rows
    .filter((row) => row.decision !== 'entered-in-error')
    .map((row) => {
      const reason = struck.get(row.id);
      return {
        id: row.id,
        key: row.subject_key,
        subject: subjectOf(row),
        decision: row.decision as DatedDecision['decision'],
        holder: row.holder as DatedDecision['holder'],
        holderName: row.holder_name,
        competence: row.competence as DatedDecision['competence'],
        decidedAt: row.decided_at,
        expiresAt: row.expires_at,
        extent: row.extent as ConsentExtent | null,
        partnerRecords: row.partner_records,
        contactHow: row.contact_how as RecordedDecision['contactHow'],
        how: row.how as ConsentHow,
        present: row.present,
        language: row.language,
        recordedAt: row.recorded_at,
        recordedBy: row.recorded_by_name,
        struckOut: reason === undefined ? null : { reason },
      };
    });
}

function subjectOf(row: {
  readonly subject_kind: string;
  readonly recipient: string | null;
  readonly service_id: string | null;
  readonly recipient_name: string | null;
  readonly look_up_source: string | null;
}): ConsentSubject {
  switch (row.subject_kind) {
    case 'share':
      return {
        kind: 'share',
        recipient: row.recipient as Extract<ConsentSubject, { kind: 'share' }>['recipient'],
        ...(row.service_id === null ? {} : { serviceId: row.service_id }),
        ...(row.recipient_name === null ? {} : { name: row.recipient_name }),
      };
    case 'look-up':
      return {
        kind: 'look-up',
        source: row.look_up_source as Extract<ConsentSubject, { kind: 'look-up' }>['source'],
      };
    default:
      return { kind: row.subject_kind as 'being-seen' | 'contact-after-release' | 'evaluation' };
  }
}

/** Adds decisions. The caller has locked the person and decided that they may be recorded. */
export async function addDecisions(
  tx: Tx,
  viewer: Viewer,
  personId: string,
  decisions: readonly NewDecision[],
  now: Temporal.Instant,
): Promise<readonly string[]> {
  const worker = workerIdOf(viewer);
  if (worker === null) throw new Error('A decision is recorded by somebody who works here');
  const rows = await tx
    .insertInto('consent_decision')
    .values(
      decisions.map((entry) => ({
        area_id: viewer.areaId,
        person_id: personId,
        subject_key: subjectKey(entry.subject),
        subject_kind: entry.subject.kind,
        recipient: entry.subject.kind === 'share' ? entry.subject.recipient : null,
        service_id: entry.subject.kind === 'share' ? (entry.subject.serviceId ?? null) : null,
        recipient_name: entry.subject.kind === 'share' ? (entry.subject.name ?? null) : null,
        look_up_source: entry.subject.kind === 'look-up' ? entry.subject.source : null,
        decision: entry.decision,
        extent: entry.extent,
        partner_records: entry.partnerRecords,
        contact_how: entry.contactHow,
        holder: entry.holder,
        holder_name: entry.holderName,
        competence: entry.competence,
        competence_shown_by: entry.competenceShownBy,
        how: entry.how,
        present: [...entry.present],
        language: entry.language,
        format: entry.format,
        decided_at: entry.decidedAt,
        expires_at: entry.expiresAt,
        recorded_at: now,
        recorded_by: worker,
      })),
    )
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Strikes out one decision that was entered by mistake. False when it is not there or already struck out. */
export async function strikeOut(
  tx: Tx,
  viewer: Viewer,
  input: { readonly personId: string; readonly decisionId: string; readonly reason: string },
  now: Temporal.Instant,
): Promise<ConsentSubject | null> {
  const worker = workerIdOf(viewer);
  if (worker === null) throw new Error('A mistake is struck out by somebody who works here');
  const row = await tx
    .selectFrom('consent_decision')
    .selectAll()
    .where('id', '=', input.decisionId)
    .where('person_id', '=', input.personId)
    .where('decision', '<>', 'entered-in-error')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('consent_decision as later')
            .select('later.id')
            .where('later.corrects', '=', input.decisionId),
        ),
      ),
    )
    .executeTakeFirst();
  if (row === undefined) return null;
  const { id, ...kept } = row;
  await tx
    .insertInto('consent_decision')
    .values({
      ...kept,
      decision: 'entered-in-error',
      extent: null,
      partner_records: false,
      expires_at: null,
      corrects: id,
      correction_reason: input.reason,
      decided_at: now,
      recorded_at: now,
      recorded_by: worker,
    })
    .execute();
  return subjectOf(row);
}

/** The latest assessment of capacity for each decision it was about. */
export interface CapacityStanding {
  readonly key: string;
  readonly outcome: CapacityOutcome;
  readonly lookAgainAt: Temporal.Instant | null;
  readonly assessedAt: Temporal.Instant;
  readonly assessedBy: string;
}

/** Latest assessment per decision, by subject key. */
export async function findCapacity(
  tx: Tx,
  _viewer: Viewer,
  personId: string,
): Promise<ReadonlyMap<string, CapacityStanding>> {
  const rows = await tx
    .selectFrom('capacity_assessment as c')
    .innerJoin('worker as w', 'w.id', 'c.assessed_by')
    .distinctOn('c.subject_key')
    .select(['c.subject_key', 'c.outcome', 'c.look_again_at', 'c.assessed_at', 'w.name'])
    .where('c.person_id', '=', personId)
    .orderBy('c.subject_key')
    .orderBy('c.assessed_at', 'desc')
    .orderBy('c.id', 'desc')
    .execute();
  return new Map(
    rows.map((row) => [
      row.subject_key,
      {
        key: row.subject_key,
        outcome: row.outcome as CapacityOutcome,
        lookAgainAt: row.look_again_at,
        assessedAt: row.assessed_at,
        assessedBy: row.name,
      },
    ]),
  );
}
