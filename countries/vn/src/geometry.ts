/** Plane geometry in degrees: enough for "which province", not for surveying. Longitude first, as in GeoJSON. */

export type Point = readonly [lon: number, lat: number];
type Ring = readonly (readonly number[])[];

/** Signed area of a closed ring in square degrees; positive when counter-clockwise. */
export function ringArea(ring: Ring): number {
  let twice = 0;
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [ax = 0, ay = 0] = ring[i] ?? [];
    const [bx = 0, by = 0] = ring[i + 1] ?? [];
    twice += ax * by - bx * ay;
  }
  return twice / 2;
}

/** Whether a point lies inside a closed ring (even-odd rule; a point on the line may be either). */
export function isInsideRing([x, y]: Point, ring: Ring): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [ax = 0, ay = 0] = ring[i] ?? [];
    const [bx = 0, by = 0] = ring[j] ?? [];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Whether a point lies inside a GeoJSON MultiPolygon's coordinates, holes left out. */
export function isInside(point: Point, polygons: readonly (readonly Ring[])[]): boolean {
  return polygons.some(
    ([outer, ...holes]) =>
      outer !== undefined && isInsideRing(point, outer) && !holes.some((hole) => isInsideRing(point, hole)),
  );
}

/** Distance in degrees from a point to the nearest segment of a ring. */
export function distanceToOutline([x, y]: Point, ring: Ring): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [ax = 0, ay = 0] = ring[i] ?? [];
    const [bx = 0, by = 0] = ring[i + 1] ?? [];
    const [dx, dy] = [bx - ax, by - ay];
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
    least = Math.min(least, Math.hypot(x - ax - along * dx, y - ay - along * dy));
  }
  return least;
}

const EARTH_RADIUS_METRES = 6_371_008.8;

/** Great-circle distance between two points, metres (sphere of mean radius; error below 0.5 %). */
export function distanceMetres([lonA, latA]: Point, [lonB, latB]: Point): number {
  const radians = Math.PI / 180;
  const h =
    Math.sin(((latB - latA) * radians) / 2) ** 2 +
    Math.cos(latA * radians) * Math.cos(latB * radians) * Math.sin(((lonB - lonA) * radians) / 2) ** 2;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
}

/**
 * Whether segment ab properly crosses segment cd. Touching at a corner does not count: it is common in simplified
 * outlines and harmless.
 */
export function isCrossed(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function side(a: Point, b: Point, p: Point): number {
  return Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]));
}
