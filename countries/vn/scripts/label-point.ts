import type { Position } from 'geojson';
import { distanceToOutline, isInsideRing, ringArea } from '../src/geometry.ts';

const GRID = 60;

/**
 * A point well inside the largest polygon, where a name can stand: of a grid over the polygon's box, the point
 * farthest from the outline (a coarse "pole of inaccessibility").
 */
export function labelPointOf(polygons: readonly (readonly Position[][])[]): [number, number] {
  const ring = polygons
    .map((polygon) => polygon[0] ?? [])
    .reduce(
      (largest, r) => (Math.abs(ringArea(r)) > Math.abs(ringArea(largest)) ? r : largest),
      [] as Position[],
    );
  const lon = ring.map((p) => p[0] ?? 0);
  const lat = ring.map((p) => p[1] ?? 0);
  const [west, east, south, north] = [Math.min(...lon), Math.max(...lon), Math.min(...lat), Math.max(...lat)];
  let best: [number, number] = [(west + east) / 2, (south + north) / 2];
  let clearance = -1;
  for (let i = 0; i < GRID; i += 1) {
    for (let j = 0; j < GRID; j += 1) {
      const point: [number, number] = [
        west + ((east - west) * (i + 0.5)) / GRID,
        south + ((north - south) * (j + 0.5)) / GRID,
      ];
      if (!isInsideRing(point, ring)) continue;
      const distance = distanceToOutline(point, ring);
      if (distance > clearance) [best, clearance] = [point, distance];
    }
  }
  if (clearance < 0) throw new Error('no grid point lies inside the largest polygon');
  return best;
}
