-- The synthetic alarm: how far it came last on each way, and which way it does not come through.
create table probe_path (
  world world_name not null,
  -- The machine; a process that starts again goes on with its row.
  receiver text not null,
  -- `dc09-tcp`, `gb26875-tcp` ... with its address.
  listener text not null,
  sent_at timestamptz(3) not null,
  -- Acknowledged, which is after the commit.
  stored_at timestamptz(3),
  -- Came out of the live feed of a web process.
  fed_at timestamptz(3),
  -- A desk's browser said that it has it.
  shown_at timestamptz(3),
  -- The first stage that it does not reach; null: it comes through.
  missing_stage text check (missing_stage in ('sent', 'stored', 'fed', 'shown')),
  missing_since timestamptz(3),
  primary key (world, receiver, listener),
  check ((missing_stage is null) = (missing_since is null))
) with (fillfactor = 50);

alter table probe_path enable row level security;
create policy receiver on probe_path to keng_receiver using (world = 'live') with check (world = 'live');
create policy web on probe_path to keng_web using (world = 'live') with check (world = 'live');
create policy core on probe_path to keng_core using (world = 'live') with check (world = 'live');
create policy live_read on probe_path for select to keng_auditor using (world = 'live');
create policy exercise on probe_path to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update (sent_at, stored_at) on probe_path to keng_receiver;
grant select, update (fed_at, shown_at) on probe_path to keng_web;
grant select, delete, update (missing_stage, missing_since) on probe_path to keng_core;
grant select on probe_path to keng_auditor;
grant select, insert, update, delete on probe_path to keng_exercise;
