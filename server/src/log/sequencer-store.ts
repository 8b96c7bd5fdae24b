import type { PoolClient } from 'pg';
import type { Gap, Horizon } from './gaps.ts';
import { LOG_CHANNEL } from './wake.ts';

export interface LooseEntry {
  readonly world: string;
  readonly id: number;
  readonly lane: number;
  readonly kind: string;
  readonly commitment: Buffer;
}

export interface Head {
  readonly world: string;
  readonly position: number;
  readonly hash: Buffer;
}

/** One world's part of a batch. */
export interface Numbered {
  readonly world: string;
  readonly entries: readonly LooseEntry[];
  readonly first: number;
  readonly last: number;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
}

export const LANE_FLOOR = [0, 1_000_000_000_000_000, 2_000_000_000_000_000] as const;
export const LANE_CEILING = [999_999_999_999_999, 1_999_999_999_999_999, 2_999_999_999_999_999] as const;

/** One key of the server: whoever holds it numbers, in whichever process or machine. */
const LEADER_KEY = 7_114_001;

export async function tryToLead(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ leads: boolean }>('select pg_try_advisory_lock($1) as leads', [
    LEADER_KEY,
  ]);
  return rows[0]?.leads ?? false;
}

export async function loadHeads(client: PoolClient): Promise<Head[]> {
  await client.query(
    `insert into log_head (world, hash) select world, decode(repeat('00', 32), 'hex') from world on conflict do nothing`,
  );
  const { rows } = await client.query<Head>('select world, position, hash from log_head order by world');
  return rows;
}

/** The highest numbered id of a lane, and the ids below it that were not numbered when the last sequencer stopped. */
export async function resumeLane(
  client: PoolClient,
  lane: 0 | 1 | 2,
): Promise<{ mark: number; missed: { from: number; to: number }[] }> {
  const state = await client.query<{ settled_id: number }>(
    'select settled_id from sequencer_lane where lane = $1',
    [lane],
  );
  const settled = Math.max(state.rows[0]?.settled_id ?? 0, LANE_FLOOR[lane]);
  const top = await client.query<{ top: number | null }>(
    `select max(o.top) as top from world w cross join lateral (
       select entry_id as top from log_order where world = w.world and entry_id > $1 and entry_id <= $2
       order by entry_id desc limit 1) o`,
    [settled, LANE_CEILING[lane]],
  );
  const mark = top.rows[0]?.top ?? settled;
  const holes = await client.query<{ from: number; to: number }>(
    `select before + 1 as "from", id - 1 as "to" from (
       select id, lag(id, 1, $1::bigint) over (order by id) as before from (
         select entry_id as id from world w join log_order o on o.world = w.world where entry_id > $1 and entry_id <= $2
       ) numbered) pairs where id > before + 1 order by 1`,
    [settled, mark],
  );
  return { mark, missed: holes.rows };
}

export async function readNew(
  client: PoolClient,
  worlds: readonly string[],
  lane: 0 | 1 | 2,
  mark: number,
  limit: number,
): Promise<LooseEntry[]> {
  const { rows } = await client.query<LooseEntry>({
    name: 'sequencer-new',
    text: `select e.world, e.id, e.lane, e.kind, e.commitment from unnest($1::text[]) w(world) cross join lateral (
        select world, id, lane, kind, commitment from entry
        where entry.world = w.world and id > $2 and id <= $3 order by id limit $4) e
      order by e.id limit $4`,
    values: [worlds, mark, LANE_CEILING[lane], limit],
  });
  return rows;
}

export async function readLate(
  client: PoolClient,
  worlds: readonly string[],
  gaps: readonly Gap[],
): Promise<LooseEntry[]> {
  const { rows } = await client.query<LooseEntry>({
    name: 'sequencer-late',
    text: `select e.world, e.id, e.lane, e.kind, e.commitment
      from unnest($1::bigint[], $2::bigint[]) gap(lowest, highest), unnest($3::text[]) w(world) cross join lateral (
        select world, id, lane, kind, commitment from entry
        where entry.world = w.world and id >= gap.lowest and id <= gap.highest limit 5000) e
      where not exists (select from log_order o where o.world = e.world and o.entry_id = e.id)
      order by e.id`,
    values: [gaps.map((gap) => gap.from), gaps.map((gap) => gap.to), worlds],
  });
  return rows;
}

export async function readHorizon(client: PoolClient): Promise<Horizon> {
  const { rows } = await client.query<Horizon>(
    `select pg_snapshot_xmin(s)::text::bigint as xmin, pg_snapshot_xmax(s)::text::bigint as xmax from pg_current_snapshot() s`,
  );
  const horizon = rows[0];
  if (!horizon) throw new Error('the database gave no snapshot');
  return horizon;
}

/** The highest id drawn in each lane: one cheap look that says whether there can be anything to number. */
export async function readTops(client: PoolClient): Promise<readonly number[]> {
  const { rows } = await client.query<{ fire: number; fault: number; routine: number }>({
    name: 'sequencer-tops',
    text: `select f.last_value - (not f.is_called)::int as fire, t.last_value - (not t.is_called)::int as fault,
      r.last_value - (not r.is_called)::int as routine from entry_fire_id f, entry_fault_id t, entry_routine_id r`,
  });
  const tops = rows[0];
  if (!tops) throw new Error('the sequences of the log are gone');
  return [tops.fire, tops.fault, tops.routine];
}

/** Numbers, seals, moves the head and tells the readers: one statement, so one commit. */
export async function writeBatch(
  client: PoolClient,
  origin: string,
  epoch: number,
  batch: readonly Numbered[],
  sealedAt: Date,
): Promise<void> {
  const rows = batch.flatMap((part) =>
    part.entries.map((entry, index) => ({ entry, position: part.first + index })),
  );
  await client.query({
    name: 'sequencer-write',
    text: `with numbered as (
        insert into log_order (world, position, entry_id, lane, kind, origin, epoch, seq)
        select world, position, entry_id, lane, kind, $6, $7, position
        from unnest($1::text[], $2::bigint[], $3::bigint[], $4::smallint[], $5::text[]) n(world, position, entry_id, lane, kind)
      ), part as materialized (
        select * from unnest($8::text[], $9::bigint[], $10::bigint[], $11::bytea[], $12::bytea[])
          p(world, first_position, last_position, previous_hash, hash)
      ), sealed as (
        insert into seal (world, first_position, last_position, previous_hash, hash, sealed_at)
        select world, first_position, last_position, previous_hash, hash, $13 from part
      ), moved as (
        update log_head h set position = part.last_position, hash = part.hash from part
        where h.world = part.world and h.position = part.first_position - 1
      )
      select pg_notify('${LOG_CHANNEL}', '')`,
    values: [
      rows.map((row) => row.entry.world),
      rows.map((row) => row.position),
      rows.map((row) => row.entry.id),
      rows.map((row) => row.entry.lane),
      rows.map((row) => row.entry.kind),
      origin,
      epoch,
      batch.map((part) => part.world),
      batch.map((part) => part.first),
      batch.map((part) => part.last),
      batch.map((part) => part.previousHash),
      batch.map((part) => part.hash),
      sealedAt,
    ],
  });
}

export async function saveSettled(client: PoolClient, settled: readonly number[]): Promise<void> {
  await client.query(
    `update sequencer_lane s set settled_id = n.settled_id
     from unnest($1::smallint[], $2::bigint[]) n(lane, settled_id) where s.lane = n.lane and s.settled_id < n.settled_id`,
    [settled.map((_, lane) => lane), settled],
  );
}

/** Removes keys of retries whose window is long over, a bounded number at a time; true when there may be more. */
export async function sweepSeen(client: PoolClient, before: Date): Promise<boolean> {
  const { rowCount } = await client.query(
    `delete from signal_seen where ctid = any (array(select ctid from signal_seen where seen_at < $1 limit 5000))`,
    [before],
  );
  return rowCount === 5_000;
}
