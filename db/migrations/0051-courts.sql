-- Court lists: hearings, the people on them, what each message said, whom we know, what the court asked.
-- One row of court_appearance is one person at one hearing, whoever they are to us. Nothing is deleted when a later
-- list leaves somebody out: they are shown as no longer listed.

create table court_hearing (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  source text not null check (source in ('libra', 'common-platform', 'by-hand')),
  -- Made by the importer (import/natural-keys.ts): a repeated or moved hearing has the key it had.
  natural_key text not null,
  hearing_ref text,
  court_code text,
  court_name text,
  -- Null for a court that is not one of ours: imported all the same, and shown on the data quality page.
  site_id uuid references site (id),
  session text,
  hearing_type text,
  list_number text,
  jurisdiction text,
  reporting_restrictions jsonb not null default '[]',
  content_hash text not null,
  last_message_id uuid references inbound_message (id),
  first_received_at timestamptz not null,
  last_changed_at timestamptz not null,
  unique (area_id, natural_key)
);
create index court_hearing_unplaced on court_hearing (area_id, court_code) where site_id is null;
comment on index court_hearing_unplaced is 'Courts page: lists received for courts that are not ours.';
select guard_staff_table('court_hearing');

-- The days a hearing sits. Replaced as a whole when the court moves it.
create table court_sitting (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  hearing_id uuid not null references court_hearing (id),
  site_id uuid references site (id),
  day date not null,
  start_time time,
  end_time time,
  listed_minutes int,
  room text,
  list_order int
);
create index court_sitting_day on court_sitting (site_id, day);
comment on index court_sitting_day is 'Court day: everybody listed at one court on one day.';
create index court_sitting_room on court_sitting (area_id, day);
comment on index court_sitting_room is 'A corrected list: who was in the same courtroom that day.';
create index court_sitting_hearing on court_sitting (hearing_id);
comment on index court_sitting_hearing is 'Picture of need, next hearings: the days of one hearing.';
select guard_staff_table('court_sitting');
grant delete on court_sitting to throughline_app;

create table court_appearance (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  hearing_id uuid not null references court_hearing (id),
  -- Set when somebody confirmed who this is; never by the program alone.
  person_id uuid references person (id),
  matched_decision_id uuid references match_decision (id),
  matched_at timestamptz,
  -- Somebody looked and could not say.
  unsure_at timestamptz,
  unsure_by uuid references worker (id),
  -- Last time our records were searched for this person; null when a message changed them since.
  looked_at timestamptz,
  base_key text not null,
  -- Above 1 when one court reference stands for different people.
  ordinal int not null default 1 check (ordinal > 0),
  name_received text,
  given_names text,
  family_name text,
  birth_date date,
  sex text check (sex in ('female', 'male')),
  youth text not null check (youth in ('yes', 'no', 'unknown')),
  youth_basis text not null,
  remand_status text check (remand_status in ('custody', 'conditional-bail', 'unconditional-bail', 'local-authority', 'not-applicable', 'other')),
  interpreter_language text,
  listed_order int,
  identifiers jsonb not null default '[]',
  -- Kept because the court sent them; never on a list or a board.
  offences jsonb not null default '[]',
  results jsonb not null default '[]',
  said jsonb not null,
  content_hash text not null,
  version int not null default 1,
  first_received_at timestamptz not null,
  last_changed_at timestamptz not null,
  last_sent_at timestamptz,
  last_message_id uuid references inbound_message (id),
  removed_from_list_at timestamptz,
  unique (area_id, base_key, ordinal)
);
create index court_appearance_hearing on court_appearance (hearing_id);
comment on index court_appearance_hearing is 'Court day: the people of a hearing.';
create index court_appearance_person on court_appearance (person_id) where person_id is not null;
comment on index court_appearance_person is 'Picture of need, next hearings, "listed in your court".';
create index court_appearance_waiting on court_appearance (area_id, id) where looked_at is null;
comment on index court_appearance_waiting is 'Whom to look for in our records after a list arrived.';
select guard_staff_table('court_appearance');

-- What each message said about the appearance, in the order it arrived.
create table court_appearance_version (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  appearance_id uuid not null references court_appearance (id),
  person_id uuid,
  version int not null,
  inbound_message_id uuid references inbound_message (id),
  received_at timestamptz not null,
  sent_at timestamptz,
  change text not null check (change in ('listed', 'changed', 'older-message', 'removed', 'listed-again')),
  content_hash text not null,
  said jsonb not null,
  unique (appearance_id, version)
);
select guard_staff_table('court_appearance_version', true);

-- The court's own numbers for the person: what a decision is remembered by.
create table court_reference (
  area_id uuid not null,
  appearance_id uuid not null references court_appearance (id),
  kind text not null check (kind in ('defendant', 'master-defendant', 'case', 'pnc', 'cro', 'crn')),
  value text not null,
  primary key (area_id, kind, value, appearance_id)
);
comment on constraint court_reference_pkey on court_reference is 'After a list arrived: earlier appearances under the same number, and what was decided about them.';
create index court_reference_appearance on court_reference (appearance_id);
comment on index court_reference_appearance is 'The numbers of one appearance, when a decision is made.';
select guard_staff_table('court_reference');

-- Records of ours that may be this person, with the evidence. Worked out again whenever either side changes.
create table court_match_suggestion (
  area_id uuid not null,
  appearance_id uuid not null references court_appearance (id),
  person_id uuid not null references person (id),
  weight real not null,
  likeness text not null check (likeness in ('same', 'likely', 'possible')),
  evidence text not null,
  waterfall jsonb not null,
  model text not null,
  found_at timestamptz not null,
  primary key (appearance_id, person_id)
);
select guard_staff_table('court_match_suggestion');
grant delete on court_match_suggestion to throughline_app;

-- Pieces of a message nobody could be recognised in, as received, for somebody to take up with the court.
create table court_quarantine (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  inbound_message_id uuid not null references inbound_message (id),
  path text not null,
  code text not null,
  reason text not null,
  received text not null,
  set_aside_at timestamptz not null
);
create index court_quarantine_message on court_quarantine (inbound_message_id);
comment on index court_quarantine_message is 'Data quality page: what was set aside from one message.';
select guard_staff_table('court_quarantine');

-- What the court asked us, in its words.
create table court_request (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  site_id uuid not null references site (id),
  appearance_id uuid references court_appearance (id),
  person_id uuid references person (id),
  about text,
  question text not null check (length(question) between 3 and 1000),
  asked_by text not null,
  asked_at timestamptz not null,
  needed_by timestamptz not null,
  report_wanted boolean not null default false,
  recorded_by uuid references worker (id),
  taken_by uuid references worker (id),
  taken_at timestamptz,
  answer text,
  answered_to text,
  answered_by uuid references worker (id),
  answered_at timestamptz,
  check ((answered_at is null) = (answer is null))
);
create index court_request_site on court_request (site_id, needed_by);
comment on index court_request_site is 'Court day: what the court asked, soonest first.';
create index court_request_person on court_request (person_id) where answered_at is null;
comment on index court_request_person is 'Picture of need: what the court is waiting for.';
create index court_request_appearance on court_request (appearance_id) where appearance_id is not null;
comment on index court_request_appearance is 'Confirming who somebody is gives their open requests to the person.';
select guard_staff_table('court_request');
