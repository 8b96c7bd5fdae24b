/** How long after an alarm was handled the rest of the process still steps aside. */
const ALARMING_MS = 1_000;
/** A batch of faults is followed by a rest of this many times what it took: three quarters of the time are left to the alarms. */
const REST_SHARE = 3;
const MOST_REST_MS = 500;

/**
 * What the consumers of one process know of each other: while fire alarms become incidents, work that nobody watches by the
 * second (faults, tests, the outbox) rests after each of its batches. It is never stopped, only slowed down.
 */
export class Courtesy {
  #alarmedMs = Number.NEGATIVE_INFINITY;

  /** Alarms were handled just now. */
  alarmed(nowMs: number): void {
    this.#alarmedMs = nowMs;
  }

  /** How long to rest after work of this length, in milliseconds. */
  restAfter(tookMs: number, nowMs: number): number {
    if (nowMs - this.#alarmedMs > ALARMING_MS) return 0;
    return Math.min(tookMs * REST_SHARE, MOST_REST_MS);
  }
}
