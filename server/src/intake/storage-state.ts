import type { AnyDraft, World } from '@keng/model';
import type { Pool } from 'pg';
import { appendEntries } from '../log/index.ts';
import { type Clock, errorMessage, type Logger, transaction } from '../platform/index.ts';

export interface Failing {
  /** World time since when nothing can be stored. */
  readonly since: Date;
  readonly error: string;
  /** Messages that got no acknowledgement since then; their senders repeat. */
  readonly refused: number;
}

export interface StorageStateOptions {
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
  readonly log: Logger;
  readonly probeMs?: number;
}

/**
 * Can the centre store what it hears? After a failure it says so, and tries by itself once a second to write that there was one:
 * when that is stored, the disk is back. Both entries leave together, so the log always shows the end of an outage that it shows.
 */
export class StorageState {
  readonly #options: StorageStateOptions;
  #failing: Failing | null = null;
  #timer: NodeJS.Timeout | undefined;
  #probing: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: StorageStateOptions) {
    this.#options = options;
  }

  get failing(): Failing | null {
    return this.#failing;
  }

  /** Something could not be stored; `refused` messages were left without an answer. */
  failed(error: unknown, refused: number): void {
    const { clock, world, log } = this.#options;
    if (this.#failing) {
      this.#failing = { ...this.#failing, refused: this.#failing.refused + refused };
      return;
    }
    this.#failing = { since: clock.now(world), error: errorMessage(error).slice(0, 500), refused };
    log.error(
      { error: this.#failing.error },
      'cannot store: frames are not acknowledged, devices will repeat',
    );
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#probing;
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#probing = this.#probe();
    }, this.#options.probeMs ?? 1_000);
    this.#timer.unref();
  }

  async #probe(): Promise<void> {
    const { pool, log, clock, world } = this.#options;
    const failing = this.#failing;
    if (!failing) return;
    try {
      const now = clock.now(world);
      await transaction(pool, (client) => appendEntries(client, this.#drafts(failing, now), now));
    } catch (error) {
      log.debug({ error: errorMessage(error) }, 'still cannot store');
      this.#schedule();
      return;
    }
    this.#failing = null;
    log.warn({ since: failing.since, refused: failing.refused }, 'can store again');
  }

  #drafts(failing: Failing, now: Date): AnyDraft[] {
    const common = {
      world: this.#options.world,
      lane: 1,
      subject: 'storage',
      organisation: null,
      facility: null,
      revision: null,
      actor: { kind: 'system', id: 'intake' },
    } as const;
    const since = failing.since.toISOString();
    return [
      { ...common, kind: 'storage.failed', at: failing.since, body: { since, error: failing.error } },
      { ...common, kind: 'storage.recovered', at: now, body: { since, refused: failing.refused } },
    ];
  }
}
