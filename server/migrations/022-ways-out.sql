-- Web push and e-mail beside the telephone; what contacts asked for, and who of them never answers.

alter table notify_job drop constraint notify_job_channel_check;
alter table notify_job add constraint notify_job_channel_check
  check (channel in ('voice', 'sms', 'push', 'email', 'webhook'));

-- A message that is about neither an incident nor works: that contacts of a facility do not answer.
alter table notify_job drop constraint notify_job_check1;
alter table notify_job
  add column notice uuid,
  add constraint notify_job_subject check (num_nonnulls(incident, works, notice) = 1),
  add unique (world, notice, recipient, channel, purpose);

-- Fold of the contact entries; every other column is derived from it, for queries.
create table contact_record (
  world world_name not null,
  contact uuid not null,
  facility uuid not null,
  -- Of the facility when something was said of the contact last.
  organisation text not null,
  unanswered integer not null,
  reported_at timestamptz(3),
  revision integer not null,
  state jsonb not null,
  primary key (world, contact),
  foreign key (world, facility) references facility (world, id)
);
create index contact_record_facility on contact_record (world, facility);
-- Those who never answer: a short list that is asked for often.
create index contact_record_reported on contact_record (world, reported_at desc, contact) where reported_at is not null;

-- Browsers of contacts. The address is as good as a key to them: written by the web, read by the sender alone.
create table push_subscription (
  world world_name not null,
  id uuid not null,
  contact uuid not null,
  facility uuid not null,
  endpoint text not null,
  endpoint_hash bytea not null check (octet_length(endpoint_hash) = 32),
  p256dh text not null,
  auth text not null,
  created_at timestamptz(3) not null,
  primary key (world, id),
  unique (world, contact, endpoint_hash),
  foreign key (world, facility) references facility (world, id)
);

alter table contact_record enable row level security;
alter table push_subscription enable row level security;

create policy core on contact_record to keng_core using (world = 'live') with check (world = 'live');
create policy sender on contact_record to keng_sender using (world = 'live') with check (world = 'live');
create policy web on contact_record to keng_web
  using (world = 'live' and keng_sees(organisation, facility)) with check (world = 'live' and keng_sees(organisation, facility));
create policy auditor on contact_record for select to keng_auditor using (world = 'live');
create policy exercise on contact_record to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update on contact_record to keng_core, keng_web, keng_exercise;
grant select, update on contact_record to keng_sender;
grant select on contact_record to keng_auditor;

create policy sender on push_subscription to keng_sender using (world = 'live');
create policy web on push_subscription to keng_web
  using (world = 'live' and keng_sees(null, facility)) with check (world = 'live' and keng_sees(null, facility));
grant select, delete on push_subscription to keng_sender;
grant select (world, id, contact, facility, endpoint_hash, created_at), insert, delete on push_subscription to keng_web;
