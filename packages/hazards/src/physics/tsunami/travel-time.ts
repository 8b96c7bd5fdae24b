import { gravityMS2 } from '../constants.ts';
import { distanceKm, type Position } from '../geodesy.ts';
import type { MethodOutcome } from '../method.ts';
import { at } from '../numbers.ts';
import { columnOf, type DepthGrid, latitudeOf, longitudeOf, rowOf, tsunamiMethod } from './depth-grid.ts';
import { type FlatSteps, flattened, type Step, stepLengths, stepsWithin } from './steps.ts';
import { TimeHeap } from './time-heap.ts';

/** A place where the sea is lifted, and when. */
export interface TsunamiSource extends Position {
  /** Seconds after the earthquake; without it 0. */
  readonly startS?: number;
}

export interface TravelSettings {
  /** Depths below it count as it; without it 10 m. */
  readonly shallowLimitM?: number;
  /** How far a step reaches in cells, 1 to 5; without it 3 (32 directions, at most 1.4 % too long). */
  readonly radius?: number;
}

export interface TravelTimes {
  readonly grid: DepthGrid;
  /** Seconds after the earthquake, row by row; Infinity: no way over water. */
  readonly seconds: Float64Array;
}

export const defaultShallowLimitM = 10;
export const defaultRadius = 3;

/** A source may lie at most so far from the sea, in cells. */
const sourceSearchCells = 2;

/** First arrival at every cell of a grid from one or more sources. */
export function tsunamiTravelTimes(
  grid: DepthGrid,
  sources: readonly TsunamiSource[],
  settings: TravelSettings = {},
): MethodOutcome<TravelTimes> {
  const { shallowLimitM = defaultShallowLimitM, radius = defaultRadius } = settings;
  const refused = tsunamiMethod.refusal({ shallowLimitM, radius });
  if (refused) return refused;
  if (sources.length === 0) return tsunamiMethod.missing('sources', 'there is no source');
  if (sources.length > 10_000)
    return tsunamiMethod.invalid('sources', 'too-large', `${sources.length} sources are more than 10,000`);
  const seconds = new Float64Array(grid.depthM.length).fill(Number.POSITIVE_INFINITY);
  const heap = new TimeHeap(seconds);
  for (const [index, source] of sources.entries()) {
    const where = `source ${index + 1}`;
    const { latitudeDeg, longitudeDeg, startS = 0 } = source;
    const wrong = tsunamiMethod.refusal({ latitudeDeg, longitudeDeg, startS }, where);
    if (wrong) return wrong;
    const cell = nearestWet(grid, source);
    if (cell === undefined)
      return tsunamiMethod.invalid(
        'sources',
        'no-sea',
        `no sea of the grid within ${sourceSearchCells} cells of ${latitudeDeg}, ${longitudeDeg}`,
        where,
      );
    if (startS < at(seconds, cell)) {
      seconds[cell] = startS;
      heap.put(cell);
    }
  }
  spread(grid, seconds, heap, stepsWithin(radius), slownessOf(grid, shallowLimitM));
  return tsunamiMethod.result({ grid, seconds });
}

/** Seconds a metre; Infinity on land. */
function slownessOf({ depthM }: DepthGrid, shallowLimitM: number): Float64Array {
  const slowness = new Float64Array(depthM.length);
  for (let cell = 0; cell < depthM.length; cell += 1) {
    const depth = at(depthM, cell);
    slowness[cell] =
      depth > 0 ? 1 / Math.sqrt(gravityMS2.value * Math.max(depth, shallowLimitM)) : Number.POSITIVE_INFINITY;
  }
  return slowness;
}

function spread(
  grid: DepthGrid,
  seconds: Float64Array,
  heap: TimeHeap,
  steps: readonly Step[],
  slowness: Float64Array,
): void {
  const { rows, columns } = grid;
  const lengths = stepLengths(grid, steps);
  const flat = flattened(steps, columns);
  const { count, reach, target, first, delta, weight } = flat;
  for (let cell = heap.take(); cell >= 0; cell = heap.take()) {
    const row = Math.trunc(cell / columns);
    const column = cell - row * columns;
    const now = at(seconds, cell);
    const inner = row >= reach && row < rows - reach && column >= reach && column < columns - reach;
    for (let index = 0; index < count; index += 1) {
      let to = cell + at(target, index);
      let mean = 0;
      if (inner) {
        if (at(seconds, to) <= now || blocked(flat, slowness, cell, index)) continue;
        // Land is Infinity, and so is a mean with land in it.
        for (let part = at(first, index); part < at(first, index + 1); part += 1)
          mean += at(weight, part) * at(slowness, cell + at(delta, part));
      } else {
        const step = steps[index];
        const near = step && neighbour(grid, row + step.row, column + step.column);
        if (!step || near === undefined || at(seconds, near) <= now) continue;
        to = near;
        mean = meanSlowness(grid, slowness, step, row, column);
      }
      const time = now + at(lengths, row * count + index) * mean;
      if (time < at(seconds, to)) {
        seconds[to] = time;
        heap.put(to);
      }
    }
  }
}

/** Land on both sides of the corner that a diagonal step touches. */
function blocked({ corner }: FlatSteps, slowness: Float64Array, cell: number, index: number): boolean {
  const [a, b] = [at(corner, 2 * index), at(corner, 2 * index + 1)];
  if (a === 0) return false;
  return (
    at(slowness, cell + a) === Number.POSITIVE_INFINITY && at(slowness, cell + b) === Number.POSITIVE_INFINITY
  );
}

/** The cell at a row and column, round the earth where the grid goes round; undefined outside. */
function neighbour({ rows, columns, round }: DepthGrid, row: number, column: number): number | undefined {
  if (row < 0 || row >= rows) return undefined;
  if (column >= 0 && column < columns) return row * columns + column;
  return round ? row * columns + (((column % columns) + columns) % columns) : undefined;
}

/** Infinity as soon as the step touches land. */
function meanSlowness(
  grid: DepthGrid,
  slowness: Float64Array,
  { passed, corners }: Step,
  row: number,
  column: number,
): number {
  const slownessAt = (one: { readonly row: number; readonly column: number }) => {
    const cell = neighbour(grid, row + one.row, column + one.column);
    return cell === undefined ? Number.POSITIVE_INFINITY : at(slowness, cell);
  };
  if (corners.length > 0 && corners.every((one) => slownessAt(one) === Number.POSITIVE_INFINITY))
    return Number.POSITIVE_INFINITY;
  let total = 0;
  for (const one of passed) {
    const value = slownessAt(one);
    if (value === Number.POSITIVE_INFINITY) return value;
    total += one.weight * value;
  }
  return total;
}

/** Cells around a place in growing squares. */
function* around(
  grid: DepthGrid,
  place: Position,
  reachRows: number,
  reachColumns: number,
): Generator<number> {
  const [row, column] = [rowOf(grid, place.latitudeDeg), columnOf(grid, place.longitudeDeg)];
  if (row < 0 || column < 0) return;
  for (let r = row - reachRows; r <= row + reachRows; r += 1)
    for (let c = column - reachColumns; c <= column + reachColumns; c += 1) {
      const cell = neighbour(grid, r, c);
      if (cell !== undefined) yield cell;
    }
}

function placeOf(grid: DepthGrid, cell: number): Position {
  const row = Math.trunc(cell / grid.columns);
  return {
    latitudeDeg: latitudeOf(grid, row),
    longitudeDeg: longitudeOf(grid, cell - row * grid.columns),
  };
}

function nearestWet(grid: DepthGrid, source: Position): number | undefined {
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const cell of around(grid, source, sourceSearchCells, sourceSearchCells)) {
    if (!(at(grid.depthM, cell) > 0)) continue;
    const far = distanceKm(source, placeOf(grid, cell));
    if (far < least) [best, least] = [cell, far];
  }
  return best;
}

/** A place whose arrival is asked. */
export interface ArrivalPlace extends Position {
  readonly name: string;
}

export type Arrival =
  | { readonly name: string; readonly kind: 'arrival'; readonly seconds: number }
  /** No sea within the search: the place is inland, or not on the grid. */
  | { readonly name: string; readonly kind: 'no-sea' }
  /** There is sea, but no way over water from the sources. */
  | { readonly name: string; readonly kind: 'not-reached' };

/**
 * First arrival at each place, earliest first: the earliest of the wet cells within `searchDeg` of latitude and
 * longitude (without it a little over one cell). Places without an arrival come last and say why.
 */
export function tsunamiArrivals(
  { grid, seconds }: TravelTimes,
  places: readonly ArrivalPlace[],
  searchDeg = 1.05 * Math.max(grid.stepLatitudeDeg, grid.stepLongitudeDeg),
): MethodOutcome<readonly Arrival[]> {
  const refused = tsunamiMethod.refusal({ searchDeg });
  if (refused) return refused;
  if (places.length > 100_000)
    return tsunamiMethod.invalid('places', 'too-large', `${places.length} places are more than 100,000`);
  const arrivals: Arrival[] = [];
  for (const place of places) {
    const { name, latitudeDeg, longitudeDeg } = place;
    const wrong = tsunamiMethod.refusal({ latitudeDeg, longitudeDeg }, name);
    if (wrong) return wrong;
    arrivals.push(arrivalAt(grid, seconds, place, searchDeg));
  }
  const timeOf = (one: Arrival) => (one.kind === 'arrival' ? one.seconds : Number.POSITIVE_INFINITY);
  arrivals.sort((a, b) => (timeOf(a) === timeOf(b) ? 0 : timeOf(a) - timeOf(b)));
  return tsunamiMethod.result(arrivals);
}

function arrivalAt(grid: DepthGrid, seconds: Float64Array, place: ArrivalPlace, searchDeg: number): Arrival {
  const reachRows = Math.ceil(searchDeg / grid.stepLatitudeDeg);
  const reachColumns = Math.min(Math.ceil(searchDeg / grid.stepLongitudeDeg), grid.columns);
  let wet = false;
  let first = Number.POSITIVE_INFINITY;
  for (const cell of around(grid, place, reachRows, reachColumns)) {
    if (!(at(grid.depthM, cell) > 0)) continue;
    const { latitudeDeg, longitudeDeg } = placeOf(grid, cell);
    const across = Math.abs(((longitudeDeg - place.longitudeDeg + 540) % 360) - 180);
    if (Math.abs(latitudeDeg - place.latitudeDeg) > searchDeg || across > searchDeg) continue;
    wet = true;
    first = Math.min(first, at(seconds, cell));
  }
  const { name } = place;
  if (!wet) return { name, kind: 'no-sea' };
  return first === Number.POSITIVE_INFINITY
    ? { name, kind: 'not-reached' }
    : { name, kind: 'arrival', seconds: first };
}
