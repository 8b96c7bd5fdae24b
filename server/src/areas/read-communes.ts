import { Problem } from '@keng/model';
import type { Feature, FeatureCollection } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryObject, Topology } from 'topojson-specification';
import { z } from 'zod';
import type { AreaIndex, CommuneShape } from './area-index.ts';
import type { LonLat, Polygon } from './polygon.ts';

/** Viet Nam has 3,321 communes; India some 640,000 villages, which would not fit in memory. */
const MOST_COMMUNES = 50_000;

const steps = z.array(z.number()).min(2);
const code = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^[0-9A-Za-z.-]{1,16}$/));
const geometry = z.object({
  type: z.enum(['Polygon', 'MultiPolygon']),
  arcs: z.array(z.array(z.union([z.int(), z.array(z.int())]))).min(1),
  id: z.unknown().optional(),
  properties: z.looseObject({
    code: code.optional(),
    name: z.string().min(1).max(200),
    provinceCode: code.optional(),
  }),
});
const topologyFile = z.object({
  type: z.literal('Topology'),
  transform: z
    .object({ scale: z.tuple([z.number(), z.number()]), translate: z.tuple([z.number(), z.number()]) })
    .optional(),
  objects: z.record(z.string(), z.object({ type: z.string(), geometries: z.array(z.unknown()).optional() })),
  arcs: z.array(z.array(steps)),
});

export interface CommuneSet {
  readonly communes: readonly CommuneShape[];
  /** The same as TopoJSON with one object, `communes`, for the browser. */
  readonly topology: Topology;
}

/**
 * Reads a TopoJSON of communes (one object of polygons; each with `code`, or an id, and `name`; `provinceCode` where it is
 * known). Without it the province is where most of the commune lies.
 * @throws Problem `areas.*` saying what in the file is not as it should be
 */
export function readCommunes(text: string, provinces: AreaIndex): CommuneSet {
  const file = readFile(text);
  const geometries = readGeometries(file);
  const topology: Topology = {
    type: 'Topology',
    ...(file.transform ? { transform: file.transform } : {}),
    objects: { communes: { type: 'GeometryCollection', geometries } },
    arcs: file.arcs,
  };
  const communes = geometries.map((one) => communeOf(one, topology, provinces));
  return { communes, topology };
}

/** The communes of a topology that readCommunes made. */
export function communesOf(topology: Topology, provinces: AreaIndex): CommuneShape[] {
  const { communes } = topology.objects;
  if (communes?.type !== 'GeometryCollection') {
    throw new TypeError('the stored topology has no communes: import the areas again');
  }
  // readCommunes wrote these properties.
  return (communes.geometries as CommuneGeometry[]).map((one) => communeOf(one, topology, provinces));
}

type CommuneGeometry = GeometryObject<{ code: string; name: string; provinceCode: string | null }> & {
  properties: { code: string; name: string; provinceCode: string | null };
};

function readFile(text: string): z.infer<typeof topologyFile> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Problem(422, 'areas.not-json', 'The file is not JSON: a TopoJSON file of communes is wanted.', {
      cause,
    });
  }
  const result = topologyFile.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const found = typeof json === 'object' && json !== null && 'type' in json ? String(json.type) : typeof json;
  throw new Problem(
    422,
    'areas.not-topojson',
    found === 'FeatureCollection'
      ? 'This is GeoJSON: convert it first, for example with "geo2topo communes=FILE".'
      : `The file is not a TopoJSON Topology (${issue?.message ?? 'wrong form'}).`,
    { at: issue?.path.join('.') ?? '' },
  );
}

function readGeometries(file: z.infer<typeof topologyFile>): CommuneGeometry[] {
  const collections = Object.entries(file.objects).filter(([, one]) => one.type === 'GeometryCollection');
  const [only] = collections;
  if (only === undefined || collections.length !== 1) {
    throw new Problem(
      422,
      'areas.object-unclear',
      `One object of type GeometryCollection is wanted, the file has ${collections.length} (${Object.keys(file.objects).join(', ')}).`,
      { at: 'objects' },
    );
  }
  const [name, { geometries = [] }] = only;
  if (geometries.length === 0 || geometries.length > MOST_COMMUNES) {
    throw new Problem(
      422,
      'areas.count',
      `The file has ${geometries.length} communes; 1 to ${MOST_COMMUNES} can be imported.`,
      {
        at: `objects.${name}`,
      },
    );
  }
  const known = new Map<string, number>();
  return geometries.map((one, index) => {
    const at = `objects.${name}.geometries.${index}`;
    const read = readGeometry(one, file.arcs.length, at);
    const before = known.get(read.properties.code);
    if (before !== undefined) {
      throw new Problem(
        422,
        'areas.code-repeated',
        `Code ${read.properties.code} stands at ${before} and ${index}.`,
        { at },
      );
    }
    known.set(read.properties.code, index);
    return read;
  });
}

function readGeometry(value: unknown, arcs: number, at: string): CommuneGeometry {
  const result = geometry.safeParse(value);
  const ownCode = result.success ? code.safeParse(result.data.properties.code ?? result.data.id) : null;
  if (!result.success || !ownCode?.success) {
    const issue = result.success ? null : result.error.issues[0];
    throw new Problem(
      422,
      'areas.commune-unreadable',
      `A commune needs polygons, a code and a name (${issue?.message ?? 'no code'}).`,
      {
        at: [at, ...(issue?.path ?? ['properties', 'code'])].join('.'),
      },
    );
  }
  const { type, properties } = result.data;
  const isArc = (arc: number): boolean => (arc < 0 ? ~arc : arc) < arcs;
  if (!result.data.arcs.flat(2).every(isArc) || isDeep(result.data.arcs) !== (type === 'MultiPolygon')) {
    throw new Problem(
      422,
      'areas.commune-unreadable',
      'Its arcs do not fit: an arc is missing, or rings are nested wrongly.',
      {
        at: `${at}.arcs`,
      },
    );
  }
  return {
    type,
    arcs: result.data.arcs,
    properties: { code: ownCode.data, name: properties.name, provinceCode: properties.provinceCode ?? null },
    // The nesting of arcs was checked against the type just above.
  } as CommuneGeometry;
}

function isDeep(arcs: readonly (readonly (number | readonly number[])[])[]): boolean {
  return arcs.every((ring) => ring.every((part) => typeof part !== 'number'));
}

function communeOf(one: CommuneGeometry, topology: Topology, provinces: AreaIndex): CommuneShape {
  const { code: ownCode, name, provinceCode } = one.properties;
  const polygons = polygonsOf(feature(topology, one));
  if (!polygons.flat(2).every(isPosition)) {
    throw new Problem(
      422,
      'areas.not-degrees',
      `${name} (${ownCode}) is not drawn in degrees, longitude before latitude.`,
      {
        at: ownCode,
      },
    );
  }
  const province = provinceCode ?? provinceOf(polygons, provinces);
  if (province === null || !provinces.hasProvince(province)) {
    throw new Problem(
      422,
      'areas.province-unknown',
      `${name} (${ownCode}) names the province ${province}, which does not exist.`,
      {
        at: ownCode,
      },
    );
  }
  // Kept with the topology, so that it is worked out once and the browser knows it too.
  one.properties.provinceCode = province;
  return { code: ownCode, name, provinceCode: province, polygons };
}

function polygonsOf(drawn: Feature | FeatureCollection): readonly Polygon[] {
  const shape = drawn.type === 'Feature' ? drawn.geometry : null;
  if (shape?.type === 'Polygon') return [shape.coordinates];
  return shape?.type === 'MultiPolygon' ? shape.coordinates : [];
}

const isPosition = ([x, y]: readonly number[]): boolean =>
  x !== undefined && y !== undefined && Math.abs(x) <= 180 && Math.abs(y) <= 90;

/** Points of the outline and the middle vote: outlines of provinces are coarser than those of communes. */
function provinceOf(polygons: readonly Polygon[], provinces: AreaIndex): string | null {
  const ring = polygons.map(([outer]) => outer ?? []).reduce((a, b) => (b.length > a.length ? b : a), []);
  const middle: LonLat = [mean(ring.map(([x = 0]) => x)), mean(ring.map(([, y = 0]) => y))];
  const every = Math.ceil(ring.length / 24);
  const votes = new Map<string, number>();
  for (const [x = 0, y = 0] of ring.filter((_, index) => index % every === 0)) {
    const code = provinces.areaAt([x, y])?.provinceCode;
    // Half way between outline and middle: the outline itself may be the border of the province.
    const inner = provinces.areaAt([(x + middle[0]) / 2, (y + middle[1]) / 2])?.provinceCode;
    for (const vote of [code, inner]) if (vote) votes.set(vote, (votes.get(vote) ?? 0) + 1);
  }
  const [first] = [...votes].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  return first?.[0] ?? provinces.nearestProvince(middle);
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);
