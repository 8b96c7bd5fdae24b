import { distanceKm } from '../geodesy.ts';
import { type DepthGrid, latitudeOf } from './depth-grid.ts';

/** A cell that a step passes, relative to its start, and how much it counts there. */
interface Passed {
  readonly row: number;
  readonly column: number;
  readonly weight: number;
}

/** A step to another cell: the cells on its way with their share of the trapezoidal mean. */
export interface Step {
  readonly row: number;
  readonly column: number;
  readonly passed: readonly Passed[];
  /** The two cells whose common corner a diagonal step touches: with land on both sides there is no way through. */
  readonly corners: readonly Omit<Passed, 'weight'>[];
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** All steps to cells within a radius whose offsets have no common divisor: a longer one would be two of them. */
export function stepsWithin(radius: number): readonly Step[] {
  const steps: Step[] = [];
  for (let row = -radius; row <= radius; row += 1)
    for (let column = -radius; column <= radius; column += 1)
      if (divisor(Math.abs(row), Math.abs(column)) === 1)
        steps.push({
          row,
          column,
          passed: passedBy(row, column),
          corners:
            Math.abs(row * column) === 1
              ? [
                  { row, column: 0 },
                  { row: 0, column },
                ]
              : [],
        });
  return steps;
}

/** Cells on the straight line: at each whole step along the longer axis the two nearest across it, by their nearness. */
function passedBy(row: number, column: number): readonly Passed[] {
  const parts = Math.max(Math.abs(row), Math.abs(column));
  const found: Passed[] = [];
  for (let part = 0; part <= parts; part += 1) {
    const end = part === 0 || part === parts ? 0.5 : 1;
    const [r, c] = [(row * part) / parts, (column * part) / parts];
    const [low, left] = [Math.floor(r), Math.floor(c)];
    const [up, right] = [r - low, c - left];
    for (const [dr, wr] of [
      [low, 1 - up],
      [low + 1, up],
    ] as const)
      for (const [dc, wc] of [
        [left, 1 - right],
        [left + 1, right],
      ] as const)
        if (wr * wc > 1e-9) found.push({ row: dr, column: dc, weight: (end * wr * wc) / parts });
  }
  return found;
}

/** Steps as differences of cell numbers: for cells so far from the edge that no step leaves the grid. */
export interface FlatSteps {
  readonly count: number;
  /** Cells from the edge within which the differences do not hold. */
  readonly reach: number;
  readonly target: Int32Array;
  /** Where the cells on the way of a step begin in `delta` and `weight`. */
  readonly first: Int32Array;
  readonly delta: Int32Array;
  readonly weight: Float64Array;
  /** Two a step; 0 for a step that touches no corner. */
  readonly corner: Int32Array;
}

/** Rows and columns looked up at every cell cost several times as much: 4 microseconds of processor time a cell with differences. */
export function flattened(steps: readonly Step[], columns: number): FlatSteps {
  const cellOf = ({ row, column }: { readonly row: number; readonly column: number }) =>
    row * columns + column;
  const passed = steps.flatMap((step) => step.passed);
  const first = new Int32Array(steps.length + 1);
  for (const [index, step] of steps.entries()) first[index + 1] = (first[index] ?? 0) + step.passed.length;
  return {
    count: steps.length,
    reach: Math.max(...steps.map(({ row }) => Math.abs(row))),
    target: Int32Array.from(steps, cellOf),
    first,
    delta: Int32Array.from(passed, cellOf),
    weight: Float64Array.from(passed, (one) => one.weight),
    corner: Int32Array.from(
      steps.flatMap(({ corners: [a, b] }) => (a && b ? [cellOf(a), cellOf(b)] : [0, 0])),
    ),
  };
}

/** Length of each step from each row, m: lengths depend on the latitude only. */
export function stepLengths(grid: DepthGrid, steps: readonly Step[]): Float64Array {
  const lengths = new Float64Array(grid.rows * steps.length);
  for (let row = 0; row < grid.rows; row += 1) {
    const from = { latitudeDeg: latitudeOf(grid, row), longitudeDeg: 0 };
    for (const [index, step] of steps.entries()) {
      const to = {
        latitudeDeg: latitudeOf(grid, row + step.row),
        longitudeDeg: step.column * grid.stepLongitudeDeg,
      };
      lengths[row * steps.length + index] = distanceKm(from, to) * 1000;
    }
  }
  return lengths;
}

/**
 * The greatest relative error of a straight way by steps of a radius on a square grid of one depth: half the widest
 * angle between neighbouring directions.
 */
export function directionError(radius: number): number {
  const angles = stepsWithin(radius)
    .map(({ row, column }) => Math.atan2(row, column))
    .sort((a, b) => a - b);
  const gaps = angles.map((angle, index) => (angles[index + 1] ?? Number(angles[0]) + 2 * Math.PI) - angle);
  return 1 / Math.cos(Math.max(...gaps) / 2) - 1;
}
