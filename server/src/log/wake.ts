import type { Client, Notification } from 'pg';

/** The channel on which the sequencer says, once a batch, that there is more to read. A hint, never the record. */
export const LOG_CHANNEL = 'keng_log';

/**
 * Wakes the readers of one process: by NOTIFY from the sequencer, by a call in the same process, and by a slow beat in case
 * both were missed. Readers look at the log themselves; nothing travels in the wake-up.
 */
export class Wake {
  readonly #listeners = new Set<() => void>();
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
      if (message.channel === LOG_CHANNEL) this.now();
    });
    client.once('end', () => this.#again());
    await client.query(`listen ${LOG_CHANNEL}`);
  }

  now(): void {
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
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

/** A loop that runs when woken and never twice at once; a wake-up during a run causes one more. */
export class WokenLoop {
  readonly #run: () => Promise<boolean>;
  readonly #onError: (error: unknown) => void;
  #pending = false;
  #stopped = false;
  #current: Promise<void> | null = null;
  #pause: NodeJS.Timeout | null = null;

  /** @param run does one batch; true when there may be more at once. @param onError told of each failure; the loop goes on after a second. */
  constructor(run: () => Promise<boolean>, onError: (error: unknown) => void) {
    this.#run = run;
    this.#onError = onError;
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

  async #loop(): Promise<void> {
    while (this.#pending && !this.#stopped) {
      this.#pending = false;
      try {
        if (await this.#run()) this.#pending = true;
      } catch (error) {
        this.#onError(error);
        this.#pending = false;
        this.#pause = setTimeout(() => {
          this.#pause = null;
          this.poke();
        }, 1_000);
        return;
      }
    }
  }
}
