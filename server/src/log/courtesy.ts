/** How long after an alarm was handled the rest of the process still steps aside. */
const ALARMING_MS = 500;
/** A batch of faults is followed by a rest of this many times what it took: three quarters of the time are left to the alarms. */
const REST_SHARE = 3;
const MOST_REST_MS = 2_000;
/** A burst is bridged. Of a storm that goes on everybody bears a part, or owners would be called when it is over. */
const BURST_MS = 10_000;
const REST_SHARE_IN_A_STORM = 1;
/** Alarms after a silence of this length are a new burst. */
const NEW_BURST_MS = 1_000;
/** How soon somebody asks again whose turn is not ended by a known time. */
const ASK_AGAIN_MS = 5;

/**
 * What the consumers of one process know of each other: while fire alarms become incidents, work that nobody watches by the
 * second (faults, tests, sums, the outbox) takes turns, one at a time, and all of it rests after each batch. It is never stopped,
 * only slowed down: together, and not each by itself, it has a quarter of the time, and half of it when the alarms go on.
 */
export class Courtesy {
  #alarmedMs = Number.NEGATIVE_INFINITY;
  #burstMs = Number.NEGATIVE_INFINITY;
  #restUntilMs = Number.NEGATIVE_INFINITY;
  #working: object | null = null;
  /** Who waits for a turn, in the order of their coming. */
  readonly #line = new Set<object>();

  /** Alarms were handled just now. */
  alarmed(nowMs: number): void {
    if (nowMs - this.#alarmedMs > NEW_BURST_MS) this.#burstMs = nowMs;
    this.#alarmedMs = nowMs;
  }

  /** 0: its turn has begun, and lasts until `end`; else in how many milliseconds it may ask again. */
  begin(who: object, nowMs: number): number {
    if (nowMs - this.#alarmedMs > ALARMING_MS) {
      this.#line.delete(who);
      return 0;
    }
    this.#line.add(who);
    const [first] = this.#line;
    if (nowMs < this.#restUntilMs) return this.#restUntilMs - nowMs;
    if (this.#working !== null || first !== who) return ASK_AGAIN_MS;
    this.#line.delete(who);
    this.#working = who;
    return 0;
  }

  /** Its batch took this many milliseconds: all rest in proportion. */
  end(who: object, tookMs: number, nowMs: number): void {
    if (this.#working === who) this.#working = null;
    if (nowMs - this.#alarmedMs > ALARMING_MS) return;
    const share = nowMs - this.#burstMs > BURST_MS ? REST_SHARE_IN_A_STORM : REST_SHARE;
    this.#restUntilMs = Math.max(this.#restUntilMs, nowMs + Math.min(tookMs * share, MOST_REST_MS));
  }

  /** It has stopped, or has nothing to do: nobody waits for it. */
  leave(who: object): void {
    this.#line.delete(who);
    if (this.#working === who) this.#working = null;
  }
}
