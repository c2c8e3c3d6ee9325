-- Custody: who is or was held or came voluntarily, what is known of each stay, and whether contact was offered.
-- Everything known of a stay is an event with two times, when it happened and when it was written down; the row in
-- `detention` is worked out from its events each time one is added, whatever order they arrived in.

create table detention (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  person_id uuid not null references person (id),
  kind text not null check (kind in ('detention', 'voluntary-attendance')),
  legal_basis text not null check (legal_basis in ('pace-arrest', 's136', 's135', 'warrant', 'immigration', 'voluntary', 'not-known')),
  -- As the feed gave them, letters in capitals, spaces taken out. Null when a person was added by hand without a number.
  force text,
  custody_number text,
  -- Null when the feed named a suite we do not know: the stay is then on the list of people to place.
  site_id uuid references site (id),
  site_code text,
  -- "7" for a cell, "V2" for a voluntary attender's place.
  place text,
  -- Null until the arrival itself has been told; what came before it is kept all the same.
  arrived_at timestamptz,
  first_event_at timestamptz not null,
  expected_end_at timestamptz,
  ended_at timestamptz,
  outcome text check (outcome in ('charged-bailed', 'charged-remanded', 'released-bail', 'released-under-investigation',
    'no-further-action', 'community-resolution', 'voluntary-left', 'transferred', 'other')),
  court_site_id uuid references site (id),
  court_date date,
  charged_at timestamptz,
  charge_decision_at timestamptz,
  interview_at timestamptz,
  interview_ends_at timestamptz,
  investigator_name text,
  investigator_contact text,
  solicitor text,
  -- The four answers: yes, no, not-asked, declined, unknown. Nothing defaults to "no".
  adult_required text not null default 'not-asked' check (adult_required in ('yes', 'no', 'not-asked', 'declined', 'unknown')),
  adult_why text,
  adult_name text,
  adult_requested_at timestamptz,
  adult_arrived_at timestamptz,
  adult_left_at timestamptz,
  assigned_to uuid references worker (id),
  -- Where the name came from: the feed alone, somebody here, or a person who compared it with a record we had.
  identity text not null default 'feed' check (identity in ('feed', 'worker', 'confirmed-known', 'confirmed-new')),
  -- The record made for this stay, while nobody has said who the person is.
  made_person_id uuid references person (id),
  possible_matches int not null default 0,
  version int not null default 1,
  created_at timestamptz not null default now(),
  check (ended_at is null or outcome is not null),
  unique nulls distinct (area_id, force, custody_number)
);
comment on constraint detention_area_id_force_custody_number_key on detention is 'The custody feed finds the stay an event belongs to; one number is one stay.';
create index detention_site_open on detention (site_id) where ended_at is null;
comment on index detention_site_open is 'Suite board: everyone here now.';
create index detention_site_ended on detention (site_id, ended_at) where ended_at is not null;
comment on index detention_site_ended is 'Suite board: who left in the last 12 hours.';
create index detention_unplaced on detention (area_id) where site_id is null and ended_at is null;
comment on index detention_unplaced is 'People to place: the feed named a suite we do not know.';
create index detention_person on detention (person_id, first_event_at desc);
comment on index detention_person is 'Picture of need and access: the stays of one person.';
select guard_staff_table('detention');

create table detention_event (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  detention_id uuid not null references detention (id),
  person_id uuid not null references person (id),
  kind text not null,
  happened_at timestamptz not null,
  entered_at timestamptz not null,
  entered_by uuid references worker (id),
  source text not null,
  detail jsonb not null default '{}',
  -- SHA-256 of kind, time and detail: the same fact told twice is one fact.
  content_hash bytea not null,
  unique (detention_id, content_hash)
);
create index detention_event_stay on detention_event (detention_id, happened_at);
comment on index detention_event_stay is 'Suite board and custody page: what is known of these stays.';
create index detention_event_person on detention_event (person_id);
comment on index detention_event_person is 'Moving a stay to the record it belongs to.';
select guard_staff_table('detention_event', true);
-- A stay that turns out to be somebody else''s moves with its facts; the facts themselves never change.
grant update (person_id) on detention_event to throughline_app;

-- Every event as the feed sent it, before anything is made of it.
create table custody_feed_event (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  client text not null,
  force text not null,
  custody_number text not null,
  -- The feed''s own id of the event, or "content:" and a hash when it gave none.
  event_key text not null,
  content_hash bytea not null,
  received_at timestamptz not null,
  content jsonb not null,
  detention_id uuid references detention (id),
  person_id uuid references person (id),
  unique (area_id, force, custody_number, event_key)
);
create index custody_feed_event_stay on custody_feed_event (detention_id, received_at desc);
comment on index custody_feed_event_stay is 'Custody page: what the feed said, as it said it.';
create index custody_feed_event_latest on custody_feed_event (area_id, received_at desc);
comment on index custody_feed_event_latest is 'Suite board: when the feed was last heard.';
select guard_staff_table('custody_feed_event', true);
grant update (detention_id, person_id) on custody_feed_event to throughline_app;

-- Offers of contact and what came of them, including why somebody was not seen. Never changed: an offer is made again.
create table contact_offer (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  detention_id uuid references detention (id),
  offered_at timestamptz not null,
  entered_at timestamptz not null,
  outcome text not null check (outcome in ('accepted', 'declined', 'not-seen')),
  reason text check (reason in ('asleep', 'intoxicated', 'no-interpreter', 'no-room', 'in-interview', 'unfit', 'released-first',
    'out-of-hours', 'no-capacity', 'other')),
  note text,
  -- What the person said, in their words.
  words text,
  try_again_at timestamptz,
  offered_by uuid references worker (id),
  offered_by_name text not null,
  check ((outcome = 'not-seen') = (reason is not null))
);
create index contact_offer_stay on contact_offer (detention_id, offered_at);
comment on index contact_offer_stay is 'Suite board: contact with everyone here.';
create index contact_offer_person on contact_offer (person_id, offered_at desc);
comment on index contact_offer_person is 'Contact page: every offer made to one person.';
select guard_staff_table('contact_offer', true);
grant update (person_id) on contact_offer to throughline_app;

-- What was asked just before somebody left: telephone, medicine, way home. Four answers each, added to and never changed.
create table leaving_check (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  detention_id uuid not null references detention (id),
  question text not null check (question in ('phone', 'medicine', 'way-home', 'safe-tonight')),
  answer text not null check (answer in ('yes', 'no', 'not-asked', 'declined', 'unknown')),
  recorded_at timestamptz not null,
  recorded_by uuid references worker (id)
);
create index leaving_check_stay on leaving_check (detention_id, recorded_at);
comment on index leaving_check_stay is 'Custody page: what was asked before the person left.';
create index leaving_check_person on leaving_check (person_id);
comment on index leaving_check_person is 'Moving a stay to the record it belongs to.';
select guard_staff_table('leaving_check', true);
grant update (person_id) on leaving_check to throughline_app;
