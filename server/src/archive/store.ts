import type { World } from '@keng/model';
import type { ClientBase, Pool } from 'pg';

/** A registered archive file. */
export interface ArchiveFile {
  readonly first: number;
  readonly last: number;
  /** Hexadecimal: the chain before and after. */
  readonly previousHash: string;
  readonly hash: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly entries: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly leftAt: Date | null;
}

/** All of them, in the order of positions. */
export async function listArchiveFiles(db: Pool | ClientBase, world: World): Promise<ArchiveFile[]> {
  const { rows } = await db.query<ArchiveFile>(
    `select first_position as first, last_position as last, encode(previous_hash, 'hex') as "previousHash", encode(hash, 'hex') as hash,
      file, bytes, encode(sha256, 'hex') as sha256, entries, first_at as "firstAt", last_at as "lastAt", left_at as "leftAt"
     from log_archive where world = $1 order by last_position`,
    [world],
  );
  return rows;
}

export async function registerArchiveFile(
  client: ClientBase,
  world: World,
  one: Omit<ArchiveFile, 'leftAt'>,
  now: Date,
): Promise<void> {
  await client.query(
    `insert into log_archive (world, first_position, last_position, previous_hash, hash, file, bytes, sha256, entries, first_at,
      last_at, written_at) values ($1, $2, $3, decode($4, 'hex'), decode($5, 'hex'), $6, $7, decode($8, 'hex'), $9, $10, $11, $12)`,
    [
      world,
      one.first,
      one.last,
      one.previousHash,
      one.hash,
      one.file,
      one.bytes,
      one.sha256,
      one.entries,
      one.firstAt,
      one.lastAt,
      now,
    ],
  );
}

/** A consumer that has not looked at everything up to a position; null: all have. */
export async function consumerBehind(
  client: ClientBase,
  world: World,
  upto: number,
): Promise<{ readonly consumer: string; readonly position: number } | null> {
  const { rows } = await client.query<{ consumer: string; position: number }>(
    `select c.consumer, c.position from consumer_cursor c where c.world = $1 and c.position < $2
       and exists (select from log_order o where o.world = c.world and o.position > c.position and o.position <= $2
         and (c.lane = 3 or o.lane = c.lane)) limit 1`,
    [world, upto],
  );
  return rows[0] ?? null;
}
