import type { OrganisationCode, RaisedRightsState, UserId, UserState, World } from '@keng/model';
import type { PoolClient, Queryable } from '../platform/index.ts';
import type { Level } from './rules.ts';

export const LOG_IN_METHODS = [
  'password',
  'passkey',
  'password+passkey',
  'provider',
  'provider+passkey',
  'recovery',
  'recovery+passkey',
] as const;
export type LogInMethod = (typeof LOG_IN_METHODS)[number];

export interface StoredSession {
  readonly id: string;
  readonly method: LogInMethod;
  readonly state: UserState;
  readonly created_at: Date;
  readonly last_seen_at: Date;
  readonly expires_at: Date;
  readonly closed_reason: 'log-out' | 'expired' | 'ended' | null;
  readonly temporary: boolean | null;
  /** Its owner wants a key after each password. */
  readonly second_factor: boolean | null;
  readonly passkeys: number;
  readonly level: Level | null;
  readonly below: readonly OrganisationCode[];
  /** What its user has raised last and not given back; its time may be over. */
  readonly raised: RaisedRightsState | null;
  readonly raised_below: readonly OrganisationCode[] | null;
}

/** One indexed query outside any transaction; it answers for the live world only. */
export async function readSession(db: Queryable, tokenHash: Buffer): Promise<StoredSession | null> {
  const { rows } = await db.query<StoredSession>({
    name: 'session-read',
    text: 'select * from keng_session($1)',
    values: [tokenHash],
  });
  return rows[0] ?? null;
}

export interface StoredCredential {
  readonly user_id: UserId;
  readonly hash: string;
  readonly changed_at: Date;
  readonly active: boolean;
  readonly organisation: OrganisationCode | null;
}

export async function readCredential(db: Queryable, login: string): Promise<StoredCredential | null> {
  const { rows } = await db.query<StoredCredential>('select * from keng_credential($1)', [login]);
  return rows[0] ?? null;
}

export async function insertSession(
  client: PoolClient,
  session: {
    readonly world: World;
    readonly tokenHash: Buffer;
    readonly userId: UserId;
    readonly remote: string;
    readonly agent: string;
    readonly method: LogInMethod;
    readonly now: Date;
    readonly expires: Date;
  },
): Promise<void> {
  await client.query(
    `insert into session (world, token_hash, user_id, remote, created_at, last_seen_at, expires_at, agent, method)
     values ($1, $2, $3, $4, $5, $5, $6, $7, $8)`,
    [
      session.world,
      session.tokenHash,
      session.userId,
      session.remote,
      session.now,
      session.expires,
      session.agent.slice(0, MOST_AGENT),
      session.method,
    ],
  );
}

/** A browser may call itself anything: this much of it is kept. */
const MOST_AGENT = 300;

/**
 * True while this account may log in with the password that was just checked. The locks make a change of password or a stop of the
 * account wait until the new session is there to be ended.
 */
export async function holdCredential(
  client: PoolClient,
  world: World,
  userId: UserId,
  changedAt: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from app_user u join credential c on c.world = u.world and c.user_id = u.id
     where u.world = $1 and u.id = $2 and u.active and c.changed_at = $3 for share`,
    [world, userId, changedAt],
  );
  return rowCount === 1;
}

export async function touchSession(db: Queryable, world: World, tokenHash: Buffer, now: Date): Promise<void> {
  await db.query(
    'update session set last_seen_at = greatest(last_seen_at, $3) where world = $1 and token_hash = $2',
    [world, tokenHash, now],
  );
}

export interface ClosedSession {
  readonly user_id: UserId;
}

/** Null when it was closed already. */
export async function closeSession(
  client: PoolClient,
  world: World,
  tokenHash: Buffer,
  reason: 'log-out' | 'ended',
  now: Date,
): Promise<ClosedSession | null> {
  const { rows } = await client.query<ClosedSession>(
    `update session set closed_at = $4, closed_reason = $3
     where world = $1 and token_hash = $2 and closed_reason is distinct from 'ended' and closed_reason is distinct from 'log-out'
     returning user_id`,
    [world, tokenHash, reason, now],
  );
  return rows[0] ?? null;
}

/** Ends all sessions of a user, expired ones too: their screens go dark. Gives how many there were. */
export async function endSessions(
  client: PoolClient,
  world: World,
  userId: UserId,
  now: Date,
): Promise<number> {
  const { rowCount } = await client.query(
    `update session set closed_at = $3, closed_reason = 'ended'
     where world = $1 and user_id = $2 and (closed_reason is null or closed_reason = 'expired')`,
    [world, userId, now],
  );
  return rowCount ?? 0;
}

export interface OpenSession {
  readonly id: string;
  readonly remote: string;
  readonly agent: string;
  readonly method: LogInMethod;
  readonly created_at: Date;
  readonly last_seen_at: Date;
  readonly expires_at: Date;
  readonly token_hash: Buffer;
}

/** Sessions of a user that can still act, the one used last first. */
export async function listOpenSessions(
  client: PoolClient,
  world: World,
  userId: UserId,
  usable: { readonly now: Date; readonly idleBefore: Date },
): Promise<OpenSession[]> {
  const { rows } = await client.query<OpenSession>(
    `select id, remote, agent, method, created_at, last_seen_at, expires_at, token_hash from session
     where world = $1 and user_id = $2 and closed_at is null and expires_at > $3 and last_seen_at > $4
     order by last_seen_at desc limit 200`,
    [world, userId, usable.now, usable.idleBefore],
  );
  return rows;
}

/** False when there is no such session of this user, or it was ended already. */
export async function endSession(
  client: PoolClient,
  world: World,
  userId: UserId,
  id: string,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update session set closed_at = $4, closed_reason = 'ended'
     where world = $1 and id = $2 and user_id = $3 and (closed_reason is null or closed_reason = 'expired')`,
    [world, id, userId, now],
  );
  return rowCount === 1;
}

/** Marks sessions that were not used in time, at most `limit`; whoever sweeps at the same moment takes others. */
export async function closeExpired(
  client: PoolClient,
  world: World,
  idleBefore: Date,
  now: Date,
  limit: number,
): Promise<ClosedSession[]> {
  const { rows } = await client.query<ClosedSession>(
    `update session set closed_at = $3, closed_reason = 'expired'
     where world = $1 and token_hash in (select token_hash from session
       where world = $1 and closed_at is null and (last_seen_at <= $2 or expires_at <= $3)
       order by last_seen_at limit $4 for update skip locked)
     returning user_id`,
    [world, idleBefore, now, limit],
  );
  return rows;
}

export async function deleteClosed(
  client: PoolClient,
  world: World,
  before: Date,
  limit: number,
): Promise<void> {
  await client.query(
    `delete from session where world = $1 and token_hash in (select token_hash from session
       where world = $1 and closed_at < $2 order by closed_at limit $3 for update skip locked)`,
    [world, before, limit],
  );
}

/** Whether this login has had a session from this address, so that guesses from elsewhere do not hold it up. */
export async function isAtHome(
  client: PoolClient,
  world: World,
  userId: UserId,
  remote: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    'select 1 from session where world = $1 and user_id = $2 and remote = $3 limit 1',
    [world, userId, remote],
  );
  return rowCount === 1;
}
