import { isPlausiblePosition } from './check-across.ts';
import { dateOf, numberOf, objectOf, objectsOf, present, textOf } from './json-reading.ts';
import type { JsonObject } from './json-reading.ts';
import type {
  ListedArea,
  ListedCost,
  ListedLocation,
  ListedOrganisation,
  ListedPhone,
  ListedSchedule,
  ListedTerm,
} from './service-listing.ts';

const clock = (record: JsonObject, field: string): string | undefined =>
  /^([01]\d|2[0-3]):[0-5]\d/.exec(textOf(record, field) ?? '')?.[0];

/** An organisation with a name; nothing without one. Version 1 calls its website `url`. */
export function readOrganisation(record: JsonObject | undefined): ListedOrganisation | undefined {
  const name = record === undefined ? undefined : textOf(record, 'name');
  if (record === undefined || name === undefined) return undefined;
  return {
    name,
    ...present({
      externalId: textOf(record, 'id'),
      description: textOf(record, 'description'),
      url: textOf(record, 'website') ?? textOf(record, 'url'),
      email: textOf(record, 'email'),
    }),
  };
}

/** Phones of a service and of its contacts, each number once. */
export function readPhones(record: JsonObject): readonly ListedPhone[] {
  const found = new Map<string, ListedPhone>();
  const add = (phone: JsonObject, fallback: string | undefined): void => {
    const number = textOf(phone, 'number');
    if (number === undefined || found.has(number)) return;
    found.set(number, { number, ...present({ description: textOf(phone, 'description') ?? fallback }) });
  };
  for (const phone of objectsOf(record, 'phones')) add(phone, undefined);
  for (const contact of objectsOf(record, 'contacts'))
    for (const phone of objectsOf(contact, 'phones'))
      add(phone, textOf(contact, 'title') ?? textOf(contact, 'name'));
  return [...found.values()];
}

/** Opening times; both versions' schedules (`schedules`, `regular_schedules`) have these fields. */
export function readSchedule(record: JsonObject): ListedSchedule {
  const frequency = textOf(record, 'freq');
  const days = (textOf(record, 'byday') ?? '').toUpperCase().split(',');
  return {
    days: days.map((day) => day.trim()).filter((day) => /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.test(day)),
    ...present({
      frequency: frequency === 'WEEKLY' || frequency === 'MONTHLY' ? frequency : undefined,
      interval: numberOf(record, 'interval'),
      monthDays: textOf(record, 'bymonthday'),
      opensAt: clock(record, 'opens_at'),
      closesAt: clock(record, 'closes_at'),
      validFrom: dateOf(record, 'valid_from'),
      validTo: dateOf(record, 'valid_to'),
      description: textOf(record, 'description'),
      attending: textOf(record, 'attending_type'),
      notes: textOf(record, 'notes'),
    }),
  };
}

/** An area with a name: version 3 `name`, or the `service_area` text of version 1 that some version 3 feeds keep. */
export function readArea(record: JsonObject): readonly ListedArea[] {
  const name = textOf(record, 'name') ?? textOf(record, 'service_area') ?? textOf(record, 'description');
  if (name === undefined) return [];
  return [
    {
      name,
      ...present({
        extent: textOf(record, 'extent'),
        extentType: textOf(record, 'extent_type'),
        uri: textOf(record, 'uri'),
      }),
    },
  ];
}

/** A price or a rule about prices; both versions have these fields. */
export function readCost(record: JsonObject): readonly ListedCost[] {
  const cost = present({
    option: textOf(record, 'option'),
    amount: numberOf(record, 'amount'),
    currency: textOf(record, 'currency'),
    description: textOf(record, 'amount_description'),
  });
  return Object.keys(cost).length === 0 ? [] : [cost];
}

/** A place. Its position is dropped when it is not in the British Isles: a wrong distance is worse than none. */
function readLocation(record: JsonObject): ListedLocation {
  const addresses = [...objectsOf(record, 'addresses'), ...objectsOf(record, 'physical_addresses')];
  const address = addresses.find((one) => textOf(one, 'address_type') === 'physical') ?? addresses[0] ?? {};
  const lat = numberOf(record, 'latitude');
  const lon = numberOf(record, 'longitude');
  const position =
    lat !== undefined && lon !== undefined && isPlausiblePosition(lat, lon) ? { lat, lon } : {};
  const kind = textOf(record, 'location_type');
  const access = [
    ...objectsOf(record, 'accessibility').map(
      (one) => textOf(one, 'description') ?? textOf(one, 'accessibility'),
    ),
    ...objectsOf(record, 'accessibility_for_disabilities').map((one) => textOf(one, 'accessibility')),
  ];
  return {
    kind: kind === 'postal' || kind === 'virtual' ? kind : 'physical',
    lines: [textOf(address, 'address_1'), textOf(address, 'address_2')].filter((line) => line !== undefined),
    accessibility: [...new Set(access.filter((one) => one !== undefined))],
    ...position,
    ...present({
      name: textOf(record, 'name'),
      town: textOf(address, 'city'),
      county: textOf(address, 'state_province') ?? textOf(address, 'region'),
      postcode: textOf(address, 'postal_code'),
    }),
  };
}

/** A taxonomy term that hangs on a service. */
export function readTerm(term: JsonObject | undefined): readonly ListedTerm[] {
  const name = term === undefined ? undefined : textOf(term, 'name');
  if (term === undefined || name === undefined) return [];
  return [
    {
      name,
      ...present({
        taxonomy: textOf(term, 'taxonomy') ?? textOf(term, 'vocabulary'),
        code: textOf(term, 'code'),
        uri: textOf(term, 'term_uri'),
      }),
    },
  ];
}

/** Age limits that can be: both within 0 to 150 years and not crossed; otherwise none is read. */
export function readAges(
  min: number | undefined,
  max: number | undefined,
): { readonly minAge?: number; readonly maxAge?: number } {
  const possible = (age: number | undefined): number | undefined =>
    age !== undefined && age >= 0 && age <= 150 ? age : undefined;
  const from = possible(min);
  const to = possible(max);
  return from !== undefined && to !== undefined && from > to ? {} : present({ minAge: from, maxAge: to });
}

/** The places where a service is given (`service_at_locations[].location`). */
export function readLocations(record: JsonObject): readonly ListedLocation[] {
  return objectsOf(record, 'service_at_locations')
    .map((one) => objectOf(one, 'location'))
    .filter((one) => one !== undefined)
    .map(readLocation);
}
