-- The directory of services: what each feed says, as our own neutral listing, and what changed when.
-- Nothing here is about a person, so everybody of an area may read it, and Open Referral UK publishes it.

create table directory_feed (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  name text not null,
  created_at timestamptz not null default now(),
  last_imported_at timestamptz,
  unique (area_id, name)
);

create table service (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  feed_id uuid not null references directory_feed (id),
  -- Unique within its feed only: two councils may both have a service 17.
  external_id text not null,
  name text not null,
  organisation text,
  -- The whole neutral listing (src/directory/service-listing.ts); the columns beside it are what lists and policies ask for.
  listing jsonb not null,
  needs text[] not null,
  min_age real,
  max_age real,
  only_for text[] not null,
  status text not null check (status in ('active', 'inactive', 'defunct', 'temporarily-closed', 'unknown')),
  district text,
  lat double precision,
  lon double precision,
  verified_on date,
  verified_by text,
  waiting_days int,
  email text,
  -- No longer in its feed: kept, because referrals were made to it, but offered to nobody.
  gone_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (feed_id, external_id)
);
create index service_area on service (area_id, name) where gone_at is null;
comment on index service_area is 'Open Referral pages, in a fixed order.';

-- Array operators are not leakproof, so under row-level security no index on service.needs would be used
-- (performance.md 2.5). One row for each need is found by equality, which is.
create table service_need (
  area_id uuid not null,
  need text not null,
  service_id uuid not null references service (id),
  primary key (area_id, need, service_id)
);
create index service_need_service on service_need (service_id);
comment on index service_need_service is 'Writing the needs of one service anew.';

-- Every listing that was replaced stays readable: a referral was made on what was said then.
create table service_version (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  service_id uuid not null references service (id),
  version int not null,
  listing jsonb not null,
  changed text[] not null,
  cause text not null check (cause in ('feed', 'verified', 'gone', 'back')),
  by_name text not null,
  at timestamptz not null,
  unique (service_id, version)
);

-- One row for each import: the difference report.
create table directory_import (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  feed_id uuid not null references directory_feed (id),
  inbound_message_id uuid references inbound_message (id),
  at timestamptz not null,
  status text not null check (status in ('valid', 'warning', 'failing')),
  added int not null,
  changed int not null,
  unchanged int not null,
  gone int not null,
  refused int not null,
  report jsonb not null
);
create index directory_import_feed on directory_import (feed_id, at desc);
comment on index directory_import_feed is 'Feeds page: the last differences of one feed.';

-- Read by everybody of the area, whatever their role and without signing in (the list is public); written by those
-- who look after it.
create function guard_directory_table(guarded regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format('create policy anybody_in_area on %s for select using (area_id = (select app_area()))', guarded);
  execute format(
    'create policy keepers_write on %s
       using (area_id = (select app_area()) and (select app_viewer_kind()) in (''staff'', ''system'', ''administrator''))
       with check (area_id = (select app_area()) and (select app_viewer_kind()) in (''staff'', ''system'', ''administrator''))', guarded);
end $$;
select guard_directory_table('directory_feed');
select guard_directory_table('service');
select guard_directory_table('service_need');
select guard_directory_table('service_version');
select guard_directory_table('directory_import');
grant select, insert, update on directory_feed, service to throughline_app;
grant select, insert, delete on service_need to throughline_app;
grant select, insert on service_version, directory_import to throughline_app;
