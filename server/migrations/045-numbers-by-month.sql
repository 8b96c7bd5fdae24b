-- Numbers of the whole country, by month: what the national desk asks over eighteen months is a few thousand rows and not every
-- incident. Kept by the same consumer in the same transaction as the sums by day; a period is its whole months from here and the
-- days before and after them from the daily tables. Area and category are empty where they stand for all: a question with one of
-- them reads its own rows.

create table numbers_country_month (
  world world_name not null,
  month date not null,
  area_code text not null,
  category text not null,
  -- outcome, cause, model, family, area: what `code` is one of.
  property text not null,
  code text not null,
  incidents integer not null,
  -- Of them those that a person closed as a false alarm.
  wrong integer not null,
  primary key (world, area_code, category, month, property, code)
);

-- The curve of the days needs each day, and nothing else of it.
create table numbers_country_day (
  world world_name not null,
  day date not null,
  area_code text not null,
  category text not null,
  incidents integer not null,
  wrong integer not null,
  lost integer not null,
  primary key (world, area_code, category, day)
);

create table numbers_country_time_month (
  world world_name not null,
  month date not null,
  area_code text not null,
  category text not null,
  measure text not null,
  bucket integer not null,
  incidents integer not null,
  within_limit integer not null,
  total_ms bigint not null,
  primary key (world, area_code, category, month, measure, bucket)
);

create table numbers_country_link_month (
  world world_name not null,
  month date not null,
  area_code text not null,
  category text not null,
  model text not null,
  lost integer not null,
  restored integer not null,
  lost_ms bigint not null,
  primary key (world, area_code, category, month, model)
);

-- False alarms of a facility by month, for whoever rings for nothing most often: at most one row a facility and month.
create table numbers_facility_month (
  world world_name not null,
  month date not null,
  organisation text not null,
  area_code text not null,
  category text not null,
  facility uuid not null,
  wrong integer not null,
  primary key (world, month, organisation, area_code, category, facility)
);

do $$
declare one text;
begin
  foreach one in array array['numbers_country_month', 'numbers_country_day', 'numbers_country_time_month',
    'numbers_country_link_month', 'numbers_facility_month'] loop
    execute format('alter table %I enable row level security', one);
    execute format('create policy core on %I to keng_core using (world = ''live'') with check (world = ''live'')', one);
    execute format('create policy auditor on %I for select to keng_auditor using (world = ''live'')', one);
    execute format('create policy exercise on %I to keng_exercise using (world <> ''live'') with check (world <> ''live'')', one);
    execute format('grant select, insert, update, delete on %I to keng_core, keng_exercise', one);
    execute format('grant select on %I to keng_web, keng_auditor', one);
  end loop;
  -- Sums of the country hold what every organisation did: only who sees all of them may read them.
  foreach one in array array['numbers_country_month', 'numbers_country_day', 'numbers_country_time_month',
    'numbers_country_link_month'] loop
    execute format('create policy web on %I for select to keng_web using (world = ''live'' and (select current_setting(''keng.scope'', true)) = ''*'')', one);
  end loop;
  -- Who sees everything is asked once a statement. Looking for each row's organisation among some hundred costs as much as all the rest.
  foreach one in array array['numbers_transmitter', 'numbers_incident', 'numbers_day', 'numbers_facility_day',
    'numbers_time_day', 'numbers_link', 'numbers_link_day'] loop
    execute format('drop policy web on %I', one);
  end loop;
  foreach one in array array['numbers_transmitter', 'numbers_incident', 'numbers_day', 'numbers_facility_day',
    'numbers_time_day', 'numbers_link', 'numbers_link_day', 'numbers_facility_month'] loop
    execute format('create policy web on %I for select to keng_web using (world = ''live'' and ((select current_setting(''keng.scope'', true)) = ''*'' or organisation = any ((select keng_seen_organisations())::text[])))', one);
  end loop;
end $$;

-- A province reads its own days, an area or a cause theirs, whatever the rest of the country did.
create index numbers_day_organisation on numbers_day (world, organisation, day);
create index numbers_day_area on numbers_day (world, area_code, day);
create index numbers_day_cause on numbers_day (world, cause, day) where cause <> '';
create index numbers_time_day_organisation on numbers_time_day (world, organisation, day);
create index numbers_time_day_area on numbers_time_day (world, area_code, day);
create index numbers_link_day_organisation on numbers_link_day (world, organisation, day);
create index numbers_link_day_area on numbers_link_day (world, area_code, day);
create index numbers_facility_month_organisation on numbers_facility_month (world, organisation, month);
create index numbers_facility_day_cause on numbers_facility_day (world, cause, day) where cause <> '';

-- What was counted before is summed up once. What has no area or category is in the sum of all already.
create function pg_temp.cells(area_code text, category text) returns table (cell_area text, cell_category text)
  language sql immutable as $$
    select '', '' union all select area_code, '' where area_code <> '' union all select '', category where category <> '' $$;

insert into numbers_country_month (world, month, area_code, category, property, code, incidents, wrong)
  select d.world, date_trunc('month', d.day)::date, cell_area, cell_category, part.property, part.code, sum(d.incidents),
    coalesce(sum(d.incidents) filter (where d.outcome = 'false'), 0)
  from numbers_day d cross join lateral pg_temp.cells(d.area_code, d.category) cell
    cross join lateral (values ('outcome', d.outcome), ('cause', d.cause), ('model', d.model), ('family', d.family),
      ('area', d.area_code)) part(property, code)
  group by 1, 2, 3, 4, 5, 6;

insert into numbers_country_day (world, day, area_code, category, incidents, wrong, lost)
  select counted.world, counted.day, cell_area, cell_category, sum(incidents), sum(wrong), sum(lost)
  from (
    select world, day, area_code, category, incidents, case outcome when 'false' then incidents else 0 end as wrong, 0 as lost
      from numbers_day
    union all select world, day, area_code, category, 0, 0, lost from numbers_link_day
  ) counted cross join lateral pg_temp.cells(counted.area_code, counted.category) cell
  group by 1, 2, 3, 4;

insert into numbers_country_time_month (world, month, area_code, category, measure, bucket, incidents, within_limit, total_ms)
  select d.world, date_trunc('month', d.day)::date, cell_area, cell_category, d.measure, d.bucket, sum(d.incidents),
    sum(d.within_limit), sum(d.total_ms)
  from numbers_time_day d cross join lateral pg_temp.cells(d.area_code, d.category) cell
  group by 1, 2, 3, 4, 5, 6;

insert into numbers_country_link_month (world, month, area_code, category, model, lost, restored, lost_ms)
  select d.world, date_trunc('month', d.day)::date, cell_area, cell_category, d.model, sum(d.lost), sum(d.restored), sum(d.lost_ms)
  from numbers_link_day d cross join lateral pg_temp.cells(d.area_code, d.category) cell
  group by 1, 2, 3, 4, 5;

insert into numbers_facility_month (world, month, organisation, area_code, category, facility, wrong)
  select d.world, date_trunc('month', d.day)::date, d.organisation, d.area_code, d.category, d.facility, sum(d.incidents)
  from numbers_facility_day d where d.outcome = 'false'
  group by 1, 2, 3, 4, 5, 6;

drop function pg_temp.cells;
