/**
 * A list that stays sorted while many of its items change at once: changes wait until `settle`, which takes them out and
 * merges them in again in one pass. Ten thousand items with a thousand changes a second cost ten passes, never a sort of all.
 */
export class OrderedQueue<Id, Item extends { readonly id: Id }> {
  #items: Item[] = [];
  #pending = new Map<Id, Item | null>();
  readonly #compare: (a: Item, b: Item) => number;

  /** @param compare a total order: two different items are never equal. */
  constructor(compare: (a: Item, b: Item) => number) {
    this.#compare = compare;
  }

  /** In order, as of the last `settle`. */
  get items(): readonly Item[] {
    return this.#items;
  }

  put(item: Item): void {
    this.#pending.set(item.id, item);
  }

  remove(id: Id): void {
    this.#pending.set(id, null);
  }

  clear(): void {
    this.#items = [];
    this.#pending.clear();
  }

  settle(): void {
    if (this.#pending.size === 0) return;
    const changed: Item[] = [];
    for (const item of this.#pending.values()) if (item !== null) changed.push(item);
    changed.sort(this.#compare);
    const merged: Item[] = [];
    let next = 0;
    for (const item of this.#items) {
      if (this.#pending.has(item.id)) continue;
      for (let one = changed[next]; one !== undefined && this.#compare(one, item) < 0; one = changed[next]) {
        merged.push(one);
        next += 1;
      }
      merged.push(item);
    }
    for (; next < changed.length; next += 1) {
      const one = changed[next];
      if (one !== undefined) merged.push(one);
    }
    this.#items = merged;
    this.#pending.clear();
  }
}
