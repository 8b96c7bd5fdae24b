const SLOTS = 4_096;
const NONE = -1;

/**
 * Deadlines of a million members without a timer for any of them. A member stands in one slot; putting its deadline off costs one
 * write, as the slot is looked at when its time comes and the member moved on from there. Bringing it forward takes it out of its
 * slot, which costs no search: when a carrier fails, the other paths of half a million transmitters are due earlier in one tick.
 * Times are whole ticks.
 */
export class TimingWheel {
  readonly #heads = new Int32Array(SLOTS).fill(NONE);
  #next = new Int32Array(0);
  /** The one before it in its slot; NONE for the first. */
  #previous = new Int32Array(0);
  #due = new Float64Array(0);
  /** Its slot, or NONE when it stands nowhere. */
  #slot = new Int16Array(0);
  #tick: number;

  /** @param tick at which it begins: the count may go on from a run before */
  constructor(tick = 0) {
    this.#tick = tick;
  }

  get tick(): number {
    return this.#tick;
  }

  /** Sets the tick at which the member is due; it may be put off or brought forward at any time. */
  set(member: number, due: number): void {
    if (member >= this.#next.length) this.#grow(member);
    const earlier = due < (this.#due[member] ?? 0);
    this.#due[member] = due;
    if (this.#slot[member] === NONE) this.#stand(member);
    else if (earlier) {
      this.#leave(member);
      this.#stand(member);
    }
  }

  /** When the member is due; infinite for one that is not. */
  due(member: number): number {
    return this.#due[member] ?? Number.POSITIVE_INFINITY;
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
      this.#slot[member] = NONE;
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
    const head = this.#heads[slot] ?? NONE;
    this.#next[member] = head;
    this.#previous[member] = NONE;
    if (head !== NONE) this.#previous[head] = member;
    this.#heads[slot] = member;
    this.#slot[member] = slot;
  }

  #leave(member: number): void {
    const next = this.#next[member] ?? NONE;
    const previous = this.#previous[member] ?? NONE;
    if (previous === NONE) this.#heads[this.#slot[member] ?? 0] = next;
    else this.#next[previous] = next;
    if (next !== NONE) this.#previous[next] = previous;
    this.#slot[member] = NONE;
  }

  #grow(member: number): void {
    // By half and not by double: at a million members the spare room is as large as what is used.
    const size = Math.max(1_024, member + 1, Math.ceil(this.#next.length * 1.5));
    const next = new Int32Array(size);
    const previous = new Int32Array(size);
    const due = new Float64Array(size);
    const slot = new Int16Array(size).fill(NONE);
    next.set(this.#next);
    previous.set(this.#previous);
    due.set(this.#due);
    slot.set(this.#slot);
    this.#next = next;
    this.#previous = previous;
    this.#due = due;
    this.#slot = slot;
  }
}
