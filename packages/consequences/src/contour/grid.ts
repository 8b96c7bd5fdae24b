import { type Offset, offset, type Position } from './geo.ts';

/** A square grid of values on the ground around an origin, row by row from the south-west. */
export interface Grid {
  readonly values: readonly number[];
  readonly columns: number;
  readonly rows: number;
  readonly stepM: number;
  readonly southWest: Offset;
}

/** The values of a field, such as the sum or the greatest of several sources. */
export function gridOf(
  field: (east: number, north: number) => number,
  halfSizeM: number,
  stepM: number,
): Grid {
  const columns = Math.ceil((2 * halfSizeM) / stepM) + 1;
  const start = -((columns - 1) / 2) * stepM;
  const values = Array.from({ length: columns * columns }, (_, index) =>
    field(start + (index % columns) * stepM, start + Math.floor(index / columns) * stepM),
  );
  return { values, columns, rows: columns, stepM, southWest: { east: start, north: start } };
}

type Point = readonly [x: number, y: number];

/**
 * Closed lines at `level` by marching squares, m from the origin, the higher ground to the left: outer rings run
 * counter-clockwise and holes clockwise. Lines are closed along the edge of the grid. A saddle is settled by the mean.
 */
export function marchingSquares(grid: Grid, level: number): Offset[][] {
  const at = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= grid.columns || row >= grid.rows
      ? Number.NEGATIVE_INFINITY
      : (grid.values[row * grid.columns + column] ?? Number.NEGATIVE_INFINITY);
  const next = new Map<string, { readonly key: string; readonly from: Point }>();
  const key = (column: number, row: number, upright: boolean) => `${column},${row},${upright ? 'v' : 'h'}`;
  const between = (low: number, high: number): number =>
    Number.isFinite(low) && Number.isFinite(high) && low !== high
      ? (level - low) / (high - low)
      : Number.isFinite(low)
        ? 0
        : 1;
  for (let row = -1; row < grid.rows; row += 1) {
    for (let column = -1; column < grid.columns; column += 1) {
      const [a, b, c, d] = [
        at(column, row),
        at(column + 1, row),
        at(column + 1, row + 1),
        at(column, row + 1),
      ];
      const mask =
        Number(a >= level) + 2 * Number(b >= level) + 4 * Number(c >= level) + 8 * Number(d >= level);
      if (mask === 0 || mask === 15) continue;
      const edges = {
        south: { key: key(column, row, false), point: [column + between(a, b), row] as Point },
        east: { key: key(column + 1, row, true), point: [column + 1, row + between(b, c)] as Point },
        north: { key: key(column, row + 1, false), point: [column + between(d, c), row + 1] as Point },
        west: { key: key(column, row, true), point: [column, row + between(a, d)] as Point },
      };
      const middle = (a + b + c + d) / 4 >= level;
      for (const [from, to] of segments(mask, middle))
        next.set(edges[from].key, { key: edges[to].key, from: edges[from].point });
    }
  }
  return chains(next).map((points) =>
    points.map(([x, y]) => ({
      east: grid.southWest.east + x * grid.stepM,
      north: grid.southWest.north + y * grid.stepM,
    })),
  );
}

type Side = 'south' | 'east' | 'north' | 'west';

/** From side to side with the higher ground to the left. Bits: 1 south-west, 2 south-east, 4 north-east, 8 north-west. */
function segments(mask: number, middle: boolean): readonly (readonly [Side, Side])[] {
  switch (mask) {
    case 1:
      return [['south', 'west']];
    case 2:
      return [['east', 'south']];
    case 3:
      return [['east', 'west']];
    case 4:
      return [['north', 'east']];
    case 5:
      return middle
        ? [
            ['south', 'east'],
            ['north', 'west'],
          ]
        : [
            ['south', 'west'],
            ['north', 'east'],
          ];
    case 6:
      return [['north', 'south']];
    case 7:
      return [['north', 'west']];
    case 8:
      return [['west', 'north']];
    case 9:
      return [['south', 'north']];
    case 10:
      return middle
        ? [
            ['east', 'north'],
            ['west', 'south'],
          ]
        : [
            ['east', 'south'],
            ['west', 'north'],
          ];
    case 11:
      return [['east', 'north']];
    case 12:
      return [['west', 'east']];
    case 13:
      return [['south', 'east']];
    default:
      return [['west', 'south']];
  }
}

function chains(next: Map<string, { readonly key: string; readonly from: Point }>): Point[][] {
  const rings: Point[][] = [];
  for (const start of [...next.keys()]) {
    const points: Point[] = [];
    for (let at = next.get(start), here = start; at; at = next.get(here)) {
      points.push(at.from);
      next.delete(here);
      here = at.key;
    }
    if (points.length > 2) rings.push(points);
  }
  return rings;
}

/** Twice the signed area: positive counter-clockwise. */
function turning(points: readonly Offset[]): number {
  return points.reduce((sum, { east, north }, index) => {
    const next = points[(index + 1) % points.length];
    return next ? sum + (east * next.north - next.east * north) : sum;
  }, 0);
}

function contains(points: readonly Offset[], { east, north }: Offset): boolean {
  let inside = false;
  points.forEach((one, index) => {
    const two = points[(index + 1) % points.length];
    if (!two || one.north > north === two.north > north) return;
    const x = one.east + ((north - one.north) / (two.north - one.north)) * (two.east - one.east);
    if (x > east) inside = !inside;
  });
  return inside;
}

/** The rings as a GeoJSON MultiPolygon, each hole in the outer ring that holds it. */
export function multiPolygon(
  rings: readonly (readonly Offset[])[],
  origin: Position,
): { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] } {
  const outer = rings.filter((one) => turning(one) > 0);
  const holes = rings.filter((one) => turning(one) < 0);
  const closed = (points: readonly Offset[]): Position[] => {
    const positions = points.map((point) => offset(origin, point));
    const [first] = positions;
    return first ? [...positions, first] : [];
  };
  return {
    type: 'MultiPolygon',
    coordinates: outer.map((one) => [
      closed(one),
      ...holes.filter((hole) => hole[0] && contains(one, hole[0])).map(closed),
    ]),
  };
}
