import type { Area, Areas } from './country-pack.ts';
import type { JsonNode } from './json-node.ts';
import { readNamed, type Sources } from './read-facts.ts';
import { arcsOf, shapeOf, type Topology } from './topology.ts';

export interface AreaFiles {
  readonly topology: JsonNode;
  readonly provinces: JsonNode;
  readonly specialZones: JsonNode;
}

/** Joins the drawn areas with the facts about them: each fact must be drawn, each drawing must be a fact. */
export function readAreas(files: AreaFiles, sources: Sources): Areas {
  const arcs = arcsOf(files.topology);
  const drawn = (object: string) =>
    new Map(
      files.topology
        .field('objects')
        .field(object)
        .field('geometries')
        .items()
        .map((shape): [string, JsonNode] => [shape.field('properties').field('code').text(), shape]),
    );
  const join = (facts: JsonNode, object: string): Area[] => {
    const shapes = drawn(object);
    const areas = facts.items().map((fact) => {
      const shape = shapes.get(fact.field('code').text());
      if (!shape) throw fact.fail('is not drawn in the topology: run scripts/build-provinces.ts');
      return readArea(fact, shape, arcs, sources);
    });
    if (areas.length !== shapes.size)
      throw facts.fail(`holds ${areas.length} areas, ${shapes.size} are drawn`);
    return areas;
  };
  return {
    provinces: join(files.provinces.field('provinces'), 'provinces'),
    specialZones: join(files.specialZones.field('specialZones'), 'specialZones'),
    // Every part that is used was walked through just above.
    topology: files.topology.value as Topology,
  };
}

function readArea(fact: JsonNode, shape: JsonNode, arcs: ReturnType<typeof arcsOf>, sources: Sources): Area {
  const drawn = shape.field('properties');
  const [west = 0, south = 0, east = 0, north = 0] = drawn.field('bounds').numbers(4);
  const province = fact.field('province').isAbsent ? fact.field('code') : fact.field('province');
  return {
    ...readNamed(fact, sources),
    kind: drawn.field('kind').oneOf(['city', 'province', 'special-zone']),
    province: province.text(),
    labelPoint: drawn.field('labelPoint').point(),
    bounds: [west, south, east, north],
    schematic: !fact.field('schematic').isAbsent && fact.field('schematic').boolean(),
    ...(fact.field('outlineNote').isAbsent ? {} : { outlineNote: fact.field('outlineNote').text() }),
    formerProvinces: fact.field('formerProvinces').isAbsent ? [] : fact.field('formerProvinces').texts(),
    geometry: shapeOf(shape, arcs),
  };
}
