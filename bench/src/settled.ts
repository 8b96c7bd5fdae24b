import type { Pool } from '../../server/src/platform/index.ts';

const LOOK_MS = 500;
/** So many looks without a change: nobody works any more. */
const STILL_LOOKS = 3;
const PATIENCE_MS = 180_000;

/**
 * Waits until the readers of the log have come to rest: what a case leaves behind is not measured as part of the next one.
 * @param pool a role that may read the cursors
 * @throws Error when they do not, in three minutes
 */
export async function untilSettled(pool: Pool): Promise<void> {
  const startMs = performance.now();
  let last = '';
  for (let still = 0; still < STILL_LOOKS; ) {
    const { rows } = await pool.query<{ state: string }>(
      `select concat((select position from log_head where world = 'live'), ' ',
        (select sum(position) from consumer_cursor where world = 'live')) as state`,
    );
    const state = rows[0]?.state ?? '';
    still = state === last ? still + 1 : 0;
    last = state;
    if (performance.now() - startMs > PATIENCE_MS)
      throw new Error('the centre has not come to rest in three minutes');
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
