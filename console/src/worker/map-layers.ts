import { loadCommuneLayer } from './commune-layer.ts';
import { loadFacilityLayer } from './facility-layer.ts';
import type { FromWorker } from './messages.ts';
import { codeOf } from './problem-code.ts';

/** What the maps of all tabs share: each layer is loaded once, when the first asks for it. */
export class MapLayers {
  #facilities: ReturnType<typeof loadFacilityLayer> | null = null;
  #communes: ReturnType<typeof loadCommuneLayer> | null = null;

  async facilities(): Promise<FromWorker> {
    try {
      this.#facilities ??= loadFacilityLayer();
      const { url, count } = await this.#facilities;
      return { type: 'facilities', url, count, problem: null };
    } catch (error) {
      // The next request tries again.
      this.#facilities = null;
      return { type: 'facilities', url: null, count: 0, problem: codeOf(error) };
    }
  }

  async communes(): Promise<FromWorker> {
    try {
      this.#communes ??= loadCommuneLayer();
      return { type: 'communes', url: await this.#communes, problem: null };
    } catch (error) {
      this.#communes = null;
      return { type: 'communes', url: null, problem: codeOf(error) };
    }
  }
}
