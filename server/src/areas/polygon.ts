/** Plane geometry in degrees, longitude first: enough for "which area", not for surveying. */
export type LonLat = readonly [longitude: number, latitude: number];
export type Ring = readonly (readonly number[])[];
/** Outer ring, then holes. */
export type Polygon = readonly Ring[];

const EARTH_RADIUS_METRES = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Even-odd rule; a point on the line itself may be either. */
export function isInsidePolygon(point: LonLat, [outer, ...holes]: Polygon): boolean {
  return (
    outer !== undefined && isInsideRing(point, outer) && !holes.some((hole) => isInsideRing(point, hole))
  );
}

function isInsideRing([x, y]: LonLat, ring: Ring): boolean {
  let inside = false;
  let [bx = 0, by = 0] = ring.at(-1) ?? [];
  for (const [ax = 0, ay = 0] of ring) {
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    [bx, by] = [ax, ay];
  }
  return inside;
}

/** Metres from a point to the nearest line of a ring, on a plane laid at the point: good to a per cent within 200 km. */
export function metresToRing([x, y]: LonLat, ring: Ring): number {
  const scaleY = EARTH_RADIUS_METRES * RADIANS;
  const scaleX = scaleY * Math.cos(y * RADIANS);
  let least = Number.POSITIVE_INFINITY;
  let [bx = 0, by = 0] = ring.at(-1) ?? [];
  for (const [ax = 0, ay = 0] of ring) {
    least = Math.min(
      least,
      fromOrigin([(ax - x) * scaleX, (ay - y) * scaleY], [(bx - x) * scaleX, (by - y) * scaleY]),
    );
    [bx, by] = [ax, ay];
  }
  return least;
}

function fromOrigin([ax, ay]: LonLat, [bx, by]: LonLat): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length));
  return Math.hypot(ax + along * dx, ay + along * dy);
}

/** West, south, east, north. */
export function boundsOf(ring: Ring): [number, number, number, number] {
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x = 0, y = 0] of ring) {
    bounds[0] = Math.min(bounds[0], x);
    bounds[1] = Math.min(bounds[1], y);
    bounds[2] = Math.max(bounds[2], x);
    bounds[3] = Math.max(bounds[3], y);
  }
  return bounds;
}
