import KDBush from 'kdbush';
import type { Region } from './region.ts';

/** Points that warnings are looked up for again and again: recipients, sirens, stations. Built once, never changed. */
export class PointIndex {
  readonly #tree: KDBush;
  readonly #coordinates: Float64Array;
  readonly size: number;

  /** @param coordinates latitude, longitude, latitude ... in degrees */
  constructor(coordinates: Float64Array) {
    if (coordinates.length % 2 !== 0) throw new RangeError('latitudes and longitudes come in pairs');
    this.#coordinates = coordinates;
    this.size = coordinates.length / 2;
    this.#tree = new KDBush(this.size);
    for (let at = 0; at < coordinates.length; at += 2) {
      const latitude = coordinates[at] ?? Number.NaN;
      const longitude = coordinates[at + 1] ?? Number.NaN;
      if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180))
        throw new RangeError(`point ${at / 2} is not on the Earth: ${latitude}, ${longitude}`);
      this.#tree.add(longitude, latitude);
    }
    this.#tree.finish();
  }

  /** The numbers of the points that a region covers, each once, in rising order. */
  covered(region: Region): Uint32Array {
    const found = new Set<number>();
    const lists: number[][] = [];
    for (const { box, covers } of region.parts.map((part) => ({
      box: part.box,
      covers: part.covers.bind(part),
    }))) {
      const hits: number[] = [];
      for (const [west, east] of spans(box.west, box.east))
        for (const id of this.#tree.range(west, box.south, east, box.north))
          if (covers(this.#coordinates[id * 2] ?? 0, this.#coordinates[id * 2 + 1] ?? 0)) hits.push(id);
      lists.push(hits);
    }
    const [only] = lists;
    if (lists.length === 1 && only) return Uint32Array.from(only).sort();
    for (const hits of lists) for (const id of hits) found.add(id);
    return Uint32Array.from(found).sort();
  }
}

/** A span of longitudes as one or two inside -180 ... 180. */
function spans(west: number, east: number): [number, number][] {
  if (east - west >= 360) return [[-180, 180]];
  let from = west;
  let to = east;
  while (from < -180) {
    from += 360;
    to += 360;
  }
  while (from > 180) {
    from -= 360;
    to -= 360;
  }
  return to <= 180
    ? [[from, to]]
    : [
        [from, 180],
        [-180, to - 360],
      ];
}
