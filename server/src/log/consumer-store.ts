import type { AnyEntry, World } from '@keng/model';
import type { PoolClient } from 'pg';
import type { BatchRead, CursorLane } from './consumer.ts';
import { nextBatch } from './next-batch.ts';
import { ENTRY_TYPES, type EntryRow, entryOf } from './read.ts';

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

/**
 * Locks the cursor and reads what comes after it, at most `limit` entries. Nothing, with `upto` null: there is nothing new,
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
    ...nextBatch(lane, kinds),
    values: [world, consumer, limit, kinds],
    types: ENTRY_TYPES,
  });
  return {
    entries: rows.filter((row): row is NextRow & EntryRow => row.kind !== null).map(entryOf),
    upto: rows[0]?.upto ?? null,
    more: rows[0]?.more ?? false,
  };
}

/** How far the look went, beside each entry that is wanted, or beside none. */
type NextRow = { readonly upto: number; readonly more: boolean } & (EntryRow | { readonly kind: null });

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
