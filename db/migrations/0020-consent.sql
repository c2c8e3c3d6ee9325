-- What each person agreed to, refused or took back, one row for one decision about one thing. Never changed: what
-- stands today is computed from these rows (src/consent/consent-status.ts), and a mistake is struck out by another row.

create table consent_decision (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  person_id uuid not null references person (id),
  -- What the decision is about. The key joins the four columns after it (src/consent/consent-subject.ts).
  subject_key text not null,
  subject_kind text not null check (subject_kind in ('being-seen', 'share', 'look-up', 'contact-after-release', 'evaluation')),
  recipient text check (recipient in ('police', 'court', 'probation', 'youth-justice', 'defence', 'gp', 'prison', 'family', 'service')),
  service_id uuid,
  recipient_name text,
  look_up_source text check (look_up_source in ('gp', 'mental-health', 'police')),
  decision text not null check (decision in ('given', 'refused', 'withdrawn', 'entered-in-error')),
  extent text check (extent in ('all-relevant', 'recommendation-and-needs', 'recommendation-only')),
  -- What other services told us about the person goes on only when the person agreed to that as well.
  partner_records boolean not null default false,
  contact_how text check (contact_how in ('ring-or-text', 'text', 'ring')),
  -- Who decided. An appropriate adult never does (domain.md 6.4), so there is no word for it here.
  holder text not null check (holder in ('person', 'parental-responsibility')),
  holder_name text,
  competence text not null check (competence in ('presumed', 'gillick-competent', 'not-gillick-competent', 'not-sure')),
  competence_shown_by text,
  how text not null check (how in ('spoken', 'written', 'sign-language', 'interpreter')),
  present text[] not null default '{}',
  language text not null,
  format text not null check (format in ('ordinary', 'easy-read', 'large-print', 'read-aloud')),
  decided_at timestamptz not null,
  expires_at timestamptz,
  recorded_at timestamptz not null,
  recorded_by uuid not null references worker (id),
  corrects uuid references consent_decision (id),
  correction_reason text,
  check ((subject_kind = 'share') = (recipient is not null)),
  check ((subject_kind = 'look-up') = (look_up_source is not null)),
  check ((subject_kind = 'share' and decision = 'given') = (extent is not null)),
  check (not partner_records or (subject_kind = 'share' and decision = 'given')),
  check (expires_at is null or decision = 'given'),
  check ((decision = 'entered-in-error') = (corrects is not null)),
  check ((corrects is null) = (correction_reason is null)),
  check (holder = 'person' or holder_name is not null),
  check (decided_at <= recorded_at)
);
create index consent_decision_person on consent_decision (person_id, subject_key, decided_at desc);
comment on index consent_decision_person is 'Consent page, picture of need, and every decision about what may leave.';
create unique index consent_decision_corrects on consent_decision (corrects) where corrects is not null;
comment on index consent_decision_corrects is 'A decision is struck out once.';
select guard_staff_table('consent_decision', true);

-- Doubt whether a person of 16 or over can make one decision now (Mental Capacity Act 2005 ss1-3).
create table capacity_assessment (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  person_id uuid not null references person (id),
  subject_key text not null,
  why_doubted text not null,
  -- The functional test comes first, then the cause (JB [2021] UKSC 52).
  can_understand text not null check (can_understand in ('yes', 'no', 'not-asked', 'unknown')),
  can_retain text not null check (can_retain in ('yes', 'no', 'not-asked', 'unknown')),
  can_use_or_weigh text not null check (can_use_or_weigh in ('yes', 'no', 'not-asked', 'unknown')),
  can_communicate text not null check (can_communicate in ('yes', 'no', 'not-asked', 'unknown')),
  because_of_impairment text not null check (because_of_impairment in ('yes', 'no', 'not-asked', 'unknown')),
  impairment text,
  support_tried text not null,
  can_wait text not null check (can_wait in ('yes', 'no', 'not-asked', 'unknown')),
  consulted text,
  outcome text not null check (outcome in ('able', 'not-able', 'deferred')),
  look_again_at timestamptz,
  assessed_at timestamptz not null,
  assessed_by uuid not null references worker (id),
  check (outcome <> 'deferred' or look_again_at is not null),
  check (outcome <> 'not-able' or impairment is not null)
);
create index capacity_assessment_person on capacity_assessment (person_id, subject_key, assessed_at desc);
comment on index capacity_assessment_person is 'Consent page: may this person decide this now?';
select guard_staff_table('capacity_assessment', true);
