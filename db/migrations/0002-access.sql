-- Who works here, in which role, team and site; their sessions; exceptional access; single-purpose links.
-- None of these tables says anything about a person in contact with the service except break_glass.

create table area (
  id uuid primary key default uuidv7(),
  name text not null unique,
  demonstration boolean not null default false
);
grant select on area to throughline_app;

create table organisation (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  name text not null,
  kind text not null check (kind in ('nhs', 'police', 'court', 'voluntary', 'local-authority', 'commissioner', 'provider')),
  unique (area_id, name)
);
grant select, insert, update on organisation to throughline_app;

-- Sites open and close, so they are data with dates (domain.md 2.2).
create table site (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  name text not null,
  short_name text not null,
  kind text not null check (kind in ('custody-suite', 'police-station', 'magistrates-court', 'crown-court', 'youth-court', 'community-base')),
  code text,
  opened_on date not null default '2017-11-01',
  closed_on date,
  unique (area_id, name)
);
create unique index site_code on site (area_id, code) where code is not null;
comment on index site_code is 'A feed names a court or suite by its code.';
grant select, insert, update on site to throughline_app;

create table team (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  organisation_id uuid not null references organisation (id),
  name text not null,
  kind text not null check (kind in ('custody-healthcare', 'custody-ld', 'court-ld', 'navigation', 'lead', 'partner', 'justice', 'commissioning', 'privacy', 'administration')),
  unique (area_id, name)
);
grant select, insert, update on team to throughline_app;

create table worker (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  issuer text not null,
  subject text not null,
  name text not null,
  email text,
  registration text,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  unique (issuer, subject)
);
grant select, insert, update on worker to throughline_app;

-- A person may hold several roles: they choose one when they sign in, and the session and the audit carry it.
create table worker_role (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  worker_id uuid not null references worker (id),
  role text not null check (role in ('custody-healthcare', 'custody-practitioner', 'court-practitioner', 'navigator', 'lead',
    'partner-worker', 'justice-reader', 'commissioner', 'privacy-officer', 'administrator')),
  team_id uuid references team (id),
  site_id uuid references site (id),
  service_id uuid,
  valid_from date not null default '2017-11-01',
  valid_to date,
  unique nulls not distinct (worker_id, role, team_id, site_id)
);
create index worker_role_worker on worker_role (worker_id);
comment on index worker_role_worker is 'Sign-in: the roles of one worker.';
create index worker_role_team on worker_role (team_id);
comment on index worker_role_team is 'Team page, assignment lists.';
grant select, insert, update on worker_role to throughline_app;

create table session (
  id uuid primary key default uuidv7(),
  token_hash bytea not null unique,
  worker_id uuid not null references worker (id),
  worker_role_id uuid references worker_role (id),
  -- A kiosk is a shared machine: short idle limit and fast switching.
  kiosk boolean not null default false,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  locked_at timestamptz,
  ended_at timestamptz,
  ended_by uuid references worker (id),
  end_reason text check (end_reason in ('signed-out', 'idle', 'administrator', 'switched', 'expired'))
);
create index session_open on session (worker_id) where ended_at is null;
comment on index session_open is 'Administrator''s list of open sessions; ending all of one worker''s.';
grant select, insert, update on session to throughline_app;

-- State kept between leaving for the identity provider and coming back (state, nonce, PKCE verifier).
create table sign_in_attempt (
  state text primary key,
  nonce text not null,
  code_verifier text not null,
  return_to text not null,
  kiosk boolean not null default false,
  created_at timestamptz not null default now()
);
grant select, insert, delete on sign_in_attempt to throughline_app;

-- Reasoned exceptional access, with a time limit, reviewed by the privacy officer.
create table break_glass (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  worker_id uuid not null references worker (id),
  session_id uuid not null references session (id),
  person_id uuid not null,
  reason text not null check (reason in ('risk-to-life', 'immediate-care', 'safeguarding', 'court-now', 'other')),
  explanation text not null check (length(explanation) >= 10),
  opened_at timestamptz not null default now(),
  expires_at timestamptz not null,
  reviewed_by uuid references worker (id),
  reviewed_at timestamptz,
  review_outcome text check (review_outcome in ('justified', 'not-justified', 'more-information')),
  review_note text
);
create index break_glass_live on break_glass (worker_id, person_id, expires_at);
comment on index break_glass_live is 'May this worker open this record now?';
create index break_glass_unreviewed on break_glass (area_id, opened_at) where reviewed_at is null;
comment on index break_glass_unreviewed is 'Access review: what nobody has looked at.';
select guard_staff_table('break_glass');

-- A link that does one thing, for somebody without an account: read one report, answer one referral.
create table single_purpose_link (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  token_hash bytea not null unique,
  purpose text not null check (purpose in ('read-report', 'answer-referral')),
  subject_id uuid not null,
  person_id uuid not null,
  recipient_name text not null,
  created_by uuid references worker (id),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_why text,
  first_opened_at timestamptz,
  last_opened_at timestamptz,
  opened int not null default 0
);
create index single_purpose_link_subject on single_purpose_link (subject_id);
comment on index single_purpose_link_subject is 'Links of one report or referral; withdrawal revokes them.';
create index single_purpose_link_person on single_purpose_link (person_id) where revoked_at is null;
comment on index single_purpose_link_person is 'Withdrawal of consent closes a person''s open links.';
select guard_staff_table('single_purpose_link');
-- Whoever holds the token may see its own row and mark it opened: only the token's SHA-256 is stored, and the
-- viewer's context carries the SHA-256 of the token that was presented.
create policy holder_reads on single_purpose_link for select
  using (token_hash = (select app_link_token()));
create policy holder_marks_opened on single_purpose_link for update
  using (token_hash = (select app_link_token())) with check (token_hash = (select app_link_token()));
