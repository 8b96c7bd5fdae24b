/** A loop that runs when woken and never twice at once; a wake-up during a run causes one more. */
export class WokenLoop {
  readonly #run: () => Promise<boolean | number>;
  readonly #onError: (error: unknown) => void;
  #pending = false;
  #stopped = false;
  #current: Promise<void> | null = null;
  #pause: NodeJS.Timeout | null = null;
  /** The pause is one that `poke(true)` ends. */
  #yielding = false;
  #hurried = false;
  #endedMs = Number.NEGATIVE_INFINITY;
  readonly #gapMs: number;

  /**
   * @param run does one batch; true when there may be more at once, a number when there may be more and it rests that many
   *   milliseconds first.
   * @param onError told of each failure; the loop goes on after a second.
   * @param gapMs rest after a batch that was not full: what arrives meanwhile is handled together, so that a busy centre has
   *   fewer and larger batches instead of a transaction for each handful.
   */
  constructor(run: () => Promise<boolean | number>, onError: (error: unknown) => void, gapMs = 0) {
    this.#run = run;
    this.#onError = onError;
    this.#gapMs = gapMs;
  }

  /** @param hurry a rest that `run` asked for is over, and only the gap between batches is kept */
  poke(hurry = false): void {
    this.#pending = true;
    if (hurry) this.#hurry();
    if (this.#current || this.#stopped || this.#pause) return;
    this.#current = this.#loop().finally(() => {
      this.#current = null;
      if (this.#pending) this.poke();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#pause) clearTimeout(this.#pause);
    await this.#current;
  }

  #hurry(): void {
    this.#hurried = true;
    if (!this.#pause || !this.#yielding) return;
    clearTimeout(this.#pause);
    this.#pause = null;
    const leftMs = this.#endedMs + this.#gapMs - performance.now();
    if (leftMs > 0) this.#rest(leftMs);
  }

  #rest(ms: number, yielding = false): void {
    this.#yielding = yielding;
    this.#pause = setTimeout(() => {
      this.#pause = null;
      if (this.#pending) this.poke();
    }, ms);
  }

  async #loop(): Promise<void> {
    while (this.#pending && !this.#stopped) {
      this.#pending = false;
      this.#hurried = false;
      try {
        const more = await this.#run();
        this.#endedMs = performance.now();
        if (typeof more === 'number') {
          this.#pending = true;
          // Whoever hurried while it ran is not made to wait.
          if (!this.#hurried) return this.#rest(more, true);
          if (this.#gapMs > 0) return this.#rest(Math.min(more, this.#gapMs));
        } else if (more) this.#pending = true;
        else if (this.#gapMs > 0) return this.#rest(this.#gapMs);
      } catch (error) {
        this.#onError(error);
        // Whatever failed is tried again without being asked.
        this.#pending = true;
        return this.#rest(1_000);
      }
    }
  }
}
