import type { CountryPack } from '@keng/country-vn';
import type { World } from '@keng/model';
import { type Clock, errorMessage, type Logger, type Pool } from '../platform/index.ts';
import { monthsBefore, retentionOf } from './classes.ts';

const AT_ONCE = 5_000;
/** A night after the power of a province came back leaves half a million rows: they go within hours, and not at once. */
const MOST_ROUNDS = 40;
const LOOK_EVERY_MS = 3_600_000;

interface Sweep {
  readonly table: string;
  readonly before: Date;
  readonly sql: string;
}

function sweeps(country: Pick<CountryPack, 'limits'>, now: Date): Sweep[] {
  const { faultsMonths, routineMonths } = retentionOf(country);
  return [
    {
      // The sums by day stay; this is the list of single losses behind them.
      table: 'numbers_link',
      before: monthsBefore(now, faultsMonths),
      sql: `delete from numbers_link where ctid = any (array(select ctid from numbers_link
        where world = $1 and lost_at < $2 and restored_at is not null order by lost_at desc limit ${AT_ONCE}))`,
    },
    {
      table: 'set_aside',
      before: monthsBefore(now, routineMonths),
      sql: `delete from set_aside where ctid = any (array(select ctid from set_aside
        where world = $1 and retried_at < $2 limit ${AT_ONCE}))`,
    },
  ];
}

/** Removes rows whose time is over, a bounded number at a time; returns how many went from each table. */
export async function sweepOld(
  pool: Pool,
  world: World,
  country: Pick<CountryPack, 'limits'>,
  now: Date,
): Promise<Readonly<Record<string, number>>> {
  const swept: Record<string, number> = {};
  for (const { table, before, sql } of sweeps(country, now)) {
    let gone = 0;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const { rowCount } = await pool.query(sql, [world, before]);
      gone += rowCount ?? 0;
      if ((rowCount ?? 0) < AT_ONCE) break;
    }
    swept[table] = gone;
  }
  return swept;
}

export interface SweepingOptions {
  /** As keng_core. */
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
  readonly country: Pick<CountryPack, 'limits'>;
  readonly log: Logger;
}

/** The same each hour. */
export function startSweeping({ pool, world, clock, country, log }: SweepingOptions): {
  stop(): Promise<void>;
} {
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = sweepOld(pool, world, country, clock.now(world)).catch((error: unknown) =>
      log.warn({ err: error }, `old rows were not swept: ${errorMessage(error)}`),
    );
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
