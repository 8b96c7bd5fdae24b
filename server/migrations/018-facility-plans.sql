-- Drawings of facilities. Bytes lie here and not in a folder: a backup, a standby and a second web machine have them without being told.

-- What is left of an upload, under the SHA-256 of its bytes. For each facility anew: whoever may see one facility must not learn
-- that another one has the same drawing.
create table plan_file (
  world world_name not null,
  facility uuid not null,
  sha256 text not null check (length(sha256) = 64),
  organisation text not null,
  media_type text not null check (media_type in ('image/webp', 'application/pdf')),
  content bytea not null,
  primary key (world, facility, sha256),
  foreign key (world, facility) references facility (world, id),
  foreign key (world, organisation) references organisation (world, code)
);
-- It is compressed already.
alter table plan_file alter column content set storage external;

-- `state` is what the entries plan.* add up to; every other column is derived, for queries.
create table facility_plan (
  world world_name not null,
  id uuid not null,
  facility uuid not null,
  organisation text not null,
  withdrawn boolean not null,
  revision integer not null check (revision > 0),
  state jsonb not null,
  primary key (world, id),
  foreign key (world, facility) references facility (world, id),
  foreign key (world, organisation) references organisation (world, code)
);
create index facility_plan_facility on facility_plan (world, facility);

alter table plan_file enable row level security;
alter table facility_plan enable row level security;

create policy web on plan_file to keng_web
  using (world = 'live' and keng_sees(organisation, facility)) with check (world = 'live' and keng_sees(organisation, facility));
create policy exercise on plan_file to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert on plan_file to keng_web, keng_exercise;

create policy web on facility_plan to keng_web
  using (world = 'live' and keng_sees(organisation, facility)) with check (world = 'live' and keng_sees(organisation, facility));
create policy live_read on facility_plan for select to keng_core, keng_auditor using (world = 'live');
create policy exercise on facility_plan to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update on facility_plan to keng_web, keng_exercise;
grant select on facility_plan to keng_core, keng_auditor;

-- Papers follow their facility when another organisation answers for it. A trigger: whatever changes a facility, form or import, must
-- not have to know them. The owner's rights, because whoever hands a facility over does not see the new organisation's rows.
create function keng_papers_follow() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update plan_file set organisation = new.organisation where world = new.world and facility = new.id;
  update facility_plan set organisation = new.organisation where world = new.world and facility = new.id;
  return null;
end $$;
revoke all on function keng_papers_follow from public;
create trigger papers_follow after update of organisation on facility for each row
  when (old.organisation is distinct from new.organisation) execute function keng_papers_follow();
