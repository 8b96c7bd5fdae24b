import type { AnyEntry, World } from '@keng/model';
import type { PoolClient } from 'pg';
import type { BatchRead, CursorLane } from './consumer.ts';
import { ENTRY_COLUMNS, entryOf } from './read.ts';

/** The cursor, locked: another process with the same consumer gets null and waits its turn. */
export async function lockCursor(
  client: PoolClient,
  world: World,
  consumer: string,
  lane: CursorLane,
): Promise<number | null> {
  const { rows } = await client.query<{ position: number }>({
    name: 'consumer-lock',
    text: `select position from consumer_cursor where world = $1 and consumer = $2 and lane = $3 for update skip locked`,
    values: [world, consumer, lane],
  });
  return rows[0]?.position ?? null;
}

/** Only the lanes that it reads: a cursor that nobody moves would look like a consumer that hangs. */
export async function createCursors(
  client: PoolClient,
  world: World,
  consumer: string,
  lanes: readonly CursorLane[],
): Promise<void> {
  await client.query(
    `insert into consumer_cursor (world, consumer, lane) select $1, $2, unnest($3::smallint[]) on conflict do nothing`,
    [world, consumer, lanes],
  );
}

export async function readBatch(
  client: PoolClient,
  world: World,
  lane: CursorLane,
  after: number,
  limit: number,
  kinds: readonly string[],
): Promise<BatchRead> {
  const end = await client.query<{ upto: number | null }>({
    name: lane === 3 ? 'consumer-end-all' : 'consumer-end',
    text: `select max(position) as upto from (
        select position from log_order where world = $1 and position > $2 ${lane === 3 ? '' : 'and lane = $4'}
        order by position limit $3) batch`,
    values: lane === 3 ? [world, after, limit] : [world, after, limit, lane],
  });
  const upto = end.rows[0]?.upto ?? after;
  if (upto === after) return { entries: [], upto };
  const { rows } = await client.query<Parameters<typeof entryOf>[0]>({
    name: lane === 3 ? 'consumer-read-all' : 'consumer-read',
    text: `select ${ENTRY_COLUMNS} from log_order o join entry e on e.world = o.world and e.id = o.entry_id
      where o.world = $1 and o.position > $2 and o.position <= $3 and o.kind = any($4) ${lane === 3 ? '' : 'and o.lane = $5'}
      order by o.position`,
    values: lane === 3 ? [world, after, upto, kinds] : [world, after, upto, kinds, lane],
  });
  return { entries: rows.map(entryOf), upto };
}

export async function moveCursor(
  client: PoolClient,
  world: World,
  consumer: string,
  lane: CursorLane,
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
