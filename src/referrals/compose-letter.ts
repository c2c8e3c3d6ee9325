import type { SignedInViewer } from '../access/index.ts';
import { needsOf } from '../assessment/index.ts';
import { decide, type Recipient, type ShareItem } from '../sharing/index.ts';
import { communicationNeeds, type NeedKind, type Person } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { divideLetter, writeLetter, type DecidedLetter } from './letter.ts';
import { areaOfPostcode, reachOf } from './referral-store.ts';

/** What the writer chose and typed; the rest is on the record already. */
export interface LetterChoices {
  readonly serviceId: string;
  readonly serviceName: string;
  readonly needs: readonly NeedKind[];
  readonly wants: string | null;
  readonly support: string | null;
  /** Whom the service can ask. */
  readonly referrer: string;
}

/** Writes the letter from the record as it is now, and divides it by what may go to this service now. */
export async function composeLetter(
  tx: Tx,
  viewer: SignedInViewer,
  person: Person,
  choices: LetterChoices,
  now: Temporal.Instant,
): Promise<DecidedLetter> {
  const reach = await reachOf(tx, viewer, person.id);
  const talking = (await communicationNeeds(tx, viewer, [person.id])).get(person.id) ?? [];
  const lines = writeLetter({
    person,
    today: londonDate(now),
    district: areaOfPostcode(reach.postcode),
    chosen: choices.needs,
    needs: await needsOf(tx, viewer, person.id),
    points: reach.points,
    talking: talking.map((need) => need.what),
    wants: choices.wants,
    support: choices.support,
    referrer: choices.referrer,
  });
  const decisions = await decide(tx, viewer, {
    personId: person.id,
    recipient: serviceRecipient(choices),
    purpose: 'referral',
    items: lines.map(itemOf),
    relatedNeeds: choices.needs,
    now,
  });
  return divideLetter(lines, decisions);
}

/** The service as sharing names it. */
export function serviceRecipient(service: {
  readonly serviceId: string;
  readonly serviceName: string;
}): Recipient {
  return { kind: 'service', serviceId: service.serviceId, name: service.serviceName };
}

/** A line without its text: the decision is about what it is, and the text stays here. */
export function itemOf(line: ShareItem): ShareItem {
  const { key, category, needKind, label } = line;
  return { key, category, label, ...(needKind === undefined ? {} : { needKind }) };
}
