-- Duty checks: is somebody in the control room of the premises? Asked by a desk, carried to the device by the receiver that it is connected
-- to, answered by the device or ended by its timer.
create table duty_check (
  world world_name not null,
  id uuid not null,
  transmitter uuid not null,
  facility uuid not null,
  organisation text not null,
  asked_at timestamptz(3) not null,
  due_at timestamptz(3) not null,
  delivered_at timestamptz(3),
  ended_at timestamptz(3),
  -- How many entries it has.
  revision integer not null check (revision > 0),
  state jsonb not null,
  primary key (world, id),
  foreign key (world, facility) references facility (world, id),
  foreign key (world, organisation) references organisation (world, code)
);
-- One question at a time: a second one would only sound again. Receivers look here each second for what to carry.
create unique index duty_check_open on duty_check (world, transmitter) where ended_at is null;
create index duty_check_transmitter on duty_check (world, transmitter, asked_at desc);
-- What a desk looks at, the newest first.
create index duty_check_asked on duty_check (world, asked_at desc);

alter table duty_check enable row level security;
create policy web on duty_check to keng_web
  using (world = 'live' and keng_sees(organisation, facility)) with check (world = 'live' and keng_sees(organisation, facility));
create policy core on duty_check to keng_core using (world = 'live') with check (world = 'live');
create policy receiver on duty_check to keng_receiver using (world = 'live') with check (world = 'live');
create policy live_read on duty_check for select to keng_auditor using (world = 'live');
create policy exercise on duty_check to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert on duty_check to keng_web;
grant select, insert, update on duty_check to keng_core, keng_exercise;
grant select on duty_check to keng_receiver, keng_auditor;
grant update (delivered_at, ended_at, revision, state) on duty_check to keng_receiver;
