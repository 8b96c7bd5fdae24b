const SLOTS = 4_096;
const NONE = -1;

/**
 * Deadlines of a million members without a timer for any of them. A member stands in one slot; putting its deadline off costs one
 * write, as the slot is looked at when its time comes and the member moved on from there. Times are whole ticks.
 */
export class TimingWheel {
  readonly #heads = new Int32Array(SLOTS).fill(NONE);
  #next = new Int32Array(0);
  #due = new Float64Array(0);
  #standing = new Uint8Array(0);
  #tick = 0;

  get tick(): number {
    return this.#tick;
  }

  /** Sets the tick at which the member is due; it may be put off or brought forward at any time. */
  set(member: number, due: number): void {
    if (member >= this.#next.length) this.#grow(member);
    const earlier = due < (this.#due[member] ?? 0);
    this.#due[member] = due;
    if (this.#standing[member] === 0) this.#stand(member);
    else if (earlier) this.#bringForward(member);
  }

  /** The member is due no more. */
  remove(member: number): void {
    if (member < this.#due.length) this.#due[member] = Number.POSITIVE_INFINITY;
  }

  /** One tick on: the members that are due now. They stand no longer in the wheel. */
  advance(): number[] {
    this.#tick += 1;
    const slot = this.#tick % SLOTS;
    let member = this.#heads[slot] ?? NONE;
    this.#heads[slot] = NONE;
    const due: number[] = [];
    while (member !== NONE) {
      const next = this.#next[member] ?? NONE;
      const at = this.#due[member] ?? Number.POSITIVE_INFINITY;
      this.#standing[member] = 0;
      if (at <= this.#tick) due.push(member);
      else if (at !== Number.POSITIVE_INFINITY) this.#stand(member);
      member = next;
    }
    return due;
  }

  /** Beyond one turn of the wheel a member is looked at once a turn. */
  #stand(member: number): void {
    const due = this.#due[member] ?? 0;
    const slot = Math.min(Math.max(Math.ceil(due), this.#tick + 1), this.#tick + SLOTS - 1) % SLOTS;
    this.#next[member] = this.#heads[slot] ?? NONE;
    this.#heads[slot] = member;
    this.#standing[member] = 1;
  }

  /** Rare (a reporting time was shortened): the wheel is searched once. */
  #bringForward(wanted: number): void {
    for (let slot = 0; slot < SLOTS; slot += 1) {
      let before = NONE;
      for (let member = this.#heads[slot] ?? NONE; member !== NONE; member = this.#next[member] ?? NONE) {
        if (member === wanted) {
          const next = this.#next[member] ?? NONE;
          if (before === NONE) this.#heads[slot] = next;
          else this.#next[before] = next;
          this.#stand(member);
          return;
        }
        before = member;
      }
    }
  }

  #grow(member: number): void {
    const size = Math.max(1_024, 2 ** Math.ceil(Math.log2(member + 1)));
    const next = new Int32Array(size);
    const due = new Float64Array(size);
    const standing = new Uint8Array(size);
    next.set(this.#next);
    due.set(this.#due);
    standing.set(this.#standing);
    this.#next = next;
    this.#due = due;
    this.#standing = standing;
  }
}
