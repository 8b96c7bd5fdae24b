import { type Actor, newUuid, type OutageState, type World } from '@keng/model';
import type { Pool } from 'pg';
import { type Clock, transaction } from '../../platform/index.ts';
import type { LinkBook, LinkChange } from './link-book.ts';
import type { BookedLink } from './link-members.ts';
import {
  belongsTo,
  type Cell,
  type FoundOutage,
  findOutages,
  isOver,
  type OutageRule,
} from './outage-rule.ts';
import { changeOutage, openOutage, readOpenOutages } from './outage-store.ts';
import { keyOfLink, nameOutage } from './store.ts';

export interface OutagePolicy extends OutageRule {
  readonly source: string;
  readonly official: boolean;
}

export interface OutageWatchOptions {
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
  readonly book: LinkBook;
  readonly policy: OutagePolicy;
}

const SUPERVISION: Actor = { kind: 'system', id: 'supervision' };
/** Counts are written at most this often, in seconds of listening. */
const COUNT_TICKS = 5;
/** A loss joins an outage that still had one so long ago; a later one is a new thing to look at. */
const ACTIVE_TICKS = 300;
/** Losses named in one statement. */
const NAMED = 500;

interface Loss {
  readonly tick: number;
  readonly at: Date;
  readonly link: BookedLink;
}

interface Followed {
  readonly number: number;
  state: OutageState;
  /** As the book counts; `state` has what was written of it. */
  lost: number;
  back: number;
  lastLossTick: number;
  writtenTick: number;
}

/** Sees what losses have in common, and keeps count of each outage. What it says is written by `write`. */
export class OutageWatch {
  readonly #options: OutageWatchOptions;
  readonly #followed = new Map<number, Followed>();
  /** Losses of the last window that no outage explains, oldest first. */
  #recent: Loss[] = [];
  /** Losses that found their outage after they may have been written. */
  #toName: { readonly number: number; readonly links: readonly BookedLink[] }[] = [];
  #toOpen: { readonly number: number; readonly found: FoundOutage; readonly firstLostAt: Date }[] = [];
  #numbers = 0;
  #readTick = 0;

  constructor(options: OutageWatchOptions) {
    this.#options = options;
  }

  /** Goes on with the outages that are open in the table. */
  async load(): Promise<ReadonlyMap<string, number>> {
    const { pool, world, book } = this.#options;
    for (const state of await readOpenOutages(pool, world)) this.#follow(state, book.tick);
    return new Map([...this.#followed.values()].map((one) => [one.state.id, one.number]));
  }

  /** The id of an outage by its number in the book; null: none. */
  idOf(number: number): string | null {
    return this.#followed.get(number)?.state.id ?? null;
  }

  /** Takes what the book noticed. Losses get the number of their outage. */
  take(changes: readonly LinkChange[]): void {
    const { book, clock, world, policy } = this.#options;
    const { tick } = book;
    const now = clock.now(world);
    for (const { link, change, because } of changes) {
      if (link.ofPaths) continue;
      if (change === 'lost') this.#lost({ link, tick, at: now });
      else this.#back(link, because === 'heard');
    }
    const start = this.#recent.findIndex((one) => one.tick > tick - policy.windowSeconds);
    this.#recent = start === -1 ? [] : start === 0 ? this.#recent : this.#recent.slice(start);
    if (this.#recent.length < policy.links) return;
    for (const found of findOutages(this.#cells(), [...book.supervised()], policy))
      this.#found(found, tick, now);
  }

  /** Writes what is new of outages: openings at once, counts now and then. */
  async write(): Promise<void> {
    const { pool, world, clock, book, policy } = this.#options;
    while (this.#toOpen[0]) {
      const { number, found, firstLostAt } = this.#toOpen[0];
      const followed = this.#followed.get(number);
      if (followed) {
        const { links, percent, windowSeconds, source, official } = policy;
        const rule = { links, percent, windowSeconds, source, official };
        const now = clock.now(world);
        const { id } = followed.state;
        const body = {
          outageId: id,
          group: found.group,
          firstLostAt: firstLostAt.toISOString(),
          lost: followed.lost,
          supervised: found.supervised,
          rule,
        };
        followed.state = await transaction(pool, (client) =>
          openOutage(client, world, body, now, SUPERVISION),
        );
        followed.writtenTick = book.tick;
      }
      this.#toOpen.shift();
    }
    await this.#nameLosses();
    for (const one of [...this.#followed.values()]) await this.#writeCounts(one);
    if (this.#followed.size > 0 && book.tick - this.#readTick >= COUNT_TICKS) await this.#forgetClosed();
  }

  #lost(loss: Loss): void {
    const { book } = this.#options;
    const { link, tick } = loss;
    // A device that was registered and has never spoken says nothing of its network: a hundred of them came with one import.
    if (link.heardSecond === 0) return;
    const outage = [...this.#followed.values()].find(
      (one) => tick - one.lastLossTick <= ACTIVE_TICKS && belongsTo(one.state.group, cellOf(link)),
    );
    if (outage === undefined) {
      this.#recent.push(loss);
      return;
    }
    book.setOutage(link.member, outage.number);
    outage.lost += 1;
    outage.lastLossTick = tick;
  }

  #back(link: BookedLink, heard: boolean): void {
    const { book } = this.#options;
    const outage = this.#followed.get(link.outage);
    if (outage && heard) outage.back += 1;
    book.setOutage(link.member, 0);
  }

  #cells(): Cell[] {
    const cells = new Map<string, Cell>();
    for (const { link } of this.#recent) {
      const { area, carrier } = cellOf(link);
      const key = `${area}/${carrier ?? ''}`;
      cells.set(key, { area, carrier, links: (cells.get(key)?.links ?? 0) + 1 });
    }
    return [...cells.values()];
  }

  /** An outage of this group that the desk has not ended goes on; else it is a new one. */
  #found(found: FoundOutage, tick: number, now: Date): void {
    const { book } = this.#options;
    const known = [...this.#followed.values()].find(
      ({ state: { group } }) => group.area === found.group.area && group.carrier === found.group.carrier,
    );
    const joined = this.#recent.filter((one) => belongsTo(found.group, cellOf(one.link)));
    this.#recent = this.#recent.filter((one) => !belongsTo(found.group, cellOf(one.link)));
    const firstLostAt = joined[0]?.at ?? now;
    const outage = known ?? this.#follow(newOutage(found, firstLostAt, now), tick);
    if (known === undefined) this.#toOpen.push({ number: outage.number, found, firstLostAt });
    const still = new Map<number, BookedLink>();
    for (const { link } of joined) {
      outage.lost += 1;
      // Lost, back and lost again within the window: the first of its losses is over.
      if (still.has(link.member) || !book.isLost(link.member)) outage.back += 1;
      if (book.isLost(link.member)) still.set(link.member, link);
    }
    for (const member of still.keys()) book.setOutage(member, outage.number);
    this.#toName.push({ number: outage.number, links: [...still.values()] });
    outage.lastLossTick = tick;
  }

  async #nameLosses(): Promise<void> {
    const { pool, world } = this.#options;
    while (this.#toName[0]) {
      const { number, links } = this.#toName[0];
      const outage = this.idOf(number);
      for (let at = 0; outage !== null && at < links.length; at += NAMED)
        await nameOutage(pool, world, links.slice(at, at + NAMED).map(keyOfLink), outage);
      this.#toName.shift();
    }
  }

  #follow(state: OutageState, tick: number): Followed {
    this.#numbers += 1;
    const { lost, back } = state;
    const followed = { number: this.#numbers, state, lost, back, lastLossTick: tick, writtenTick: tick };
    this.#followed.set(followed.number, followed);
    return followed;
  }

  async #writeCounts(one: Followed): Promise<void> {
    const { pool, world, clock, book, policy } = this.#options;
    const { lost, back } = one;
    const over = isOver(lost, back, policy) && book.tick - one.lastLossTick > COUNT_TICKS;
    const proposed = one.state.endProposedAt !== null;
    const changed = one.state.lost !== lost || one.state.back !== back;
    const turns = over !== proposed;
    if (!turns && !(changed && book.tick - one.writtenTick >= COUNT_TICKS)) return;
    const now = clock.now(world);
    const outageId = one.state.id;
    one.state = await transaction(pool, (client) =>
      changeOutage(client, world, outageId, now, SUPERVISION, ({ status }) => {
        if (status === 'closed') return null;
        return turns
          ? { kind: 'outage.end-proposed', body: { outageId, lost, back, proposed: over } }
          : { kind: 'outage.counted', body: { outageId, lost, back } };
      }),
    );
    one.writtenTick = book.tick;
    if (one.state.status === 'closed') this.#followed.delete(one.number);
  }

  /** The desk has ended some: what is lost from now on is a new thing. */
  async #forgetClosed(): Promise<void> {
    const { pool, world, book } = this.#options;
    const open = new Set((await readOpenOutages(pool, world)).map((one) => one.id));
    for (const one of this.#followed.values()) if (!open.has(one.state.id)) this.#followed.delete(one.number);
    this.#readTick = book.tick;
  }
}

function cellOf(link: BookedLink): Pick<Cell, 'area' | 'carrier'> {
  return { area: link.area ?? '', carrier: link.carrier };
}

function newOutage({ group, supervised }: FoundOutage, firstLostAt: Date, now: Date): OutageState {
  return {
    id: newUuid(now.getTime()),
    group,
    status: 'open',
    firstLostAt: firstLostAt.toISOString(),
    openedAt: now.toISOString(),
    supervised,
    lost: 0,
    back: 0,
    endProposedAt: null,
    acceptedBy: null,
    closedBy: null,
  };
}
