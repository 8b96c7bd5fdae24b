import type { Arrival, FacilityId, OrganisationCode } from '@keng/model';

/** Whose an arrival is. */
export interface ArrivalConcern {
  readonly organisation: OrganisationCode;
  readonly facility: FacilityId;
}

export interface KeptArrival {
  readonly arrival: Arrival;
  readonly concern: ArrivalConcern;
}

/** Fewer rows than this are not worth the work of putting those of a building together. */
const FEW_ROWS = 2_000;

/** Arrivals in the order of their last positions. Those of a building become one when there are many. */
export class KeptArrivals {
  #rows: KeptArrival[] = [];
  #togetherFrom = FEW_ROWS;

  get length(): number {
    return this.#rows.length;
  }

  /** @param rows behind all that are here, in their order */
  add(rows: readonly KeptArrival[]): void {
    this.#rows.push(...rows);
    if (this.#rows.length <= this.#togetherFrom) return;
    this.#rows = together(this.#rows);
    // Twice as many before the next time: the work stays in proportion to what was added.
    this.#togetherFrom = Math.max(FEW_ROWS, 2 * this.#rows.length);
  }

  /** Those whose last position is behind a position. */
  after(position: number): KeptArrival[] {
    return this.#rows.slice(firstAfter(this.#rows, position));
  }

  /** Lets those go whose last position is not behind a position. */
  forget(position: number): void {
    this.#rows = this.after(position);
  }
}

/** Those of a building as one, in the place of its last: a detector that chatters needs no more memory than one that spoke once. */
function together(rows: readonly KeptArrival[]): KeptArrival[] {
  const buildings = new Map<FacilityId, KeptArrival>();
  for (const one of rows) {
    const { facility } = one.arrival;
    const known = buildings.get(facility)?.arrival;
    buildings.delete(facility);
    if (known === undefined) buildings.set(facility, one);
    else {
      const signals = known.signals + one.arrival.signals;
      buildings.set(facility, {
        ...one,
        arrival: { ...one.arrival, at: known.at, from: known.from, signals },
      });
    }
  }
  return [...buildings.values()];
}

/** Index of the first whose last position is behind a position, by halving. */
function firstAfter(rows: readonly KeptArrival[], position: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.arrival.upto ?? 0) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
