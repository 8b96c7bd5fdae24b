-- The log in blocks: `entry` is partitioned by ranges of id. Each lane has ids of its own, so a block belongs to one lane; when all that
-- it holds may leave, it leaves as a whole, and nothing is vacuumed. See docs/decisions/0031-log-in-blocks.md, also for why `log_order` is
-- not partitioned.
--
-- This migration holds `entry` for moments and for as long as one index of the past takes (seconds a million entries): devices repeat what
-- is not acknowledged meanwhile. All else below works on names and empty tables.

-- `past`: what was there before; it is the default partition, and its checked constraint says that no block needs to look into it.
alter table entry rename to entry_past;
alter table entry_past rename constraint entry_pkey to entry_past_pkey;
drop index entry_subject;
alter index entry_duty rename to entry_past_duty;
-- Triggers, policies and grants are those of the whole; a block has none of its own, and so cannot be reached beside it.
drop trigger only_erased on entry_past;

create table entry (like entry_past including defaults) partition by range (id);
alter table entry add constraint entry_pkey primary key (world, id);
-- Subject first: a block that is still empty tells the planner nothing, and with the world first it took this index for the primary key,
-- to look up one id by walking over all there were (220 us an entry among 1,000, and growing). No id is looked up by this one.
create index entry_subject on entry (subject, world, id);
create index entry_duty on entry (world, at)
  where kind in ('duty.noted', 'desk.silent', 'desk.answered', 'desk.proof-changed', 'paper.keyed',
    'shift.started', 'shift.crew-changed', 'shift.handover-accepted', 'shift.ended', 'shift.signed',
    'shift.sound-tested', 'shift.sheet-printed', 'storage.failed', 'storage.recovered');
-- By the name that it has in the past: what is to become a part must have the constraints of the whole.
alter table entry add constraint entry_lane_check check (lane between 0 and 2);
alter table entry enable row level security;

do $$
declare
  one record;
begin
  -- Policies and grants move as they are: what 001, 010 and 026 say, and whatever was said since.
  for one in select p.policyname, p.cmd, p.qual, p.with_check,
      (select string_agg(quote_ident(r), ', ') from unnest(p.roles) r) as roles
    from pg_policies p where p.schemaname = 'public' and p.tablename = 'entry_past'
  loop
    execute format('create policy %I on entry for %s to %s%s%s', one.policyname, one.cmd, one.roles,
      coalesce(' using (' || one.qual || ')', ''), coalesce(' with check (' || one.with_check || ')', ''));
    execute format('drop policy %I on entry_past', one.policyname);
  end loop;
  for one in select a.privilege_type as privilege, a.grantee::regrole as grantee
    from pg_class c cross join lateral aclexplode(c.relacl) a where c.oid = 'entry_past'::regclass and a.grantee <> c.relowner
  loop
    execute format('grant %s on entry to %s', one.privilege, one.grantee);
    execute format('revoke %s on entry_past from %s', one.privilege, one.grantee);
  end loop;
  for one in select a.privilege_type as privilege, a.grantee::regrole as grantee, quote_ident(t.attname) as name
    from pg_attribute t cross join lateral aclexplode(t.attacl) a where t.attrelid = 'entry_past'::regclass
  loop
    execute format('grant %s (%s) on entry to %s', one.privilege, one.name, one.grantee);
    execute format('revoke %s (%s) on entry_past from %s', one.privilege, one.name, one.grantee);
  end loop;
end $$;
create trigger only_erased before update on entry for each row execute function keng_only_erased();

-- The blocks there are. `lane` is null for the past; the last one of each lane is open to the end of its ids: no entry is ever refused
-- because a block was not made.
create view entry_block as
  select c.oid::regclass as block, c.relname::text as name, (bounds.first_id / 1000000000000000)::smallint as lane,
    bounds.first_id, bounds.end_id, coalesce(bounds.end_id % 1000000000000000 = 0, false) as is_rest
  from pg_inherits i join pg_class c on c.oid = i.inhrelid
    cross join lateral (select regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \(''?(\d+)''?\) TO \(''?(\d+)''?\)') as found) read
    cross join lateral (select found[1]::bigint as first_id, found[2]::bigint as end_id) bounds
  where i.inhparent = 'entry'::regclass;
grant select on entry_block to keng_core, keng_auditor;

create function keng_make_entry_block(in_lane integer, in_first bigint, in_end bigint) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
  name text := format('entry_%s_%s', in_lane, in_first % 1000000000000000);
begin
  if in_end % 1000000000000000 = 0 then name := format('entry_%s_rest', in_lane); end if;
  execute format('create table %I partition of entry for values from (%s) to (%s)', name, in_first, in_end);
  execute format('alter table %I enable row level security', name);
end $$;
revoke all on function keng_make_entry_block from public;

-- Makes blocks until `in_ahead` of each lane are untouched. A block is as long as its lane needs for `in_days`, between `in_least` and
-- `in_most` ids; one that is older than that is left for the next, so that a quiet lane also comes to an end of a block. As the owner:
-- no role of the program may create or drop a table. Returns how many blocks were made.
create function keng_entry_blocks(in_ahead integer, in_days integer, in_least bigint, in_most bigint) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  made integer := 0;
  in_lane integer;
  sequence text;
  top bigint;
  here record;
  rest record;
  used_days double precision;
  size bigint;
  missing integer;
  first bigint;
  last bigint;
begin
  -- Blocks are made long before they are needed: rather another hour than a panel that waits for its acknowledgement.
  set local lock_timeout = '100ms';
  if not pg_try_advisory_xact_lock(hashtext('keng_entry_blocks')) then return 0; end if;
  for in_lane in 0..2 loop
    sequence := (array['entry_fire_id', 'entry_fault_id', 'entry_routine_id'])[in_lane + 1];
    execute format('select last_value from %I', sequence) into top;
    select * into here from entry_block b where b.lane = in_lane and b.first_id <= top and b.end_id > top;
    size := in_least;
    if here.first_id is not null then
      select greatest(1, extract(epoch from clock_timestamp() - min(e.recorded_at)) / 86400) into used_days
        from (select recorded_at from entry where id >= here.first_id and id <= top and world = 'live' order by id limit 1) e;
      if not here.is_rest then size := here.end_id - here.first_id; end if;
      -- A day tells little about half a year.
      if used_days >= 7 then size := ((top - here.first_id) / used_days * in_days)::bigint; end if;
    end if;
    size := least(in_most, greatest(in_least, size));
    select in_ahead - count(*) into missing from entry_block b where b.lane = in_lane and b.first_id > top and not b.is_rest;
    if missing > 0 then
      lock table only entry in access exclusive mode;
      select * into rest from entry_block b where b.lane = in_lane and b.is_rest;
      first := rest.first_id;
      execute format('alter table entry detach partition %s', rest.block);
      execute format('select max(id) from %s', rest.block) into last;
      if last is not null or top >= first then
        -- Nobody made blocks for a long time: what lies in the rest stays where it is and becomes a block.
        first := greatest(top, last) + in_least;
        execute format('alter table %s rename to %I', rest.block, format('entry_%s_%s', in_lane, rest.first_id % 1000000000000000));
        execute format('alter table entry attach partition %s for values from (%s) to (%s)', rest.block, rest.first_id, first);
      else
        execute format('drop table %s', rest.block);
      end if;
      for number in 1..missing loop
        perform keng_make_entry_block(in_lane, first, first + size);
        first := first + size;
        made := made + 1;
      end loop;
      perform keng_make_entry_block(in_lane, first, (in_lane + 1) * 1000000000000000::bigint);
    elsif used_days > in_days and not here.is_rest and here.end_id - top > 100000 then
      -- Far from the end of the block: no id that is drawn at this moment can be beyond it. The sequencer takes the ids that are left out
      -- for those of a transaction that was rolled back.
      perform setval(sequence, here.end_id - 1);
    end if;
  end loop;
  return made;
end $$;
revoke all on function keng_entry_blocks from public;
grant execute on function keng_entry_blocks to keng_core;
-- How far the lanes are: for the metrics.
grant select on sequence entry_fire_id, entry_fault_id, entry_routine_id to keng_core;

do $$
declare
  lane integer;
  sequence text;
  first bigint;
  empty boolean := not exists (select from entry_past);
begin
  for lane in 0..2 loop
    sequence := (array['entry_fire_id', 'entry_fault_id', 'entry_routine_id'])[lane + 1];
    if empty then
      first := lane * 1000000000000000::bigint + case lane when 0 then 0 else 1 end;
    else
      -- The first block begins where the constraint of the past ends. No id is being drawn: whoever draws one holds `entry`.
      first := (select (obj_description(oid, 'pg_constraint')::bigint[])[lane + 1] from pg_constraint where conname = 'entry_past_ids');
      perform setval(sequence, first - 1);
    end if;
    for number in 0..2 loop
      perform keng_make_entry_block(lane, first + number * 1000000, first + (number + 1) * 1000000);
    end loop;
    perform keng_make_entry_block(lane, first + 3000000, (lane + 1) * 1000000000000000::bigint);
  end loop;
  if empty then
    drop table entry_past;
  else
    alter table entry attach partition entry_past default;
  end if;
end $$;
