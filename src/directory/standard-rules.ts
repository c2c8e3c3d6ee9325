/**
 * What the standards require, as data: Open Referral UK 3.0 (HSDS 3.0 JSON schemas as profiled for the UK) and
 * Open Referral UK 1.0. A `main` record is one a user meets (a service, an organisation, a place): a broken rule
 * there makes the file failing. A `part` hangs on a record: a broken rule there is a warning.
 */
export type FieldType = 'string' | 'number' | 'boolean' | 'object' | 'array';
export type FieldFormat = 'uuid' | 'email' | 'uri' | 'date' | 'time' | 'date-time';

export interface FieldRule {
  readonly type: FieldType;
  readonly format?: FieldFormat;
  readonly oneOf?: readonly string[];
  /** The entity of the object, or of each item of the array. */
  readonly of?: string;
  readonly required?: true;
  /** Asked for by us, because a worker cannot use the record without it: missing is a warning. */
  readonly wanted?: true;
}

export interface EntityRule {
  readonly tier: 'main' | 'part';
  readonly fields: Readonly<Record<string, FieldRule>>;
}

export type RuleBook = Readonly<Record<string, EntityRule>>;

const text: FieldRule = { type: 'string' };
const needed: FieldRule = { type: 'string', required: true };
const wantedText: FieldRule = { type: 'string', wanted: true };
const amount: FieldRule = { type: 'number' };
const uuid: FieldRule = { type: 'string', format: 'uuid' };
const neededUuid: FieldRule = { type: 'string', format: 'uuid', required: true };
const email: FieldRule = { type: 'string', format: 'email' };
const uri: FieldRule = { type: 'string', format: 'uri' };
const date: FieldRule = { type: 'string', format: 'date' };
const time: FieldRule = { type: 'string', format: 'time' };
const listOf = (entity: string): FieldRule => ({ type: 'array', of: entity });
const one = (entity: string): FieldRule => ({ type: 'object', of: entity });

export const serviceStatuses = ['active', 'inactive', 'defunct', 'temporarily closed'] as const;

const serviceFields: EntityRule['fields'] = {
  id: neededUuid,
  name: needed,
  status: { type: 'string', required: true, oneOf: serviceStatuses },
  organization_id: uuid,
  description: wantedText,
  url: uri,
  email,
  wait_time: text,
  application_process: text,
  eligibility_description: text,
  interpretation_services: text,
  fees: text,
  fees_description: text,
  accreditations: text,
  licenses: text,
  alternate_name: text,
  alert: text,
  minimum_age: amount,
  maximum_age: amount,
  assured_date: date,
  assurer_email: email,
  last_modified: { type: 'string', format: 'date-time' },
  organization: { ...one('organization'), wanted: true },
  phones: listOf('phone'),
  schedules: listOf('schedule'),
  service_areas: listOf('service-area'),
  service_at_locations: listOf('service-at-location'),
  languages: listOf('language'),
  funding: listOf('funding'),
  cost_options: listOf('cost-option'),
  contacts: listOf('contact'),
  attributes: listOf('attribute'),
  metadata: { type: 'array' },
  required_documents: listOf('required-document'),
};

/** Open Referral UK 3.0, source: HSDS 3.0 schema folder; required fields as published there. */
export const versionThreeRules: RuleBook = {
  'api-details': {
    tier: 'main',
    fields: {
      version: needed,
      profile: { ...uri, required: true },
      openapi_url: { ...uri, required: true },
    },
  },
  service: { tier: 'main', fields: serviceFields },
  // a service inside its organisation's record does not name the organisation again
  'offered-service': { tier: 'main', fields: { ...serviceFields, organization: one('organization') } },
  organization: {
    tier: 'main',
    fields: {
      id: neededUuid,
      name: needed,
      description: needed,
      email,
      website: uri,
      uri,
      logo: text,
      parent_organization_id: uuid,
      services: listOf('offered-service'),
      contacts: listOf('contact'),
      phones: listOf('phone'),
      locations: listOf('location'),
      funding: listOf('funding'),
      organization_identifiers: listOf('organization-identifier'),
      attributes: listOf('attribute'),
    },
  },
  'service-at-location': {
    tier: 'main',
    fields: {
      id: neededUuid,
      description: text,
      location: one('location'),
      service: one('service'),
      contacts: listOf('contact'),
      phones: listOf('phone'),
      schedules: listOf('schedule'),
      attributes: listOf('attribute'),
    },
  },
  location: {
    tier: 'main',
    fields: {
      id: neededUuid,
      location_type: { type: 'string', required: true, oneOf: ['physical', 'postal', 'virtual'] },
      name: text,
      description: text,
      url: uri,
      latitude: amount,
      longitude: amount,
      external_identifier: text,
      external_identifier_type: text,
      addresses: listOf('address'),
      accessibility: listOf('accessibility'),
      phones: listOf('phone'),
      contacts: listOf('contact'),
      schedules: listOf('schedule'),
      languages: listOf('language'),
      attributes: listOf('attribute'),
    },
  },
  taxonomy: {
    tier: 'main',
    fields: {
      id: neededUuid,
      name: needed,
      description: needed,
      // the UK's own mocks give a web address here and HSDS gives the word "uri": both are read
      uri: text,
      version: text,
      taxonomy_terms: listOf('taxonomy-term'),
    },
  },
  'taxonomy-term': {
    tier: 'main',
    fields: {
      id: neededUuid,
      name: needed,
      description: needed,
      code: text,
      parent_id: uuid,
      taxonomy: text,
      language: text,
      taxonomy_id: uuid,
      term_uri: uri,
    },
  },
  // a term as it hangs on another record
  'attached-term': {
    tier: 'part',
    fields: { id: neededUuid, name: needed, description: text, code: text, parent_id: uuid, term_uri: uri },
  },
  phone: { tier: 'part', fields: { id: neededUuid, number: needed, type: text, description: text } },
  contact: {
    tier: 'part',
    fields: { id: neededUuid, name: text, title: text, department: text, email, phones: listOf('phone') },
  },
  schedule: {
    tier: 'part',
    fields: {
      id: neededUuid,
      valid_from: date,
      valid_to: date,
      dtstart: date,
      freq: { type: 'string', oneOf: ['WEEKLY', 'MONTHLY'] },
      interval: amount,
      byday: text,
      bymonthday: text,
      description: text,
      opens_at: time,
      closes_at: time,
      schedule_link: uri,
      attending_type: text,
      notes: text,
    },
  },
  'service-area': {
    tier: 'part',
    fields: { id: neededUuid, name: text, extent: text, extent_type: text, uri: text },
  },
  language: { tier: 'part', fields: { id: neededUuid, name: text, code: text, note: text } },
  funding: { tier: 'part', fields: { id: neededUuid, source: text } },
  'cost-option': {
    tier: 'part',
    fields: {
      id: neededUuid,
      valid_from: date,
      valid_to: date,
      option: text,
      currency: text,
      amount,
      amount_description: text,
    },
  },
  accessibility: { tier: 'part', fields: { id: neededUuid, description: text, details: text, url: uri } },
  address: {
    tier: 'part',
    fields: {
      id: neededUuid,
      address_1: needed,
      address_2: text,
      city: needed,
      region: text,
      state_province: needed,
      postal_code: needed,
      country: needed,
      address_type: { type: 'string', required: true, oneOf: ['physical', 'postal', 'virtual'] },
    },
  },
  attribute: {
    tier: 'part',
    fields: {
      id: neededUuid,
      link_type: text,
      link_entity: text,
      value: text,
      taxonomy_term: one('attached-term'),
    },
  },
  'organization-identifier': {
    tier: 'part',
    fields: { id: neededUuid, identifier_scheme: text, identifier_type: needed, identifier: needed },
  },
  'required-document': { tier: 'part', fields: { id: neededUuid, document: text, uri } },
};
