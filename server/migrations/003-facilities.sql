-- The facility register: buildings, their transmitters and keys, and the areas that were imported.

create extension if not exists pg_trgm;

-- `state` is the whole facility as the log gives it; every other column is derived from it, for queries.
create table facility (
  world world_name not null,
  id uuid not null,
  -- How many entries the facility has.
  revision integer not null check (revision > 0),
  organisation text not null,
  -- Null when the facility is removed: the register of an authority names a facility once, and a removed one may come again.
  reference text,
  name text not null,
  category text not null,
  area_code text not null,
  commune_code text,
  managing_level text not null check (managing_level in ('province', 'commune')),
  longitude double precision,
  latitude double precision,
  synthetic boolean not null,
  changed_at timestamptz(3) not null,
  removed_at timestamptz(3),
  state jsonb not null,
  primary key (world, id),
  foreign key (world, organisation) references organisation (world, code),
  check ((longitude is null) = (latitude is null))
);
-- No partial indexes: until its first analyze PostgreSQL takes a partial index for empty and prefers it for everything, which made an
-- import of 30,000 rows spend 160 of its 200 seconds in looking for references.
create unique index facility_reference on facility (world, reference);

-- What lists, search and the map read: a tenth of the width of facility, so that a search with 20,000 hits stays in memory
-- (measured with 100,000 facilities). One row for each facility that is not removed.
create table facility_search (
  world world_name not null,
  id uuid not null,
  organisation text not null,
  category text not null,
  area_code text not null,
  name text not null,
  -- Folded (small letters, no marks): what lists are sorted by. Byte order, so that cursors mean the same on every system.
  sort_name text collate "C" not null,
  longitude double precision,
  latitude double precision,
  -- Folded name, address, commune, reference, accounts and telephone numbers.
  search_text text not null,
  primary key (world, id),
  foreign key (world, id) references facility (world, id)
);
create index facility_search_text on facility_search using gin (search_text gin_trgm_ops);
create index facility_search_name on facility_search (world, sort_name, id);
create index facility_search_area on facility_search (world, area_code, sort_name, id);
create index facility_search_organisation on facility_search (world, organisation, sort_name, id);

-- What receivers load: one row for each transmitter of a facility that is not removed.
create table transmitter (
  world world_name not null,
  id uuid not null,
  facility uuid not null,
  organisation text not null,
  protocol text not null,
  account text not null,
  model text,
  reporting_seconds integer check (reporting_seconds > 0),
  zones jsonb not null,
  primary key (world, id),
  -- Checked at the end of the statement: two panels may exchange their accounts in one change.
  constraint transmitter_account unique (world, protocol, account) deferrable initially immediate,
  foreign key (world, facility) references facility (world, id)
);
create index transmitter_facility on transmitter (world, facility);

-- AES keys of transmitters, sealed with AES-256-GCM under a key that the database never has. The web sets them and cannot
-- read them back; only receivers read them.
create table transmitter_key (
  world world_name not null,
  transmitter uuid not null,
  sealed bytea not null,
  form text not null check (form in ('ascii', 'hex')),
  bits smallint not null check (bits in (128, 192, 256)),
  primary key (world, transmitter),
  foreign key (world, transmitter) references transmitter (world, id) on delete cascade
);

-- Areas that the operator imported, as TopoJSON: facts about a country, the same for all worlds, like the country pack itself.
create table area_set (
  name text primary key check (name in ('communes')),
  file text not null,
  sha256 text not null,
  areas integer not null,
  -- gzip, as it is sent to browsers.
  topology bytea not null,
  imported_at timestamptz not null
);

-- Row-level security keeps LIKE away from the trigram index (LIKE is not leakproof, so it may run only after the policy).
-- This function reads as the owner and asks for the scope of the session itself; it gives ids and names, and whoever wants
-- the rows reads them under the policy again. Literals in the statement let the planner choose between the trigram index (few
-- hits) and walking the names in order (many hits). Live world only: no other role may call it.
create function keng_find_facilities(
  in_world text, patterns text[], in_area text, in_category text, in_organisation text,
  after_name text, after_id uuid, most integer
) returns table (id uuid, sort_name text)
-- A page: without this PostgreSQL expects 1,000 rows and reads the whole of facility to join them.
language plpgsql stable security definer rows 50 set search_path = public, pg_temp as $$
declare
  scope text := coalesce(current_setting('keng.scope', true), '');
  seen uuid[] := string_to_array(nullif(current_setting('keng.facilities', true), ''), ',')::uuid[];
  condition text := 'world = ''live''';
  pattern text;
begin
  if in_world <> 'live' then
    raise exception 'keng_find_facilities reads the live world only' using errcode = '42501';
  end if;
  if scope <> '*' then
    condition := condition || format(' and (organisation = any (%L::text[]) or id = any (%L::uuid[]))',
      string_to_array(scope, ','), coalesce(seen, '{}'));
  end if;
  if in_area is not null then condition := condition || format(' and area_code = %L', in_area); end if;
  if in_category is not null then condition := condition || format(' and category = %L', in_category); end if;
  if in_organisation is not null then condition := condition || format(' and organisation = %L', in_organisation); end if;
  if after_id is not null then condition := condition || format(' and (sort_name, id) > (%L, %L::uuid)', after_name, after_id); end if;
  foreach pattern in array patterns loop
    condition := condition || format(' and search_text like %L', pattern);
  end loop;
  return query execute format('select s.id, s.sort_name::text from facility_search s where %s order by s.sort_name, s.id limit %s', condition, most);
end $$;
revoke all on function keng_find_facilities from public;
grant execute on function keng_find_facilities to keng_web;

alter table facility enable row level security;
alter table facility_search enable row level security;
alter table transmitter enable row level security;
alter table transmitter_key enable row level security;
alter table area_set enable row level security;

create policy web on facility to keng_web
  using (world = 'live' and keng_sees(organisation, id)) with check (world = 'live' and keng_sees(organisation, id));
create policy live_read on facility for select to keng_core, keng_receiver, keng_auditor using (world = 'live');
create policy exercise on facility to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update on facility to keng_web, keng_exercise;
grant select on facility to keng_core, keng_auditor;
-- A receiver needs to know whose a transmitter is, not who answers the telephone there.
grant select (world, id, organisation, removed_at) on facility to keng_receiver;

create policy web on facility_search to keng_web
  using (world = 'live' and keng_sees(organisation, id)) with check (world = 'live' and keng_sees(organisation, id));
create policy exercise on facility_search to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update, delete on facility_search to keng_web, keng_exercise;

create policy web on transmitter to keng_web
  using (world = 'live' and keng_sees(organisation, facility)) with check (world = 'live' and keng_sees(organisation, facility));
create policy live_read on transmitter for select to keng_core, keng_receiver, keng_auditor using (world = 'live');
create policy exercise on transmitter to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update, delete on transmitter to keng_web, keng_exercise;
grant select on transmitter to keng_core, keng_receiver, keng_auditor;

-- The transmitter is looked up under the policy of the same session. In a function, because PostgreSQL would turn an `exists` of
-- the policy into a scan of all transmitters for each statement.
create function keng_sees_transmitter(in_world text, in_transmitter uuid) returns boolean
  language sql stable parallel safe
  return exists (select from transmitter t where t.world = in_world and t.id = in_transmitter);
create policy web on transmitter_key to keng_web
  using (world = 'live' and keng_sees_transmitter(world, transmitter))
  with check (world = 'live' and keng_sees_transmitter(world, transmitter));
create policy live_read on transmitter_key for select to keng_receiver using (world = 'live');
create policy exercise on transmitter_key to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select (world, transmitter), insert, delete on transmitter_key to keng_web;
grant select on transmitter_key to keng_receiver;
grant select, insert, delete on transmitter_key to keng_exercise;

create policy core on area_set to keng_core using (true) with check (true);
create policy everyone on area_set for select to keng_web, keng_receiver, keng_sender, keng_auditor, keng_exercise using (true);
grant select, insert, delete on area_set to keng_core;
grant select on area_set to keng_web, keng_receiver, keng_sender, keng_auditor, keng_exercise;
