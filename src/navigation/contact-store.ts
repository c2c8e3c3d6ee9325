import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import type { ContactHow, ContactResult } from './contact.ts';
import type { ContactPoint, SafeAnswer } from './safe-contact.ts';

// All SQL of contact_log, and the ways to reach people (people's contact_point, read only).

/** The ways to reach several people, newest first. */
export async function contactPointsOf(
  tx: Tx,
  _viewer: Viewer,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ContactPoint[]>> {
  const found = new Map<string, ContactPoint[]>();
  if (personIds.length === 0) return found;
  const rows = await tx
    .selectFrom('contact_point')
    .selectAll()
    .where('person_id', 'in', [...new Set(personIds)])
    .where('ended_at', 'is', null)
    .orderBy('recorded_at', 'desc')
    .execute();
  for (const row of rows) {
    const list = found.get(row.person_id) ?? [];
    list.push({
      id: row.id,
      kind: row.kind as ContactPoint['kind'],
      value: row.value,
      ring: row.safe_to_ring as SafeAnswer,
      text: row.safe_to_text as SafeAnswer,
      leaveMessage: row.safe_to_leave_message as SafeAnswer,
      note: row.note,
    });
    found.set(row.person_id, list);
  }
  return found;
}

/** One contact with what was added to it later. */
export interface Contact {
  readonly id: string;
  readonly at: Temporal.Instant;
  readonly how: ContactHow;
  readonly result: ContactResult;
  readonly note: string | null;
  readonly againstWhat: string | null;
  readonly againstWhy: string | null;
  readonly by: string;
  readonly additions: readonly {
    readonly note: string;
    readonly by: string;
    readonly at: Temporal.Instant;
  }[];
}

/** The contacts of one person, newest first, each with its additions. */
export async function contactsOf(
  tx: Tx,
  _viewer: Viewer,
  personId: string,
  limit = 100,
): Promise<readonly Contact[]> {
  const rows = await tx
    .selectFrom('contact_log as l')
    .leftJoin('worker', 'worker.id', 'l.recorded_by')
    .select([
      'l.id',
      'l.at',
      'l.how',
      'l.result',
      'l.note',
      'l.against_what',
      'l.against_why',
      'l.adds_to',
      'l.recorded_at',
      'worker.name',
    ])
    .where('l.person_id', '=', personId)
    .orderBy('l.at', 'desc')
    .orderBy('l.recorded_at', 'desc')
    .limit(limit * 2)
    .execute();
  return rows
    .filter((row) => row.adds_to === null)
    .slice(0, limit)
    .map((row) => ({
      id: row.id,
      at: row.at,
      how: row.how as ContactHow,
      result: row.result as ContactResult,
      note: row.note,
      againstWhat: row.against_what,
      againstWhy: row.against_why,
      by: row.name ?? 'Recorded by the system',
      additions: rows
        .filter((added) => added.adds_to === row.id)
        .map((added) => ({ note: added.note ?? '', by: added.name ?? 'The system', at: added.recorded_at }))
        .reverse(),
    }));
}

/** Contacts made against what a person said is safe, since a moment: the lead sees every one. */
export async function contactsAgainst(
  tx: Tx,
  viewer: Viewer,
  since: Temporal.Instant,
): Promise<
  readonly {
    readonly personId: string;
    readonly at: Temporal.Instant;
    readonly what: string;
    readonly why: string;
    readonly by: string;
  }[]
> {
  const rows = await tx
    .selectFrom('contact_log as l')
    .leftJoin('worker', 'worker.id', 'l.recorded_by')
    .select(['l.person_id', 'l.at', 'l.against_what', 'l.against_why', 'worker.name'])
    .where('l.area_id', '=', viewer.areaId)
    .where('l.against_why', 'is not', null)
    .where('l.at', '>=', since)
    .orderBy('l.at', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    personId: row.person_id,
    at: row.at,
    what: row.against_what ?? '',
    why: row.against_why ?? '',
    by: row.name ?? 'The system',
  }));
}
