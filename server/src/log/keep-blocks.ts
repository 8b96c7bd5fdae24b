import type { World } from '@keng/model';
import type { Pool } from 'pg';

/** Blocks of ids that are there before a lane needs them. */
export const BLOCKS_AHEAD = 2;
/** Fewer than this and the centre is not ready: somebody has to look, with months to do it. */
export const FEWEST_AHEAD = 1;
/** A block holds about half a year of its lane: few blocks for the planner, and the past leaves in parts that can be borne. */
const DAYS_A_BLOCK = 182;
const LEAST_IDS = 1_000_000;
const MOST_IDS = 20_000_000;
const LOOK_EVERY_MS = 3_600_000;
/** When the lock was not to be had: the log was busy at that moment. */
const RETRY_MS = 60_000;

export interface KeepBlocksOptions {
  /** As keng_core. */
  readonly pool: Pool;
  readonly log: (message: string, error?: unknown) => void;
}

/** Makes the blocks of the log before they are needed. Several processes may; one does. Returns how many were made. */
export async function keepBlocks(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ made: number }>('select keng_entry_blocks($1, $2, $3, $4) as made', [
    BLOCKS_AHEAD,
    DAYS_A_BLOCK,
    LEAST_IDS,
    MOST_IDS,
  ]);
  return rows[0]?.made ?? 0;
}

/** The same at once and each hour. */
export function startKeepingBlocks({ pool, log }: KeepBlocksOptions): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = (): void => {
    running = keepBlocks(pool).then(
      () => plan(LOOK_EVERY_MS),
      (error: unknown) => {
        log('blocks of the log could not be made ahead; tried again in a minute', error);
        plan(RETRY_MS);
      },
    );
  };
  const plan = (ms: number): void => {
    if (stopped) return;
    timer = setTimeout(look, ms);
    timer.unref();
  };
  look();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

export interface BlockStanding {
  readonly lane: 0 | 1 | 2;
  /** Untouched blocks after the one in use. */
  readonly ahead: number;
  /** true: ids are drawn in the part after all blocks; it takes them, but nobody has made blocks for a long time. */
  readonly inRest: boolean;
}

export async function blockStanding(pool: Pool): Promise<BlockStanding[]> {
  const { rows } = await pool.query<BlockStanding>(
    `select s.lane, count(*) filter (where b.first_id > s.top and not b.is_rest)::int as ahead,
       coalesce(bool_or(b.is_rest and b.first_id <= s.top), false) as "inRest"
     from (select 0 as lane, last_value as top from entry_fire_id union all select 1, last_value from entry_fault_id
       union all select 2, last_value from entry_routine_id) s join entry_block b on b.lane = s.lane
     group by s.lane order by s.lane`,
  );
  return rows;
}

export interface ArchiveStanding {
  /** Seconds since 1970: the oldest entry from where the database is whole. */
  readonly oldestSeconds: number;
  readonly files: number;
  readonly filesBytes: number;
  /** Last position in a file, and up to which entries have left. */
  readonly archivedPosition: number;
  readonly leftPosition: number;
  /** Persons who were erased and still stand in files. */
  readonly erasuresWaiting: number;
}

export async function archiveStanding(pool: Pool, world: World): Promise<ArchiveStanding> {
  const { rows } = await pool.query<ArchiveStanding>(
    `with files as (
       select count(*)::int as files, coalesce(sum(bytes), 0)::bigint as bytes, coalesce(max(last_position), 0) as archived,
         coalesce(max(last_position) filter (where left_at is not null), 0) as gone
       from log_archive where world = $1)
     select files, bytes as "filesBytes", archived as "archivedPosition", gone as "leftPosition",
       (select count(*)::int from archive_erasure where world = $1) as "erasuresWaiting",
       coalesce((select extract(epoch from e.recorded_at) from log_order o cross join lateral (
           select recorded_at from entry where entry.world = $1 and entry.id = o.entry_id limit 1) e
         where o.world = $1 and o.position > gone order by o.position limit 1), 0)::float8 as "oldestSeconds"
     from files`,
    [world],
  );
  const [standing] = rows;
  if (!standing) throw new Error('the database gave no answer');
  return standing;
}
