import { createHash } from 'node:crypto';
import { surnames } from '../names.ts';
import type { BulkRows } from './copy-rows.ts';
import type { InventedPerson, Invention } from './invented-person.ts';
import { DAY, HOUR, MINUTE, moment } from './moments.ts';

/** One stay that was written, for what comes after it. */
export interface InventedStay {
  readonly id: string;
  readonly suiteIndex: number;
  readonly arrivedAt: number;
  readonly endedAt: number | null;
  readonly outcome: string | null;
  readonly accepted: boolean;
}

/** What ends a stay, in the shares that custody knows: most leave without a charge. */
const endings = [
  { outcome: 'released-under-investigation', kind: 'released', weight: 22 },
  { outcome: 'released-bail', kind: 'bailed', weight: 24 },
  { outcome: 'no-further-action', kind: 'released', weight: 19 },
  { outcome: 'charged-bailed', kind: 'bailed', weight: 19 },
  { outcome: 'charged-remanded', kind: 'transferred', weight: 11 },
  { outcome: 'community-resolution', kind: 'released', weight: 5 },
] as const;
const endingWheel = endings.flatMap((ending) => Array.from({ length: ending.weight }, () => ending));
const notSeenReasons = [
  'asleep',
  'intoxicated',
  'no-interpreter',
  'in-interview',
  'released-first',
  'out-of-hours',
] as const;

/** The stays of one person in custody, oldest first; the last is still going on when `here` names a suite. */
export function writeStays(
  rows: BulkRows,
  invention: Invention,
  person: InventedPerson,
  here: number | null,
): readonly InventedStay[] {
  const { draw } = person;
  const { suites } = invention.ground;
  const times = draw.chance(0.6) ? 1 : draw.chance(0.5) ? 2 : draw.between(3, 7);
  const stays: InventedStay[] = [];
  for (let i = 0; i < times; i += 1) {
    const span = person.lastSeen - person.firstSeen;
    const arrivedAt = times === 1 ? person.lastSeen : person.firstSeen + (span * i) / (times - 1) + i * DAY;
    if (arrivedAt > invention.now - DAY) continue;
    stays.push(writeStay(rows, invention, person, draw.between(0, suites.length - 1), arrivedAt, false));
  }
  if (here !== null)
    stays.push(
      writeStay(rows, invention, person, here, invention.now - draw.between(20, 22 * 60) * MINUTE, true),
    );
  return stays;
}

function writeStay(
  rows: BulkRows,
  invention: Invention,
  person: InventedPerson,
  suiteIndex: number,
  arrivedAt: number,
  still: boolean,
): InventedStay {
  const { draw } = person;
  const { ground } = invention;
  const suite = ground.suites[suiteIndex];
  if (suite === undefined) throw new Error('The demonstration area has no custody suite');
  const id = draw.id(arrivedAt);
  const voluntary = draw.chance(0.1);
  const child = (arrivedAt - person.bornAt) / DAY < 18 * 365.25;
  const place = voluntary ? `V${String(draw.between(1, 4))}` : String(draw.between(1, 36));
  const endedAt = still ? null : arrivedAt + (voluntary ? 2 : draw.between(5, 22)) * HOUR;
  const ending = voluntary ? { outcome: 'voluntary-left', kind: 'left' } : draw.pick(endingWheel);
  const charged = endedAt !== null && ending.outcome.startsWith('charged') ? endedAt - HOUR : null;
  const court = draw.pick(ground.courts.slice(0, 8));
  const investigator = `DC ${draw.pick(surnames)}`;
  const worker = draw.pick(ground.custody);
  const courtDate = charged === null ? null : moment(arrivedAt + draw.between(1, 28) * DAY).slice(0, 10);
  const adult = child || draw.chance(0.12) ? 'yes' : draw.pick(['no', 'not-asked', 'unknown']);
  const number = `${suite.code}/${id.slice(24)}/${moment(arrivedAt).slice(2, 4)}`.toUpperCase();
  rows.add('detention', {
    id,
    area_id: ground.areaId,
    person_id: person.id,
    kind: voluntary ? 'voluntary-attendance' : 'detention',
    legal_basis: voluntary ? 'voluntary' : 'pace-arrest',
    force: '06',
    custody_number: number,
    site_id: suite.id,
    site_code: suite.code,
    place,
    arrived_at: moment(arrivedAt),
    first_event_at: moment(arrivedAt),
    ended_at: endedAt === null ? null : moment(endedAt),
    outcome: endedAt === null ? null : ending.outcome,
    court_site_id: charged === null ? null : court.id,
    court_date: courtDate,
    charged_at: charged === null ? null : moment(charged),
    investigator_name: investigator,
    adult_required: adult,
    adult_why: adult === 'yes' ? (child ? 'Under 18' : 'May need help to understand') : null,
    assigned_to: still && draw.chance(0.5) ? worker.id : null,
    identity: draw.chance(0.8) ? 'confirmed-known' : 'feed',
    created_at: moment(arrivedAt),
  });
  const told = (kind: string, at: number, detail: Readonly<Record<string, unknown>>) =>
    writeEvent(rows, invention, person, id, kind, at, detail);
  told('arrived', arrivedAt, {
    legalBasis: voluntary ? 'voluntary' : 'pace-arrest',
    place,
    siteCode: suite.code,
    siteId: suite.id,
    stayKind: voluntary ? 'voluntary-attendance' : 'detention',
  });
  if (!voluntary) told('detention-authorised', arrivedAt + 12 * MINUTE, {});
  told('investigator', arrivedAt + 40 * MINUTE, { name: investigator });
  told('appropriate-adult-needed', arrivedAt + 25 * MINUTE, {
    needed: adult,
    ...(adult === 'yes' ? { reason: child ? 'Under 18' : 'May need help to understand' } : {}),
  });
  if (charged !== null)
    told('charged', charged, {
      remanded: ending.outcome === 'charged-remanded',
      courtSiteId: court.id,
      courtDate,
    });
  if (endedAt !== null) told(ending.kind, endedAt, { outcome: ending.outcome });
  const accepted = writeOffers(rows, invention, person, id, arrivedAt, still, worker);
  return { id, suiteIndex, arrivedAt, endedAt, outcome: endedAt === null ? null : ending.outcome, accepted };
}

function writeEvent(
  rows: BulkRows,
  invention: Invention,
  person: InventedPerson,
  stayId: string,
  kind: string,
  at: number,
  detail: Readonly<Record<string, unknown>>,
): void {
  const sorted = JSON.stringify(
    Object.fromEntries(Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
  rows.add('detention_event', {
    id: person.draw.id(at),
    area_id: invention.ground.areaId,
    detention_id: stayId,
    person_id: person.id,
    kind,
    happened_at: moment(at),
    entered_at: moment(at + 2 * MINUTE),
    source: 'custody feed',
    detail: sorted,
    content_hash: createHash('sha256')
      .update(`${kind}\n${moment(at)}\n${sorted}`)
      .digest(),
  });
}

/** Offers of contact; true when the person said yes in the end. */
function writeOffers(
  rows: BulkRows,
  invention: Invention,
  person: InventedPerson,
  stayId: string,
  arrivedAt: number,
  still: boolean,
  worker: { readonly id: string; readonly name: string },
): boolean {
  const { draw } = person;
  let at = arrivedAt + draw.between(40, 300) * MINUTE;
  let accepted = false;
  for (let tries = draw.between(still ? 0 : 1, 2); tries > 0 && !accepted && at < invention.now; tries -= 1) {
    const outcome = draw.pick(['accepted', 'accepted', 'accepted', 'declined', 'not-seen'] as const);
    accepted = outcome === 'accepted';
    rows.add('contact_offer', {
      id: draw.id(at),
      area_id: invention.ground.areaId,
      person_id: person.id,
      detention_id: stayId,
      offered_at: moment(at),
      entered_at: moment(at + 5 * MINUTE),
      outcome,
      reason: outcome === 'not-seen' ? draw.pick(notSeenReasons) : null,
      words: outcome === 'declined' ? draw.pick(['Not now', 'I am fine', 'Ask me later']) : null,
      offered_by: worker.id,
      offered_by_name: worker.name,
    });
    at += draw.between(60, 240) * MINUTE;
  }
  return accepted;
}
