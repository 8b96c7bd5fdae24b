import type { FacilityId, World } from '@keng/model';
import type { Pool } from 'pg';
import { type Clock, errorMessage, type Logger, transaction } from '../../platform/index.ts';
import { FacilityChanges } from '../facility-changes.ts';
import { LinkBook } from './link-book.ts';
import { LinkWriter } from './link-writer.ts';
import { type OutagePolicy, OutageWatch } from './outage-watch.ts';
import { ReceiverAges, ReceiverBook } from './receiver-ages.ts';
import {
  countHeard,
  type HeardBatch,
  packHeard,
  readDrops,
  readHeard,
  readLost,
  readMark,
  readSnapshot,
  type SnapshotChunk,
  writeSnapshot,
} from './store.ts';
import { readSupervised, readSupervisedOf } from './supervised-transmitters.ts';

export interface SupervisionOptions {
  /** As keng_core (live) or keng_exercise. */
  readonly pool: Pool;
  readonly world: World;
  /** For the times in entries. Links run out by `monotonicSeconds` alone: clocks are set. */
  readonly clock: Clock;
  readonly log: Logger;
  /** When many lost links are one outage; by default never. */
  readonly outages?: OutagePolicy;
  /** Seconds since any moment, by a clock that nobody sets. */
  readonly monotonicSeconds?: () => number;
}

export interface SupervisionMetrics {
  readonly supervised: number;
  readonly lost: number;
  readonly listening: boolean;
  /** Noticed and not written down yet. */
  readonly waiting: number;
}

export interface RunningSupervision {
  /** Hears, notices what is lost and restored, and writes it down. Runs by itself each second. */
  beat(): Promise<void>;
  snapshot(): Promise<void>;
  metrics(): SupervisionMetrics;
  stop(): Promise<void>;
}

const BEAT_MS = 1_000;
const SNAPSHOT_MS = 60_000;
/** Batches read at once, and read again for those that committed out of their order. */
const BATCHES = 256;
const OVERLAP = 16;
/** Without a word from any receiver for so long nobody listens, and no link's time runs. */
const DEAF_SECONDS = 10;
/** A receiver that wrote nothing for so long has stopped: whom it heard has to find another one. */
const SILENT_SECONDS = 3;
/** A receiver looks each five seconds whether its kernel threw something away. */
const DROPPED_SECONDS = 10;
/** Batches are kept for so long after a snapshot covers them. */
const KEEP_MS = 300_000;
const NEVER: OutagePolicy = {
  links: Number.POSITIVE_INFINITY,
  percent: 100,
  windowSeconds: 60,
  endPercent: 100,
  source: '',
  official: false,
};

/** Supervises the links of one world: one process hears what all receivers heard. `beatMs` null: only by calls (tests). */
export async function startSupervision(
  options: SupervisionOptions,
  beatMs: number | null = BEAT_MS,
): Promise<RunningSupervision> {
  const supervisor = new LinkSupervisor(options, (await readMark(options.pool, options.world))?.tick ?? 0);
  await supervisor.load();
  if (beatMs !== null) supervisor.run(beatMs);
  return supervisor;
}

class LinkSupervisor implements RunningSupervision {
  readonly #options: SupervisionOptions;
  readonly #book: LinkBook;
  readonly #outages: OutageWatch;
  readonly #writer: LinkWriter;
  readonly #changes: FacilityChanges;
  readonly #receivers = new ReceiverBook();
  /** Of the last batches: what is read twice is heard once. */
  readonly #seen = new Set<number>();
  #lastBatch = 0;
  #lastBatchAt: Date | null = null;
  /** By the monotonic clock. */
  #second: number;
  #heardSecond: number;
  /** A supervisor that starts does not know yet whether receivers went on in the meantime. */
  #resuming = true;
  #timer: NodeJS.Timeout | undefined;
  #snapshotTimer: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(options: SupervisionOptions, tick: number) {
    this.#options = options;
    this.#book = new LinkBook(
      tick,
      (receiver) =>
        this.#receivers.isSilent(receiver, this.#second, SILENT_SECONDS) ||
        this.#receivers.isDropping(receiver, this.#second, DROPPED_SECONDS),
    );
    const { pool, world, clock } = options;
    this.#outages = new OutageWatch({
      pool,
      world,
      clock,
      book: this.#book,
      policy: options.outages ?? NEVER,
    });
    this.#writer = new LinkWriter({ pool, world, clock, book: this.#book, outages: this.#outages });
    this.#changes = new FacilityChanges({ ...options, onChange: (facilities) => this.#refresh(facilities) });
    this.#second = this.#now();
    this.#heardSecond = this.#second - DEAF_SECONDS;
  }

  metrics(): SupervisionMetrics {
    return {
      supervised: this.#book.size,
      lost: this.#book.lost,
      listening: this.#listening(),
      waiting: this.#writer.waiting,
    };
  }

  async load(): Promise<void> {
    const { pool, world } = this.#options;
    await this.#changes.mark();
    await readSupervised(pool, world, (one) => this.#book.put(one));
    const mark = await readMark(pool, world);
    if (mark) {
      await readSnapshot(pool, world, (transmitter, second, tick, path) =>
        this.#book.recall({ transmitter, second, tick: tick ?? this.#book.tick, path }),
      );
      this.#lastBatch = mark.batch;
      this.#lastBatchAt = mark.at;
    }
    const outages = await this.#outages.load();
    for (const { transmitter, path, outage } of await readLost(pool, world)) {
      this.#book.recallLost(transmitter, path, outage === null ? 0 : (outages.get(outage) ?? 0));
    }
  }

  run(beatMs: number): void {
    this.#changes.start();
    this.#timer = setInterval(() => {
      this.#enqueue(() => this.#listen(), 'supervision');
      // Not in the queue: half a million losses are written while the next seconds are heard.
      void this.#write();
    }, beatMs);
    this.#snapshotTimer = setInterval(() => this.#enqueue(() => this.snapshot(), 'snapshot'), SNAPSHOT_MS);
    this.#timer.unref();
    this.#snapshotTimer.unref();
  }

  async beat(): Promise<void> {
    await this.#listen();
    await this.#writer.write();
  }

  async snapshot(): Promise<void> {
    const { pool, world, clock } = this.#options;
    if (this.#lastBatchAt === null) return;
    // Before the chunks: what they hold beyond it is heard a second time after a restart, which changes nothing.
    const mark = { batch: this.#lastBatch, at: this.#lastBatchAt, tick: this.#book.tick };
    try {
      const before = new Date(clock.now(world).getTime() - KEEP_MS);
      await transaction(pool, (client) =>
        writeSnapshot(client, world, packed(this.#book.changedChunks()), mark, before),
      );
    } catch (error) {
      this.#book.allChanged();
      throw error;
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    clearInterval(this.#snapshotTimer);
    await this.#changes.stop();
    await this.#work;
    await this.#writer.write();
    await this.snapshot();
  }

  async #write(): Promise<void> {
    try {
      await this.#writer.writeUnhurried();
    } catch (error) {
      this.#options.log.warn({ error: errorMessage(error) }, 'links could not be written; trying again');
    }
  }

  /** One after the other; a database that is away is tried again with the next beat. */
  #enqueue(work: () => Promise<void>, what: string): void {
    if (this.#waiting > 1) return;
    this.#waiting += 1;
    this.#work = this.#work
      .then(work)
      .catch((error) =>
        this.#options.log.warn({ error: errorMessage(error) }, `${what} failed; trying again`),
      )
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  /** Reads who was heard, lets the time run, and notices who is lost and who is back. */
  async #listen(): Promise<void> {
    const { pool, world } = this.#options;
    let batches = await readHeard(pool, world, this.#lastBatch, OVERLAP, BATCHES);
    const fresh = batches.filter((one) => !this.#seen.has(one.id));
    const few = batches.length < BATCHES;
    const ages = few
      ? ReceiverAges.of(fresh)
      : new ReceiverAges(await countHeard(pool, world, (fresh[0]?.id ?? 0) - 1));
    const rows = few
      ? ReceiverAges.of(fresh.filter((one) => one.id > this.#lastBatch)).longest
      : new ReceiverAges(await countHeard(pool, world, this.#lastBatch)).longest;
    const resuming = this.#resuming;
    const deaf = this.#wasDeaf(fresh.filter((one) => one.id > this.#lastBatch));
    const second = this.#now();
    const passed = second - this.#second;
    this.#second = second;
    if (rows > 0) this.#heardSecond = second;
    const ticks = this.#listening() ? ticksOf({ passed, rows, resuming, deaf }) : 0;
    const now = this.#book.tick + ticks;
    for (;;) {
      for (const batch of batches) this.#hear(batch, now, ages);
      if (batches.length < BATCHES) break;
      batches = await readHeard(pool, world, this.#lastBatch, 0, BATCHES);
    }
    this.#forgetOld();
    for (const [receiver, drops] of await readDrops(pool, world))
      this.#receivers.dropped(receiver, drops, second);
    if (deaf) this.#book.startAfresh(now);
    this.#book.advance(ticks);
    const changes = this.#book.takeChanges();
    this.#outages.take(changes);
    this.#writer.add(changes);
  }

  #hear(batch: HeardBatch, now: number, ages: ReceiverAges): void {
    if (this.#seen.has(batch.id)) return;
    this.#seen.add(batch.id);
    const hearing = {
      second: Math.floor(batch.at.getTime() / 1_000),
      tick: Math.max(0, now - ages.take(batch.receiver)),
      receiver: this.#receivers.heard(batch.receiver, this.#second),
    };
    for (const [index, transmitter] of batch.transmitters.entries())
      this.#book.hear(transmitter, { ...hearing, paths: batch.paths[index] ?? 0 });
    if (batch.id <= this.#lastBatch) return;
    this.#lastBatch = batch.id;
    this.#lastBatchAt = batch.at;
  }

  /**
   * Receivers are back after nobody listened: whoever reported in vain meanwhile must not be called lost. While this process runs
   * its own clock says it. When it has just started, the rows do: they went on in its absence, or they stopped.
   */
  #wasDeaf(fresh: readonly HeardBatch[]): boolean {
    if (fresh.length === 0) return false;
    if (!this.#resuming) return !this.#listening();
    this.#resuming = false;
    let last = this.#lastBatchAt;
    for (const { at } of fresh) {
      if (last === null || Math.abs(at.getTime() - last.getTime()) > SILENT_SECONDS * 1_000) return true;
      last = at;
    }
    return false;
  }

  #listening(): boolean {
    return this.#second - this.#heardSecond < DEAF_SECONDS;
  }

  #forgetOld(): void {
    for (const id of this.#seen) if (id <= this.#lastBatch - OVERLAP) this.#seen.delete(id);
  }

  #now(): number {
    return Math.floor(this.#options.monotonicSeconds?.() ?? performance.now() / 1_000);
  }

  async #refresh(facilities: readonly FacilityId[]): Promise<void> {
    const { now, gone } = await readSupervisedOf(
      this.#options.pool,
      this.#options.world,
      facilities,
      this.#book,
    );
    for (const transmitter of gone) this.#book.remove(transmitter);
    for (const one of now) this.#book.put(one);
  }
}

function* packed(chunks: ReturnType<LinkBook['changedChunks']>): IterableIterator<SnapshotChunk> {
  for (const { chunk, rows } of chunks) yield packHeard(chunk, rows);
}

/** How many seconds of listening have passed. After a pause of this process it is what receivers listened to, and not the pause. */
function ticksOf({ passed, rows, resuming, deaf }: Passed): number {
  if (resuming) return deaf ? 1 : rows;
  return passed > DEAF_SECONDS ? Math.min(passed, rows + 1) : passed;
}

interface Passed {
  /** By the clock of this process. */
  readonly passed: number;
  /** The most that one receiver has written since: one a second. */
  readonly rows: number;
  readonly resuming: boolean;
  readonly deaf: boolean;
}
