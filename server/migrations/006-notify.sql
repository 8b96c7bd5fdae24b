-- The outbox of notifications: what is to be said to whom, how often it was tried and what came of it.

-- Who is told by HTTP about incidents of an organisation and all below it, or of one facility.
create table webhook (
  world world_name not null,
  id uuid not null,
  organisation text not null,
  -- null: every facility of the organisation and of those below it.
  facility uuid,
  url text not null,
  -- AES-256-GCM under a key that the database never has; only the sender opens it.
  sealed_secret bytea not null,
  events text[] not null,
  active boolean not null default true,
  created_at timestamptz(3) not null,
  primary key (world, id),
  foreign key (world, organisation) references organisation (world, code),
  foreign key (world, facility) references facility (world, id)
);
create index webhook_of_organisation on webhook (world, organisation) where active and facility is null;
create index webhook_of_facility on webhook (world, facility) where active and facility is not null;

create table notify_job (
  world world_name not null,
  id uuid not null,
  incident uuid not null,
  facility uuid not null,
  organisation text not null,
  contact uuid,
  webhook uuid,
  recipient uuid not null generated always as (coalesce(contact, webhook)) stored,
  -- Of the contact, as the chronology prints it.
  name text not null,
  channel text not null check (channel in ('voice', 'sms', 'webhook')),
  purpose text not null,
  -- 0 is sent first: the alarm itself goes before everything else that waits.
  lane smallint not null check (lane between 0 and 2),
  address text not null,
  language text not null,
  payload jsonb not null,
  status text not null default 'queued'
    check (status in ('queued', 'sending', 'accepted', 'delivered', 'failed', 'cancelled')),
  -- When somebody has to look at it again. queued: it is to be sent; sending: the lease of the sender ends, for it may have died;
  -- accepted: the gateway took it and its receipt is overdue.
  due_at timestamptz(3) not null,
  -- A new call on purpose (nobody answered) is a new round, with an idempotency key of its own; a repetition in doubt is not.
  round smallint not null default 1,
  attempts smallint not null default 0,
  -- What the gateway said last of this round: ringing, answered, hung-up ...
  phase text,
  receipt text,
  last_error text,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  primary key (world, id),
  -- An entry that is handled twice makes one job.
  unique (world, incident, recipient, channel, purpose),
  foreign key (world, incident) references incident (world, id),
  foreign key (world, webhook) references webhook (world, id),
  check ((contact is null) <> (webhook is null))
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
-- The sender: what is due on a channel, urgent first.
create index notify_job_due on notify_job (world, channel, lane, due_at) where status in ('queued', 'sending', 'accepted');
-- The same for each webhook apart: one that hangs must not stand before the others.
create index notify_job_webhook_due on notify_job (world, webhook, lane, due_at)
  where webhook is not null and status in ('queued', 'sending', 'accepted');
-- The screen of failures, and sweeping.
create index notify_job_done on notify_job (world, changed_at) where status in ('delivered', 'failed', 'cancelled');

-- The proof of an owner's link. The link itself is made of a secret that the database does not have, and is stored nowhere.
create table owner_link (
  world world_name not null,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  incident uuid not null,
  facility uuid not null,
  contact uuid not null,
  expires_at timestamptz(3) not null,
  primary key (world, token_hash),
  foreign key (world, incident) references incident (world, id)
);
create index owner_link_age on owner_link (world, expires_at);

-- Receipts of the telephone gateway that were taken: the same one again gets the same answer, a copy of it is refused.
create table gateway_event (
  world world_name not null,
  id text not null,
  job uuid not null,
  -- The time under which it was signed last: a repetition by the gateway is signed anew, a copy is not.
  signed_at timestamptz not null,
  answer jsonb not null,
  received_at timestamptz(3) not null,
  primary key (world, id)
);
create index gateway_event_age on gateway_event (world, received_at);

-- Routes that carry their own proof have no scope yet: each function answers one question, in the live world only.
create function keng_owner_link(asked_hash bytea)
  returns table (incident uuid, facility uuid, contact uuid, expires_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select l.incident, l.facility, l.contact, l.expires_at from owner_link l where l.world = 'live' and l.token_hash = asked_hash;
  end;

create function keng_notified_facility(asked_job uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select j.facility from notify_job j where j.world = 'live' and j.id = asked_job;
  end;

revoke execute on function keng_owner_link(bytea), keng_notified_facility(uuid) from public;
grant execute on function keng_owner_link(bytea), keng_notified_facility(uuid) to keng_web;

alter table webhook enable row level security;
alter table notify_job enable row level security;
alter table owner_link enable row level security;
alter table gateway_event enable row level security;

create policy live_read on webhook for select to keng_core, keng_sender using (world = 'live');
create policy web on webhook to keng_web
  using (world = 'live' and keng_sees(organisation, facility)) with check (world = 'live' and keng_sees(organisation, facility));
create policy exercise on webhook to keng_exercise using (world <> 'live') with check (world <> 'live');
-- The secret is written by the web and read by the sender alone.
grant select (world, id, organisation, facility, url, events, active, created_at), insert, update (active) on webhook to keng_web;
grant select (world, id, organisation, facility, url, events, active, created_at) on webhook to keng_core;
grant select on webhook to keng_sender;
grant select, insert, update, delete on webhook to keng_exercise;

-- The way out exists for the live world alone: the sender, the only one who has adapters, cannot see another.
create policy core on notify_job to keng_core using (world = 'live') with check (world = 'live');
create policy sender on notify_job to keng_sender using (world = 'live') with check (world = 'live');
create policy web_read on notify_job for select to keng_web using (world = 'live' and keng_sees(organisation, facility));
create policy web_change on notify_job for update to keng_web
  using (world = 'live' and keng_sees(organisation, facility)) with check (world = 'live' and keng_sees(organisation, facility));
create policy auditor on notify_job for select to keng_auditor using (world = 'live');
create policy exercise on notify_job to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update (status, changed_at, last_error) on notify_job to keng_core;
grant select, delete, update (status, due_at, attempts, round, phase, receipt, last_error, changed_at) on notify_job to keng_sender;
-- A receipt may ask for another call; it cannot change what is said or to whom.
grant select, update (status, due_at, round, phase, receipt, last_error, changed_at) on notify_job to keng_web;
grant select on notify_job to keng_auditor;
grant select, insert, update, delete on notify_job to keng_exercise;

create policy core on owner_link to keng_core using (world = 'live') with check (world = 'live');
create policy sender on owner_link to keng_sender using (world = 'live');
create policy exercise on owner_link to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert on owner_link to keng_core, keng_exercise;
grant select, delete on owner_link to keng_sender;

create policy web on gateway_event to keng_web using (world = 'live') with check (world = 'live');
create policy sender on gateway_event to keng_sender using (world = 'live');
grant select, insert, update (signed_at) on gateway_event to keng_web;
grant select, delete on gateway_event to keng_sender;
