import { workerIdOf, type Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';

/** One period of contact with the service, from identification to exit (domain.md 9). */
export interface Episode {
  readonly id: string;
  readonly personId: string;
  readonly openedAt: Temporal.Instant;
  readonly closedAt: Temporal.Instant | null;
}

/** How a first awareness came about (domain.md 1.8). */
export interface EpisodeOpening {
  readonly firstContactPoint:
    | 'custody'
    | 'voluntary-attendance'
    | 'magistrates-court'
    | 'youth-court'
    | 'crown-court'
    | 'community'
    | 'prison'
    | 'other';
  readonly identifiedBy:
    | 'custody-officer'
    | 'healthcare'
    | 'service'
    | 'court'
    | 'solicitor'
    | 'youth-justice'
    | 'family'
    | 'self'
    | 'custody-feed'
    | 'other';
}

/**
 * The person's open episode, opening one when there is none. Locks the person first, so that two feeds arriving
 * together open one episode and not two (the unique index would refuse the second).
 */
export async function ensureEpisode(
  tx: Tx,
  viewer: Viewer,
  personId: string,
  opening: EpisodeOpening,
  now: Temporal.Instant,
): Promise<Episode> {
  const person = await tx
    .selectFrom('person')
    .select(['id', 'area_id'])
    .where('id', '=', personId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const open = await openEpisode(tx, viewer, personId);
  if (open) return open;
  const row = await tx
    .insertInto('episode')
    .values({
      area_id: person.area_id,
      person_id: personId,
      opened_at: now,
      opened_by: workerIdOf(viewer),
      first_contact_point: opening.firstContactPoint,
      identified_by: opening.identifiedBy,
    })
    .returning(['id', 'person_id', 'opened_at', 'closed_at'])
    .executeTakeFirstOrThrow();
  return { id: row.id, personId: row.person_id, openedAt: row.opened_at, closedAt: row.closed_at };
}

/** The person's open episode, or null. */
export async function openEpisode(tx: Tx, _viewer: Viewer, personId: string): Promise<Episode | null> {
  const row = await tx
    .selectFrom('episode')
    .select(['id', 'person_id', 'opened_at', 'closed_at'])
    .where('person_id', '=', personId)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return row
    ? { id: row.id, personId: row.person_id, openedAt: row.opened_at, closedAt: row.closed_at }
    : null;
}

/** How many episodes each person had that have ended: "3 earlier episodes". */
export async function earlierEpisodes(
  tx: Tx,
  _viewer: Viewer,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (personIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('episode')
    .select(['person_id', (eb) => eb.fn.countAll<number>().as('ended')])
    .where('person_id', 'in', [...personIds])
    .where('closed_at', 'is not', null)
    .groupBy('person_id')
    .execute();
  return new Map(rows.map((row) => [row.person_id, row.ended]));
}
