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

/** Positions looked at for one batch: whoever wants few of them passes over the others in long steps. */
const LONGEST_LOOK = 2_000;

// The lane stands in the text and is no parameter: the index of the urgent lanes is used only where the planner can see the lane.
// The look has two ends instead of a limit: of a young log without statistics the planner thinks that it is shorter than any limit,
// reads all of it and sorts it, for each batch (21 ms instead of 1). Behind a gap, or behind many entries of other lanes, it jumps.
// Only what is wanted travels; how far the look went is asked for apart, and only where it ended before the batch was full.
function nextBatch(lane: CursorLane): string {
  const here = `log_order where world = $1 ${lane === 3 ? '' : `and lane = ${lane}`}`;
  const looked = `${here} and position > cursor.position and position <= cursor.position + ${LONGEST_LOOK}`;
  return `with cursor as materialized (
      select position from consumer_cursor where world = $1 and consumer = $2 and lane = ${lane} for update skip locked
    ), wanted as materialized (
      select o.* from cursor cross join lateral (
        select position, entry_id from ${looked} and kind = any($4) order by position limit $3) o
    ), found as materialized (
      select count(*) as number, max(position) as last from wanted
    ), span as materialized (
      select coalesce(rest.last, found.last, beyond.position - 1) as upto,
        found.number = $3 or beyond.position is not null as more
      from cursor cross join found
        cross join lateral (select max(position) as last from ${looked} and found.number < $3) rest
        left join lateral (select position from ${here} and position > cursor.position + ${LONGEST_LOOK}
          order by position limit 1) beyond on true
    )
    select span.upto, span.more, ${ENTRY_COLUMNS} from span
      left join (wanted o cross join lateral (${ENTRY_OF_POSITION} limit 1) e) on true
    where span.upto is not null order by o.position`;
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
    name: `consumer-next-${lane}`,
    text: nextBatch(lane),
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
