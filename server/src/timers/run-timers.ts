import type { World } from '@keng/model';
import type { Pool, PoolClient } from 'pg';
import { appendEntries } from '../log/index.ts';
import { type Clock, isPassing, transaction } from '../platform/index.ts';
import { type DueTimer, deleteTimers, lockDueTimers, lockTimer, setTimerAside, TIMERS } from './store.ts';

export interface TimerHandler {
  readonly kind: string;
  /** Runs in the transaction that deletes the timers: what it does with `client` happens exactly once. To refuse, throw. */
  handle(client: PoolClient, timers: readonly DueTimer[], context: TimerContext): Promise<void>;
}

export interface TimerContext {
  readonly world: World;
  /** World time. */
  readonly now: Date;
}

export interface TimerOptions {
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
  readonly handlers: readonly TimerHandler[];
  readonly log: (message: string, error?: unknown) => void;
  /** How often the clock is looked at, in milliseconds; 0: only when poked. */
  readonly beatMs?: number;
}

export interface RunningTimers {
  /** Runs everything that is due now; resolves with how many timers ran. */
  poke(): Promise<number>;
  stop(): Promise<void>;
}

const BATCH = 500;
const TRIES = 3;

/** Runs the timers of a world by its clock. Several processes may: a timer that one has locked is not seen by the others. */
export function startTimers(options: TimerOptions): RunningTimers {
  const runner = new TimerRunner(options);
  let last: Promise<number> = Promise.resolve(0);
  let busy = false;
  const poke = (): Promise<number> => {
    // One after the other: a poke during a run starts after it and sees a later time.
    last = last.catch(() => 0).then(() => runner.runDue());
    return last;
  };
  const beat = (): void => {
    if (busy) return;
    busy = true;
    poke()
      .catch((error: unknown) => options.log('timers could not run; they are tried again', error))
      .finally(() => {
        busy = false;
      });
  };
  const beatMs = options.beatMs ?? 200;
  const interval = beatMs > 0 ? setInterval(beat, beatMs) : null;
  return {
    poke,
    async stop() {
      if (interval) clearInterval(interval);
      await last.catch(() => 0);
    },
  };
}

class TimerRunner {
  readonly #options: TimerOptions;
  readonly #handlers: ReadonlyMap<string, TimerHandler>;
  readonly #kinds: readonly string[];

  constructor(options: TimerOptions) {
    this.#options = options;
    this.#handlers = new Map(options.handlers.map((handler) => [handler.kind, handler]));
    this.#kinds = [...this.#handlers.keys()];
  }

  async runDue(): Promise<number> {
    let total = 0;
    for (;;) {
      const ran = await this.#runBatch();
      total += ran;
      if (ran === 0) return total;
    }
  }

  async #runBatch(): Promise<number> {
    const { pool, world } = this.#options;
    let claimed: readonly DueTimer[] = [];
    try {
      await transaction(pool, async (client) => {
        claimed = await lockDueTimers(client, world, this.#now(), this.#kinds, BATCH);
        await this.#run(client, claimed);
      });
    } catch (error) {
      // A database that is down is no timer's fault.
      if (isPassing(error) || claimed.length === 0) throw error;
      this.#options.log(`a batch of ${claimed.length} timers failed and is tried one by one`, error);
      for (const timer of claimed) await this.#runAlone(timer);
    }
    return claimed.length;
  }

  async #run(client: PoolClient, timers: readonly DueTimer[]): Promise<void> {
    if (timers.length === 0) return;
    const { world } = this.#options;
    for (const kind of new Set(timers.map((timer) => timer.kind))) {
      const own = timers.filter((timer) => timer.kind === kind);
      await this.#handlers.get(kind)?.handle(client, own, { world, now: this.#now() });
    }
    await deleteTimers(
      client,
      world,
      timers.map((timer) => timer.number),
    );
  }

  async #runAlone({ number }: DueTimer): Promise<void> {
    const { pool, world, log } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      let timer: DueTimer | null = null;
      try {
        await transaction(pool, async (client) => {
          timer = await lockTimer(client, world, number);
          if (timer) await this.#run(client, [timer]);
        });
        return;
      } catch (error) {
        if (isPassing(error) || timer === null) throw error;
        if (attempt < TRIES) continue;
        log(`timer ${number} is set aside after ${TRIES} tries`, error);
        await this.#setAside(timer, error);
        return;
      }
    }
  }

  /** The desk sees it: a clock that nobody watches may be an owner's silence. */
  async #setAside(timer: DueTimer, cause: unknown): Promise<void> {
    const { pool, world } = this.#options;
    const now = this.#now();
    const error = (cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)).slice(
      0,
      2_000,
    );
    await transaction(pool, async (client) => {
      await setTimerAside(client, world, timer, error, now);
      const body = { consumer: TIMERS, position: timer.number, entryKind: timer.kind, error };
      await appendEntries(
        client,
        [
          {
            world,
            kind: 'entry.set-aside',
            lane: 0,
            subject: `${TIMERS}/${timer.number}`,
            organisation: null,
            facility: null,
            revision: null,
            at: now,
            actor: { kind: 'system', id: TIMERS },
            body,
          },
        ],
        now,
      );
    });
  }

  #now(): Date {
    return this.#options.clock.now(this.#options.world);
  }
}
