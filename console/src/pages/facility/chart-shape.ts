import type { MeasurementSeries, SeriesPoint } from '../../api/measurements.ts';

export interface ChartShape {
  /** The means, as lines of SVG; broken where nothing was measured. */
  readonly line: string;
  /** From least to greatest. */
  readonly band: string;
  readonly least: number;
  readonly greatest: number;
}

/** Steps without a value after which the line is broken. */
const MOST_STEPS_APART = 12;
const CHART_STEPS = 240;

/** A series as shapes in a box of this size; null: there is nothing to draw. */
export function chartShape(
  { from, to, points }: MeasurementSeries,
  size: { readonly width: number; readonly height: number },
): ChartShape | null {
  if (points.length === 0) return null;
  const [start, end] = [Date.parse(from) / 1_000, Date.parse(to) / 1_000];
  const least = Math.min(...points.map((one) => one[1]));
  const greatest = Math.max(...points.map((one) => one[3]));
  // A value that never changes is a line in the middle, not a division by nothing.
  const span = greatest - least || 1;
  const middle = greatest === least ? 0.5 : 0;
  const x = (at: number): string => (((at - start) / (end - start)) * size.width).toFixed(1);
  const y = (value: number): string => (size.height * (1 - (value - least) / span - middle)).toFixed(1);
  const runs = runsOf(points, ((end - start) / CHART_STEPS) * MOST_STEPS_APART);
  const path = (of: readonly (readonly [number, number])[]): string =>
    of.map(([at, value], index) => `${index === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('');
  return {
    line: runs
      .map((run) => {
        const only = run.length === 1 ? run[0] : undefined;
        // One point alone has no length: a short stroke that a round cap makes a dot.
        return only ? `${path([[only[0], only[2]]])}h0.1` : path(run.map((one) => [one[0], one[2]] as const));
      })
      .join(''),
    band: runs
      .filter((run) => run.length > 1)
      .map((run) => {
        const up = run.map((one) => [one[0], one[3]] as const);
        const down = run.map((one) => [one[0], one[1]] as const).reverse();
        return `${path([...up, ...down])}Z`;
      })
      .join(''),
    least,
    greatest,
  };
}

function runsOf(points: readonly SeriesPoint[], mostSeconds: number): SeriesPoint[][] {
  const runs: SeriesPoint[][] = [];
  for (const point of points) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && point[0] - last[0] <= mostSeconds) run.push(point);
    else runs.push([point]);
  }
  return runs;
}
