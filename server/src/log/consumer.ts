import type { AnyEntry, EntryKind, Lane, World } from '@keng/model';
import type { PoolClient } from 'pg';

/** A reader of the log that does something with it: correlate, notify, watch. */
export interface Consumer {
  readonly name: string;
  readonly kinds: readonly EntryKind[];
  /**
   * true: strictly in the order of positions, whatever the lane, so that a fold gives what a replay gives. Unset: fire first;
   * for whoever acts on urgency and does not mind that a fault comes after a later fire.
   */
  readonly inOrder?: true;
  /** Lanes that hold anything for it; unset: all. What it does not name costs it nothing. */
  readonly lanes?: readonly Lane[];
  /** Rest after a batch that was not full, in milliseconds; default 20. Whoever nobody waits for takes more. */
  readonly gapMs?: number;
  /** true: its work steps aside while fire alarms become incidents. What is not of the fire lane always does. */
  readonly givesWay?: true;
  /** Most entries handed over at once; default 500. */
  readonly batch?: number;
  /**
   * Handles entries, in order (of one lane, unless `inOrder`), inside the transaction that also moves the cursor: what it writes with `client`
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
  /** Everything up to here was looked at, wanted or not; null: nothing was. */
  readonly upto: number | null;
  /** There may be more behind it at once. */
  readonly more: boolean;
}

/** A lane of its own cursor; 3 stands for all of them in the order of positions. */
export type CursorLane = Lane | 3;
export const URGENT_FIRST: readonly CursorLane[] = [0, 1, 2];
export const IN_ORDER: readonly CursorLane[] = [3];
