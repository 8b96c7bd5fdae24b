-- When a screen of a desk was last there: its live feed was open. One row a desk, written every half minute by the web process
-- that holds the stream. A session alone proves nothing: it outlives a browser that was closed by eight hours.
create table desk_presence (
  world world_name not null,
  organisation text not null,
  seen_at timestamptz(3) not null,
  primary key (world, organisation),
  foreign key (world, organisation) references organisation (world, code)
) with (fillfactor = 50);

alter table desk_presence enable row level security;
create policy web on desk_presence to keng_web using (world = 'live') with check (world = 'live');
create policy core on desk_presence for select to keng_core using (world = 'live');
create policy auditor on desk_presence for select to keng_auditor using (world = 'live');
create policy exercise on desk_presence to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update on desk_presence to keng_web, keng_exercise;
grant select on desk_presence to keng_core, keng_auditor;
