import type { Pool, PoolClient } from 'pg';
import { fillGaps, forgetGaps, noticeGaps } from './gaps.ts';
import { restFromOthersMs, untilNextLookMs } from './numbering-rule.ts';
import {
  type LaneMark,
  loadWorlds,
  numberBatch,
  readHorizon,
  readTops,
  resumeLane,
  saveSettled,
  sweepSeen,
  tryToLead,
} from './sequencer-store.ts';

const LANES = [0, 1, 2] as const;
/** Most entries of a lane in one batch: the fire lane waits for at most one batch of each other lane. */
const BATCH = 2_000;
/** The same while fire alarms come: they wait for less, and what is left of a backlog of faults comes later. */
const BATCH_WITH_ALARMS = 1_000;
const ALARMING_MS = 1_000;
const HOUSEKEEPING_MS = 5_000;
const SWEEP_AGAIN_MS = 250;
/** Longer than any window in which a retry is recognised (300 s), with room for clocks that differ. */
const SEEN_KEPT_MS = 3_600_000;

export interface SequencerOptions {
  /** As keng_sequencer. */
  readonly pool: Pool;
  readonly origin: string;
  readonly epoch: number;
  /** Wall clock, milliseconds. */
  readonly now?: () => number;
  readonly log: (message: string, error?: unknown) => void;
}

interface Cycle {
  /** There is more than it could take, and it is nobody else's turn first. */
  readonly more: boolean;
  readonly numbered: number;
}

const NOTHING: Cycle = { more: false, numbered: 0 };

/**
 * Gives each committed entry the next position of its world, and seals each batch into the hash chain. One leads at a time,
 * by a lock of the database; the others wait to take over. Ids that are skipped because their transaction is still open are
 * remembered and numbered when it commits: nothing waits for them, nothing is lost.
 */
export class Sequencer {
  readonly #options: SequencerOptions;
  readonly #now: () => number;
  #stopped = false;
  #wake: (() => void) | null = null;
  #running: Promise<void> | null = null;
  #lanes: LaneMark[] = [];
  #worlds: readonly string[] = [];
  #housekeepingMs = 0;
  #numbered = 0;
  #empty = 0;
  /** performance.now() when the fire lane had something last. */
  #alarmedMs = Number.NEGATIVE_INFINITY;
  /** When a batch with entries of other lanes than that of fire began last, and until when these are left alone. */
  #othersMs = Number.NEGATIVE_INFINITY;
  #othersRestUntilMs = Number.NEGATIVE_INFINITY;
  #leads = false;
  #lookedMs = performance.now();

  constructor(options: SequencerOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** There is something new: look now and not at the next poll. */
  poke(): void {
    this.#wake?.();
  }

  /** Entries numbered since the start, whether this process leads, and how many gaps it remembers. */
  metrics(): { readonly numbered: number; readonly leads: boolean; readonly gaps: number } {
    return {
      numbered: this.#numbered,
      leads: this.#leads,
      gaps: this.#lanes.reduce((sum, lane) => sum + lane.gaps.length, 0),
    };
  }

  /** Seconds since it last reached the database, as the leader or as one who waits. */
  get silentSeconds(): number {
    return (performance.now() - this.#lookedMs) / 1_000;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        const client = await this.#options.pool.connect();
        // The connection may break between statements; the next statement says so.
        const ignore = (): void => undefined;
        client.on('error', ignore);
        try {
          await this.#lead(client);
        } finally {
          this.#leads = false;
          client.off('error', ignore);
          // Closing the connection gives the lock back, whatever state it is in.
          client.release(true);
        }
      } catch (error) {
        if (this.#stopped) return;
        this.#options.log(
          'the sequencer lost its connection or was refused; it starts again in a second',
          error,
        );
        await this.#pause(1_000);
      }
    }
  }

  async #lead(client: PoolClient): Promise<void> {
    while (!this.#stopped && !(await tryToLead(client))) {
      this.#lookedMs = performance.now();
      await this.#pause(500);
    }
    if (this.#stopped) return;
    await this.#resume(client);
    this.#leads = true;
    while (!this.#stopped) {
      const { more, numbered } = (await this.#isAnything(client)) ? await this.#cycle(client) : NOTHING;
      this.#lookedMs = performance.now();
      if (this.#now() - this.#housekeepingMs > HOUSEKEEPING_MS) await this.#keepHouse(client);
      if (!more) await this.#pause(untilNextLookMs(numbered, this.#numbersFireOnly, this.#empty));
    }
  }

  async #resume(client: PoolClient): Promise<void> {
    this.#worlds = await loadWorlds(client);
    this.#lanes = [];
    for (const lane of LANES) {
      const { mark, missed } = await resumeLane(client, lane);
      this.#lanes.push({ mark, gaps: missed.map((gap) => ({ ...gap, noticedMs: this.#now(), xmax: null })) });
    }
  }

  async #isAnything(client: PoolClient): Promise<boolean> {
    const tops = await readTops(client);
    const fireOnly = this.#numbersFireOnly;
    const anything = this.#lanes.some(
      (lane, index) => (index === 0 || !fireOnly) && (lane.gaps.length > 0 || (tops[index] ?? 0) > lane.mark),
    );
    this.#empty = anything ? 0 : this.#empty + 1;
    return anything;
  }

  get #isAlarming(): boolean {
    return performance.now() - this.#alarmedMs < ALARMING_MS;
  }

  get #numbersFireOnly(): boolean {
    return performance.now() < this.#othersRestUntilMs;
  }

  /** One batch, fire first. */
  async #cycle(client: PoolClient): Promise<Cycle> {
    const gaps = this.#lanes.some((lane) => lane.gaps.length > 0);
    // Read before the look for late ids: what it says to be over was there to be found.
    const horizon = gaps ? await readHorizon(client) : null;
    const now = this.#now();
    const alarming = this.#isAlarming;
    const limit = alarming ? BATCH_WITH_ALARMS : BATCH;
    const fireOnly = this.#numbersFireOnly;
    const startMs = performance.now();
    const done = await numberBatch(client, this.#options, this.#worlds, this.#lanes, {
      limit,
      fireOnly,
      sealedAt: new Date(now),
    });
    const endMs = performance.now();
    if ((done.get(0)?.count ?? 0) > 0) this.#alarmedMs = endMs;
    const others = (done.get(1)?.count ?? 0) + (done.get(2)?.count ?? 0);
    if (others > 0) {
      const [tookMs, sinceMs] = [endMs - startMs, startMs - this.#othersMs];
      this.#othersRestUntilMs = endMs + restFromOthersMs({ others, tookMs, sinceMs, alarming });
      this.#othersMs = startMs;
    }
    let more = false;
    let count = 0;
    this.#lanes = this.#lanes.map((lane, index) => {
      const numbered = done.get(index) ?? { count: 0, last: lane.mark, ids: null, late: [] };
      const open = fillGaps(lane.gaps, numbered.late);
      const noticed = noticeGaps(lane.mark, numbered.ids ?? [], now);
      count += numbered.count + numbered.late.length;
      more ||= numbered.count === limit && (index === 0 || !alarming);
      return {
        mark: numbered.last,
        gaps: [...(horizon ? forgetGaps(open, horizon, now) : open), ...noticed.gaps],
      };
    });
    this.#numbered += count;
    return { more, numbered: count };
  }

  async #keepHouse(client: PoolClient): Promise<void> {
    this.#housekeepingMs = this.#now();
    const settled = this.#lanes.map((lane) =>
      lane.gaps.reduce((lowest, gap) => Math.min(lowest, gap.from - 1), lane.mark),
    );
    await saveSettled(client, settled);
    this.#worlds = await loadWorlds(client);
    const more = await sweepSeen(client, new Date(this.#now() - SEEN_KEPT_MS));
    // A turn takes a part only, for numbering waits for it; the rest follows soon, or as ever while alarms come.
    if (more && !this.#isAlarming) this.#housekeepingMs -= HOUSEKEEPING_MS - SWEEP_AGAIN_MS;
  }

  async #pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }
}
