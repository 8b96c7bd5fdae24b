import type { AnyEntry, World } from '@keng/model';
import type { PoolClient } from 'pg';
import type { BatchRead, CursorLane } from './consumer.ts';
import { ENTRY_COLUMNS, ENTRY_OF_POSITION, ENTRY_TYPES, type EntryRow, entryOf } from './read.ts';

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

// The lane stands in the text and is no parameter: the index of the urgent lanes is used only where the planner can see the lane.
function nextBatch(lane: CursorLane): string {
  return `with cursor as materialized (
      select position from consumer_cursor where world = $1 and consumer = $2 and lane = ${lane} for update skip locked
    ), scanned as (
      select o.* from cursor cross join lateral (
        select position, entry_id, kind from log_order
        where world = $1 and position > cursor.position ${lane === 3 ? '' : `and lane = ${lane}`}
        order by position limit $3) o
    )
    select o.position as scanned, ${ENTRY_COLUMNS} from scanned o
      left join lateral (${ENTRY_OF_POSITION} and o.kind = any($4) limit 1) e on true
    order by o.position`;
}

/**
 * Locks the cursor and reads what comes after it, at most `limit` positions. Nothing, with `upto` null: there is nothing new,
 * or another process with the same consumer holds the cursor and has its turn.
 */
export async function readNext(
  client: PoolClient,
  world: World,
  consumer: string,
  lane: CursorLane,
  limit: number,
  kinds: readonly string[],
): Promise<BatchRead> {
  const { rows } = await client.query<NextRow>({
    name: `consumer-next-${lane}`,
    text: nextBatch(lane),
    values: [world, consumer, limit, kinds],
    types: ENTRY_TYPES,
  });
  return {
    entries: rows.filter((row): row is NextRow & EntryRow => row.kind !== null).map(entryOf),
    scanned: rows.length,
    upto: rows.at(-1)?.scanned ?? null,
  };
}

/** A position that was looked at, with its entry where the kind is wanted. */
type NextRow = { readonly scanned: number } & (EntryRow | { readonly kind: null });

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
