import { orient2d } from 'robust-predicates';
import type { Polygon, Position } from '../model.ts';

/** What is wrong with the shape of a ring, without regard to what it covers. */
export type RingFault = 'empty' | 'few' | 'open' | 'latitude' | 'longitude' | 'crossing';

/** Checking each edge against its neighbours in a sweep stops here; more vertices are a fault of their own. */
export const MOST_VERTICES_CHECKED = 20_000;

/** @returns the faults of a polygon, the worst first; none for a closed ring of at least four positions that does not cross itself */
export function ringFaults(ring: Polygon): RingFault[] {
  if (ring.length === 0) return ['empty'];
  const faults: RingFault[] = [];
  if (ring.length < 4) faults.push('few');
  if (!isClosed(ring)) faults.push('open');
  if (ring.some(([latitude]) => Math.abs(latitude) > 90)) faults.push('latitude');
  if (ring.some(([, longitude]) => Math.abs(longitude) > 180)) faults.push('longitude');
  if (ring.length >= 4 && ring.length <= MOST_VERTICES_CHECKED && crosses(ring)) faults.push('crossing');
  return faults;
}

export function isClosed(ring: Polygon): boolean {
  const first = ring[0];
  const last = ring.at(-1);
  return first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
}

/** The ring with longitudes that run on over 180 degrees: two neighbours are never more than half the globe apart. */
export function unroll(ring: Polygon): Position[] {
  const rolled: Position[] = [];
  let shift = 0;
  let before: number | null = null;
  for (const [latitude, longitude] of ring) {
    if (before !== null) {
      const step = longitude + shift - before;
      if (step > 180) shift -= 360;
      else if (step < -180) shift += 360;
    }
    before = longitude + shift;
    rolled.push([latitude, before]);
  }
  return rolled;
}

interface Edge {
  readonly from: Position;
  readonly to: Position;
  readonly left: number;
  readonly right: number;
  readonly index: number;
}

/** Whether two edges that are not neighbours meet, or a neighbour runs back over the one before it. */
function crosses(ring: Polygon): boolean {
  const positions = withoutRepeats(unroll(ring));
  if (positions.length < 4) return true;
  const edges: Edge[] = [];
  for (let index = 0; index + 1 < positions.length; index += 1) {
    const from = positions[index];
    const to = positions[index + 1];
    if (!from || !to) continue;
    edges.push({ from, to, index, left: Math.min(from[1], to[1]), right: Math.max(from[1], to[1]) });
  }
  const sorted = edges.toSorted((one, other) => one.left - other.left);
  const last = edges.length - 1;
  let active: Edge[] = [];
  for (const edge of sorted) {
    active = active.filter((other) => other.right >= edge.left);
    for (const other of active) {
      const apart = Math.abs(edge.index - other.index);
      const neighbours = apart === 1 || apart === last;
      if (neighbours ? runsBack(edge, other, last) : meet(edge, other)) return true;
    }
    active.push(edge);
  }
  return false;
}

function withoutRepeats(ring: readonly Position[]): Position[] {
  return ring.filter((position, index) => {
    const before = ring[index - 1];
    return !before || before[0] !== position[0] || before[1] !== position[1];
  });
}

function meet(one: Edge, other: Edge): boolean {
  const a = side(one.from, one.to, other.from);
  const b = side(one.from, one.to, other.to);
  const c = side(other.from, other.to, one.from);
  const d = side(other.from, other.to, one.to);
  if (a !== b && c !== d && a * b <= 0 && c * d <= 0) return true;
  return a === 0 && b === 0 && overlap(one, other);
}

/** Two edges with a common end lie on each other. */
function runsBack(one: Edge, other: Edge, last: number): boolean {
  const wraps = Math.abs(one.index - other.index) === last && last > 1;
  const [first, second] = one.index < other.index !== wraps ? [one, other] : [other, one];
  if (side(first.from, first.to, second.to) !== 0) return false;
  const dot =
    (first.to[0] - first.from[0]) * (second.to[0] - second.from[0]) +
    (first.to[1] - first.from[1]) * (second.to[1] - second.from[1]);
  return dot < 0;
}

function overlap(one: Edge, other: Edge): boolean {
  const low = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a]);
  const [oneLow, oneHigh] = low(one.from[0], one.to[0]);
  const [otherLow, otherHigh] = low(other.from[0], other.to[0]);
  return one.left <= other.right && other.left <= one.right && oneLow <= otherHigh && otherLow <= oneHigh;
}

function side(from: Position, to: Position, point: Position): -1 | 0 | 1 {
  const turn = orient2d(from[1], from[0], to[1], to[0], point[1], point[0]);
  if (turn === 0) return 0;
  return turn > 0 ? 1 : -1;
}
