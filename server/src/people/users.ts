import {
  type Actor,
  type AnyDraft,
  conflict,
  invalid,
  newId,
  notFound,
  Problem,
  type UserBody,
  type UserId,
  type World,
} from '@keng/model';
import { appendEntries } from '../log/index.ts';
import type { SessionUser } from '../platform/http/index.ts';
import { errorCode, type PoolClient } from '../platform/index.ts';
import { checkPassword, generatePassword, hashPassword } from './password.ts';
import { checkUser, permitChange } from './rules.ts';
import { endAllSessions } from './sessions.ts';
import {
  levelOf,
  loadUser,
  type StoredUser,
  storeCredential,
  storeUser,
  userDraft,
  visibleFacilities,
} from './user-store.ts';

export type NewUser = Omit<UserBody, 'id' | 'active'>;
export type UserChange = Omit<UserBody, 'id' | 'login' | 'synthetic'>;

/** Who asks and when. `by` null: the command line of the machine itself, which every right stands behind. */
export interface Asked {
  readonly world: World;
  readonly now: Date;
  readonly actor: Actor;
  readonly by: SessionUser | null;
}

/** A password ready to be stored. Hashing takes time, so it is done before the transaction. */
export interface PreparedPassword {
  readonly hash: string;
  readonly temporary: boolean;
  /** To be shown once; null when somebody chose it. */
  readonly generated: string | null;
}

export async function preparePassword(login: string, chosen: string | undefined): Promise<PreparedPassword> {
  if (chosen !== undefined) checkPassword(chosen, login);
  const password = chosen ?? generatePassword();
  return {
    hash: await hashPassword(password),
    temporary: true,
    generated: chosen === undefined ? password : null,
  };
}

export async function createUser(
  client: PoolClient,
  asked: Asked,
  wanted: NewUser,
  password: Pick<PreparedPassword, 'hash' | 'temporary'>,
): Promise<StoredUser> {
  const body: UserBody = { ...wanted, id: newId<UserId>(asked.now.getTime()), active: true };
  if (asked.by) permitChange(asked.by, null, body);
  await checkAgainstRegisters(client, asked.world, body, []);
  const draft = userDraft('user.created', body, { ...about(asked), revision: 1 });
  const stored = await refuseTakenLogin(body.login, () => storeUser(client, null, draft, asked.now));
  await storeCredential(client, asked.world, body.id, password, asked.now);
  return stored;
}

/** @param revision What the asker saw; another one means that somebody else was faster. */
export async function changeUser(
  client: PoolClient,
  asked: Asked,
  id: UserId,
  change: UserChange,
  revision?: number,
): Promise<StoredUser> {
  const before = await loadUser(client, asked.world, id, 'for update');
  if (!before) throw notFound('user', id);
  if (revision !== undefined && revision !== before.revision) {
    throw conflict('user.changed-meanwhile', 'Somebody else changed this user; look again.', {
      revision: before.revision,
    });
  }
  const { createdAt: _, changedAt: __, ...current } = before.state;
  const body: UserBody = { ...current, ...change };
  if (asked.by) permitChange(asked.by, current, body);
  await checkAgainstRegisters(client, asked.world, body, current.facilities);
  const draft = userDraft('user.changed', body, { ...about(asked), revision: before.revision + 1 });
  const stored = await storeUser(client, before, draft, asked.now);
  if (!body.active) await endAllSessions(client, asked.world, id, asked.now);
  return stored;
}

/** Somebody else's password: their sessions end everywhere, and the console asks them for a new one. */
export async function setPassword(
  client: PoolClient,
  asked: Asked,
  id: UserId,
  password: Pick<PreparedPassword, 'hash' | 'temporary'>,
): Promise<void> {
  const user = await loadUser(client, asked.world, id, 'for update');
  if (!user) throw notFound('user', id);
  if (asked.by?.id === id) {
    throw new Problem(403, 'user.own-password', 'One changes one’s own password with the current one.');
  }
  if (asked.by) permitChange(asked.by, user.state, user.state);
  await storeCredential(client, asked.world, id, password, asked.now);
  await endAllSessions(client, asked.world, id, asked.now);
  await appendEntries(client, [passwordEntry(asked, user.state)], asked.now);
}

const about = (asked: Asked): Pick<Asked, 'world' | 'actor'> & { readonly at: Date } => ({
  world: asked.world,
  actor: asked.actor,
  at: asked.now,
});

async function checkAgainstRegisters(
  client: PoolClient,
  world: World,
  body: UserBody,
  known: UserBody['facilities'],
): Promise<void> {
  const level = await levelOf(client, world, body.organisation);
  if (level === undefined) {
    throw invalid(
      'user.organisation-unknown',
      `There is no organisation ${body.organisation}.`,
      'organisation',
    );
  }
  checkUser(body, level);
  // What they own already may lie outside of the asker's sight and stays; only what is added is looked for.
  const added = body.facilities.filter((id) => !known.includes(id));
  if (added.length === 0) return;
  const visible = await visibleFacilities(client, world, added);
  const missing = added.find((id) => !visible.has(id));
  if (missing !== undefined) throw notFound('facility', missing);
}

/** Another organisation's user is invisible, but the login is taken all the same: only the unique key can tell. */
async function refuseTakenLogin<Result>(login: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (errorCode(error) !== '23505') throw error;
    throw new Problem(409, 'user.login-taken', `The login ${login} is taken.`, { at: 'login', cause: error });
  }
}

function passwordEntry(asked: Asked, user: UserBody): AnyDraft {
  return {
    world: asked.world,
    kind: 'user.password-set',
    lane: 2,
    subject: user.id,
    organisation: user.organisation,
    facility: null,
    revision: null,
    at: asked.now,
    actor: asked.actor,
    body: { userId: user.id, by: asked.by ? 'administrator' : 'set-up' },
  };
}
