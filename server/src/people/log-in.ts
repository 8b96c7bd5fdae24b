import {
  type AnyDraft,
  type EntryBody,
  type OrganisationCode,
  Problem,
  type UserId,
  type UserState,
  type World,
} from '@keng/model';
import { appendEntries } from '../log/index.ts';
import { scopedTransaction } from '../platform/http/index.ts';
import type { Clock, Pool, PoolClient } from '../platform/index.ts';
import { admitFirstFactor, type Caller, type Outcome } from './admit.ts';
import type { IdentityPolicy } from './identity-policy.ts';
import { type Attempt, forgetFailures, reserveAttempt } from './log-in-limits.ts';
import { checkPassword, hashPassword, isOutdated, verifyPassword } from './password.ts';
import {
  holdCredential,
  isAtHome,
  type LogInMethod,
  readCredential,
  type StoredCredential,
} from './session-store.ts';
import { endAllSessions, type OpenedSession, type SessionKeeper } from './sessions.ts';
import { loadUser, renewHash, storeCredential } from './user-store.ts';

export interface LogInDeps {
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
  readonly sessions: SessionKeeper;
  readonly policy: IdentityPolicy;
}

export interface LogIn {
  readonly login: string;
  readonly password: string;
  readonly caller: Caller;
}

export type RefusalReason = EntryBody<'session.refused'>['reason'];

/**
 * Unknown login, wrong password and stopped account are one answer in one time, so that nobody learns which logins there are; the
 * log says which it was.
 */
export async function logIn(deps: LogInDeps, request: LogIn): Promise<Outcome> {
  const credential = await checkedCredential(deps, request);
  const fresh = isOutdated(credential.hash) ? await hashPassword(request.password) : null;
  const now = deps.clock.now(deps.world);
  const opened = await inWholeScope(deps, async (client) => {
    if (!(await holdCredential(client, deps.world, credential.user_id, credential.changed_at))) return null;
    const user = await existingUser(client, deps.world, credential.user_id);
    await forgetFailures(client, deps.world, await attemptOf(client, deps.world, request, credential));
    if (fresh !== null) await renewHash(client, deps.world, user.id, fresh);
    return await admitFirstFactor(deps, client, user, 'password', request.caller, now);
  });
  if (!opened) throw wrong();
  return opened;
}

export interface OwnPasswordChange {
  readonly userId: UserId;
  readonly login: string;
  readonly current: string;
  readonly next: string;
  readonly caller: Caller;
  /** How this session was opened: the new one in its place is no weaker and no stronger. */
  readonly method: LogInMethod;
}

/** One's own new password: asked for with the current one, ends every session, and opens a new one here. */
export async function changeOwnPassword(deps: LogInDeps, change: OwnPasswordChange): Promise<OpenedSession> {
  checkPassword(change.next, change.login);
  const request = { login: change.login, password: change.current, caller: change.caller };
  const credential = await checkedCredential(deps, request);
  const hash = await hashPassword(change.next);
  const now = deps.clock.now(deps.world);
  const opened = await inWholeScope(deps, async (client) => {
    if (!(await holdCredential(client, deps.world, change.userId, credential.changed_at))) return null;
    const user = await existingUser(client, deps.world, change.userId);
    await forgetFailures(client, deps.world, await attemptOf(client, deps.world, request, credential));
    await storeCredential(client, deps.world, user.id, { hash, temporary: false }, now);
    await endAllSessions(client, deps.world, user.id, now);
    await appendEntries(client, [passwordSet(deps.world, user, now)], now);
    const { remote, agent } = change.caller;
    return await deps.sessions.open(client, user, remote, now, { agent, method: change.method });
  });
  if (!opened) throw wrong();
  return opened;
}

/**
 * Somebody who is logged in proves once more who sits there, before their ways in are changed.
 * @throws Problem as a log-in does; the same limits count it.
 */
export async function proveAgain(deps: LogInDeps, request: LogIn): Promise<void> {
  const credential = await checkedCredential(deps, request);
  await inWholeScope(deps, async (client) =>
    forgetFailures(client, deps.world, await attemptOf(client, deps.world, request, credential)),
  );
}

/** Counts the attempt, checks the password, and refuses with an entry. */
async function checkedCredential(deps: LogInDeps, request: LogIn): Promise<StoredCredential> {
  const credential = await readCredential(deps.pool, request.login);
  const now = deps.clock.now(deps.world);
  const reserved = await inWholeScope(deps, async (client) => {
    const attempt = await attemptOf(client, deps.world, request, credential);
    const reservation = await reserveAttempt(client, deps.world, attempt, now);
    if (!reservation.admitted && reservation.report) {
      await appendEntries(client, [refusedEntry(deps.world, request, credential, 'limited', now)], now);
    }
    return reservation;
  });
  if (!reserved.admitted) throw limited(reserved.waitSeconds);
  const right = await verifyPassword(credential?.hash ?? null, request.password);
  if (credential?.active && right) return credential;
  const reason = credential === null ? 'unknown' : right ? 'inactive' : 'password';
  await inWholeScope(deps, (client) =>
    appendEntries(client, [refusedEntry(deps.world, request, credential, reason, now)], now),
  );
  throw wrong();
}

export const wrong = (): Problem =>
  new Problem(401, 'session.refused', 'The login or the password is not right, or the account is stopped.');

export const limited = (waitSeconds: number): Problem =>
  new Problem(429, 'session.limited', `Too many failed log-ins; wait ${waitSeconds} s.`, {
    params: { retryAfterSeconds: waitSeconds },
  });

export async function attemptOf(
  client: PoolClient,
  world: World,
  request: Pick<LogIn, 'login' | 'caller'>,
  credential: Pick<StoredCredential, 'user_id'> | null,
): Promise<Attempt> {
  const { remote } = request.caller;
  const atHome = credential !== null && (await isAtHome(client, world, credential.user_id, remote));
  return { login: request.login, remote, atHome };
}

export async function existingUser(client: PoolClient, world: World, id: UserId): Promise<UserState> {
  const user = await loadUser(client, world, id);
  if (!user) throw new Error(`user ${id} has a credential and no row`);
  return user.state;
}

/** Nobody is logged in yet, so the program itself looks: at this one account, by the functions above. */
export async function inWholeScope<Result>(
  deps: Pick<LogInDeps, 'pool'>,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  return await scopedTransaction(deps.pool, { organisations: '*', facilities: [] }, work);
}

export function refusedEntry(
  world: World,
  request: Pick<LogIn, 'login' | 'caller'>,
  credential: Pick<StoredCredential, 'user_id' | 'organisation'> | null,
  reason: RefusalReason,
  at: Date,
): AnyDraft {
  const organisation: OrganisationCode | null = credential?.organisation ?? null;
  return {
    world,
    kind: 'session.refused',
    lane: 2,
    subject: credential?.user_id ?? `login:${request.login}`,
    organisation,
    facility: null,
    revision: null,
    at,
    actor: { kind: 'system', id: 'sessions' },
    body: { login: request.login, remote: request.caller.remote, reason },
  };
}

function passwordSet(world: World, user: UserState, at: Date): AnyDraft {
  return {
    world,
    kind: 'user.password-set',
    lane: 2,
    subject: user.id,
    organisation: user.organisation,
    facility: null,
    revision: null,
    at,
    actor: { kind: 'user', id: user.id, name: user.name },
    body: { userId: user.id, by: 'self' },
  };
}
