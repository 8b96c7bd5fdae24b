import type { Circle, Polygon, Position } from '../model.ts';

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

function position(text: string): Position | null {
  const comma = text.indexOf(',');
  if (comma < 0) return null;
  const latitude = text.slice(0, comma);
  const longitude = text.slice(comma + 1);
  if (!NUMBER.test(latitude) || !NUMBER.test(longitude)) return null;
  return [Number(latitude), Number(longitude)];
}

/** "lat,lon lat,lon ..." as positions; null where it cannot be read. Brackets as GDACS writes them are given up. */
export function readPolygon(text: string): { readonly polygon: Polygon; readonly exact: boolean } | null {
  const parts = text.trim().split(/\s+/);
  const exact = readPositions(parts);
  if (exact) return { polygon: exact, exact: true };
  // "[21.1, 105.7], [21.1, 105.9]", "21.1,105.7;21.1,105.9"
  const numbers = text.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g);
  if (!numbers || numbers.length % 2 !== 0 || /[A-Za-z]/.test(text.replace(/\d[eE][-+]?\d/g, '')))
    return null;
  const pairs: Position[] = [];
  for (let index = 0; index < numbers.length; index += 2)
    pairs.push([Number(numbers[index]), Number(numbers[index + 1])]);
  return { polygon: pairs, exact: false };
}

function readPositions(parts: readonly string[]): Position[] | null {
  const positions: Position[] = [];
  for (const part of parts) {
    const one = position(part);
    if (one === null) return null;
    positions.push(one);
  }
  return positions;
}

/** "lat,lon radius", in kilometres; `exact` false for "lat, lon, radius" and the like. */
export function readCircle(text: string): { readonly circle: Circle; readonly exact: boolean } | null {
  const parts = text.trim().split(/\s+/);
  const center = position(parts[0] ?? '');
  const radius = parts[1] ?? '';
  if (center && parts.length === 2 && NUMBER.test(radius))
    return { circle: { center, radiusKm: Number(radius) }, exact: true };
  const numbers = text.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g);
  if (numbers?.length !== 3 || /[A-DF-Za-df-z]/.test(text)) return null;
  const [latitude, longitude, kilometres] = numbers.map(Number);
  return {
    circle: { center: [latitude ?? 0, longitude ?? 0], radiusKm: kilometres ?? 0 },
    exact: false,
  };
}
