import type { AnyEntry, EntryKind, World } from '@keng/model';
import type { Pool } from 'pg';
import { headPosition, readAfter } from './read.ts';
import { Subscribers } from './subscribers.ts';
import type { Wake } from './wake.ts';
import { WokenLoop } from './woken-loop.ts';

/** Entries kept in memory for those who keep up; who is further behind reads the table. */
const RING = 10_000;
const READ = 1_000;
/** No eye sees the difference, and a storm is read in tens instead of ones. */
const GAP_MS = 20;

export interface FeedOptions {
  /** A role that may read the whole world (keng_auditor); each subscriber's `accept` narrows it. */
  readonly pool: Pool;
  readonly world: World;
  readonly kinds: readonly EntryKind[];
  readonly wake: Wake;
  readonly log: (message: string, error?: unknown) => void;
}

export interface Subscriber {
  readonly accept: (entry: AnyEntry) => boolean;
  /**
   * Takes accepted entries, and the position up to which everything was looked at. The next call comes after the promise
   * resolves: a slow reader holds up itself alone, and nothing queues for it.
   */
  readonly send: (entries: readonly AnyEntry[], position: number) => Promise<void>;
}

export interface Subscription {
  stop(): Promise<void>;
}

/** The live feed of one process: one reader of the log, any number of subscribers with exact resume. */
export class LogFeed {
  readonly #options: FeedOptions;
  readonly #loop: WokenLoop;
  readonly #subscribers = new Subscribers();
  #unsubscribe: (() => void) | null = null;
  #ring: AnyEntry[] = [];
  /** The ring holds every wanted entry after this position. */
  #from = 0;
  #position = 0;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#loop = new WokenLoop(
      () => this.#read(),
      (error) => options.log('the live feed could not read the log; it tries again', error),
      GAP_MS,
    );
  }

  async start(): Promise<void> {
    this.#position = await headPosition(this.#options.pool, this.#options.world);
    this.#from = this.#position;
    this.#unsubscribe = this.#options.wake.subscribe(() => this.#loop.poke());
    this.#loop.poke();
  }

  /** Everything up to here has been read. */
  get position(): number {
    return this.#position;
  }

  get subscribers(): number {
    return this.#subscribers.count;
  }

  subscribe(after: number, subscriber: Subscriber): Subscription {
    let cursor = after;
    const stop = this.#subscribers.add(
      async () => {
        const { entries, upto } = await this.#after(cursor);
        if (upto === cursor) return false;
        const wanted = entries.filter(subscriber.accept);
        await subscriber.send(wanted, upto);
        cursor = upto;
        return cursor < this.#position;
      },
      (error) => this.#options.log('a subscriber of the live feed failed; it is tried again', error),
    );
    return { stop };
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#loop.stop();
    await this.#subscribers.stop();
  }

  async #read(): Promise<boolean> {
    const { pool, world, kinds } = this.#options;
    const head = await headPosition(pool, world);
    if (head === this.#position) return false;
    const entries = await readAfter(pool, world, this.#position, READ, kinds);
    const last = entries.at(-1);
    // A full answer ends where it ends; a shorter one has shown everything up to the head read before it.
    this.#position = entries.length === READ && last ? last.position : Math.max(head, last?.position ?? 0);
    this.#ring.push(...entries);
    if (this.#ring.length > RING) {
      const dropped = this.#ring.splice(0, this.#ring.length - RING);
      this.#from = dropped.at(-1)?.position ?? this.#from;
    }
    this.#subscribers.poke();
    return entries.length === READ;
  }

  async #after(cursor: number): Promise<{ entries: AnyEntry[]; upto: number }> {
    if (cursor >= this.#position) return { entries: [], upto: cursor };
    if (cursor >= this.#from) {
      const start = firstAfter(this.#ring, cursor);
      const entries = this.#ring.slice(start, start + READ);
      const last = entries.at(-1);
      return { entries, upto: entries.length === READ && last ? last.position : this.#position };
    }
    const { pool, world, kinds } = this.#options;
    const before = this.#position;
    const entries = await readAfter(pool, world, cursor, READ, kinds);
    const last = entries.at(-1);
    return {
      entries,
      upto: entries.length === READ && last ? last.position : Math.max(before, last?.position ?? 0),
    };
  }
}

/** Index of the first entry after a position, by halving. */
function firstAfter(entries: readonly AnyEntry[], position: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.position ?? 0) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
