-- The pages that are open all day: what they read is found without walking through what is over.

create index detention_person_open on detention (person_id) where ended_at is null;
comment on index detention_person_open is 'Court day, Today and reports: of these people, who is in custody now.';

-- Loads the library, so that this session knows the setting the function names.
select word_similarity('a', 'a');

-- The search box. For a surname alone the nearest are looked for first: when they alone fill the list, the many that
-- are only somewhat alike are never read. What is answered is the same, because whoever is left out is less alike than
-- everybody answered. A whole name is rarely shared by so many: looking twice would cost more than it saves.
create or replace function search_people_by_name(area uuid, name_text text, at_most int)
  returns table (person_id uuid, similarity real)
  language plpgsql stable security definer
  set search_path = public, pg_temp
  set pg_trgm.word_similarity_threshold = 0.5
as $$
declare
  wanted constant int := least(greatest(at_most, 0), 500);
  near text;
  stages constant text[] := case when position(' ' in name_text) = 0 then array['0.9', '0.5'] else array['0.5'] end;
begin
  perform must_search_own_area(area);
  if length(trim(name_text)) < 2 or wanted = 0 then
    return;
  end if;
  foreach near in array stages loop
    perform set_config('pg_trgm.word_similarity_threshold', near, true);
    return query
      select alike.person_id, alike.nearness
      from (
        select spelt.person_id, max(spelt.nearness) as nearness, count(*) over () as people
        from (
          select person_key.person_id, word_similarity(name_text, substr(person_key.key, 11)) as nearness
          from person_key
          where person_key.key_kind = 'name-text' and name_text <% substr(person_key.key, 11)
            and person_key.area_id = area
        ) spelt
        group by spelt.person_id
      ) alike
      where near = '0.5' or alike.people >= wanted
      order by alike.nearness desc, alike.person_id desc
      limit wanted;
    exit when found;
  end loop;
end $$;
