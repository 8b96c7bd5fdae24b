import type { Pool } from 'pg';
import { Sequencer, type SequencerOptions } from './sequencer.ts';
import { LANE_FLOOR } from './sequencer-store.ts';

const LOOK_MS = 50;
const PATIENCE_MS = 30_000;

/**
 * Numbers what is committed and not numbered yet, for commands that want the whole log: after a crash, or when somebody wrote
 * while no centre ran. Where a centre runs, its sequencer does it and this only waits.
 * @returns how many entries were still without a position when patience ended; 0 but for a sequencer that hangs elsewhere
 */
export async function numberTheRest(options: SequencerOptions): Promise<number> {
  const sequencer = new Sequencer(options);
  sequencer.start();
  try {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const left = await unnumbered(options.pool);
      if (left === 0 || performance.now() > until) return left;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  } finally {
    await sequencer.stop();
  }
}

/** Each lane draws its ids from a range of this length. */
const LANE_IDS = LANE_FLOOR[1];

// Above what is settled: of a log of ten million entries only the end is looked at.
const UNNUMBERED = `select count(*)::int as left
  from sequencer_lane settled cross join world cross join lateral (
    select e.id from entry e where e.world = world.world and e.id > settled.settled_id and e.id < (settled.lane + 1) * ${LANE_IDS}
      and (select o.position from log_order o where o.world = e.world and o.entry_id = e.id) is null) e`;

async function unnumbered(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ left: number }>(UNNUMBERED);
  return rows[0]?.left ?? 0;
}
