-- Counts for commissioners: numbers only, never a row about a person. The function runs as the owner because a
-- commissioner sees no person table at all; it answers for the viewer's own area, and only whole counts.
-- Disclosure control (small numbers, rounding) is done in src/insight before anything is shown.
create function insight_pathway(area uuid, from_at timestamptz, to_at timestamptz)
  returns table (step text, suite text, counted bigint)
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  asked_by text := app_viewer_kind();
begin
  if area is distinct from app_area() or app_viewer_kind() not in ('commissioner', 'staff') then
    raise exception 'counts are for commissioners and staff of the area' using errcode = 'insufficient_privilege';
  end if;
  -- Row-level security holds the owner too: these tables answer the system's kind of viewer. It is put back before the
  -- caller goes on, and return query has read everything by then.
  perform set_config('app.viewer_kind', 'system', true);
  return query
    with stays as (
      select d.id, d.person_id, d.site_id, d.arrived_at, coalesce(d.ended_at, to_at) as until
      from detention d
      where d.area_id = area and d.arrived_at >= from_at and d.arrived_at < to_at
    ), steps as (
      select 'passed through' as step, s.id, s.site_id from stays s
      union all
      select 'offered', s.id, s.site_id from stays s
        where exists (select 1 from contact_offer o where o.detention_id = s.id and o.outcome <> 'not-seen')
      union all
      select 'agreed', s.id, s.site_id from stays s
        where exists (select 1 from contact_offer o where o.detention_id = s.id and o.outcome = 'accepted')
      union all
      select 'screened', s.id, s.site_id from stays s
        where exists (select 1 from screening c where c.person_id = s.person_id and c.started_at >= s.arrived_at and c.started_at <= s.until + interval '7 days')
      union all
      select 'assessed', s.id, s.site_id from stays s
        where exists (select 1 from assessment_version a where a.person_id = s.person_id and a.status = 'signed' and a.saved_at >= s.arrived_at and a.saved_at <= s.until + interval '28 days')
      union all
      select 'referred', s.id, s.site_id from stays s
        where exists (select 1 from referral_event e where e.person_id = s.person_id and e.what = 'sent' and e.happened_at >= s.arrived_at and e.happened_at <= s.until + interval '28 days')
      union all
      select 'first appointment kept', s.id, s.site_id from stays s
        where exists (select 1 from referral_event e where e.person_id = s.person_id and e.what = 'attended' and e.happened_at >= s.arrived_at and e.happened_at <= s.until + interval '84 days')
    )
    select steps.step, coalesce(site.short_name, 'Suite not known'), count(*)
    from steps left join site on site.id = steps.site_id
    group by 1, 2;
  perform set_config('app.viewer_kind', asked_by, true);
end $$;
revoke all on function insight_pathway(uuid, timestamptz, timestamptz) from public;
grant execute on function insight_pathway(uuid, timestamptz, timestamptz) to throughline_app;
