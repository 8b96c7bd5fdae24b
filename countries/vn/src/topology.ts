/** The part of TopoJSON 1.0 (https://github.com/topojson/topojson-specification) that the area files use. */
import type { MultiPolygonGeometry } from './country-pack.ts';
import type { Point } from './geometry.ts';
import type { JsonNode } from './json-node.ts';

export interface TopologyGeometry {
  readonly type: 'Polygon' | 'MultiPolygon';
  readonly arcs: readonly unknown[];
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Topology {
  readonly type: 'Topology';
  readonly transform: { readonly scale: Point; readonly translate: Point };
  readonly objects: Readonly<
    Record<string, { readonly type: 'GeometryCollection'; readonly geometries: readonly TopologyGeometry[] }>
  >;
  readonly arcs: readonly (readonly Point[])[];
}

/** Turns the quantized, delta-coded arcs of a topology into degrees. */
export function arcsOf(topology: JsonNode): Point[][] {
  const [scaleX, scaleY] = topology.field('transform').field('scale').point();
  const [shiftX, shiftY] = topology.field('transform').field('translate').point();
  return topology
    .field('arcs')
    .items()
    .map((arc) => {
      let [x, y] = [0, 0];
      return arc.items().map((step): Point => {
        const [dx = 0, dy = 0] = step.numbers(2);
        x += dx;
        y += dy;
        return [x * scaleX + shiftX, y * scaleY + shiftY];
      });
    });
}

/** Builds the rings of a polygon or multipolygon from its arcs; every shape becomes a MultiPolygon. */
export function shapeOf(geometry: JsonNode, arcs: readonly (readonly Point[])[]): MultiPolygonGeometry {
  const type = geometry.field('type').oneOf(['Polygon', 'MultiPolygon']);
  const polygons = type === 'Polygon' ? [geometry.field('arcs')] : geometry.field('arcs').items();
  return {
    type: 'MultiPolygon',
    coordinates: polygons.map((polygon) => polygon.items().map((ring) => ringOf(ring, arcs))),
  };
}

/** Arc `~n` is arc `n` backwards; arcs share their end points, so each but the first drops its first point. */
function ringOf(ring: JsonNode, arcs: readonly (readonly Point[])[]): Point[] {
  const points: Point[] = [];
  for (const reference of ring.items()) {
    const index = reference.number();
    const arc = arcs[index < 0 ? ~index : index];
    if (!arc) throw reference.fail('names an arc that does not exist');
    const run = index < 0 ? [...arc].reverse() : arc;
    points.push(...(points.length > 0 ? run.slice(1) : run));
  }
  return points;
}
