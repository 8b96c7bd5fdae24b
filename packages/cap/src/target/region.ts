import { boxOfCircle, destination, distanceKm } from '../geometry/distance.ts';
import { type Box, RingIndex } from '../geometry/ring-index.ts';
import type { Area, Circle, CodedValue, Polygon, Position } from '../model.ts';
import { readPolygon } from '../read/geometry-text.ts';

/** What a code stands for, from a list of the caller's: polygons with their holes. null: the list is not known. */
export type GeocodeResolver = (valueName: string, value: string) => readonly PolygonWithHoles[] | null;

export interface PolygonWithHoles {
  readonly outer: Polygon;
  readonly holes: readonly Polygon[];
}

/** DWD writes the holes of its polygons as a geocode of this name; a reader that does not know it warns too many. */
export const EXCLUDE_POLYGON = 'EXCLUDE_POLYGON';

export interface RegionOptions {
  readonly resolve?: GeocodeResolver;
  /**
   * `union`: polygons, circles and codes together, as the standard says. `geometry-first`: codes count only where there is no
   * geometry, as the profiles of Canada and Australia say.
   */
  readonly rule?: 'union' | 'geometry-first';
}

/** A polygon or circle of a region. */
export interface RegionPart {
  readonly box: Box;
  /** Corners of its border, closed; of a circle those of a polygon of 64 corners in it. */
  readonly outline: readonly Position[];
  covers(latitude: number, longitude: number): boolean;
}

/** Where a warning holds, ready for many points. */
export class Region {
  readonly parts: readonly RegionPart[];
  /** Codes that nobody could resolve: the warning may hold in more places than are known here. */
  readonly unresolved: readonly CodedValue[];

  private constructor(parts: readonly RegionPart[], unresolved: readonly CodedValue[]) {
    this.parts = parts;
    this.unresolved = unresolved;
  }

  /** The union of areas: those of one info, for infos are languages of one warning. */
  static of(areas: readonly Area[], options: RegionOptions = {}): Region {
    const parts: RegionPart[] = [];
    const unresolved: CodedValue[] = [];
    for (const area of areas) addArea(area, options, parts, unresolved);
    return new Region(parts, unresolved);
  }

  /** @param position WGS 84; the border belongs to the region */
  covers([latitude, longitude]: Position): boolean {
    return this.parts.some((part) => part.covers(latitude, longitude));
  }
}

function addArea(
  area: Area,
  { resolve, rule = 'union' }: RegionOptions,
  parts: RegionPart[],
  unresolved: CodedValue[],
): void {
  const holes = area.geocode.flatMap((one) => {
    const read = one.valueName === EXCLUDE_POLYGON ? readPolygon(one.value) : null;
    return read ? [read.polygon] : [];
  });
  for (const outer of area.polygon) if (outer.length > 2) parts.push(polygonPart({ outer, holes }));
  for (const circle of area.circle) if (circle.radiusKm > 0) parts.push(circlePart(circle));
  if (rule === 'geometry-first' && area.polygon.length + area.circle.length > 0) return;
  for (const code of area.geocode) {
    if (code.valueName === EXCLUDE_POLYGON) continue;
    const polygons = resolve?.(code.valueName, code.value) ?? null;
    if (polygons === null) unresolved.push(code);
    else parts.push(...polygons.map(polygonPart));
  }
}

function polygonPart({ outer, holes }: PolygonWithHoles): RegionPart {
  const ring = new RingIndex(outer);
  const inner = holes.map((hole) => new RingIndex(hole));
  return {
    box: ring.box,
    outline: ring.positions,
    covers: (latitude, longitude) =>
      ring.covers(latitude, longitude) && !inner.some((hole) => hole.covers(latitude, longitude)),
  };
}

function circlePart({ center, radiusKm }: Circle): RegionPart {
  return {
    box: boxOfCircle(center, radiusKm),
    outline: outlineOf(center, radiusKm),
    covers: (latitude, longitude) => distanceKm(center, [latitude, longitude]) <= radiusKm,
  };
}

const CORNERS = 64;

function outlineOf(center: Position, radiusKm: number): Position[] {
  return Array.from({ length: CORNERS + 1 }, (_, index) =>
    destination(center, ((index % CORNERS) * 360) / CORNERS, radiusKm),
  );
}
