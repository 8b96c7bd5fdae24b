import type { TransmitterId, World } from '@keng/model';
import type { Pool, PoolClient } from 'pg';
import type { Queryable } from '../../platform/index.ts';

const ID_BYTES = 16;
/** Of one transmitter in a chunk: its id and the second when it was last heard. */
const HEARD_BYTES = ID_BYTES + 4;

/** One beat of a receiver: whom it heard since the last one, and how it is. One statement, one commit. */
export async function insertHeard(
  pool: Pool,
  world: World,
  receiver: string,
  at: Date,
  transmitters: readonly TransmitterId[],
  metrics: unknown,
): Promise<void> {
  await pool.query({
    name: 'intake-insert-heard',
    text: `with beat as (
        insert into receiver_beat (world, receiver, at, metrics) values ($1, $2, $3, $5)
        on conflict (world, receiver) do update set at = excluded.at, metrics = excluded.metrics
      )
      insert into heard_batch (world, receiver, at, transmitters) values ($1, $2, $3, $4)`,
    values: [world, receiver, at, packIds(transmitters), JSON.stringify(metrics)],
  });
}

export interface HeardBatch {
  readonly id: number;
  readonly at: Date;
  readonly transmitters: readonly TransmitterId[];
}

/**
 * Batches that are new. Ids become visible out of order when receivers commit at the same time, so the last few are read again:
 * being heard twice changes nothing.
 */
export async function readHeard(
  db: Queryable,
  world: World,
  after: number,
  overlap: number,
  limit: number,
): Promise<HeardBatch[]> {
  const { rows } = await db.query<{ id: number; at: Date; transmitters: Buffer }>({
    name: 'intake-read-heard',
    text: 'select id, at, transmitters from heard_batch where world = $1 and id > $2 order by id limit $3',
    values: [world, Math.max(0, after - overlap), limit + overlap],
  });
  return rows.map((row) => ({ id: row.id, at: row.at, transmitters: unpackIds(row.transmitters) }));
}

export interface SnapshotMark {
  readonly batch: number;
  readonly at: Date;
}

export async function readMark(db: Queryable, world: World): Promise<SnapshotMark | null> {
  const { rows } = await db.query<{ batch: number; at: Date }>(
    'select batch, at from heard_mark where world = $1',
    [world],
  );
  return rows[0] ?? null;
}

/** Last heard times of the snapshot, in seconds since 1970. */
export async function readSnapshot(
  db: Queryable,
  world: World,
  each: (transmitter: TransmitterId, second: number) => void,
): Promise<void> {
  let chunk = -1;
  for (;;) {
    const { rows } = await db.query<{ chunk: number; heard: Buffer }>(
      'select chunk, heard from heard_snapshot where world = $1 and chunk > $2 order by chunk limit 16',
      [world, chunk],
    );
    for (const row of rows) {
      for (let at = 0; at + HEARD_BYTES <= row.heard.length; at += HEARD_BYTES) {
        each(uuidAt(row.heard, at), row.heard.readUInt32BE(at + ID_BYTES));
      }
      chunk = row.chunk;
    }
    if (rows.length === 0) return;
  }
}

export interface SnapshotChunk {
  readonly chunk: number;
  readonly heard: Buffer;
}

export function packHeard(
  rows: readonly { readonly transmitter: TransmitterId; readonly second: number }[],
): Buffer {
  const bytes = Buffer.allocUnsafe(rows.length * HEARD_BYTES);
  rows.forEach((row, index) => {
    writeUuid(bytes, index * HEARD_BYTES, row.transmitter);
    bytes.writeUInt32BE(row.second, index * HEARD_BYTES + ID_BYTES);
  });
  return bytes;
}

/** Writes the chunks that changed and how far they go; what the snapshot covers is swept after it has been kept for a while. */
export async function writeSnapshot(
  client: PoolClient,
  world: World,
  chunks: readonly SnapshotChunk[],
  mark: SnapshotMark,
  sweepBefore: Date,
): Promise<void> {
  for (const one of chunks) {
    await client.query({
      name: 'intake-write-chunk',
      text: `insert into heard_snapshot (world, chunk, heard) values ($1, $2, $3)
        on conflict (world, chunk) do update set heard = excluded.heard`,
      values: [world, one.chunk, one.heard],
    });
  }
  await client.query(
    `insert into heard_mark (world, batch, at) values ($1, $2, $3)
      on conflict (world) do update set batch = excluded.batch, at = excluded.at`,
    [world, mark.batch, mark.at],
  );
  await client.query('delete from heard_batch where world = $1 and id <= $2 and at < $3', [
    world,
    mark.batch,
    sweepBefore,
  ]);
}

export async function readLost(
  db: Queryable,
  world: World,
): Promise<{ transmitter: TransmitterId; lostAt: Date }[]> {
  const { rows } = await db.query<{ transmitter: TransmitterId; lost_at: Date }>(
    'select transmitter, lost_at from link_lost where world = $1',
    [world],
  );
  return rows.map((row) => ({ transmitter: row.transmitter, lostAt: row.lost_at }));
}

/** Marks links as lost; returns those that were not lost before: only they are said. */
export async function insertLost(
  client: PoolClient,
  world: World,
  transmitters: readonly TransmitterId[],
  at: Date,
): Promise<ReadonlySet<TransmitterId>> {
  const { rows } = await client.query<{ transmitter: TransmitterId }>(
    `insert into link_lost (world, transmitter, lost_at) select $1, one, $3 from unnest($2::uuid[]) one
      on conflict do nothing returning transmitter`,
    [world, transmitters, at],
  );
  return new Set(rows.map((row) => row.transmitter));
}

/** Marks links as working; returns since when each was lost. */
export async function deleteLost(
  client: PoolClient,
  world: World,
  transmitters: readonly TransmitterId[],
): Promise<ReadonlyMap<TransmitterId, Date>> {
  const { rows } = await client.query<{ transmitter: TransmitterId; lost_at: Date }>(
    'delete from link_lost where world = $1 and transmitter = any($2::uuid[]) returning transmitter, lost_at',
    [world, transmitters],
  );
  return new Map(rows.map((row) => [row.transmitter, row.lost_at]));
}

export interface ReceiverBeat {
  readonly receiver: string;
  readonly at: Date;
  readonly metrics: unknown;
}

/** What the receivers last said of themselves; one that is silent for ten seconds cannot store or does not run. */
export async function readReceivers(db: Queryable, world: World): Promise<ReceiverBeat[]> {
  const { rows } = await db.query<ReceiverBeat>(
    'select receiver, at, metrics from receiver_beat where world = $1 order by at desc limit 100',
    [world],
  );
  return rows;
}

function packIds(ids: readonly TransmitterId[]): Buffer {
  const bytes = Buffer.allocUnsafe(ids.length * ID_BYTES);
  for (const [index, id] of ids.entries()) writeUuid(bytes, index * ID_BYTES, id);
  return bytes;
}

function unpackIds(bytes: Buffer): TransmitterId[] {
  const ids: TransmitterId[] = [];
  for (let at = 0; at + ID_BYTES <= bytes.length; at += ID_BYTES) ids.push(uuidAt(bytes, at));
  return ids;
}

function writeUuid(bytes: Buffer, at: number, id: string): void {
  bytes.write(id.replaceAll('-', ''), at, ID_BYTES, 'hex');
}

function uuidAt(bytes: Buffer, at: number): TransmitterId {
  const hex = bytes.toString('hex', at, at + ID_BYTES);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  // Sixteen bytes that were an id when they were packed.
  return parts.join('-') as TransmitterId;
}
