import type { GeoJSONSourceDiff } from 'maplibre-gl';
import type { MapDiff, MapPoint } from '../worker/map-diff.ts';

export const toFeature = ({ id, number, band, position }: MapPoint): GeoJSON.Feature<GeoJSON.Point> => ({
  type: 'Feature',
  properties: { id, number, band },
  geometry: { type: 'Point', coordinates: [...position] },
});

/**
 * Diffs that arrive while the map still works on the last one become one: at a thousand alarms a second the map does as
 * many updates as it can, and none waits behind another.
 */
export class DiffQueue {
  #reset = false;
  #add = new Map<string, MapPoint>();
  #update = new Map<string, MapPoint>();
  #remove = new Set<string>();

  push(diff: MapDiff): void {
    if (diff.reset) {
      this.#reset = true;
      this.#add.clear();
      this.#update.clear();
      this.#remove.clear();
    }
    for (const point of diff.add)
      this.#put(this.#remove.delete(point.id) && !this.#reset ? this.#update : this.#add, point);
    for (const point of diff.update) this.#put(this.#add.has(point.id) ? this.#add : this.#update, point);
    for (const id of diff.remove) {
      this.#update.delete(id);
      if (!this.#add.delete(id)) this.#remove.add(id);
    }
  }

  #put(into: Map<string, MapPoint>, point: MapPoint): void {
    into.set(point.id, point);
  }

  /** What to hand to the source now; null: nothing. */
  take(): GeoJSONSourceDiff | null {
    if (!this.#reset && this.#add.size + this.#update.size + this.#remove.size === 0) return null;
    const diff: GeoJSONSourceDiff = {
      removeAll: this.#reset,
      remove: [...this.#remove],
      add: [...this.#add.values()].map(toFeature),
      update: [...this.#update.values()].map((point) => ({
        id: point.id,
        newGeometry: toFeature(point).geometry,
        addOrUpdateProperties: [{ key: 'band', value: point.band }],
      })),
    };
    this.#reset = false;
    this.#add.clear();
    this.#update.clear();
    this.#remove.clear();
    return diff;
  }
}
