-- Measurements of devices: a series, no entries. What they mean (level exceeded) is an entry where the device itself says so.

-- One row a value, in daily partitions by the time of the measurement. A device that repeats gives the same time, so the
-- repeat is the same row.
create table measurement (
  world world_name not null,
  transmitter uuid not null,
  -- The part that measured as the device names it (`1-10-2`); empty: the device itself.
  part text not null check (length(part) <= 32),
  -- What was measured: `pressure`, `software-version` ...
  kind text not null check (length(kind) <= 32),
  at timestamptz(3) not null,
  facility uuid not null,
  organisation text not null,
  unit text not null check (length(unit) <= 16),
  -- A number, or words such as a version.
  value double precision,
  words text check (length(words) <= 64),
  primary key (world, transmitter, part, kind, at),
  check ((value is null) <> (words is null))
) partition by range (at);

-- A clock that jumped, or days nobody made: never a reason to refuse a measurement.
create table measurement_rest partition of measurement default;

-- The newest of each: what a page shows, without a walk through the days.
create table measurement_last (
  world world_name not null,
  transmitter uuid not null,
  part text not null,
  kind text not null,
  at timestamptz(3) not null,
  facility uuid not null,
  organisation text not null,
  unit text not null,
  value double precision,
  words text,
  primary key (world, transmitter, part, kind)
) with (fillfactor = 70);

alter table measurement enable row level security;
alter table measurement_rest enable row level security;
alter table measurement_last enable row level security;

-- Makes the days around today, and drops those before `in_first`. It runs as the owner: no role of the program may create or drop a
-- table. Returns how many days were made and dropped.
create function keng_measurement_days(in_today date, in_first date) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one date;
  name text;
  old record;
  changed integer := 0;
begin
  -- The lock on the series is held for moments; rather another hour than a receiver that waits.
  set local lock_timeout = '2s';
  if not pg_try_advisory_xact_lock(hashtext('keng_measurement_days')) then return 0; end if;
  for one in select generate_series(in_today - 1, in_today + 3, interval '1 day')::date loop
    name := 'measurement_' || to_char(one, 'YYYYMMDD');
    continue when to_regclass(name) is not null;
    begin
      execute format('create table %I partition of measurement for values from (%L) to (%L)',
        name, one::text || ' 00:00+00', (one + 1)::text || ' 00:00+00');
      execute format('alter table %I enable row level security', name);
      changed := changed + 1;
    exception when check_violation then
      -- Values of this day lie in the rest already, and go with it.
      null;
    end;
  end loop;
  for old in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'measurement'::regclass and c.relname ~ '^measurement_[0-9]{8}$'
      and to_date(right(c.relname, 8), 'YYYYMMDD') < in_first
  loop
    execute format('drop table %I', old.relname);
    changed := changed + 1;
  end loop;
  return changed;
end $$;
revoke all on function keng_measurement_days from public;
grant execute on function keng_measurement_days to keng_core;
select keng_measurement_days(current_date, current_date - 1);

create policy receiver on measurement to keng_receiver using (world = 'live') with check (world = 'live');
create policy core on measurement to keng_core using (world = 'live');
create policy web on measurement for select to keng_web using (world = 'live' and keng_sees(organisation, facility));
create policy live_read on measurement for select to keng_auditor using (world = 'live');
create policy exercise on measurement to keng_exercise using (world <> 'live') with check (world <> 'live');
-- `on conflict do nothing` needs to read.
grant select, insert on measurement to keng_receiver;
grant select, delete on measurement to keng_core;
grant select on measurement to keng_web, keng_auditor;
grant select, insert, delete on measurement to keng_exercise;

create policy receiver on measurement_last to keng_receiver using (world = 'live') with check (world = 'live');
create policy core on measurement_last to keng_core using (world = 'live');
create policy web on measurement_last for select to keng_web using (world = 'live' and keng_sees(organisation, facility));
create policy live_read on measurement_last for select to keng_auditor using (world = 'live');
create policy exercise on measurement_last to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update on measurement_last to keng_receiver, keng_exercise;
grant select, delete on measurement_last to keng_core;
grant delete on measurement_last to keng_exercise;
grant select on measurement_last to keng_web, keng_auditor;
create index measurement_last_facility on measurement_last (world, facility);
