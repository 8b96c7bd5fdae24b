-- Ways to log in beside passwords, sessions that can be named and ended one by one, and recovery without the internet.

-- What a person sees of a session. The key stays the hash of the token; the id is what a list may show.
alter table session
  add column id uuid not null default gen_random_uuid(),
  -- What the browser calls itself, cut short; a hint for whoever looks for their own session.
  add column agent text not null default '',
  add column method text not null default 'password'
    check (method in ('password', 'passkey', 'password+passkey', 'provider', 'provider+passkey', 'recovery', 'recovery+passkey'));
create unique index session_id on session (world, id);

-- Their owner wants the key to be asked for after every password; roles can be made to by configuration.
alter table credential add column second_factor boolean not null default false;
grant select (second_factor) on credential to keng_core, keng_web;

-- WebAuthn credentials. The private key never leaves the authenticator: a reader of this table can log in nowhere.
create table passkey (
  world world_name not null,
  id uuid not null,
  user_id uuid not null,
  -- As the authenticator named it, base64url.
  credential_id text not null check (length(credential_id) between 16 and 1400),
  public_key bytea not null,
  -- Goes up with each use where the authenticator counts; one that stands still or goes back is a copy.
  counter bigint not null,
  transports text[] not null,
  name text not null,
  backed_up boolean not null,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3),
  removed_at timestamptz(3),
  primary key (world, id),
  unique (world, credential_id),
  foreign key (world, user_id) references app_user (world, id)
);
create index passkey_of_user on passkey (world, user_id, created_at) where removed_at is null;

-- A step of a log-in or of a registration that waits for its answer. Deleted by whoever answers: an answer counts once.
create table log_in_step (
  world world_name not null,
  -- Of a random value in a cookie of its own, or of the session's token: the answer has to come from the same browser.
  token_hash bytea not null check (octet_length(token_hash) = 32),
  purpose text not null check (purpose in ('passkey', 'second-factor', 'register', 'provider')),
  user_id uuid,
  detail jsonb not null,
  expires_at timestamptz(3) not null,
  primary key (world, token_hash, purpose),
  foreign key (world, user_id) references app_user (world, id)
);
create index log_in_step_age on log_in_step (world, expires_at);

-- Who a subject of an OpenID provider is here.
create table provider_link (
  world world_name not null,
  issuer text not null check (length(issuer) <= 500),
  subject text not null check (length(subject) <= 255),
  user_id uuid not null,
  linked_at timestamptz(3) not null,
  primary key (world, issuer, subject),
  foreign key (world, user_id) references app_user (world, id)
);
create index provider_link_of_user on provider_link (world, user_id);

-- One-time codes on paper. 99 random bits need no slow hash.
create table recovery_code (
  world world_name not null,
  user_id uuid not null,
  code_hash bytea not null check (octet_length(code_hash) = 32),
  -- Null: made on the machine itself.
  issued_by uuid,
  -- Who confirms may not be allowed to see the issuer's account, and has to know who it was.
  issued_by_name text,
  issued_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  -- Two persons are wanted, and the second has not been there yet.
  waits boolean not null,
  -- The keys are lost, too: they are removed when the code is used.
  removes_passkeys boolean not null,
  primary key (world, user_id),
  foreign key (world, user_id) references app_user (world, id),
  foreign key (world, issued_by) references app_user (world, id)
);

alter table passkey enable row level security;
alter table log_in_step enable row level security;
alter table provider_link enable row level security;
alter table recovery_code enable row level security;

create policy live on passkey to keng_core, keng_web using (world = 'live') with check (world = 'live');
grant select, insert, update (counter, backed_up, last_used_at, removed_at, name) on passkey to keng_core, keng_web;
create policy live on log_in_step to keng_web using (world = 'live') with check (world = 'live');
grant select, insert, delete on log_in_step to keng_web;
create policy live on provider_link to keng_core, keng_web using (world = 'live') with check (world = 'live');
grant select, insert, delete on provider_link to keng_core, keng_web;
create policy live on recovery_code to keng_core, keng_web using (world = 'live') with check (world = 'live');
grant select, insert, update, delete on recovery_code to keng_core, keng_web;

-- The same question as before, with what the gate has to know besides: how somebody came in, and whether they have a key.
drop function keng_session(bytea);
create function keng_session(asked_hash bytea)
  returns table (
    id uuid, method text, state jsonb, created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz, closed_reason text,
    temporary boolean, second_factor boolean, passkeys integer, level text, below text[]
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
      )
    from session s
    join app_user u on u.world = s.world and u.id = s.user_id
    left join credential c on c.world = u.world and c.user_id = u.id
    left join organisation o on o.world = u.world and o.code = u.organisation
    where s.world = 'live' and s.token_hash = asked_hash;
  end;
revoke execute on function keng_session(bytea) from public;
grant execute on function keng_session(bytea) to keng_web;
