import { createHash } from 'node:crypto';
import { workerIdOf, type Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import { eventsOfStays, findStay, type Stay, type StayIdentity } from './stay-store.ts';
import {
  detailText,
  stayFrom,
  type StayEvent,
  type StayEventDetail,
  type StayEventKind,
  type StayState,
} from './stay.ts';

// Writing stays. What is known of a stay only ever changes by adding an event to it.

/** One fact to be added to a stay. */
export interface NewStayEvent {
  readonly kind: StayEventKind;
  readonly happenedAt: Temporal.Instant;
  readonly source: string;
  readonly detail: StayEventDetail;
}

function eventHash(event: NewStayEvent): Buffer {
  const happened = event.happenedAt.round({ smallestUnit: 'microsecond' }).toString();
  return createHash('sha256')
    .update(`${event.kind}\n${happened}\n${detailText(event.detail)}`)
    .digest();
}

/** The columns that are worked out from the events. */
function columnsOf(state: StayState) {
  return {
    kind: state.kind,
    legal_basis: state.legalBasis,
    site_id: state.siteId,
    site_code: state.siteCode,
    place: state.place,
    arrived_at: state.arrivedAt,
    first_event_at: state.firstEventAt,
    expected_end_at: state.expectedEndAt,
    ended_at: state.endedAt,
    outcome: state.outcome,
    court_site_id: state.courtSiteId,
    court_date: state.courtDate,
    charged_at: state.chargedAt,
    charge_decision_at: state.chargeDecisionAt,
    interview_at: state.interviewAt,
    interview_ends_at: state.interviewEndsAt,
    investigator_name: state.investigatorName,
    investigator_contact: state.investigatorContact,
    solicitor: state.solicitor,
    adult_required: state.adultRequired,
    adult_why: state.adultWhy,
    adult_name: state.adultName,
    adult_requested_at: state.adultRequestedAt,
    adult_arrived_at: state.adultArrivedAt,
    adult_left_at: state.adultLeftAt,
  };
}

/** Makes a stay of its first event. */
export async function insertStay(
  tx: Tx,
  viewer: Viewer,
  input: {
    readonly personId: string;
    readonly madePersonId: string | null;
    readonly identity: StayIdentity;
    readonly force: string | null;
    readonly custodyNumber: string | null;
    readonly assignedTo: string | null;
    readonly first: readonly NewStayEvent[];
  },
  now: Temporal.Instant,
): Promise<Stay> {
  const state = stayFrom(input.first.map((event) => ({ ...event, enteredAt: now })));
  const row = await tx
    .insertInto('detention')
    .values({
      area_id: viewer.areaId,
      person_id: input.personId,
      made_person_id: input.madePersonId,
      identity: input.identity,
      force: input.force,
      custody_number: input.custodyNumber,
      assigned_to: input.assignedTo,
      ...columnsOf(state),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const stay = await findStay(tx, viewer, row.id);
  if (stay === null) throw new Error('A stay just created is not visible to the viewer who created it');
  return stay;
}

/**
 * Adds facts to a locked stay and works it out anew from all of them. A fact already there, word for word, is not
 * added again. `added` are the ones that were new.
 */
export async function addStayEvents(
  tx: Tx,
  viewer: Viewer,
  stay: Stay,
  events: readonly NewStayEvent[],
  now: Temporal.Instant,
): Promise<{ readonly stay: Stay; readonly events: readonly StayEvent[]; readonly added: number }> {
  let added = 0;
  if (events.length > 0) {
    const inserted = await tx
      .insertInto('detention_event')
      .values(
        events.map((event) => ({
          area_id: viewer.areaId,
          detention_id: stay.id,
          person_id: stay.personId,
          kind: event.kind,
          happened_at: event.happenedAt,
          entered_at: now,
          entered_by: workerIdOf(viewer),
          source: event.source,
          detail: JSON.stringify(event.detail),
          content_hash: eventHash(event),
        })),
      )
      .onConflict((conflict) => conflict.columns(['detention_id', 'content_hash']).doNothing())
      .returning('id')
      .execute();
    added = inserted.length;
  }
  const all = (await eventsOfStays(tx, viewer, [stay.id])).get(stay.id) ?? [];
  if (added > 0)
    await tx
      .updateTable('detention')
      .set((eb) => ({ ...columnsOf(stayFrom(all)), version: eb('version', '+', 1) }))
      .where('id', '=', stay.id)
      .execute();
  const after = await findStay(tx, viewer, stay.id);
  if (after === null) throw new Error('A stay that was just changed is gone');
  return { stay: after, events: all, added };
}

/** Who takes this person. Null gives them back to everybody. */
export async function setAssigned(tx: Tx, stayId: string, workerId: string | null): Promise<void> {
  await tx
    .updateTable('detention')
    .set((eb) => ({ assigned_to: workerId, version: eb('version', '+', 1) }))
    .where('id', '=', stayId)
    .execute();
}

/** Says how sure we are who the person is, and how many records may be the same. */
export async function setIdentity(
  tx: Tx,
  stayId: string,
  set: { readonly identity?: StayIdentity; readonly possibleMatches?: number },
): Promise<void> {
  await tx
    .updateTable('detention')
    .set({
      ...(set.identity !== undefined && { identity: set.identity }),
      ...(set.possibleMatches !== undefined && { possible_matches: set.possibleMatches }),
    })
    .where('id', '=', stayId)
    .execute();
}

/** A stay that turned out to be somebody else's moves with everything that belongs to it. */
export async function moveStay(tx: Tx, stayId: string, toPersonId: string): Promise<void> {
  for (const table of ['detention_event', 'contact_offer', 'leaving_check', 'custody_feed_event'] as const)
    await tx.updateTable(table).set({ person_id: toPersonId }).where('detention_id', '=', stayId).execute();
  await tx
    .updateTable('detention')
    .set((eb) => ({
      person_id: toPersonId,
      identity: 'confirmed-known',
      possible_matches: 0,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', stayId)
    .execute();
}
