-- The ground every other migration stands on: who is asking (the context of a transaction), row-level security
-- as one call per table, and the tables of the platform itself.
-- Roles: throughline_owner runs migrations and owns everything; throughline_app is the program and owns nothing.

-- Who is asking ------------------------------------------------------------------------------------------------
-- Set by src/platform/database.ts with set_config(…, true) in every transaction. No context, no rows.
-- Policies wrap these in (select …), so that they are computed once per statement and not once per row.

create function app_area() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.area', true), '')::uuid $$;
create function app_viewer_kind() returns text language sql stable parallel safe
  as $$ select coalesce(current_setting('app.viewer_kind', true), '') $$;
create function app_worker() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.worker', true), '')::uuid $$;
create function app_service() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.service', true), '')::uuid $$;
create function app_link_token() returns bytea language sql stable parallel safe
  as $$ select decode(nullif(current_setting('app.link_token', true), ''), 'hex') $$;
create function app_link_subject() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.link_subject', true), '')::uuid $$;

comment on function app_area() is 'The area (commissioning footprint) of the viewer of this transaction, or null.';
comment on function app_viewer_kind() is 'staff, system, partner, justice, commissioner, administrator, link; empty when no context was set.';
comment on function app_worker() is 'The person who works here on whose behalf this transaction runs, or null.';
comment on function app_service() is 'The directory service a partner viewer belongs to, or null.';
comment on function app_link_token() is 'SHA-256 of the single-purpose link''s token presented by this viewer, or null.';
comment on function app_link_subject() is 'The one report or referral the viewer''s single-purpose link opens, or null.';

-- Guards --------------------------------------------------------------------------------------------------------

-- Rows that only people who work in the service, or the system itself, may see, within their area.
-- append_only: clinical and consent records are never changed in place (architecture.md, Data).
create function guard_staff_table(guarded regclass, append_only boolean default false) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format(
    'create policy staff_in_area on %s
       using (area_id = (select app_area()) and (select app_viewer_kind()) in (''staff'', ''system''))
       with check (area_id = (select app_area()) and (select app_viewer_kind()) in (''staff'', ''system''))', guarded);
  if append_only then
    execute format('grant select, insert on %s to throughline_app', guarded);
  else
    execute format('grant select, insert, update on %s to throughline_app', guarded);
  end if;
end $$;

-- A second, narrower way in for another kind of viewer: condition is SQL over the table's own indexed columns.
create function allow_also(guarded regclass, policy_name text, command text, condition text) returns void language plpgsql as $$
begin
  if command = 'insert' then
    execute format('create policy %I on %s for insert with check (area_id = (select app_area()) and (%s))', policy_name, guarded, condition);
  elsif command = 'update' then
    execute format('create policy %I on %s for update using (area_id = (select app_area()) and (%s)) with check (area_id = (select app_area()) and (%s))', policy_name, guarded, condition, condition);
  else
    execute format('create policy %I on %s for select using (area_id = (select app_area()) and (%s))', policy_name, guarded, condition);
  end if;
end $$;

-- Platform tables ------------------------------------------------------------------------------------------------

-- One row per form that creates something: the second click finds the first one's answer.
create table idempotency_key (
  key uuid primary key,
  route text not null,
  result jsonb,
  created_at timestamptz not null default now()
);
create index idempotency_key_created_at on idempotency_key (created_at);
comment on index idempotency_key_created_at is 'Nightly clearing of keys older than 14 days.';
grant select, insert, update, delete on idempotency_key to throughline_app;

-- What somebody is typing, saved as they type. Theirs alone.
create table draft (
  id uuid primary key default uuidv7(),
  owner_id uuid not null,
  form text not null,
  subject text not null,
  content jsonb not null,
  version int not null default 1,
  saved_at timestamptz not null default now(),
  unique (owner_id, form, subject)
);
alter table draft enable row level security;
alter table draft force row level security;
create policy own_drafts on draft
  using (owner_id = (select app_worker())) with check (owner_id = (select app_worker()));
grant select, insert, update, delete on draft to throughline_app;

-- Every message that leaves is written here in the transaction that causes it and sent by the worker.
create table outbound_message (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid,
  channel text not null check (channel in ('email', 'text', 'letter', 'webhook', 'fhir')),
  recipient text not null,
  template text not null,
  content jsonb not null,
  caused_by text not null,
  created_at timestamptz not null default now(),
  not_before timestamptz not null default now(),
  sent_at timestamptz,
  delivered_at timestamptz,
  cancelled_at timestamptz,
  cancelled_why text,
  attempts int not null default 0,
  last_error text
);
create index outbound_message_waiting on outbound_message (not_before) where sent_at is null and cancelled_at is null;
comment on index outbound_message_waiting is 'The worker''s next messages to send.';
create index outbound_message_person on outbound_message (person_id, created_at desc);
comment on index outbound_message_person is 'Outbox of one person; stopping what has not gone when consent is withdrawn.';
select guard_staff_table('outbound_message');

-- Every message that arrives is kept as it came, whatever became of it.
create table inbound_message (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  feed text not null,
  format text not null,
  file_name text,
  content_hash bytea not null,
  content bytea not null,
  received_at timestamptz not null default now(),
  outcome jsonb,
  unique (area_id, feed, content_hash)
);
select guard_staff_table('inbound_message');

-- What was wrong with a message or a record, for somebody to put right. Feeds are tolerant and loud.
create table data_quality_issue (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  inbound_message_id uuid references inbound_message (id),
  person_id uuid,
  path text not null,
  code text not null,
  severity text not null check (severity in ('warning', 'field-quarantined', 'item-quarantined', 'message-refused')),
  message text not null,
  raised_at timestamptz not null default now(),
  settled_at timestamptz,
  settled_by uuid,
  settled_how text
);
create index data_quality_issue_open on data_quality_issue (area_id, raised_at desc) where settled_at is null;
comment on index data_quality_issue_open is 'Data quality page: what is still open, newest first.';
create index data_quality_issue_message on data_quality_issue (inbound_message_id);
comment on index data_quality_issue_message is 'Data quality page: the issues of one message.';
select guard_staff_table('data_quality_issue');
