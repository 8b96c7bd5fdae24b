import type { AnyEntry, EntryKind, Lane, World } from '@keng/model';
import type { PoolClient } from 'pg';

/** A reader of the log that does something with it: correlate, notify, watch. */
export interface Consumer {
  readonly name: string;
  readonly kinds: readonly EntryKind[];
  /** Most entries handed over at once; default 500. */
  readonly batch?: number;
  /**
   * Handles entries of one lane, in order, inside the transaction that also moves the cursor: what it writes with `client`
   * happens exactly once. To refuse, throw.
   */
  handle(client: PoolClient, entries: readonly AnyEntry[], context: ConsumerContext): Promise<void>;
}

export interface ConsumerContext {
  readonly world: World;
  /** World time of this batch. */
  readonly now: Date;
}

export interface BatchRead {
  readonly entries: AnyEntry[];
  /** Everything up to here was looked at, wanted or not. */
  readonly upto: number;
}

export const CONSUMER_LANES: readonly Lane[] = [0, 1, 2];
