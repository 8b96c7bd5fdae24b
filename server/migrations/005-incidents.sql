-- Incidents, planned works and the timers of both.

-- `state` is the whole incident as the log gives it; every other column is derived from it, for queries. json and not jsonb:
-- nothing is asked of it in SQL, it is written and sent to desks as text, and 10,000 of them are sent at once.
--
-- A facility may have several open incidents, so there is no unique index over (world, facility): an alarm long after the last
-- one is an event of its own and must ring again, although nobody has closed the old one yet. That one event never opens two
-- incidents is kept by the correlator, the only one that opens them: it first locks the counter of its world.
create table incident (
  world world_name not null,
  id uuid not null,
  -- What people say on the telephone.
  number integer not null,
  facility uuid not null,
  -- The station that turns out, or the province's desk where none is assigned: those above it see the incident too.
  organisation text not null,
  province text not null,
  status text not null check (status in ('open', 'closed')),
  urgency smallint not null,
  opened_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  closed_at timestamptz(3),
  -- How many entries the incident has.
  entries integer not null check (entries > 0),
  state json not null,
  primary key (world, id),
  unique (world, number),
  foreign key (world, facility) references facility (world, id),
  foreign key (world, organisation) references organisation (world, code),
  check ((status = 'closed') = (closed_at is not null))
) with (fillfactor = 50, toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0.02);
-- A state grows past 2 kB: compressing it or moving it out at each of its changes costs more than its bytes.
alter table incident alter column state set storage external;
-- The correlator: what is open at these facilities.
create index incident_open on incident (world, facility) where status = 'open';
-- The desk: what was closed a short while ago; the facility's page: what was here before.
create index incident_closed on incident (world, closed_at) where status = 'closed';
create index incident_facility on incident (world, facility, opened_at);

-- The last number given. Numbers of batches that failed are lost: gaps are harmless, two incidents with one number are not.
create table incident_counter (
  world world_name primary key references world,
  last integer not null
);

create table works (
  world world_name not null,
  id uuid not null,
  facility uuid not null,
  transmitter uuid not null,
  organisation text not null,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null,
  called_back boolean not null,
  ended_at timestamptz(3),
  -- How many works.* entries it has; signal.muted entries belong to the transmitter and are not counted.
  revision integer not null check (revision > 0),
  state jsonb not null,
  primary key (world, id),
  foreign key (world, facility) references facility (world, id),
  foreign key (world, organisation) references organisation (world, code),
  check (starts_at < ends_at)
);
-- The correlator: what mutes zones of these facilities; the desk: what has not ended.
create index works_running on works (world, facility) where ended_at is null;

-- What must happen at a time of a world. Whoever runs it deletes it in the transaction of its effect.
create table timer (
  world world_name not null,
  number bigint generated always as identity,
  due_at timestamptz(3) not null,
  kind text not null,
  subject text not null,
  body jsonb not null,
  -- A timer that crashed its handler three times stays, is shown among the set-aside entries, and waits for a person.
  set_aside_at timestamptz(3),
  primary key (world, number)
);
create index timer_due on timer (world, due_at) where set_aside_at is null;

-- The last frames of devices that were refused: asked for by every desk that opens.
create index log_order_refused on log_order (world, position) where kind = 'signal.refused';

alter table incident enable row level security;
alter table incident_counter enable row level security;
alter table works enable row level security;
alter table timer enable row level security;

create policy core on incident to keng_core using (world = 'live') with check (world = 'live');
create policy web_read on incident for select to keng_web using (world = 'live' and keng_sees(organisation, facility));
create policy web_change on incident for update to keng_web
  using (world = 'live' and keng_sees(organisation, facility)) with check (world = 'live' and keng_sees(organisation, facility));
-- The sender writes down whom it reached, in the transaction of the receipt.
create policy sender on incident to keng_sender using (world = 'live') with check (world = 'live');
create policy auditor on incident for select to keng_auditor using (world = 'live');
create policy exercise on incident to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update on incident to keng_core, keng_exercise;
grant select on incident to keng_web, keng_sender, keng_auditor;
-- Who an incident belongs to, its number and its opening are not the web's to change; a dispatch names another station.
grant update (organisation, status, urgency, changed_at, closed_at, entries, state) on incident to keng_web;
grant update (organisation, status, urgency, changed_at, closed_at, entries, state) on incident to keng_sender;

create policy core on incident_counter to keng_core using (world = 'live') with check (world = 'live');
create policy exercise on incident_counter to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update on incident_counter to keng_core, keng_exercise;

create policy core on works to keng_core using (world = 'live') with check (world = 'live');
create policy web on works to keng_web
  using (world = 'live' and keng_sees(organisation, facility)) with check (world = 'live' and keng_sees(organisation, facility));
create policy live_read on works for select to keng_sender, keng_auditor using (world = 'live');
create policy exercise on works to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, update on works to keng_core;
grant select, insert, update on works to keng_web, keng_exercise;
grant select on works to keng_sender, keng_auditor;

create policy core on timer to keng_core using (world = 'live') with check (world = 'live');
create policy web_sets on timer for insert to keng_web with check (world = 'live');
create policy live_read on timer for select to keng_auditor using (world = 'live');
create policy exercise on timer to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update, delete on timer to keng_core, keng_exercise;
-- The web starts the clock of planned works; it cannot see, move or stop any.
grant insert on timer to keng_web;
grant select on timer to keng_auditor;
