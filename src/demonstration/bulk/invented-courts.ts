import { createHash } from 'node:crypto';
import { londonDate } from '../../platform/clock.ts';
import { forenames, surnames } from '../names.ts';
import type { BulkRows } from './copy-rows.ts';
import type { InventedPerson, Invention } from './invented-person.ts';
import { DAY, HOUR, dateOf, drawFor, moment, type Draw } from './moments.ts';

/** One line of a court's list. */
interface Listing {
  readonly court: number;
  readonly day: string;
  readonly order: number;
  readonly sentAt: number;
  readonly person: InventedPerson | null;
  readonly serial: string;
}

/** People listed at each court today; the rest of the week holds fewer. */
export const LISTED_TODAY = 45;
const hearingTypes = [
  'First hearing',
  'First hearing',
  'Plea',
  'Trial',
  'Sentence',
  'Breach',
  'Bail application',
] as const;

/** A hearing in somebody's past or near future, after they were charged. */
export function writeHearing(
  rows: BulkRows,
  invention: Invention,
  person: InventedPerson,
  chargedAt: number,
): void {
  const { draw } = person;
  const day = chargedAt + draw.between(1, 28) * DAY;
  writeListing(rows, invention, draw, {
    court: draw.between(0, invention.ground.courts.length - 1),
    day: dateOf(day),
    order: draw.between(1, 60),
    sentAt: Math.min(day - 12 * HOUR, invention.now - HOUR),
    person,
    serial: draw.id(chargedAt).slice(24),
  });
}

/**
 * Today's list of every court, with those `known` who are listed there and strangers for the rest; then the next
 * four days, shorter.
 */
export function writeCourtLists(
  rows: BulkRows,
  invention: Invention,
  known: (court: number, order: number) => InventedPerson | null,
): void {
  const draw = drawFor(invention.seed, -2);
  const today = londonDate(Temporal.Instant.fromEpochMilliseconds(invention.now));
  for (let ahead = 0; ahead < 5; ahead += 1)
    for (let court = 0; court < invention.ground.courts.length; court += 1)
      for (let order = 1; order <= (ahead === 0 ? LISTED_TODAY : 12); order += 1)
        writeListing(rows, invention, draw, {
          court,
          day: today.add({ days: ahead }).toString(),
          order,
          sentAt: invention.now - 14 * HOUR,
          person: ahead === 0 ? known(court, order) : null,
          serial: `${String(ahead)}${String(court).padStart(2, '0')}${String(order).padStart(3, '0')}`,
        });
}

function writeListing(rows: BulkRows, invention: Invention, draw: Draw, listing: Listing): void {
  const { person } = listing;
  const court = invention.ground.courts[listing.court];
  if (court === undefined) return;
  const area_id = invention.ground.areaId;
  const sent = moment(listing.sentAt);
  const sex = person?.sex ?? (draw.chance(0.15) ? 'female' : 'male');
  const given = person?.givenName ?? draw.pick(forenames[sex]);
  const family = person?.familyName ?? draw.pick(surnames);
  const bornAt = person?.bornAt ?? invention.now - draw.between(16, 60) * 365.25 * DAY;
  const birthDate = person?.birthDate ?? dateOf(bornAt);
  const youth = (invention.now - bornAt) / DAY < 18 * 365.25;
  const caseNumber = `26${listing.serial}${String(invention.ground.peopleBefore)}`.toUpperCase();
  const key = `libra|${court.code}@${listing.day}|case:${caseNumber}`;
  const hash = createHash('sha256').update(`${key}|${given}|${family}|${birthDate}`).digest('hex');
  const hearingId = draw.id(listing.sentAt);
  const appearanceId = draw.id(listing.sentAt);
  const hour = 10 + (listing.order % 5);
  rows.add('court_hearing', {
    id: hearingId,
    area_id,
    source: 'libra',
    natural_key: key,
    court_code: court.code,
    court_name: court.name,
    site_id: court.id,
    session: hour < 13 ? 'AM' : 'PM',
    hearing_type: draw.pick(hearingTypes),
    list_number: '1st',
    content_hash: hash,
    first_received_at: sent,
    last_changed_at: sent,
  });
  rows.add('court_sitting', {
    id: draw.id(listing.sentAt),
    area_id,
    hearing_id: hearingId,
    site_id: court.id,
    day: listing.day,
    start_time: `${String(hour)}:00`,
    room: String(1 + (listing.order % 6)),
    list_order: listing.order,
  });
  const said = JSON.stringify({
    kind: 'person',
    role: 'defendant',
    ordinal: 1,
    caseNumber,
    name: { received: `${given} ${family}`, given: [given], family },
    birthDate,
    sex,
    youth: { answer: youth ? 'yes' : 'no', basis: 'birth date' },
    addresses: [],
    phones: [],
    identifiers: [],
    nationalities: [],
    reportingRestrictions: [],
    offences: [],
    results: [],
  });
  rows.add('court_appearance', {
    id: appearanceId,
    area_id,
    hearing_id: hearingId,
    person_id: person?.id ?? null,
    matched_at: person === null ? null : sent,
    looked_at: sent,
    base_key: key,
    name_received: `${given} ${family}`,
    given_names: given,
    family_name: family,
    birth_date: birthDate,
    sex,
    youth: youth ? 'yes' : 'no',
    youth_basis: 'birth date',
    remand_status: draw.pick(['custody', 'conditional-bail', 'unconditional-bail', 'not-applicable']),
    interpreter_language: draw.chance(0.04) ? draw.pick(['Polish', 'Urdu', 'Romanian', 'Kurdish']) : null,
    listed_order: listing.order,
    said,
    content_hash: hash,
    first_received_at: sent,
    last_changed_at: sent,
    last_sent_at: sent,
  });
  rows.add('court_appearance_version', {
    id: draw.id(listing.sentAt),
    area_id,
    appearance_id: appearanceId,
    person_id: person?.id ?? null,
    version: 1,
    received_at: sent,
    sent_at: sent,
    change: 'listed',
    content_hash: hash,
    said,
  });
  rows.add('court_reference', { area_id, appearance_id: appearanceId, kind: 'case', value: caseNumber });
}
