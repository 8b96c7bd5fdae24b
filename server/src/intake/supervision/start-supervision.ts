import type { AnyDraft, FacilityId, World } from '@keng/model';
import type { Pool } from 'pg';
import { appendEntries } from '../../log/index.ts';
import { type Clock, errorMessage, type Logger, transaction } from '../../platform/index.ts';
import { FacilityChanges } from '../facility-changes.ts';
import { type BookedLink, LinkBook } from './link-book.ts';
import {
  deleteLost,
  insertLost,
  packHeard,
  readHeard,
  readLost,
  readMark,
  readSnapshot,
  writeSnapshot,
} from './store.ts';
import { readSupervised, readSupervisedOf } from './supervised-transmitters.ts';

export interface SupervisionOptions {
  /** As keng_core (live) or keng_exercise. */
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface RunningSupervision {
  /** One second of supervision now: hears, and says what is lost and restored. Runs by itself each second. */
  beat(): Promise<void>;
  snapshot(): Promise<void>;
  metrics(): { readonly supervised: number; readonly lost: number; readonly listening: boolean };
  stop(): Promise<void>;
}

const BEAT_MS = 1_000;
const SNAPSHOT_MS = 60_000;
/** Batches read at once, and read again for those that committed out of their order. */
const BATCHES = 256;
const OVERLAP = 16;
/** Without a word from any receiver for so long nobody listens, and no link's time runs. */
const DEAF_SECONDS = 10;
/** Links in one transaction: a network that fails takes thousands with it. */
const LINKS = 500;
/** Batches are kept for so long after a snapshot covers them. */
const KEEP_MS = 300_000;

/** Supervises the links of one world: one process hears what all receivers heard. `beatMs` null: only by calls (tests). */
export async function startSupervision(
  options: SupervisionOptions,
  beatMs: number | null = BEAT_MS,
): Promise<RunningSupervision> {
  const supervisor = new LinkSupervisor(options);
  await supervisor.load();
  if (beatMs !== null) supervisor.run(beatMs);
  return supervisor;
}

class LinkSupervisor implements RunningSupervision {
  readonly #options: SupervisionOptions;
  readonly #book = new LinkBook();
  readonly #changes: FacilityChanges;
  #lastBatch = 0;
  #lastBatchAt: Date | null = null;
  #silentBeats = 0;
  #timer: NodeJS.Timeout | undefined;
  #snapshotTimer: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(options: SupervisionOptions) {
    this.#options = options;
    this.#changes = new FacilityChanges({ ...options, onChange: (facilities) => this.#refresh(facilities) });
  }

  metrics() {
    return {
      supervised: this.#book.size,
      lost: this.#book.lost,
      listening: this.#silentBeats < DEAF_SECONDS,
    };
  }

  async load(): Promise<void> {
    const { pool, world } = this.#options;
    await this.#changes.mark();
    await readSupervised(pool, world, (one) => this.#book.put(one));
    const mark = await readMark(pool, world);
    if (mark) {
      // Only time in which somebody listened counts: a link that was heard 20 s before the last snapshot has 20 s behind it.
      const markSecond = Math.floor(mark.at.getTime() / 1_000);
      await readSnapshot(pool, world, (transmitter, second) =>
        this.#book.hear(transmitter, second, Math.max(0, markSecond - second)),
      );
      this.#lastBatch = mark.batch;
      this.#lastBatchAt = mark.at;
    }
    for (const { transmitter } of await readLost(pool, world)) this.#book.markLost(transmitter);
  }

  run(beatMs: number): void {
    this.#changes.start();
    this.#timer = setInterval(() => this.#enqueue(() => this.beat(), 'supervision'), beatMs);
    this.#snapshotTimer = setInterval(() => this.#enqueue(() => this.snapshot(), 'snapshot'), SNAPSHOT_MS);
    this.#timer.unref();
    this.#snapshotTimer.unref();
  }

  async beat(): Promise<void> {
    const restored = await this.#hear();
    await this.#declareRestored(restored);
    if (this.#silentBeats < DEAF_SECONDS) await this.#declareLost(this.#book.advance());
  }

  async snapshot(): Promise<void> {
    const { pool, world, clock } = this.#options;
    if (this.#lastBatchAt === null) return;
    const chunks = [...this.#book.changedChunks()].map(({ chunk, rows }) => ({
      chunk,
      heard: packHeard(rows),
    }));
    const mark = { batch: this.#lastBatch, at: this.#lastBatchAt };
    try {
      const before = new Date(clock.now(world).getTime() - KEEP_MS);
      await transaction(pool, (client) => writeSnapshot(client, world, chunks, mark, before));
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
    await this.snapshot();
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

  /** Reads who was heard; returns the lost links among them. */
  async #hear(): Promise<BookedLink[]> {
    const { pool, world, clock } = this.#options;
    const restored = new Map<number, BookedLink>();
    let heardAnyone = false;
    for (;;) {
      const batches = await readHeard(pool, world, this.#lastBatch, OVERLAP, BATCHES);
      const nowMs = clock.now(world).getTime();
      for (const batch of batches) {
        const age = Math.max(0, Math.round((nowMs - batch.at.getTime()) / 1_000));
        const second = Math.floor(batch.at.getTime() / 1_000);
        for (const transmitter of batch.transmitters) {
          const link = this.#book.hear(transmitter, second, age);
          if (link) restored.set(link.member, link);
        }
        if (batch.id > this.#lastBatch) {
          heardAnyone = true;
          this.#lastBatch = batch.id;
          this.#lastBatchAt = batch.at;
        }
      }
      if (batches.length < BATCHES) break;
    }
    this.#silentBeats = heardAnyone ? 0 : this.#silentBeats + 1;
    return [...restored.values()];
  }

  async #declareLost(links: readonly BookedLink[]): Promise<void> {
    const { pool, world, clock } = this.#options;
    for (let at = 0; at < links.length; at += LINKS) {
      const some = links.slice(at, at + LINKS);
      const now = clock.now(world);
      try {
        await transaction(pool, async (client) => {
          const ids = some.map((one) => one.transmitterId);
          const fresh = await insertLost(client, world, ids, now);
          const drafts = some
            .filter((one) => fresh.has(one.transmitterId))
            .map((one) => this.#lostDraft(one, now));
          await appendEntries(client, drafts, now);
        });
      } catch (error) {
        this.#book.again(links.slice(at));
        throw error;
      }
      for (const one of some) this.#book.markLost(one.transmitterId);
    }
  }

  async #declareRestored(links: readonly BookedLink[]): Promise<void> {
    const { pool, world, clock } = this.#options;
    for (let at = 0; at < links.length; at += LINKS) {
      const some = links.slice(at, at + LINKS);
      const now = clock.now(world);
      await transaction(pool, async (client) => {
        const ids = some.map((one) => one.transmitterId);
        const since = await deleteLost(client, world, ids);
        const drafts = some.flatMap((one) => {
          const lostAt = since.get(one.transmitterId);
          return lostAt ? [this.#restoredDraft(one, lostAt, now)] : [];
        });
        await appendEntries(client, drafts, now);
      });
      for (const one of some) this.#book.markRestored(one);
    }
  }

  #lostDraft(link: BookedLink, at: Date): AnyDraft {
    const { transmitterId, facilityId, reportingSeconds, heardSecond } = link;
    const lastHeardAt = heardSecond === 0 ? null : new Date(heardSecond * 1_000).toISOString();
    return {
      ...this.#common(link, at),
      kind: 'link.lost',
      body: { transmitterId, facilityId, lastHeardAt, reportingSeconds },
    };
  }

  #restoredDraft(link: BookedLink, lostAt: Date, at: Date): AnyDraft {
    const { transmitterId, facilityId } = link;
    return {
      ...this.#common(link, at),
      kind: 'link.restored',
      body: { transmitterId, facilityId, lostAt: lostAt.toISOString() },
    };
  }

  #common(link: BookedLink, at: Date) {
    return {
      world: this.#options.world,
      lane: 1,
      subject: link.transmitterId,
      organisation: link.organisation,
      facility: link.facilityId,
      revision: null,
      at,
      actor: { kind: 'system', id: 'supervision' },
    } as const;
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
