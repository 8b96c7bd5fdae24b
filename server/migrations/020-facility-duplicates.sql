-- Duplicates of facilities: what finds them, and what follows when two become one.

-- What two entries of the same building have in common: a telephone, the name or the address in an area; folded, so that spelling
-- does not matter (duplicates/match-keys.ts). One row for each key of a facility that is not removed.
create table facility_match (
  world world_name not null,
  key text collate "C" not null,
  facility uuid not null,
  organisation text not null,
  primary key (world, key, facility),
  foreign key (world, facility) references facility_search (world, id) on delete cascade,
  foreign key (world, organisation) references organisation (world, code)
);
create index facility_match_facility on facility_match (world, facility);

-- A person has looked: these two are two. The smaller id comes first.
create table facility_apart (
  world world_name not null,
  one uuid not null,
  other uuid not null,
  organisation text not null,
  primary key (world, one, other),
  foreign key (world, one) references facility (world, id),
  foreign key (world, other) references facility (world, id),
  foreign key (world, organisation) references organisation (world, code),
  check (one < other)
);

alter table facility_match enable row level security;
alter table facility_apart enable row level security;

create policy web on facility_match to keng_web
  using (world = 'live' and keng_sees(organisation, facility)) with check (world = 'live' and keng_sees(organisation, facility));
create policy exercise on facility_match to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update, delete on facility_match to keng_web, keng_exercise;

create policy web on facility_apart to keng_web
  using (world = 'live' and keng_sees(organisation, one)) with check (world = 'live' and keng_sees(organisation, one));
create policy exercise on facility_apart to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert on facility_apart to keng_web, keng_exercise;

-- What is due at facilities that were registered before anything was due: the last day of the next month, a year after.
update facility_search s set
  self_inspection_due_on = (date_trunc('month', (f.state->>'registeredAt')::timestamptz) + interval '2 months' - interval '1 day')::date,
  inspection_due_on = ((f.state->>'registeredAt')::timestamptz + interval '12 months')::date
from facility f where f.world = s.world and f.id = s.id and s.self_inspection_due_on is null;

-- Papers and past incidents of a duplicate are found at the facility that stays. Only the columns for queries move: states are what the
-- log gives, and no past is rewritten. The owner's rights, because the web may move no incident; so it refuses whoever does not see both.
create function keng_merge_papers(in_from uuid, in_into uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  target text;
begin
  select organisation into target from facility where world = 'live' and id = in_into and removed_at is null
    and keng_sees(organisation, id);
  if target is null or not exists (
    select from facility where world = 'live' and id = in_from and state->>'mergedInto' = in_into::text and keng_sees(organisation, id)
  ) then
    raise exception 'these two were not merged by this session' using errcode = '42501';
  end if;
  update plan_file f set facility = in_into, organisation = target where world = 'live' and facility = in_from
    and not exists (select from plan_file known where known.world = f.world and known.facility = in_into and known.sha256 = f.sha256);
  update facility_plan set facility = in_into, organisation = target where world = 'live' and facility = in_from;
  -- The plan of the facility that stays goes on; that of a duplicate takes its place only where there is none.
  update fire_plan set facility = in_into, organisation = target where world = 'live' and facility = in_from
    and not exists (select from fire_plan known where known.world = 'live' and known.facility = in_into);
  update self_inspection set facility = in_into, organisation = target where world = 'live' and facility = in_from;
  update inspection set facility = in_into, organisation = target where world = 'live' and facility = in_from;
  update open_finding set facility = in_into, organisation = target where world = 'live' and facility = in_from;
  update facility_declaration set facility = in_into, organisation = target where world = 'live' and facility = in_from;
  update incident set facility = in_into, organisation = target where world = 'live' and facility = in_from;
  update works set facility = in_into, organisation = target where world = 'live' and facility = in_from;
  update device_state set facility = in_into, organisation = target where world = 'live' and facility = in_from;
end $$;
revoke all on function keng_merge_papers from public;
grant execute on function keng_merge_papers to keng_web;
