-- Numbers: how many alarms were false and why, how long people needed, how often links were lost. All of it is a fold of the log by
-- one consumer; the daily tables are sums that change with each entry, so that a question costs the days it asks for and not the past.

-- What the log said last about a transmitter: the make and model that a loss or an alarm is counted under.
create table numbers_transmitter (
  world world_name not null,
  transmitter uuid not null,
  facility uuid not null,
  organisation text not null,
  area_code text not null,
  category text not null,
  -- Make and model as the register has them; empty where it has none.
  model text not null,
  primary key (world, transmitter)
);
create index numbers_transmitter_facility on numbers_transmitter (world, facility);

-- One row an incident: the list behind every number. `state` is the whole of it as the log gives it, the columns are for queries.
create table numbers_incident (
  world world_name not null,
  incident uuid not null,
  -- Of the opening, in the country's time zone.
  day date not null,
  opened_at timestamptz(3) not null,
  organisation text not null,
  area_code text not null,
  category text not null,
  facility uuid not null,
  model text not null,
  family text not null,
  -- Empty while it is open; the cause is empty unless the outcome is `false`.
  outcome text not null,
  cause text not null,
  -- How long each thing took, in milliseconds; null: not done. `late`: what took longer than the incident's own limit.
  owner_ms integer,
  desk_ms integer,
  station_ms integer,
  turnout_ms integer,
  arrival_ms integer,
  late text[] not null,
  state jsonb not null,
  primary key (world, incident)
) with (fillfactor = 80);
-- The list behind a number, newest first; outcome and cause lead where they are asked for.
create index numbers_incident_time on numbers_incident (world, opened_at desc, incident);
create index numbers_incident_outcome on numbers_incident (world, outcome, opened_at desc, incident);
create index numbers_incident_cause on numbers_incident (world, cause, opened_at desc, incident) where cause <> '';
create index numbers_incident_model on numbers_incident (world, model, opened_at desc, incident);
create index numbers_incident_facility on numbers_incident (world, facility, opened_at desc, incident);

create table numbers_day (
  world world_name not null,
  day date not null,
  organisation text not null,
  area_code text not null,
  category text not null,
  model text not null,
  family text not null,
  outcome text not null,
  cause text not null,
  incidents integer not null,
  primary key (world, day, organisation, area_code, category, model, family, outcome, cause)
);

-- The same by facility, for the list of those that ring for nothing most often.
create table numbers_facility_day (
  world world_name not null,
  day date not null,
  organisation text not null,
  area_code text not null,
  category text not null,
  facility uuid not null,
  outcome text not null,
  cause text not null,
  incidents integer not null,
  primary key (world, day, facility, outcome, cause, organisation, area_code, category)
);
create index numbers_facility_day_false on numbers_facility_day (world, day)
  include (facility, organisation, area_code, category, cause, incidents) where outcome = 'false';

-- How long people needed. `bucket` is the upper edge in seconds (see rules.ts); -1: closed without that it was ever done.
create table numbers_time_day (
  world world_name not null,
  day date not null,
  organisation text not null,
  area_code text not null,
  category text not null,
  measure text not null,
  bucket integer not null,
  incidents integer not null,
  -- Of them within the limit that the incident itself was given on its day.
  within_limit integer not null,
  total_ms bigint not null,
  primary key (world, day, organisation, area_code, category, measure, bucket)
);

-- One row a loss: the list behind the number of lost links.
create table numbers_link (
  world world_name not null,
  transmitter uuid not null,
  lost_at timestamptz(3) not null,
  restored_at timestamptz(3),
  facility uuid not null,
  organisation text not null,
  area_code text not null,
  category text not null,
  model text not null,
  primary key (world, transmitter, lost_at)
);
create index numbers_link_time on numbers_link (world, lost_at desc, transmitter);

create table numbers_link_day (
  world world_name not null,
  day date not null,
  organisation text not null,
  area_code text not null,
  category text not null,
  model text not null,
  lost integer not null,
  restored integer not null,
  -- Of those that came back, from loss to return.
  lost_ms bigint not null,
  primary key (world, day, organisation, area_code, category, model)
);

-- The organisations of a session, asked for once a statement: keng_sees() costs a microsecond a row, which is too much for sums.
create function keng_seen_organisations() returns text[]
  language sql stable parallel safe
  return array(select o.code from organisation o where o.world = 'live' and keng_sees(o.code, null));

do $$
declare one text;
begin
  foreach one in array array['numbers_transmitter', 'numbers_incident', 'numbers_day', 'numbers_facility_day',
    'numbers_time_day', 'numbers_link', 'numbers_link_day'] loop
    execute format('alter table %I enable row level security', one);
    execute format('create policy core on %I to keng_core using (world = ''live'') with check (world = ''live'')', one);
    execute format('create policy web on %I for select to keng_web using (world = ''live'' and organisation = any ((select keng_seen_organisations())::text[]))', one);
    execute format('create policy auditor on %I for select to keng_auditor using (world = ''live'')', one);
    execute format('create policy exercise on %I to keng_exercise using (world <> ''live'') with check (world <> ''live'')', one);
    execute format('grant select, insert, update, delete on %I to keng_core, keng_exercise', one);
    execute format('grant select on %I to keng_web, keng_auditor', one);
  end loop;
end $$;
