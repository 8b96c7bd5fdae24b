import { type AnyDraft, Problem } from '@keng/model';
import type { Pool } from 'pg';
import { errorCode } from '../platform/index.ts';
import {
  ALIKE_INSERT,
  ALIKE_NAMES,
  ALIKE_PARAMETERS,
  ALIKE_UNNEST,
  alikeColumnsOf,
  likeness,
  packColumn,
  unpackColumn,
} from './append.ts';
import { type PreparedEntry, prepareEntry } from './commitment.ts';
import { isTogether, worthWaitingMs } from './launch-rule.ts';

/** How a repeat of the same message is recognised: 16 bytes and how long they count. */
export interface DuplicateKey {
  readonly key: Uint8Array;
  readonly windowSeconds: number;
}

export type Stored = 'stored' | 'duplicate';

/** Told what the batcher does, for metrics. */
export interface CommitObserver {
  /** How many entries one transaction took. */
  batch(entries: number): void;
  /** Seconds from the arrival of an entry until its sender may be answered; not told for what could not be stored. */
  stored(seconds: number): void;
}

export interface GroupCommitOptions {
  readonly pool: Pool;
  /** Wall clock in milliseconds: when the centre recorded it. */
  readonly now?: () => number;
  /** Most entries in one transaction. */
  readonly maximumBatch?: number;
  /** Most entries waiting; the next one is refused, so its device hears nothing and repeats. */
  readonly maximumWaiting?: number;
  /** Transactions under way at once. */
  readonly flights?: number;
  /** Told after each commit, to wake the sequencer in the same process. */
  readonly onCommit?: (entries: number) => void;
  readonly observer?: CommitObserver;
}

interface Waiting {
  readonly sinceMs: number;
  readonly entry: PreparedEntry;
  readonly likeness: string;
  readonly duplicate: DuplicateKey | null;
  readonly resolve: (stored: Stored) => void;
  readonly reject: (error: unknown) => void;
}

// A key seen inside its window is a retry: its row is left alone and its entry is not inserted. A key whose window is over
// (sequence numbers come round) is taken over by the new message. So is one that was seen in a time to come: the clock was set back, and
// taking a new alarm for a retry until it has caught up would lose it; a retry that is stored twice does less harm. One statement: entry and key commit together. Keys are
// locked in their order, so that two batches with the same retries wait for each other and never in a circle.
// "do update", never "do nothing": it locks the row of a retry, and so its commit, too, waits for the synchronous standby. What only the primary
// has (its session ended while it waited) would else be acknowledged on one copy.
const INSERT_FRESH = `with draft as materialized (
  select * from unnest(
    ${ALIKE_UNNEST}, ${unpackColumn(ALIKE_PARAMETERS + 1, 'uuid')}, ${unpackColumn(ALIKE_PARAMETERS + 2, 'integer')}
  ) with ordinality as draft(${ALIKE_NAMES}, key, window_seconds, ordinal)
), fresh as (
  insert into signal_seen (world, key, seen_at, window_seconds)
  select $1::text, key, recorded_at, window_seconds from draft order by key
  on conflict (world, key) do update set seen_at = excluded.seen_at, window_seconds = excluded.window_seconds
  where signal_seen.seen_at <= excluded.seen_at - make_interval(secs => excluded.window_seconds)
     or signal_seen.seen_at > excluded.seen_at + make_interval(secs => excluded.window_seconds)
  returning key
), stored as (
  ${ALIKE_INSERT} from draft join fresh using (key) order by ordinal
)
select ordinal::integer from draft where key not in (select key from fresh)`;

const INSERT = `${ALIKE_INSERT} from unnest(${ALIKE_UNNEST}) as draft(${ALIKE_NAMES})`;

/**
 * The one batcher of the hot path: what arrives while a transaction is under way leaves together in the next one, so the
 * busier the centre the fewer its commits. A promise resolves after COMMIT has returned, never before; it is rejected when
 * the batch failed, and then nothing of it is stored.
 */
export class GroupCommit {
  readonly #options: Required<Omit<GroupCommitOptions, 'observer'>> & Pick<GroupCommitOptions, 'observer'>;
  #waiting: Waiting[] = [];
  #flying = 0;
  #gathering = false;
  /** Ends a wait for more; null while none runs. */
  #gathered: (() => void) | null = null;
  #lastBatch = 0;
  #lastTookMs = 0;
  #launchedMs = Number.NEGATIVE_INFINITY;
  #idle: (() => void)[] = [];

  constructor(options: GroupCommitOptions) {
    this.#options = {
      now: Date.now,
      maximumBatch: 1_000,
      maximumWaiting: 20_000,
      flights: 1,
      onCommit: () => undefined,
      ...options,
    };
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Stores an entry.
   * @returns `duplicate` when the key was seen inside its window: it is stored already, acknowledge it again.
   * @throws TypeError for an entry with a revision or a named actor.
   * @throws Problem `log.overloaded` (503) when too much waits; the database's error when the commit failed.
   */
  append(draft: AnyDraft, duplicate: DuplicateKey | null = null): Promise<Stored> {
    if (this.#waiting.length >= this.#options.maximumWaiting) {
      return Promise.reject(
        new Problem(
          503,
          'log.overloaded',
          'More arrives than the database takes; nothing was stored, send it again.',
        ),
      );
    }
    const entry = prepareEntry(draft, new Date(this.#options.now()));
    const alike = likeness(entry);
    return new Promise((resolve, reject) => {
      const sinceMs = performance.now();
      this.#waiting.push({ sinceMs, entry, likeness: alike, duplicate, resolve, reject });
      if (this.#waiting.length === 1 && this.#flying === 0) this.#gather();
      else if (isTogether(this.#waiting.length, this.#lastBatch)) this.#gathered?.();
    });
  }

  /** Resolves when nothing waits and nothing is under way. */
  async drain(): Promise<void> {
    if (this.#flying === 0 && this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #gather(): void {
    if (this.#gathering || this.#flying >= this.#options.flights) return;
    this.#gathering = true;
    const launch = (): void => {
      this.#gathering = false;
      this.#launch();
    };
    const waitMs = worthWaitingMs({
      waiting: this.#waiting.length,
      lastBatch: this.#lastBatch,
      lastTookMs: this.#lastTookMs,
      sinceLaunchMs: performance.now() - this.#launchedMs,
    });
    if (waitMs <= 0) {
      setImmediate(launch);
      return;
    }
    const timer = setTimeout(launch, waitMs);
    this.#gathered = () => {
      this.#gathered = null;
      clearTimeout(timer);
      setImmediate(launch);
    };
  }

  #launch(): void {
    this.#gathered = null;
    while (this.#flying < this.#options.flights && this.#waiting.length > 0) {
      const batch = this.#take();
      const startMs = performance.now();
      this.#launchedMs = startMs;
      this.#lastBatch = batch.length;
      this.#flying += 1;
      void this.#flush(batch).finally(() => {
        this.#flying -= 1;
        this.#lastTookMs = performance.now() - startMs;
        if (this.#waiting.length > 0) this.#gather();
        if (this.#flying === 0 && this.#waiting.length === 0) {
          const idle = this.#idle;
          this.#idle = [];
          for (const resolve of idle) resolve();
        }
      });
    }
  }

  #take(): Waiting[] {
    if (this.#waiting.length <= this.#options.maximumBatch) {
      const all = this.#waiting;
      this.#waiting = [];
      return all;
    }
    return this.#waiting.splice(0, this.#options.maximumBatch);
  }

  async #flush(batch: readonly Waiting[]): Promise<void> {
    const groups = new Map<string, Waiting[]>();
    for (const one of batch) {
      const name = `${one.duplicate === null ? 'plain' : 'keyed'} ${one.likeness}`;
      const group = groups.get(name);
      if (group) group.push(one);
      else groups.set(name, [one]);
    }
    await Promise.all(
      [...groups.values()].map((group) =>
        settle(group, (part) =>
          part[0]?.duplicate === null ? this.#insertPlain(part) : this.#insertKeyed(part),
        ),
      ),
    );
    this.#options.onCommit(batch.length);
  }

  async #insertPlain(batch: readonly Waiting[]): Promise<void> {
    await this.#options.pool.query({
      name: 'log-insert',
      text: INSERT,
      values: alikeColumnsOf(batch.map((one) => one.entry)),
    });
    for (const one of batch) one.resolve('stored');
    this.#observe(batch);
  }

  async #insertKeyed(batch: readonly Waiting[]): Promise<void> {
    const { first, repeats } = splitRepeats(batch);
    const keys = first.map((one) => uuidOf(one.duplicate?.key ?? new Uint8Array(16)));
    const windows = first.map((one) => one.duplicate?.windowSeconds ?? 0);
    const { rows } = await this.#options.pool.query<{ ordinal: number }>({
      name: 'log-insert-fresh',
      text: INSERT_FRESH,
      values: [...alikeColumnsOf(first.map((one) => one.entry)), packColumn(keys), packColumn(windows)],
    });
    const seen = new Set(rows.map((row) => row.ordinal));
    first.forEach((one, index) => {
      one.resolve(seen.has(index + 1) ? 'duplicate' : 'stored');
    });
    for (const one of repeats) one.resolve('duplicate');
    this.#observe(batch);
  }

  #observe(batch: readonly Waiting[]): void {
    const { observer } = this.#options;
    if (!observer) return;
    const now = performance.now();
    observer.batch(batch.length);
    for (const one of batch) observer.stored((now - one.sinceMs) / 1_000);
  }
}

/** Two copies in one batch: the statement may touch a key once, and the second copy is a repeat by definition. */
function splitRepeats(batch: readonly Waiting[]): { first: Waiting[]; repeats: Waiting[] } {
  const seen = new Set<string>();
  const first: Waiting[] = [];
  const repeats: Waiting[] = [];
  for (const one of batch) {
    const key = `${one.entry.world}${Buffer.from(one.duplicate?.key ?? []).toString('latin1')}`;
    if (seen.has(key)) repeats.push(one);
    else {
      seen.add(key);
      first.push(one);
    }
  }
  return { first, repeats };
}

/**
 * The error goes to whoever waits for this batch: they send no acknowledgement. A value that the database refuses is one
 * entry's fault: the batch is halved until that one stands alone, and the others are stored.
 */
async function settle(
  batch: readonly Waiting[],
  insert: (part: readonly Waiting[]) => Promise<void>,
): Promise<void> {
  try {
    await insert(batch);
  } catch (error) {
    if (batch.length === 1 || !isOfOneEntry(error)) {
      for (const one of batch) one.reject(error);
      return;
    }
    const half = Math.ceil(batch.length / 2);
    await settle(batch.slice(0, half), insert);
    await settle(batch.slice(half), insert);
  }
}

/** SQLSTATE classes 22 (data exception) and 23 (constraint): PostgreSQL manual, appendix A. */
function isOfOneEntry(error: unknown): boolean {
  const code = errorCode(error);
  return code !== undefined && /^(22|23)/.test(code);
}

/** 128 bits in the type that PostgreSQL compares fastest. */
function uuidOf(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, 16).toString('hex');
}
