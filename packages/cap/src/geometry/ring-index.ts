import { orient2d } from 'robust-predicates';
import type { Polygon } from '../model.ts';
import { unroll } from './ring.ts';

const EDGES_A_SLAB = 2;
const MOST_SLABS = 4_096;

/** The least box round something, in degrees; `east` beyond 180 where it runs over the antimeridian. */
export interface Box {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
}

/**
 * A ring prepared for many questions: its edges lie in slabs of latitude, so a point is compared with the few edges at its height.
 * Exact on the border, which belongs to the ring.
 */
export class RingIndex {
  readonly box: Box;
  readonly positions: readonly (readonly [number, number])[];
  readonly #edges: Float64Array;
  readonly #slabs: readonly Uint32Array[];
  readonly #height: number;

  /** @param ring closed or not, at least three positions; longitudes may run over 180 degrees */
  constructor(ring: Polygon) {
    const rolled = unroll(ring);
    const first = rolled[0];
    const last = rolled.at(-1);
    if (first && last && (first[0] !== last[0] || first[1] !== last[1])) rolled.push(first);
    this.positions = rolled;
    this.box = boxOf(rolled);
    const count = Math.max(0, rolled.length - 1);
    this.#edges = new Float64Array(count * 4);
    for (let index = 0; index < count; index += 1) {
      const from = rolled[index] ?? [0, 0];
      const to = rolled[index + 1] ?? [0, 0];
      this.#edges.set([from[0], from[1], to[0], to[1]], index * 4);
    }
    const slabs = Math.max(1, Math.min(MOST_SLABS, Math.ceil(count / EDGES_A_SLAB)));
    this.#height = Math.max(Number.MIN_VALUE, (this.box.north - this.box.south) / slabs);
    this.#slabs = this.#fill(slabs, count);
  }

  #fill(slabs: number, count: number): Uint32Array[] {
    const lists: number[][] = Array.from({ length: slabs }, () => []);
    for (let index = 0; index < count; index += 1) {
      const from = this.#edges[index * 4] ?? 0;
      const to = this.#edges[index * 4 + 2] ?? 0;
      const lowest = this.#slabAt(Math.min(from, to), slabs);
      const highest = this.#slabAt(Math.max(from, to), slabs);
      for (let slab = lowest; slab <= highest; slab += 1) lists[slab]?.push(index);
    }
    return lists.map((list) => Uint32Array.from(list));
  }

  #slabAt(latitude: number, slabs: number): number {
    return Math.max(0, Math.min(slabs - 1, Math.floor((latitude - this.box.south) / this.#height)));
  }

  /** Whether a point is inside or on the border. */
  covers(latitude: number, longitude: number): boolean {
    const { south, north, west, east } = this.box;
    if (latitude < south || latitude > north) return false;
    let turned = longitude;
    while (turned < west) turned += 360;
    while (turned - 360 >= west) turned -= 360;
    return turned <= east && this.#inside(latitude, turned);
  }

  #inside(latitude: number, longitude: number): boolean {
    const edges = this.#edges;
    const slab = this.#slabs[this.#slabAt(latitude, this.#slabs.length)];
    if (!slab) return false;
    let inside = false;
    for (let at = 0; at < slab.length; at += 1) {
      const base = (slab[at] ?? 0) * 4;
      const y1 = edges[base] ?? 0;
      const x1 = edges[base + 1] ?? 0;
      const y2 = edges[base + 2] ?? 0;
      const x2 = edges[base + 3] ?? 0;
      if (y1 > latitude === y2 > latitude) {
        // Not crossed by the ray; a level edge may still carry the point.
        if (y1 === latitude && y2 === latitude && between(longitude, x1, x2)) return true;
        if ((y1 === latitude && x1 === longitude) || (y2 === latitude && x2 === longitude)) return true;
        continue;
      }
      if (longitude < x1 && longitude < x2) {
        inside = !inside;
        continue;
      }
      if (longitude > x1 && longitude > x2) continue;
      const side = orient2d(x1, y1, x2, y2, longitude, latitude);
      if (side === 0) return true;
      if (side > 0 === y2 < y1) inside = !inside;
    }
    return inside;
  }
}

const between = (value: number, one: number, other: number): boolean =>
  one < other ? value >= one && value <= other : value >= other && value <= one;

export function boxOf(positions: readonly (readonly [number, number])[]): Box {
  let south = Number.POSITIVE_INFINITY;
  let west = Number.POSITIVE_INFINITY;
  let north = Number.NEGATIVE_INFINITY;
  let east = Number.NEGATIVE_INFINITY;
  for (const [latitude, longitude] of positions) {
    if (latitude < south) south = latitude;
    if (latitude > north) north = latitude;
    if (longitude < west) west = longitude;
    if (longitude > east) east = longitude;
  }
  return { south, west, north, east };
}
