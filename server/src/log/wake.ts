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
