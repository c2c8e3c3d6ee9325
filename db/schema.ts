// Written by "npm run db:types" from db/migrations. Not to be edited.
import type {
  Timestamptz,
  PlainDateColumn,
  PlainTimeColumn,
  Bigint,
  JsonColumn,
} from '../src/platform/pg-types.ts';
import type { ColumnType } from 'kysely';

export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U>
    ? ColumnType<S, I | undefined, U>
    : ColumnType<T, T | undefined, T>;

export interface Alert {
  area_id: string;
  basis: string;
  ended_at: Timestamptz | null;
  ended_by: string | null;
  ended_why: string | null;
  id: Generated<string>;
  kind: string;
  person_id: string;
  recorded_at: Generated<Timestamptz>;
  recorded_by: string | null;
  said_by: string;
  urgency: string;
  what: string;
}

export interface ApiClient {
  active: Generated<boolean>;
  area_id: string;
  client_id: string;
  created_at: Generated<Timestamptz>;
  id: Generated<string>;
  issuer: string;
  last_used_at: Timestamptz | null;
  name: string;
  scopes: string[];
}

export interface Appointment {
  accompany: Generated<boolean>;
  area_id: string;
  cancelled_at: Timestamptz | null;
  cancelled_why: string | null;
  episode_id: string;
  id: Generated<string>;
  made_at: Timestamptz;
  made_by: string | null;
  meet: string | null;
  person_id: string;
  place: string | null;
  source_appointment_id: string | null;
  source_referral_id: string | null;
  starts_at: Timestamptz;
  title: string;
  version: Generated<number>;
  with_whom: string | null;
  worker_id: string | null;
}

export interface AppointmentOutcome {
  appointment_id: string;
  area_id: string;
  attendance: string;
  id: Generated<string>;
  note: string | null;
  person_id: string;
  recorded_at: Timestamptz;
  recorded_by: string | null;
}

export interface Area {
  demonstration: Generated<boolean>;
  id: Generated<string>;
  name: string;
}

export interface Assessment {
  area_id: string;
  episode_id: string | null;
  id: Generated<string>;
  person_id: string;
  started_at: Timestamptz;
  started_by: string | null;
}

export interface AssessmentVersion {
  area_id: string;
  assessment_id: string;
  content: JsonColumn;
  id: Generated<string>;
  opened_revision: number;
  person_id: string;
  reason: string | null;
  revision: number;
  saved_at: Timestamptz;
  saved_by: string | null;
  saved_by_name: string;
  saved_by_registration: string | null;
  saved_by_role: string;
  settles: string | null;
  status: string;
  version: number;
}

export interface AuditBatch {
  below_xid: string;
  chain: Buffer;
  cluster: string;
  event_ids: string[];
  first_at: Timestamptz | null;
  key_id: string;
  last_at: Timestamptz | null;
  number: Bigint;
  previous_chain: Buffer;
  root: Buffer;
  sealed_at: Timestamptz;
  signature: Buffer;
}

export interface AuditEvent {
  action: string;
  actor: string;
  area_id: string | null;
  at: Timestamptz;
  content_hash: Buffer;
  detail: JsonColumn;
  id: string;
  person_id: string | null;
  reference: string | null;
  session_id: string | null;
  subject_id: string | null;
  subject_kind: string;
  worker_id: string | null;
  worker_role: string | null;
  xid: Generated<string>;
}

export interface BreakGlass {
  area_id: string;
  expires_at: Timestamptz;
  explanation: string;
  id: Generated<string>;
  opened_at: Generated<Timestamptz>;
  person_id: string;
  reason: string;
  review_note: string | null;
  review_outcome: string | null;
  reviewed_at: Timestamptz | null;
  reviewed_by: string | null;
  session_id: string;
  worker_id: string;
}

export interface CapacityAssessment {
  area_id: string;
  assessed_at: Timestamptz;
  assessed_by: string;
  because_of_impairment: string;
  can_communicate: string;
  can_retain: string;
  can_understand: string;
  can_use_or_weigh: string;
  can_wait: string;
  consulted: string | null;
  id: Generated<string>;
  impairment: string | null;
  look_again_at: Timestamptz | null;
  outcome: string;
  person_id: string;
  subject_key: string;
  support_tried: string;
  why_doubted: string;
}

export interface CaseloadAssignment {
  area_id: string;
  ended_at: Timestamptz | null;
  ended_by: string | null;
  ended_why: string | null;
  handover_id: string | null;
  id: Generated<string>;
  kind: string;
  person_id: string;
  started_at: Timestamptz;
  started_by: string | null;
  team_id: string | null;
  why: string;
  worker_id: string;
}

export interface CommunicationNeed {
  area_id: string;
  basis: string;
  ended_at: Timestamptz | null;
  ended_by: string | null;
  id: Generated<string>;
  kind: string;
  person_id: string;
  recorded_at: Generated<Timestamptz>;
  recorded_by: string | null;
  said_by: string;
  what: string;
}

export interface ConsentDecision {
  area_id: string;
  competence: string;
  competence_shown_by: string | null;
  contact_how: string | null;
  correction_reason: string | null;
  corrects: string | null;
  decided_at: Timestamptz;
  decision: string;
  expires_at: Timestamptz | null;
  extent: string | null;
  format: string;
  holder: string;
  holder_name: string | null;
  how: string;
  id: Generated<string>;
  language: string;
  look_up_source: string | null;
  partner_records: Generated<boolean>;
  person_id: string;
  present: Generated<string[]>;
  recipient: string | null;
  recipient_name: string | null;
  recorded_at: Timestamptz;
  recorded_by: string;
  service_id: string | null;
  subject_key: string;
  subject_kind: string;
}

export interface ContactLog {
  adds_to: string | null;
  against_what: string | null;
  against_why: string | null;
  area_id: string;
  at: Timestamptz;
  contact_point_id: string | null;
  episode_id: string;
  follow_up_id: string | null;
  how: string;
  id: Generated<string>;
  note: string | null;
  person_id: string;
  recorded_at: Timestamptz;
  recorded_by: string | null;
  result: string;
}

export interface ContactOffer {
  area_id: string;
  detention_id: string | null;
  entered_at: Timestamptz;
  id: Generated<string>;
  note: string | null;
  offered_at: Timestamptz;
  offered_by: string | null;
  offered_by_name: string;
  outcome: string;
  person_id: string;
  reason: string | null;
  try_again_at: Timestamptz | null;
  words: string | null;
}

export interface ContactPoint {
  area_id: string;
  ended_at: Timestamptz | null;
  id: Generated<string>;
  kind: string;
  note: string | null;
  person_id: string;
  recorded_at: Generated<Timestamptz>;
  recorded_by: string | null;
  safe_to_leave_message: Generated<string>;
  safe_to_ring: Generated<string>;
  safe_to_text: Generated<string>;
  value: string;
}

export interface CourtAppearance {
  area_id: string;
  base_key: string;
  birth_date: PlainDateColumn | null;
  content_hash: string;
  family_name: string | null;
  first_received_at: Timestamptz;
  given_names: string | null;
  hearing_id: string;
  id: Generated<string>;
  identifiers: Generated<JsonColumn>;
  interpreter_language: string | null;
  last_changed_at: Timestamptz;
  last_message_id: string | null;
  last_sent_at: Timestamptz | null;
  listed_order: number | null;
  looked_at: Timestamptz | null;
  matched_at: Timestamptz | null;
  matched_decision_id: string | null;
  name_received: string | null;
  offences: Generated<JsonColumn>;
  ordinal: Generated<number>;
  person_id: string | null;
  remand_status: string | null;
  removed_from_list_at: Timestamptz | null;
  results: Generated<JsonColumn>;
  said: JsonColumn;
  sex: string | null;
  unsure_at: Timestamptz | null;
  unsure_by: string | null;
  version: Generated<number>;
  youth: string;
  youth_basis: string;
}

export interface CourtAppearanceVersion {
  appearance_id: string;
  area_id: string;
  change: string;
  content_hash: string;
  id: Generated<string>;
  inbound_message_id: string | null;
  person_id: string | null;
  received_at: Timestamptz;
  said: JsonColumn;
  sent_at: Timestamptz | null;
  version: number;
}

export interface CourtHearing {
  area_id: string;
  content_hash: string;
  court_code: string | null;
  court_name: string | null;
  first_received_at: Timestamptz;
  hearing_ref: string | null;
  hearing_type: string | null;
  id: Generated<string>;
  jurisdiction: string | null;
  last_changed_at: Timestamptz;
  last_message_id: string | null;
  list_number: string | null;
  natural_key: string;
  reporting_restrictions: Generated<JsonColumn>;
  session: string | null;
  site_id: string | null;
  source: string;
}

export interface CourtMatchSuggestion {
  appearance_id: string;
  area_id: string;
  evidence: string;
  found_at: Timestamptz;
  likeness: string;
  model: string;
  person_id: string;
  waterfall: JsonColumn;
  weight: number;
}

export interface CourtQuarantine {
  area_id: string;
  code: string;
  id: Generated<string>;
  inbound_message_id: string;
  path: string;
  reason: string;
  received: string;
  set_aside_at: Timestamptz;
}

export interface CourtReference {
  appearance_id: string;
  area_id: string;
  kind: string;
  value: string;
}

export interface CourtRequest {
  about: string | null;
  answer: string | null;
  answered_at: Timestamptz | null;
  answered_by: string | null;
  answered_to: string | null;
  appearance_id: string | null;
  area_id: string;
  asked_at: Timestamptz;
  asked_by: string;
  id: Generated<string>;
  needed_by: Timestamptz;
  person_id: string | null;
  question: string;
  recorded_by: string | null;
  report_wanted: Generated<boolean>;
  site_id: string;
  taken_at: Timestamptz | null;
  taken_by: string | null;
}

export interface CourtSitting {
  area_id: string;
  day: PlainDateColumn;
  end_time: PlainTimeColumn | null;
  hearing_id: string;
  id: Generated<string>;
  list_order: number | null;
  listed_minutes: number | null;
  room: string | null;
  site_id: string | null;
  start_time: PlainTimeColumn | null;
}

export interface CustodyFeedEvent {
  area_id: string;
  client: string;
  content: JsonColumn;
  content_hash: Buffer;
  custody_number: string;
  detention_id: string | null;
  event_key: string;
  force: string;
  id: Generated<string>;
  person_id: string | null;
  received_at: Timestamptz;
}

export interface DataQualityIssue {
  area_id: string;
  code: string;
  id: Generated<string>;
  inbound_message_id: string | null;
  message: string;
  path: string;
  person_id: string | null;
  raised_at: Generated<Timestamptz>;
  settled_at: Timestamptz | null;
  settled_by: string | null;
  settled_how: string | null;
  severity: string;
}

export interface Detention {
  adult_arrived_at: Timestamptz | null;
  adult_left_at: Timestamptz | null;
  adult_name: string | null;
  adult_requested_at: Timestamptz | null;
  adult_required: Generated<string>;
  adult_why: string | null;
  area_id: string;
  arrived_at: Timestamptz | null;
  assigned_to: string | null;
  charge_decision_at: Timestamptz | null;
  charged_at: Timestamptz | null;
  court_date: PlainDateColumn | null;
  court_site_id: string | null;
  created_at: Generated<Timestamptz>;
  custody_number: string | null;
  ended_at: Timestamptz | null;
  expected_end_at: Timestamptz | null;
  first_event_at: Timestamptz;
  force: string | null;
  id: Generated<string>;
  identity: Generated<string>;
  interview_at: Timestamptz | null;
  interview_ends_at: Timestamptz | null;
  investigator_contact: string | null;
  investigator_name: string | null;
  kind: string;
  legal_basis: string;
  made_person_id: string | null;
  outcome: string | null;
  person_id: string;
  place: string | null;
  possible_matches: Generated<number>;
  site_code: string | null;
  site_id: string | null;
  solicitor: string | null;
  version: Generated<number>;
}

export interface DetentionEvent {
  area_id: string;
  content_hash: Buffer;
  detail: Generated<JsonColumn>;
  detention_id: string;
  entered_at: Timestamptz;
  entered_by: string | null;
  happened_at: Timestamptz;
  id: Generated<string>;
  kind: string;
  person_id: string;
  source: string;
}

export interface DirectoryFeed {
  area_id: string;
  created_at: Generated<Timestamptz>;
  id: Generated<string>;
  last_imported_at: Timestamptz | null;
  name: string;
}

export interface DirectoryImport {
  added: number;
  area_id: string;
  at: Timestamptz;
  changed: number;
  feed_id: string;
  gone: number;
  id: Generated<string>;
  inbound_message_id: string | null;
  refused: number;
  report: JsonColumn;
  status: string;
  unchanged: number;
}

export interface Disclosure {
  area_id: string;
  channel: string;
  consent_key: string;
  disclosed_at: Timestamptz;
  disclosed_by: string | null;
  disclosed_by_name: string;
  episode_id: string | null;
  id: Generated<string>;
  person_id: string;
  purpose: string;
  recipient_kind: string;
  recipient_name: string | null;
  service_id: string | null;
  subject_id: string;
  what: string;
}

export interface DisclosureItem {
  answer: string;
  area_id: string;
  basis: string;
  category: string;
  disclosure_id: string;
  id: Generated<string>;
  item_key: string;
  label: string;
  legal_reason_id: string | null;
  need_kind: string | null;
  person_id: string;
  reason: string;
  rule_id: string | null;
  source: string | null;
}

export interface DisclosureReceipt {
  area_id: string;
  at: Timestamptz;
  by_name: string;
  disclosure_id: string;
  id: Generated<string>;
  kind: string;
  note: string | null;
  person_id: string;
  service_id: string | null;
  subject_id: string;
}

export interface Draft {
  content: JsonColumn;
  form: string;
  id: Generated<string>;
  owner_id: string;
  saved_at: Generated<Timestamptz>;
  subject: string;
  version: Generated<number>;
}

export interface Episode {
  area_id: string;
  closed_at: Timestamptz | null;
  closed_by: string | null;
  exit_reason: string | null;
  first_contact_point: string;
  id: Generated<string>;
  identified_by: string;
  opened_at: Timestamptz;
  opened_by: string | null;
  person_id: string;
  version: Generated<number>;
}

export interface FollowUp {
  about: string;
  area_id: string;
  closed_at: Timestamptz | null;
  closed_why: string | null;
  day: number | null;
  done_at: Timestamptz | null;
  done_by: string | null;
  due_on: PlainDateColumn;
  episode_id: string;
  handover_id: string | null;
  id: Generated<string>;
  index_at: Timestamptz;
  kind: string;
  made_at: Timestamptz;
  made_by: string | null;
  person_id: string;
}

export interface FollowUpRule {
  area_id: string | null;
  day: number;
  id: Generated<string>;
  source: string;
  status: string;
  valid_from: PlainDateColumn;
  valid_to: PlainDateColumn | null;
}

export interface Handover {
  accept_by: Timestamptz | null;
  area_id: string;
  cause: string | null;
  chased_at: Timestamptz | null;
  episode_id: string;
  from_name: string;
  from_team_id: string | null;
  from_worker_id: string | null;
  id: Generated<string>;
  left_at: Timestamptz | null;
  left_how: string | null;
  made_at: Timestamptz;
  person_id: string;
  reason: string;
  settled_at: Timestamptz | null;
  settled_by: string | null;
  settled_name: string | null;
  settled_why: string | null;
  state: Generated<string>;
  to_kind: string;
  to_name: string | null;
  to_site_id: string | null;
  to_team_id: string | null;
  to_worker_id: string | null;
  version: Generated<number>;
  what: JsonColumn;
}

export interface HandoverEvent {
  area_id: string;
  at: Timestamptz;
  by_name: string;
  handover_id: string;
  id: Generated<string>;
  kind: string;
  person_id: string;
  why: string | null;
  worker_id: string | null;
}

export interface HandoverRule {
  area_id: string | null;
  chase_again_minutes: number;
  counts_from: string;
  id: Generated<string>;
  minutes: number;
  source: string;
  status: string;
  to_kind: string;
  valid_from: PlainDateColumn;
  valid_to: PlainDateColumn | null;
}

export interface IdempotencyKey {
  created_at: Generated<Timestamptz>;
  key: string;
  result: JsonColumn | null;
  route: string;
}

export interface InboundMessage {
  area_id: string;
  content: Buffer;
  content_hash: Buffer;
  feed: string;
  file_name: string | null;
  format: string;
  id: Generated<string>;
  outcome: JsonColumn | null;
  received_at: Generated<Timestamptz>;
}

export interface LeavingCheck {
  answer: string;
  area_id: string;
  detention_id: string;
  id: Generated<string>;
  person_id: string;
  question: string;
  recorded_at: Timestamptz;
  recorded_by: string | null;
}

export interface LegalReason {
  advised_by: string;
  area_id: string;
  categories: string[];
  consent_sought: string;
  decided_at: Timestamptz;
  decided_by: string;
  ends_at: Timestamptz;
  id: Generated<string>;
  law: string | null;
  least_that_would_do: string;
  person_id: string;
  person_told: string;
  reason: string;
  recipient_kind: string;
  recipient_name: string | null;
  service_id: string | null;
  what_happened: string;
  who_is_at_risk: string;
  why_not_asked: string | null;
  why_not_told: string | null;
}

export interface LegalReasonReview {
  area_id: string;
  id: Generated<string>;
  legal_reason_id: string;
  note: string | null;
  outcome: string;
  person_id: string;
  reviewed_at: Timestamptz;
  reviewed_by: string;
}

export interface MatchDecision {
  area_id: string;
  decided_at: Generated<Timestamptz>;
  decided_by: string;
  decision: string;
  evidence: JsonColumn;
  id: Generated<string>;
  model: string;
  other_id: string;
  other_kind: string;
  person_id: string;
  reason: string | null;
  weight: number;
}

export interface NeedRecord {
  answer: string;
  area_id: string;
  basis: string;
  detail: string | null;
  episode_id: string | null;
  evidence: Generated<JsonColumn>;
  id: Generated<string>;
  kind: string;
  person_id: string;
  point_of_contact: string;
  recorded_at: Timestamptz;
  recorded_by: string | null;
  recorded_by_name: string;
  /**
   * When it was said or seen, when that was before recorded_at. What stands is decided by recorded_at.
   */
  said_at: Timestamptz | null;
  said_by: string;
  services: Generated<string>;
  severity: string | null;
  version: number;
  wants_help: Generated<string>;
}

export interface Organisation {
  area_id: string;
  id: Generated<string>;
  kind: string;
  name: string;
}

export interface OutboundMessage {
  area_id: string;
  attempts: Generated<number>;
  cancelled_at: Timestamptz | null;
  cancelled_why: string | null;
  caused_by: string;
  channel: string;
  content: JsonColumn;
  created_at: Generated<Timestamptz>;
  delivered_at: Timestamptz | null;
  id: Generated<string>;
  last_error: string | null;
  not_before: Generated<Timestamptz>;
  person_id: string | null;
  recipient: string;
  sent_at: Timestamptz | null;
  template: string;
}

export interface Person {
  area_id: string;
  birth_date: PlainDateColumn | null;
  birth_date_basis: Generated<string>;
  created_at: Generated<Timestamptz>;
  created_by: string | null;
  described_as: string | null;
  ethnicity: string | null;
  family_name: string | null;
  given_name: string | null;
  id: Generated<string>;
  merged_into: string | null;
  nhs_number: string | null;
  nhs_number_status: string | null;
  nhs_number_traced_at: Timestamptz | null;
  preferred_name: string | null;
  pronoun: string | null;
  sealed: Generated<boolean>;
  sealed_why: string | null;
  sex: string | null;
  version: Generated<number>;
}

export interface PersonAddress {
  accommodation_type: string | null;
  area_id: string;
  ended_at: Timestamptz | null;
  id: Generated<string>;
  lines: string;
  no_fixed_abode: Generated<boolean>;
  person_id: string;
  postcode: string | null;
  recorded_at: Generated<Timestamptz>;
  recorded_by: string | null;
  source: string;
}

export interface PersonBirthDate {
  area_id: string;
  birth_date: PlainDateColumn;
  id: Generated<string>;
  person_id: string;
  recorded_at: Generated<Timestamptz>;
  source: string;
}

export interface PersonFold {
  area_id: string;
  from_id: string;
  id: Generated<string>;
  moved: JsonColumn;
  moved_at: Generated<Timestamptz>;
  to_id: string;
}

export interface PersonIdentifier {
  area_id: string;
  canonical: string;
  id: Generated<string>;
  kind: string;
  person_id: string;
  received: string;
  recorded_at: Generated<Timestamptz>;
  source: string;
  valid: boolean;
}

export interface PersonKey {
  area_id: string;
  key: string;
  key_kind: string;
  person_id: string;
}

export interface PersonName {
  area_id: string;
  ended_at: Timestamptz | null;
  family_name: string | null;
  given_name: string | null;
  id: Generated<string>;
  kind: string;
  person_id: string;
  recorded_at: Generated<Timestamptz>;
  recorded_by: string | null;
  source: string;
}

export interface Referral {
  area_id: string;
  cover: string;
  created_at: Timestamptz;
  disclosure_id: string | null;
  earlier_referral_id: string | null;
  episode_id: string;
  id: Generated<string>;
  kind: Generated<string>;
  letter: JsonColumn | null;
  needs: string[];
  owner_id: string;
  owner_name: string;
  person_id: string;
  referred_by: string;
  sent_at: Timestamptz | null;
  service_id: string;
  service_name: string;
  support: string | null;
  team_id: string | null;
  wants: string | null;
}

export interface ReferralAppointment {
  area_id: string;
  id: Generated<string>;
  offered_at: Timestamptz;
  offered_by: string;
  person_id: string;
  place: string;
  referral_id: string;
  service_id: string;
  starts_at: Timestamptz;
}

export interface ReferralEvent {
  appointment_id: string | null;
  area_id: string;
  by_kind: string;
  by_name: string;
  happened_at: Timestamptz;
  id: Generated<string>;
  note: string | null;
  number: number;
  person_id: string;
  reason: string | null;
  referral_id: string;
  service_id: string;
  what: string;
  worker_id: string | null;
}

export interface ReferralMessage {
  area_id: string;
  at: Timestamptz;
  body: string;
  by_name: string;
  direction: string;
  id: Generated<string>;
  person_id: string;
  referral_id: string;
  service_id: string;
}

export interface ReferralRule {
  effective_from: PlainDateColumn;
  effective_to: PlainDateColumn | null;
  key: string;
  length: number;
  source: string;
  status: string;
  unit: string;
}

export interface Report {
  area_id: string;
  closed_at: Timestamptz | null;
  closed_why: string | null;
  created_at: Timestamptz;
  created_by: string;
  created_by_name: string;
  decision_at: Timestamptz | null;
  episode_id: string | null;
  hearing_id: string | null;
  id: Generated<string>;
  needed_by: Timestamptz | null;
  person_id: string;
  purpose: string;
  reader_id: string | null;
  recipient_email: string | null;
  recipient_kind: string;
  recipient_name: string;
  recipient_phone: string | null;
  start_content: JsonColumn;
  template: string;
}

export interface ReportDecision {
  area_id: string;
  decided_at: Timestamptz;
  decision: string;
  id: Generated<string>;
  informed: string;
  person_id: string;
  recorded_at: Timestamptz;
  recorded_by: string | null;
  told_by: string;
  told_through: string;
  version_id: string;
}

export interface ReportReplacement {
  area_id: string;
  by_number: number;
  person_id: string;
  replaced_at: Timestamptz;
  version_id: string;
}

export interface ReportSending {
  area_id: string;
  channel: string;
  disclosure_id: string;
  id: Generated<string>;
  link_id: string | null;
  message_id: string | null;
  person_id: string;
  reader_id: string | null;
  recipient_name: string;
  report_id: string;
  sent_at: Timestamptz;
  sent_by: string;
  sent_by_name: string;
  version_id: string;
}

export interface ReportVersion {
  area_id: string;
  content: JsonColumn;
  document: JsonColumn;
  document_hash: Buffer;
  held_back: number;
  id: Generated<string>;
  items: JsonColumn;
  number: number;
  person_heard: string;
  person_id: string;
  report_id: string;
  signed_at: Timestamptz;
  signed_by: string;
  signed_by_name: string;
}

export interface SafetyPlanVersion {
  area_id: string;
  content: JsonColumn;
  copy_given: Generated<string>;
  id: Generated<string>;
  opened_version: number;
  person_id: string;
  settles: string | null;
  status: string;
  version: number;
  written_at: Timestamptz;
  written_by: string | null;
  written_by_name: string;
  written_by_role: string;
  written_with: string;
}

export interface Screening {
  area_id: string;
  episode_id: string | null;
  id: Generated<string>;
  instrument_name: string;
  instrument_url: string;
  instrument_version: string;
  person_id: string;
  started_at: Timestamptz;
  started_by: string | null;
}

export interface ScreeningDecision {
  about: string;
  area_id: string;
  decided_at: Timestamptz;
  decided_by: string | null;
  decided_by_name: string;
  decision: string;
  id: Generated<string>;
  need_kind: string | null;
  person_id: string;
  screening_id: string;
  why: string | null;
}

export interface ScreeningVersion {
  answered: number;
  answers: JsonColumn;
  area_id: string;
  asked_by: string | null;
  asked_by_name: string;
  bands: JsonColumn;
  conditions: Generated<string[]>;
  id: Generated<string>;
  needed: number;
  page: string | null;
  person_id: string;
  posted: JsonColumn | null;
  reason: string | null;
  safety: string;
  saved_at: Timestamptz;
  score: number | null;
  score_max: number;
  scoring: string;
  screening_id: string;
  setting: string;
  status: string;
  version: number;
}

export interface Service {
  area_id: string;
  created_at: Timestamptz;
  district: string | null;
  email: string | null;
  external_id: string;
  feed_id: string;
  gone_at: Timestamptz | null;
  id: Generated<string>;
  lat: number | null;
  listing: JsonColumn;
  lon: number | null;
  max_age: number | null;
  min_age: number | null;
  name: string;
  needs: string[];
  only_for: string[];
  organisation: string | null;
  status: string;
  updated_at: Timestamptz;
  verified_by: string | null;
  verified_on: PlainDateColumn | null;
  version: Generated<number>;
  waiting_days: number | null;
}

export interface ServiceNeed {
  area_id: string;
  need: string;
  service_id: string;
}

export interface ServiceVersion {
  area_id: string;
  at: Timestamptz;
  by_name: string;
  cause: string;
  changed: string[];
  id: Generated<string>;
  listing: JsonColumn;
  service_id: string;
  version: number;
}

export interface Session {
  created_at: Generated<Timestamptz>;
  end_reason: string | null;
  ended_at: Timestamptz | null;
  ended_by: string | null;
  id: Generated<string>;
  kiosk: Generated<boolean>;
  last_seen_at: Generated<Timestamptz>;
  locked_at: Timestamptz | null;
  provider_session: string | null;
  token_hash: Buffer;
  worker_id: string;
  worker_role_id: string | null;
}

export interface ShareRule {
  basis: string;
  category: string;
  effective_from: PlainDateColumn;
  effective_to: PlainDateColumn | null;
  id: Generated<string>;
  needs_extent: string | null;
  own_permission: Generated<boolean>;
  part: string | null;
  purpose: string | null;
  reason: string;
  recipient_kind: string;
  source: string;
  status: string;
}

export interface SignInAttempt {
  browser_hash: Buffer;
  code_verifier: string;
  created_at: Generated<Timestamptz>;
  kiosk: Generated<boolean>;
  nonce: string;
  return_to: string;
  state: string;
}

export interface SinglePurposeLink {
  area_id: string;
  created_at: Generated<Timestamptz>;
  created_by: string | null;
  expires_at: Timestamptz;
  first_opened_at: Timestamptz | null;
  id: Generated<string>;
  last_opened_at: Timestamptz | null;
  opened: Generated<number>;
  person_id: string;
  purpose: string;
  recipient_name: string;
  revoked_at: Timestamptz | null;
  revoked_why: string | null;
  subject_id: string;
  token_hash: Buffer;
}

export interface Site {
  area_id: string;
  closed_on: PlainDateColumn | null;
  code: string | null;
  id: Generated<string>;
  kind: string;
  name: string;
  opened_on: Generated<PlainDateColumn>;
  short_name: string;
}

export interface SupportGoal {
  agreed_at: Timestamptz;
  area_id: string;
  ended_at: Timestamptz | null;
  ended_by: string | null;
  ended_how: string | null;
  episode_id: string;
  id: Generated<string>;
  person_id: string;
  recorded_by: string | null;
  words: string;
}

export interface SupportStep {
  area_id: string;
  by_when: PlainDateColumn | null;
  done_at: Timestamptz | null;
  done_by: string | null;
  goal_id: string;
  id: Generated<string>;
  person_id: string;
  recorded_at: Timestamptz;
  recorded_by: string | null;
  what: string;
  who: string;
}

export interface Team {
  area_id: string;
  id: Generated<string>;
  kind: string;
  /**
   * The team's own e-mail address, for notices that name nobody.
   */
  mailbox: string | null;
  name: string;
  organisation_id: string;
}

export interface UsedLogoutToken {
  jti: string;
  used_at: Timestamptz;
}

export interface Worker {
  active: Generated<boolean>;
  area_id: string;
  created_at: Generated<Timestamptz>;
  email: string | null;
  id: Generated<string>;
  issuer: string;
  name: string;
  registration: string | null;
  subject: string;
}

export interface WorkerRole {
  area_id: string;
  id: Generated<string>;
  role: string;
  service_id: string | null;
  site_id: string | null;
  team_id: string | null;
  valid_from: Generated<PlainDateColumn>;
  valid_to: PlainDateColumn | null;
  worker_id: string;
}

export interface DB {
  alert: Alert;
  api_client: ApiClient;
  appointment: Appointment;
  appointment_outcome: AppointmentOutcome;
  area: Area;
  assessment: Assessment;
  assessment_version: AssessmentVersion;
  audit_batch: AuditBatch;
  audit_event: AuditEvent;
  break_glass: BreakGlass;
  capacity_assessment: CapacityAssessment;
  caseload_assignment: CaseloadAssignment;
  communication_need: CommunicationNeed;
  consent_decision: ConsentDecision;
  contact_log: ContactLog;
  contact_offer: ContactOffer;
  contact_point: ContactPoint;
  court_appearance: CourtAppearance;
  court_appearance_version: CourtAppearanceVersion;
  court_hearing: CourtHearing;
  court_match_suggestion: CourtMatchSuggestion;
  court_quarantine: CourtQuarantine;
  court_reference: CourtReference;
  court_request: CourtRequest;
  court_sitting: CourtSitting;
  custody_feed_event: CustodyFeedEvent;
  data_quality_issue: DataQualityIssue;
  detention: Detention;
  detention_event: DetentionEvent;
  directory_feed: DirectoryFeed;
  directory_import: DirectoryImport;
  disclosure: Disclosure;
  disclosure_item: DisclosureItem;
  disclosure_receipt: DisclosureReceipt;
  draft: Draft;
  episode: Episode;
  follow_up: FollowUp;
  follow_up_rule: FollowUpRule;
  handover: Handover;
  handover_event: HandoverEvent;
  handover_rule: HandoverRule;
  idempotency_key: IdempotencyKey;
  inbound_message: InboundMessage;
  leaving_check: LeavingCheck;
  legal_reason: LegalReason;
  legal_reason_review: LegalReasonReview;
  match_decision: MatchDecision;
  need_record: NeedRecord;
  organisation: Organisation;
  outbound_message: OutboundMessage;
  person: Person;
  person_address: PersonAddress;
  person_birth_date: PersonBirthDate;
  person_fold: PersonFold;
  person_identifier: PersonIdentifier;
  person_key: PersonKey;
  person_name: PersonName;
  referral: Referral;
  referral_appointment: ReferralAppointment;
  referral_event: ReferralEvent;
  referral_message: ReferralMessage;
  referral_rule: ReferralRule;
  report: Report;
  report_decision: ReportDecision;
  report_replacement: ReportReplacement;
  report_sending: ReportSending;
  report_version: ReportVersion;
  safety_plan_version: SafetyPlanVersion;
  screening: Screening;
  screening_decision: ScreeningDecision;
  screening_version: ScreeningVersion;
  service: Service;
  service_need: ServiceNeed;
  service_version: ServiceVersion;
  session: Session;
  share_rule: ShareRule;
  sign_in_attempt: SignInAttempt;
  single_purpose_link: SinglePurposeLink;
  site: Site;
  support_goal: SupportGoal;
  support_step: SupportStep;
  team: Team;
  used_logout_token: UsedLogoutToken;
  worker: Worker;
  worker_role: WorkerRole;
}
