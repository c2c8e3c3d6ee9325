import { sql } from 'kysely';
import { workerIdOf, type Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Move } from './referral.ts';
import type { Referral } from './referral-store.ts';

// What is written down about a referral, and the locks it is written under.

/**
 * One change to a referral at a time, whoever makes it. An advisory lock and not a row lock, because a service that
 * answers may read its referral and not change it.
 */
export async function lockReferral(tx: Tx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`referral:${id}`}, 0))`.execute(tx);
}

/** The same for staff, who may share or withdraw with it: person first, then referral, as everywhere. */
export async function lockPersonAndReferral(tx: Tx, personId: string, id: string): Promise<void> {
  await tx.selectFrom('person').select('id').where('id', '=', personId).forUpdate().execute();
  await lockReferral(tx, id);
}

/** What is written down when something happens. */
export interface NewEvent {
  readonly what: Move;
  readonly at: Temporal.Instant;
  readonly reason?: string | null;
  readonly note?: string | null;
  readonly appointmentId?: string | null;
}

type Whose = Pick<Referral, 'id' | 'personId' | 'serviceId'>;

function byOf(viewer: Viewer): { by_kind: string; worker_id: string | null; by_name: string } {
  switch (viewer.kind) {
    case 'link':
      return { by_kind: 'link', worker_id: null, by_name: viewer.recipientName };
    case 'system':
      return { by_kind: 'system', worker_id: null, by_name: viewer.actor };
    default:
      return {
        by_kind: viewer.kind === 'partner' ? 'service' : 'staff',
        worker_id: workerIdOf(viewer),
        by_name: viewer.name,
      };
  }
}

/** Adds to a referral's history. The caller holds the lock and has asked `move` whether it may happen. */
export async function addEvent(tx: Tx, viewer: Viewer, referral: Whose, event: NewEvent): Promise<void> {
  const { number } = await tx
    .selectFrom('referral_event')
    .select((eb) => eb.fn.coalesce(eb.fn.max('number'), sql<number>`0`).as('number'))
    .where('referral_id', '=', referral.id)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('referral_event')
    .values({
      area_id: viewer.areaId,
      person_id: referral.personId,
      referral_id: referral.id,
      service_id: referral.serviceId,
      number: number + 1,
      what: event.what,
      happened_at: event.at,
      ...byOf(viewer),
      reason: event.reason ?? null,
      note: event.note ?? null,
      appointment_id: event.appointmentId ?? null,
    })
    .execute();
}

/** Keeps an offered time, and answers its id. */
export async function addAppointment(
  tx: Tx,
  viewer: Viewer,
  referral: Whose,
  offer: { readonly startsAt: Temporal.Instant; readonly place: string; readonly now: Temporal.Instant },
): Promise<string> {
  const row = await tx
    .insertInto('referral_appointment')
    .values({
      area_id: viewer.areaId,
      person_id: referral.personId,
      referral_id: referral.id,
      service_id: referral.serviceId,
      starts_at: offer.startsAt,
      place: offer.place,
      offered_at: offer.now,
      offered_by: byOf(viewer).by_name,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Keeps a question or an answer. */
export async function addMessage(
  tx: Tx,
  viewer: Viewer,
  referral: Whose,
  message: {
    readonly direction: 'to-us' | 'to-service';
    readonly body: string;
    readonly now: Temporal.Instant;
  },
): Promise<void> {
  await tx
    .insertInto('referral_message')
    .values({
      area_id: viewer.areaId,
      person_id: referral.personId,
      referral_id: referral.id,
      service_id: referral.serviceId,
      direction: message.direction,
      body: message.body,
      by_name: byOf(viewer).by_name,
      at: message.now,
    })
    .execute();
}
