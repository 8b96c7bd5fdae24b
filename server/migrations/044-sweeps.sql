-- What no longer waits for anybody is swept by whoever follows the log: see server/src/archive/sweep-old.ts.
create policy sweeper on set_aside for delete to keng_core using (world = 'live');
grant delete on set_aside to keng_core;
create index set_aside_retried on set_aside (world, retried_at) where retried_at is not null;
