import {
  type AnyDraft,
  applyUser,
  asEntry,
  type FacilityId,
  foldMarks,
  type OrganisationCode,
  type UserBody,
  type UserId,
  type UserState,
  type World,
} from '@keng/model';
import { appendEntries } from '../log/index.ts';
import type { PoolClient } from '../platform/index.ts';
import type { Level } from './rules.ts';

export interface StoredUser {
  readonly state: UserState;
  readonly revision: number;
}

/** A user as their administrator sees them. */
export interface ListedUser extends StoredUser {
  /** The password was set by somebody else and not changed since. */
  readonly passwordTemporary: boolean;
}

const COLUMNS = 'state, revision';
const LISTED = `state, revision, coalesce((select temporary from credential c
  where c.world = app_user.world and c.user_id = app_user.id), false) as "passwordTemporary"`;

/** Row-level security decides whether there is one. */
export async function loadUser(
  client: PoolClient,
  world: World,
  id: UserId,
  lock: 'for update' | 'read' = 'read',
): Promise<StoredUser | null> {
  const { rows } = await client.query<StoredUser>(
    `select ${COLUMNS} from app_user where world = $1 and id = $2 ${lock === 'read' ? '' : lock}`,
    [world, id],
  );
  return rows[0] ?? null;
}

export async function findByLogin(
  client: PoolClient,
  world: World,
  login: string,
  lock: 'for update' | 'read' = 'read',
): Promise<StoredUser | null> {
  const { rows } = await client.query<StoredUser>(
    `select ${COLUMNS} from app_user where world = $1 and login = $2 ${lock === 'read' ? '' : lock}`,
    [world, login],
  );
  return rows[0] ?? null;
}

export interface UserQuery {
  readonly search?: string | undefined;
  /** Logins after this one. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Row-level security decides whether there is one. */
export async function readListedUser(
  client: PoolClient,
  world: World,
  id: UserId,
): Promise<ListedUser | null> {
  const { rows } = await client.query<ListedUser>(
    `select ${LISTED} from app_user where world = $1 and id = $2`,
    [world, id],
  );
  return rows[0] ?? null;
}

export async function listUsers(client: PoolClient, world: World, query: UserQuery): Promise<ListedUser[]> {
  const { rows } = await client.query<ListedUser>(
    `select ${LISTED} from app_user
     where world = $1 and login > $2 and ($3 = '' or position($3 in folded) > 0) order by login limit $4`,
    [world, query.after ?? '', foldMarks(query.search ?? ''), query.limit],
  );
  return rows;
}

type UserDraft = Extract<AnyDraft, { readonly kind: 'user.created' | 'user.changed' }>;

/** Applies the entry to the state and stores both. */
export async function storeUser(
  client: PoolClient,
  before: StoredUser | null,
  draft: UserDraft,
  recordedAt: Date,
): Promise<StoredUser> {
  const entry = asEntry(draft);
  const state =
    entry.kind === 'user.created' || entry.kind === 'user.changed'
      ? applyUser(before?.state ?? null, entry)
      : null;
  if (!state || draft.revision === null) throw new Error(`${draft.kind} of ${draft.subject} gave no state`);
  const values = [
    draft.world,
    state.id,
    state.login,
    state.organisation,
    state.active,
    foldMarks(`${state.login} ${state.name}`),
    draft.revision,
    JSON.stringify(state),
  ];
  await client.query(before ? UPDATE : INSERT, values);
  await appendEntries(client, [draft], recordedAt);
  return { state, revision: draft.revision };
}

const INSERT = `insert into app_user (world, id, login, organisation, active, folded, revision, state)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;
const UPDATE = `update app_user set login = $3, organisation = $4, active = $5, folded = $6, revision = $7, state = $8
  where world = $1 and id = $2`;

export function userDraft(
  kind: UserDraft['kind'],
  body: UserBody,
  more: Pick<UserDraft, 'world' | 'actor' | 'at'> & { readonly revision: number },
): UserDraft {
  return {
    kind,
    body,
    lane: 2,
    subject: body.id,
    organisation: body.organisation,
    facility: null,
    ...more,
  };
}

export async function levelOf(
  client: PoolClient,
  world: World,
  organisation: OrganisationCode | null,
): Promise<Level | null | undefined> {
  if (organisation === null) return null;
  const { rows } = await client.query<{ level: Level }>(
    'select level from organisation where world = $1 and code = $2',
    [world, organisation],
  );
  return rows[0]?.level;
}

/** The facilities of the list that this transaction may see. */
export async function visibleFacilities(
  client: PoolClient,
  world: World,
  ids: readonly FacilityId[],
): Promise<ReadonlySet<FacilityId>> {
  const { rows } = await client.query<{ id: FacilityId }>(
    'select id from facility where world = $1 and id = any($2::uuid[])',
    [world, ids],
  );
  return new Set(rows.map((row) => row.id));
}

export interface Credential {
  readonly hash: string;
  readonly temporary: boolean;
}

/** Stores a password's hash; the time is the version of it that a log-in under way checks again. */
export async function storeCredential(
  client: PoolClient,
  world: World,
  userId: UserId,
  credential: Credential,
  now: Date,
): Promise<void> {
  const values = [world, userId, credential.hash, credential.temporary, now];
  const updated = await client.query(
    "update credential set hash = $3, temporary = $4, changed_at = greatest($5, changed_at + interval '1 ms') where world = $1 and user_id = $2",
    values,
  );
  if (updated.rowCount !== 0) return;
  await client.query(
    'insert into credential (world, user_id, hash, temporary, changed_at) values ($1, $2, $3, $4, $5)',
    values,
  );
}

/** The same password under today's cost: its version stays, and so does whether it is temporary. */
export async function renewHash(
  client: PoolClient,
  world: World,
  userId: UserId,
  hash: string,
): Promise<void> {
  await client.query('update credential set hash = $3 where world = $1 and user_id = $2', [
    world,
    userId,
    hash,
  ]);
}
