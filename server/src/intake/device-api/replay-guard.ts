import { createHash } from 'node:crypto';
import { REPLAY_WINDOW_SECONDS } from '@keng/device-api';
import type { World } from '@keng/model';
import type { Pool } from 'pg';

/** A signature holds from `created` minus the window to `created` plus the window: for so long it must be known. */
const REMEMBER_SECONDS = 2 * REPLAY_WINDOW_SECONDS;
/** Claims of one statement; what comes in the meantime leaves with the next. */
const MOST_AT_ONCE = 1_000;
/** Claims waiting; the next one fails, so that its device comes again. */
const MOST_WAITING = 20_000;

// As with retries of frames: a key is taken over when its time is up. Keys are locked in their order.
const CLAIM = `insert into signal_seen (world, key, seen_at, window_seconds)
  select $1, key, $3, $4 from unnest($2::uuid[]) as claimed(key) order by key
  on conflict (world, key) do update set seen_at = excluded.seen_at, window_seconds = excluded.window_seconds
  where signal_seen.seen_at <= excluded.seen_at - make_interval(secs => excluded.window_seconds)
  returning key`;

interface Claim {
  readonly key: string;
  readonly resolve: (fresh: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Which signed requests were heard already: in the database, because whoever replays one chooses another receiver, or waits for a
 * restart. What is remembered is the signature, which its `nonce` makes unlike any other: a device whose nonce never changes
 * is not shut out, and whoever has no key can make no other signature. Kept for the replay window and then swept.
 */
export class ReplayGuard {
  readonly #pool: Pool;
  readonly #world: World;
  readonly #now: () => number;
  #waiting: Claim[] = [];
  #flying: Promise<void> | null = null;

  /** `now`: wall clock in milliseconds. */
  constructor(pool: Pool, world: World, now: () => number = Date.now) {
    this.#pool = pool;
    this.#world = world;
    this.#now = now;
  }

  /**
   * Remembers a signature of this device; false: it was heard before. Call it only with a signature that holds, for strangers must
   * not fill the table.
   */
  claim(account: string, signature: Uint8Array): Promise<boolean> {
    if (this.#waiting.length >= MOST_WAITING)
      return Promise.reject(new Error('too many signatures wait to be remembered'));
    const key = createHash('sha256')
      .update(`signature\n${account}\n`)
      .update(signature)
      .digest('hex')
      .slice(0, 32);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, resolve, reject });
      this.#flying ??= this.#flyAll();
    });
  }

  /** Resolves when nothing is under way. */
  async drain(): Promise<void> {
    await this.#flying;
  }

  async #flyAll(): Promise<void> {
    // What the same turn of the event loop reads off the sockets leaves together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#fly(this.#waiting.splice(0, MOST_AT_ONCE));
    this.#flying = null;
  }

  async #fly(batch: readonly Claim[]): Promise<void> {
    try {
      const { rows } = await this.#pool.query<{ key: string }>({
        name: 'replay-claim',
        text: CLAIM,
        values: [
          this.#world,
          [...new Set(batch.map(({ key }) => key))],
          new Date(this.#now()).toISOString(),
          REMEMBER_SECONDS,
        ],
      });
      const fresh = new Set(rows.map(({ key }) => key.replaceAll('-', '')));
      // Of two alike in one batch the first is fresh.
      for (const { key, resolve } of batch) resolve(fresh.delete(key));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
