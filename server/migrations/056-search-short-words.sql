-- A word of one or two letters has no trigram of its own, so each facility was looked at (100,000: 220 ms of processor time for a letter that
-- is in none). Such a word now stands at the beginning of a word, which the index knows: the pattern begins with `% `, and the first word
-- of the text has no space before it. All else is as in 055.
create or replace function keng_find_facilities(
  in_world text, patterns text[], in_area text, in_category text, in_organisation text,
  after_name text, after_id uuid, most integer
) returns table (id uuid, sort_name text)
language plpgsql stable security definer rows 50 set search_path = public, pg_temp as $$
declare
  scope text := coalesce(current_setting('keng.scope', true), '');
  codes text[] := string_to_array(scope, ',');
  seen uuid[] := coalesce(string_to_array(nullif(current_setting('keng.facilities', true), ''), ',')::uuid[], '{}');
  -- What an index gives in the order of the names, and what is asked of each row beyond that.
  within text := 'world = ''live''';
  sought text := '';
  own text := '';
  pattern text;
  found_ids uuid[];
  found_names text[];
  walked integer;
  -- A word of a tenth of all facilities fills a page of a hundred in so many.
  most_walked constant integer := greatest(1000, most);
begin
  if in_world <> 'live' then
    raise exception 'keng_find_facilities reads the live world only' using errcode = '42501';
  end if;
  if in_area is not null then within := within || format(' and area_code = %L', in_area); end if;
  if in_organisation is not null then within := within || format(' and organisation = %L', in_organisation); end if;
  if after_id is not null then within := within || format(' and (sort_name, id) > (%L, %L::uuid)', after_name, after_id); end if;
  if in_category is not null then sought := sought || format(' and category = %L', in_category); end if;
  foreach pattern in array patterns loop
    sought := sought || case when pattern like '\% %' escape '\'
      then format(' and (search_text like %L or search_text like %L)', pattern, substr(pattern, 3))
      else format(' and search_text like %L', pattern) end;
  end loop;

  if scope <> '*' then
    if sought = '' then
      -- Each organisation has its names in order: no more than a page of each is read.
      return query execute format(
        'select s.id, s.sort_name::text from (
           select one.id, one.sort_name from unnest(%L::text[]) as code cross join lateral (
             select id, sort_name from facility_search where organisation = code and %s order by sort_name, id limit %s
           ) one
           union
           select id, sort_name from facility_search where id = any (%L::uuid[]) and %s
         ) s order by s.sort_name, s.id limit %s', codes, within, most, seen, within, most);
      return;
    end if;
    own := case when seen = '{}' then format(' and organisation = any (%L::text[])', codes)
      else format(' and (organisation = any (%L::text[]) or id = any (%L::uuid[]))', codes, seen) end;
  else
    execute format(
      'select count(*), array_agg(id order by sort_name, id) filter (where hit), array_agg(sort_name order by sort_name, id) filter (where hit)
       from (select id, sort_name::text collate "C" as sort_name, true %s as hit
         from facility_search where %s order by facility_search.sort_name, id limit %s) as row', sought, within, most_walked)
      into walked, found_ids, found_names;
    if walked < most_walked or cardinality(found_ids) >= most then
      return query select * from unnest(found_ids[:most], found_names[:most]);
      return;
    end if;
  end if;

  -- Materialised: the planner takes the way to all hits, not the one that seems to reach the first of them soonest.
  return query execute format(
    'with hit as materialized (select s.id, s.sort_name from facility_search s where %s %s %s)
     select hit.id, hit.sort_name::text from hit order by hit.sort_name, hit.id limit %s', within, own, sought, most);
end $$;
