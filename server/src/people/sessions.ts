import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { AnyDraft, OrganisationCode, UserId, World } from '@keng/model';
import { appendEntries } from '../log/index.ts';
import type { FoundSession, Sessions, SessionUser } from '../platform/http/index.ts';
import type { Clock, Pool, PoolClient, Secret } from '../platform/index.ts';
import { sessionUser } from './rules.ts';
import {
  closeExpired,
  closeSession,
  deleteClosed,
  endSessions,
  insertSession,
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
  readonly user: SessionUser;
  readonly passwordTemporary: boolean;
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
    return { user: userOf(found), csrf: this.csrfOf(token), expired };
  }

  async stillAllowed(token: string): Promise<SessionUser | null> {
    const found = await this.#read(token);
    return found && userOf(found);
  }

  /** What GET /session tells beyond the user. */
  async view(token: string): Promise<SessionView | null> {
    const found = await this.#read(token);
    if (!found) return null;
    return { user: userOf(found), passwordTemporary: found.temporary ?? false, expiresAt: found.expires_at };
  }

  /** Derived, not stored: whoever reads the table can forge nothing. */
  csrfOf(token: string): string {
    return createHmac('sha256', this.#deps.secret.reveal()).update(`csrf ${token}`).digest('base64url');
  }

  /** A new session with a token of its own, whatever the browser sent: a planted cookie is worth nothing. */
  async open(client: PoolClient, account: Account, remote: string, now: Date): Promise<OpenedSession> {
    const token = randomBytes(32).toString('base64url');
    const expires = new Date(now.getTime() + this.limits.absoluteSeconds * 1000);
    await insertSession(client, {
      world: this.world,
      tokenHash: hashOf(token),
      userId: account.id,
      remote,
      now,
      expires,
    });
    await appendEntries(client, [openedEntry(this.world, account, remote, now)], now);
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
): Promise<void> {
  const count = await endSessions(client, world, userId, now);
  const drafts = Array.from({ length: count }, () => closedEntry(world, userId, 'ended', now));
  await appendEntries(client, drafts, now);
}

function openedEntry(world: World, account: Account, remote: string, at: Date): AnyDraft {
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
    body: { userId: account.id, remote },
  };
}

function closedEntry(
  world: World,
  userId: UserId,
  reason: 'log-out' | 'expired' | 'ended',
  at: Date,
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
    actor: { kind: 'system', id: 'sessions' },
    body: { userId, reason },
  };
}

function userOf(found: StoredSession): SessionUser {
  return sessionUser(found.state, found.level, found.below);
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
