import { auditActor, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { touch } from '../platform/live/touch.ts';
import type { Tx } from '../platform/database.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import type { Basis } from './age-and-source.ts';
import { raiseAlert, type NewAlert } from './alert-store.ts';
import type { SafeAnswer } from './details-store.ts';
import type { People } from './people.ts';

/** What every act on a person's details stands on: the caller's transaction, who acts, and on whom. */
export interface DetailsScope {
  readonly people: People;
  readonly tx: Tx;
  readonly viewer: SignedInViewer;
  readonly personId: string;
  readonly now: Temporal.Instant;
  readonly reference: string | null;
}

export type DetailsRefusal = 'not-found' | 'stale' | 'ended';

/** Opens the record, locks the person, and writes down what was changed. Null is answered as not found. */
async function act(
  scope: DetailsScope,
  what: string,
  work: (personId: string) => Promise<void>,
): Promise<boolean> {
  const { people, tx, viewer, now, reference } = scope;
  const opened = await people.open(tx, viewer, scope.personId);
  if (opened === null) return false;
  const { person } = opened;
  await tx.selectFrom('person').select('id').where('id', '=', person.id).forUpdate().execute();
  await work(person.id);
  await recordAudit(tx, now, auditActor(viewer, reference), {
    action: 'changed',
    personId: person.id,
    subjectKind: what,
  });
  await touch(tx, [`person:${person.id}`]);
  return true;
}

const notFound = refused('not-found', 'This record cannot be opened.');

/** What somebody likes to be called, and how to speak of them. `version` is the one the form was opened with. */
export async function recordHowToAddress(
  scope: DetailsScope,
  input: {
    readonly version: number;
    readonly preferredName: string | null;
    readonly pronoun: 'she' | 'he' | 'they' | null;
  },
): Promise<Outcome<void, DetailsRefusal>> {
  let stale = false;
  const found = await act(scope, 'how to address them', async (personId) => {
    const row = await scope.tx
      .updateTable('person')
      .set((eb) => ({
        preferred_name: input.preferredName,
        pronoun: input.pronoun,
        version: eb('version', '+', 1),
      }))
      .where('id', '=', personId)
      .where('version', '=', input.version)
      .returning('id')
      .executeTakeFirst();
    stale = row === undefined;
  });
  if (!found) return notFound;
  if (stale)
    return refused(
      'stale',
      'Somebody changed this while you were writing. What they wrote is shown now: look, and save again.',
    );
  return done(undefined);
}

/** How to talk with somebody: the four groups of the Accessible Information Standard, and an interpreter. */
export async function recordCommunicationNeed(
  scope: DetailsScope,
  input: {
    readonly kind: 'support' | 'professional' | 'contact-method' | 'format' | 'interpreter';
    readonly what: string;
    readonly basis: Basis;
    readonly saidBy: string;
  },
): Promise<Outcome<void, DetailsRefusal>> {
  const found = await act(scope, 'communication need', async (personId) => {
    await scope.tx
      .insertInto('communication_need')
      .values({
        area_id: scope.viewer.areaId,
        person_id: personId,
        kind: input.kind,
        what: input.what,
        basis: input.basis,
        said_by: input.saidBy,
        recorded_by: scope.viewer.workerId,
        recorded_at: scope.now,
      })
      .execute();
  });
  return found ? done(undefined) : notFound;
}

/** A way to reach somebody, and whether it is safe. The other person in the house may hold the phone. */
export async function recordContactPoint(
  scope: DetailsScope,
  input: {
    readonly kind: 'phone' | 'email' | 'through-somebody' | 'place';
    readonly value: string;
    readonly safeToRing: SafeAnswer;
    readonly safeToText: SafeAnswer;
    readonly safeToLeaveMessage: SafeAnswer;
    readonly note: string | null;
  },
): Promise<Outcome<void, DetailsRefusal>> {
  const found = await act(scope, 'how to reach them', async (personId) => {
    // The same number told again takes the place of what was told before; the old line stays in the history.
    await scope.tx
      .updateTable('contact_point')
      .set({ ended_at: scope.now })
      .where('person_id', '=', personId)
      .where('kind', '=', input.kind)
      .where('value', '=', input.value)
      .where('ended_at', 'is', null)
      .execute();
    await scope.tx
      .insertInto('contact_point')
      .values({
        area_id: scope.viewer.areaId,
        person_id: personId,
        kind: input.kind,
        value: input.value,
        safe_to_ring: input.safeToRing,
        safe_to_text: input.safeToText,
        safe_to_leave_message: input.safeToLeaveMessage,
        note: input.note,
        recorded_by: scope.viewer.workerId,
        recorded_at: scope.now,
      })
      .execute();
  });
  return found ? done(undefined) : notFound;
}

/** Something that could hurt the person or somebody else, for everybody who opens the record. */
export async function recordAlert(
  scope: DetailsScope,
  input: Omit<NewAlert, 'at'>,
): Promise<Outcome<void, DetailsRefusal>> {
  const found = await act(scope, 'alert', (personId) =>
    raiseAlert(scope.tx, scope.viewer, personId, { ...input, at: scope.now }),
  );
  return found ? done(undefined) : notFound;
}

const endable = {
  alert: 'alert',
  'communication-need': 'communication_need',
  'contact-point': 'contact_point',
} as const;
export type Endable = keyof typeof endable;

/** Takes a line off the record's head because it no longer holds. It stays in the history. */
export async function endDetail(
  scope: DetailsScope,
  input: { readonly kind: Endable; readonly id: string; readonly why: string },
): Promise<Outcome<void, DetailsRefusal>> {
  let ended = false;
  const found = await act(scope, `${input.kind} ended`, async (personId) => {
    const { tx, now, viewer } = scope;
    if (input.kind === 'alert') {
      const row = await tx
        .updateTable('alert')
        .set({ ended_at: now, ended_by: viewer.workerId, ended_why: input.why })
        .where('id', '=', input.id)
        .where('person_id', '=', personId)
        .where('ended_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      ended = row !== undefined;
      return;
    }
    const row = await tx
      .updateTable(endable[input.kind])
      .set({ ended_at: now })
      .where('id', '=', input.id)
      .where('person_id', '=', personId)
      .where('ended_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    ended = row !== undefined;
  });
  if (!found) return notFound;
  return ended ? done(undefined) : refused('ended', 'Somebody has taken this off already.');
}
