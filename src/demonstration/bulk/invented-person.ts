import { keysToStore, type MatchName } from '../../matching/index.ts';
import { forenames, outcodes, streets, surnames } from '../names.ts';
import type { BulkRows } from './copy-rows.ts';
import type { Ground } from './ground.ts';
import { pncNumber } from './invented-numbers.ts';
import { DAY, dateOf, drawFor, moment, type Draw } from './moments.ts';

/** Somebody invented, with what the records after theirs need to know. */
export interface InventedPerson {
  readonly index: number;
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
  readonly bornAt: number;
  readonly sex: 'female' | 'male';
  readonly pnc: string | null;
  /** When we first knew them, and when they last came: milliseconds since 1970. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Continues where the person's own facts ended, so that the same seed gives the same life. */
  readonly draw: Draw;
}

export interface Invention {
  readonly ground: Ground;
  readonly seed: number;
  readonly now: number;
  readonly nhsNumbers: readonly string[];
}

const DAYS_OF_SIX_YEARS = 2190;
const accommodation = ['tenancy', 'with-family', 'hostel', 'supported', 'sofa', 'own-home'] as const;
const ethnicities = [
  'A',
  'A',
  'A',
  'A',
  'B',
  'C',
  'D',
  'F',
  'G',
  'H',
  'J',
  'J',
  'K',
  'L',
  'M',
  'N',
  'P',
  'R',
  'S',
  'Z',
] as const;

/** Invents the person of this index: the same for the same seed, whoever else is made. */
export function inventPerson(invention: Invention, index: number): InventedPerson {
  const { seed, now } = invention;
  const draw = drawFor(seed, index);
  // About one in seven people in custody is a woman (Home Office, Police powers and procedures).
  const sex = draw.chance(0.15) ? 'female' : 'male';
  // More came lately than long ago.
  const lastSeen = now - (1 + DAYS_OF_SIX_YEARS * draw.next() ** 2) * DAY;
  const firstSeen = lastSeen - (draw.chance(0.55) ? 0 : DAYS_OF_SIX_YEARS * 0.6 * draw.next()) * DAY;
  // Ages of 11 to 75 on the day we first met, most between 18 and 40.
  const years = draw.chance(0.07) ? 11 + 7 * draw.next() : 18 + 57 * draw.next() ** 1.8;
  const birth = firstSeen - years * 365.25 * DAY;
  return {
    index,
    id: draw.id(firstSeen),
    givenName: draw.pick(forenames[sex]),
    familyName: draw.chance(0.04) ? `${draw.pick(surnames)}-${draw.pick(surnames)}` : draw.pick(surnames),
    birthDate: dateOf(birth),
    bornAt: birth,
    sex,
    pnc: draw.chance(0.5)
      ? pncNumber(2000 + draw.between(0, 25), 100_000 + ((index + invention.ground.peopleBefore) % 9_000_000))
      : null,
    firstSeen,
    lastSeen,
    draw,
  };
}

/** Everything that the record of a person says before anything happens to them. */
export function writePerson(rows: BulkRows, invention: Invention, person: InventedPerson): void {
  const { draw, id, givenName, familyName } = person;
  const area_id = invention.ground.areaId;
  const recorded_at = moment(person.firstSeen);
  const nhs = draw.chance(0.85) ? (invention.nhsNumbers[person.index] ?? null) : null;
  rows.add('person', {
    id,
    area_id,
    given_name: givenName,
    family_name: familyName,
    preferred_name: draw.chance(0.2) ? givenName.slice(0, Math.max(3, givenName.length - 3)) : null,
    birth_date: person.birthDate,
    birth_date_basis: 'told-us',
    sex: person.sex,
    pronoun: draw.chance(0.02) ? 'they' : person.sex === 'female' ? 'she' : 'he',
    ethnicity: draw.pick(ethnicities),
    nhs_number: nhs,
    nhs_number_status: nhs === null ? null : draw.chance(0.8) ? 'traced' : 'not-traced',
    sealed: draw.chance(0.0005),
    created_at: recorded_at,
  });
  const names: MatchName[] = [{ given: [givenName], family: familyName, kind: 'current' }];
  if (draw.chance(0.15)) {
    const sameGiven = draw.chance(0.7);
    names.push({
      given: [sameGiven ? givenName : draw.pick(forenames[person.sex])],
      family: sameGiven ? draw.pick(surnames) : familyName,
      kind: draw.chance(0.3) ? 'former' : 'alias',
    });
  }
  for (const name of names)
    rows.add('person_name', {
      id: draw.id(person.firstSeen),
      area_id,
      person_id: id,
      kind: name.kind,
      given_name: name.given.join(' '),
      family_name: name.family,
      source: draw.chance(0.7) ? 'custody feed' : 'told us',
      recorded_at,
    });
  rows.add('person_birth_date', {
    id: draw.id(person.firstSeen),
    area_id,
    person_id: id,
    birth_date: person.birthDate,
    source: 'custody feed',
    recorded_at,
  });
  const numbers = [
    ...(nhs === null ? [] : [{ kind: 'nhs' as const, value: nhs }]),
    ...(person.pnc === null ? [] : [{ kind: 'pnc' as const, value: person.pnc }]),
  ];
  for (const { kind, value } of numbers)
    rows.add('person_identifier', {
      id: draw.id(person.firstSeen),
      area_id,
      person_id: id,
      kind,
      received: value,
      canonical: value,
      valid: true,
      source: kind === 'pnc' ? 'custody feed' : 'told us',
      recorded_at,
    });
  const postcodes = writeAddresses(rows, invention, person);
  writeContact(rows, invention, person);
  for (const { kind, key } of keysToStore({
    names,
    birthDates: [Temporal.PlainDate.from(person.birthDate)],
    sex: person.sex,
    postcodes,
    identifiers: numbers,
  }))
    rows.add('person_key', { area_id, key_kind: kind, key, person_id: id });
}

function writeAddresses(rows: BulkRows, invention: Invention, person: InventedPerson): readonly string[] {
  const { draw } = person;
  const postcodes: string[] = [];
  const count = draw.chance(0.35) ? 2 : 1;
  for (let i = 0; i < count; i += 1) {
    const last = i === count - 1;
    const homeless = last && draw.chance(0.12);
    // Inward codes begin with 0, which is given to no street: nobody lives at an invented address.
    const letter = () => 'ABDEFGHJLNPQRSTUWXYZ'.charAt(draw.between(0, 19));
    const postcode = `${draw.pick(outcodes)} 0${letter()}${letter()}`;
    if (!homeless) postcodes.push(postcode);
    const from = person.firstSeen + i * 90 * DAY;
    rows.add('person_address', {
      id: draw.id(from),
      area_id: invention.ground.areaId,
      person_id: person.id,
      lines: homeless
        ? 'No fixed abode'
        : `${String(draw.between(1, 180))} ${draw.pick(streets)} ${draw.pick(['Street', 'Road', 'Avenue', 'Close'])}`,
      postcode: homeless ? null : postcode,
      accommodation_type: homeless ? 'rough-sleeping' : draw.pick(accommodation),
      no_fixed_abode: homeless,
      source: 'told us',
      recorded_at: moment(from),
      ended_at: last ? null : moment(from + 90 * DAY),
    });
  }
  return postcodes;
}

function writeContact(rows: BulkRows, invention: Invention, person: InventedPerson): void {
  const { draw } = person;
  const answer = () => draw.pick(['yes', 'yes', 'yes', 'no', 'not-asked', 'unknown']);
  const area_id = invention.ground.areaId;
  const at = moment(person.firstSeen);
  if (draw.chance(0.8))
    rows.add('contact_point', {
      id: draw.id(person.firstSeen),
      area_id,
      person_id: person.id,
      kind: 'phone',
      // Ofcom keeps 07700 900000 to 900999 for drama: it reaches nobody.
      value: `07700 900${String(draw.between(0, 999)).padStart(3, '0')}`,
      safe_to_ring: answer(),
      safe_to_text: answer(),
      safe_to_leave_message: answer(),
      recorded_at: at,
    });
  if (draw.chance(0.06))
    rows.add('communication_need', {
      id: draw.id(person.firstSeen),
      area_id,
      person_id: person.id,
      kind: draw.pick(['support', 'format', 'interpreter']),
      what: draw.pick([
        'Say it in short steps',
        'Easy read',
        'Large print',
        'Interpreter',
        'More time to answer',
      ]),
      basis: 'told-us',
      said_by: 'The person',
      recorded_at: at,
    });
  if (draw.chance(0.08))
    rows.add('alert', {
      id: draw.id(person.lastSeen),
      area_id,
      person_id: person.id,
      kind: 'custody',
      what: draw.pick([
        'Has hurt themselves in custody',
        'Asthma: carries an inhaler',
        'Epilepsy',
        'Allergic to penicillin',
      ]),
      urgency: draw.pick(['soon', 'note']),
      basis: 'partner-record',
      said_by: 'Custody record',
      recorded_at: moment(person.lastSeen),
    });
}
