-- The person: names, identifiers, addresses, how to reach them and how to talk with them, alerts, episodes.

create table person (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  given_name text,
  family_name text,
  preferred_name text,
  -- What to call somebody who would not give a name: "Man, about 30".
  described_as text,
  birth_date date,
  -- As told, as estimated by somebody, as traced.
  birth_date_basis text not null default 'told-us' check (birth_date_basis in ('told-us', 'estimated', 'partner-record')),
  sex text check (sex in ('female', 'male', 'other')),
  pronoun text check (pronoun in ('she', 'he', 'they')),
  ethnicity text,
  nhs_number text,
  nhs_number_status text check (nhs_number_status in ('traced', 'not-traced')),
  nhs_number_traced_at timestamptz,
  -- High profile, staff member, or sealed for another reason: opened only by break-glass or a named worker.
  sealed boolean not null default false,
  sealed_why text,
  merged_into uuid references person (id),
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid references worker (id),
  check (family_name is not null or given_name is not null or described_as is not null)
);
create index person_nhs_number on person (area_id, nhs_number) where nhs_number is not null;
comment on index person_nhs_number is 'Search and matching by NHS number.';
create index person_merged on person (merged_into) where merged_into is not null;
comment on index person_merged is 'Records folded into this one.';
select guard_staff_table('person');

-- Every name anyone has known the person by. Nothing is overwritten: a name stops being current.
create table person_name (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  kind text not null check (kind in ('current', 'alias', 'former', 'as-received')),
  given_name text,
  family_name text,
  source text not null,
  recorded_by uuid references worker (id),
  recorded_at timestamptz not null default now(),
  ended_at timestamptz
);
create index person_name_person on person_name (person_id);
comment on index person_name_person is 'Details page; building match keys.';
select guard_staff_table('person_name');

create table person_birth_date (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  birth_date date not null,
  source text not null,
  recorded_at timestamptz not null default now()
);
create index person_birth_date_person on person_birth_date (person_id);
comment on index person_birth_date_person is 'Building match keys: every birth date ever given.';
select guard_staff_table('person_birth_date');

create table person_identifier (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  kind text not null check (kind in ('nhs', 'pnc', 'cro', 'crn', 'asn', 'custody-number', 'defendant', 'prison')),
  received text not null,
  canonical text not null,
  valid boolean not null,
  source text not null,
  recorded_at timestamptz not null default now(),
  unique (person_id, kind, canonical)
);
create index person_identifier_value on person_identifier (area_id, kind, canonical);
comment on index person_identifier_value is 'Feeds find a person by their own number.';
select guard_staff_table('person_identifier');

create table person_address (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  lines text not null,
  postcode text,
  accommodation_type text,
  no_fixed_abode boolean not null default false,
  source text not null,
  recorded_by uuid references worker (id),
  recorded_at timestamptz not null default now(),
  ended_at timestamptz
);
create index person_address_person on person_address (person_id, recorded_at desc);
comment on index person_address_person is 'Details page, banner, ranking services by district.';
select guard_staff_table('person_address');

-- How to reach somebody, and whether it is safe to. A partner may hold the phone (domain.md 8.13).
create table contact_point (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  kind text not null check (kind in ('phone', 'email', 'through-somebody', 'place')),
  value text not null,
  -- Each of these is one of the four answers: yes, no, not-asked, declined, unknown.
  safe_to_ring text not null default 'not-asked' check (safe_to_ring in ('yes', 'no', 'not-asked', 'declined', 'unknown')),
  safe_to_text text not null default 'not-asked' check (safe_to_text in ('yes', 'no', 'not-asked', 'declined', 'unknown')),
  safe_to_leave_message text not null default 'not-asked' check (safe_to_leave_message in ('yes', 'no', 'not-asked', 'declined', 'unknown')),
  note text,
  recorded_by uuid references worker (id),
  recorded_at timestamptz not null default now(),
  ended_at timestamptz
);
create index contact_point_person on contact_point (person_id) where ended_at is null;
comment on index contact_point_person is 'Banner of Today and of a referral; safe-contact rules.';
select guard_staff_table('contact_point');

-- Communication needs in the four groups of the Accessible Information Standard (DAPB1605), plus a
-- foreign-language interpreter, which that standard does not cover and which is kept apart.
create table communication_need (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  kind text not null check (kind in ('support', 'professional', 'contact-method', 'format', 'interpreter')),
  what text not null,
  basis text not null check (basis in ('told-us', 'observed', 'screened', 'diagnosed', 'partner-record')),
  said_by text not null,
  recorded_by uuid references worker (id),
  recorded_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by uuid references worker (id)
);
create index communication_need_person on communication_need (person_id) where ended_at is null;
comment on index communication_need_person is 'Banner on every page of one person.';
select guard_staff_table('communication_need');

-- What could hurt the person or somebody else, shown in the banner until somebody ends it.
create table alert (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  kind text not null,
  what text not null,
  urgency text not null check (urgency in ('now', 'soon', 'note')),
  basis text not null check (basis in ('told-us', 'observed', 'screened', 'diagnosed', 'partner-record')),
  said_by text not null,
  recorded_by uuid references worker (id),
  recorded_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by uuid references worker (id),
  ended_why text
);
create index alert_person on alert (person_id) where ended_at is null;
comment on index alert_person is 'Banner on every page of one person; suite board.';
select guard_staff_table('alert');

-- One period of contact with the service, from identification to exit; may span custody, court and community.
create table episode (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  opened_at timestamptz not null,
  opened_by uuid references worker (id),
  first_contact_point text not null check (first_contact_point in ('custody', 'voluntary-attendance', 'magistrates-court', 'youth-court', 'crown-court', 'community', 'prison', 'other')),
  identified_by text not null check (identified_by in ('custody-officer', 'healthcare', 'service', 'court', 'solicitor', 'youth-justice', 'family', 'self', 'custody-feed', 'other')),
  closed_at timestamptz,
  closed_by uuid references worker (id),
  exit_reason text,
  version int not null default 1,
  check (closed_at is null or exit_reason is not null)
);
create unique index episode_one_open on episode (person_id) where closed_at is null;
comment on index episode_one_open is 'A person has at most one open episode.';
create index episode_person on episode (person_id, opened_at desc);
comment on index episode_person is 'Picture of need: what was tried before.';
select guard_staff_table('episode');

alter table break_glass add foreign key (person_id) references person (id);
alter table single_purpose_link add foreign key (person_id) references person (id);
