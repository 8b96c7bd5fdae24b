import type { Client, Notification } from 'pg';

/** The channel on which the sequencer says, once a batch, that there is more to read. A hint, never the record. */
export const LOG_CHANNEL = 'keng_log';

/**
 * Wakes the readers of one process: by NOTIFY from the sequencer, by a call in the same process, and by a slow beat in case
 * both were missed. Readers look at the log themselves; nothing travels in the wake-up.
 */
export class Wake {
  readonly #listeners = new Set<(lanes: ReadonlySet<number> | null) => void>();
  readonly #beat: NodeJS.Timeout;
  #connect: (() => Promise<Client>) | null;
  #client: Client | null = null;
  #retry: NodeJS.Timeout | null = null;

  /** @param connect opens a connection for LISTEN; null: only calls of `now` and the beat. */
  constructor(connect: (() => Promise<Client>) | null, beatMs = 500) {
    this.#connect = connect;
    this.#beat = setInterval(() => this.now(), beatMs);
    this.#beat.unref();
  }

  async start(): Promise<void> {
    if (this.#connect === null) return;
    const client = await this.#connect();
    this.#client = client;
    client.on('notification', (message: Notification) => {
      if (message.channel === LOG_CHANNEL) this.#tell(lanesOf(message.payload));
    });
    client.once('end', () => this.#again());
    await client.query(`listen ${LOG_CHANNEL}`);
  }

  now(): void {
    this.#tell(null);
  }

  #tell(lanes: ReadonlySet<number> | null): void {
    for (const listener of this.#listeners) listener(lanes);
  }

  /** @param listener told in which lanes there is more to read; null: perhaps in any */
  subscribe(listener: (lanes: ReadonlySet<number> | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.#connect = null;
    clearInterval(this.#beat);
    if (this.#retry) clearTimeout(this.#retry);
    await this.#client?.end();
  }

  /** The server went away: the beat carries on, and listening is tried again each second. */
  #again(): void {
    this.#client = null;
    if (this.#connect === null) return;
    this.#retry = setTimeout(() => {
      this.start().catch(() => this.#again());
    }, 1_000);
  }
}

/** What the sequencer says with its NOTIFY: the digits of the lanes that it numbered. */
function lanesOf(payload: string | undefined): ReadonlySet<number> | null {
  return payload ? new Set([...payload].map(Number)) : null;
}

/** A loop that runs when woken and never twice at once; a wake-up during a run causes one more. */
export class WokenLoop {
  readonly #run: () => Promise<boolean>;
  readonly #onError: (error: unknown) => void;
  #pending = false;
  #stopped = false;
  #current: Promise<void> | null = null;
  #pause: NodeJS.Timeout | null = null;
  readonly #gapMs: number;

  /**
   * @param run does one batch; true when there may be more at once.
   * @param onError told of each failure; the loop goes on after a second.
   * @param gapMs rest after a batch that was not full: what arrives meanwhile is handled together, so that a busy centre has
   *   fewer and larger batches instead of a transaction for each handful.
   */
  constructor(run: () => Promise<boolean>, onError: (error: unknown) => void, gapMs = 0) {
    this.#run = run;
    this.#onError = onError;
    this.#gapMs = gapMs;
  }

  poke(): void {
    this.#pending = true;
    if (this.#current || this.#stopped || this.#pause) return;
    this.#current = this.#loop().finally(() => {
      this.#current = null;
      if (this.#pending) this.poke();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#pause) clearTimeout(this.#pause);
    await this.#current;
  }

  #rest(ms: number): void {
    this.#pause = setTimeout(() => {
      this.#pause = null;
      if (this.#pending) this.poke();
    }, ms);
  }

  async #loop(): Promise<void> {
    while (this.#pending && !this.#stopped) {
      this.#pending = false;
      try {
        const more = await this.#run();
        if (more) this.#pending = true;
        else if (this.#gapMs > 0) return this.#rest(this.#gapMs);
      } catch (error) {
        this.#onError(error);
        // Whatever failed is tried again without being asked.
        this.#pending = true;
        return this.#rest(1_000);
      }
    }
  }
}
