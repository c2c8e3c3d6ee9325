import { sql } from 'kysely';
import { workerIdOf, type Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Basis, NeedKind } from '../people/index.ts';
import type { Need, NeedAnswer, PointOfContact, Services, Severity, WantsHelp } from './need.ts';

// All SQL of needs. Callers open the person first (people.open); row-level security keeps to the area.

/** One answer as it was recorded; `not-asked` takes back one recorded by mistake. */
export interface NeedVersion extends Omit<Need, 'answer'> {
  readonly answer: NeedAnswer | 'not-asked';
  readonly recordedBy: string;
  /** When it was written down; `saidBy.at` is when it was said. */
  readonly recordedAt: Temporal.Instant;
}

/** Every version of every kind, newest first. */
export async function needHistory(
  tx: Tx,
  _viewer: Viewer,
  personId: string,
): Promise<readonly NeedVersion[]> {
  const rows = await tx
    .selectFrom('need_record')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('recorded_at', 'desc')
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    kind: row.kind as NeedKind,
    version: row.version,
    answer: row.answer as NeedVersion['answer'],
    basis: row.basis as Basis,
    saidBy: {
      saidBy: row.said_by,
      at: row.said_at ?? row.recorded_at,
      pointOfContact: row.point_of_contact as PointOfContact,
    },
    detail: row.detail,
    severity: row.severity as Severity | null,
    services: row.services as Services,
    wantsHelp: row.wants_help as WantsHelp,
    screeningId: (row.evidence as { readonly screeningId?: string }).screeningId ?? null,
    recordedBy: row.recorded_by_name,
    recordedAt: row.recorded_at,
  }));
}

/** The newest answer of each kind; a kind that is absent was not asked. */
export async function needsOf(tx: Tx, viewer: Viewer, personId: string): Promise<readonly Need[]> {
  return newestOfEach(await needHistory(tx, viewer, personId));
}

/** By when it was written down, then by number: what a worker saw and changed stands. Two records joined into one person bring two rows of numbers. */
export function isNewer(a: NeedVersion, b: NeedVersion): boolean {
  const order = Temporal.Instant.compare(a.recordedAt, b.recordedAt);
  return order > 0 || (order === 0 && a.version > b.version);
}

/** Of a history, newest first, the answers that stand. */
export function newestOfEach(history: readonly NeedVersion[]): readonly Need[] {
  const newest = new Map<NeedKind, NeedVersion>();
  for (const version of history) {
    const known = newest.get(version.kind);
    if (known === undefined || isNewer(version, known)) newest.set(version.kind, version);
  }
  const needs: Need[] = [];
  for (const { recordedBy: _by, recordedAt: _at, answer, ...need } of newest.values())
    if (answer !== 'not-asked') needs.push({ ...need, answer });
  return needs;
}

/** Locks the person: first in the order of locks. */
export async function lockPerson(tx: Tx, personId: string): Promise<void> {
  await sql`select id from person where id = ${personId}::uuid for update`.execute(tx);
}

/** Appends versions; the caller has locked the person and counted. */
export async function insertNeeds(
  tx: Tx,
  viewer: Viewer,
  episodeId: string | null,
  recordedBy: string,
  versions: readonly Omit<NeedVersion, 'id' | 'recordedBy'>[],
): Promise<void> {
  await tx
    .insertInto('need_record')
    .values(
      versions.map((one) => ({
        area_id: viewer.areaId,
        person_id: one.personId,
        episode_id: episodeId,
        kind: one.kind,
        version: one.version,
        answer: one.answer,
        basis: one.basis,
        said_by: one.saidBy.saidBy,
        point_of_contact: one.saidBy.pointOfContact,
        detail: one.detail,
        severity: one.severity,
        services: one.services,
        wants_help: one.wantsHelp,
        evidence: JSON.stringify(one.screeningId === null ? {} : { screeningId: one.screeningId }),
        recorded_by: workerIdOf(viewer),
        recorded_by_name: recordedBy,
        recorded_at: one.recordedAt,
        said_at: Temporal.Instant.compare(one.saidBy.at, one.recordedAt) < 0 ? one.saidBy.at : null,
      })),
    )
    .execute();
}
