import type { World } from '@keng/model';
import { archiveStanding, type BegunLate, begunLateText, blockStanding, FEWEST_AHEAD } from '../log/index.ts';
import {
  cachedQuery,
  errorMessage,
  healthOf,
  type Pool,
  type ProcessMetrics,
  type RoleHealth,
} from '../platform/index.ts';

interface Standing {
  readonly consumer: string;
  readonly lane: number;
  /** Positions that it has still to look at. */
  readonly behind: number;
  /** Since its cursor moved last. */
  readonly stillSeconds: number;
}

/** A consumer that has work and does not move for so long hangs. */
const HANGS_AFTER_SECONDS = 60;

// One probe of an index a lane, whatever the log's length. What comes last in the routine lane is not indexed apart: the head stands for
// it, so this lane may look behind by what is on its way in the others.
const STANDING = `with top as (
    select position as head,
      coalesce((select max(position) from log_order where world = $1 and lane = 0), 0) as fire,
      coalesce((select max(position) from log_order where world = $1 and lane = 1), 0) as fault
    from log_head where world = $1)
  select c.consumer, c.lane,
    greatest(0, (case c.lane when 0 then fire when 1 then fault else head end) - c.position) as behind,
    greatest(0, extract(epoch from clock_timestamp() - c.updated_at))::float8 as "stillSeconds"
  from consumer_cursor c cross join top where c.world = $1 order by c.consumer, c.lane`;

export interface LogMetrics {
  health(): Promise<RoleHealth>;
}

/** How long the log is and how far its readers are; read by one role of the centre, for all. */
export function addLogMetrics(
  metrics: ProcessMetrics,
  pool: Pool,
  world: World,
  begunLate: readonly BegunLate[],
): LogMetrics {
  const standing = cachedQuery(async () => (await pool.query<Standing>(STANDING, [world])).rows);
  const head = cachedQuery(async () => {
    const { rows } = await pool.query<{ position: number; waiting: number }>(
      `select position, (select count(*)::int from set_aside where world = $1 and retried_at is null) as waiting
       from log_head where world = $1`,
      [world],
    );
    return rows[0] ?? { position: 0, waiting: 0 };
  });
  metrics.gauge({ name: 'keng_log_head', help: 'last position of the log' }, async () => [
    { value: (await head()).position },
  ]);
  metrics.gauge(
    { name: 'keng_set_aside_entries', help: 'entries that crashed a consumer and wait for a person' },
    async () => [{ value: (await head()).waiting }],
  );
  metrics.gauge(
    {
      name: 'keng_consumer_behind_entries',
      help: 'positions a consumer has not looked at yet; lane 3 is all lanes in order',
      labels: ['consumer', 'lane'],
    },
    async () =>
      (await standing()).map(({ consumer, lane, behind }) => ({
        labels: { consumer, lane: String(lane) },
        value: behind,
      })),
  );
  metrics.gauge(
    {
      name: 'keng_consumers_begun_late',
      help: 'consumers that never saw what had left for archive files when they began',
    },
    () => [{ value: begunLate.length }],
  );
  const blocks = cachedQuery(() => blockStanding(pool), 30_000);
  const archive = cachedQuery(() => archiveStanding(pool, world), 30_000);
  metrics.gauge(
    {
      name: 'keng_log_blocks_ahead',
      help: 'blocks of ids that are there before a lane needs them',
      labels: ['lane'],
    },
    async () => (await blocks()).map(({ lane, ahead }) => ({ labels: { lane: String(lane) }, value: ahead })),
  );
  const one = (name: `keng_${string}`, help: string, of: keyof Awaited<ReturnType<typeof archive>>): void =>
    metrics.gauge({ name, help }, async () => [{ value: (await archive())[of] }]);
  one(
    'keng_log_oldest_timestamp_seconds',
    'the oldest entry of the part of the log that is whole in the database',
    'oldestSeconds',
  );
  one('keng_archive_files', 'archive files of the log', 'files');
  one('keng_archive_bytes', 'bytes of archive files of the log', 'filesBytes');
  one('keng_archive_position', 'last position that stands in an archive file', 'archivedPosition');
  one('keng_archive_left_position', 'position up to which entries have left the database', 'leftPosition');
  one('keng_archive_erasures_waiting', 'erased persons who still stand in archive files', 'erasuresWaiting');
  return {
    health: async () => {
      try {
        const low = (await blocks()).filter((lane) => lane.ahead < FEWEST_AHEAD || lane.inRest);
        const hung = (await standing()).filter(
          (one) => one.behind > 0 && one.stillSeconds > HANGS_AFTER_SECONDS,
        );
        const { role, ready, reasons } = healthOf('consumer', [
          ...low.map(
            (lane) =>
              `the log has ${lane.ahead} blocks ahead in lane ${lane.lane}${lane.inRest ? ', and its ids are drawn after the last' : ''}`,
          ),
          ...hung.map(
            (one) =>
              `${one.consumer} is ${one.behind} behind in lane ${one.lane} and has not moved for ${Math.round(one.stillSeconds)} s`,
          ),
        ]);
        // It does its work; only what it makes of the past is not whole.
        return { role, ready, reasons: [...reasons, ...begunLate.map(begunLateText)] };
      } catch (error) {
        return healthOf('consumer', [`the database does not answer: ${errorMessage(error)}`]);
      }
    },
  };
}
