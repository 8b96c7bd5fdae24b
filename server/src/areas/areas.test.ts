import { existsSync, readFileSync } from 'node:fs';
import { vietNam } from '@keng/country-vn';
import { Problem } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { AreaBook, AreaIndex, importAreas, type LonLat, provinceIndex } from './index.ts';
import { isInsidePolygon, metresToRing } from './polygon.ts';
import { readCommunes } from './read-communes.ts';

const HANOI: LonLat = [105.85, 21.03];
const SAIGON: LonLat = [106.7, 10.78];
const provinces = provinceIndex(vietNam);

/** Two squares side by side in Hà Nội, as TopoJSON without quantization. */
function topology(change: { geometries?: unknown[]; objects?: unknown; arcs?: unknown } = {}): string {
  const square = (x: number, y: number) => [
    [x, y],
    [x + 0.1, y],
    [x + 0.1, y + 0.1],
    [x, y + 0.1],
    [x, y],
  ];
  const geometries = [
    { type: 'Polygon', arcs: [[0]], properties: { code: '00004', name: 'Ba Đình' } },
    { type: 'MultiPolygon', arcs: [[[1]]], id: 8, properties: { name: 'Ngọc Hà' } },
  ];
  return JSON.stringify({
    type: 'Topology',
    objects: { wards: { type: 'GeometryCollection', geometries: change.geometries ?? geometries } },
    arcs: [square(105.8, 21), square(105.9, 21)],
    ...(change.objects ? { objects: change.objects } : {}),
    ...(change.arcs ? { arcs: change.arcs } : {}),
  });
}

describe('polygons', () => {
  const ring = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ];
  it('hold what is inside and not what is in a hole', () => {
    const hole = [
      [0.4, 0.4],
      [0.6, 0.4],
      [0.6, 0.6],
      [0.4, 0.6],
      [0.4, 0.4],
    ];
    expect(isInsidePolygon([0.5, 0.2], [ring, hole])).toBe(true);
    expect(isInsidePolygon([0.5, 0.5], [ring, hole])).toBe(false);
    expect(isInsidePolygon([1.5, 0.5], [ring, hole])).toBe(false);
  });

  it('are as far away as one degree of the equator is long', () => {
    expect(metresToRing([2, 0.5], ring) / 111_195).toBeCloseTo(1, 2);
  });
});

describe('provinces of the country pack', () => {
  it.each<[LonLat, string | undefined]>([
    [HANOI, '01'],
    [SAIGON, '79'],
    [[112, 16.5], '48'],
    [[114, 9.5], '56'],
    [[2.35, 48.85], undefined],
  ])('%j lies in %s', (point, code) => {
    expect(provinces.areaAt(point)?.provinceCode).toBe(code);
  });

  it.each([
    ['01', '01'],
    ['1', '01'],
    ['ha noi', '01'],
    ['Hanoi', '01'],
    ['TP. nowhere', null],
  ])('%j is found as %s', (text, code) => {
    expect(provinces.findProvince(text)).toBe(code);
  });

  it('tell how far outside a point is', () => {
    expect(provinces.metresOutside(HANOI, '01')).toBe(0);
    expect(provinces.metresOutside(SAIGON, '01')).toBeGreaterThan(900_000);
    expect(provinces.metresOutside(HANOI, 'none')).toBe(Infinity);
  });
});

describe('a file of communes', () => {
  it('gives communes with their province, by code or by id', () => {
    const { communes } = readCommunes(topology(), provinces);
    expect(communes.map(({ polygons: _, ...one }) => one)).toEqual([
      { code: '00004', name: 'Ba Đình', provinceCode: '01' },
      { code: '8', name: 'Ngọc Hà', provinceCode: '01' },
    ]);
    const index = new AreaIndex([], communes);
    expect(index.areaAt([105.95, 21.05])).toEqual({
      provinceCode: '01',
      communeCode: '8',
      communeName: 'Ngọc Hà',
    });
  });

  it('believes the province that the file names', () => {
    const geometries = [
      { type: 'Polygon', arcs: [[0]], properties: { code: 'A', name: 'x', provinceCode: '79' } },
    ];
    expect(readCommunes(topology({ geometries }), provinces).communes[0]?.provinceCode).toBe('79');
  });

  const commune = (change: object) => [
    { type: 'Polygon', arcs: [[0]], properties: { code: 'A', name: 'x' }, ...change },
  ];
  it.each<[string, string, string]>([
    ['is no JSON', 'x', 'areas.not-json'],
    ['is something else', '{"a":1}', 'areas.not-topojson'],
    ['is GeoJSON', '{"type":"FeatureCollection","features":[]}', 'areas.not-topojson'],
    ['has no object', topology({ objects: {} }), 'areas.object-unclear'],
    [
      'has two objects',
      topology({
        objects: {
          a: { type: 'GeometryCollection', geometries: [] },
          b: { type: 'GeometryCollection', geometries: [] },
        },
      }),
      'areas.object-unclear',
    ],
    ['has no commune', topology({ geometries: [] }), 'areas.count'],
    [
      'has one without a code',
      topology({ geometries: commune({ properties: { name: 'x' } }) }),
      'areas.commune-unreadable',
    ],
    [
      'has one without a name',
      topology({ geometries: commune({ properties: { code: 'A' } }) }),
      'areas.commune-unreadable',
    ],
    ['has a point', topology({ geometries: commune({ type: 'Point' }) }), 'areas.commune-unreadable'],
    [
      'names an arc that is not there',
      topology({ geometries: commune({ arcs: [[7]] }) }),
      'areas.commune-unreadable',
    ],
    [
      'nests its rings wrongly',
      topology({ geometries: commune({ arcs: [[[0]]] }) }),
      'areas.commune-unreadable',
    ],
    ['has a code twice', topology({ geometries: [...commune({}), ...commune({})] }), 'areas.code-repeated'],
    [
      'is in metres',
      topology({
        geometries: commune({}),
        arcs: [
          [
            [585_000, 2_325_000],
            [586_000, 2_325_000],
            [585_000, 2_326_000],
            [585_000, 2_325_000],
          ],
        ],
      }),
      'areas.not-degrees',
    ],
    [
      'names a province that is not there',
      topology({ geometries: commune({ properties: { code: 'A', name: 'x', provinceCode: '99' } }) }),
      'areas.province-unknown',
    ],
  ])('that %s is refused', (_name, text, code) => {
    let thrown: unknown;
    try {
      readCommunes(text, provinces);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Problem);
    expect(thrown).toMatchObject({ code });
  });
});

describe('importing areas', () => {
  let database: TestDatabase;
  const now = new Date('2026-03-01T00:00:00Z');
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database.drop();
  });
  const take = (bytes: Uint8Array) =>
    transaction(database.pool('keng_core'), (client) =>
      importAreas(client, {
        file: 'x.topojson',
        bytes,
        provinces,
        now,
        actor: { kind: 'system', id: 'test' },
      }),
    );

  it('is seen by a process that runs already, and a bad file changes nothing', async () => {
    const book = new AreaBook(vietNam);
    const web = database.pool('keng_web');
    expect((await book.current(web)).areaAt(HANOI)).toMatchObject({ provinceCode: '01', communeCode: null });
    await take(Buffer.from(topology()));
    expect((await book.current(web)).areaAt(HANOI)).toMatchObject({
      communeCode: '00004',
      communeName: 'Ba Đình',
    });
    await expect(take(Buffer.from('{}'))).rejects.toMatchObject({ code: 'areas.not-topojson' });
    await expect(take(Buffer.from([0xff, 0xfe]))).rejects.toMatchObject({ code: 'areas.not-utf8' });
    expect((await book.current(web)).communeCount).toBe(2);
    const { rows } = await database
      .pool('keng_core')
      .query(`select actor_id, body from entry where kind = 'areas.imported'`);
    expect(rows).toMatchObject([{ actor_id: 'test', body: { file: 'x.topojson', areas: 2 } }]);
    await take(
      Buffer.from(
        topology({ geometries: [{ type: 'Polygon', arcs: [[1]], properties: { code: 'B', name: 'y' } }] }),
      ),
    );
    expect((await book.current(web)).communeCount).toBe(1);
  });

  const wards = new URL('../../../../shared/data/geo/vn_wards_2026_2pct.topojson', import.meta.url);
  const reason = existsSync(wards) ? '' : ' (skipped: no file of communes beside the project)';
  it.skipIf(reason !== '')(`takes the 3,321 communes of Viet Nam${reason}`, async () => {
    expect(await take(readFileSync(wards))).toEqual({ communes: 3_321 });
    const index = await new AreaBook(vietNam).current(database.pool('keng_web'));
    expect(index.communeCount).toBe(3_321);
    expect(index.commune('20333')).toMatchObject({ provinceCode: '48' });
    expect(index.commune('22736')).toMatchObject({ provinceCode: '56' });
    expect(index.areaAt([105.8342, 21.0369])).toMatchObject({ provinceCode: '01', communeName: 'Ba Đình' });
  });
});
