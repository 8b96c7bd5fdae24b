import type { AnyModel } from '../model.ts';
import type { InvalidInput, Outside, Values } from '../outcome.ts';
import { packs } from '../packs.ts';
import { defaultSearch, farthest, type Reach, type Search } from './distance.ts';
import { destination, offset, type Position, ring, windOffset } from './geo.ts';

/** One zone as GeoJSON, with what it was made by. */
export interface Zone {
  readonly type: 'Feature';
  readonly geometry:
    | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
    | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] };
  readonly properties: {
    readonly model: string;
    readonly pack: string;
    readonly edition: string;
    readonly output: string;
    readonly unit: string;
    readonly level: number;
    readonly farthestM: number;
    readonly inputs: Values;
  };
}

export type Contour =
  | { readonly kind: 'zone'; readonly zone: Zone }
  | { readonly kind: 'not-reached' }
  | { readonly kind: 'outside-range'; readonly outside: Outside }
  | InvalidInput;

export interface ContourRequest {
  readonly model: AnyModel;
  readonly inputs: Values;
  readonly output: string;
  readonly level: number;
  readonly origin: Position;
  /** Points of the polygon. */
  readonly directions?: number;
  readonly search?: Search;
}

export interface WindContourRequest extends ContourRequest {
  /** Degrees from north that the wind blows to. */
  readonly windToDeg: number;
}

function zoneOf(request: ContourRequest, points: readonly Position[], farthestM: number): Contour {
  const { model, output, level, inputs } = request;
  return {
    kind: 'zone',
    zone: {
      type: 'Feature',
      geometry: { type: 'Polygon', coordinates: [ring(points)] },
      properties: {
        model: model.id,
        pack: model.pack,
        edition: packs[model.pack].edition,
        output,
        unit: model.outputs[output]?.unit ?? '',
        level,
        farthestM,
        inputs,
      },
    },
  };
}

/**
 * The zone in which an effect has a level, found anew in each direction whose inputs differ. `vary` gives the inputs of a
 * direction (degrees from north); without it the effect is the same all round and one search is enough.
 */
export function radialContour(request: ContourRequest, vary?: (bearingDeg: number) => Values): Contour {
  const directions = request.directions ?? 360;
  const points: Position[] = [];
  let farthestM = 0;
  const found = new Map<string, Reach>();
  for (let index = 0; index < directions; index += 1) {
    const bearing = (index * 360) / directions;
    const varied = vary?.(bearing) ?? {};
    // The same inputs reach as far: a circle needs one search, two sides need two.
    const key = JSON.stringify(varied);
    let reach = found.get(key);
    if (!reach) {
      const effect = request.model.effect({ ...request.inputs, ...varied }, 'distanceM', request.output);
      if (typeof effect !== 'function') return effect;
      reach = farthest(effect, request.level, request.search);
      found.set(key, reach);
    }
    if (reach.kind === 'outside-range') return reach;
    const metres = reach.kind === 'reached' ? reach.distanceM : 0;
    farthestM = Math.max(farthestM, metres);
    points.push(destination(request.origin, bearing, metres));
  }
  return farthestM === 0 ? { kind: 'not-reached' } : zoneOf(request, points, farthestM);
}

/**
 * The footprint of a plume: at stations downwind, geometric between the first and the last distance with the level,
 * the half width by bisection over `acrossM`. A plume is far narrower than a degree, so directions would miss it.
 * Where the method begins only at some distance (Gaussian spreads at 100 m) the zone begins at the source all the same.
 */
export function plumeContour(request: WindContourRequest): Contour {
  const { model, inputs, output, level, origin, windToDeg } = request;
  const search = request.search ?? defaultSearch;
  const axis = model.effect({ ...inputs, acrossM: 0 }, 'distanceM', output);
  if (typeof axis !== 'function') return axis;
  const reach = farthest(axis, level, search);
  if (reach.kind !== 'reached') return reach;
  const far = reach.distanceM;
  const stations = Math.max(2, Math.floor((request.directions ?? 360) / 2));
  const near = firstWith(axis, level, far, stations);
  const right: Position[] = [];
  const left: Position[] = [];
  const [start] = near.fromSource ? [origin] : [];
  for (let index = 0; index <= stations; index += 1) {
    const along = near.distanceM * (far / near.distanceM) ** (index / stations);
    const width = halfWidth(request, along);
    right.push(offset(origin, windOffset(along, width, windToDeg)));
    if (width > 0) left.push(offset(origin, windOffset(along, -width, windToDeg)));
  }
  return zoneOf(request, [...(start ? [start] : []), ...right, ...left.reverse()], far);
}

/** The far end has the level but for the precision of the search. */
const nearEnough = 1 - 1e-6;

/** Where the axis has the level first; `fromSource` when nothing nearer is known. */
function firstWith(
  axis: (metres: number) => number | Outside,
  level: number,
  far: number,
  stations: number,
): { readonly distanceM: number; readonly fromSource: boolean } {
  let first = far;
  for (let index = stations; index >= 0; index -= 1) {
    const metres = (far / 1000) * 1000 ** (index / stations);
    const value = axis(metres);
    if (typeof value === 'number' && value < level * nearEnough)
      return { distanceM: first, fromSource: false };
    if (typeof value === 'number') first = metres;
  }
  return { distanceM: first, fromSource: true };
}

function halfWidth(request: WindContourRequest, along: number): number {
  const across = request.model.effect({ ...request.inputs, distanceM: along }, 'acrossM', request.output);
  if (typeof across !== 'function') return 0;
  const has = (metres: number) => {
    const value = across(metres);
    return typeof value === 'number' && value >= request.level;
  };
  if (!has(0)) return 0;
  let low = 0;
  let high = 1;
  while (has(high) && high < 1e6) {
    low = high;
    high *= 2;
  }
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    if (has(middle)) low = middle;
    else high = middle;
  }
  return low;
}
