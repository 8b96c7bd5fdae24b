/** From this many entries in a transaction on, more are worth a moment's wait. */
const BUSY_BATCH = 4;
const MOST_GATHER_MS = 5;
/** Transactions follow each other at least so far apart, or else together with as many entries as the last one had. */
const BETWEEN_MS = 8;

/** What a batcher knows when something waits and nothing is under way. */
export interface LaunchFacts {
  readonly waiting: number;
  /** Entries of the last transaction, and how long it took; 0 and 0 before the first. */
  readonly lastBatch: number;
  readonly lastTookMs: number;
  /** Since the last transaction began; infinite before the first. */
  readonly sinceLaunchMs: number;
}

/**
 * How many milliseconds the next transaction is worth waiting for; 0 or less: launch now. A quiet centre commits at once what one turn of
 * the event loop read off the sockets. One that has just done so waits a few milliseconds, and a busy one for as many as had come
 * together the last time, at most as long as that took: a transaction costs far more than an entry, and so do its wake-ups.
 */
export function worthWaitingMs({ waiting, lastBatch, lastTookMs, sinceLaunchMs }: LaunchFacts): number {
  if (lastBatch < BUSY_BATCH) return BETWEEN_MS - sinceLaunchMs;
  return isTogether(waiting, lastBatch) ? 0 : Math.min(MOST_GATHER_MS, lastTookMs);
}

/** As many as the last time have come: of a busy centre nobody waits for more. */
export function isTogether(waiting: number, lastBatch: number): boolean {
  return lastBatch >= BUSY_BATCH && waiting >= lastBatch;
}
