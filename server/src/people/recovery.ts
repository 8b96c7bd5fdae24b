import { createHash } from 'node:crypto';
import {
  type AnyDraft,
  anyDraft,
  conflict,
  type EntryBody,
  forbidden,
  notFound,
  Problem,
  type UserBody,
  type UserId,
  type UserState,
} from '@keng/model';
import { appendEntries } from '../log/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { admitFirstFactor, type Caller, type Outcome } from './admit.ts';
import { attemptOf, inWholeScope, type LogInDeps, limited, refusedEntry } from './log-in.ts';
import { forgetFailures, reserveAttempt } from './log-in-limits.ts';
import { listPasskeys, removePasskey } from './passkey-store.ts';
import { checkPassword, generatePassword, hashPassword } from './password.ts';
import { permitChange } from './rules.ts';
import { endAllSessions } from './sessions.ts';
import { loadUser, storeCredential } from './user-store.ts';
import type { Asked } from './users.ts';

/** Ours, not an official rule: long enough for a shift that brings the paper, short enough that a lost one is soon worth nothing. */
export const RECOVERY_HOURS = 24;

export interface Issue {
  readonly removesPasskeys: boolean;
  readonly twoPersons: boolean;
}

export interface IssuedRecovery {
  /** To be printed; it is shown only now. */
  readonly code: string;
  readonly expiresAt: Date;
  /** A second administrator has to confirm it before it counts. */
  readonly waits: boolean;
}

/** Makes a one-time code for somebody who cannot log in. An older code of theirs is worth nothing from now on. */
export async function issueRecovery(
  client: PoolClient,
  asked: Asked,
  userId: UserId,
  issue: Issue,
): Promise<IssuedRecovery> {
  const user = await changeableUser(client, asked, userId);
  if (!user.active) throw conflict('recovery.inactive', 'This account is stopped: start it first.');
  const code = generatePassword();
  const expiresAt = new Date(asked.now.getTime() + RECOVERY_HOURS * 3_600_000);
  const waits = issue.twoPersons && asked.by !== null;
  await client.query(
    `insert into recovery_code (world, user_id, code_hash, issued_by, issued_by_name, issued_at, expires_at, waits, removes_passkeys)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (world, user_id) do update set code_hash = excluded.code_hash, issued_by = excluded.issued_by,
       issued_by_name = excluded.issued_by_name,
       issued_at = excluded.issued_at, expires_at = excluded.expires_at, waits = excluded.waits,
       removes_passkeys = excluded.removes_passkeys`,
    [
      asked.world,
      userId,
      hashOfCode(code),
      asked.by?.id ?? null,
      asked.by?.name ?? null,
      asked.now,
      expiresAt,
      waits,
      issue.removesPasskeys,
    ],
  );
  await note(client, asked, user, 'user.recovery-issued', {
    userId,
    expiresAt: expiresAt.toISOString(),
    waits,
    removesPasskeys: issue.removesPasskeys,
  });
  return { code, expiresAt, waits };
}

/** The second person: neither who issued it nor whom it is for. */
export async function confirmRecovery(client: PoolClient, asked: Asked, userId: UserId): Promise<void> {
  const user = await changeableUser(client, asked, userId);
  const { rows } = await client.query<{ issued_by: UserId | null }>(
    `select issued_by from recovery_code where world = $1 and user_id = $2 and waits and expires_at > $3 for update`,
    [asked.world, userId, asked.now],
  );
  if (rows[0] === undefined)
    throw conflict('recovery.none-waits', 'No recovery code waits for a confirmation.');
  if (asked.by?.id === rows[0].issued_by) {
    throw new Problem(403, 'recovery.same-person', 'Somebody else than the issuer confirms a recovery code.');
  }
  await client.query('update recovery_code set waits = false where world = $1 and user_id = $2', [
    asked.world,
    userId,
  ]);
  await note(client, asked, user, 'user.recovery-confirmed', { userId });
}

/** The paper was lost, or nobody needs it any more. */
export async function withdrawRecovery(client: PoolClient, asked: Asked, userId: UserId): Promise<void> {
  const user = await changeableUser(client, asked, userId);
  const { rowCount } = await client.query('delete from recovery_code where world = $1 and user_id = $2', [
    asked.world,
    userId,
  ]);
  if (rowCount !== 1) throw notFound('recovery', userId);
  await note(client, asked, user, 'user.recovery-withdrawn', { userId });
}

async function changeableUser(client: PoolClient, asked: Asked, userId: UserId): Promise<UserState> {
  const user = await loadUser(client, asked.world, userId, 'for update');
  if (!user) throw notFound('user', userId);
  if (asked.by?.id === userId) throw forbidden('user.write');
  if (asked.by) permitChange(asked.by, user.state, user.state);
  return user.state;
}

export interface Recovery {
  readonly login: string;
  readonly code: string;
  /** The new password; nobody else knows it, so nothing is temporary afterwards. */
  readonly next: string;
  readonly caller: Caller;
}

/** The code in, a new password, every other session out. Wrong codes are counted as wrong passwords are. */
export async function recover(deps: LogInDeps, request: Recovery): Promise<Outcome> {
  checkPassword(request.next, request.login);
  await reserve(deps, request);
  const hash = await hashPassword(request.next);
  const now = deps.clock.now(deps.world);
  const outcome = await inWholeScope(deps, async (client) => {
    const user = await useCode(client, deps, request, now);
    if (user === null) return null;
    await forgetFailures(
      client,
      deps.world,
      await attemptOf(client, deps.world, request, { user_id: user.id }),
    );
    await storeCredential(client, deps.world, user.id, { hash, temporary: false }, now);
    await endAllSessions(client, deps.world, user.id, now);
    const caller = { ...request.caller, presented: null };
    return await admitFirstFactor(deps, client, user, 'recovery', caller, now);
  });
  if (outcome) return outcome;
  await inWholeScope(deps, (client) =>
    appendEntries(client, [refusedEntry(deps.world, request, null, 'recovery', now)], now),
  );
  throw new Problem(401, 'recovery.refused', 'The code is not right, was used already, or is too old.');
}

async function reserve(deps: LogInDeps, request: Recovery): Promise<void> {
  const now = deps.clock.now(deps.world);
  const reserved = await inWholeScope(deps, async (client) =>
    reserveAttempt(client, deps.world, await attemptOf(client, deps.world, request, null), now),
  );
  if (!reserved.admitted) throw limited(reserved.waitSeconds);
}

/** Takes the code away, so that it counts once; null when it is not this user's, too old, or used. */
async function useCode(
  client: PoolClient,
  deps: LogInDeps,
  request: Recovery,
  now: Date,
): Promise<UserState | null> {
  const { rows } = await client.query<{ state: UserState; waits: boolean; removes_passkeys: boolean }>(
    `select u.state, r.waits, r.removes_passkeys from recovery_code r
       join app_user u on u.world = r.world and u.id = r.user_id
     where u.world = $1 and u.login = $2 and u.active and r.code_hash = $3 and r.expires_at > $4 for update`,
    [deps.world, request.login, hashOfCode(request.code), now],
  );
  const [found] = rows;
  if (!found) return null;
  if (found.waits) {
    throw conflict('recovery.waits', 'A second administrator has to confirm this code before it counts.');
  }
  const user = found.state;
  await client.query('delete from recovery_code where world = $1 and user_id = $2', [deps.world, user.id]);
  const removed = found.removes_passkeys ? await removeAllPasskeys(client, deps, user, now) : 0;
  const asked = {
    world: deps.world,
    now,
    actor: { kind: 'user', id: user.id, name: user.name },
    by: null,
  } as const;
  await note(client, asked, user, 'user.recovered', {
    userId: user.id,
    remote: request.caller.remote,
    removedPasskeys: removed,
  });
  await note(client, asked, user, 'user.password-set', { userId: user.id, by: 'recovery' });
  return user;
}

async function removeAllPasskeys(
  client: PoolClient,
  deps: LogInDeps,
  user: UserState,
  now: Date,
): Promise<number> {
  const keys = await listPasskeys(client, deps.world, user.id);
  for (const key of keys) await removePasskey(client, deps.world, user.id, key.id, now);
  await client.query('update credential set second_factor = false where world = $1 and user_id = $2', [
    deps.world,
    user.id,
  ]);
  return keys.length;
}

/** As it was read out or typed from paper: capitals, spaces and dashes do not count. */
function hashOfCode(code: string): Buffer {
  return createHash('sha256')
    .update(code.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .digest();
}

type RecoveryKind = Extract<AnyDraft['kind'], `user.recover${string}` | 'user.password-set'>;

async function note<Kind extends RecoveryKind>(
  client: PoolClient,
  asked: Pick<Asked, 'world' | 'now' | 'actor'>,
  user: UserBody,
  kind: Kind,
  body: EntryBody<Kind>,
): Promise<void> {
  const draft = anyDraft({
    world: asked.world,
    kind,
    lane: 2,
    subject: user.id,
    organisation: user.organisation,
    facility: null,
    revision: null,
    at: asked.now,
    actor: asked.actor,
    body,
  });
  await appendEntries(client, [draft], asked.now);
}
