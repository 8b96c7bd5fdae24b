import type { TransmitterId, World } from '@keng/model';
import type { Pool, PoolClient } from 'pg';
import type { Queryable } from '../../platform/index.ts';
import type { HeardRow } from './link-book.ts';
import type { BookedLink } from './link-members.ts';

const ID_BYTES = 16;
/** Of one transmitter in a chunk: its id and the second when it was last heard. */
const HEARD_BYTES = ID_BYTES + 4;
/** Beside it: the second of listening, and the path. */
const TICK_BYTES = 4 + 1;

/** Who was heard, each with the paths by which: bit 1 the primary, bit 2 the alternative, 0 any. */
export type Heard = ReadonlyMap<TransmitterId, number>;

/** One beat of a receiver: whom it heard since the last one, and how it is. One statement, one commit. */
export async function insertHeard(
  pool: Pool,
  world: World,
  receiver: string,
  at: Date,
  heard: Heard,
  metrics: unknown,
): Promise<void> {
  await pool.query({
    name: 'intake-insert-heard',
    text: `with beat as (
        insert into receiver_beat (world, receiver, at, metrics) values ($1, $2, $3, $5)
        on conflict (world, receiver) do update set at = excluded.at, metrics = excluded.metrics
      )
      insert into heard_batch (world, receiver, at, transmitters, paths) values ($1, $2, $3, $4, $6)`,
    values: [world, receiver, at, packIds(heard), JSON.stringify(metrics), packPaths(heard)],
  });
}

export interface HeardBatch {
  readonly id: number;
  readonly receiver: string;
  readonly at: Date;
  readonly transmitters: readonly TransmitterId[];
  /** By place in `transmitters`; empty: nobody has paths. */
  readonly paths: Uint8Array;
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
  const { rows } = await db.query<{
    id: number;
    receiver: string;
    at: Date;
    transmitters: Buffer;
    paths: Buffer;
  }>({
    name: 'intake-read-heard',
    text: `select id, receiver, at, transmitters, paths from heard_batch
      where world = $1 and id > $2 order by id limit $3`,
    values: [world, Math.max(0, after - overlap), limit + overlap],
  });
  return rows.map((row) => ({ ...row, transmitters: unpackIds(row.transmitters) }));
}

/** Each receiver writes a row a second while it listens: how many each has written behind a row. */
export async function countHeard(
  db: Queryable,
  world: World,
  after: number,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.query<{ receiver: string; rows: number }>(
    'select receiver, count(*)::integer as rows from heard_batch where world = $1 and id > $2 group by receiver',
    [world, after],
  );
  return new Map(rows.map((row) => [row.receiver, row.rows]));
}

/** Datagrams that the kernel of each receiver's machine threw away since the receiver started. */
export async function readDrops(db: Queryable, world: World): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.query<{ receiver: string; drops: number }>({
    name: 'intake-read-drops',
    text: `select receiver, (metrics->'udp'->>'kernelDrops')::bigint as drops from receiver_beat
      where world = $1 and metrics->'udp'->>'kernelDrops' is not null`,
    values: [world],
  });
  return new Map(rows.map((row) => [row.receiver, row.drops]));
}

export interface SnapshotMark {
  readonly batch: number;
  readonly at: Date;
  /** Seconds of listening until then. */
  readonly tick: number;
}

export async function readMark(db: Queryable, world: World): Promise<SnapshotMark | null> {
  const { rows } = await db.query<{ batch: number; at: Date; tick: number }>(
    'select batch, at, tick from heard_mark where world = $1',
    [world],
  );
  return rows[0] ?? null;
}

/** Last heard times of the snapshot: in seconds since 1970, and in seconds of listening (null in snapshots of before). */
export async function readSnapshot(
  db: Queryable,
  world: World,
  each: (transmitter: TransmitterId, second: number, tick: number | null, path: number) => void,
): Promise<void> {
  let chunk = -1;
  for (;;) {
    const { rows } = await db.query<{ chunk: number; heard: Buffer; ticks: Buffer }>(
      'select chunk, heard, ticks from heard_snapshot where world = $1 and chunk > $2 order by chunk limit 16',
      [world, chunk],
    );
    for (const row of rows) {
      for (let index = 0; (index + 1) * HEARD_BYTES <= row.heard.length; index += 1) {
        const at = index * HEARD_BYTES;
        const tickAt = index * TICK_BYTES;
        const ticked = tickAt + TICK_BYTES <= row.ticks.length;
        each(
          uuidAt(row.heard, at),
          row.heard.readUInt32BE(at + ID_BYTES),
          ticked ? row.ticks.readUInt32BE(tickAt) : null,
          ticked ? row.ticks.readUInt8(tickAt + 4) : 0,
        );
      }
      chunk = row.chunk;
    }
    if (rows.length === 0) return;
  }
}

export interface SnapshotChunk {
  readonly chunk: number;
  readonly heard: Buffer;
  readonly ticks: Buffer;
}

/** A chunk as it is stored: twenty bytes a row, and five beside them. */
export function packHeard(chunk: number, rows: readonly HeardRow[]): SnapshotChunk {
  const heard = Buffer.allocUnsafe(rows.length * HEARD_BYTES);
  const ticks = Buffer.allocUnsafe(rows.length * TICK_BYTES);
  rows.forEach(({ transmitter, second, tick, path }, index) => {
    writeUuid(heard, index * HEARD_BYTES, transmitter);
    heard.writeUInt32BE(second, index * HEARD_BYTES + ID_BYTES);
    ticks.writeUInt32BE(tick, index * TICK_BYTES);
    ticks.writeUInt8(path, index * TICK_BYTES + 4);
  });
  return { chunk, heard, ticks };
}

/**
 * Writes the chunks that changed and how far they go; what the snapshot covers is swept after it has been kept for a while. Chunks are
 * made one at a time, and others have their turn between them: a million members at once would stop the process for a second.
 */
export async function writeSnapshot(
  client: PoolClient,
  world: World,
  chunks: Iterable<SnapshotChunk>,
  mark: SnapshotMark,
  sweepBefore: Date,
): Promise<void> {
  for (const one of chunks) {
    await client.query({
      name: 'intake-write-chunk',
      text: `insert into heard_snapshot (world, chunk, heard, ticks) values ($1, $2, $3, $4)
        on conflict (world, chunk) do update set heard = excluded.heard, ticks = excluded.ticks`,
      values: [world, one.chunk, one.heard, one.ticks],
    });
  }
  await client.query(
    `insert into heard_mark (world, batch, at, tick) values ($1, $2, $3, $4)
      on conflict (world) do update set batch = excluded.batch, at = excluded.at, tick = excluded.tick`,
    [world, mark.batch, mark.at, mark.tick],
  );
  await client.query('delete from heard_batch where world = $1 and id <= $2 and at < $3', [
    world,
    mark.batch,
    sweepBefore,
  ]);
}

/** A link (path 0) or a path of it. */
export interface LinkKey {
  readonly transmitter: TransmitterId;
  readonly path: number;
}

export interface LostLink extends LinkKey {
  readonly lostAt: Date;
  readonly outage: string | null;
}

export async function readLost(db: Queryable, world: World): Promise<LostLink[]> {
  const { rows } = await db.query<LostLink>(
    'select transmitter, path, lost_at as "lostAt", outage from link_lost where world = $1',
    [world],
  );
  return rows;
}

export const keyOfLink = ({ transmitterId, path }: BookedLink): LinkKey => ({
  transmitter: transmitterId,
  path: path?.number ?? 0,
});

export const keyOf = ({ transmitter, path }: LinkKey): string => `${transmitter}/${path}`;

/** Marks links as lost; returns those that were not lost before: only they are said. */
export async function insertLost(
  client: PoolClient,
  world: World,
  links: readonly Omit<LostLink, 'lostAt'>[],
  at: Date,
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<LinkKey>({
    name: 'link-lost',
    text: `insert into link_lost (world, transmitter, path, outage, lost_at)
      select $1, one.*, $5 from unnest($2::uuid[], $3::smallint[], $4::uuid[]) one
      on conflict do nothing returning transmitter, path`,
    values: [
      world,
      links.map((one) => one.transmitter),
      links.map((one) => one.path),
      links.map((one) => one.outage),
      at,
    ],
  });
  return new Set(rows.map(keyOf));
}

/** Losses that were written before their outage was found belong to it, too. */
export async function nameOutage(
  db: Queryable,
  world: World,
  links: readonly LinkKey[],
  outage: string,
): Promise<void> {
  await db.query({
    name: 'link-outage',
    text: `update link_lost l set outage = $4 from unnest($2::uuid[], $3::smallint[]) one(transmitter, path)
      where l.world = $1 and l.transmitter = one.transmitter and l.path = one.path and l.outage is null`,
    values: [world, links.map((one) => one.transmitter), links.map((one) => one.path), outage],
  });
}

/** Marks links as working; returns since when each was lost. */
export async function deleteLost(
  client: PoolClient,
  world: World,
  links: readonly LinkKey[],
): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await client.query<LostLink>({
    name: 'link-found',
    text: `delete from link_lost l using unnest($2::uuid[], $3::smallint[]) one(transmitter, path)
      where l.world = $1 and l.transmitter = one.transmitter and l.path = one.path
      returning l.transmitter, l.path, l.lost_at as "lostAt"`,
    values: [world, links.map((one) => one.transmitter), links.map((one) => one.path)],
  });
  return new Map(rows.map((row) => [keyOf(row), row.lostAt]));
}

function packIds(heard: Heard): Buffer {
  const bytes = Buffer.allocUnsafe(heard.size * ID_BYTES);
  let at = 0;
  for (const id of heard.keys()) {
    writeUuid(bytes, at, id);
    at += ID_BYTES;
  }
  return bytes;
}

function packPaths(heard: Heard): Buffer {
  const paths = Buffer.from([...heard.values()]);
  return paths.some((one) => one !== 0) ? paths : Buffer.alloc(0);
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
