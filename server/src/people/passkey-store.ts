import type { UserId, World } from '@keng/model';
import type { PoolClient } from '../platform/index.ts';

/** More keys than a person has hands would only make a stolen session last. */
export const MOST_PASSKEYS = 10;

export interface StoredPasskey {
  readonly id: string;
  readonly user_id: UserId;
  readonly credential_id: string;
  readonly public_key: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly name: string;
  readonly backed_up: boolean;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
}

const COLUMNS = `id, user_id, credential_id, public_key, counter, transports, name, backed_up, created_at, last_used_at`;

export async function listPasskeys(
  client: PoolClient,
  world: World,
  userId: UserId,
): Promise<StoredPasskey[]> {
  const { rows } = await client.query<StoredPasskey>(
    `select ${COLUMNS} from passkey where world = $1 and user_id = $2 and removed_at is null order by created_at limit 100`,
    [world, userId],
  );
  return rows;
}

export async function findPasskey(
  client: PoolClient,
  world: World,
  credentialId: string,
): Promise<StoredPasskey | null> {
  const { rows } = await client.query<StoredPasskey>(
    `select ${COLUMNS} from passkey where world = $1 and credential_id = $2 and removed_at is null`,
    [world, credentialId],
  );
  return rows[0] ?? null;
}

export async function insertPasskey(
  client: PoolClient,
  world: World,
  key: Omit<StoredPasskey, 'last_used_at'>,
): Promise<void> {
  await client.query(
    `insert into passkey (world, id, user_id, credential_id, public_key, counter, transports, name, backed_up, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      world,
      key.id,
      key.user_id,
      key.credential_id,
      key.public_key,
      key.counter,
      key.transports,
      key.name,
      key.backed_up,
      key.created_at,
    ],
  );
}

/** False when another use with this count, or a higher one, was faster: one of the two is a copy. */
export async function countUse(
  client: PoolClient,
  world: World,
  id: string,
  use: { readonly counter: number; readonly backedUp: boolean; readonly now: Date },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update passkey set counter = $3, backed_up = $4, last_used_at = $5
     where world = $1 and id = $2 and removed_at is null and (counter < $3 or (counter = 0 and $3 = 0))`,
    [world, id, use.counter, use.backedUp, use.now],
  );
  return rowCount === 1;
}

/** Null when the user has no such key. */
export async function removePasskey(
  client: PoolClient,
  world: World,
  userId: UserId,
  id: string,
  now: Date,
): Promise<{ readonly name: string } | null> {
  const { rows } = await client.query<{ name: string }>(
    `update passkey set removed_at = $4 where world = $1 and id = $2 and user_id = $3 and removed_at is null returning name`,
    [world, id, userId, now],
  );
  return rows[0] ?? null;
}
