import type { IncidentId } from '@keng/model';

/**
 * The queue as it stood when somebody was about to click into it: rows keep their places, what is on them stays live, and what has come
 * or become more urgent meanwhile is counted.
 */
export class HeldOrder {
  readonly #ids: readonly IncidentId[];
  readonly #places: ReadonlyMap<IncidentId, number>;

  constructor(ids: readonly IncidentId[]) {
    this.#ids = ids;
    this.#places = new Map(ids.map((id, place) => [id, place]));
  }

  get total(): number {
    return this.#ids.length;
  }

  window(from: number, to: number): readonly IncidentId[] {
    return this.#ids.slice(from, to);
  }

  /** How many rows now belong into the first `to` places, and are not there because the order is held. */
  above(now: readonly { readonly id: IncidentId }[], to: number): number {
    let count = 0;
    for (const { id } of now.slice(0, to)) {
      const place = this.#places.get(id);
      if (place === undefined || place >= to) count += 1;
    }
    return count;
  }
}
