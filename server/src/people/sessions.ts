import { createHash, createHmac, randomBytes } from 'node:crypto';
import {
  type Actor,
  type AnyDraft,
  areRaised,
  type OrganisationCode,
  type Role,
  type UserId,
  type World,
} from '@keng/model';
import { appendEntries } from '../log/index.ts';
import type { FoundSession, PendingDuty, Sessions, SessionUser } from '../platform/http/index.ts';
import type { Clock, Pool, PoolClient, Secret } from '../platform/index.ts';
import { sessionUser } from './rules.ts';
import {
  closeExpired,
  closeSession,
  deleteClosed,
  endSession,
  endSessions,
  insertSession,
  type LogInMethod,
  readSession,
  type StoredSession,
  touchSession,
} from './session-store.ts';

/** Ours, not an official rule: a shift is eight hours, and nobody works twelve without logging in anew. */
export const SESSION_LIMITS = {
  idleSeconds: 8 * 3600,
  absoluteSeconds: 12 * 3600,
  /** An expired session is remembered this long: so long its open screens go on showing alarms. */
  rememberSeconds: 30 * 24 * 3600,
} as const;

export type SessionLimits = { readonly [Name in keyof typeof SESSION_LIMITS]: number };

export interface SessionDeps {
  /** Connects as keng_web. */
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
  /** Signs CSRF values. */
  readonly secret: Secret;
  readonly limits?: Partial<SessionLimits>;
  /** Whoever has one of these roles logs in with a key; default none. */
  readonly passkeyRoles?: readonly Role[];
}

export interface HowOpened {
  /** What the browser calls itself. */
  readonly agent?: string;
  readonly method?: LogInMethod;
}

/** A session is used at most this much earlier than the table says; it saves a write for almost every request. */
const touchEverySeconds = 60;
const sweepAtOnce = 50;

export interface OpenedSession {
  readonly token: string;
  readonly csrf: string;
  readonly expires: Date;
}

interface Account {
  readonly id: UserId;
  readonly organisation: OrganisationCode | null;
  readonly name: string;
}

export interface SessionView {
  readonly id: string;
  readonly user: SessionUser;
  readonly method: LogInMethod;
  readonly passwordTemporary: boolean;
  readonly pending: PendingDuty | null;
  readonly expiresAt: Date;
}

/** Sessions live in PostgreSQL and are looked up for each request: ending one holds from the next request on, in every process. */
export class SessionKeeper implements Sessions {
  readonly world: World;
  readonly limits: SessionLimits;
  readonly #deps: SessionDeps;

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    this.world = deps.world;
    this.limits = { ...SESSION_LIMITS, ...deps.limits };
  }

  async find(token: string): Promise<FoundSession | null> {
    const found = await this.#read(token);
    if (!found) return null;
    const now = this.#deps.clock.now(this.world);
    const expired = this.#isExpired(found, now);
    if (!expired && now.getTime() - found.last_seen_at.getTime() > touchEverySeconds * 1000) {
      await touchSession(this.#deps.pool, this.world, hashOf(token), now);
    }
    return { user: userOf(found, now), csrf: this.csrfOf(token), expired, pending: this.#pendingOf(found) };
  }

  async stillAllowed(token: string): Promise<SessionUser | null> {
    const found = await this.#read(token);
    return found && userOf(found, this.#deps.clock.now(this.world));
  }

  /** What GET /session tells beyond the user. */
  async view(token: string): Promise<SessionView | null> {
    const found = await this.#read(token);
    if (!found) return null;
    return {
      id: found.id,
      user: userOf(found, this.#deps.clock.now(this.world)),
      method: found.method,
      passwordTemporary: found.temporary ?? false,
      pending: this.#pendingOf(found),
      expiresAt: found.expires_at,
    };
  }

  /** Derived, not stored: whoever reads the table can forge nothing. */
  csrfOf(token: string): string {
    return createHmac('sha256', this.#deps.secret.reveal()).update(`csrf ${token}`).digest('base64url');
  }

  /** A new session with a token of its own, whatever the browser sent: a planted cookie is worth nothing. */
  async open(
    client: PoolClient,
    account: Account,
    remote: string,
    now: Date,
    how: HowOpened = {},
  ): Promise<OpenedSession> {
    const token = randomBytes(32).toString('base64url');
    const expires = new Date(now.getTime() + this.limits.absoluteSeconds * 1000);
    await insertSession(client, {
      world: this.world,
      tokenHash: hashOf(token),
      userId: account.id,
      remote,
      agent: how.agent ?? '',
      method: how.method ?? 'password',
      now,
      expires,
    });
    await appendEntries(client, [openedEntry(this.world, account, remote, how.method, now)], now);
    return { token, csrf: this.csrfOf(token), expires };
  }

  /** At log-out, and for what a browser still had when it logs in again. */
  async close(client: PoolClient, token: string, now: Date): Promise<void> {
    const closed = await closeSession(client, this.world, hashOf(token), 'log-out', now);
    if (closed) await appendEntries(client, [closedEntry(this.world, closed.user_id, 'log-out', now)], now);
  }

  /** Closes what nobody used in time and forgets what is long closed; a few at each log-in, so that no timer is needed. */
  async sweep(client: PoolClient, now: Date): Promise<void> {
    const idleBefore = new Date(now.getTime() - this.limits.idleSeconds * 1000);
    const closed = await closeExpired(client, this.world, idleBefore, now, sweepAtOnce);
    await appendEntries(
      client,
      closed.map((one) => closedEntry(this.world, one.user_id, 'expired', now)),
      now,
    );
    const forgetBefore = new Date(now.getTime() - this.limits.rememberSeconds * 1000);
    await deleteClosed(client, this.world, forgetBefore, sweepAtOnce);
  }

  async #read(token: string): Promise<StoredSession | null> {
    const found = await readSession(this.#deps.pool, hashOf(token));
    if (!found?.state.active) return null;
    return found.closed_reason === null || found.closed_reason === 'expired' ? found : null;
  }

  /** In this order: a key registered under a password that another knows would be theirs. */
  #pendingOf(found: StoredSession): PendingDuty | null {
    if (found.temporary) return 'password';
    const needed = found.state.roles.some((role) => this.#deps.passkeyRoles?.includes(role));
    return needed && found.passkeys === 0 ? 'passkey' : null;
  }

  #isExpired(session: StoredSession, now: Date): boolean {
    if (session.closed_reason === 'expired' || session.expires_at <= now) return true;
    return now.getTime() - session.last_seen_at.getTime() >= this.limits.idleSeconds * 1000;
  }
}

/** Ends every session of an account, with an entry for each. Used by the web and by the command line. */
export async function endAllSessions(
  client: PoolClient,
  world: World,
  userId: UserId,
  now: Date,
  by?: Actor,
): Promise<number> {
  const count = await endSessions(client, world, userId, now);
  const drafts = Array.from({ length: count }, () => closedEntry(world, userId, 'ended', now, by));
  await appendEntries(client, drafts, now);
  return count;
}

/** Ends one session; false when there is none to end. */
export async function endOneSession(
  client: PoolClient,
  world: World,
  userId: UserId,
  id: string,
  now: Date,
  by: Actor,
): Promise<boolean> {
  const ended = await endSession(client, world, userId, id, now);
  if (ended) await appendEntries(client, [closedEntry(world, userId, 'ended', now, by)], now);
  return ended;
}

function openedEntry(
  world: World,
  account: Account,
  remote: string,
  method: LogInMethod | undefined,
  at: Date,
): AnyDraft {
  return {
    world,
    kind: 'session.opened',
    lane: 2,
    subject: account.id,
    organisation: account.organisation,
    facility: null,
    revision: null,
    at,
    actor: { kind: 'user', id: account.id, name: account.name },
    body: { userId: account.id, remote, ...(method === undefined ? {} : { method }) },
  };
}

function closedEntry(
  world: World,
  userId: UserId,
  reason: 'log-out' | 'expired' | 'ended',
  at: Date,
  by: Actor = { kind: 'system', id: 'sessions' },
): AnyDraft {
  return {
    world,
    kind: 'session.closed',
    lane: 2,
    subject: userId,
    organisation: null,
    facility: null,
    revision: null,
    at,
    actor: by,
    body: { userId, reason },
  };
}

function userOf(found: StoredSession, now: Date): SessionUser {
  const { raised, raised_below: below } = found;
  const holds = raised !== null && below !== null && areRaised(raised, now);
  return sessionUser(found.state, found.level, found.below, holds ? { state: raised, below } : null);
}

export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
