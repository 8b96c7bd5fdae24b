import { at } from '../numbers.ts';

/** Cells ordered by their time, each at most once: a binary heap that knows where each cell stands. */
export class TimeHeap {
  readonly #times: Float64Array;
  readonly #cells: Int32Array;
  readonly #places: Int32Array;
  #size = 0;

  /** `times` belongs to the caller, who lowers a time before `put`. */
  constructor(times: Float64Array) {
    this.#times = times;
    this.#cells = new Int32Array(times.length);
    this.#places = new Int32Array(times.length).fill(-1);
  }

  get size(): number {
    return this.#size;
  }

  /** Puts a cell in, or moves it up after its time was lowered. */
  put(cell: number): void {
    let place = at(this.#places, cell);
    if (place < 0) {
      place = this.#size;
      this.#size += 1;
    }
    const time = at(this.#times, cell);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = at(this.#cells, parent);
      if (at(this.#times, above) <= time) break;
      this.#cells[place] = above;
      this.#places[above] = place;
      place = parent;
    }
    this.#cells[place] = cell;
    this.#places[cell] = place;
  }

  /** Takes out the earliest cell; -1 when there is none. */
  take(): number {
    if (this.#size === 0) return -1;
    const first = at(this.#cells, 0);
    this.#places[first] = -1;
    this.#size -= 1;
    if (this.#size > 0) this.#sink(at(this.#cells, this.#size));
    return first;
  }

  #sink(cell: number): void {
    const time = at(this.#times, cell);
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.#size) break;
      const right = child + 1;
      if (
        right < this.#size &&
        at(this.#times, at(this.#cells, right)) < at(this.#times, at(this.#cells, child))
      )
        child = right;
      const below = at(this.#cells, child);
      if (at(this.#times, below) >= time) break;
      this.#cells[place] = below;
      this.#places[below] = place;
      place = child;
    }
    this.#cells[place] = cell;
    this.#places[cell] = place;
  }
}
