-- Users, their passwords and their sessions; who may load organisations.

-- Country packs and demonstration data are loaded by the program itself, never by a request.
grant insert, update on organisation to keng_core, keng_exercise;

-- `state` is what the entries user.created and user.changed add up to; the other columns are drawn from it.
create table app_user (
  world world_name not null references world,
  id uuid not null,
  login text not null,
  organisation text,
  active boolean not null,
  -- Login and name without marks, for searching; a centre has hundreds of users, so it is scanned.
  folded text not null,
  revision integer not null check (revision > 0),
  state jsonb not null,
  primary key (world, id),
  unique (world, login),
  foreign key (world, organisation) references organisation (world, code)
);
create index app_user_organisation on app_user (world, organisation, login);

-- Never in an entry, never readable by the web: it is checked through keng_credential().
create table credential (
  world world_name not null,
  user_id uuid not null,
  -- argon2id in PHC form: parameters and salt are part of it.
  hash text not null,
  -- Set by somebody else: the console asks its owner for a new one.
  temporary boolean not null,
  changed_at timestamptz(3) not null,
  primary key (world, user_id),
  foreign key (world, user_id) references app_user (world, id)
);

-- The token itself exists only in the browser's cookie. A closed session stays for a while, because "expired" and "ended" differ: a
-- screen whose log-in has expired goes on showing alarms, one whose account was stopped does not.
create table session (
  world world_name not null,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  user_id uuid not null,
  remote text not null,
  created_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  closed_at timestamptz(3),
  closed_reason text check (closed_reason in ('log-out', 'expired', 'ended')),
  primary key (world, token_hash),
  foreign key (world, user_id) references app_user (world, id),
  check ((closed_at is null) = (closed_reason is null))
);
-- Ending all sessions of an account; addresses from which it has logged in before.
create index session_of_user on session (world, user_id, remote);
-- Sweeping: open sessions by the time they were last used.
create index session_open on session (world, last_seen_at) where closed_at is null;
create index session_closed on session (world, closed_at) where closed_at is not null;

-- Failed log-ins by login, by address, and by both where that login is at home.
create table log_in_failure (
  world world_name not null,
  key text not null,
  failures integer not null,
  last_at timestamptz(3) not null,
  blocked_until timestamptz(3),
  -- One entry a block, so that a guesser cannot fill the log.
  reported boolean not null default false,
  primary key (world, key)
);
create index log_in_failure_age on log_in_failure (world, last_at);

alter table app_user enable row level security;
alter table credential enable row level security;
alter table session enable row level security;
alter table log_in_failure enable row level security;

-- The web sees and changes users of the organisations it may see; a user without one only with scope '*'.
create policy core on app_user to keng_core using (world = 'live') with check (world = 'live');
create policy web on app_user to keng_web using (world = 'live' and keng_sees(organisation, null))
  with check (world = 'live' and keng_sees(organisation, null));
create policy auditor on app_user for select to keng_auditor using (world = 'live');
create policy exercise on app_user to keng_exercise using (world <> 'live') with check (world <> 'live');
grant select, insert, update on app_user to keng_core, keng_web, keng_exercise;
grant select on app_user to keng_auditor;

create policy live on credential to keng_core, keng_web using (world = 'live') with check (world = 'live');
grant select (world, user_id, temporary, changed_at), insert, update on credential to keng_core, keng_web;

create policy live on session to keng_core, keng_web using (world = 'live') with check (world = 'live');
grant select, update, delete on session to keng_core, keng_web;
grant insert on session to keng_web;

create policy live on log_in_failure to keng_core, keng_web using (world = 'live') with check (world = 'live');
grant select, insert, update, delete on log_in_failure to keng_web;
grant select, delete on log_in_failure to keng_core;

-- Before somebody is logged in there is no scope, so these two run with the rights of the owner. Each answers exactly one question
-- and only in the live world: whose password hash belongs to this login, who stands behind the token with this hash.
create function keng_credential(asked_login text)
  returns table (user_id uuid, hash text, changed_at timestamptz, active boolean, organisation text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select u.id, c.hash, c.changed_at, u.active, u.organisation
    from app_user u join credential c on c.world = u.world and c.user_id = u.id
    where u.world = 'live' and u.login = asked_login;
  end;

create function keng_session(asked_hash bytea)
  returns table (
    state jsonb, created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz, closed_reason text,
    temporary boolean, level text, below text[]
  )
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select u.state, s.created_at, s.last_seen_at, s.expires_at, s.closed_reason, c.temporary, o.level,
      array(
        with recursive tree (code) as (
          select o.code where o.code is not null
          union
          select child.code from organisation child join tree on child.parent = tree.code where child.world = 'live'
        )
        select tree.code from tree
      )
    from session s
    join app_user u on u.world = s.world and u.id = s.user_id
    left join credential c on c.world = u.world and c.user_id = u.id
    left join organisation o on o.world = u.world and o.code = u.organisation
    where s.world = 'live' and s.token_hash = asked_hash;
  end;

revoke execute on function keng_credential(text), keng_session(bytea) from public;
grant execute on function keng_credential(text), keng_session(bytea) to keng_web;
