-- What each screen of a desk said of itself: a row a browser, written every few seconds by the web process that hears it. A series,
-- not the record: what it means (a desk that cannot be heard) is an entry.
create table desk_screen (
  world world_name not null,
  organisation text not null,
  -- Made up by the browser for itself.
  screen uuid not null,
  user_id uuid not null,
  user_name text not null,
  seen_at timestamptz(3) not null,
  sound text not null check (sound in ('running', 'blocked', 'stalled')),
  visible boolean not null,
  primary key (world, organisation, screen),
  foreign key (world, organisation) references organisation (world, code)
) with (fillfactor = 50);
-- Screens that nobody has heard of for long are forgotten.
create index desk_screen_age on desk_screen (world, seen_at);

alter table desk_screen enable row level security;
create policy web on desk_screen to keng_web using (world = 'live') with check (world = 'live');
create policy core on desk_screen to keng_core using (world = 'live');
create policy auditor on desk_screen for select to keng_auditor using (world = 'live');
create policy exercise on desk_screen to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update, delete on desk_screen to keng_web, keng_exercise;
grant select, delete on desk_screen to keng_core;
grant select on desk_screen to keng_auditor;
