import type { Ring } from '../api/areas.ts';

export type LonLat = readonly [longitude: number, latitude: number];
export type Pixel = readonly [x: number, y: number];

/** A window on the ground: its middle and how much of it is shown. */
export interface View {
  readonly centre: LonLat;
  readonly kmPerPixel: number;
  readonly width: number;
  readonly height: number;
}

/** Length of one degree of latitude on the mean sphere (6,371.0 km). */
const KM_PER_DEGREE = 111.195;
const RADIANS = Math.PI / 180;

const across = (view: View): number => KM_PER_DEGREE * Math.cos(view.centre[1] * RADIANS);

/** Flat about the middle of the view: for some hundred kilometres nobody sees the difference. */
export function toPixel(view: View, [longitude, latitude]: LonLat): Pixel {
  return [
    view.width / 2 + ((longitude - view.centre[0]) * across(view)) / view.kmPerPixel,
    view.height / 2 - ((latitude - view.centre[1]) * KM_PER_DEGREE) / view.kmPerPixel,
  ];
}

export function toLonLat(view: View, [x, y]: Pixel): LonLat {
  return [
    view.centre[0] + ((x - view.width / 2) * view.kmPerPixel) / across(view),
    view.centre[1] - ((y - view.height / 2) * view.kmPerPixel) / KM_PER_DEGREE,
  ];
}

/** The rings that may be seen, as one path of an SVG. */
export function pathOf(view: View, rings: readonly Ring[]): string {
  const parts: string[] = [];
  for (const ring of rings) {
    const pixels = ring.map((point) => toPixel(view, point));
    if (!mayBeSeen(view, pixels)) continue;
    parts.push(`M${pixels.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`);
  }
  return parts.join('');
}

function mayBeSeen({ width, height }: View, pixels: readonly Pixel[]): boolean {
  const some = (test: (pixel: Pixel) => boolean) => pixels.some(test);
  return (
    some(([x]) => x >= 0) &&
    some(([x]) => x <= width) &&
    some(([, y]) => y >= 0) &&
    some(([, y]) => y <= height)
  );
}

/** Great-circle distance in kilometres (haversine, mean sphere). */
export function distanceKm([lon1, lat1]: LonLat, [lon2, lat2]: LonLat): number {
  const half = (degrees: number) => Math.sin((degrees * RADIANS) / 2) ** 2;
  const h = half(lat2 - lat1) + Math.cos(lat1 * RADIANS) * Math.cos(lat2 * RADIANS) * half(lon2 - lon1);
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** A round length (1, 2 or 5 times a power of ten) that takes at most `pixels` on the screen. */
export function scaleBar(
  kmPerPixel: number,
  pixels: number,
): { readonly km: number; readonly pixels: number } {
  const most = kmPerPixel * pixels;
  const power = 10 ** Math.floor(Math.log10(most));
  const km = [5, 2, 1].map((step) => step * power).find((length) => length <= most) ?? power;
  return { km, pixels: km / kmPerPixel };
}

/** The view that shows all points with some ground around them; never less than `leastKm` across. */
export function viewOf(
  points: readonly LonLat[],
  size: { readonly width: number; readonly height: number },
  leastKm: number,
): View {
  const longitudes = points.map(([longitude]) => longitude);
  const latitudes = points.map(([, latitude]) => latitude);
  const centre: LonLat = [
    (Math.min(...longitudes) + Math.max(...longitudes)) / 2,
    (Math.min(...latitudes) + Math.max(...latitudes)) / 2,
  ];
  const wide = distanceKm([Math.min(...longitudes), centre[1]], [Math.max(...longitudes), centre[1]]);
  const high = distanceKm([centre[0], Math.min(...latitudes)], [centre[0], Math.max(...latitudes)]);
  const least = leastKm / Math.max(1, Math.min(size.width, size.height));
  const kmPerPixel = Math.max(
    least,
    (wide * 1.5) / Math.max(1, size.width),
    (high * 1.5) / Math.max(1, size.height),
  );
  return { centre, kmPerPixel, ...size };
}

/** "21.0285, 105.8542" as people copy it from a map (latitude first), or longitude first where it can only be that. */
export function readLonLat(text: string): LonLat | null {
  const numbers = text.match(/-?\d+(?:\.\d+)?/g)?.map(Number) ?? [];
  const [first, second] = numbers;
  if (numbers.length !== 2 || first === undefined || second === undefined) return null;
  const position: LonLat = Math.abs(first) > 90 ? [first, second] : [second, first];
  return Math.abs(position[0]) <= 180 && Math.abs(position[1]) <= 90 ? position : null;
}
