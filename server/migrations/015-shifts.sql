-- Shifts of desks and stations: who answers for the room. `state` is what the entries shift.* add up to.
create table shift (
  world world_name not null references world,
  id uuid not null,
  organisation text not null,
  started_at timestamptz(3) not null,
  ended_at timestamptz(3),
  revision integer not null check (revision > 0),
  state jsonb not null,
  primary key (world, id),
  foreign key (world, organisation) references organisation (world, code),
  check (ended_at is null or started_at <= ended_at)
);
-- One desk, one shift: whoever signs on at the same moment as somebody else hears of it.
create unique index shift_current on shift (world, organisation) where ended_at is null;
-- The shift before; whose shift it was at a time.
create index shift_of_organisation on shift (world, organisation, started_at desc);

alter table shift enable row level security;
create policy core on shift for select to keng_core using (world = 'live');
create policy web on shift to keng_web using (world = 'live' and keng_sees(organisation, null))
  with check (world = 'live' and keng_sees(organisation, null));
create policy auditor on shift for select to keng_auditor using (world = 'live');
create policy exercise on shift to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select on shift to keng_core, keng_auditor;
grant select, insert on shift to keng_web, keng_exercise;
grant update (ended_at, revision, state) on shift to keng_web, keng_exercise;
