// Written by "npm run db:types" from db/migrations. Not to be edited.
import type { Timestamptz, PlainDateColumn, Bigint, JsonColumn } from '../src/platform/pg-types.ts';
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

export interface Team {
  area_id: string;
  id: Generated<string>;
  kind: string;
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
  area: Area;
  assessment: Assessment;
  assessment_version: AssessmentVersion;
  audit_batch: AuditBatch;
  audit_event: AuditEvent;
  break_glass: BreakGlass;
  communication_need: CommunicationNeed;
  contact_offer: ContactOffer;
  contact_point: ContactPoint;
  custody_feed_event: CustodyFeedEvent;
  data_quality_issue: DataQualityIssue;
  detention: Detention;
  detention_event: DetentionEvent;
  draft: Draft;
  episode: Episode;
  idempotency_key: IdempotencyKey;
  inbound_message: InboundMessage;
  leaving_check: LeavingCheck;
  match_decision: MatchDecision;
  need_record: NeedRecord;
  organisation: Organisation;
  outbound_message: OutboundMessage;
  person: Person;
  person_address: PersonAddress;
  person_birth_date: PersonBirthDate;
  person_identifier: PersonIdentifier;
  person_key: PersonKey;
  person_name: PersonName;
  safety_plan_version: SafetyPlanVersion;
  screening: Screening;
  screening_decision: ScreeningDecision;
  screening_version: ScreeningVersion;
  session: Session;
  sign_in_attempt: SignInAttempt;
  single_purpose_link: SinglePurposeLink;
  site: Site;
  team: Team;
  used_logout_token: UsedLogoutToken;
  worker: Worker;
  worker_role: WorkerRole;
}
