import { type Box, RingIndex } from '../geometry/ring-index.ts';
import type { PolygonWithHoles, Region, RegionPart } from './region.ts';

/** An area with a name of the caller's: a commune, a station's district. */
export interface NamedArea {
  readonly name: string;
  readonly polygons: readonly PolygonWithHoles[];
}

interface IndexedRing {
  readonly area: number;
  readonly ring: RingIndex;
}

/** Areas that warnings are looked up for. Built once. */
export class AreaIndex {
  readonly #areas: readonly NamedArea[];
  readonly #rings: readonly IndexedRing[];

  constructor(areas: readonly NamedArea[]) {
    this.#areas = areas;
    this.#rings = areas.flatMap(({ polygons }, area) =>
      polygons.map(({ outer }) => ({ area, ring: new RingIndex(outer) })),
    );
  }

  /**
   * The names of the areas that a region touches, in their order: an area counts when one of its corners lies in the region, a corner
   * of the region in it, or their borders cross. A warning that may concern an area is shown there.
   */
  touched(region: Region): string[] {
    const found = new Set<number>();
    for (const { area, ring } of this.#rings) {
      if (found.has(area)) continue;
      if (region.parts.some((part) => boxesMeet(part.box, ring.box) && touches(part, ring))) found.add(area);
    }
    return [...found].sort((one, other) => one - other).map((area) => this.#areas[area]?.name ?? '');
  }
}

function touches(part: RegionPart, ring: RingIndex): boolean {
  if (ring.positions.some(([latitude, longitude]) => part.covers(latitude, longitude))) return true;
  if (part.outline.some(([latitude, longitude]) => ring.covers(latitude, longitude))) return true;
  return part.outline.length > 1 && bordersCross(part.outline, ring.positions);
}

function bordersCross(
  one: readonly (readonly [number, number])[],
  other: readonly (readonly [number, number])[],
): boolean {
  for (let i = 0; i + 1 < one.length; i += 1) {
    const a = one[i];
    const b = one[i + 1];
    if (!a || !b) continue;
    const south = Math.min(a[0], b[0]);
    const north = Math.max(a[0], b[0]);
    for (let j = 0; j + 1 < other.length; j += 1) {
      const c = other[j];
      const d = other[j + 1];
      if (!c || !d || Math.max(c[0], d[0]) < south || Math.min(c[0], d[0]) > north) continue;
      if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) return true;
    }
  }
  return false;
}

function turn(
  a: readonly [number, number],
  b: readonly [number, number],
  c: readonly [number, number],
): number {
  return (b[1] - a[1]) * (c[0] - a[0]) - (b[0] - a[0]) * (c[1] - a[1]);
}

function boxesMeet(one: Box, other: Box): boolean {
  if (one.south > other.north || one.north < other.south) return false;
  return [-360, 0, 360].some((shift) => one.west + shift <= other.east && one.east + shift >= other.west);
}
