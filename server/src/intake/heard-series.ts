import type { TransmitterId, World } from '@keng/model';
import type { Pool } from 'pg';
import type { Clock } from '../platform/index.ts';
import type { StorageState } from './storage-state.ts';
import { insertHeard } from './supervision/store.ts';

export interface HeardSeriesOptions {
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
  readonly storage: StorageState;
  /** Which receiver this is. */
  readonly receiver: string;
  readonly everyMs?: number;
  /** What the receiver tells about itself with each beat. */
  readonly metrics: () => unknown;
}

/**
 * Who was heard, second by second. Heartbeats are a series and no entries: one row a second and receiver, which the supervisor
 * (it hears all receivers) reads; an empty row says that the receiver listens.
 */
export class HeardSeries {
  readonly #options: HeardSeriesOptions;
  /** Each with the paths by which, as bits. */
  #heard = new Map<TransmitterId, number>();
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> = Promise.resolve();
  #busy = false;

  constructor(options: HeardSeriesOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#tick(), options.everyMs ?? 1_000);
    this.#timer.unref();
  }

  /** @param path by which it was heard; 0: by any */
  add(transmitter: TransmitterId, path = 0): void {
    const bit = path === 0 ? 0 : 1 << path;
    this.#heard.set(transmitter, (this.#heard.get(transmitter) ?? 0) | bit);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flushing;
    await this.#flush();
  }

  #tick(): void {
    if (this.#busy) return;
    this.#busy = true;
    this.#flushing = this.#flush().finally(() => {
      this.#busy = false;
    });
  }

  async #flush(): Promise<void> {
    const { pool, world, clock, receiver, storage, metrics } = this.#options;
    const heard = this.#heard;
    this.#heard = new Map();
    try {
      await insertHeard(pool, world, receiver, clock.now(world), heard, metrics());
    } catch (error) {
      // Told again with the next beat: at most all transmitters of the centre wait here.
      for (const [one, paths] of heard) this.#heard.set(one, (this.#heard.get(one) ?? 0) | paths);
      storage.failed(error, 0);
    }
  }
}
