import { serviceStatuses } from './standard-rules.ts';
import type { FieldRule, RuleBook } from './standard-rules.ts';

// Version 1 feeds in use carry plain numbers as ids, so an id is any text here (the schema pattern is unenforced).
const id: FieldRule = { type: 'string', required: true };
const text: FieldRule = { type: 'string' };
const needed: FieldRule = { type: 'string', required: true };
const amount: FieldRule = { type: 'number' };
const date: FieldRule = { type: 'string', format: 'date' };
const time: FieldRule = { type: 'string', format: 'time' };
const uri: FieldRule = { type: 'string', format: 'uri' };
const email: FieldRule = { type: 'string', format: 'email' };
const listOf = (entity: string): FieldRule => ({ type: 'array', of: entity });

/** Open Referral UK 1.0, source: its verbose service schema; required fields as published there. */
export const versionOneRules: RuleBook = {
  service: {
    tier: 'main',
    fields: {
      id,
      name: needed,
      organization: { type: 'object', of: 'organization', required: true },
      description: { type: 'string', wanted: true },
      url: uri,
      email,
      status: { type: 'string', oneOf: serviceStatuses },
      fees: text,
      accreditations: text,
      deliverable_type: text,
      assured_date: date,
      attending_type: text,
      attending_access: text,
      service_taxonomies: listOf('service-taxonomy'),
      service_at_locations: listOf('service-at-location'),
      contacts: listOf('contact'),
      regular_schedules: listOf('regular-schedule'),
      holiday_schedules: { type: 'array' },
      fundings: { type: 'array' },
      eligibilities: listOf('eligibility'),
      service_areas: listOf('service-area'),
      languages: listOf('language'),
      cost_options: listOf('cost-option'),
    },
  },
  organization: {
    tier: 'main',
    fields: { id, name: needed, description: needed, email, url: uri, logo: text, uri },
  },
  'service-taxonomy': {
    tier: 'part',
    fields: { id, taxonomy: { type: 'object', of: 'taxonomy', required: true } },
  },
  taxonomy: { tier: 'part', fields: { id, name: needed, vocabulary: text, parent_id: text } },
  'service-at-location': {
    tier: 'main',
    fields: { id, location: { type: 'object', of: 'location', required: true } },
  },
  location: {
    tier: 'main',
    fields: {
      id,
      name: text,
      description: text,
      latitude: amount,
      longitude: amount,
      physical_addresses: listOf('address'),
      accessibility_for_disabilities: listOf('accessibility'),
    },
  },
  address: {
    tier: 'part',
    fields: {
      id,
      address_1: text,
      city: needed,
      state_province: needed,
      postal_code: needed,
      country: needed,
    },
  },
  accessibility: { tier: 'part', fields: { id, accessibility: text } },
  contact: { tier: 'part', fields: { id, name: text, title: text, phones: listOf('phone') } },
  phone: { tier: 'part', fields: { id, number: needed } },
  'regular-schedule': {
    tier: 'part',
    fields: {
      id,
      opens_at: time,
      closes_at: time,
      valid_from: date,
      valid_to: date,
      freq: { type: 'string', oneOf: ['WEEKLY', 'MONTHLY'] },
      interval: amount,
      byday: text,
      description: text,
    },
  },
  eligibility: {
    tier: 'part',
    fields: {
      id,
      eligibility: text,
      minimum_age: { type: 'number', required: true },
      maximum_age: { type: 'number', required: true },
    },
  },
  'service-area': { tier: 'part', fields: { id, service_area: text, extent: text, uri: text } },
  language: { tier: 'part', fields: { id, language: text } },
  'cost-option': { tier: 'part', fields: { id, option: text, amount, amount_description: text } },
};
