-- Receivers and the supervision of links. Who was heard is a series, not entries: lost and restored are entries.

-- One row a second and receiver: transmitters heard since the last row, 16 bytes each; an empty row says "I am listening".
-- The supervisor reads them in the order of id and puts them into its snapshot; older ones are swept.
create table heard_batch (
  world world_name not null,
  id bigint generated always as identity,
  receiver text not null,
  at timestamptz(3) not null,
  transmitters bytea not null,
  primary key (world, id)
);

-- What each receiver says about itself with every beat: whether it can store, how much it refused, what the kernel dropped.
create table receiver_beat (
  world world_name not null,
  receiver text not null,
  at timestamptz(3) not null,
  metrics jsonb not null,
  primary key (world, receiver)
) with (fillfactor = 50);

-- Last heard times, 4,096 transmitters a row, 20 bytes each (id, seconds since 1970): a restart makes no false losses.
create table heard_snapshot (
  world world_name not null,
  chunk integer not null,
  heard bytea not null,
  primary key (world, chunk)
);
alter table heard_snapshot alter column heard set storage external;

-- Up to which batch the snapshot goes, and when it was taken. One row a world.
create table heard_mark (
  world world_name primary key,
  batch bigint not null,
  at timestamptz(3) not null
);

-- Links that are lost now; changed in the transaction that appends link.lost or link.restored, so neither is said twice.
create table link_lost (
  world world_name not null,
  transmitter uuid not null,
  lost_at timestamptz(3) not null,
  primary key (world, transmitter)
);

-- Health of transmitters: made by one consumer from signals and link entries. No row: nothing was ever reported about it.
create table device_state (
  world world_name not null,
  transmitter uuid not null,
  facility uuid not null,
  organisation text not null,
  faults integer not null,
  link text not null check (link in ('unknown', 'up', 'lost')),
  changed_at timestamptz(3) not null,
  state jsonb not null,
  primary key (world, transmitter)
-- Room for the next state beside the old one: a daily test then touches no index.
) with (fillfactor = 70);
create index device_state_lost on device_state (world, transmitter) where link = 'lost';
create index device_state_faults on device_state (world, transmitter) where faults > 0;
create index device_state_facility on device_state (world, facility);

alter table heard_batch enable row level security;
alter table receiver_beat enable row level security;
alter table heard_snapshot enable row level security;
alter table heard_mark enable row level security;
alter table link_lost enable row level security;
alter table device_state enable row level security;

create policy receiver on heard_batch for insert to keng_receiver with check (world = 'live');
create policy core on heard_batch to keng_core using (world = 'live');
create policy exercise on heard_batch to keng_exercise using (world <> 'live') with check (world <> 'live');
grant insert on heard_batch to keng_receiver;
grant select, delete on heard_batch to keng_core;
grant select, insert, delete on heard_batch to keng_exercise;

create policy receiver on receiver_beat to keng_receiver using (world = 'live') with check (world = 'live');
create policy live_read on receiver_beat for select to keng_core, keng_web, keng_auditor using (world = 'live');
create policy exercise on receiver_beat to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update on receiver_beat to keng_receiver, keng_exercise;
grant select on receiver_beat to keng_core, keng_web, keng_auditor;

create policy core on heard_snapshot to keng_core using (world = 'live') with check (world = 'live');
create policy exercise on heard_snapshot to keng_exercise using (world <> 'live') with check (world <> 'live');
create policy core on heard_mark to keng_core using (world = 'live') with check (world = 'live');
create policy exercise on heard_mark to keng_exercise using (world <> 'live') with check (world <> 'live');
create policy core on link_lost to keng_core using (world = 'live') with check (world = 'live');
create policy exercise on link_lost to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update, delete on heard_snapshot, heard_mark, link_lost to keng_core, keng_exercise;

create policy core on device_state to keng_core using (world = 'live') with check (world = 'live');
create policy web on device_state for select to keng_web using (world = 'live' and keng_sees(organisation, facility));
create policy live_read on device_state for select to keng_auditor using (world = 'live');
create policy exercise on device_state to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update on device_state to keng_core, keng_exercise;
grant select on device_state to keng_web, keng_auditor;
