import type { Client, Notification } from 'pg';

/** The channel on which the sequencer says, once a batch, that there is more to read. A hint, never the record. */
export const LOG_CHANNEL = 'keng_log';

/** What one batch of the sequencer numbered: whoever wants none of it need not look. */
export class News {
  readonly #kindsOfLane = new Map<number, Set<string>>();

  /** @param payload pairs `LANE:KIND` with commas between */
  constructor(payload: string) {
    for (const pair of payload.split(',')) {
      const lane = Number(pair.slice(0, 1));
      const kinds = this.#kindsOfLane.get(lane) ?? new Set();
      this.#kindsOfLane.set(lane, kinds.add(pair.slice(2)));
    }
  }

  /** @param lane 3 stands for all of them */
  has(lane: number, kinds: readonly string[]): boolean {
    const inLane = (one: number): boolean => kinds.some((kind) => this.#kindsOfLane.get(one)?.has(kind));
    return lane === 3 ? [...this.#kindsOfLane.keys()].some(inLane) : inLane(lane);
  }
}

/**
 * Wakes the readers of one process: by NOTIFY from the sequencer, by a call in the same process, and by a slow beat in case
 * both were missed. Readers look at the log themselves; only what sort of entry there is travels in the wake-up.
 */
export class Wake {
  readonly #listeners = new Set<(news: News | null) => void>();
  readonly #beat: NodeJS.Timeout;
  readonly #connect: (() => Promise<Client>) | null;
  #stopped = false;
  #client: Client | null = null;
  #retry: NodeJS.Timeout | null = null;

  /** @param connect opens a connection for LISTEN; null: only calls of `now` and the beat. */
  constructor(connect: (() => Promise<Client>) | null, beatMs = 500) {
    this.#connect = connect;
    this.#beat = setInterval(() => this.now(), beatMs);
    this.#beat.unref();
  }

  async start(): Promise<void> {
    if (this.#connect === null || this.#stopped) return;
    const client = await this.#connect();
    client.on('notification', (message: Notification) => {
      if (message.channel === LOG_CHANNEL) this.#tell(newsOf(message.payload));
    });
    try {
      await client.query(`listen ${LOG_CHANNEL}`);
    } catch (error) {
      // Whoever called tries again with another one. How this one ends is of no interest: why it does not listen is thrown.
      await client.end().catch(() => undefined);
      throw error;
    }
    if (this.#stopped) return await client.end();
    // Only now: of one that ends before it listens the caller hears, and two would try again.
    this.#client = client;
    client.once('end', () => this.#again());
  }

  now(): void {
    this.#tell(null);
  }

  #tell(news: News | null): void {
    for (const listener of this.#listeners) listener(news);
  }

  /** @param listener told what there is more of to read; null: perhaps of anything */
  subscribe(listener: (news: News | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#beat);
    if (this.#retry) clearTimeout(this.#retry);
    await this.#client?.end();
  }

  /** The server went away: the beat carries on, and listening is tried again each second. */
  #again(): void {
    this.#client = null;
    if (this.#stopped) return;
    this.#retry = setTimeout(() => {
      this.start().catch(() => this.#again());
    }, 1_000);
  }
}

/** `0:signal.received,1:device.fault`: the lanes and kinds of a batch, as the sequencer says them with its NOTIFY. */
function newsOf(payload: string | undefined): News | null {
  return payload ? new News(payload) : null;
}
