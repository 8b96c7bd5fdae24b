import type { FacilityId, TransmitterId, World } from '@keng/model';
import type { Pool } from 'pg';
import type { Logger } from '../platform/index.ts';
import { FacilityChanges } from './facility-changes.ts';
import { readLastSignals } from './last-heard-store.ts';
import { readHeard, readMark, readSnapshot } from './supervision/store.ts';
import { readSupervised, readSupervisedOf } from './supervision/supervised-transmitters.ts';

export interface LastHeardOptions {
  /** As keng_core (live) or keng_exercise. */
  readonly pool: Pool;
  readonly world: World;
  readonly log: Logger;
  /** What was read so long ago is told as it is; by default as long as receivers gather before they write. */
  readonly freshMs?: number;
}

const FRESH_MS = 1_000;
/** The supervisor sweeps what receivers wrote after 300 s: whoever looked longer ago begins anew. */
const FOLLOWS_MS = 240_000;
/** Read at once, and read again for those that committed out of their order (as the supervisor does). */
const BATCHES = 256;
const OVERLAP = 16;
/** Asked of the log in one statement. */
const ASKED = 1_000;

/** What is known at one time. A new one is read beside the old one, so that nobody looks into half of it. */
class HeardBook {
  readonly seconds = new Map<TransmitterId, number>();
  /** They must report, and nobody ever heard them. */
  readonly never = new Set<TransmitterId>();
  /** The log knows nothing of these; whatever they say from now on comes with the batches. */
  readonly silent = new Set<TransmitterId>();
  batch = 0;

  hear(transmitter: TransmitterId, second: number): void {
    if (second <= (this.seconds.get(transmitter) ?? 0)) return;
    this.seconds.set(transmitter, second);
    this.never.delete(transmitter);
  }
}

/**
 * When each transmitter was last heard, for those who look at devices: the supervisor's snapshot, followed by what the
 * receivers have written since. What neither has (a device that nobody supervises, silent for minutes) is asked of the log.
 * It is loaded by the first who asks and kept, about 100 bytes a device; while nobody asks nothing is read.
 */
export class LastHeard {
  readonly #options: LastHeardOptions;
  readonly #changes: FacilityChanges;
  #book = new HeardBook();
  #readAt: number | null = null;
  #reading: Promise<HeardBook> | null = null;

  constructor(options: LastHeardOptions) {
    this.#options = options;
    this.#changes = new FacilityChanges({
      ...options,
      onChange: (facilities) => this.#registered(facilities),
    });
  }

  /** Times as the API gives them; null: never. */
  async of(transmitters: readonly TransmitterId[]): Promise<(transmitter: TransmitterId) => string | null> {
    const book = await this.#fresh();
    await this.#askTheLog(
      book,
      transmitters.filter((one) => !book.seconds.has(one) && !book.silent.has(one)),
    );
    return (transmitter) => {
      const second = book.seconds.get(transmitter);
      return second === undefined ? null : new Date(second * 1_000).toISOString();
    };
  }

  /** Transmitters that must report and were never heard. */
  async neverHeard(): Promise<readonly TransmitterId[]> {
    return [...(await this.#fresh()).never];
  }

  async #fresh(): Promise<HeardBook> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return await this.#reading;
  }

  async #read(): Promise<HeardBook> {
    const startedAt = performance.now();
    const age = this.#readAt === null ? Number.POSITIVE_INFINITY : startedAt - this.#readAt;
    if (age < (this.#options.freshMs ?? FRESH_MS)) return this.#book;
    if (age > FOLLOWS_MS) this.#book = await this.#load();
    else {
      await this.#follow(this.#book);
      await this.#changes.poll();
    }
    this.#readAt = startedAt;
    return this.#book;
  }

  async #load(): Promise<HeardBook> {
    const { pool, world } = this.#options;
    const book = new HeardBook();
    await this.#changes.mark();
    book.batch = (await readMark(pool, world))?.batch ?? 0;
    await readSnapshot(pool, world, (transmitter, second) => book.hear(transmitter, second));
    await this.#follow(book);
    const supervised: TransmitterId[] = [];
    await readSupervised(pool, world, ({ transmitterId }) => supervised.push(transmitterId));
    await this.#markNever(book, supervised);
    return book;
  }

  async #follow(book: HeardBook): Promise<void> {
    const { pool, world } = this.#options;
    for (;;) {
      const batches = await readHeard(pool, world, book.batch, OVERLAP, BATCHES);
      for (const { id, at, transmitters } of batches) {
        const second = Math.floor(at.getTime() / 1_000);
        for (const transmitter of transmitters) book.hear(transmitter, second);
        book.batch = Math.max(book.batch, id);
      }
      if (batches.length < BATCHES) return;
    }
  }

  async #registered(facilities: readonly FacilityId[]): Promise<void> {
    const { pool, world } = this.#options;
    const { now } = await readSupervisedOf(pool, world, facilities, { ofFacilities: () => [] });
    await this.#markNever(
      this.#book,
      now.map((one) => one.transmitterId),
    );
  }

  async #markNever(book: HeardBook, supervised: readonly TransmitterId[]): Promise<void> {
    const unheard = supervised.filter((one) => !book.seconds.has(one));
    await this.#askTheLog(book, unheard);
    for (const one of unheard) if (!book.seconds.has(one)) book.never.add(one);
  }

  async #askTheLog(book: HeardBook, transmitters: readonly TransmitterId[]): Promise<void> {
    const { pool, world } = this.#options;
    for (let at = 0; at < transmitters.length; at += ASKED) {
      const some = transmitters.slice(at, at + ASKED);
      const found = await readLastSignals(pool, world, some);
      for (const one of some) {
        const second = found.get(one);
        if (second === undefined) book.silent.add(one);
        else book.hear(one, second);
      }
    }
  }
}
