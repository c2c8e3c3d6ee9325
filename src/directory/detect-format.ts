import { isJsonObject } from './json-reading.ts';
import type { JsonObject } from './json-reading.ts';

export type DirectoryRecordKind =
  | 'api-details'
  | 'service'
  | 'organization'
  | 'service-at-location'
  | 'location'
  | 'taxonomy'
  | 'taxonomy-term';

/**
 * What a JSON file is, by its content alone (never by its name).
 * `list` is a page of records, or a bare array of them; `other` is understood well enough to say why it is refused.
 */
export type DirectoryFormat =
  | { readonly shape: 'record'; readonly version: 1 | 3; readonly kind: DirectoryRecordKind }
  | { readonly shape: 'list'; readonly version: 1 | 3; readonly kind: DirectoryRecordKind | 'nothing' }
  | {
      readonly shape: 'other';
      readonly kind: 'standard-document' | 'tables' | 'validator-report' | 'feed-catalogue' | 'unknown';
    };

const has = (record: JsonObject, ...fields: readonly string[]): boolean =>
  fields.some((field) => Object.hasOwn(record, field));

const versionOneMarks = [
  'regular_schedules',
  'holiday_schedules',
  'eligibilities',
  'service_taxonomies',
  'fundings',
  'deliverable_type',
  'attending_access',
] as const;

const serviceMarks = [
  'status',
  'organization',
  'organization_id',
  'service_at_locations',
  'assured_date',
  'minimum_age',
  'maximum_age',
  'fees',
  'wait_time',
  'eligibility_description',
] as const;

const organizationMarks = [
  'services',
  'website',
  'organization_identifiers',
  'parent_organization_id',
  'legal_status',
  'logo',
] as const;

/** Open Referral's field names are all in snake_case: a record with another spelling is from another system. */
const spelledOtherwise = (record: JsonObject): boolean =>
  Object.keys(record).some((key) => /[a-z][A-Z]/.test(key));

function kindOfRecord(record: JsonObject): DirectoryRecordKind | undefined {
  if (spelledOtherwise(record)) return undefined;
  if (has(record, 'openapi_url') || (has(record, 'profile', 'version') && !has(record, 'id')))
    return 'api-details';
  if (has(record, ...versionOneMarks)) return 'service';
  if (has(record, 'taxonomy_terms')) return 'taxonomy';
  if (!has(record, 'status') && (isJsonObject(record['location']) || isJsonObject(record['service'])))
    return 'service-at-location';
  if (has(record, ...organizationMarks)) return 'organization';
  if (has(record, ...serviceMarks)) return 'service';
  if (has(record, 'location_type', 'latitude', 'longitude', 'addresses')) return 'location';
  if (has(record, 'taxonomy', 'taxonomy_id', 'term', 'term_uri', 'parent_id', 'code')) return 'taxonomy-term';
  if (has(record, 'version')) return 'taxonomy';
  if (has(record, 'email', 'url')) return 'service';
  return has(record, 'id', 'name') ? 'taxonomy' : undefined;
}

function otherKind(json: unknown): Extract<DirectoryFormat, { shape: 'other' }>['kind'] {
  const record = Array.isArray(json) ? (json as readonly unknown[])[0] : json;
  if (!isJsonObject(record)) return 'unknown';
  const keys = Object.keys(record);
  if (has(record, '$schema', '$id', 'openapi', 'swagger', '$defs')) return 'standard-document';
  if (has(record, 'resources') && Array.isArray(record['resources'])) return 'standard-document';
  if (has(record, 'properties') && isJsonObject(record['properties'])) return 'standard-document';
  if (keys.length > 0 && keys.every((key) => key.endsWith('.csv'))) return 'tables';
  if (has(record, 'isServicesValid', 'isServiceFound', 'payload', 'lastTested')) return 'validator-report';
  if (has(record, 'definitions') && has(record, 'service', 'data')) return 'validator-report';
  if (Array.isArray(record['endpoints'])) return 'feed-catalogue';
  return 'unknown';
}

function versionOf(items: readonly unknown[]): 1 | 3 {
  return items.some((item) => isJsonObject(item) && has(item, ...versionOneMarks)) ? 1 : 3;
}

/** The records of a page or bare array; nothing when the JSON is not a list of records. */
export function listItems(json: unknown): readonly unknown[] | undefined {
  if (Array.isArray(json)) return json;
  if (!isJsonObject(json)) return undefined;
  if (Array.isArray(json['contents'])) return json['contents'];
  return Array.isArray(json['content']) ? json['content'] : undefined;
}

/**
 * Says what a parsed JSON value is: a record or a list of Open Referral UK 3.0 or 1.0, or something else.
 * Never throws, whatever the value.
 */
export function detectDirectoryFormat(json: unknown): DirectoryFormat {
  const other = otherKind(json);
  if (other !== 'unknown') return { shape: 'other', kind: other };
  const items = listItems(json);
  if (items !== undefined) {
    const paged = isJsonObject(json);
    const version = paged && has(json, 'totalElements', 'content') ? 1 : versionOf(items);
    const kinds = items.map((item) => (isJsonObject(item) ? kindOfRecord(item) : undefined));
    const kind = kinds.find((found) => found !== undefined);
    if (kind !== undefined) return { shape: 'list', version, kind };
    return paged && items.length === 0
      ? { shape: 'list', version, kind: 'nothing' }
      : { shape: 'other', kind: 'unknown' };
  }
  if (!isJsonObject(json)) return { shape: 'other', kind: 'unknown' };
  const kind = kindOfRecord(json);
  return kind === undefined
    ? { shape: 'other', kind: 'unknown' }
    : { shape: 'record', version: versionOf([json]), kind };
}
