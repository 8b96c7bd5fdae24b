import { physics } from '../constants/physics.ts';

/** Degrees, WGS 84, longitude first as in GeoJSON. */
export type Position = readonly [longitude: number, latitude: number];

/** An offset on the ground, m. */
export interface Offset {
  readonly east: number;
  readonly north: number;
}

const radians = Math.PI / 180;

/** The point at a distance and a bearing (degrees from north, clockwise) on the sphere of the mean radius. */
export function destination([longitude, latitude]: Position, bearingDeg: number, metres: number): Position {
  const angle = metres / physics.earthRadius;
  const [from, bearing] = [latitude * radians, bearingDeg * radians];
  const sine = Math.sin(from) * Math.cos(angle) + Math.cos(from) * Math.sin(angle) * Math.cos(bearing);
  const east = Math.atan2(
    Math.sin(bearing) * Math.sin(angle) * Math.cos(from),
    Math.cos(angle) - Math.sin(from) * sine,
  );
  return [longitude + east / radians, Math.asin(sine) / radians];
}

/** The point at an offset. */
export function offset(origin: Position, { east, north }: Offset): Position {
  return destination(origin, Math.atan2(east, north) / radians, Math.hypot(east, north));
}

/** An offset in the frame of the wind: `along` where it blows to, `across` to the right of it. */
export function windOffset(along: number, across: number, windToDeg: number): Offset {
  const [sine, cosine] = [Math.sin(windToDeg * radians), Math.cos(windToDeg * radians)];
  return { east: along * sine + across * cosine, north: along * cosine - across * sine };
}

/** Closed, and counter-clockwise as RFC 7946 wants it. */
export function ring(points: readonly Position[]): Position[] {
  const area = points.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = points[(index + 1) % points.length] ?? [x, y];
    return sum + (x * nextY - nextX * y);
  }, 0);
  const ordered = area < 0 ? [...points].reverse() : [...points];
  const [first] = ordered;
  return first ? [...ordered, first] : [];
}
