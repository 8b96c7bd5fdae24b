-- Supervision by path: which way a transmitter was heard, which of its paths are lost, and what many lost links have in common.

alter table transmitter
  -- Of the country pack; null: a time of its own.
  add column category text,
  -- Primary first; null: one path, of which nothing is known.
  add column paths jsonb;

-- A byte for each transmitter of the row: bit 1 by its primary path, bit 2 by the alternative. Empty: nobody has paths.
alter table heard_batch add column paths bytea not null default '';

-- Five bytes for each row of `heard`: the second of listening in which it was heard, and the path (0: any). Seconds of listening
-- count only while receivers listen, and no step of a clock moves them. Empty in snapshots of before.
alter table heard_snapshot add column ticks bytea not null default '';
alter table heard_snapshot alter column ticks set storage external;
alter table heard_mark add column tick bigint not null default 0;

-- 0 is the link as a whole, else the path.
alter table link_lost
  add column path smallint not null default 0 check (path between 0 and 2),
  -- The outage that the loss belongs to.
  add column outage uuid,
  drop constraint link_lost_pkey,
  add primary key (world, transmitter, path);

-- Many links of an area or a carrier lost at once. `state` is what the log gives; the rest is derived from it for queries.
create table outage (
  world world_name not null,
  id uuid not null,
  revision integer not null check (revision > 0),
  -- Desk of the area; null: a carrier of the whole country, which every desk sees.
  organisation text,
  area text,
  carrier text,
  status text not null check (status in ('open', 'closed')),
  opened_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  state jsonb not null,
  primary key (world, id),
  foreign key (world, organisation) references organisation (world, code)
);
create index outage_open on outage (world, opened_at) where status = 'open';
create index outage_closed on outage (world, changed_at) where status = 'closed';

alter table outage enable row level security;
create policy core on outage to keng_core using (world = 'live') with check (world = 'live');
create policy web on outage to keng_web
  using (world = 'live' and (organisation is null or keng_sees(organisation, null)))
  with check (world = 'live' and (organisation is null or keng_sees(organisation, null)));
create policy live_read on outage for select to keng_auditor using (world = 'live');
create policy exercise on outage to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update on outage to keng_core, keng_exercise;
grant select, update (revision, status, changed_at, state) on outage to keng_web;
grant select on outage to keng_auditor;
