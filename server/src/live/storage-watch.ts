import type { Pool } from 'pg';
import { errorMessage, TroubleBook, timesText } from '../platform/index.ts';

export interface StorageState {
  readonly storage: 'ok' | 'failing';
  /** Since when it fails; ISO. */
  readonly since: string | null;
  readonly error: string | null;
}

export interface StorageWatchOptions {
  /** As keng_web, with a pool of its own: the watch must not queue behind those whom it watches. */
  readonly pool: Pool;
  /** Names the row of this process. */
  readonly process: string;
  readonly now?: () => number;
  readonly everyMs?: number;
  readonly log: (message: string, error?: unknown) => void;
}

const STORING = 'storing';

/** A process that has not beaten for a day is gone. */
const STALE_MS = 86_400_000;

/** One failed beat is a hiccup of a busy server; two, and nobody can promise an acknowledgement. */
const FAILURES = 2;

/**
 * Writes one row a second and says how that goes. The state is in memory: the banner that the database is down needs no
 * database.
 */
export class StorageWatch {
  readonly #options: StorageWatchOptions;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | null = null;
  #beating: Promise<void> | null = null;
  readonly #troubles = new TroubleBook();
  #failures = 0;
  #firstFailureMs = 0;
  #state: StorageState = { storage: 'ok', since: null, error: null };

  constructor(options: StorageWatchOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  start(): void {
    this.#timer = setInterval(() => {
      // A beat that hangs counts as failed once it is late; a second one beside it would only hang, too.
      if (this.#beating) this.#fail(new Error('the database does not answer'));
      else
        this.#beating = this.#beat().finally(() => {
          this.#beating = null;
        });
    }, this.#options.everyMs ?? 1_000);
  }

  get state(): StorageState {
    return this.#state;
  }

  /** Ends the beat and takes its row away. Rows that crashes left behind go with it after a day. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#beating;
    if (this.#state.storage === 'failing') return;
    await this.#options.pool.query('delete from storage_beat where process = $1 or at < $2', [
      this.#options.process,
      new Date(this.#now() - STALE_MS),
    ]);
  }

  async #beat(): Promise<void> {
    try {
      await this.#options.pool.query(
        `insert into storage_beat (process, at) values ($1, $2) on conflict (process) do update set at = excluded.at`,
        [this.#options.process, new Date(this.#now())],
      );
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (this.#state.storage === 'failing') this.#options.log('the database takes entries again');
    this.#failures = 0;
    this.#troubles.passed(STORING);
    this.#state = { storage: 'ok', since: null, error: null };
  }

  #fail(error: unknown): void {
    if (this.#failures === 0) this.#firstFailureMs = this.#now();
    this.#failures += 1;
    if (this.#failures < FAILURES) return;
    const message = errorMessage(error);
    const times = this.#troubles.failed(STORING, message, performance.now());
    if (times !== null)
      this.#options.log(
        timesText('the database does not take entries: no device is acknowledged', times),
        error,
      );
    this.#state = {
      storage: 'failing',
      since: new Date(this.#firstFailureMs).toISOString(),
      error: message.slice(0, 300),
    };
  }
}
