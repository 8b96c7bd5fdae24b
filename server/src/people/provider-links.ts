import {
  type AnyDraft,
  notFound,
  Problem,
  permissionsOf,
  type UserId,
  type UserState,
  type World,
} from '@keng/model';
import { appendEntries } from '../log/index.ts';
import { errorCode, type PoolClient } from '../platform/index.ts';
import type { ProviderSubject } from './provider.ts';
import { permitChange } from './rules.ts';
import { findByLogin, loadUser } from './user-store.ts';
import type { Asked } from './users.ts';

export interface ProviderLink {
  readonly issuer: string;
  readonly subject: string;
  readonly linked_at: Date;
}

export async function listLinks(client: PoolClient, world: World, userId: UserId): Promise<ProviderLink[]> {
  const { rows } = await client.query<ProviderLink>(
    'select issuer, subject, linked_at from provider_link where world = $1 and user_id = $2 order by linked_at limit 20',
    [world, userId],
  );
  return rows;
}

/** An administrator says who a subject is. */
export async function linkSubject(
  client: PoolClient,
  asked: Asked,
  userId: UserId,
  subject: Pick<ProviderSubject, 'issuer' | 'subject'>,
): Promise<void> {
  const user = await changeable(client, asked, userId);
  await insertLink(client, asked, user, subject, 'administrator');
}

export async function unlinkSubject(
  client: PoolClient,
  asked: Asked,
  userId: UserId,
  { issuer, subject }: Pick<ProviderSubject, 'issuer' | 'subject'>,
): Promise<void> {
  const user = await changeable(client, asked, userId);
  const { rowCount } = await client.query(
    'delete from provider_link where world = $1 and issuer = $2 and subject = $3 and user_id = $4',
    [asked.world, issuer, subject, userId],
  );
  if (rowCount !== 1) throw notFound('provider-link', subject);
  await appendEntries(
    client,
    [{ ...about(asked, user), kind: 'user.provider-unlinked', body: { userId, issuer, subject } }],
    asked.now,
  );
}

/**
 * Whose subject this is. A user whose login the trusted claim names is linked at once, unless they administer or audit: those are
 * linked by hand only, so that nobody becomes one of them by what another system says. Nobody is ever created.
 */
export async function userOfSubject(
  client: PoolClient,
  asked: Pick<Asked, 'world' | 'now'>,
  who: ProviderSubject,
): Promise<UserState | null> {
  const { rows } = await client.query<{ user_id: UserId }>(
    'select user_id from provider_link where world = $1 and issuer = $2 and subject = $3',
    [asked.world, who.issuer, who.subject],
  );
  if (rows[0]) return await lockedUser(client, asked.world, rows[0].user_id);
  if (who.login === null) return null;
  const named = (await findByLogin(client, asked.world, who.login, 'for update'))?.state;
  if (!named?.active || isTrusted(named)) return null;
  const actor = { kind: 'system', id: 'provider' } as const;
  await insertLink(client, { ...asked, actor }, named, who, 'claim');
  return named;
}

function isTrusted(user: UserState): boolean {
  const permissions = permissionsOf(user.roles);
  return permissions.has('user.write') || permissions.has('log.read');
}

async function lockedUser(client: PoolClient, world: World, id: UserId): Promise<UserState | null> {
  const user = (await loadUser(client, world, id, 'for update'))?.state;
  return user?.active ? user : null;
}

async function changeable(client: PoolClient, asked: Asked, userId: UserId): Promise<UserState> {
  const user = await loadUser(client, asked.world, userId, 'for update');
  if (!user) throw notFound('user', userId);
  if (asked.by?.id === userId) {
    throw new Problem(403, 'user.own-rights', 'Nobody changes their own ways in as an administrator.');
  }
  if (asked.by) permitChange(asked.by, user.state, user.state);
  return user.state;
}

async function insertLink(
  client: PoolClient,
  asked: Pick<Asked, 'world' | 'now' | 'actor'>,
  user: UserState,
  { issuer, subject }: Pick<ProviderSubject, 'issuer' | 'subject'>,
  by: 'administrator' | 'claim',
): Promise<void> {
  try {
    await client.query(
      'insert into provider_link (world, issuer, subject, user_id, linked_at) values ($1, $2, $3, $4, $5)',
      [asked.world, issuer, subject, user.id, asked.now],
    );
  } catch (cause) {
    if (errorCode(cause) !== '23505') throw cause;
    throw new Problem(409, 'provider.subject-taken', 'This subject is linked to a user already.', { cause });
  }
  await appendEntries(
    client,
    [{ ...about(asked, user), kind: 'user.provider-linked', body: { userId: user.id, issuer, subject, by } }],
    asked.now,
  );
}

function about(
  asked: Pick<Asked, 'world' | 'now' | 'actor'>,
  user: UserState,
): Omit<AnyDraft, 'kind' | 'body'> {
  return {
    world: asked.world,
    lane: 2,
    subject: user.id,
    organisation: user.organisation,
    facility: null,
    revision: null,
    at: asked.now,
    actor: asked.actor,
  };
}
