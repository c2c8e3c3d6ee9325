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
  audit_batch: AuditBatch;
  audit_event: AuditEvent;
  break_glass: BreakGlass;
  caseload_assignment: CaseloadAssignment;
  communication_need: CommunicationNeed;
  contact_log: ContactLog;
  contact_point: ContactPoint;
  data_quality_issue: DataQualityIssue;
  draft: Draft;
  episode: Episode;
  follow_up: FollowUp;
  follow_up_rule: FollowUpRule;
  handover: Handover;
  handover_event: HandoverEvent;
  handover_rule: HandoverRule;
  idempotency_key: IdempotencyKey;
  inbound_message: InboundMessage;
  match_decision: MatchDecision;
  organisation: Organisation;
  outbound_message: OutboundMessage;
  person: Person;
  person_address: PersonAddress;
  person_birth_date: PersonBirthDate;
  person_identifier: PersonIdentifier;
  person_key: PersonKey;
  person_name: PersonName;
  session: Session;
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
