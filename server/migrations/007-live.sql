-- A beat that each web process writes once a second: the only sure sign that the database takes what it is given. Reading
-- still works on a full disk. No world: it says something of the server, not of what happened.
create table storage_beat (
  process text primary key,
  at timestamptz not null
);
grant select, insert, update, delete on storage_beat to keng_web;
