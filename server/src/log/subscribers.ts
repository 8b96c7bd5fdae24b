import { WokenLoop } from './woken-loop.ts';

/**
 * Those who are told when there is more, each in a loop of its own: a slow one holds up itself alone, and nothing queues for it.
 */
export class Subscribers {
  readonly #loops = new Set<WokenLoop>();

  get count(): number {
    return this.#loops.size;
  }

  /**
   * @param run looks at what there is for this one, at once and after each `poke`, never twice at the same time; true when there may be more
   * @param onError told of each failure; it is tried again after a second
   * @returns a function that ends it, and resolves when nothing of it runs any more
   */
  add(run: () => Promise<boolean>, onError: (error: unknown) => void): () => Promise<void> {
    const loop = new WokenLoop(run, onError);
    this.#loops.add(loop);
    loop.poke();
    return async () => {
      this.#loops.delete(loop);
      await loop.stop();
    };
  }

  /** There may be more for each. */
  poke(): void {
    for (const loop of this.#loops) loop.poke();
  }

  /** Ends all of them. */
  async stop(): Promise<void> {
    const loops = [...this.#loops];
    this.#loops.clear();
    await Promise.all(loops.map((loop) => loop.stop()));
  }
}
