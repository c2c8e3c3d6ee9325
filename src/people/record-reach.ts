import { auditActor, workerIdOf, type Viewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import type { Basis } from './age-and-source.ts';
import type { People } from './people.ts';
import type { CommunicationNeed } from './person-store.ts';

/** One of the four answers, as everywhere: nothing defaults to "no". */
export type SafeToDo = 'yes' | 'no' | 'not-asked' | 'declined' | 'unknown';

/** A way to reach somebody, and what they said is safe. */
export interface NewContactPoint {
  readonly kind: 'phone' | 'email' | 'through-somebody' | 'place';
  readonly value: string;
  readonly ring?: SafeToDo;
  readonly text?: SafeToDo;
  readonly leaveMessage?: SafeToDo;
  /** The person's own words of caution: "He may hold her phone". */
  readonly note?: string;
}

/** Something staff must know to talk with the person, and who said so. */
export interface NewCommunicationNeed {
  readonly kind: CommunicationNeed['kind'];
  readonly what: string;
  readonly basis: Basis;
  readonly saidBy: string;
}

export interface ReachScope {
  readonly people: People;
  readonly tx: Tx;
  readonly viewer: Viewer;
  readonly now: Temporal.Instant;
  readonly reference: string | null;
}

/**
 * Writes down how to talk with somebody (Accessible Information Standard: identify, record, flag) and how to reach
 * them. What is on the record already in the same words is not written twice. Refuses a person who is not open to
 * this viewer.
 */
export async function recordReach(
  scope: ReachScope,
  input: {
    readonly personId: string;
    readonly communication?: readonly NewCommunicationNeed[];
    readonly points?: readonly NewContactPoint[];
  },
): Promise<Outcome<{ readonly written: number }, 'not-found'>> {
  const { tx, viewer, now } = scope;
  const opened = await scope.people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  const personId = opened.person.id;
  await tx.selectFrom('person').select('id').where('id', '=', personId).forUpdate().execute();
  const base = { area_id: viewer.areaId, person_id: personId, recorded_by: workerIdOf(viewer) };
  const needs = newOnes(
    input.communication ?? [],
    ({ what }) => what,
    await tx
      .selectFrom('communication_need')
      .select('what as words')
      .where('person_id', '=', personId)
      .where('ended_at', 'is', null)
      .execute(),
  );
  if (needs.length > 0)
    await tx
      .insertInto('communication_need')
      .values(
        needs.map((need) => ({
          ...base,
          kind: need.kind,
          what: need.what,
          basis: need.basis,
          said_by: need.saidBy,
          recorded_at: now,
        })),
      )
      .execute();
  const points = newOnes(
    input.points ?? [],
    ({ value }) => value,
    await tx
      .selectFrom('contact_point')
      .select('value as words')
      .where('person_id', '=', personId)
      .where('ended_at', 'is', null)
      .execute(),
  );
  if (points.length > 0)
    await tx
      .insertInto('contact_point')
      .values(
        points.map((point) => ({
          ...base,
          kind: point.kind,
          value: point.value,
          safe_to_ring: point.ring ?? 'not-asked',
          safe_to_text: point.text ?? 'not-asked',
          safe_to_leave_message: point.leaveMessage ?? 'not-asked',
          note: point.note ?? null,
          recorded_at: now,
        })),
      )
      .execute();
  const written = needs.length + points.length;
  if (written === 0) return done({ written });
  await recordAudit(tx, now, auditActor(viewer, scope.reference), {
    action: 'changed',
    personId,
    subjectKind: 'how to talk with and reach the person',
    subjectId: personId,
    detail: { communication: needs.length, contactPoints: points.length },
  });
  await touch(tx, [`person:${personId}`]);
  return done({ written });
}

/** Of what was said, only what does not stand on the record in the same words. */
function newOnes<T>(
  given: readonly T[],
  wordsOf: (one: T) => string,
  known: readonly { readonly words: string }[],
): readonly T[] {
  const have = new Set(known.map(({ words }) => words));
  return given.filter((one) => !have.has(wordsOf(one)));
}
