import type { AnyDraft, World } from '@keng/model';
import type { Pool } from 'pg';
import { appendEntries } from '../log/index.ts';
import {
  type Clock,
  errorMessage,
  type Logger,
  TroubleBook,
  timesText,
  transaction,
} from '../platform/index.ts';

export interface Failing {
  /** World time since when nothing can be stored. */
  readonly since: Date;
  readonly error: string;
  /** Messages that got no acknowledgement since then; their senders repeat. */
  readonly refused: number;
}

const STORING = 'storing';

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
  readonly #troubles = new TroubleBook();
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
    const { clock, world } = this.#options;
    const reason = this.#tell(error);
    if (this.#failing) {
      this.#failing = { ...this.#failing, refused: this.#failing.refused + refused };
      return;
    }
    this.#failing = { since: clock.now(world), error: reason, refused };
    this.#schedule();
  }

  /** Gives the reason, which may change while it lasts: a machine that is off, then a standby that nobody has promoted. */
  #tell(error: unknown): string {
    const reason = errorMessage(error).slice(0, 500);
    const times = this.#troubles.failed(STORING, reason, performance.now());
    if (times !== null) {
      const message = timesText('cannot store: frames are not acknowledged, devices will repeat', times);
      this.#options.log.error({ error: reason }, message);
    }
    return reason;
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
      this.#tell(error);
      this.#schedule();
      return;
    }
    this.#failing = null;
    this.#troubles.passed(STORING);
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
