-- The log so far becomes one part of a partitioned table (042). What is in it must be known to the database beforehand, or it reads
-- every row while nobody may write: here the sentence is written down in a moment, and believed for new rows only.
--
-- Each lane goes on below its bound until 042; a million ids are more than any centre draws in between.
do $$
declare
  fire bigint := (select last_value + 1000000 from entry_fire_id);
  fault bigint := (select last_value + 1000000 from entry_fault_id);
  routine bigint := (select last_value + 1000000 from entry_routine_id);
begin
  execute format('alter table entry add constraint entry_past_ids check (id < %s or (id > 1000000000000000 and id < %s)
    or (id > 2000000000000000 and id < %s)) not valid', fire, fault, routine);
  -- 042 reads them here.
  execute format('comment on constraint entry_past_ids on entry is %L', format('{%s,%s,%s}', fire, fault, routine));
end $$;
