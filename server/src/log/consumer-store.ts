import type { AnyEntry, Lane, World } from '@keng/model';
import type { PoolClient } from 'pg';
import type { BatchRead } from './consumer.ts';
import { ENTRY_COLUMNS, entryOf } from './read.ts';

/** The cursor, locked: another process with the same consumer gets null and waits its turn. */
export async function lockCursor(
  client: PoolClient,
  world: World,
  consumer: string,
  lane: Lane,
): Promise<number | null> {
  const { rows } = await client.query<{ position: number }>({
    name: 'consumer-lock',
    text: `select position from consumer_cursor where world = $1 and consumer = $2 and lane = $3 for update skip locked`,
    values: [world, consumer, lane],
  });
  return rows[0]?.position ?? null;
}

export async function createCursors(client: PoolClient, world: World, consumer: string): Promise<void> {
  await client.query(
    `insert into consumer_cursor (world, consumer, lane) select $1, $2, lane from generate_series(0, 2) lane
     on conflict do nothing`,
    [world, consumer],
  );
}

export async function readBatch(
  client: PoolClient,
  world: World,
  lane: Lane,
  after: number,
  limit: number,
  kinds: readonly string[],
): Promise<BatchRead> {
  const end = await client.query<{ upto: number | null }>({
    name: 'consumer-end',
    text: `select max(position) as upto from (
        select position from log_order where world = $1 and lane = $2 and position > $3 order by position limit $4) batch`,
    values: [world, lane, after, limit],
  });
  const upto = end.rows[0]?.upto ?? after;
  if (upto === after) return { entries: [], upto };
  const { rows } = await client.query<Parameters<typeof entryOf>[0]>({
    name: 'consumer-read',
    text: `select ${ENTRY_COLUMNS} from log_order o join entry e on e.world = o.world and e.id = o.entry_id
      where o.world = $1 and o.lane = $2 and o.position > $3 and o.position <= $4 and o.kind = any($5) order by o.position`,
    values: [world, lane, after, upto, kinds],
  });
  return { entries: rows.map(entryOf), upto };
}

export async function moveCursor(
  client: PoolClient,
  world: World,
  consumer: string,
  lane: Lane,
  position: number,
): Promise<void> {
  await client.query({
    name: 'consumer-move',
    text: `update consumer_cursor set position = $4, updated_at = now() where world = $1 and consumer = $2 and lane = $3`,
    values: [world, consumer, lane, position],
  });
}

export async function setAside(
  client: PoolClient,
  consumer: string,
  entry: AnyEntry,
  error: string,
): Promise<void> {
  await client.query(
    `insert into set_aside (world, consumer, position, kind, error) values ($1, $2, $3, $4, $5)
     on conflict (world, consumer, position) do update set error = excluded.error, set_aside_at = now(), retried_at = null`,
    [entry.world, consumer, entry.position, entry.kind, error],
  );
}
