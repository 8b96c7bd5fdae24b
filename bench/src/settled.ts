import type { Pool } from '../../server/src/platform/index.ts';

const LOOK_MS = 500;

/** When a centre is said to have come to rest. */
interface Rest {
  /** So long nobody works any more. */
  readonly seconds: number;
  /** What may go on in that time: an entry is a step of the log's head and one of each of its readers. */
  readonly stepsAtMost: number;
  readonly patienceSeconds: number;
}

/** Nothing at all: for the time between two cases. */
const AT_REST: Rest = { seconds: 1.5, stepsAtMost: 0, patienceSeconds: 180 };

/**
 * Waits until the log and its readers have come to rest: what a case leaves behind is not measured as part of the next one.
 * @param pool a role that may read the cursors
 * @throws Error when they do not, in the time that `rest` gives them
 */
export async function untilSettled(pool: Pool, rest: Rest = AT_REST): Promise<void> {
  const startMs = performance.now();
  let sinceMs = startMs;
  let before = await steps(pool);
  while (performance.now() - sinceMs < rest.seconds * 1_000) {
    if (performance.now() - startMs > rest.patienceSeconds * 1_000)
      throw new Error(`the centre has not come to rest in ${rest.patienceSeconds} s`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const now = await steps(pool);
    if (now - before <= rest.stepsAtMost) continue;
    before = now;
    sinceMs = performance.now();
  }
}

async function steps(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ steps: number }>(
    `select ((select coalesce(sum(position), 0) from log_head where world = 'live')
      + (select coalesce(sum(position), 0) from consumer_cursor where world = 'live'))::float8 as steps`,
  );
  return rows[0]?.steps ?? 0;
}
