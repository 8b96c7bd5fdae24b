import type { AnyEntry, World } from '@keng/model';
import type { Pool, PoolClient } from 'pg';
import { type Clock, isPassing, transaction } from '../platform/index.ts';
import { appendEntries } from './append.ts';
import { type Consumer, type CursorLane, IN_ORDER, URGENT_FIRST } from './consumer.ts';
import { createCursors, moveCursor, readNext, setAside } from './consumer-store.ts';
import type { Courtesy } from './courtesy.ts';
import type { News, Wake } from './wake.ts';
import { WokenLoop } from './woken-loop.ts';

const DEFAULT_BATCH = 500;
const DEFAULT_GAP_MS = 20;
const TRIES = 3;

export interface FollowOptions {
  readonly pool: Pool;
  readonly world: World;
  readonly consumer: Consumer;
  readonly wake: Wake;
  readonly clock: Clock;
  /** Shared by the consumers of a process; without it nobody steps aside for another. */
  readonly courtesy?: Courtesy;
  readonly log: (message: string, error?: unknown) => void;
}

export interface RunningConsumer {
  /** Look for new entries now. */
  poke(): void;
  stop(): Promise<void>;
}

/**
 * Runs a consumer: fire before fault before routine, in batches, cursor and effect in one transaction. A batch that fails is
 * halved until the entry that breaks the handler stands alone; after three tries it is set aside and shown, and the rest go on.
 */
export async function startConsumer(options: FollowOptions): Promise<RunningConsumer> {
  const { pool, world, consumer } = options;
  await transaction(pool, (client) => createCursors(client, world, consumer.name, lanesOf(consumer)));
  const follower = new Follower(options);
  const loop = new WokenLoop(
    () => follower.next(),
    (error) => options.log(`the consumer ${options.consumer.name} stopped for a second`, error),
    options.consumer.gapMs ?? DEFAULT_GAP_MS,
  );
  const unsubscribe = options.wake.subscribe((news) => {
    if (follower.expect(news)) loop.poke(follower.hurriesFor(news));
  });
  loop.poke();
  return {
    poke: () => {
      follower.expect(null);
      loop.poke();
    },
    async stop() {
      unsubscribe();
      await loop.stop();
      options.courtesy?.leave(follower);
    },
  };
}

function lanesOf(consumer: Consumer): readonly CursorLane[] {
  if (consumer.inOrder) return IN_ORDER;
  return consumer.lanes ?? URGENT_FIRST;
}

/** What one transaction did: whether the cursor went on, and whether there may be more at once. */
interface Step {
  readonly moved: boolean;
  readonly more: boolean;
}

class Follower {
  readonly #options: FollowOptions;
  readonly #size: number;
  /** How many entries the next batch of each lane may have: halved on failure, back to the whole after success. */
  readonly #limits = new Map<CursorLane, number>();
  readonly #failures = new Map<CursorLane, number>();
  /** Lanes that may hold something: no transaction is opened to find the others empty. */
  readonly #expected: Set<CursorLane>;

  constructor(options: FollowOptions) {
    this.#options = options;
    this.#size = options.consumer.batch ?? DEFAULT_BATCH;
    this.#expected = new Set(lanesOf(options.consumer));
  }

  /** Something came; null: perhaps anything. True when something is read here. */
  expect(news: News | null): boolean {
    const { kinds } = this.#options.consumer;
    for (const lane of lanesOf(this.#options.consumer)) {
      if (news === null || news.has(lane, kinds)) this.#expected.add(lane);
    }
    return this.#expected.size > 0;
  }

  /** Whether what came ends a rest: an alarm waits for nobody's courtesy. */
  hurriesFor(news: News | null): boolean {
    const { consumer } = this.#options;
    return !this.#givesWay(0) && !consumer.inOrder && (news === null || news.has(0, consumer.kinds));
  }

  /**
   * One batch of the most urgent lane that has any; true when there may be more at once, a number when there may be more and it
   * steps aside for that many milliseconds.
   */
  async next(): Promise<boolean | number> {
    for (const lane of lanesOf(this.#options.consumer)) {
      if (!this.#expected.has(lane)) continue;
      // Lanes stand in the order of their urgency: those behind this one give way too.
      const courtesy = this.#givesWay(lane) ? this.#options.courtesy : undefined;
      const startMs = performance.now();
      const waitMs = courtesy?.begin(this, startMs) ?? 0;
      if (waitMs > 0) return waitMs;
      // Taken off before the look: what comes during it is looked for once more.
      this.#expected.delete(lane);
      const limit = this.#limits.get(lane) ?? this.#size;
      try {
        const { moved, more } = await this.#step(lane, limit);
        if (more) this.#expected.add(lane);
        if (moved) {
          const nowMs = performance.now();
          courtesy?.end(this, nowMs - startMs, nowMs);
          return this.#expected.size > 0;
        }
      } catch (error) {
        this.#expected.add(lane);
        throw error;
      } finally {
        courtesy?.leave(this);
      }
    }
    return false;
  }

  #givesWay(lane: CursorLane): boolean {
    return lane > 0 || this.#options.consumer.givesWay === true;
  }

  async #step(lane: CursorLane, limit: number): Promise<Step> {
    try {
      const step = await transaction(this.#options.pool, (client) => this.#handle(client, lane, limit));
      if (step.moved) {
        this.#failures.delete(lane);
        this.#limits.set(lane, Math.min(this.#size, limit * 2));
      }
      return step;
    } catch (error) {
      // A database that is down or full is nobody's poison: everything waits until it is back.
      if (isPassing(error)) throw error;
      await this.#fail(lane, limit, error);
      return { moved: true, more: true };
    }
  }

  async #handle(client: PoolClient, lane: CursorLane, limit: number): Promise<Step> {
    const { consumer, world, clock } = this.#options;
    const { entries, upto, more } = await readNext(client, world, consumer.name, lane, limit, consumer.kinds);
    if (upto === null) return { moved: false, more: false };
    if (entries.length > 0) {
      if (!this.#givesWay(lane)) this.#options.courtesy?.alarmed(performance.now());
      await consumer.handle(client, entries, { world, now: clock.now(world) });
    }
    await moveCursor(client, world, consumer.name, lane, upto);
    return { moved: true, more };
  }

  async #fail(lane: CursorLane, limit: number, error: unknown): Promise<void> {
    const { consumer, log } = this.#options;
    if (limit > 1) {
      log(`${consumer.name}: a batch of at most ${limit} failed and is tried in halves`, error);
      this.#limits.set(lane, Math.floor(limit / 2));
      return;
    }
    const failures = (this.#failures.get(lane) ?? 0) + 1;
    this.#failures.set(lane, failures);
    if (failures < TRIES) return;
    this.#failures.delete(lane);
    await transaction(this.#options.pool, (client) => this.#skip(client, lane, error));
  }

  async #skip(client: PoolClient, lane: CursorLane, error: unknown): Promise<void> {
    const { consumer, world, log } = this.#options;
    const { entries, upto } = await readNext(client, world, consumer.name, lane, 1, consumer.kinds);
    if (upto === null) return;
    const entry = entries[0];
    if (entry) {
      log(
        `${consumer.name}: the entry at ${entry.position} (${entry.kind}) is set aside after ${TRIES} tries`,
        error,
      );
      await setAside(client, consumer.name, entry, describe(error));
      await this.#tell(client, entry, error);
    }
    await moveCursor(client, world, consumer.name, lane, upto);
  }

  /** The desk sees it: an entry that nobody handled may be an alarm. */
  async #tell(client: PoolClient, entry: AnyEntry, error: unknown): Promise<void> {
    const now = this.#options.clock.now(entry.world);
    const { name } = this.#options.consumer;
    await appendEntries(
      client,
      [
        {
          world: entry.world,
          kind: 'entry.set-aside',
          lane: 0,
          subject: `${name}/${entry.position}`,
          organisation: entry.organisation,
          facility: entry.facility,
          revision: null,
          at: now,
          actor: { kind: 'system', id: name },
          body: { consumer: name, position: entry.position, entryKind: entry.kind, error: describe(error) },
        },
      ],
      now,
    );
  }
}

function describe(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2_000);
}
