-- Two records turned out to be one person: what the modules hold under the one moves to the other, in the
-- transaction in which a human said so. Append-only tables allow the program no change, so this runs as the owner,
-- changes nothing but whose row it is, and writes down what it moved, so that it can be seen and taken back.
create table person_fold (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  from_id uuid not null references person (id),
  to_id uuid not null references person (id),
  moved jsonb not null,
  moved_at timestamptz not null default now()
);
create index person_fold_to on person_fold (to_id);
comment on index person_fold_to is 'Details page: which records were folded into this one.';
select guard_staff_table('person_fold', true);

create function move_person_rows(area uuid, from_person uuid, to_person uuid) returns jsonb
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  place record;
  ids jsonb;
  moved jsonb := '{}';
begin
  if area is distinct from app_area() or app_viewer_kind() <> 'staff' then
    raise exception 'records are joined by staff, in their own area' using errcode = 'insufficient_privilege';
  end if;
  if (select count(*) from person where id in (from_person, to_person) and area_id = area) <> 2 then
    raise exception 'no such person in this area' using errcode = 'foreign_key_violation';
  end if;
  for place in
    select c.relname
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and not c.relispartition and a.attname = 'person_id' and not a.attisdropped
      and exists (select 1 from pg_attribute i where i.attrelid = c.oid and i.attname = 'id')
      -- Who somebody is stays where it was said; one open episode each; the audit is never touched.
      and c.relname not in ('person_name', 'person_birth_date', 'person_identifier', 'person_address', 'person_key',
        'match_decision', 'episode', 'draft')
    order by c.relname
  loop
    execute format(
      'with moved as (update %I set person_id = $1 where person_id = $2 returning id) select jsonb_agg(id) from moved',
      place.relname) into ids using to_person, from_person;
    if ids is not null then
      moved := moved || jsonb_build_object(place.relname, ids);
    end if;
  end loop;
  insert into person_fold (area_id, from_id, to_id, moved) values (area, from_person, to_person, moved);
  return moved;
end $$;
revoke all on function move_person_rows(uuid, uuid, uuid) from public;
grant execute on function move_person_rows(uuid, uuid, uuid) to throughline_app;
