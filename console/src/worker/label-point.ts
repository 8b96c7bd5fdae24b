import type { Geometry, Position } from 'geojson';

/**
 * A point well inside an area for its name: the middle of its widest stretch at half the height of its largest part. A centroid would lie
 * in the sea for an area that bends around a bay. null: it has no area.
 */
export function labelPoint(geometry: Geometry): Position | null {
  const parts = partsOf(geometry);
  const largest = parts.reduce<readonly Position[][] | null>(
    (best, part) => (best === null || boxOf(part) > boxOf(best) ? part : best),
    null,
  );
  if (largest === null) return null;
  const [south, north] = rangeOf(largest, 1);
  const latitude = (south + north) / 2;
  const crossings = largest.flatMap((ring) => crossingsOf(ring, latitude)).sort((one, other) => one - other);
  let widest: readonly [number, number] | null = null;
  for (let at = 0; at + 1 < crossings.length; at += 2) {
    const stretch = [crossings[at] ?? 0, crossings[at + 1] ?? 0] as const;
    if (widest === null || stretch[1] - stretch[0] > widest[1] - widest[0]) widest = stretch;
  }
  return widest === null ? null : [(widest[0] + widest[1]) / 2, latitude];
}

function partsOf(geometry: Geometry): readonly Position[][][] {
  if (geometry.type === 'Polygon') return [geometry.coordinates];
  return geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
}

function boxOf(part: readonly Position[][]): number {
  const [west, east] = rangeOf(part, 0);
  const [south, north] = rangeOf(part, 1);
  return (east - west) * (north - south);
}

function rangeOf(part: readonly Position[][], axis: 0 | 1): [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const position of part[0] ?? []) {
    least = Math.min(least, position[axis] ?? 0);
    most = Math.max(most, position[axis] ?? 0);
  }
  return [least, most];
}

/** Longitudes at which a ring crosses a latitude. */
function crossingsOf(ring: readonly Position[], latitude: number): number[] {
  return ring.slice(1).flatMap(([x2 = 0, y2 = 0], index) => {
    const [x1 = 0, y1 = 0] = ring[index] ?? [];
    if (y1 > latitude === y2 > latitude) return [];
    return [x1 + ((latitude - y1) / (y2 - y1)) * (x2 - x1)];
  });
}
