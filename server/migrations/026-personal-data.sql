-- Who read what, and the erasure of a person.

-- Reads of personal data: a series in monthly partitions, no entries. Written in batches by the web, read by the auditor.
create table read_record (
  world world_name not null,
  at timestamptz(3) not null,
  user_id uuid not null,
  user_name text not null,
  organisation text,
  -- What kind of personal data: see server/src/record/personal-reads.ts.
  what text not null check (length(what) <= 64),
  -- The thing it was about; null: a list. What was searched for is not kept: it may be a telephone number.
  subject text check (length(subject) <= 64),
  remote text not null,
  -- How often within the minute, folded.
  times integer not null check (times > 0)
) partition by range (at);
create table read_record_rest partition of read_record default;
create index read_record_time on read_record (world, at desc);
create index read_record_user on read_record (world, user_id, at desc);
create index read_record_subject on read_record (world, subject, at desc);

alter table read_record enable row level security;
alter table read_record_rest enable row level security;
create policy web on read_record to keng_web
  using (world = 'live' and keng_sees(organisation, null)) with check (world = 'live');
create policy auditor on read_record for select to keng_auditor using (world = 'live');
grant select, insert on read_record to keng_web;
grant select on read_record to keng_auditor;

-- Makes this month and the next, and drops those before `in_first`. As the owner: no role of the program may create or drop a table.
create function keng_read_record_months(in_today date, in_first date) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one date;
  name text;
  old record;
  changed integer := 0;
begin
  set local lock_timeout = '2s';
  if not pg_try_advisory_xact_lock(hashtext('keng_read_record_months')) then return 0; end if;
  for one in select generate_series(date_trunc('month', in_today), date_trunc('month', in_today) + interval '1 month', interval '1 month')::date loop
    name := 'read_record_' || to_char(one, 'YYYYMM');
    continue when to_regclass(name) is not null;
    begin
      execute format('create table %I partition of read_record for values from (%L) to (%L)',
        name, one::text || ' 00:00+00', (one + interval '1 month')::date::text || ' 00:00+00');
      execute format('alter table %I enable row level security', name);
      changed := changed + 1;
    exception when check_violation then
      -- Reads of this month lie in the rest already, and stay there.
      null;
    end;
  end loop;
  for old in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'read_record'::regclass and c.relname ~ '^read_record_[0-9]{6}$'
      and to_date(right(c.relname, 6), 'YYYYMM') < date_trunc('month', in_first)
  loop
    execute format('drop table %I', old.relname);
    changed := changed + 1;
  end loop;
  return changed;
end $$;
revoke all on function keng_read_record_months(date, date) from public;
grant execute on function keng_read_record_months(date, date) to keng_web;

-- Somebody asks, somebody else confirms, then keng_eraser does it.
create table erasure (
  world world_name not null,
  id uuid not null,
  facility uuid not null,
  contact uuid not null,
  organisation text not null,
  reason text not null,
  asked_by uuid,
  asked_by_name text not null,
  asked_at timestamptz(3) not null,
  status text not null check (status in ('asked', 'refused', 'done')),
  decided_by_name text,
  decided_at timestamptz(3),
  -- Entries whose bodies were replaced.
  entries integer,
  primary key (world, id),
  foreign key (world, facility) references facility (world, id),
  check ((status = 'asked') = (decided_at is null))
);
-- One question at a time about one person.
create unique index erasure_asked on erasure (world, contact) where status = 'asked';
create index erasure_time on erasure (world, asked_at desc);

alter table erasure enable row level security;
create policy web on erasure to keng_web
  using (world = 'live' and keng_sees(organisation, null)) with check (world = 'live' and keng_sees(organisation, null));
create policy auditor on erasure for select to keng_auditor using (world = 'live');
create policy eraser on erasure to keng_eraser using (world = 'live') with check (world = 'live');
grant select, insert, update (status, decided_by_name, decided_at) on erasure to keng_web;
grant select on erasure to keng_auditor;
grant select, insert, update (status, decided_by_name, decided_at, entries) on erasure to keng_eraser;

-- The only role that may touch an entry that is written, and only so: the salt goes, the body becomes a placeholder whose hash stands
-- in the entry that says what was erased. The header and the commitment stay, and the chain with them.
create policy eraser on entry for select to keng_eraser using (world = 'live');
create policy eraser_change on entry for update to keng_eraser using (world = 'live') with check (world = 'live' and salt is null);
create policy eraser_write on entry for insert to keng_eraser with check (world = 'live' and kind = 'personal-data.erased');
grant select, insert, update (body, salt, actor_name) on entry to keng_eraser;
grant usage on sequence entry_fire_id, entry_fault_id, entry_routine_id to keng_eraser;

create function keng_only_erased() returns trigger language plpgsql as $$
begin
  if new.salt is not null
    or (new.world, new.id, new.lane, new.kind, new.version, new.subject, new.at, new.recorded_at, new.actor_kind, new.actor_id, new.commitment)
      is distinct from (old.world, old.id, old.lane, old.kind, old.version, old.subject, old.at, old.recorded_at, old.actor_kind, old.actor_id, old.commitment)
    or (new.organisation, new.facility, new.revision) is distinct from (old.organisation, old.facility, old.revision)
  then
    raise exception 'an entry is never changed, only erased' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger only_erased before update on entry for each row execute function keng_only_erased();

-- What entries add up to is redacted with them: every table that keeps a state of a facility.
do $$
declare
  one text;
begin
  for one in
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relispartition
      and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'state' and a.atttypid in ('json'::regtype, 'jsonb'::regtype))
      and (c.relname = 'facility' or exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'facility'))
  loop
    execute format('create policy eraser on %I to keng_eraser using (world = ''live'') with check (world = ''live'')', one);
    execute format('grant select, update (state) on %I to keng_eraser', one);
  end loop;
end $$;

create policy eraser on notify_job to keng_eraser using (world = 'live') with check (world = 'live');
grant select, update (name, address, payload, last_error, receipt) on notify_job to keng_eraser;
create policy eraser on owner_link to keng_eraser using (world = 'live');
grant select, delete on owner_link to keng_eraser;
create policy eraser on push_subscription to keng_eraser using (world = 'live');
grant select (world, contact), delete on push_subscription to keng_eraser;
