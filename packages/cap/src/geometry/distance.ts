import type { Position } from '../model.ts';
import type { Box } from './ring-index.ts';

/** Mean radius of the Earth (IUGG), kilometres. */
export const EARTH_RADIUS_KM = 6371.0088;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Along the great circle on a sphere, in kilometres; within 0.6 % of the ellipsoid. */
export function distanceKm(from: Position, to: Position): number {
  const latitude = radians(to[0] - from[0]);
  const longitude = radians(to[1] - from[1]);
  const a =
    Math.sin(latitude / 2) ** 2 +
    Math.cos(radians(from[0])) * Math.cos(radians(to[0])) * Math.sin(longitude / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(a)));
}

/** A box that holds the circle, over poles and antimeridian. */
export function boxOfCircle(center: Position, radiusKm: number): Box {
  const angle = radiusKm / EARTH_RADIUS_KM;
  const degrees = (angle * 180) / Math.PI;
  const south = center[0] - degrees;
  const north = center[0] + degrees;
  if (south <= -90 || north >= 90)
    return { south: Math.max(-90, south), north: Math.min(90, north), west: -180, east: 180 };
  const half = (Math.asin(Math.min(1, Math.sin(angle) / Math.cos(radians(center[0])))) * 180) / Math.PI;
  return { south, north, west: center[1] - half, east: center[1] + half };
}

/** Where one arrives from a place after a distance in a direction, in degrees clockwise from north. */
export function destination(from: Position, bearing: number, kilometres: number): Position {
  const angle = kilometres / EARTH_RADIUS_KM;
  const course = radians(bearing);
  const latitude = radians(from[0]);
  const reached = Math.asin(
    Math.sin(latitude) * Math.cos(angle) + Math.cos(latitude) * Math.sin(angle) * Math.cos(course),
  );
  const turned = Math.atan2(
    Math.sin(course) * Math.sin(angle) * Math.cos(latitude),
    Math.cos(angle) - Math.sin(latitude) * Math.sin(reached),
  );
  return [(reached * 180) / Math.PI, from[1] + (turned * 180) / Math.PI];
}
