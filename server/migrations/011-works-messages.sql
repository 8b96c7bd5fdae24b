-- Messages about planned works: the reminder before their end is of no incident. Each message is about one of the two.
alter table notify_job
  alter column incident drop not null,
  add column works uuid,
  add foreign key (world, works) references works (world, id),
  add check ((incident is null) <> (works is null)),
  -- As with incidents: an entry that is handled twice makes one job.
  add unique (world, works, recipient, channel, purpose);
