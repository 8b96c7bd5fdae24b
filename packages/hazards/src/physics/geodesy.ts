import { earthRadiusKm } from './constants.ts';

/** A place on the sphere. Longitudes of any turn are taken. */
export interface Position {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

const radians = Math.PI / 180;

/** Great-circle distance on the sphere of 6,371 km, km. Haversine: exact for near and far places. */
export function distanceKm(from: Position, to: Position): number {
  const [a, b] = [from.latitudeDeg * radians, to.latitudeDeg * radians];
  const across = (to.longitudeDeg - from.longitudeDeg) * radians;
  const h = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(across / 2) ** 2;
  return 2 * earthRadiusKm.value * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Direction in which `to` is seen from `from`, degrees from north over east, 0 to under 360. */
export function bearingDeg(from: Position, to: Position): number {
  const [a, b] = [from.latitudeDeg * radians, to.latitudeDeg * radians];
  const across = (to.longitudeDeg - from.longitudeDeg) * radians;
  const east = Math.sin(across) * Math.cos(b);
  const north = Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(across);
  return (Math.atan2(east, north) / radians + 360) % 360;
}

/** The place at a share of the great circle between two places; 0 is `from`. */
export function placeBetween(from: Position, to: Position, share: number): Position {
  const angle = distanceKm(from, to) / earthRadiusKm.value;
  if (angle < 1e-12) return from;
  const [f, t] = [from, to].map(unitVector) as [Vector, Vector];
  const [a, b] = [Math.sin((1 - share) * angle), Math.sin(share * angle)].map(
    (one) => one / Math.sin(angle),
  ) as [number, number];
  const [x, y, z] = [a * f[0] + b * t[0], a * f[1] + b * t[1], a * f[2] + b * t[2]];
  return {
    latitudeDeg: Math.atan2(z, Math.hypot(x, y)) / radians,
    longitudeDeg: normalLongitude(Math.atan2(y, x) / radians),
  };
}

type Vector = readonly [number, number, number];

function unitVector({ latitudeDeg, longitudeDeg }: Position): Vector {
  const [a, b] = [latitudeDeg * radians, longitudeDeg * radians];
  return [Math.cos(a) * Math.cos(b), Math.cos(a) * Math.sin(b), Math.sin(a)];
}

/** -180 to under 180. */
export function normalLongitude(longitudeDeg: number): number {
  return ((((longitudeDeg + 180) % 360) + 360) % 360) - 180;
}

export const placeQuantities = {
  latitudeDeg: { unit: '°', what: 'latitude, north positive', minimum: -90, maximum: 90 },
  longitudeDeg: { unit: '°', what: 'longitude, east positive', minimum: -360, maximum: 360 },
};
