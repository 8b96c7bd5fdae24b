import type { World } from '@keng/model';
import type { Pool } from 'pg';
import type { Clock } from '../../platform/index.ts';

/** Days for which measurements are kept. A choice of this program: no text asks for them. */
export const MEASUREMENT_DAYS = 31;

const DAY_MS = 86_400_000;
const LOOK_EVERY_MS = 3_600_000;

export interface KeepDaysOptions {
  /** As keng_core. */
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
  readonly log: (message: string, error?: unknown) => void;
}

/** Makes the days of the series before they begin and drops those whose time is over. Several processes may; one does. */
export async function keepMeasurementDays(pool: Pool, world: World, now: Date): Promise<void> {
  const first = new Date(now.getTime() - MEASUREMENT_DAYS * DAY_MS).toISOString();
  await pool.query('select keng_measurement_days($1::date, $2::date)', [
    now.toISOString().slice(0, 10),
    first.slice(0, 10),
  ]);
  // What lies in no day of its own, and last values of what speaks no more.
  await pool.query('delete from measurement where world = $1 and at < $2', [world, first]);
  await pool.query('delete from measurement_last where world = $1 and at < $2', [world, first]);
}

/** The same at once and each hour. */
export function startKeepingDays({ pool, world, clock, log }: KeepDaysOptions): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const look = (): void => {
    running = running
      .then(() => keepMeasurementDays(pool, world, clock.now(world)))
      .catch((error: unknown) =>
        log('days of measurements could not be kept; tried again in an hour', error),
      );
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
