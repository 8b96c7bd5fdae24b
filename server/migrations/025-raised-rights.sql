-- Break-glass: rights raised for a while, with a reason, told to the level above and reviewed by somebody else.

create table raised_rights (
  world world_name not null,
  id uuid not null,
  user_id uuid not null,
  -- Of the user: whoever sees it is told.
  organisation text not null,
  target text not null,
  until_at timestamptz(3) not null,
  ended_at timestamptz(3),
  reviewed_at timestamptz(3),
  revision integer not null check (revision > 0),
  state jsonb not null,
  primary key (world, id),
  foreign key (world, user_id) references app_user (world, id),
  foreign key (world, organisation) references organisation (world, code),
  foreign key (world, target) references organisation (world, code)
);
-- Asked with each session: what somebody has raised and not given back.
create index raised_rights_of_user on raised_rights (world, user_id, until_at) where ended_at is null;
-- What waits for a review; and the list, the newest first.
create index raised_rights_open on raised_rights (world, until_at) where reviewed_at is null;

alter table raised_rights enable row level security;
create policy web on raised_rights to keng_web
  using (world = 'live' and (keng_sees(organisation, null) or keng_sees(target, null)))
  with check (world = 'live');
create policy core on raised_rights for select to keng_core using (world = 'live');
create policy auditor on raised_rights for select to keng_auditor using (world = 'live');
grant select, insert, update (ended_at, reviewed_at, revision, state) on raised_rights to keng_web;
grant select on raised_rights to keng_core, keng_auditor;

drop function keng_session(bytea);
create function keng_session(asked_hash bytea)
  returns table (
    id uuid, method text, state jsonb, created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz, closed_reason text,
    temporary boolean, second_factor boolean, passkeys integer, level text, below text[], raised jsonb, raised_below text[]
  )
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select s.id, s.method, u.state, s.created_at, s.last_seen_at, s.expires_at, s.closed_reason, c.temporary, c.second_factor,
      (select count(*)::integer from passkey p where p.world = u.world and p.user_id = u.id and p.removed_at is null), o.level,
      array(
        with recursive tree (code) as (
          select o.code where o.code is not null
          union
          select child.code from organisation child join tree on child.parent = tree.code where child.world = 'live'
        )
        select tree.code from tree
      ),
      r.state,
      case when r.target is null then null else array(
        with recursive tree (code) as (
          select r.target
          union
          select child.code from organisation child join tree on child.parent = tree.code where child.world = 'live'
        )
        select tree.code from tree
      ) end
    from session s
    join app_user u on u.world = s.world and u.id = s.user_id
    left join credential c on c.world = u.world and c.user_id = u.id
    left join organisation o on o.world = u.world and o.code = u.organisation
    left join lateral (select rr.state, rr.target from raised_rights rr
      where rr.world = u.world and rr.user_id = u.id and rr.ended_at is null order by rr.until_at desc limit 1) r on true
    where s.world = 'live' and s.token_hash = asked_hash;
  end;
revoke execute on function keng_session(bytea) from public;
grant execute on function keng_session(bytea) to keng_web;
