import type { Actor, UserBody, World } from '@keng/model';
import type { PoolClient } from '../platform/index.ts';
import { hashPassword } from './password.ts';
import { findByLogin, type StoredUser } from './user-store.ts';
import { createUser } from './users.ts';

/** A user to be loaded with a password that is known beforehand: demonstrations and tests. */
export interface UserToLoad {
  readonly login: string;
  readonly name: string;
  readonly roles: UserBody['roles'];
  readonly organisation: UserBody['organisation'];
  readonly facilities?: UserBody['facilities'];
  readonly language: UserBody['language'];
  readonly password: string;
  readonly synthetic: boolean;
}

export interface LoadOptions {
  readonly world: World;
  readonly now: Date;
  readonly actor: Actor;
}

/**
 * Creates users inside the caller's transaction (as keng_core, or as keng_web with scope '*'). Logins that are there already are left
 * as they are, so that it can be repeated. Gives the users that are new.
 */
export async function createUsers(
  client: PoolClient,
  users: readonly UserToLoad[],
  options: LoadOptions,
): Promise<StoredUser[]> {
  const created: StoredUser[] = [];
  const hashes = new Map<string, string>();
  for (const { password, facilities = [], ...user } of users) {
    if (await findByLogin(client, options.world, user.login)) continue;
    // Demonstration accounts share a printed password; one hash for it keeps the first start short.
    const hash = hashes.get(password) ?? (await hashPassword(password));
    hashes.set(password, hash);
    const asked = { ...options, by: null };
    created.push(await createUser(client, asked, { ...user, facilities }, { hash, temporary: false }));
  }
  return created;
}
