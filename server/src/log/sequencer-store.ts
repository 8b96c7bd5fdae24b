import type { PoolClient } from 'pg';
import type { Gap, Horizon } from './gaps.ts';
import { LOG_CHANNEL } from './wake.ts';

/** Where a lane stands, and the ids below that which may still appear. */
export interface LaneMark {
  readonly mark: number;
  readonly gaps: readonly Gap[];
}

/** What one batch numbered in one lane. */
export interface NumberedLane {
  /** Ids above the mark, in order; null: every id from the mark up to `last`. */
  readonly ids: readonly number[] | null;
  /** Ids out of the gaps. */
  readonly late: readonly number[];
  readonly count: number;
  readonly last: number;
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

/** The worlds there are, each with a head to count from. */
export async function loadWorlds(client: PoolClient): Promise<string[]> {
  await client.query(
    `insert into log_head (world, hash) select world, decode(repeat('00', 32), 'hex') from world on conflict do nothing`,
  );
  const { rows } = await client.query<{ world: string }>('select world from log_head order by world');
  return rows.map((row) => row.world);
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

// The limit counts across the worlds of a lane: the mark after the batch then has no unread id of any world below it.
const FRESH = `select world, id, lane, kind, commitment, false as late from (
    select e.*, row_number() over (partition by e.lane order by e.id) as turn
    from unnest($1::text[]) w(world), unnest($2::bigint[], $3::bigint[]) range(mark, ceiling) cross join lateral (
      select world, id, lane, kind, commitment from entry
      where entry.world = w.world and id > range.mark and id <= range.ceiling order by id limit $4) e
  ) waiting where turn <= $4`;

// Asked of one id after the other. As `not exists` it is planned for half a million ids, and the whole log is read for each gap.
const LATE = `select e.world, e.id, e.lane, e.kind, e.commitment, true as late
  from unnest($8::bigint[], $9::bigint[]) gap(lowest, highest), unnest($1::text[]) w(world) cross join lateral (
    select world, id, lane, kind, commitment from entry
    where entry.world = w.world and id >= gap.lowest and id <= gap.highest limit 5000) e
  where (select o.position from log_order o where o.world = e.world and o.entry_id = e.id) is null`;

/** A NOTIFY carries less than 8,000 bytes; a longer one says nothing, and everybody looks. */
const LONGEST_SAYING = 7_000;

// Ids of the fire lane are the lowest, so that a batch has it first. The hash is that of \`sealHash\`: previous hash, first
// and last position, commitments in order. The lock on the leader's connection keeps every other writer of the head away.
function numbering(loose: string): string {
  return `with loose as materialized (${loose}),
    turn as materialized (
      select l.*, h.hash as head_hash, h.position as head_position,
        h.position + row_number() over (partition by l.world order by l.id) as position
      from loose l join log_head h using (world)
    ), numbered as (
      insert into log_order (world, position, entry_id, lane, kind, origin, epoch, seq)
      select world, position, id, lane, kind, $5, $6, position from turn order by world, position
    ), part as materialized (
      select world, head_position + 1 as first_position, max(position) as last_position, head_hash,
        sha256(head_hash || convert_to((head_position + 1) || ':' || max(position) || ':', 'UTF8')
          || string_agg(commitment, ''::bytea order by position)) as hash
      from turn group by world, head_position, head_hash
    ), sealed as (
      insert into seal (world, first_position, last_position, previous_hash, hash, sealed_at)
      select world, first_position, last_position, head_hash, hash, $7 from part
    ), moved as (
      update log_head h set position = part.last_position, hash = part.hash from part where h.world = part.world
    ), told as (
      select pg_notify('${LOG_CHANNEL}', case when length(said) < ${LONGEST_SAYING} then said else '' end)
      from (select string_agg(distinct lane || ':' || kind, ',') as said from loose) batch where said is not null
    )
    select lane, count(*) filter (where not late)::int as count, max(id) filter (where not late) as last,
      case when max(id) filter (where not late) - ($2::bigint[])[lane + 1] = count(*) filter (where not late) then null
        else array_agg(id order by id) filter (where not late) end as ids,
      array_agg(id) filter (where late) as late, (select count(*) from told) as told
    from turn group by lane`;
}

const NUMBER = numbering(FRESH);
/** For tests of its plan. */
export const NUMBER_LATE = numbering(`${LATE} union all ${FRESH}`);

/**
 * Numbers what waits, seals it, moves the heads and tells the readers: one statement, so one commit, and no entry travels.
 * @param batch most entries of a lane; whether other lanes than that of fire are left for later (their late ids are not)
 * @returns for each lane that had any, what was numbered
 */
export async function numberBatch(
  client: PoolClient,
  centre: { readonly origin: string; readonly epoch: number },
  worlds: readonly string[],
  lanes: readonly LaneMark[],
  batch: { readonly limit: number; readonly fireOnly: boolean; readonly sealedAt: Date },
): Promise<ReadonlyMap<number, NumberedLane>> {
  const gaps = lanes.flatMap((lane) => lane.gaps);
  const { rows } = await client.query<{
    lane: number;
    count: number;
    last: number | null;
    ids: number[] | null;
    late: number[] | null;
  }>({
    name: gaps.length > 0 ? 'sequencer-number-late' : 'sequencer-number',
    text: gaps.length > 0 ? NUMBER_LATE : NUMBER,
    values: [
      worlds,
      lanes.map((lane) => lane.mark),
      // From a mark to itself is nothing.
      lanes.map(({ mark }, lane) => (batch.fireOnly && lane > 0 ? mark : LANE_CEILING[lane])),
      batch.limit,
      centre.origin,
      centre.epoch,
      batch.sealedAt,
      ...(gaps.length > 0 ? [gaps.map((gap) => gap.from), gaps.map((gap) => gap.to)] : []),
    ],
  });
  return new Map(
    rows.map(({ lane, count, last, ids, late }) => [
      lane,
      { count, last: last ?? lanes[lane]?.mark ?? 0, ids, late: late ?? [] },
    ]),
  );
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
