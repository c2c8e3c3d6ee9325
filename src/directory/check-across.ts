import { isValid as isUkPostcode } from 'postcode';
import type { MetRecord } from './check-record.ts';
import type { DirectoryReason, ReasonCode, ReasonSeverity } from './directory-reason.ts';
import { numberOf, objectsOf, textOf } from './json-reading.ts';
import type { JsonObject } from './json-reading.ts';

/** British Isles, in degrees (WGS 84), generously. */
export function isPlausiblePosition(lat: number, lon: number): boolean {
  return lat >= 49 && lat <= 61.5 && lon >= -11 && lon <= 2.5;
}

const identified = new Set(['service', 'organization', 'service-at-location', 'location']);

function hasContact(service: JsonObject): boolean {
  const direct = ['url', 'email'].some((field) => textOf(service, field) !== undefined);
  return (
    direct ||
    ['phones', 'contacts', 'service_at_locations'].some((field) => objectsOf(service, field).length > 0)
  );
}

/** Ids that stand in a circle of parents; each id is walked once. */
function cyclic(parents: ReadonlyMap<string, string>): ReadonlySet<string> {
  const found = new Set<string>();
  const walked = new Set<string>();
  for (const start of parents.keys()) {
    const trail: string[] = [];
    const onTrail = new Set<string>();
    let at: string | undefined = start;
    while (at !== undefined && !walked.has(at)) {
      walked.add(at);
      trail.push(at);
      onTrail.add(at);
      at = parents.get(at);
    }
    if (at !== undefined && onTrail.has(at)) for (const id of trail.slice(trail.indexOf(at))) found.add(id);
  }
  return found;
}

/**
 * Looks across the records of one file: an id given twice, one id for two kinds of thing, parents in a circle,
 * and facts that cannot be (ages crossed, a place outside the country). None of these break the standard's schema,
 * so none is failing.
 */
export function checkAcross(met: readonly MetRecord[], top: ReadonlySet<string>): readonly DirectoryReason[] {
  const reasons: DirectoryReason[] = [];
  const say = (
    path: string,
    code: ReasonCode,
    message: string,
    severity: ReasonSeverity = 'warning',
  ): void => {
    reasons.push({ path, code, message, severity });
  };
  const kindOfId = new Map<string, string>();
  const seenTop = new Map<string, string>();
  const parents = new Map<string, string>();
  for (const { entity: readAs, path, record } of met) {
    const entity = readAs === 'offered-service' ? 'service' : readAs;
    const id = textOf(record, 'id');
    if (id !== undefined) {
      if (identified.has(entity)) {
        const kind = kindOfId.get(id);
        if (kind !== undefined && kind !== entity)
          say(path, 'shared-id', `the id is used for a ${kind} and for a ${entity}`);
        kindOfId.set(id, kind ?? entity);
      }
      if (top.has(path)) {
        const first = seenTop.get(id);
        if (first !== undefined) say(path, 'duplicate-id', `the id is already used by ${first}`);
        else seenTop.set(id, path);
      }
      const parent = textOf(record, entity === 'organization' ? 'parent_organization_id' : 'parent_id');
      if (parent !== undefined) parents.set(id, parent);
    }
    if (entity === 'service') checkService(path, record, say);
    if (entity === 'location') checkPosition(path, record, say);
    if (entity === 'address') {
      const postcode = textOf(record, 'postal_code');
      if (postcode !== undefined && !isUkPostcode(postcode))
        say(path, 'not-a-uk-postcode', 'postal_code is not a UK postcode: it is kept as text only', 'note');
    }
  }
  const circles = cyclic(parents);
  for (const { path, record } of met) {
    const id = textOf(record, 'id');
    if (id !== undefined && circles.has(id))
      say(path, 'parent-cycle', 'the chain of parents comes back to this record: the parent is not followed');
  }
  return reasons;
}

type Say = (path: string, code: ReasonCode, message: string, severity?: ReasonSeverity) => void;

function checkService(path: string, service: JsonObject, say: Say): void {
  const min = numberOf(service, 'minimum_age');
  const max = numberOf(service, 'maximum_age');
  if (min !== undefined && max !== undefined && min > max)
    say(path, 'ages-crossed', `minimum_age ${min} is above maximum_age ${max}: no age limit is read`);
  for (const age of [min, max])
    if (age !== undefined && (age < 0 || age > 150))
      say(path, 'age-out-of-range', `an age of ${age} is not possible: it is not read`);
  if (!hasContact(service)) say(path, 'no-contact', 'there is no way to reach this service');
}

function checkPosition(path: string, place: JsonObject, say: Say): void {
  const lat = numberOf(place, 'latitude');
  const lon = numberOf(place, 'longitude');
  if (lat === undefined && lon === undefined) return;
  if (lat === undefined || lon === undefined || !isPlausiblePosition(lat, lon))
    say(path, 'position-out-of-range', 'the position is not in the British Isles: it is not used', 'note');
}
