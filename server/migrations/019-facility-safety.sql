-- The facility's own fire plan and inspections, the inspections of the police, and what owners declare.

-- What is due next stands in the narrow row that lists read; it is derived from the log by facilities/duties.ts. One row for each
-- facility that is not removed, so nobody is reminded of what is gone.
alter table facility_search
  add column self_inspection_due_on date,
  add column inspection_due_on date;
create index facility_search_self_due on facility_search (world, self_inspection_due_on, id);
create index facility_search_inspection_due on facility_search (world, inspection_due_on, id);

-- `state` is what the entries of the thing add up to; every other column is derived, for queries.
create table fire_plan (
  world world_name not null,
  id uuid not null,
  facility uuid not null,
  organisation text not null,
  version integer not null check (version > 0),
  revision integer not null check (revision > 0),
  state jsonb not null,
  primary key (world, id),
  -- Two people filing at the same moment do not give the same number twice.
  unique (world, facility, version),
  foreign key (world, facility) references facility (world, id),
  foreign key (world, organisation) references organisation (world, code)
);

create table self_inspection (
  world world_name not null,
  id uuid not null,
  facility uuid not null,
  organisation text not null,
  month text not null,
  revision integer not null check (revision > 0),
  state jsonb not null,
  primary key (world, id),
  foreign key (world, facility) references facility (world, id),
  foreign key (world, organisation) references organisation (world, code)
);
create index self_inspection_facility on self_inspection (world, facility, month);

create table inspection (
  world world_name not null,
  id uuid not null,
  facility uuid not null,
  organisation text not null,
  inspected_on date not null,
  revision integer not null check (revision > 0),
  state jsonb not null,
  primary key (world, id),
  foreign key (world, facility) references facility (world, id),
  foreign key (world, organisation) references organisation (world, code)
);
create index inspection_facility on inspection (world, facility, inspected_on);

-- One row for each finding that is open, for the lists of what is overdue; the finding itself is in the state of its inspection.
create table open_finding (
  world world_name not null,
  id uuid not null,
  inspection uuid not null,
  facility uuid not null,
  organisation text not null,
  deadline date not null,
  primary key (world, id),
  foreign key (world, inspection) references inspection (world, id),
  foreign key (world, facility) references facility (world, id),
  foreign key (world, organisation) references organisation (world, code)
);
create index open_finding_deadline on open_finding (world, deadline, id);
create index open_finding_facility on open_finding (world, facility);

create table facility_declaration (
  world world_name not null,
  id uuid not null,
  facility uuid not null,
  organisation text not null,
  status text not null check (status in ('open', 'accepted', 'refused', 'taken-back')),
  sent_at timestamptz(3) not null,
  revision integer not null check (revision > 0),
  state jsonb not null,
  primary key (world, id),
  foreign key (world, facility) references facility (world, id),
  foreign key (world, organisation) references organisation (world, code)
);
create index facility_declaration_facility on facility_declaration (world, facility, sent_at);
create index facility_declaration_status on facility_declaration (world, status, sent_at);

alter table fire_plan enable row level security;
alter table self_inspection enable row level security;
alter table inspection enable row level security;
alter table open_finding enable row level security;
alter table facility_declaration enable row level security;

create policy web on fire_plan to keng_web
  using (world = 'live' and keng_sees(organisation, facility)) with check (world = 'live' and keng_sees(organisation, facility));
create policy live_read on fire_plan for select to keng_core, keng_auditor using (world = 'live');
create policy exercise on fire_plan to keng_exercise using (world <> 'live') with check (world <> 'live');
-- A version is filed once; the next one is another row.
grant select, insert on fire_plan to keng_web, keng_exercise;
grant select on fire_plan to keng_core, keng_auditor;

create policy web on self_inspection to keng_web
  using (world = 'live' and keng_sees(organisation, facility)) with check (world = 'live' and keng_sees(organisation, facility));
create policy live_read on self_inspection for select to keng_core, keng_auditor using (world = 'live');
create policy exercise on self_inspection to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert on self_inspection to keng_web, keng_exercise;
grant select on self_inspection to keng_core, keng_auditor;

create policy web on inspection to keng_web
  using (world = 'live' and keng_sees(organisation, facility)) with check (world = 'live' and keng_sees(organisation, facility));
create policy live_read on inspection for select to keng_core, keng_auditor using (world = 'live');
create policy exercise on inspection to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update on inspection to keng_web, keng_exercise;
grant select on inspection to keng_core, keng_auditor;

create policy web on open_finding to keng_web
  using (world = 'live' and keng_sees(organisation, facility)) with check (world = 'live' and keng_sees(organisation, facility));
create policy exercise on open_finding to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update, delete on open_finding to keng_web, keng_exercise;

create policy web on facility_declaration to keng_web
  using (world = 'live' and keng_sees(organisation, facility)) with check (world = 'live' and keng_sees(organisation, facility));
create policy live_read on facility_declaration for select to keng_core, keng_auditor using (world = 'live');
create policy exercise on facility_declaration to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update on facility_declaration to keng_web, keng_exercise;
grant select on facility_declaration to keng_core, keng_auditor;

create or replace function keng_papers_follow() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update plan_file set organisation = new.organisation where world = new.world and facility = new.id;
  update facility_plan set organisation = new.organisation where world = new.world and facility = new.id;
  update fire_plan set organisation = new.organisation where world = new.world and facility = new.id;
  update self_inspection set organisation = new.organisation where world = new.world and facility = new.id;
  update inspection set organisation = new.organisation where world = new.world and facility = new.id;
  update open_finding set organisation = new.organisation where world = new.world and facility = new.id;
  update facility_declaration set organisation = new.organisation where world = new.world and facility = new.id;
  return null;
end $$;
