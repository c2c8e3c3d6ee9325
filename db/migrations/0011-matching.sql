-- Finding who somebody is: the narrow key table, the two ways to ask it, and what people decided.
-- Trigram and LIKE operators are not leakproof, so under row-level security they use no index (performance.md 2.5):
-- searching goes through functions that run as the owner and give back ids only, which the caller then reads
-- again under the policies. The caller audits the search.

create table person_key (
  area_id uuid not null,
  key_kind text not null,
  -- Begins with its kind ("birth-date-surname|1992-08-17|prnn"): one text, looked up by equality.
  key text not null,
  person_id uuid not null references person (id),
  primary key (area_id, key, person_id)
);
comment on constraint person_key_pkey on person_key is 'Every match and every search by number or date: all access paths by equality, in one B-tree.';
create index person_key_person on person_key (person_id);
comment on index person_key_person is 'Writing the keys of one person anew.';
create index person_key_name_text on person_key using gin (substr(key, 11) gin_trgm_ops) where key_kind = 'name-text';
comment on index person_key_name_text is 'The search box: names that are spelt nearly so; the 11th letter is the first after "name-text|".';

-- Nobody reads or writes this table directly: the program's role has no grant and no policy on it.
alter table person_key enable row level security;
alter table person_key force row level security;
create policy keys_through_functions on person_key to current_user using (true) with check (true);

-- The area asked for must be the area of the transaction, and the viewer must work in the service.
create function must_search_own_area(area uuid) returns void language plpgsql stable
  set search_path = public, pg_temp
as $$
begin
  if area is distinct from app_area() or app_viewer_kind() not in ('staff', 'system') then
    raise exception 'people are searched by staff, in their own area' using errcode = 'insufficient_privilege';
  end if;
end $$;
revoke all on function must_search_own_area(uuid) from public;

-- Who shares any of these keys, most shared first. A key that hundreds of people share (a hostel, a common
-- name and year) brings at most 100, the newest records first: it says little, and would cost the most.
create function find_people_by_keys(area uuid, keys text[], at_most int)
  returns table (person_id uuid, hits int)
  language plpgsql stable security definer
  set search_path = public, pg_temp
as $$
begin
  perform must_search_own_area(area);
  return query
    select found.person_id, count(*)::int
    from (select distinct unnest(keys) as wanted) asked
    cross join lateral (
      select person_key.person_id
      from person_key
      where person_key.area_id = area and person_key.key = asked.wanted
      order by person_key.person_id desc
      limit 100
    ) found
    group by found.person_id
    order by count(*) desc, found.person_id desc
    limit least(greatest(at_most, 0), 500);
end $$;

-- The search box: people whose name looks like this, best first. Similarity runs from 0 to 1.
-- word_similarity finds "brenan" in "callum james brennan"; 0.5 lets a slip or two through in a name of seven letters.
create function search_people_by_name(area uuid, name_text text, at_most int)
  returns table (person_id uuid, similarity real)
  language plpgsql stable security definer
  set search_path = public, pg_temp
  set pg_trgm.word_similarity_threshold = 0.5
as $$
begin
  perform must_search_own_area(area);
  if length(trim(name_text)) < 2 then
    return;
  end if;
  return query
    select person_key.person_id, max(word_similarity(name_text, substr(person_key.key, 11)))
    from person_key
    where person_key.key_kind = 'name-text' and name_text <% substr(person_key.key, 11) and person_key.area_id = area
    group by person_key.person_id
    order by max(word_similarity(name_text, substr(person_key.key, 11))) desc, person_key.person_id desc
    limit least(greatest(at_most, 0), 500);
end $$;

-- Files a person under new keys in place of the old. keys: [{"kind": "...", "key": "..."}]. The person must be one the
-- transaction may see. An empty list takes the person out of every search (a record folded into another).
create function replace_person_keys(person uuid, area uuid, keys jsonb) returns int
  language plpgsql security definer
  set search_path = public, pg_temp
as $$
declare
  written int;
begin
  perform must_search_own_area(area);
  if not exists (select from person p where p.id = replace_person_keys.person and p.area_id = area) then
    raise exception 'no such person in this area' using errcode = 'foreign_key_violation';
  end if;
  delete from person_key where person_key.person_id = replace_person_keys.person;
  insert into person_key (area_id, key_kind, key, person_id)
    select distinct area, item ->> 'kind', item ->> 'key', replace_person_keys.person
    from jsonb_array_elements(replace_person_keys.keys) item;
  get diagnostics written = row_count;
  return written;
end $$;

revoke all on function find_people_by_keys(uuid, text[], int) from public;
revoke all on function search_people_by_name(uuid, text, int) from public;
revoke all on function replace_person_keys(uuid, uuid, jsonb) from public;
grant execute on function find_people_by_keys(uuid, text[], int) to throughline_app;
grant execute on function search_people_by_name(uuid, text, int) to throughline_app;
grant execute on function replace_person_keys(uuid, uuid, jsonb) to throughline_app;

-- What a person decided about a suggested match. The newest decision about a pair holds; none is ever changed,
-- so a wrong one can be seen and taken back (unmerge).
create table match_decision (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  -- What was compared with the person: another record, a line of a court list, a detention from the feed.
  other_kind text not null check (other_kind in ('person', 'court-listing', 'detention', 'partner-record')),
  other_id uuid not null,
  decision text not null check (decision in ('same', 'different')),
  decided_by uuid not null references worker (id),
  decided_at timestamptz not null default now(),
  -- Name and version of the weights, and the waterfall as it was shown.
  model text not null,
  weight real not null,
  evidence jsonb not null,
  reason text,
  check (other_kind <> 'person' or other_id <> person_id)
);
create index match_decision_pair on match_decision (area_id, other_kind, other_id, person_id, decided_at desc);
comment on index match_decision_pair is 'Scoring: what was decided about this pair before; court day: what a listing was confirmed as.';
create index match_decision_person on match_decision (person_id, decided_at desc);
comment on index match_decision_person is 'Details page: which records were joined or kept apart, by whom and why.';
select guard_staff_table('match_decision', true);
