-- Worlds, organisations and the one log.
--
-- `world` leads every key. Policies bind to database roles, never only to a setting: a session of keng_exercise cannot see
-- or write a live row whatever it sets. Inside the live world the web's sessions see what their organisation may see:
-- the server sets keng.scope ('*', or organisation codes) and keng.facilities for each transaction; unset means no rows.

create domain world_name as text check (value = 'live' or value ~ '^exercise-[a-z0-9][a-z0-9-]{0,62}$');

create table world (
  world world_name primary key,
  name text not null,
  created_at timestamptz not null default now()
);
insert into world (world, name) values ('live', 'live');

-- One row: who this centre is. The epoch goes up by one when a backup is restored, so that no (origin, epoch, seq) is used twice.
create table centre (
  only_one boolean primary key default true check (only_one),
  origin text not null check (origin ~ '^[a-z0-9][a-z0-9.-]{0,62}$'),
  epoch integer not null default 1 check (epoch > 0),
  country text not null
);

create table organisation (
  world world_name not null references world,
  code text not null,
  level text not null check (level in ('national', 'province', 'station')),
  parent text,
  name jsonb not null,
  area_code text,
  longitude double precision,
  latitude double precision,
  synthetic boolean not null default false,
  primary key (world, code),
  foreign key (world, parent) references organisation (world, code)
);
create index organisation_parent on organisation (world, parent);

-- Each lane has ids of its own range: urgent entries are found by a range scan however many faults wait beside them,
-- and a gap in a range is visible as a missing number. All stay below 2^53, so JavaScript counts them exactly.
create sequence entry_fire_id minvalue 1 maxvalue 999999999999999;
create sequence entry_fault_id minvalue 1000000000000001 start 1000000000000001 maxvalue 1999999999999999;
create sequence entry_routine_id minvalue 2000000000000001 start 2000000000000001 maxvalue 2999999999999999;

-- What happened. Insert only: no role of the program may update or delete. No foreign key to world: its row lock would make
-- every concurrent insert touch one tuple; the domain and the policies keep the column right.
create table entry (
  world world_name not null,
  id bigint not null,
  lane smallint not null check (lane between 0 and 2),
  kind text not null,
  version smallint not null,
  subject text not null,
  organisation text,
  facility uuid,
  -- How many entries the subject has with this one; null where no state is rebuilt from them.
  revision integer,
  at timestamptz(3) not null,
  recorded_at timestamptz(3) not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text,
  -- json, not jsonb: the text is kept as it was hashed.
  body json,
  -- salt and body go when personal data are erased; the commitment stays, and the chain with it.
  salt bytea,
  commitment bytea not null,
  primary key (world, id)
);
-- The chronology of an incident, the signals of a transmitter, the history of a facility.
create index entry_subject on entry (world, subject, id);

-- The order everybody reads by. Numbered by the sequencer only, 1, 2, 3 ... in each world.
create table log_order (
  world world_name not null,
  position bigint not null,
  entry_id bigint not null,
  lane smallint not null,
  kind text not null,
  origin text not null,
  epoch integer not null,
  seq bigint not null,
  primary key (world, position)
);
create unique index log_order_entry on log_order (world, entry_id);
-- For whoever acts on urgency; the routine lane, most of what comes, is read in the order of positions only.
create index log_order_lane on log_order (world, lane, position) where lane < 2;

-- Hash chain over batches: hash = SHA-256(previous hash, first position, last position, commitments in order).
create table seal (
  world world_name not null,
  last_position bigint not null,
  first_position bigint not null,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null,
  primary key (world, last_position),
  check (first_position <= last_position)
);

create table log_head (
  world world_name primary key references world,
  position bigint not null default 0,
  hash bytea not null
);
insert into log_head (world, hash) values ('live', decode(repeat('00', 32), 'hex'));

-- Below settled_id every id of the lane is numbered or known to be rolled back; a restarted sequencer looks for late ids above
-- it only. Ids are drawn across worlds, so this one table has no world.
create table sequencer_lane (
  lane smallint primary key check (lane between 0 and 2),
  settled_id bigint not null
);
insert into sequencer_lane values (0, 0), (1, 1000000000000000), (2, 2000000000000000);
grant select, update on sequencer_lane to keng_sequencer;

create table consumer_cursor (
  world world_name not null references world,
  consumer text not null,
  lane smallint not null,
  position bigint not null default 0,
  updated_at timestamptz not null default now(),
  primary key (world, consumer, lane)
);

-- Entries that crashed a handler three times: kept here, shown, retried by a person.
create table set_aside (
  world world_name not null references world,
  consumer text not null,
  position bigint not null,
  kind text not null,
  error text not null,
  set_aside_at timestamptz not null default now(),
  retried_at timestamptz,
  primary key (world, consumer, position)
);

-- Retries of a device are recognised here, across restarts and across receivers. Rows older than their window are replaced
-- by the next use of the key and swept by the sequencer's housekeeping.
create table signal_seen (
  world world_name not null,
  key uuid not null,
  seen_at timestamptz not null,
  window_seconds integer not null,
  primary key (world, key)
);
create index signal_seen_age on signal_seen using brin (seen_at);

-- What a session of the web may see: everything ('*'), or the organisations and facilities it names. No sub-select inside: with one,
-- PostgreSQL cannot inline the function and calls it for each row (measured: 26 us a row instead of 1).
create function keng_sees(organisation text, facility uuid) returns boolean
  language sql stable parallel safe
  return current_setting('keng.scope', true) = '*'
      or organisation = any (string_to_array(current_setting('keng.scope', true), ','))
      or facility = any (string_to_array(nullif(current_setting('keng.facilities', true), ''), ',')::uuid[]);

alter table world enable row level security;
alter table centre enable row level security;
alter table organisation enable row level security;
alter table entry enable row level security;
alter table log_order enable row level security;
alter table seal enable row level security;
alter table log_head enable row level security;
alter table consumer_cursor enable row level security;
alter table set_aside enable row level security;
alter table signal_seen enable row level security;

-- world, centre: readable names
create policy live on world for select to keng_core, keng_web, keng_receiver, keng_sender, keng_auditor using (world = 'live');
create policy sequencer on world for select to keng_sequencer using (true);
create policy exercise on world for select to keng_exercise using (world <> 'live');
create policy everyone on centre for select to keng_core, keng_web, keng_receiver, keng_sequencer, keng_sender, keng_auditor, keng_exercise using (true);
grant select on world, centre to keng_core, keng_web, keng_receiver, keng_sequencer, keng_sender, keng_auditor, keng_exercise;

create policy live on organisation to keng_core using (world = 'live') with check (world = 'live');
create policy live_read on organisation for select to keng_web, keng_receiver, keng_sender, keng_auditor using (world = 'live');
create policy exercise on organisation to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select on organisation to keng_core, keng_web, keng_receiver, keng_sender, keng_auditor, keng_exercise;

create policy core on entry to keng_core using (world = 'live') with check (world = 'live');
create policy receiver on entry for insert to keng_receiver with check (world = 'live');
create policy receiver_read on entry for select to keng_receiver using (world = 'live');
create policy sequencer on entry for select to keng_sequencer using (true);
create policy sender on entry to keng_sender using (world = 'live') with check (world = 'live');
create policy web_read on entry for select to keng_web using (world = 'live' and keng_sees(organisation, facility));
create policy web_write on entry for insert to keng_web with check (world = 'live');
create policy auditor on entry for select to keng_auditor using (world = 'live');
create policy exercise on entry to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert on entry to keng_core, keng_web, keng_receiver, keng_sender, keng_exercise;
grant select on entry to keng_auditor;
-- The sequencer numbers and seals; it cannot read what an entry says.
grant select (world, id, lane, kind, recorded_at, commitment) on entry to keng_sequencer;
grant usage on sequence entry_fire_id, entry_fault_id, entry_routine_id to keng_core, keng_web, keng_receiver, keng_sender, keng_exercise;
grant select on sequence entry_fire_id, entry_fault_id, entry_routine_id to keng_sequencer;

create policy live_read on log_order for select to keng_core, keng_web, keng_receiver, keng_sender, keng_auditor using (world = 'live');
create policy sequencer on log_order to keng_sequencer using (true) with check (true);
create policy exercise on log_order for select to keng_exercise using (world <> 'live');
grant select on log_order to keng_core, keng_web, keng_receiver, keng_sender, keng_auditor, keng_exercise;
grant select, insert on log_order to keng_sequencer;

create policy live_read on seal for select to keng_core, keng_web, keng_auditor using (world = 'live');
create policy sequencer on seal to keng_sequencer using (true) with check (true);
create policy exercise on seal for select to keng_exercise using (world <> 'live');
grant select on seal to keng_core, keng_web, keng_auditor, keng_exercise;
grant select, insert on seal to keng_sequencer;

create policy live_read on log_head for select to keng_core, keng_web, keng_receiver, keng_sender, keng_auditor using (world = 'live');
create policy sequencer on log_head to keng_sequencer using (true) with check (true);
create policy exercise on log_head for select to keng_exercise using (world <> 'live');
grant select on log_head to keng_core, keng_web, keng_receiver, keng_sender, keng_auditor, keng_exercise;
grant select, insert, update on log_head to keng_sequencer;

create policy core on consumer_cursor to keng_core, keng_sender using (world = 'live') with check (world = 'live');
create policy live_read on consumer_cursor for select to keng_web, keng_auditor using (world = 'live');
create policy exercise on consumer_cursor to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update on consumer_cursor to keng_core, keng_sender, keng_exercise;
grant select on consumer_cursor to keng_web, keng_auditor;

create policy core on set_aside to keng_core, keng_sender, keng_web using (world = 'live') with check (world = 'live');
create policy live_read on set_aside for select to keng_auditor using (world = 'live');
create policy exercise on set_aside to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update on set_aside to keng_core, keng_sender, keng_exercise;
grant select, update on set_aside to keng_web;
grant select on set_aside to keng_auditor;

create policy receiver on signal_seen to keng_receiver using (world = 'live') with check (world = 'live');
create policy exercise on signal_seen to keng_exercise using (world <> 'live') with check (world <> 'live');
create policy sweeper on signal_seen to keng_sequencer using (true);
grant select, insert, update on signal_seen to keng_receiver, keng_exercise;
grant select, delete on signal_seen to keng_sequencer;
