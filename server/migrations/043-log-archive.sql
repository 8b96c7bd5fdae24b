-- Archive files of the log: which positions each holds, and how the chain of seals goes through it. Written by `keng archive` as the
-- owner, read by whoever has to say where the live log begins. See server/src/archive/README.md.
create table log_archive (
  world world_name not null,
  last_position bigint not null,
  first_position bigint not null,
  -- The chain before the first position and after the last: what is left in the tables is checked from here on.
  previous_hash bytea not null,
  hash bytea not null,
  -- Its name without a folder: the folder is a setting, and may move.
  file text not null check (file ~ '^[a-z0-9][a-z0-9.-]{1,200}$'),
  bytes bigint not null,
  sha256 bytea not null,
  entries integer not null,
  first_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  written_at timestamptz(3) not null,
  -- When the first entries of it (or of a later one) left the tables; null: all of them are there still.
  left_at timestamptz(3),
  -- Replaced by `file` after an erasure, and not removed yet.
  previous_file text,
  primary key (world, last_position),
  check (first_position <= last_position)
);
alter table log_archive enable row level security;
create policy live_read on log_archive for select to keng_core, keng_web, keng_sender, keng_auditor, keng_eraser using (world = 'live');
create policy exercise on log_archive for select to keng_exercise using (world <> 'live');
grant select on log_archive to keng_core, keng_web, keng_sender, keng_auditor, keng_eraser, keng_exercise;

-- A person who was erased from the tables and still stands in archive files: until they are written anew, what to look for must be known.
-- Nobody of the program reads it; the row goes in the transaction that names the new files.
create table archive_erasure (
  world world_name not null,
  id uuid not null,
  facility uuid not null,
  contact uuid not null,
  identity jsonb not null,
  asked_at timestamptz(3) not null,
  primary key (world, id),
  foreign key (world, id) references erasure (world, id)
);
alter table archive_erasure enable row level security;
create policy eraser on archive_erasure for insert to keng_eraser with check (world = 'live');
grant insert on archive_erasure to keng_eraser;
-- How many wait, without who.
create policy core on archive_erasure for select to keng_core using (world = 'live');
grant select (world, id, asked_at) on archive_erasure to keng_core;
