import { auditActor, databaseContext, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Tx } from '../platform/database.ts';
import { checkVersion } from '../platform/forms/conflict.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import type { CustodyParts } from './custody-parts.ts';
import { recordStayEvents, touchStay } from './record-stay-events.ts';
import { latestStay, lockStay, unplacedStays, type Stay } from './stay-store.ts';
import { setAssigned, type NewStayEvent } from './stay-writes.ts';
import { suitesOf, workersFor } from './suite-store.ts';

type ChangeParts = Pick<CustodyParts, 'database' | 'clock' | 'people' | 'onEnded' | 'onCharged'>;

/** The person's stay, locked, when this viewer may open the record. */
export async function lockedStayOf(
  parts: Pick<CustodyParts, 'people'>,
  tx: Tx,
  viewer: SignedInViewer,
  personId: string,
): Promise<Stay | null> {
  const opened = await parts.people.open(tx, viewer, personId);
  if (opened === null) return null;
  const stay = await latestStay(tx, viewer, opened.person.id);
  return stay === null ? null : lockStay(tx, viewer, stay);
}

/**
 * Adds what a worker was told about a stay: a charge decision time, the investigator, the appropriate adult. `version`
 * is the one the form was opened on: somebody else's newer facts are never hidden by an older form.
 */
export async function changeStay(
  parts: ChangeParts,
  viewer: SignedInViewer,
  reference: string,
  personId: string,
  input: {
    readonly version: number;
    readonly what: string;
    /** Worked out against the stay as it is now, while it is locked. */
    readonly events: (stay: Stay) => readonly Omit<NewStayEvent, 'source'>[];
  },
): Promise<Outcome<{ readonly personId: string }, 'not-found' | 'stale'>> {
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const stay = await lockedStayOf(parts, tx, viewer, personId);
    if (stay === null) return refused('not-found', 'This person has no stay in custody');
    const fresh = checkVersion(input.version, stay.version);
    if (!fresh.ok)
      return refused(
        'stale',
        'Somebody else, or the custody feed, changed this stay while you were typing. What is there now is shown; yours is still in the form. Check both, then save again.',
      );
    const now = parts.clock.now();
    await recordStayEvents(
      parts,
      tx,
      viewer,
      stay,
      input.events(stay).map((event) => ({ ...event, source: viewer.name })),
      now,
    );
    await recordAudit(tx, now, auditActor(viewer, reference), {
      action: 'changed',
      personId: stay.personId,
      subjectKind: 'stay in custody',
      subjectId: stay.id,
      detail: { what: input.what },
    });
    return done({ personId: stay.personId });
  });
}

/** Gives a person to a worker at the suite, or back to everybody with null. */
export async function assignStay(
  parts: Pick<CustodyParts, 'database' | 'clock' | 'people'>,
  viewer: SignedInViewer,
  reference: string,
  personId: string,
  workerId: string | null,
): Promise<Outcome<{ readonly siteId: string | null }, 'not-found' | 'not-here' | 'left'>> {
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const stay = await lockedStayOf(parts, tx, viewer, personId);
    if (stay === null) return refused('not-found', 'This person has no stay in custody');
    if (stay.endedAt !== null) return refused('left', 'This person has left custody');
    const workers = await workersFor(tx, viewer, stay.siteId);
    if (
      workerId !== null &&
      workerId !== viewer.workerId &&
      !workers.some((worker) => worker.id === workerId)
    )
      return refused('not-here', 'Choose somebody who works at this suite', 'worker');
    const now = parts.clock.now();
    await setAssigned(tx, stay.id, workerId);
    await recordAudit(tx, now, auditActor(viewer, reference), {
      action: 'changed',
      personId: stay.personId,
      subjectKind: 'stay in custody',
      subjectId: stay.id,
      detail: { assignedTo: workerId },
    });
    await touchStay(tx, stay);
    return done({ siteId: stay.siteId });
  });
}

/** Puts a stay whose suite we could not tell into a suite the viewer works in. */
export async function placeStay(
  parts: ChangeParts,
  viewer: SignedInViewer,
  reference: string,
  input: { readonly stayId: string; readonly siteId: string },
): Promise<Outcome<{ readonly siteId: string }, 'not-found'>> {
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const suites = await suitesOf(tx, viewer);
    const found = (await unplacedStays(tx, viewer)).find((each) => each.id === input.stayId);
    if (found === undefined || !suites.some((suite) => suite.id === input.siteId))
      return refused('not-found', 'This person has been placed already');
    const stay = await lockStay(tx, viewer, found);
    const now = parts.clock.now();
    await recordStayEvents(
      parts,
      tx,
      viewer,
      stay,
      [{ kind: 'moved-suite', happenedAt: now, source: viewer.name, detail: { siteId: input.siteId } }],
      now,
    );
    await recordAudit(tx, now, auditActor(viewer, reference), {
      action: 'changed',
      personId: stay.personId,
      subjectKind: 'stay in custody',
      subjectId: stay.id,
      detail: { placedAt: input.siteId },
    });
    return done({ siteId: input.siteId });
  });
}
