import { setTimeout as pause } from 'node:timers/promises';
import type { AnyDraft, EntryBody, World } from '@keng/model';
import type { Pool } from 'pg';
import { appendEntries } from '../../log/index.ts';
import { type Clock, transaction } from '../../platform/index.ts';
import type { LinkBook, LinkChange } from './link-book.ts';
import type { BookedLink } from './link-members.ts';
import type { OutageWatch } from './outage-watch.ts';
import { deleteLost, insertLost, keyOf, keyOfLink } from './store.ts';

export interface LinkWriterOptions {
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
  readonly book: LinkBook;
  readonly outages: OutageWatch;
}

interface Waiting extends LinkChange {
  readonly at: Date;
}

/** Changes in one transaction: a network that fails takes thousands with it, and an alarm must not wait behind them. */
const LINKS = 500;
/** After so many what is written is let go, and outages are counted: half a million that come back may be followed by more before the last. */
const TURN = 5_000;

/**
 * A batch is followed by a rest of this many times what it took. Each link that is written is also numbered, sealed and read: without
 * rests half a million of them took the machine from the receivers, and devices that spoke were not heard.
 */
const REST_SHARE = 1;

/**
 * Writes down what the book noticed, in its order, in small transactions. The listening goes on meanwhile: half a million losses
 * take a while to be written, and none of them may be noticed late for it. At most two changes of a link wait here, a loss and
 * its return, unless its time is shorter than the writing takes.
 */
export class LinkWriter {
  readonly #options: LinkWriterOptions;
  #waiting: Waiting[] = [];
  #done = 0;
  #writing: Promise<void> | null = null;
  #unhurried = false;

  constructor(options: LinkWriterOptions) {
    this.#options = options;
  }

  /** Not written yet. */
  get waiting(): number {
    return this.#waiting.length - this.#done;
  }

  add(changes: readonly LinkChange[]): void {
    const { clock, world } = this.#options;
    if (changes.length === 0) return;
    const at = clock.now(world);
    for (const change of changes) this.#waiting.push({ ...change, at });
  }

  /** Writes all that waits, one call at a time, without a rest. A failure leaves the rest for the next call. */
  async write(): Promise<void> {
    this.#unhurried = false;
    await this.#write();
  }

  /** The same in the background: it leaves the machine to others half of the time. */
  async writeUnhurried(): Promise<void> {
    this.#unhurried = true;
    await this.#write();
  }

  async #write(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null;
    });
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    do {
      await this.#options.outages.write();
      while (this.#done < Math.min(this.#waiting.length, TURN)) {
        const startMs = performance.now();
        const batch = this.#next();
        await this.#writeBatch(batch);
        this.#done += batch.length;
        if (this.#unhurried && this.waiting > 0) await pause((performance.now() - startMs) * REST_SHARE);
      }
      this.#waiting.splice(0, this.#done);
      this.#done = 0;
    } while (this.#waiting.length > 0);
  }

  /** Up to so many, all lost or all restored. */
  #next(): Waiting[] {
    const batch: Waiting[] = [];
    const first = this.#waiting[this.#done];
    for (let at = this.#done; batch.length < LINKS; at += 1) {
      const one = this.#waiting[at];
      if (one === undefined || one.change !== first?.change) break;
      batch.push(one);
    }
    return batch;
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    const { pool, world, clock } = this.#options;
    const [first] = batch;
    if (first === undefined) return;
    await transaction(pool, async (client) => {
      if (first.change === 'lost') {
        const rows = batch.map(({ link }) => ({ ...keyOfLink(link), outage: this.#outageOf(link) }));
        const fresh = await insertLost(client, world, rows, first.at);
        const said = batch.filter(({ link }) => fresh.has(keyOf(keyOfLink(link))));
        await appendEntries(
          client,
          said.map(({ link, at }) => this.#lostDraft(link, at)),
          clock.now(world),
        );
      } else {
        const since = await deleteLost(
          client,
          world,
          batch.map(({ link }) => keyOfLink(link)),
        );
        const drafts = batch.flatMap((one) => {
          const lostAt = since.get(keyOf(keyOfLink(one.link)));
          return lostAt ? this.#restoredDraft(one, lostAt) : [];
        });
        await appendEntries(client, drafts, clock.now(world));
      }
    });
  }

  /** Lost a moment ago, and the outage was found since; or as it was when it came back. */
  #outageOf(link: BookedLink): string | null {
    const { book, outages } = this.#options;
    return outages.idOf(link.outage === 0 ? book.outageOf(link.member) : link.outage);
  }

  #lostDraft(link: BookedLink, at: Date): AnyDraft {
    const { transmitterId, facilityId, reportingSeconds, heardSecond, path } = link;
    const lastHeardAt = heardSecond === 0 ? null : new Date(heardSecond * 1_000).toISOString();
    const outageId = this.#outageOf(link);
    const body = { transmitterId, facilityId, lastHeardAt, reportingSeconds, outageId };
    return path === null
      ? { ...this.#common(link, at), kind: 'link.lost', body }
      : { ...this.#common(link, at), kind: 'link.path-lost', body: { ...body, path } };
  }

  #restoredDraft({ link, at, because }: Waiting, lost: Date): AnyDraft[] {
    const { transmitterId, facilityId, path } = link;
    const body = {
      transmitterId,
      facilityId,
      lostAt: lost.toISOString(),
      outageId: this.#outageOf(link),
    } satisfies EntryBody<'link.restored'>;
    if (path !== null)
      return [{ ...this.#common(link, at), kind: 'link.path-restored', body: { ...body, path, because } }];
    // It need not report any more: nobody heard it, and nothing is restored.
    return because === 'unregistered' ? [] : [{ ...this.#common(link, at), kind: 'link.restored', body }];
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
}
