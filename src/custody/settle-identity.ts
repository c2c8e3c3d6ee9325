import { auditActor, databaseContext, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import {
  ensureEpisode,
  findPeople,
  foldRecord,
  moveAlerts,
  type NewPerson,
  type Person,
} from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { decideMatch, type LikelyPerson } from '../matching/index.ts';
import type { CustodyParts } from './custody-parts.ts';
import { likelyFor } from './likely-people.ts';
import { personFromFeed } from './feed/feed-person.ts';
import { touchStay } from './record-stay-events.ts';
import { identityFrom } from './stay.ts';
import { eventsOfStays, latestStay, lockStay, staysOfPeople, type Stay } from './stay-store.ts';
import { moveStay, setIdentity } from './stay-writes.ts';

/** What the stay's own record says of the person: what the feed said, or what was typed. */
async function saidOf(
  tx: Tx,
  viewer: SignedInViewer,
  stay: Stay,
  person: Person,
  now: Temporal.Instant,
): Promise<NewPerson> {
  const events = (await eventsOfStays(tx, viewer, [stay.id])).get(stay.id) ?? [];
  const identity = identityFrom(events);
  if (identity !== null) return personFromFeed(identity, londonDate(now));
  return {
    source: 'record',
    givenName: person.givenName,
    familyName: person.familyName,
    describedAs: person.describedAs,
    birthDate: person.birthDate,
    sex: person.sex as NewPerson['sex'] & string,
  };
}

/** Records that may be the same person as the one of this stay, for a human to judge. Nothing is ever joined by itself. */
export async function suggestionsFor(
  tx: Tx,
  viewer: SignedInViewer,
  stay: Stay,
  person: Person,
  now: Temporal.Instant,
): Promise<readonly LikelyPerson[]> {
  const said = await saidOf(tx, viewer, stay, person, now);
  return likelyFor(tx, viewer, said, { stayId: stay.id, except: person.id });
}

export type SettleRefusal = 'not-found' | 'not-suggested' | 'already-here' | 'settled';

/**
 * A human says whether the person of this stay is somebody we know. "Same": the stay moves to the known record, with
 * its facts, offers and alerts, and the record made for it is folded away by matching. "Different": remembered.
 * Only a record that matching suggested can be chosen, so that nobody reaches a record by guessing its address.
 */
export async function settleIdentity(
  parts: CustodyParts,
  viewer: SignedInViewer,
  reference: string,
  personId: string,
  input: { readonly knownPersonId: string; readonly decision: 'same' | 'different' },
): Promise<Outcome<{ readonly personId: string; readonly siteId: string | null }, SettleRefusal>> {
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const now = parts.clock.now();
    const opened = await parts.people.open(tx, viewer, personId);
    if (opened === null) return refused('not-found', 'There is no such person');
    const { person } = opened;
    const found = await latestStay(tx, viewer, person.id);
    if (found === null) return refused('not-found', 'This person has no stay in custody');
    if (found.identity === 'confirmed-known' || found.madePersonId !== person.id)
      return refused('settled', 'Somebody has already said who this is');
    const likely = (await suggestionsFor(tx, viewer, found, person, now)).find(
      (each) => each.personId === input.knownPersonId,
    );
    if (likely === undefined) return refused('not-suggested', 'This record is no longer suggested');
    // Both people first, in order of their ids, then the stay: two decisions at once never wait for each other.
    await tx
      .selectFrom('person')
      .select('id')
      .where('id', 'in', [person.id, input.knownPersonId])
      .orderBy('id')
      .forUpdate()
      .execute();
    const stay = await lockStay(tx, viewer, found);
    const decided = {
      personId: input.knownPersonId,
      otherKind: 'detention' as const,
      otherId: stay.id,
      decision: input.decision,
      score: likely.score,
    };
    if (input.decision === 'different') {
      await decideMatch(tx, viewer, decided, now);
      const left = await suggestionsFor(tx, viewer, stay, person, now);
      await setIdentity(tx, stay.id, {
        possibleMatches: left.length,
        ...(left.length === 0 && { identity: 'confirmed-new' as const }),
      });
      await audit(tx, viewer, reference, now, stay, person.id, 'different');
      await touchStay(tx, stay);
      return done({ personId: person.id, siteId: stay.siteId });
    }
    const known = (await findPeople(tx, viewer, [input.knownPersonId])).get(input.knownPersonId);
    if (known === undefined) return refused('not-found', 'There is no such person');
    const elsewhere = (await staysOfPeople(tx, viewer, [known.id])).find((each) => each.endedAt === null);
    if (elsewhere !== undefined && stay.endedAt === null)
      return refused(
        'already-here',
        `This record is already on a board${elsewhere.siteName === null ? '' : ` at ${elsewhere.siteName}`}. Nobody is in two places: check both`,
      );
    const said = await saidOf(tx, viewer, stay, person, now);
    await ensureEpisode(
      tx,
      viewer,
      known.id,
      {
        firstContactPoint: stay.kind === 'detention' ? 'custody' : 'voluntary-attendance',
        identifiedBy: stay.custodyNumber === null ? 'service' : 'custody-feed',
      },
      now,
    );
    await moveStay(tx, stay.id, known.id);
    await moveAlerts(tx, viewer, person.id, known.id);
    await parts.people.learn(tx, viewer, known.id, {
      ...said,
      names: [
        ...(said.names ?? []),
        { kind: 'as-received', givenName: said.givenName, familyName: said.familyName },
      ],
      birthDates: said.birthDate ? [said.birthDate] : [],
    });
    await decideMatch(tx, viewer, decided, now);
    await parts.onSamePerson(tx, viewer, { from: person.id, to: known.id });
    await foldRecord(tx, viewer, person.id, known.id, now);
    await audit(tx, viewer, reference, now, stay, known.id, 'same');
    await touchStay(tx, stay, { siteId: stay.siteId, personId: known.id });
    return done({ personId: known.id, siteId: stay.siteId });
  });
}

async function audit(
  tx: Tx,
  viewer: SignedInViewer,
  reference: string,
  now: Temporal.Instant,
  stay: Stay,
  personId: string,
  decision: string,
): Promise<void> {
  await recordAudit(tx, now, auditActor(viewer, reference), {
    action: 'changed',
    personId,
    subjectKind: 'who somebody is',
    subjectId: stay.id,
    detail: { decision },
  });
}
