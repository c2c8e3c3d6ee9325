-- After custody and court: the handover that always has an owner, who has whom on their caseload, contacts,
-- appointments, calls due after release, and the person's own goals.

-- Clocks as data, with their source: no national figure exists, so every service agrees its own (domain.md 1.5).
create table handover_rule (
  id uuid primary key default uuidv7(),
  -- Null: every area without a rule of its own.
  area_id uuid references area (id),
  to_kind text not null check (to_kind in ('court', 'navigation', 'prison', 'other-area')),
  counts_from text not null check (counts_from in ('leaving', 'hearing', 'made')),
  -- Minutes after (or, below nothing, before) the moment the clock counts from.
  minutes int not null,
  -- A handover that is late is chased again after this many minutes.
  chase_again_minutes int not null check (chase_again_minutes > 0),
  status text not null check (status in ('agreed', 'to-be-confirmed')),
  source text not null,
  valid_from date not null,
  valid_to date,
  check (valid_to is null or valid_to > valid_from)
);
grant select on handover_rule to throughline_app;
insert into handover_rule (to_kind, counts_from, minutes, chase_again_minutes, status, source, valid_from) values
  ('navigation', 'leaving', 240, 240, 'to-be-confirmed', 'Working rule: 4 hours after the person leaves. No national figure; each service confirms its own.', '2017-11-01'),
  ('court', 'hearing', -30, 60, 'to-be-confirmed', 'Working rule: before the court sits; lists are out by 09:30. No national figure; each service confirms its own.', '2017-11-01'),
  ('prison', 'made', 720, 240, 'to-be-confirmed', 'Working rule: before the first night. No national figure; each service confirms its own.', '2017-11-01'),
  ('other-area', 'made', 1440, 480, 'to-be-confirmed', 'Working rule: within a day. No national figure; each service confirms its own.', '2017-11-01');

-- The days after release on which somebody rings.
create table follow_up_rule (
  id uuid primary key default uuidv7(),
  area_id uuid references area (id),
  day int not null check (day between 0 and 400),
  status text not null check (status in ('agreed', 'to-be-confirmed')),
  source text not null,
  valid_from date not null,
  valid_to date,
  check (valid_to is null or valid_to > valid_from)
);
grant select on follow_up_rule to throughline_app;
insert into follow_up_rule (day, status, source, valid_from)
  select day, 'to-be-confirmed', 'Working rule: days 1, 7 and 28 after release. No national figure; each service confirms its own.', '2017-11-01'
  from unnest(array[1, 7, 28]) as day;

-- Where a chase goes. Null: nobody can be written to, and the lead's page says so.
alter table team add column mailbox text;
comment on column team.mailbox is 'The team''s own e-mail address, for notices that name nobody.';

create table handover (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  episode_id uuid not null references episode (id),
  from_worker_id uuid references worker (id),
  from_team_id uuid references team (id),
  -- Who handed over, as it was said that day: a name, or the feed.
  from_name text not null,
  to_kind text not null check (to_kind in ('court', 'navigation', 'prison', 'other-area')),
  to_site_id uuid references site (id),
  to_team_id uuid references team (id),
  to_worker_id uuid references worker (id),
  -- A prison or another area has no account here: it has a name.
  to_name text,
  reason text not null,
  -- What matters: [{ text, source, at, urgency }], as it was when it was handed over.
  what jsonb not null check (jsonb_typeof(what) = 'array'),
  -- What made it ("stay 0197…: released-bail"): the same event twice makes one handover.
  cause text,
  made_at timestamptz not null,
  -- Null until the clock starts: the person has not left yet.
  accept_by timestamptz,
  left_at timestamptz,
  left_how text,
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'returned', 'kept')),
  settled_at timestamptz,
  settled_by uuid references worker (id),
  -- Who has it now, by name: for receivers without an account too.
  settled_name text,
  settled_why text,
  chased_at timestamptz,
  version int not null default 1,
  check (to_kind in ('court', 'navigation') or to_name is not null),
  check (to_site_id is not null or to_team_id is not null or to_worker_id is not null or to_name is not null),
  check ((state = 'waiting') = (settled_at is null)),
  check (state <> 'returned' or settled_why is not null)
);
create unique index handover_cause on handover (area_id, cause, to_kind) where cause is not null;
comment on index handover_cause is 'A custody event that arrives twice makes one handover.';
create index handover_open on handover (area_id, accept_by) where state in ('waiting', 'returned');
comment on index handover_open is 'Today, Handovers, Team: what nobody has taken, late first; the chase.';
create index handover_person on handover (person_id, made_at desc);
comment on index handover_person is 'Support page and picture of need of one person; relationships.';
create index handover_from on handover (from_worker_id, made_at desc);
comment on index handover_from is 'Handovers: what I handed over, and what became of it.';
create index handover_settled on handover (area_id, settled_at desc) where state in ('accepted', 'kept');
comment on index handover_settled is 'Handovers: taken in the last days.';
select guard_staff_table('handover');

create table handover_event (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  handover_id uuid not null references handover (id),
  kind text not null check (kind in ('made', 'clock-started', 'accepted', 'returned', 'sent-on', 'kept', 'chased')),
  at timestamptz not null,
  worker_id uuid references worker (id),
  by_name text not null,
  why text
);
create index handover_event_handover on handover_event (handover_id, at);
comment on index handover_event_handover is 'Handover page: what happened, in order.';
select guard_staff_table('handover_event', true);

-- Who has whom. One navigator and one court practitioner at most at a time.
create table caseload_assignment (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  worker_id uuid not null references worker (id),
  team_id uuid references team (id),
  kind text not null check (kind in ('navigator', 'court')),
  handover_id uuid references handover (id),
  started_at timestamptz not null,
  started_by uuid references worker (id),
  why text not null,
  ended_at timestamptz,
  ended_by uuid references worker (id),
  ended_why text,
  check ((ended_at is null) = (ended_why is null))
);
create unique index caseload_assignment_one on caseload_assignment (person_id, kind) where ended_at is null;
comment on index caseload_assignment_one is 'Nobody is on two navigators'' caseloads; who works with a person.';
create index caseload_assignment_worker on caseload_assignment (worker_id) where ended_at is null;
comment on index caseload_assignment_worker is 'Today, Caseload, Team: the people of one worker.';
select guard_staff_table('caseload_assignment');

-- Calls due.
create table follow_up (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  episode_id uuid not null references episode (id),
  handover_id uuid references handover (id),
  kind text not null check (kind in ('after-release', 'missed-appointment', 'planned')),
  -- Days after release; null for the others.
  day int,
  due_on date not null,
  -- What it is counted from: the moment of release, the appointment that was missed.
  index_at timestamptz not null,
  about text not null,
  made_by uuid references worker (id),
  made_at timestamptz not null,
  done_at timestamptz,
  done_by uuid references worker (id),
  closed_at timestamptz,
  closed_why text,
  check ((kind = 'after-release') = (day is not null)),
  check ((closed_at is null) = (closed_why is null))
);
create unique index follow_up_once on follow_up (handover_id, day) where handover_id is not null and kind = 'after-release';
comment on index follow_up_once is 'A handover accepted twice makes its calls once.';
create index follow_up_open on follow_up (person_id, due_on) where done_at is null and closed_at is null;
comment on index follow_up_open is 'Today: calls due; support page; Team: calls nobody has.';
create index follow_up_person on follow_up (person_id, due_on);
comment on index follow_up_person is 'Support page: calls done.';
select guard_staff_table('follow_up');

-- Every contact made or tried. Nothing is changed afterwards: what was said later is added to it.
create table contact_log (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  episode_id uuid not null references episode (id),
  at timestamptz not null,
  how text not null check (how in ('call', 'text', 'visit', 'letter', 'meeting')),
  result text not null check (result in ('reached', 'no-answer', 'left-message', 'sent', 'not-in')),
  contact_point_id uuid references contact_point (id),
  note text,
  -- Why it was done although the person said it is not safe, or did not agree to contact. Shown wherever the contact is.
  against_why text,
  against_what text,
  follow_up_id uuid references follow_up (id),
  -- More words for an earlier contact.
  adds_to uuid references contact_log (id),
  recorded_by uuid references worker (id),
  recorded_at timestamptz not null,
  check ((against_why is null) = (against_what is null)),
  check (adds_to is null or note is not null)
);
create index contact_log_person on contact_log (person_id, at desc);
comment on index contact_log_person is 'Support page, picture of need: contacts of one person; caseload: last contact.';
create index contact_log_follow_up on contact_log (follow_up_id) where follow_up_id is not null;
comment on index contact_log_follow_up is 'Today: which try this is.';
create index contact_log_against on contact_log (area_id, at desc) where against_why is not null;
comment on index contact_log_against is 'Team: contacts made against what the person said is safe.';
select guard_staff_table('contact_log', true);

create table appointment (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  episode_id uuid not null references episode (id),
  title text not null,
  place text,
  with_whom text,
  starts_at timestamptz not null,
  -- Somebody goes with the person; where and when they meet.
  accompany boolean not null default false,
  meet text,
  worker_id uuid references worker (id),
  -- From a referral: kept in step by the referral, its attendance reported back.
  source_referral_id uuid,
  source_appointment_id uuid,
  made_by uuid references worker (id),
  made_at timestamptz not null,
  cancelled_at timestamptz,
  cancelled_why text,
  version int not null default 1,
  check ((cancelled_at is null) = (cancelled_why is null)),
  check ((source_referral_id is null) = (source_appointment_id is null))
);
create unique index appointment_source on appointment (source_appointment_id) where source_appointment_id is not null;
comment on index appointment_source is 'A referral''s appointment stands here once.';
create index appointment_person on appointment (person_id, starts_at);
comment on index appointment_person is 'Today: appointments of the caseload; support page.';
create index appointment_worker on appointment (worker_id, starts_at) where worker_id is not null;
comment on index appointment_worker is 'Today: appointments I said I would go to.';
select guard_staff_table('appointment');

-- Attendance in the codes of the NHS Data Dictionary (ATTENDANCE STATUS); the newest counts, the others stay readable.
create table appointment_outcome (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  appointment_id uuid not null references appointment (id),
  attendance text not null check (attendance in ('5', '6', '7', '2', '3', '4')),
  note text,
  recorded_by uuid references worker (id),
  recorded_at timestamptz not null
);
create index appointment_outcome_appointment on appointment_outcome (appointment_id, recorded_at desc);
comment on index appointment_outcome_appointment is 'Today and support page: did they come.';
select guard_staff_table('appointment_outcome', true);

create table support_goal (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  episode_id uuid not null references episode (id),
  -- In the person's own words.
  words text not null,
  agreed_at timestamptz not null,
  recorded_by uuid references worker (id),
  ended_at timestamptz,
  ended_how text check (ended_how in ('reached', 'changed', 'stopped')),
  ended_by uuid references worker (id),
  check ((ended_at is null) = (ended_how is null))
);
create index support_goal_person on support_goal (person_id, agreed_at);
comment on index support_goal_person is 'Support page: goals of one person.';
select guard_staff_table('support_goal');

create table support_step (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  goal_id uuid not null references support_goal (id),
  what text not null,
  who text not null,
  by_when date,
  recorded_by uuid references worker (id),
  recorded_at timestamptz not null,
  done_at timestamptz,
  done_by uuid references worker (id)
);
create index support_step_goal on support_step (goal_id, recorded_at);
comment on index support_step_goal is 'Support page: who does what by when.';
select guard_staff_table('support_step');
