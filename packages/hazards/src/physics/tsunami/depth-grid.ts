import { defineMethod, type MethodOutcome } from '../method.ts';

/** Depths of the sea on a grid of latitude and longitude; rows from south to north, columns from west to east. */
export interface DepthGrid {
  readonly rows: number;
  readonly columns: number;
  /** Centre of the first cell. */
  readonly southDeg: number;
  readonly westDeg: number;
  readonly stepLatitudeDeg: number;
  readonly stepLongitudeDeg: number;
  /** Row by row, m, positive below the sea; 0 or less, and NaN, is land. */
  readonly depthM: Float32Array | Float64Array;
  /** The columns go round the earth, so that the last touches the first. */
  readonly round: boolean;
}

/** A grid of more cells is refused: the search holds about 20 bytes a cell. */
export const mostCells = 4_000_000;

export const tsunamiMethod = defineMethod({
  id: 'tsunami.travel-time',
  title: 'Travel time of a tsunami by the fastest path over a depth grid',
  source:
    'long waves, c = sqrt(g h); shortest path (Dijkstra 1959) over steps to all cells within a radius whose offsets have no common divisor; time of a step: length of the great circle times the trapezoidal mean of 1/c',
  check:
    'tsunami/travel_times_reference.json, three sources and twelve places, within 10 % (in truth 2.1 %, at most 4 minutes); a sea of one depth: error of direction below the stated bound',
  range:
    'first arrival only, no height; land stops a step; depths below the shallow limit count as the limit; near the shore a coarse grid decides',
  quantities: {
    rows: { unit: '1', what: 'rows', minimum: 2, maximum: 20_000, whole: true },
    columns: { unit: '1', what: 'columns', minimum: 2, maximum: 40_000, whole: true },
    southDeg: { unit: '°', what: 'latitude of the first row', minimum: -89.9, maximum: 89.9 },
    northDeg: { unit: '°', what: 'latitude of the last row', minimum: -89.9, maximum: 89.9 },
    westDeg: { unit: '°', what: 'longitude of the first column', minimum: -360, maximum: 360 },
    widthDeg: { unit: '°', what: 'width of the grid', minimum: 0, maximum: 360 },
    stepLatitudeDeg: { unit: '°', what: 'step of latitude', minimum: 1e-5, maximum: 5 },
    stepLongitudeDeg: { unit: '°', what: 'step of longitude', minimum: 1e-5, maximum: 5 },
    cells: { unit: '1', what: 'cells', minimum: 4, maximum: mostCells },
    shallowLimitM: { unit: 'm', what: 'least depth that counts', minimum: 1, maximum: 100 },
    radius: { unit: 'cells', what: 'reach of a step', minimum: 1, maximum: 5, whole: true },
    latitudeDeg: { unit: '°', what: 'latitude', minimum: -90, maximum: 90 },
    longitudeDeg: { unit: '°', what: 'longitude', minimum: -360, maximum: 360 },
    searchDeg: { unit: '°', what: 'search around a place', minimum: 0, maximum: 3 },
    startS: { unit: 's', what: 'start of a source', minimum: 0, maximum: 86_400 },
  },
});

/** A grid whose sizes have been checked; a longitude that goes round is found by itself. */
export function depthGrid(given: Omit<DepthGrid, 'round'>): MethodOutcome<DepthGrid> {
  const { rows, columns, southDeg, westDeg, stepLatitudeDeg, stepLongitudeDeg, depthM } = given;
  const refused =
    tsunamiMethod.refusal({ rows, columns, southDeg, westDeg, stepLatitudeDeg, stepLongitudeDeg }) ??
    tsunamiMethod.refusal({
      cells: rows * columns,
      northDeg: southDeg + (rows - 1) * stepLatitudeDeg,
      widthDeg: Math.round(columns * stepLongitudeDeg * 1e6) / 1e6,
    });
  if (refused) return refused;
  if (depthM.length !== rows * columns)
    return tsunamiMethod.invalid(
      'depthM',
      'contradiction',
      `${depthM.length} depths for ${rows} rows of ${columns}`,
    );
  const round = Math.abs(columns * stepLongitudeDeg - 360) < stepLongitudeDeg / 100;
  return tsunamiMethod.result({ ...given, round });
}

/** Latitude of a row's centre. */
export function latitudeOf(grid: DepthGrid, row: number): number {
  return grid.southDeg + row * grid.stepLatitudeDeg;
}

/** Longitude of a column's centre; it may be over 180. */
export function longitudeOf(grid: DepthGrid, column: number): number {
  return grid.westDeg + column * grid.stepLongitudeDeg;
}

/** Whole turns are taken off so that a place beyond the antimeridian finds its column; -1 when it is not on the grid. */
export function columnOf(grid: DepthGrid, longitudeDeg: number): number {
  const turned = (((longitudeDeg - grid.westDeg) % 360) + 360) % 360;
  const column = Math.round(turned / grid.stepLongitudeDeg);
  if (column < grid.columns) return column;
  if (grid.round) return column % grid.columns;
  // Half a cell west of the first centre is still the first cell.
  return turned > 360 - grid.stepLongitudeDeg / 2 ? 0 : -1;
}

/** The row of a latitude; -1 when it is not on the grid. */
export function rowOf(grid: DepthGrid, latitudeDeg: number): number {
  const row = Math.round((latitudeDeg - grid.southDeg) / grid.stepLatitudeDeg);
  return row >= 0 && row < grid.rows ? row : -1;
}
