-- Needs, the short assessment and the safety plan. All three are append-only: a correction is a new version.

-- One answer about one kind of the needs vocabulary. A kind without a row was not asked.
create table need_record (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  episode_id uuid references episode (id),
  kind text not null,
  version int not null check (version > 0),
  -- not-asked takes back an answer that was recorded by mistake.
  answer text not null check (answer in ('found', 'no-need', 'declined', 'unknown', 'not-asked')),
  basis text not null check (basis in ('told-us', 'observed', 'screened', 'diagnosed', 'partner-record')),
  said_by text not null,
  point_of_contact text not null,
  detail text,
  severity text check (severity in ('mild', 'moderate', 'severe')),
  services text not null default 'not-asked' check (services in
    ('none-known', 'previous', 'current-engaged', 'current-disengaged', 'waiting', 'unknown', 'not-asked')),
  wants_help text not null default 'not-asked' check (wants_help in ('yes', 'no', 'not-asked', 'declined', 'unknown')),
  -- What it rests on: { screeningId } when a screening suggested it and a person confirmed.
  evidence jsonb not null default '{}',
  recorded_by uuid references worker (id),
  recorded_by_name text not null,
  recorded_at timestamptz not null,
  unique (person_id, kind, version)
);
comment on constraint need_record_person_id_kind_version_key on need_record is 'Needs page, picture of need: the latest answer of each kind.';
select guard_staff_table('need_record', true);

-- One assessment in one episode; its text is in the versions.
create table assessment (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  episode_id uuid references episode (id),
  started_at timestamptz not null,
  started_by uuid references worker (id)
);
create index assessment_person on assessment (person_id, started_at desc);
comment on index assessment_person is 'Assessment page; the assessment a report is written from.';
select guard_staff_table('assessment', true);

-- Every save. `draft` and `signed` rows are the record, in the order of `revision`; an `aside` row is a text that
-- met another one: kept, shown beside it, and never part of the record by itself, until a row `settles` it. A
-- `settled` row says that the record stays as it is.
create table assessment_version (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  assessment_id uuid not null references assessment (id),
  -- 1 for the first to be signed, 2 for its correction, and so on; drafts carry the number they will be signed as.
  version int not null check (version > 0),
  revision int not null check (revision > 0),
  status text not null check (status in ('draft', 'signed', 'aside', 'settled')),
  content jsonb not null,
  -- The revision the writer had open: what both texts of a conflict grew from.
  opened_revision int not null,
  settles uuid references assessment_version (id),
  reason text,
  saved_by uuid references worker (id),
  saved_by_name text not null,
  saved_by_role text not null,
  saved_by_registration text,
  saved_at timestamptz not null,
  -- A correction says why (version 2 and later).
  check (status <> 'signed' or version = 1 or reason is not null)
);
create unique index assessment_version_revision on assessment_version (assessment_id, revision) where status in ('draft', 'signed');
comment on index assessment_version_revision is 'Assessment page: the newest revision; one save wins each number.';
create unique index assessment_version_signed on assessment_version (assessment_id, version) where status = 'signed';
comment on index assessment_version_signed is 'A version is signed once; versions of one assessment, newest first.';
create index assessment_version_person on assessment_version (person_id, saved_at desc);
comment on index assessment_version_person is 'Picture of need: timeline of signed assessments; texts put aside.';
select guard_staff_table('assessment_version', true);

-- The safety plan, written with the person. Never a score (NICE NG225).
create table safety_plan_version (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  version int not null check (version > 0),
  status text not null check (status in ('current', 'aside', 'settled')),
  content jsonb not null,
  opened_version int not null,
  settles uuid references safety_plan_version (id),
  written_with text not null check (written_with in ('with-person', 'by-person', 'person-not-there', 'not-recorded')),
  copy_given text not null default 'not-asked' check (copy_given in ('yes', 'no', 'not-asked', 'declined', 'unknown')),
  written_by uuid references worker (id),
  written_by_name text not null,
  written_by_role text not null,
  written_at timestamptz not null
);
create unique index safety_plan_version_current on safety_plan_version (person_id, version) where status = 'current';
comment on index safety_plan_version_current is 'Safety plan page, picture of need: the newest version; one save wins each number.';
create index safety_plan_version_person on safety_plan_version (person_id, written_at desc);
comment on index safety_plan_version_person is 'Safety plan page: texts put aside.';
select guard_staff_table('safety_plan_version', true);
