import type { Place } from '../observation.ts';

/** A point, longitude turned into -180..180; null where it is none on Earth. */
export function pointOf(latitude: number | null, longitude: number | null): Place | null {
  if (latitude === null || longitude === null) return null;
  if (Math.abs(latitude) > 90 || longitude < -180 || longitude > 360) return null;
  return { kind: 'point', longitude: longitude > 180 ? rounded(longitude - 360) : longitude, latitude };
}

const rounded = (degrees: number): number => Number(degrees.toFixed(7));
