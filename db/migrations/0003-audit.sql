-- Who saw, searched, exported, changed and disclosed what. Written in the transaction that does it, never changed.
-- A single sealer takes committed rows in batches, builds a Merkle tree over each (RFC 6962), chains and signs the
-- roots, and publishes the head outside the database (src/audit/README.md).

create table audit_event (
  id uuid not null,
  at timestamptz not null,
  area_id uuid,
  worker_id uuid,
  worker_role text,
  session_id uuid,
  -- Who it was when it was nobody who works here: a link's recipient, a feed, the system.
  actor text not null,
  action text not null check (action in ('viewed', 'searched', 'exported', 'printed', 'created', 'changed', 'disclosed',
    'signed-in', 'signed-out', 'refused', 'break-glass', 'received', 'ran')),
  person_id uuid,
  subject_kind text not null,
  subject_id uuid,
  detail jsonb not null,
  reference text,
  content_hash bytea not null,
  -- The writing transaction: the sealer takes only rows below the oldest running one.
  xid xid8 not null default pg_current_xact_id(),
  primary key (id, at)
) partition by range (at);

create index audit_event_person on audit_event (person_id, at desc) where person_id is not null;
comment on index audit_event_person is 'Who has seen this person''s record.';
create index audit_event_worker on audit_event (worker_id, at desc) where worker_id is not null;
comment on index audit_event_worker is 'What this worker has done.';
create index audit_event_xid on audit_event (xid);
comment on index audit_event_xid is 'The sealer''s next batch.';

create table audit_event_other partition of audit_event default;

-- Months from the start of the service's current year to two years ahead; called again by the worker each day.
create function ensure_audit_partitions(first date, last date) returns void language plpgsql as $$
declare month date := date_trunc('month', first);
begin
  while month <= last loop
    execute format(
      'create table if not exists audit_event_%s partition of audit_event for values from (%L) to (%L)',
      to_char(month, 'YYYYMM'), month::timestamptz, (month + interval '1 month')::timestamptz);
    month := month + interval '1 month';
  end loop;
end $$;
select ensure_audit_partitions('2026-01-01', '2028-12-01');

alter table audit_event enable row level security;
alter table audit_event force row level security;
-- Anyone acting may write what they did, in their own area or none; only staff and the system may read it.
create policy anyone_writes on audit_event for insert
  with check (area_id is not distinct from (select app_area()) or area_id is null);
create policy staff_in_area on audit_event for select
  using ((area_id = (select app_area()) or area_id is null) and (select app_viewer_kind()) in ('staff', 'system'));
create policy system_seals on audit_event for select
  using ((select app_viewer_kind()) = 'system');
grant select, insert on audit_event to throughline_app;

create table audit_batch (
  number bigint primary key,
  sealed_at timestamptz not null,
  -- Every transaction below this had ended when the batch was sealed; the next batch starts here.
  below_xid xid8 not null,
  cluster text not null,
  event_ids uuid[] not null,
  first_at timestamptz,
  last_at timestamptz,
  root bytea not null,
  previous_chain bytea not null,
  chain bytea not null unique,
  signature bytea not null,
  key_id text not null
);
grant select, insert on audit_batch to throughline_app;
