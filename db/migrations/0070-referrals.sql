-- Referrals to services: what was sent, everything that happened, what was said, and the first appointment.
-- Where a referral stands is never stored: it follows from its events (src/referrals/referral.ts).

-- How long each step may take, as data with its source (architecture.md, Data).
create table referral_rule (
  key text not null check (key in ('answer', 'arrange-appointment', 'wait-review', 'our-step', 'link-open', 'person-remembered')),
  unit text not null check (unit in ('working-days', 'days')),
  length int not null check (length > 0),
  source text not null,
  status text not null check (status in ('confirmed', 'to-be-confirmed')),
  effective_from date not null,
  effective_to date,
  primary key (key, effective_from)
);
insert into referral_rule (key, unit, length, source, status, effective_from) values
  ('answer', 'working-days', 5, 'Default of this product: no national standard found', 'to-be-confirmed', '2017-11-01'),
  ('arrange-appointment', 'working-days', 10, 'Default of this product: no national standard found', 'to-be-confirmed', '2017-11-01'),
  ('wait-review', 'days', 28, 'Default of this product: no national standard found', 'to-be-confirmed', '2017-11-01'),
  ('our-step', 'working-days', 1, 'Default of this product: no national standard found', 'to-be-confirmed', '2017-11-01'),
  ('link-open', 'days', 14, 'Default of this product: no national standard found', 'to-be-confirmed', '2017-11-01'),
  ('person-remembered', 'days', 90, 'Default of this product: no national standard found', 'to-be-confirmed', '2017-11-01');
grant select on referral_rule to throughline_app;

create table referral (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  episode_id uuid not null references episode (id),
  service_id uuid not null references service (id),
  -- As they were called when it was made.
  service_name text not null,
  needs text[] not null check (cardinality(needs) > 0),
  kind text not null default 'referral' check (kind in ('referral', 'supported-referral')),
  -- The person's own words and what we offer, until it is sent; what was sent is in letter and never changes.
  wants text,
  support text,
  letter jsonb,
  -- Initials and needs: all that a link shows before somebody opens it.
  cover text not null,
  disclosure_id uuid,
  -- Who sees to it that something happens next. There is always somebody.
  owner_id uuid not null references worker (id),
  owner_name text not null,
  team_id uuid references team (id),
  referred_by uuid not null references worker (id),
  earlier_referral_id uuid references referral (id),
  created_at timestamptz not null,
  sent_at timestamptz,
  check ((sent_at is null) = (letter is null))
);
create index referral_person on referral (person_id, created_at desc);
comment on index referral_person is 'Referrals tab, picture of need.';
create index referral_owner on referral (owner_id, created_at desc);
comment on index referral_owner is 'Referrals page: mine.';
create index referral_team on referral (team_id, created_at desc);
comment on index referral_team is 'Referrals page: my team''s.';
create index referral_service on referral (service_id, sent_at desc) where sent_at is not null;
comment on index referral_service is 'Referrals to us: one service''s own.';
create index referral_referrer on referral (referred_by, person_id, created_at);
comment on index referral_referrer is 'May this worker open this record: referred by them lately.';
select guard_staff_table('referral');

create table referral_event (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  referral_id uuid not null references referral (id),
  service_id uuid not null references service (id),
  -- Two answers at once cannot both be number 4.
  number int not null,
  what text not null check (what in ('drafted', 'sent', 'delivered', 'opened', 'accepted', 'wait-listed', 'declined', 'asked',
    'answered', 'appointment-offered', 'appointment-agreed', 'attended', 'did-not-attend', 'engaged', 'completed',
    'withdrawn', 'lost', 'chased', 'moved-on')),
  happened_at timestamptz not null,
  by_kind text not null check (by_kind in ('staff', 'service', 'link', 'system')),
  worker_id uuid references worker (id),
  by_name text not null,
  -- A code of src/referrals/referral-words.ts: why declined, the attendance code, how many weeks.
  reason text,
  note text,
  appointment_id uuid,
  unique (referral_id, number)
);
create index referral_event_lately on referral_event (area_id, happened_at, service_id);
comment on index referral_event_lately is 'Ranking: how each service took and kept people we sent, in the last year.';
create index referral_event_ended on referral_event (referral_id) where what in ('completed', 'withdrawn', 'lost', 'moved-on');
comment on index referral_event_ended is 'Referrals page and Referrals to us: what is still open.';
select guard_staff_table('referral_event', true);

-- Questions and answers inside a referral.
create table referral_message (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  referral_id uuid not null references referral (id),
  service_id uuid not null references service (id),
  direction text not null check (direction in ('to-us', 'to-service')),
  body text not null check (length(body) between 1 and 4000),
  by_name text not null,
  at timestamptz not null
);
create index referral_message_referral on referral_message (referral_id, at);
comment on index referral_message_referral is 'One referral''s page, ours and the service''s.';
select guard_staff_table('referral_message', true);

-- A time that was offered. A changed time is a new row; what became of it is an event.
create table referral_appointment (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  referral_id uuid not null references referral (id),
  service_id uuid not null references service (id),
  starts_at timestamptz not null,
  place text not null,
  offered_at timestamptz not null,
  offered_by text not null
);
create index referral_appointment_referral on referral_appointment (referral_id, offered_at desc);
comment on index referral_appointment_referral is 'One referral''s page; the picture of need''s next lines.';
select guard_staff_table('referral_appointment', true);

-- A partner service sees what was sent to it, and nothing else; a link sees its one referral.
select allow_also('referral', 'own_service_reads', 'select',
  $c$(select app_viewer_kind()) = 'partner' and service_id = (select app_service()) and sent_at is not null$c$);
select allow_also('referral', 'link_reads', 'select',
  $c$(select app_viewer_kind()) = 'link' and id = (select app_link_subject()) and sent_at is not null$c$);
do $$
declare
  guarded text;
begin
  foreach guarded in array array['referral_event', 'referral_message', 'referral_appointment'] loop
    perform allow_also(guarded::regclass, 'own_service_reads', 'select',
      $c$(select app_viewer_kind()) = 'partner' and service_id = (select app_service())$c$);
    perform allow_also(guarded::regclass, 'link_reads', 'select',
      $c$(select app_viewer_kind()) = 'link' and referral_id = (select app_link_subject())$c$);
  end loop;
end $$;
select allow_also('referral_event', 'own_service_answers', 'insert',
  $c$(select app_viewer_kind()) = 'partner' and service_id = (select app_service()) and by_kind = 'service'$c$);
select allow_also('referral_event', 'link_answers', 'insert',
  $c$(select app_viewer_kind()) = 'link' and referral_id = (select app_link_subject()) and by_kind = 'link'$c$);
select allow_also('referral_message', 'own_service_writes', 'insert',
  $c$(select app_viewer_kind()) = 'partner' and service_id = (select app_service()) and direction = 'to-us'$c$);
select allow_also('referral_message', 'link_writes', 'insert',
  $c$(select app_viewer_kind()) = 'link' and referral_id = (select app_link_subject()) and direction = 'to-us'$c$);
select allow_also('referral_appointment', 'own_service_offers', 'insert',
  $c$(select app_viewer_kind()) = 'partner' and service_id = (select app_service())$c$);
select allow_also('referral_appointment', 'link_offers', 'insert',
  $c$(select app_viewer_kind()) = 'link' and referral_id = (select app_link_subject())$c$);
